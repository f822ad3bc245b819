import type { PageDocument } from '../page-document.ts'
import { type PageSentence, sentencesOf } from '../sentences.ts'
import { plain } from './folded-text.ts'

/** A sentence as it stands and as patterns read it. */
export interface FoldedSentence extends PageSentence {
  /** At most 1,000 characters of the text, folded. */
  readonly words: string
  /** The heading above, folded; empty for headings. */
  readonly above: string
}

/** Longer sentences are lists without a full stop: they are read to here. */
const MAX_SENTENCE = 1_000

/** Several extractors read the same page one after the other. */
const known = new WeakMap<PageDocument, readonly FoldedSentence[]>()

/** The sentences of a page that may speak of the firm (`sentencesOf`), folded once for all who ask. */
export const foldedSentencesOf = (document: PageDocument): readonly FoldedSentence[] => {
  const before = known.get(document)
  if (before !== undefined) return before
  const headings = new Map<string, string>()
  const folded = sentencesOf(document).map(({ text, block }) => {
    const heading = block.heading ?? ''
    const above = headings.get(heading) ?? plain(heading.slice(0, MAX_SENTENCE))
    headings.set(heading, above)
    return { text, block, words: plain(text.slice(0, MAX_SENTENCE)), above }
  })
  known.set(document, folded)
  return folded
}
