import { rmSync } from 'node:fs'
import { check } from '../support/counting.ts'
import { type LoadSeen, startLoadWeb } from '../support/crawl-load-web.ts'
import { loadStateFolder, startMeasuredCrawl } from '../support/crawl-stand.ts'

/** How many requests a host gets at least: robots.txt, the sitemap that is not there, pages. */
export interface PoliteSizes {
  readonly hosts: number
  readonly requestsPerHost: number
}

const LEAST_DELAY_MS = 2_000
const RESPONSE_FACTOR = 5
const SLOW_ANSWER_MS = 500

/** Of the first thirty hosts ten ask for 3 seconds, and ten take half a second to answer and are owed five times that. */
const crawlDelayS = (host: number): number | undefined => (host < 30 && host % 3 === 1 ? 3 : undefined)
const answerAfterMs = (host: number): number => (host < 30 && host % 3 === 2 ? SLOW_ANSWER_MS : 0)

/** robots.txt, the sitemap, and what is gone, has moved (two requests) or is not to be kept. */
const REQUESTS_BESIDE_PAGES = 6

/** What a request took, as the server saw it, and when the next one to that host came after its end. */
const gapsOf = (seen: readonly LoadSeen[]) =>
  seen.slice(1).map((next, index) => {
    const { host, startedAt, endedAt = Number.POSITIVE_INFINITY } = seen[index] ?? next
    const owedMs = Math.max(LEAST_DELAY_MS, RESPONSE_FACTOR * (endedAt - startedAt), (crawlDelayS(host) ?? 0) * 1000)
    return { owedMs, gapMs: next.startedAt - endedAt }
  })

/**
 * A crawl with the pauses that are promised. Measured at the server alone, by one clock with fractions of a ms: from just
 * before the last byte of an answer is handed over to the arrival of the next request. The crawler counts from when it
 * has read that byte, so what the server sees can only be longer, and nothing is allowed for.
 */
export const politeFetches = async ({ hosts, requestsPerHost }: PoliteSizes): Promise<void> => {
  const pages = requestsPerHost - REQUESTS_BESIDE_PAGES
  const web = await startLoadWeb({ hosts, pages, bytes: 4_000, crawlDelayS, answerAfterMs })
  const folder = loadStateFolder(hosts, web.port)
  try {
    const { seconds } = await startMeasuredCrawl(folder, web.port).end
    const byHost = Map.groupBy(web.seen, ({ host }) => host)
    const gaps = [...byHost.values()].flatMap(gapsOf)
    const shortest = gaps.reduce(
      (least, { gapMs, owedMs }) => Math.min(least, gapMs - owedMs),
      Number.POSITIVE_INFINITY,
    )
    const early = gaps.filter(({ gapMs, owedMs }) => gapMs < owedMs).length
    const forbidden = web.seen.filter(({ path }) => web.isDisallowed(path)).length
    const first = [...byHost.values()].filter(seen => seen[0]?.path === '/robots.txt').length
    console.log(`${web.seen.length} requests to ${byHost.size} hosts in ${seconds.toFixed(0)} s`)
    console.log(`shortest gap: ${shortest.toFixed(2)} ms more than owed, of ${gaps.length} gaps`)
    check(`${hosts * requestsPerHost} requests or more`, web.seen.length >= hosts * requestsPerHost)
    check('every host was asked, for its robots.txt first', byHost.size === hosts && first === hosts)
    check(`0 requests to disallowed addresses: ${forbidden}`, forbidden === 0)
    check(`never two in flight on a host: ${web.mostAtOnce()} at most`, web.mostAtOnce() === 1)
    check(`no gap below max(2 s, 5 × response time, Crawl-delay): ${early}`, early === 0)
  } finally {
    await web.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
