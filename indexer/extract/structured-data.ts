import { attribute, type Element } from './dom.ts'
import { type JsonObject, parseJsonLd } from './json-ld.ts'
import { type MicrodataItem, readMicrodata } from './microdata.ts'

/** What a page says of itself for machines: plain objects, copied from the page and checked by nobody. */
export interface StructuredData {
  /** The objects of every readable block, arrays taken apart, `@graph` left as written. */
  readonly jsonLd: readonly JsonObject[]
  readonly microdata: readonly MicrodataItem[]
  /** Open Graph properties (`og:title`, `article:author`, …) with their values in order. */
  readonly openGraph: Readonly<Record<string, readonly string[]>>
}

const MAX_BLOCKS = 50
const MAX_OPEN_GRAPH = 200

const isJsonLd = (element: Element): boolean =>
  element.name === 'script' && /^\s*application\/ld\+json\b/i.test(attribute(element, 'type') ?? '')

const scriptText = (element: Element): string =>
  element.children.map(node => (node.type === 'text' ? node.data : '')).join('')

/** The vocabularies of ogp.me, with or without being declared; other prefixes only when the page declares them. */
const KNOWN_PREFIXES = ['og', 'article', 'book', 'profile', 'music', 'video', 'website', 'product', 'business', 'place']

const readOpenGraph = (elements: readonly Element[]): StructuredData['openGraph'] => {
  const values: Record<string, string[]> = {}
  let count = 0
  for (const element of elements) {
    if (element.name !== 'meta' || count >= MAX_OPEN_GRAPH) continue
    const content = attribute(element, 'content')
    if (content === undefined) continue
    for (const property of attribute(element, 'property')?.toLowerCase().split(/\s+/) ?? []) {
      const [prefix = '', name] = property.split(':')
      if (!name || !KNOWN_PREFIXES.includes(prefix)) continue
      values[property] = [...(values[property] ?? []), content.slice(0, 5_000)]
      count++
    }
  }
  return values
}

/** Reads JSON-LD, microdata and Open Graph. A broken block is left out, the others are read. */
export const readStructuredData = (elements: readonly Element[], baseUrl: string): StructuredData => ({
  jsonLd: elements
    .filter(isJsonLd)
    .slice(0, MAX_BLOCKS)
    .flatMap(element => parseJsonLd(scriptText(element))),
  microdata: readMicrodata(elements, baseUrl),
  openGraph: readOpenGraph(elements),
})
