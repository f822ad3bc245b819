import { BRICKS } from '../model/bricks.ts'
import type { Evidence } from '../model/fact.ts'
import type { BrickEvidence, Supplier } from '../model/supplier.ts'
import { claimsCapability } from '../text/capability.ts'
import { splitSentences } from '../text/passages.ts'
import { createMatcher, type VocabularyMatcher } from '../text/vocabulary.ts'

/** A sentence shown as evidence is read at a glance. */
const SENTENCE_LENGTH = 320

let matcher: VocabularyMatcher | undefined
/** The matcher of the whole vocabulary, made at its first use (about half a second). */
export const vocabulary = (): VocabularyMatcher => {
  matcher ??= createMatcher(BRICKS)
  return matcher
}

interface Source {
  readonly sourceUrl: string
  readonly retrievedAt: string
  readonly evidence: Evidence
  readonly period?: string
}

interface SourcedTexts extends Source {
  readonly texts: readonly string[]
  /** What a mention in one of them weighs. */
  readonly weight: number
}

const sourcedTexts = (supplier: Supplier): SourcedTexts[] => {
  const { tagline, description } = supplier
  const own: Source = {
    sourceUrl: description?.sourceUrl ?? supplier.website ?? '',
    retrievedAt: description?.retrievedAt ?? supplier.updatedAt,
    evidence: 'declared',
  }
  return [
    ...(tagline ? [{ ...pick(tagline), texts: [tagline.text], weight: 3 }] : []),
    { ...own, texts: supplier.offers.map(offer => offer.name), weight: 2 },
    { ...own, texts: supplier.offers.flatMap(offer => offer.description ?? []), weight: 1 },
    { ...own, texts: supplier.tags, weight: 1 },
    ...(description ? [{ ...pick(description), texts: [description.text], weight: 1 }] : []),
    ...supplier.texts.map(text => ({
      ...pick({ ...text, sourceUrl: text.url }),
      texts: text.passages,
      weight: 1,
    })),
  ]
}

const pick = ({ sourceUrl, retrievedAt, evidence, period }: Source): Source => ({
  sourceUrl,
  retrievedAt,
  evidence,
  ...(period !== undefined && { period }),
})

const shortened = (sentence: string, start: number): string => {
  if (sentence.length <= SENTENCE_LENGTH) return sentence
  const from = Math.max(0, sentence.lastIndexOf(' ', Math.max(0, start - SENTENCE_LENGTH / 3)) + 1)
  const cut = sentence.slice(from, from + SENTENCE_LENGTH)
  return `${from > 0 ? '… ' : ''}${cut}${from + SENTENCE_LENGTH < sentence.length ? '…' : ''}`
}

/** The bricks that a text claims, each with its first sentence; a sentence that was read before says nothing more. */
const bricksOf = (text: string, seen: Set<string>): Map<string, { expression: string; sentence: string }> => {
  const found = new Map<string, { expression: string; sentence: string }>()
  // Most texts name no brick: their sentences need not be cut.
  if (vocabulary().find(text, 'document').length === 0) return found
  for (const sentence of splitSentences(text)) {
    if (seen.has(sentence)) continue
    seen.add(sentence)
    for (const { brick, expression, start } of vocabulary().find(sentence, 'document')) {
      if (!found.has(brick) && claimsCapability(sentence, start)) {
        found.set(brick, { expression, sentence: shortened(sentence, start) })
      }
    }
  }
  return found
}

/**
 * A profile with the bricks that its own texts name, each with the sentence that says so; what no source states as a
 * brick is thus found by one, and can be checked. Denials and lists of clients do not count. The profile that is
 * indexed and the one that is shown are expanded by this same function.
 */
export const expandSupplier = (supplier: Supplier): Supplier => {
  const found = new Map<string, BrickEvidence>()
  // The summary of an award often is the description too: 1,794 of 2,510 real profiles.
  const seen = new Set<string>()
  for (const { texts, weight, ...source } of sourcedTexts(supplier)) {
    for (const text of texts) {
      const bricks = bricksOf(text, seen)
      // A tagline that names nine bricks says of none that it is what the firm does.
      const strength = Math.max(1, Math.round(weight / bricks.size))
      for (const [brick, { expression, sentence }] of bricks) {
        const known = found.get(brick)
        found.set(
          brick,
          known
            ? { ...known, strength: known.strength + strength }
            : { brick, expression, sentence, strength, ...source },
        )
      }
    }
  }
  if (found.size === 0) return supplier
  const foundBricks = [...found.values()].sort((a, b) => b.strength - a.strength || (a.brick < b.brick ? -1 : 1))
  return { ...supplier, foundBricks }
}
