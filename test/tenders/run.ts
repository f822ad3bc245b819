import { readdirSync, readFileSync, statSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join, relative } from 'node:path'
import { deflateSync } from 'node:zlib'
import { cataloguePath, engineSettings, readConfig } from '../../src/config.ts'
import { openEngine } from '../../src/engine/open-engine.ts'
import { DOCUMENT_LIMITS, type DocumentText } from '../../src/model/document.ts'
import { DEFAULT_WEIGHTS } from '../../src/model/tender.ts'
import { createTenders } from '../../src/search/tender/create-tenders.ts'
import { readTender } from '../../src/search/tender/read-tender.ts'
import { openCatalogue } from '../../src/store/open-catalogue.ts'
import { createDocumentReader, type DocumentReading } from '../../src/upload/document-reader.ts'
import { archive, docx, pdf } from '../support/documents.ts'
import { sharedPath } from '../support/shared-data.ts'

/**
 * `node test/tenders/run.ts`: every hostile file through the reader of uploads, then long specifications against the
 * clock: from a file's bytes to bricks, and to the matrix where `BRIQUE_DATA` names a folder with an index. Prints what came of each kind of file and closes with "N passed, N failed".
 */

const FOLDERS = ['hostile/pdf', 'hostile/docx', 'hostile/compression']
const TIME_MS = DOCUMENT_LIMITS.timeMs + 1_000
/** What the whole process may grow by while one file is read: the thread's limit, and what a watch of 50 ms lets pass. */
const GROWTH_MB = 2 * DOCUMENT_LIMITS.memoryMb

let passed = 0
let failed = 0
const check = (ok: boolean, title: string): void => {
  if (ok) passed++
  else failed++
  if (!ok) process.stdout.write(`not ok - ${title}\n`)
}

const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(name => join(folder, name))
    .filter(path => statSync(path).isFile())

const MB = 1024 * 1024
const zeros = (megabytes: number): Buffer => Buffer.alloc(megabytes * MB, 0x20)

/** Bombs and lies, made here: no live bomb lies in a repository. */
const MADE: Readonly<Record<string, () => Uint8Array>> = {
  'one entry of 1000:1': () => docx('', [{ name: 'word/media/a.bmp', content: zeros(60) }]),
  'a size that is a lie': () => docx('', [{ name: 'word/footnotes.xml', content: zeros(60), declaredSize: 1 }]),
  'a zip in a zip': () => docx('', [{ name: 'word/a.zip', content: archive([{ name: 'b', content: zeros(40) }]) }]),
  '65,000 empty entries': () => archive(Array.from({ length: 65_000 }, (_, i) => ({ name: `e${i}`, content: '' }))),
  'names that climb': () => docx('', [{ name: '../../../etc/cron.d/x', content: 'x' }]),
  'a million paragraphs': () => docx('<w:p><w:r><w:t>x</w:t></w:r></w:p>'.repeat(1_000_000)),
  'a PDF page of 900 MB': () => pdf([], [deflateSync(zeros(900), { level: 1 })]),
  'a PDF of 10 MB of noise': () =>
    Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.from(Array.from({ length: 9 * MB }, (_, i) => (i * 7919) % 251))]),
  'a PDF of 5,000 objects that point at each other': () =>
    Buffer.from(
      `%PDF-1.7\n${Array.from({ length: 5_000 }, (_, i) => `${i + 1} 0 obj\n<< /Kids [${i + 2} 0 R] /Parent ${i} 0 R >>\nendobj`).join('\n')}\ntrailer << /Root 1 0 R >>`,
    ),
}

const reader = createDocumentReader()

const readTimed = async (bytes: Uint8Array): Promise<{ reading: DocumentReading; ms: number; growthMb: number }> => {
  const before = process.memoryUsage.rss()
  let peak = before
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }, 20)
  const start = performance.now()
  const reading = await reader.read(bytes)
  clearInterval(watch)
  return { reading, ms: performance.now() - start, growthMb: (peak - before) / MB }
}

const readAll = async (): Promise<void> => {
  const ends = new Map<string, number>()
  const cases: [string, () => Uint8Array][] = Object.entries(MADE)
  for (const folder of FOLDERS) {
    const path = sharedPath(folder)
    if (path === undefined) process.stdout.write(`../shared/${folder} is absent: only the files made here are read\n`)
    else for (const file of filesOf(path)) cases.push([relative(path, file), () => readFileSync(file)])
  }
  for (const [name, make] of cases) {
    const { reading, ms, growthMb } = await readTimed(make())
    const end = reading.kind === 'read' ? 'text' : reading.refusal
    ends.set(end, (ends.get(end) ?? 0) + 1)
    check(ms <= TIME_MS, `${name}: ${Math.round(ms)} ms`)
    check(growthMb <= GROWTH_MB, `${name}: ${Math.round(growthMb)} MB more`)
    if (name in MADE) process.stdout.write(`${name}: ${end}, ${Math.round(ms)} ms, ${Math.round(growthMb)} MB\n`)
  }
  process.stdout.write(`${cases.length} files: ${[...ends].map(([end, count]) => `${end} ${count}`).join(', ')}\n`)
}

const LINES = [
  '3.2 Exigences fonctionnelles',
  'La solution doit permettre la gestion \u00e9lectronique de documents et la signature \u00e9lectronique des actes par les agents.',
  'Le titulaire fournit des bornes interactives, un affichage dynamique, un chatbot et un outil de visioconf\u00e9rence.',
  'Il fournit une solution de cybers\u00e9curit\u00e9, un moteur de recherche, un CRM et une gestion technique du b\u00e2timent.',
  'Sont demand\u00e9s un \u00e9clairage LED, des capteurs de qualit\u00e9 de l\u0027air, un r\u00e9seau LoRaWAN, une plateforme de donn\u00e9es.',
  'Le titulaire assure la maintenance des capteurs et la formation des utilisateurs, hors vid\u00e9oprotection.',
  'La collectivit\u00e9 dispose d\u00e9j\u00e0 d\u2019un annuaire et souhaite un export quotidien en donn\u00e9es ouvertes.'.replaceAll(
    '\u2019',
    "'",
  ),
]
const specification = (pages: number): Uint8Array =>
  pdf(
    Array.from({ length: pages }, (_, page) =>
      Array.from({ length: 45 }, (_, line) => `${LINES[(page + line) % LINES.length]} (${page}.${line})`),
    ),
  )

/** From text to the matrix, over the index of `BRIQUE_DATA`; `undefined` without one. */
const openMatrix = () => {
  if ((process.env['BRIQUE_DATA'] ?? '') === '') {
    process.stdout.write('BRIQUE_DATA is not set: the way from bricks to the matrix is not timed\n')
    return undefined
  }
  const config = readConfig(process.env)
  const catalogue = openCatalogue(cataloguePath(config))
  const tenders = createTenders(
    openEngine({ ...engineSettings(config), searchThreads: config.searchThreads }),
    siren => catalogue.record(siren)?.facts ?? [],
  )
  return (document: DocumentText) =>
    tenders.analyse(document, { filters: {}, weights: DEFAULT_WEIGHTS, statuses: new Map(), terms: [] }, 'fr')
}

const timeLong = async (): Promise<void> => {
  const analyse = openMatrix()
  const warm: DocumentText = { blocks: [{ text: 'R\u00e9seau LoRaWAN' }] }
  await (analyse ?? (document => readTender(document, 'fr')))(warm)
  for (const [pages, limitMs] of [
    [20, 1_500],
    [200, 8_000],
  ] as const) {
    const { reading, ms, growthMb } = await readTimed(specification(pages))
    if (reading.kind === 'refused') {
      check(false, `${pages} pages: ${reading.refusal}`)
      continue
    }
    const start = performance.now()
    const { bricks } = await readTender(reading.document, 'fr')
    const reads = performance.now() - start
    const result = await analyse?.(reading.document)
    const total = ms + performance.now() - start - (result ? reads : 0)
    check(bricks.length > 3, `${pages} pages: ${bricks.length} bricks`)
    check(total <= limitMs, `${pages} pages: ${Math.round(total)} ms`)
    const rows = result ? `${result.bricks.length} bricks, ${result.matrix.length} rows` : 'no matrix'
    process.stdout.write(
      `${pages} pages: ${Math.round(ms)} ms to text, ${Math.round(ms + reads)} ms to bricks, ${Math.round(total)} ms in all ` +
        `(${rows}), ${Math.round(growthMb)} MB, load ${loadavg()[0]?.toFixed(1)}\n`,
    )
  }
}

await readAll()
await timeLong()
process.stdout.write(`tests: ${passed} passed, ${failed} failed\n`)
process.exit(failed > 0 ? 1 : 0)
