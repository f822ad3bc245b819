import { parentPort } from 'node:worker_threads'
import { type PageLinks, readPageLinks } from './page-links.ts'
import type { PoolTask } from './page-pool.ts'

/** Says that it has begun, so that waiting and starting up do not count as reading; then reads. */
export default ({ id, page }: PoolTask): PageLinks => {
  parentPort?.postMessage({ started: id })
  return readPageLinks(page)
}
