import { decodeHtml } from './charset.ts'
import { documentFrom } from './document.ts'
import { elementsOf, parseHtml } from './dom.ts'
import { baseUrlOf } from './head.ts'
import type { PageDocument } from './page-document.ts'
import { readStructuredData, type StructuredData } from './structured-data.ts'

/** A page as it was stored: what reading needs of it. */
export interface RawPage {
  /** Where it was found, after redirects. */
  readonly url: string
  readonly body: Uint8Array
  /** The `Content-Type` header. */
  readonly contentType?: string
}

/** All that is read of a page in one parse: the ground every extractor of facts stands on. */
export interface PageFacts {
  readonly url: string
  /** The encoding it was read in. */
  readonly charset: string
  readonly document: PageDocument
  readonly structured: StructuredData
}

/** Reads a page, one parse for all. A pure function: it may take long and much memory on a hostile page (`page-reader.ts`). */
export const readPage = (page: RawPage): PageFacts => {
  const { text, charset } = decodeHtml(page.body, page.contentType)
  const elements = elementsOf(parseHtml(text).root().get())
  return {
    url: page.url,
    charset,
    document: documentFrom(elements, page.url),
    structured: readStructuredData(elements, baseUrlOf(elements, page.url)),
  }
}
