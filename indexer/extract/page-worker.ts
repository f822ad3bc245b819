import { parentPort } from 'node:worker_threads'
import type { Finding } from './extractor.ts'
import { findAll } from './extractors.ts'
import { type PageFacts, type RawPage, readPage } from './page-facts.ts'

/** One page to read, with the number its reader knows it by. */
export interface PageTask {
  readonly id: number
  readonly page: RawPage
  /** Present when facts are wanted: whether it is the site's home page. */
  readonly isHome?: boolean
}

/** What a worker returns. */
export interface PageResult {
  readonly facts: PageFacts
  /** Empty unless wanted. */
  readonly findings: readonly Finding[]
}

/** Numbered: what was read before is remembered, and would leave expressions cold. */
const section = (number: number): string =>
  `<h2>Offre ${number}</h2>` +
  `<p>Notre équipe ${number} conçoit ${number} capteurs pour les communes. Ils nous font confiance depuis 201${number}. Nous sommes ${number} certifiés.</p>` +
  `<ul><li><a href="/contact-${number}">Contact ${number}</a></li></ul>`
const WARM_UP = `<!doctype html><html lang="fr"><title>Accueil</title><h1>Accueil</h1>${[1, 2, 3, 4].map(section).join('')}</html>`

let isWarm = false

/**
 * What every first page pays (expressions compiled, word lists loaded: 0.3 s) is paid before its clock runs: on a busy
 * machine an innocent first page of 110 kB would else take more than its two seconds, and its facts be lost.
 */
const warmUp = (): void => {
  if (isWarm) return
  isWarm = true
  findAll({ ...readPage({ url: 'https://exemple.example/', body: Buffer.from(WARM_UP) }), isHome: true })
}

/** Says that it has begun, so that waiting and starting up do not count as reading; then reads. */
export default ({ id, page, isHome }: PageTask): PageResult => {
  warmUp()
  parentPort?.postMessage({ started: id })
  const facts = readPage(page)
  return { facts, findings: isHome === undefined ? [] : findAll({ ...facts, isHome }) }
}
