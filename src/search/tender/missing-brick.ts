import type { Searcher } from '../../engine/engine.ts'
import type { Language } from '../../model/language.ts'
import type { Narrowing } from '../../model/query.ts'
import type { Siren } from '../../model/siren.ts'
import type { Supplier } from '../../model/supplier.ts'
import type { MissingBrick, TenderPassage } from '../../model/tender.ts'
import { foldAccents } from '../../text/folding.ts'
import { splitSentences } from '../../text/passages.ts'
import { markTerms, queryTerms } from '../highlight.ts'
import { understand } from '../understand.ts'
import { askedLabel } from './advice.ts'
import { cellOf, type FactsOf } from './cells.ts'
import { type AskedFor, askedFor, candidatesOf, termId } from './engine-brick.ts'
import { summaryOf } from './matrix.ts'

/** "It lacks one brick": who supplies that one, beside the suppliers that were chosen already. */

const SHOWN = 10
const CANDIDATES = 30
/** Shorter names are words of many a sentence. */
const LEAST_NAME = 5

/** Sentences in which one firm names another: they have worked together, or say that they can. */
const namings = (supplier: Supplier, names: readonly string[]): TenderPassage[] => {
  const keys = names.filter(name => name.length >= LEAST_NAME).map(name => foldAccents(name.toLowerCase()))
  if (keys.length === 0) return []
  const texts = [
    ...(supplier.description ? [{ ...supplier.description, passages: [supplier.description.text] }] : []),
    ...supplier.texts.map(text => ({ ...text, sourceUrl: text.url })),
  ]
  return texts
    .flatMap(({ passages, sourceUrl, retrievedAt }) =>
      passages
        .flatMap(splitSentences)
        .filter(sentence => keys.some(key => ` ${foldAccents(sentence.toLowerCase())} `.includes(key)))
        .map(sentence => ({ text: markTerms(sentence, queryTerms(names)), sourceUrl, retrievedAt })),
    )
    .slice(0, 1)
}

export interface MissingRequest {
  readonly text: string
  readonly chosen: readonly Siren[]
  readonly within: Narrowing
  readonly language: Language
  /** The columns of the matrix: what else the tender asks for. */
  readonly columns: readonly AskedFor[]
}

/** The suppliers of one brick that go with the chosen ones, those first that bring most of what these lack. */
export const findMissing = async (
  engine: Searcher,
  { text, chosen, within, language, columns }: MissingRequest,
  factsOf: FactsOf,
  signal?: AbortSignal,
): Promise<MissingBrick> => {
  const brick = understand(text).bricks[0]?.brick ?? null
  const asked = askedFor(brick ?? termId(text))
  const { sirens } = await candidatesOf(engine, asked, within, { limit: CANDIDATES, signal })
  const profiles = await engine.suppliers([...new Set([...sirens, ...chosen])])
  const partners = chosen.flatMap(siren => profiles.get(siren) ?? [])
  const lacking = columns.filter(
    column => column.id !== asked.id && !partners.some(one => cellOf(one, column, factsOf).coverage !== 'unknown'),
  )
  const names = partners.map(partner => partner.name)
  const suppliers = sirens
    .filter(siren => !chosen.includes(siren))
    .flatMap(siren => {
      const supplier = profiles.get(siren)
      const cell = supplier && cellOf(supplier, asked, factsOf)
      if (supplier === undefined || cell === undefined || cell.coverage === 'unknown') return []
      const alsoCovers = lacking.filter(column => cellOf(supplier, column, factsOf).coverage !== 'unknown')
      return [
        {
          supplier: summaryOf(supplier),
          cell,
          alsoCovers: alsoCovers.map(each => each.id),
          names: namings(supplier, names),
        },
      ]
    })
    .sort((a, b) => b.names.length - a.names.length || b.alsoCovers.length - a.alsoCovers.length)
  return { query: text, brick, label: askedLabel(asked.id, language), suppliers: suppliers.slice(0, SHOWN) }
}
