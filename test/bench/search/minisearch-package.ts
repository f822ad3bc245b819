import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { cached } from '../../cluster/servers/cache.ts'

/** The newest of November 2026. */
export const MINISEARCH_VERSION = '7.2.0'

const run = promisify(execFile)

/** It cannot be had here: no network, no npm. */
export class NotInstalledError extends Error {
  override readonly name = 'NotInstalledError'
}

/** Installs MiniSearch once into the cache folder of the tests, never among our packages; resolves to that folder. */
export const installMiniSearch = (): Promise<string> =>
  cached(`minisearch-${MINISEARCH_VERSION}`, async folder => {
    console.log(`Installing minisearch ${MINISEARCH_VERSION} into the cache folder`)
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
    const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', `minisearch@${MINISEARCH_VERSION}`]
    await run('npm', args, { cwd: folder }).catch((cause: unknown) => {
      throw new NotInstalledError('npm could not install it', { cause })
    })
  })

/** A query: a text, everything, or others combined. */
export type Combination =
  | string
  | typeof WILDCARD
  | { readonly combineWith: 'AND' | 'OR'; readonly queries: readonly Combination[] }

/** The part of its interface that is used here; its own types are not installed. */
export interface MiniSearch {
  addAll(documents: readonly object[]): void
  discard(id: number): void
  search(query: Combination, options?: object): readonly { readonly id: number }[]
  autoSuggest(query: string, options: object): readonly unknown[]
  toJSON(): object
}
declare const WILDCARD: unique symbol
export interface MiniSearchClass {
  new (options: object): MiniSearch
  readonly wildcard: typeof WILDCARD
}

const isMiniSearch = (value: unknown): value is MiniSearchClass => typeof value === 'function' && 'wildcard' in value

/** The class of the installed package. */
export const loadMiniSearch = async (folder: string): Promise<MiniSearchClass> => {
  const path = join(folder, 'node_modules', 'minisearch', 'dist', 'es', 'index.js')
  const module: { readonly default?: unknown } = await import(pathToFileURL(path).href)
  if (!isMiniSearch(module.default)) throw new Error(`${path} is not MiniSearch`)
  return module.default
}
