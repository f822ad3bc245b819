import { setImmediate as turn } from 'node:timers/promises'
import type { DocumentText } from '../../model/document.ts'
import type { Language } from '../../model/language.ts'
import type { TenderBrick, TenderSection } from '../../model/tender.ts'
import { joinLines } from './joined-lines.ts'
import { createOwnAcronyms } from './own-acronyms.ts'
import { createBrickReading } from './read-bricks.ts'
import { type Restriction, restrictionsOf } from './restrictions.ts'
import { type Section, sectionsOf } from './sections.ts'
import { sentencesOf } from './sentences.ts'
import { createTermReading, type SuggestedTerm } from './suggested-terms.ts'

/** What a text says by itself, before any supplier is looked at. */
export interface TenderReading {
  readonly sections: TenderSection[]
  readonly bricks: TenderBrick[]
  readonly terms: SuggestedTerm[]
  readonly restrictions: Restriction[]
}

/** Other requests are served after every so many milliseconds of reading. */
const SLICE_MS = 10

const shown = ({ title, kind, page }: Section): TenderSection => ({
  title,
  kind,
  ...(page !== undefined && { page }),
})

/** Reads a document into sections, bricks, terms and restrictions, in short slices of time. */
export const readTender = async (
  document: DocumentText,
  language: Language,
  signal?: AbortSignal,
): Promise<TenderReading> => {
  const joined = joinLines(document)
  const acronyms = createOwnAcronyms()
  for (const { text } of joined.blocks) acronyms.add(text)
  const sections = sectionsOf(joined)
  const bricks = createBrickReading(sections, acronyms)
  const terms = createTermReading()
  const restrictions = new Map<string, Restriction>()
  let sliceEnd = performance.now() + SLICE_MS
  for (const sentence of sentencesOf(sections)) {
    const section = sections[sentence.section]
    if (section === undefined) continue
    bricks.add(sentence)
    if (section.kind === 'need' && section.status !== 'excluded') terms.add(sentence)
    for (const each of restrictionsOf(sentence, section)) {
      const key = `${each.kind} ${each.certification ?? each.span.toLowerCase()}`
      if (!restrictions.has(key)) restrictions.set(key, each)
    }
    if (performance.now() > sliceEnd) {
      await turn()
      signal?.throwIfAborted()
      sliceEnd = performance.now() + SLICE_MS
    }
  }
  return {
    sections: sections.map(shown),
    bricks: bricks.bricks(language),
    terms: terms.terms(),
    restrictions: [...restrictions.values()],
  }
}
