import { parentPort } from 'node:worker_threads'
import { type PageFacts, type RawPage, readPage } from './page-facts.ts'

/** One page to read, with the number its reader knows it by. */
export interface PageTask {
  readonly id: number
  readonly page: RawPage
}

/** Says that it has begun, so that waiting and starting up do not count as reading; then reads. */
export default ({ id, page }: PageTask): PageFacts => {
  parentPort?.postMessage({ started: id })
  return readPage(page)
}
