import type { CheerioAPI } from 'cheerio'
import type { Language } from '../../src/model/language.ts'
import { detectLanguage } from '../../src/text/language.ts'
import { splitPassages } from '../../src/text/passages.ts'
import { readBlocks } from './blocks.ts'
import { type Element, elementsOf, parseHtml } from './dom.ts'
import { hasMessageForm } from './forms.ts'
import { baseUrlOf, readHead } from './head.ts'
import { readContacts, readLinks } from './links.ts'
import { mainBlocks } from './main-text.ts'
import { placed, readHeadings, readImages, readPageBlocks, sectionsOf } from './page-blocks.ts'
import type { PageBlock, PageDocument, Passage } from './page-document.ts'

/** Enough to tell a language. */
const LANGUAGE_SAMPLE = 4_000
const MAX_PASSAGES = 500

/** The main text in passages that never reach over a heading. */
const readPassages = (blocks: readonly PageBlock[]): readonly Passage[] => {
  const passages: Passage[] = []
  let lines: string[] = []
  let section: Pick<PageBlock, 'heading' | 'anchor'> = {}
  const flush = (): void => {
    for (const text of splitPassages(lines.join('\n'))) passages.push({ text, ...placed(section) })
    lines = []
  }
  for (const block of blocks) {
    if (block.part !== 'main') continue
    if (block.kind === 'heading' || block.heading !== section.heading) flush()
    if (block.kind === 'heading') continue
    if (lines.length === 0) section = block
    lines.push(block.text)
  }
  flush()
  return passages.slice(0, MAX_PASSAGES)
}

const languageOf = (text: string, declared: string | undefined): Language | undefined => {
  if (declared !== undefined && declared !== 'fr' && declared !== 'en') return undefined
  // Templates declare "en" over French text; the text knows better.
  return detectLanguage(text.slice(0, LANGUAGE_SAMPLE)) ?? declared
}

/** A parsed page as plain values. `url` is where it was found; relative addresses are resolved from it. */
export const documentOf = ($: CheerioAPI, url: string): PageDocument => documentFrom(elementsOf($.root().get()), url)

/** The same from its elements in document order (`elementsOf`). */
export const documentFrom = (elements: readonly Element[], url: string): PageDocument => {
  const baseUrl = baseUrlOf(elements, url)
  const { isArticle, ...head } = readHead(elements, baseUrl)
  const root = elements.find(({ name }) => name === 'body') ?? elements.find(({ name }) => name === 'html')
  const { blocks, images } = root ? readBlocks(root) : { blocks: [], images: [] }
  const main = mainBlocks(blocks, isArticle)
  const sections = sectionsOf(blocks)
  const pageBlocks = readPageBlocks(blocks, sections, new Set(main))
  const text = main.map(block => block.text).join('\n')
  const language = languageOf(text, head.declaredLanguage)
  return {
    ...head,
    ...(language === undefined ? {} : { language }),
    links: readLinks(elements, baseUrl),
    contacts: readContacts(elements),
    ...(hasMessageForm(elements) ? { messageForm: true } : {}),
    images: readImages(images, sections, baseUrl),
    headings: readHeadings(blocks),
    blocks: pageBlocks,
    text,
    passages: readPassages(pageBlocks),
  }
}

/** Reads a page: its head, links, headings, main text and passages. Never throws on any HTML of sane size. */
export const readDocument = (html: string, url: string): PageDocument => documentOf(parseHtml(html), url)
