import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

/**
 * Addresses of the files of `src/public`, each with a digest of its content: a file may be cached for ever, and a new
 * version is seen at once.
 */
const assetPath = (name: string): string => {
  const content = readFileSync(new URL(`../public/${name}`, import.meta.url))
  const digest = createHash('sha256').update(content).digest('hex').slice(0, 10)
  return `/assets/${name}?v=${digest}`
}

export const STYLESHEET = assetPath('brique.css')
export const SUGGEST_SCRIPT = assetPath('suggest.js')
export const ICON = assetPath('favicon.svg')
