import type { Fact } from '../../model/fact.ts'
import { shownBricks } from '../../model/shown-bricks.ts'
import type { BrickEvidence, Supplier } from '../../model/supplier.ts'
import type { TenderCell, TenderPassage } from '../../model/tender.ts'
import { analyseFrench } from '../../text/analyse.ts'
import { claimsCapability } from '../../text/capability.ts'
import { splitSentences } from '../../text/passages.ts'
import type { BrickMatch } from '../../text/vocabulary.ts'
import { vocabulary } from '../expand.ts'
import { markTerms, queryTerms } from '../highlight.ts'
import type { AskedFor } from './engine-brick.ts'
import { escaped, markedSpan } from './marked.ts'
import { isOffered } from './offered.ts'
import { isSupported } from './supported.ts'

/** What a profile says of one brick: attested, declared, or nothing known. Each answer comes with its sentence. */

/** What the catalogue has of a supplier, when a source states a brick that no text of the profile names. */
export type FactsOf = (siren: Supplier['siren']) => readonly Fact[]

const unknown = (brick: string): TenderCell => ({ brick, coverage: 'unknown', passages: [] })

interface Sentence extends Omit<TenderPassage, 'text'> {
  readonly sentence: string
  readonly evidence: Fact['evidence']
}

/** What the profile says in sentences: its tagline, its description and the pages of its site. */
const sentencesOf = (supplier: Supplier): Sentence[] => {
  const texts = [supplier.tagline, supplier.description].flatMap(text =>
    text ? [{ ...text, sentence: text.text }] : [],
  )
  const pages = supplier.texts.flatMap(({ url, passages, ...text }) =>
    passages.map(passage => ({ ...text, sourceUrl: url, sentence: passage })),
  )
  return [...texts, ...pages].flatMap(({ sentence, sourceUrl, retrievedAt, period, evidence }) =>
    splitSentences(sentence).map(each => ({
      sentence: each,
      sourceUrl,
      retrievedAt,
      evidence,
      ...(period !== undefined && { period }),
    })),
  )
}

/** Where the sentence offers the brick, as far as the profile bears it out; `undefined` when it only mentions it. */
const offerIn = (sentence: string, brick: string, supplier: Supplier): BrickMatch | undefined =>
  vocabulary()
    .find(sentence, 'document')
    .find(each => each.brick === brick && isOffered(sentence, each) && isSupported(sentence, each, supplier))

const passageOf = (
  { sentence, sourceUrl, retrievedAt, period }: Sentence,
  { start, end }: BrickMatch,
): TenderPassage => ({
  text: markedSpan(sentence, start, end),
  sourceUrl,
  retrievedAt,
  ...(period !== undefined && { period }),
})

/** A site may have many pages; a sentence that offers a brick stands among the first or not at all. */
const MOST_SENTENCES = 400

/** The sentence that the index chose, or the first other one that offers the brick. */
const offerOf = (supplier: Supplier, found: BrickEvidence): { said: Sentence; match: BrickMatch } | undefined => {
  const chosen = offerIn(found.sentence, found.brick, supplier)
  if (chosen) return { said: found, match: chosen }
  for (const said of sentencesOf(supplier).slice(0, MOST_SENTENCES)) {
    const match = offerIn(said.sentence, found.brick, supplier)
    if (match && claimsCapability(said.sentence, match.start)) return { said, match }
  }
  return undefined
}

/** The ids that the profile shows, the brick itself before its kinds; among those what the profile says most about. */
const idsOf = (supplier: Supplier, asked: AskedFor): string[] => {
  const shown = new Set(shownBricks(supplier))
  const strength = (id: string): number => supplier.foundBricks?.find(found => found.brick === id)?.strength ?? 0
  return [...asked.ids]
    .filter(([id]) => shown.has(id))
    .sort(([a, shareA], [b, shareB]) => shareB - shareA || strength(b) - strength(a))
    .map(([id]) => id)
}

/** Fields of a fact's value that may name a brick. */
const statesBrick = (fact: Fact, brick: string): boolean => {
  if (fact.property === 'brick') return fact.value === brick
  if (fact.property !== 'offer' || typeof fact.value !== 'object' || fact.value === null) return false
  return 'bricks' in fact.value && Array.isArray(fact.value.bricks) && fact.value.bricks.includes(brick)
}

/** An offer's own words, when the source gave no sentence for it. */
const offerText = ({ property, value }: Fact): string => {
  if (property !== 'offer' || typeof value !== 'object' || value === null) return ''
  const name = 'name' in value && typeof value.name === 'string' ? value.name : ''
  const description = 'description' in value && typeof value.description === 'string' ? value.description : ''
  return [name, description].filter(part => part !== '').join(' : ')
}

const statedCell = (asked: AskedFor, brick: string, facts: readonly Fact[]): TenderCell | undefined => {
  const stated = facts.filter(fact => statesBrick(fact, brick))
  const worded = stated.filter(each => (each.provenance.excerpt ?? offerText(each)) !== '')
  const best = worded.length > 0 ? worded : stated
  const fact = best.find(each => each.evidence === 'attested') ?? best[0]
  if (fact === undefined) return undefined
  const { excerpt, sourceUrl, retrievedAt } = fact.provenance
  return {
    brick: asked.id,
    coverage: fact.evidence,
    ...(brick !== asked.id && { by: brick }),
    passages: [
      {
        text: escaped(excerpt ?? offerText(fact)),
        sourceUrl,
        retrievedAt,
        ...(fact.period !== undefined && { period: fact.period }),
      },
    ],
  }
}

const cellBy = (supplier: Supplier, asked: AskedFor, brick: string, factsOf: FactsOf): TenderCell | undefined => {
  const found = supplier.foundBricks?.find(each => each.brick === brick)
  // A sentence says more than a label that a source gave; the label is evidence where there is none.
  const offer = found && offerOf(supplier, found)
  if (offer === undefined) return statedCell(asked, brick, factsOf(supplier.siren))
  return {
    brick: asked.id,
    coverage: offer.said.evidence,
    ...(brick !== asked.id && { by: brick }),
    passages: [passageOf(offer.said, offer.match)],
  }
}

const brickCell = (supplier: Supplier, asked: AskedFor, factsOf: FactsOf): TenderCell => {
  for (const brick of idsOf(supplier, asked)) {
    const cell = cellBy(supplier, asked, brick, factsOf)
    if (cell) return cell
  }
  return unknown(asked.id)
}

/** A term is covered by a sentence that has all of its words and does not deny them. */
const termCell = (supplier: Supplier, asked: AskedFor): TenderCell => {
  const { french } = queryTerms([asked.text])
  if (french.size === 0) return unknown(asked.id)
  for (const { sentence, evidence, ...source } of sentencesOf(supplier)) {
    const named = analyseFrench(sentence).filter(token => french.has(token.term))
    if (new Set(named.map(token => token.term)).size < french.size) continue
    if (!named.every(token => claimsCapability(sentence, token.start))) continue
    const text = markTerms(sentence, queryTerms([asked.text]))
    return { brick: asked.id, coverage: evidence, passages: [{ text, ...source }] }
  }
  return unknown(asked.id)
}

/** The cell of a supplier and a brick, or a ticked term. */
export const cellOf = (supplier: Supplier, asked: AskedFor, factsOf: FactsOf): TenderCell =>
  asked.ids.size > 0 ? brickCell(supplier, asked, factsOf) : termCell(supplier, asked)
