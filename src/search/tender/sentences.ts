import { splitSentences } from '../../text/passages.ts'
import type { Section } from './sections.ts'
import { type MentionStatus, mentionStatus } from './sentence-status.ts'

/** A sentence of a tender with the place that it is quoted with. */
export interface TenderSentence {
  readonly text: string
  /** Index of its section. */
  readonly section: number
  readonly page?: number
  readonly isTitle: boolean
  /** The words that introduce the list it belongs to. */
  readonly lead?: string
  /** What those words say of the whole list. */
  readonly leadStatus?: MentionStatus
}

const LIST_ITEM = /^(?:[•▪●◦‣∙–—\-*✓➢➤]\s|\(?[a-z0-9]{1,2}[).]\s|o\s)/u
const BULLET = /^[•▪●◦‣∙–—\-*✓➢➤]\s+/u
const LONGEST_ITEM = 220

const isItem = (text: string): boolean =>
  LIST_ITEM.test(text) ||
  /^\p{Ll}/u.test(text) ||
  /[;,]$/u.test(text) ||
  (text.length < LONGEST_ITEM && !/\.$/u.test(text))

/** Rules look at a whole sentence for each brick in it: text without any full stop is cut, as no sentence is so long. */
const LONGEST_SENTENCE = 800

const cut = (sentence: string): string[] => {
  if (sentence.length <= LONGEST_SENTENCE) return [sentence]
  const pieces: string[] = []
  for (let from = 0; from < sentence.length; ) {
    const space = sentence.lastIndexOf(' ', from + LONGEST_SENTENCE)
    const to = sentence.length - from <= LONGEST_SENTENCE || space <= from ? from + LONGEST_SENTENCE : space
    pieces.push(sentence.slice(from, to).trim())
    from = to
  }
  return pieces
}

const ASIDE = /\([^()]{0,120}\)/gu

/** What an introduction says of what follows it, asides left out: read as if the list stood at its end. */
const statusOfLead = (lead: string): MentionStatus => {
  const said = lead.replaceAll(ASIDE, '')
  return mentionStatus(said, said.length, said.length)
}

/** The sentences of the sections, list items with what introduces them. */
export function* sentencesOf(sections: readonly Section[]): Generator<TenderSentence> {
  for (const [index, section] of sections.entries()) {
    let lead: string | undefined
    for (const { text, page, heading } of section.blocks) {
      const where = { section: index, ...(page !== undefined && { page }) }
      if (heading !== undefined) {
        lead = undefined
        yield { text, ...where, isTitle: true }
        continue
      }
      if (lead !== undefined && !isItem(text)) lead = undefined
      const sentences = splitSentences(text).flatMap(cut)
      for (const sentence of sentences) {
        const list = lead === undefined ? {} : { lead, leadStatus: statusOfLead(lead) }
        yield { text: sentence.replace(BULLET, ''), ...where, isTitle: false, ...list }
      }
      const last = sentences.at(-1)
      if (last?.endsWith(':')) lead = last
    }
  }
}
