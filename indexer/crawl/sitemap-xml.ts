import { SaxesParser } from 'saxes'

/** One entry of a sitemap or feed, as written. */
export interface SitemapEntry {
  readonly kind: 'page' | 'sitemap'
  readonly address: string
  readonly lastModified: string
}

/** What a document is, and what it turned out not to be. `malformed` is read on as far as it can be; the others end it. */
export interface SitemapReading {
  format: 'urlset' | 'sitemapindex' | 'feed' | 'text' | undefined
  problem: 'doctype' | 'malformed' | 'not-a-sitemap' | undefined
  /** Grows with each element or line: text without any is no sitemap. */
  events: number
}

/** Reads one document piece by piece. */
export interface SitemapReader {
  readonly state: Readonly<SitemapReading>
  /** Nothing more is read. */
  ended(): boolean
  write(text: string): void
  close(): void
}

interface Shape {
  readonly format: 'urlset' | 'sitemapindex' | 'feed'
  /** Elements that are an entry; a feed's own element is one until its first item begins. */
  readonly entries: readonly string[]
  readonly addresses: readonly string[]
  readonly dates: readonly string[]
}

const FEED = { format: 'feed', addresses: ['link', 'guid'], dates: ['pubdate', 'updated'] } as const

/** By root element, without prefix, in lower case. */
const SHAPES: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ['urlset', { format: 'urlset', entries: ['url'], addresses: ['loc'], dates: ['lastmod'] }],
  ['sitemapindex', { format: 'sitemapindex', entries: ['sitemap'], addresses: ['loc'], dates: ['lastmod'] }],
  ['rss', { ...FEED, entries: ['channel', 'item'] }],
  ['rdf', { ...FEED, entries: ['channel', 'item'] }],
  ['feed', { ...FEED, entries: ['feed', 'entry'] }],
])

/** Beyond, a document is no sitemap, whatever its root says. */
const MAX_DEPTH = 32
const MAX_ERRORS = 1000

/**
 * An ampersand nobody escaped, the commonest fault of sitemaps: the parser would take all up to the next `;` for an entity.
 * In CDATA it is right as it is, and made so again there.
 */
const STRAY_AMPERSAND = /&(?!(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]\w{0,10});)/gi

/** Key of the text that stands in an entry itself. */
const OWN_TEXT = ''

interface Open {
  readonly name: string
  readonly prefix: string
  readonly depth: number
  readonly texts: Map<string, string>
}

/** What a feed's `<link>` leads to a page: the entry itself, not the feed or a form to edit it (RFC 4287 §4.2.7). */
const pageLink = ({ href, rel, type }: Readonly<Record<string, string>>): string | undefined =>
  (rel ?? 'alternate') === 'alternate' && /html|^$/.test(type ?? '') ? href : undefined

/** The text of the first of these elements that has one. */
const firstText = ({ texts }: Open, names: readonly string[]): string =>
  names.map(name => texts.get(name)?.trim() ?? '').find(text => text !== '') ?? ''

const splitName = (name: string): readonly [prefix: string, local: string] => {
  const colon = name.indexOf(':')
  return [name.slice(0, Math.max(colon, 0)), name.slice(colon + 1).toLowerCase()]
}

/**
 * A reader of sitemaps and feeds in XML, fed piece by piece; it keeps one entry at a time. DOCTYPE ends it: entities are
 * how a small document becomes a large one or reads files. Namespaces are not required, since many sites get them
 * wrong, but `image:loc` is not `loc`: an entry's elements have its own prefix and stand directly in it.
 */
export const createXmlReader = (onEntry: (entry: SitemapEntry) => void): SitemapReader => {
  const parser = new SaxesParser({ xmlns: false, position: false })
  const state: SitemapReading = { format: undefined, problem: undefined, events: 0 }
  const path: string[] = []
  let shape: Shape | undefined
  let open: Open | undefined
  let errors = 0

  const ended = (): boolean => state.problem === 'doctype' || state.problem === 'not-a-sitemap'
  const finish = (): void => {
    if (open === undefined || shape === undefined) return
    // Some indexes have no <loc>: the address is the entry's own text.
    const address = firstText(open, [...shape.addresses, OWN_TEXT])
    const kind = shape.format === 'sitemapindex' ? 'sitemap' : 'page'
    if (address !== '' && !ended()) onEntry({ kind, address, lastModified: firstText(open, shape.dates) })
    open = undefined
  }
  const addText = (text: string): void => {
    if (open === undefined) return
    const name = path[open.depth] ?? OWN_TEXT
    const known = name === OWN_TEXT || shape?.addresses.includes(name) || shape?.dates.includes(name)
    if (known) open.texts.set(name, (open.texts.get(name) ?? '') + text)
  }

  parser.on('opentag', ({ name, attributes }) => {
    state.events++
    const [prefix, local] = splitName(name)
    shape ??= SHAPES.get(local)
    state.format = shape?.format
    if (shape === undefined || path.length >= MAX_DEPTH) state.problem = 'not-a-sitemap'
    if (ended() || shape === undefined) return
    const starts = shape.entries.includes(local) && (open === undefined || open.name === shape.entries[0])
    const nested = open !== undefined && open.name === local
    // In an entry, elements of another prefix keep theirs, so that they have no name known here.
    path.push(open !== undefined && prefix !== open.prefix ? name : local)
    if (starts && !nested) {
      finish()
      open = { name: local, prefix, depth: path.length, texts: new Map() }
    } else if (open !== undefined && path.at(-1) === 'link' && path.length === open.depth + 1) {
      const href = pageLink(attributes)
      if (href !== undefined && !open.texts.has('link')) open.texts.set('link', href)
    }
  })
  parser.on('closetag', () => {
    state.events++
    if (open !== undefined && path.length === open.depth) finish()
    path.pop()
  })
  parser.on('text', addText)
  parser.on('cdata', text => addText(text.replaceAll('&amp;', '&')))
  parser.on('doctype', () => {
    state.problem = 'doctype'
  })
  parser.on('error', () => {
    if (!ended()) state.problem = ++errors > MAX_ERRORS ? 'not-a-sitemap' : 'malformed'
  })
  let held = ''
  const write = (text: string): void => {
    const all = held + text
    held = /&[#\w]{0,12}$/.exec(all)?.[0] ?? ''
    parser.write(all.slice(0, all.length - held.length).replace(STRAY_AMPERSAND, '&amp;'))
  }
  const close = (): void => {
    parser.write(held.replace(STRAY_AMPERSAND, '&amp;'))
    parser.close()
    if (shape === undefined && !ended()) state.problem = 'not-a-sitemap'
  }
  return { state, ended, write, close }
}
