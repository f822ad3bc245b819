import type { Passage } from '../model/search-result.ts'
import type { Supplier } from '../model/supplier.ts'
import { analyseEnglish, analyseFrench } from '../text/analyse.ts'
import { splitSentences } from '../text/passages.ts'

/** The terms of a query, to be found again in a text. */
export interface QueryTerms {
  readonly french: ReadonlySet<string>
  readonly english: ReadonlySet<string>
}

export const queryTerms = (texts: readonly string[]): QueryTerms => ({
  french: new Set(texts.flatMap(text => analyseFrench(text).map(token => token.term))),
  english: new Set(texts.flatMap(text => analyseEnglish(text).map(token => token.term))),
})

interface Mark {
  readonly start: number
  readonly end: number
  readonly term: string
}

/** Where the terms stand in a text, in order, without overlaps. */
const marksOf = (text: string, terms: QueryTerms): Mark[] => {
  const marks = new Map<number, Mark>()
  for (const token of analyseEnglish(text)) if (terms.english.has(token.term)) marks.set(token.start, token)
  for (const token of analyseFrench(text)) if (terms.french.has(token.term)) marks.set(token.start, token)
  let end = 0
  const kept: Mark[] = []
  for (const mark of [...marks.values()].sort((a, b) => a.start - b.start)) {
    if (mark.start < end) continue
    kept.push(mark)
    end = mark.end
  }
  return kept
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, character => ENTITIES[character] as string)

/** The text as HTML: everything escaped, the query's words between `<mark>` and `</mark>`. */
export const markTerms = (text: string, terms: QueryTerms): string => {
  let html = ''
  let at = 0
  for (const { start, end } of marksOf(text, terms)) {
    html += `${escapeHtml(text.slice(at, start))}<mark>${escapeHtml(text.slice(start, end))}</mark>`
    at = end
  }
  return html + escapeHtml(text.slice(at))
}

/** A passage is read at a glance: about three lines of the results page. */
const PASSAGE_LENGTH = 320

const cut = (text: string): string => {
  if (text.length <= PASSAGE_LENGTH) return text
  const space = text.lastIndexOf(' ', PASSAGE_LENGTH)
  return `${text.slice(0, space > PASSAGE_LENGTH / 2 ? space : PASSAGE_LENGTH)}…`
}

/** The part of a text that holds the most different terms: whole sentences, from the best one on. */
export const bestExcerpt = (
  text: string,
  terms: QueryTerms,
): { readonly excerpt: string; readonly matched: number } => {
  const sentences = splitSentences(text)
  const scores = sentences.map(sentence => new Set(marksOf(sentence, terms).map(mark => mark.term)).size)
  let best = 0
  for (let i = 1; i < sentences.length; i++) if ((scores[i] as number) > (scores[best] as number)) best = i
  let excerpt = sentences[best] ?? ''
  for (let i = best + 1; i < sentences.length; i++) {
    const longer = `${excerpt} ${sentences[i]}`
    if (longer.length > PASSAGE_LENGTH) break
    excerpt = longer
  }
  return { excerpt: cut(startingNearMatch(excerpt, terms)), matched: scores[best] ?? 0 }
}

/** A sentence longer than a passage begins a little before its first match, at a word. */
const startingNearMatch = (sentence: string, terms: QueryTerms): string => {
  const first = marksOf(sentence, terms)[0]?.start ?? 0
  if (sentence.length <= PASSAGE_LENGTH || first < PASSAGE_LENGTH / 2) return sentence
  const start = sentence.indexOf(' ', first - PASSAGE_LENGTH / 3)
  return `… ${sentence.slice(start + 1)}`
}

interface Sourced extends Omit<Passage, 'text'> {
  readonly text: string
}

/** The texts of a profile that a passage can be taken from: its description, then the best page the engine found. */
const candidateTexts = (supplier: Supplier, passage: number | undefined): Sourced[] => {
  const texts: Sourced[] = []
  if (supplier.description) texts.push(supplier.description)
  else if (supplier.tagline) texts.push(supplier.tagline)
  if (passage !== undefined) {
    const found = passageAt(supplier, passage)
    // The summary of an award often is the description too: once is enough.
    if (found && !supplier.description?.text.includes(found.text)) texts.push(found)
  }
  return texts
}

const passageAt = (supplier: Supplier, number: number): Sourced | undefined => {
  let at = number
  for (const text of supplier.texts) {
    const passage = text.passages[at]
    if (passage !== undefined) {
      return {
        text: passage,
        sourceUrl: text.url,
        retrievedAt: text.retrievedAt,
        evidence: text.evidence,
        ...(text.period !== undefined && { period: text.period }),
      }
    }
    at -= text.passages.length
  }
  return undefined
}

/** The passages of a card, the best match first: at most two, at least one when the profile has any text. */
export const passagesOf = (supplier: Supplier, terms: QueryTerms, passage: number | undefined): Passage[] => {
  const excerpts = candidateTexts(supplier, passage).map(source => ({ source, ...bestExcerpt(source.text, terms) }))
  excerpts.sort((a, b) => b.matched - a.matched)
  const shown = excerpts.filter((excerpt, rank) => rank === 0 || excerpt.matched > 0).slice(0, 2)
  return shown.map(({ source, excerpt }) => ({ ...source, text: markTerms(excerpt, terms) }))
}
