import { decodeHtml } from './charset.ts'
import { elementsOf, parseHtml } from './dom.ts'
import { baseUrlOf, readHead } from './head.ts'
import { readLinks } from './links.ts'
import type { PageDocument } from './page-document.ts'
import type { RawPage } from './page-facts.ts'

/** Where a page leads, and what it says to robots. */
export type PageLinks = Pick<PageDocument, 'links' | 'robots'>

/** What a crawl needs to know of a page at once; the same as `readPage` would say, without the text. */
export const readPageLinks = (page: RawPage): PageLinks => {
  const elements = elementsOf(parseHtml(decodeHtml(page.body, page.contentType).text).root().get())
  const baseUrl = baseUrlOf(elements, page.url)
  return { links: readLinks(elements, baseUrl), robots: readHead(elements, baseUrl).robots }
}
