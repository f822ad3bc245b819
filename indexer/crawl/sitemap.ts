import { createTextReader } from './sitemap-text.ts'
import { createXmlReader, type SitemapEntry, type SitemapReader, type SitemapReading } from './sitemap-xml.ts'
import { canonicalUrl, registeredDomain } from './urls.ts'

/** What one sitemap may hold (sitemaps.org): bytes after decompression, and entries. */
export const SITEMAP_LIMITS = { bytes: 50 * 1024 * 1024, entries: 50_000 } as const

/** Text that may pass without an element's end or a line's: the longest address and its entry many times over. */
const MAX_SILENCE = 256 * 1024

const SLICE = 16 * 1024

export interface SitemapOptions {
  /** The sitemap's own address: others are resolved against it, and those of another registered domain are left out. */
  readonly url: string
  /** A page, by its canonical address; `lastModified` in ISO 8601 when the sitemap gives a date. */
  onUrl(url: string, lastModified?: string): void
  /** Another sitemap, of an index. How deep to follow, and which were read already, is the caller's to know. */
  onSitemap(url: string, lastModified?: string): void
  readonly limits?: { readonly bytes?: number; readonly entries?: number }
}

/** What was read. With a problem, what came before it was handed over all the same; with `doctype` that is nothing. */
export interface SitemapSummary {
  readonly format: SitemapReading['format']
  readonly urls: number
  readonly sitemaps: number
  /** Entries left out: of another registered domain, or no web address. */
  readonly foreign: number
  readonly invalid: number
  readonly problem: SitemapReading['problem'] | 'too-large' | 'too-many-entries'
}

/** A date of a sitemap (W3C) or feed (RFC 822) in ISO 8601; undefined when it is none. Without a zone it is UTC. */
const isoDate = (text: string): string | undefined => {
  const known = /^\d{4}(?:-\d\d|$)|^(?:\w{3}, )?\d\d? \w{3} \d{2,4} /.test(text)
  // Without a zone the engine would take this machine's.
  const zone =
    /:\d\d$|:\d\d\.\d+$/.test(text) && !/[+-]\d\d:\d\d$/.test(text) ? (text.includes('T') ? 'Z' : ' UTC') : ''
  const time = known ? Date.parse(text + zone) : Number.NaN
  return Number.isNaN(time) ? undefined : new Date(time).toISOString()
}

/** The charset of a sitemap: its byte order mark, its XML declaration, else UTF-8 (XML 1.0, appendix F). */
const decoderFor = (start: Uint8Array) => {
  if (start[0] === 0xff && start[1] === 0xfe) return new TextDecoder('utf-16le')
  if (start[0] === 0xfe && start[1] === 0xff) return new TextDecoder('utf-16be')
  const head = Buffer.from(start.subarray(0, 200)).toString('latin1')
  const label = /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(head)?.[1] ?? 'utf-8'
  try {
    // A declaration that can be read as ASCII is not in UTF-16, whatever it says.
    return new TextDecoder(/^utf-?16/i.test(label) ? 'utf-8' : label)
  } catch {
    return new TextDecoder()
  }
}

/** Hands entries over, canonical and of this site only, and counts them. */
const createEntries = ({ url, onUrl, onSitemap, limits }: SitemapOptions) => {
  const most = limits?.entries ?? SITEMAP_LIMITS.entries
  const domain = registeredDomain(new URL(url).hostname)
  const counts = { urls: 0, sitemaps: 0, foreign: 0, invalid: 0 }
  let seen = 0
  const add = ({ kind, address, lastModified }: SitemapEntry): void => {
    if (++seen > most) return
    const canonical = canonicalUrl(address.replace(/^[\s\u200b]+|[\s\u200b]+$/g, ''), url)
    if (canonical === undefined) counts.invalid++
    else if (registeredDomain(new URL(canonical).hostname) !== domain) counts.foreign++
    else if (kind === 'page') {
      counts.urls++
      onUrl(canonical, isoDate(lastModified))
    } else {
      counts.sitemaps++
      onSitemap(canonical, isoDate(lastModified))
    }
  }
  return { add, counts, full: () => seen > most }
}

async function* slices(source: AsyncIterable<Uint8Array> | Uint8Array): AsyncGenerator<Uint8Array> {
  for await (const chunk of source instanceof Uint8Array ? [source] : source) {
    for (let at = 0; at < chunk.length; at += SLICE) yield chunk.subarray(at, at + SLICE)
  }
}

/** A document of which the first character tells the kind. */
const createDocument = (onEntry: (entry: SitemapEntry) => void) => {
  let reader: SitemapReader | undefined
  let [events, silence] = [0, 0]
  const write = (text: string): void => {
    // Some sites send empty lines before the XML declaration, where XML allows none.
    const fresh = reader === undefined ? text.trimStart() : text
    if (fresh !== '') reader ??= fresh.startsWith('<') ? createXmlReader(onEntry) : createTextReader(onEntry)
    reader?.write(fresh)
    const now = reader?.state.events ?? 0
    silence = now === events ? silence + text.length : 0
    events = now
  }
  return {
    write,
    close: () => reader?.close(),
    ended: () => reader?.ended() ?? false,
    silent: () => silence > MAX_SILENCE,
    state: () => reader?.state,
  }
}

/**
 * Reads a sitemap as it comes, already decompressed: `urlset`, `sitemapindex`, RSS, Atom or a list of addresses. Memory
 * stays small whatever the document; past a limit it stops reading. Rejects only with an error of its source.
 */
export const readSitemap = async (
  source: AsyncIterable<Uint8Array> | Uint8Array,
  options: SitemapOptions,
): Promise<SitemapSummary> => {
  const entries = createEntries(options)
  const document = createDocument(entries.add)
  const maxBytes = options.limits?.bytes ?? SITEMAP_LIMITS.bytes
  let decoder: ReturnType<typeof decoderFor> | undefined
  let bytes = 0
  let cut: SitemapSummary['problem']
  for await (const slice of slices(source)) {
    bytes += slice.length
    if (bytes > maxBytes) cut = 'too-large'
    else {
      decoder ??= decoderFor(slice)
      document.write(decoder.decode(slice, { stream: true }))
      if (entries.full()) cut = 'too-many-entries'
      else if (document.silent()) cut = 'malformed'
    }
    if (cut !== undefined || document.ended()) break
  }
  if (cut === undefined && !document.ended()) document.close()
  const { format, problem } = document.state() ?? { format: undefined, problem: 'not-a-sitemap' }
  return { format, problem: cut ?? problem, ...entries.counts }
}
