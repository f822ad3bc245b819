import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type CommandContext, cataloguePathOf } from '../../indexer/command.ts'
import { readConfig } from '../../src/config.ts'
import { openCatalogue } from '../../src/store/open-catalogue.ts'
import { load, stated, version } from './catalogue.ts'
import { hostName } from './crawl-load-web.ts'
import { inventedSiren } from './suppliers.ts'

/** What a measured crawl says at its end. */
export interface CrawlEnd {
  readonly seconds: number
  readonly cpuSeconds: number
  readonly peakMb: number
}

export interface MeasuredCrawl {
  /** Memory in use now, MiB; undefined when it has ended. */
  rssMb(): Promise<number | undefined>
  /** Rejects when the crawl fails. */
  readonly end: Promise<CrawlEnd>
}

const MEASURED = fileURLToPath(new URL('crawl-measured.ts', import.meta.url))

/** A state folder of its own whose catalogue names the sites of a local web. */
export const loadStateFolder = (hosts: number, port: number): string => {
  const folder = mkdtempSync(join(tmpdir(), 'brique-crawl-'))
  const catalogue = openCatalogue(join(folder, 'catalogue.db'))
  const facts = Array.from({ length: hosts }, (_, host) => {
    const siren = inventedSiren(host + 1)
    return [stated(siren, 'name', `Société ${host}`), stated(siren, 'website', `http://${hostName(host)}:${port}/`)]
  })
  load(catalogue, version('file:liste', 'a'), facts.flat())
  catalogue.close()
  return folder
}

/** For a command on a state folder, in this process. */
export const commandContext = (folder: string): CommandContext => {
  const config = readConfig({ BRIQUE_DATA: folder, PUBLIC_URL: 'https://brique.example' })
  return {
    config,
    cataloguePath: cataloguePathOf(config),
    args: { positionals: [], values: {} },
    progress: { step: () => ({ update: () => undefined, end: () => undefined }) },
    write: () => undefined,
  }
}

/** A number that a message of another process has under a name. */
export const numberIn = (message: unknown, name: string): number | undefined => {
  const found = typeof message === 'object' && message !== null ? Object.entries(message) : []
  const value: unknown = found.find(([key]) => key === name)?.[1]
  return typeof value === 'number' ? value : undefined
}

/** Starts a crawl in a process of its own; `minDelayMs` absent: with the pauses that sites are promised. */
export const startMeasuredCrawl = (folder: string, port: number, minDelayMs?: number): MeasuredCrawl => {
  const args = [folder, String(port), ...(minDelayMs === undefined ? [] : [String(minDelayMs)])]
  // Without the flags of this process: a larger heap would be used.
  const child = fork(MEASURED, args, { execArgv: [] })
  let last: unknown
  const asked: ((rssMb: number | undefined) => void)[] = []
  child.on('message', message => {
    last = message
    const rssMb = numberIn(message, 'rssMb')
    if (rssMb !== undefined) asked.shift()?.(rssMb)
  })
  const end = once(child, 'close').then(([code]) => {
    for (const resolve of asked) resolve(undefined)
    const [seconds, cpuSeconds, peakMb] = ['seconds', 'cpuSeconds', 'peakMb'].map(name => numberIn(last, name))
    if (code !== 0 || seconds === undefined) throw new Error(`the crawl ended with code ${code}`)
    return { seconds, cpuSeconds: cpuSeconds ?? 0, peakMb: peakMb ?? 0 }
  })
  return {
    end,
    rssMb: () =>
      new Promise(resolve => {
        if (!child.connected) return resolve(undefined)
        asked.push(resolve)
        child.send('memory', error => {
          if (error !== null) resolve(undefined)
        })
      }),
  }
}
