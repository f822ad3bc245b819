import type { Language } from '../../src/model/language.ts'
import type { BlockTime } from './blocks.ts'
import type { Boilerplate } from './boilerplate.ts'

/** A link, absolute, without fragment. */
export interface PageLink {
  readonly url: string
  /** Its text, or the alternative text of its image; one line, at most 200 characters. */
  readonly text: string
  /** `rel` says nofollow, sponsored or ugc. */
  readonly nofollow: boolean
}

/** What the page's author calls the part, by its class or id: "logos-clients", "testimonial". */
export type PartName = 'customers' | 'testimonials' | 'partners'

/** An image with a say: its alternative text is not empty. */
export interface PageImage {
  readonly url: string
  readonly alt: string
  readonly part: 'main' | Boilerplate
  /** The heading above: a customer's logo stands under "Ils nous font confiance". */
  readonly heading?: string
  /** How many of the page's blocks stand before it. */
  readonly blocksBefore: number
  readonly calledAs?: PartName
}

export interface PageHeading {
  readonly level: 1 | 2 | 3 | 4 | 5 | 6
  readonly text: string
  readonly anchor?: string
}

/** A place in a table: numbers from 0, tables and rows counted over the page. */
export interface TableCell {
  readonly table: number
  readonly row: number
  readonly column: number
  /** How many cells its row has, empty ones too: a row below a cell that spans rows has fewer. */
  readonly columns: number
  /** Marked as a header (`th`). */
  readonly isHeader?: true
}

/** A paragraph, heading, list entry or cell of the page, boilerplate included. */
export interface PageBlock {
  readonly text: string
  readonly kind: 'heading' | 'paragraph' | 'list-entry' | 'cell' | 'quote' | 'preformatted'
  /** `main` is the page's own text; `other` stands outside of it for no stated reason. */
  readonly part: 'main' | 'other' | Boilerplate
  /** The heading above in the same part of the page, and the `id` to point to. */
  readonly heading?: string
  readonly anchor?: string
  /** The dates that it marks as such (`time`, `abbr`), at most 100; absent when it marks none. */
  readonly times?: readonly BlockTime[]
  /** The cell it stands in. */
  readonly cell?: TableCell
  readonly calledAs?: PartName
}

/** About 500 characters of main text under one heading: what a search result quotes and a fact is checked against. */
export interface Passage {
  readonly text: string
  readonly heading?: string
  /** The `id` of the nearest heading, or of what holds it: `page#anchor` shows the passage. */
  readonly anchor?: string
}

/** A page as a reader sees it: plain values, no DOM. */
export interface PageDocument {
  readonly title?: string
  readonly description?: string
  /** Where the page says it lives; http(s), absolute. */
  readonly canonical?: string
  /** Told from the main text, else as declared; `undefined` for other languages. */
  readonly language?: Language
  /** The primary subtag of `html lang`: "fr", "de". */
  readonly declaredLanguage?: string
  /** The page in other languages (`link rel=alternate hreflang`). */
  readonly alternates: readonly { readonly language: string; readonly url: string }[]
  /** `meta` elements that speak to robots: `robots`, or the name of one. */
  readonly robots: readonly { readonly name: string; readonly content: string }[]
  /** The first 1,000 links to pages (http and https). */
  readonly links: readonly PageLink[]
  /** `mailto:` and `tel:` links as written, at most 100. */
  readonly contacts: readonly string[]
  /** A form asks for a message and an address to answer to; absent when none does. */
  readonly messageForm?: true
  readonly images: readonly PageImage[]
  readonly headings: readonly PageHeading[]
  readonly blocks: readonly PageBlock[]
  /** The main text, a block a line. */
  readonly text: string
  readonly passages: readonly Passage[]
}
