import { html } from 'ghtml'
import { BRICKS } from '../model/bricks.ts'
import type { Supplier } from '../model/supplier.ts'
import { type Fragment, fragments, NOTHING } from './markup.ts'
import { brickPath, pagePath, supplierPath } from './urls.ts'

/** Sitemaps (sitemaps.org): every page that has an end, in both languages, each naming its twin. */

/** The most addresses of one file, by the protocol. */
export const MAX_URLS = 50_000

/** A profile has two addresses. */
export const SUPPLIERS_A_FILE = MAX_URLS / 2

const PAGES: readonly string[] = [
  '/',
  '/recherche',
  '/briques',
  '/comparer',
  '/besoin',
  '/visibilite',
  '/a-propos',
  '/docs',
  '/accessibilite',
  '/robot',
]
const NAMESPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'

interface Twins {
  readonly fr: string
  readonly en: string
  readonly updatedAt?: string
}

const urls = ({ fr, en, updatedAt = '' }: Twins, baseUrl: string): Fragment => {
  const alternates = html`<xhtml:link rel="alternate" hreflang="fr" href="${baseUrl}${fr}"/><xhtml:link rel="alternate" hreflang="en" href="${baseUrl}${en}"/>`
  const changed = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(updatedAt) ? html`<lastmod>${updatedAt}</lastmod>` : NOTHING
  const url = (path: string): Fragment => html`<url><loc>${baseUrl}${path}</loc>!${changed}!${alternates}</url>`
  return `${url(fr)}\n${url(en)}\n`
}

const HEAD = `<?xml version="1.0" encoding="UTF-8"?>\n`
/** How a file of addresses begins and ends; what stands between is made a page of suppliers at a time. */
export const SITEMAP_START: Fragment = `${HEAD}<urlset ${NAMESPACES}>\n`
export const SITEMAP_END: Fragment = '</urlset>\n'

/** The pages that are always there, and the bricks. */
export const fixedUrls = (baseUrl: string): Fragment =>
  [
    ...PAGES.map(path => ({ fr: pagePath('fr', path), en: pagePath('en', path) })),
    ...BRICKS.map(({ id }) => ({ fr: brickPath('fr', id), en: brickPath('en', id) })),
  ]
    .map(twins => urls(twins, baseUrl))
    .join('')

export const supplierUrls = (suppliers: readonly Pick<Supplier, 'siren' | 'updatedAt'>[], baseUrl: string): Fragment =>
  suppliers
    .map(({ siren, updatedAt }) =>
      urls({ fr: supplierPath('fr', siren), en: supplierPath('en', siren), updatedAt }, baseUrl),
    )
    .join('')

/** The files that hold the addresses, when one is not enough: the fixed pages, then the suppliers. */
export const sitemapIndex = (files: number, baseUrl: string): string => {
  const file = (part: number): Fragment => html`<sitemap><loc>${baseUrl}/sitemaps/${part}.xml</loc></sitemap>`
  return html`!${HEAD}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
!${fragments(
    Array.from({ length: files }, (_, part) => file(part)),
    '\n',
  )}
</sitemapindex>
`
}
