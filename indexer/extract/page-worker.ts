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

/** Says that it has begun, so that waiting and starting up do not count as reading; then reads. */
export default ({ id, page, isHome }: PageTask): PageResult => {
  parentPort?.postMessage({ started: id })
  const facts = readPage(page)
  return { facts, findings: isHome === undefined ? [] : findAll({ ...facts, isHome }) }
}
