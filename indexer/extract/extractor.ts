import type { FactProperty, FactValues } from '../../src/model/supplier.ts'
import type { PageDocument } from './page-document.ts'
import type { StructuredData } from './structured-data.ts'

/** What a page of a company's own site states of that company, with the words that state it. */
export type Finding = {
  readonly [P in FactProperty]: {
    readonly property: P
    readonly value: FactValues[P]
    /** The sentence, or the shortest piece of the page that a reader needs; as it stands there, at most 300 characters. */
    readonly excerpt: string
    /** The `id` to point to. */
    readonly anchor?: string
    /** The year it speaks of. */
    readonly period?: string
  }
}[FactProperty]

/** A page as extractors see it. */
export interface SitePageContent {
  /** After redirects. */
  readonly url: string
  readonly isHome: boolean
  readonly document: PageDocument
  readonly structured: StructuredData
}

/** One kind of fact. A pure function of the page: no network, clock or memory of other pages; linear in the page's length. */
export interface Extractor {
  /** Name of the file. */
  readonly name: string
  /** Raised when the same page gives other facts. */
  readonly version: number
  readonly find: (page: SitePageContent) => readonly Finding[]
}
