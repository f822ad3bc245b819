import type { SitemapEntry, SitemapReader, SitemapReading } from './sitemap-xml.ts'
import { MAX_URL_LENGTH } from './urls.ts'

/** A reader of plain-text sitemaps: one address a line. What does not begin with one is no sitemap. */
export const createTextReader = (onEntry: (entry: SitemapEntry) => void): SitemapReader => {
  const state: SitemapReading = { format: 'text', problem: undefined, events: 0 }
  let rest = ''
  const addLine = (line: string): void => {
    const address = line.trim()
    if (address === '' || address.length > MAX_URL_LENGTH) return
    if (/^https?:\/\//i.test(address)) onEntry({ kind: 'page', address, lastModified: '' })
    else if (state.events === 0) state.problem = 'not-a-sitemap'
    state.events++
  }
  const ended = (): boolean => state.problem !== undefined
  const write = (text: string): void => {
    const lines = (rest + text).split(/\r\n|\r|\n/)
    rest = lines.pop() ?? ''
    for (const line of lines) if (!ended()) addLine(line)
  }
  return { state, ended, write, close: () => addLine(rest) }
}
