import { execFile, fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { numberIn } from '../support/crawl-stand.ts'

/** Crawlee, to be measured beside: installed in the cache folder of this user, never among our packages. */
export const CRAWLEE_VERSION = '3.18.1'

const PROCESS = fileURLToPath(new URL('crawlee-process.js', import.meta.url))
const run = promisify(execFile)

const cacheFolder = (): string => join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'brique')

/** Installs it once and says so; its folder, or undefined when that is not possible (no network). */
export const installCrawlee = async (): Promise<string | undefined> => {
  const folder = join(cacheFolder(), `crawlee-${CRAWLEE_VERSION}`)
  if (existsSync(join(folder, 'installed'))) return folder
  console.log(`Installing @crawlee/cheerio ${CRAWLEE_VERSION} into ${folder}`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
  const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', `@crawlee/cheerio@${CRAWLEE_VERSION}`]
  try {
    await run('npm', args, { cwd: folder })
    writeFileSync(join(folder, 'installed'), '')
    return folder
  } catch (error) {
    console.log(
      `Crawlee cannot be installed, its figures are left out: ${error instanceof Error ? error.message : error}`,
    )
    return undefined
  }
}

/** One crawl from these home pages. */
export const runCrawlee = async (folder: string, concurrency: number, urls: readonly string[]) => {
  const child = fork(PROCESS, [folder, String(concurrency), ...urls])
  let last: unknown
  child.on('message', message => {
    last = message
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`Crawlee ended with code ${code}`)
  const of = (name: string): number => numberIn(last, name) ?? 0
  return { seconds: of('seconds'), pages: of('pages'), cpuSeconds: of('cpuSeconds'), peakMb: of('peakMb') }
}
