import { analyseProfile, BRICK_SLOT, lengthSlot, passageKey, termKey } from '../../src/engine/embedded/analysed.ts'
import { inverseDocumentFrequency, Saturation } from '../../src/engine/embedded/bm25.ts'
import { encodeLength } from '../../src/engine/embedded/norms.ts'
import type { EngineQuery } from '../../src/engine/engine.ts'
import { PROFILE_FIELDS } from '../../src/engine/fields.ts'
import { wordsOf } from '../../src/engine/query-words.ts'
import { FACETS } from '../../src/model/facets.ts'
import type { Supplier } from '../../src/model/supplier.ts'

/**
 * What an engine must answer, worked out the plain way: every profile is looked at for every query, with the formulas as
 * they are written in books. Nothing of the index is used but the analysis and the formula itself.
 */

interface Held {
  readonly siren: string
  readonly facets: readonly (readonly string[])[]
  readonly founded: number | undefined
  /** The newest day of its pages and awards, else of its data, as text. */
  readonly day: string
  /** Occurrences by field of the keys that some query asks for. */
  readonly terms: ReadonlyMap<string, ArrayLike<number>>
  readonly lengths: ArrayLike<number>
  readonly passages: readonly { readonly terms: ReadonlyMap<string, number>; readonly lengths: readonly number[] }[]
}

/** Tokens and documents of a field, and documents of each key in it. */
class Counts {
  tokens = 0
  documents = 0
  readonly frequencies = new Map<string, number>()
}

const NO_TERMS: ReadonlyMap<string, never> = new Map<string, never>()

/** Equal lists are kept once: a million profiles fit in memory. */
const sharing = <List>(textOf: (list: List) => string): ((list: List) => List) => {
  const lists = new Map<string, List>()
  return list => {
    const key = textOf(list)
    const known = lists.get(key)
    if (known === undefined) lists.set(key, list)
    return known ?? list
  }
}
const sharedTexts = sharing<readonly string[]>(texts => texts.join('\n'))
const sharedNumbers = sharing<ArrayLike<number>>(numbers => Array.from(numbers).join())

const ANALYSES = ['f', 'e', 'x', 'b']
/** The fields of a key, each with the name that its weight has and the number that its lengths stand under. */
const fieldsOf = (
  key: string,
): readonly (readonly [weight: keyof EngineQuery['weights']['fields'], slot: number])[] => {
  if (key[0] === 'k') return [['bricks', BRICK_SLOT]]
  if (key[0] === 'F' || key[0] === 'E') return [['passages', key[0] === 'F' ? 1000 : 1001]]
  return PROFILE_FIELDS.map((field, index) => [field, lengthSlot(ANALYSES.indexOf(key[0] ?? ''), index)])
}

/** The keys of a query: of its words by concept, of its bricks with their shares, of its phrases. */
const keysOf = (query: EngineQuery) => {
  const concepts = query.concepts.map(({ text }) => wordsOf(text))
  const words = concepts.flat()
  const pairs = words.slice(1).flatMap((second, index) =>
    (['french', 'english'] as const).flatMap(form => {
      const [a, b] = [words[index]?.[form], second[form]]
      return a === undefined || b === undefined ? [] : [termKey.bigram(`${a} ${b}`)]
    }),
  )
  const bricks = query.bricks.map(({ ids, covers }) => ({
    covers,
    keys: [...ids].map(([id, share]) => ({ key: termKey.brick(id), share })),
  }))
  return { concepts, phrases: [...new Set(pairs)], bricks }
}

/** Whether a profile lies in the ranges of a query; ISO days stand in the order of their text. */
const isWithin = ({ founded, day }: Held, { ranges = {} }: EngineQuery): boolean => {
  const { founded: years, updated: days } = ranges
  const inYears = !years || (founded !== undefined && founded >= (years.from ?? 0) && founded <= (years.to ?? 9999))
  return inYears && (!days || (day >= (days.from ?? '') && day <= (days.to ?? '9999')))
}

export interface ReferenceAnswer {
  readonly total: number
  /** Best first. */
  readonly scores: readonly { readonly siren: string; readonly score: number }[]
  readonly facets: ReadonlyMap<string, ReadonlyMap<string, number>>
}

/** `queries`: all that will be asked; of the profiles only what concerns them is kept. */
export const createReference = (queries: readonly EngineQuery[]) => {
  const wanted = new Set<string>()
  for (const query of queries) {
    const { concepts, phrases, bricks } = keysOf(query)
    for (const { french = '', english = '', exact = '' } of concepts.flat())
      for (const key of [
        termKey.french(french),
        termKey.english(english),
        termKey.exact(exact),
        passageKey.french(french),
        passageKey.english(english),
      ])
        wanted.add(key)
    for (const key of [...phrases, ...bricks.flatMap(({ keys }) => keys.map(each => each.key))]) wanted.add(key)
    if (query.nameKey) wanted.add(termKey.name(query.nameKey))
  }
  const held: Held[] = []
  const slots = new Map<number, Counts>()
  const slotOf = (slot: number): Counts => {
    const known = slots.get(slot) ?? new Counts()
    slots.set(slot, known)
    return known
  }
  const countLength = (slot: number, length: number): void => {
    if (length === 0) return
    slotOf(slot).tokens += length
    slotOf(slot).documents++
  }
  const countKey = (key: string, counts: ArrayLike<number>): void =>
    fieldsOf(key).forEach(([, slot], field) => {
      const { frequencies } = slotOf(slot)
      if ((counts[field] ?? 0) > 0) frequencies.set(key, (frequencies.get(key) ?? 0) + 1)
    })

  const add = (supplier: Supplier): void => {
    const { terms, lengths, passages } = analyseProfile(supplier)
    const found = [...terms].filter(([key]) => wanted.has(key))
    const own = found.length > 0 ? new Map(found.map(([key, counts]) => [key, sharedNumbers(counts)])) : NO_TERMS
    for (const [key, counts] of own) countKey(key, counts)
    lengths.forEach((length, slot) => {
      countLength(slot, length)
    })
    const kept = passages.map(passage => {
      const inPassage = [...passage.terms].filter(([key]) => wanted.has(key))
      return { lengths: passage.lengths, terms: inPassage.length > 0 ? new Map(inPassage) : NO_TERMS }
    })
    for (const passage of kept) {
      for (const [key, count] of passage.terms) countKey(key, [count])
      passage.lengths.forEach((length, analysis) => {
        countLength(1000 + analysis, length)
      })
    }
    const facets = FACETS.map(facet => sharedTexts(facet.values(supplier)))
    const days = [
      ...supplier.texts.filter(({ kind }) => kind === 'page').map(({ retrievedAt }) => retrievedAt.slice(0, 10)),
      ...supplier.labels.flatMap(({ years }) => years.map(year => `${year}-12-31`)),
    ].sort()
    const day = days.at(-1) ?? supplier.updatedAt
    held.push({ siren: supplier.siren, facets, founded: supplier.founded, day, terms: own, lengths, passages: kept })
  }

  const search = (query: EngineQuery): ReferenceAnswer => {
    const { concepts, phrases, bricks } = keysOf(query)
    const saturations = new Map<number, Saturation>()
    /** BM25 of one key in a document, all fields of the key added up. */
    const points = (key: string, share: number, counts: ArrayLike<number> | undefined, lengths: ArrayLike<number>) =>
      counts === undefined
        ? 0
        : fieldsOf(key).reduce((sum, [weight, slot], field) => {
            const count = counts[field] ?? 0
            if (count === 0) return sum
            const { tokens, documents, frequencies } = slotOf(slot)
            const saturation = saturations.get(slot) ?? new Saturation(tokens / documents)
            saturations.set(slot, saturation)
            const idf = inverseDocumentFrequency(documents, frequencies.get(key) ?? 0)
            const length = saturation.byLength[encodeLength(lengths[slot % 1000] ?? 0)] ?? 0
            return sum + (share * query.weights.fields[weight] * idf * count) / (count + length)
          }, 0)
    const all = query.concepts.length === 0 && query.bricks.length === 0 && query.nameKey === undefined
    const required = query.concepts.filter(({ optional }, index) => !optional && concepts[index]?.length).length
    const least = Math.min(query.minimumMatch, required)

    /** The score of a profile; `undefined` when it does not match. */
    const scoreOf = ({ terms, lengths, passages }: Held): number | undefined => {
      if (all) return 0
      let score = 0
      let touched = false
      const matched = new Set<number>()
      const best = passages.map(() => 0)
      concepts.forEach((words, concept) => {
        for (const { french = '', english = '', exact = '' } of words) {
          const forms = [termKey.french(french), termKey.english(english), termKey.exact(exact)] as const
          const [f, e, x] = forms.map((key, form) =>
            points(key, form === 2 ? query.weights.exact : 1, terms.get(key), lengths),
          )
          score += Math.max(f ?? 0, e ?? 0) + (x ?? 0)
          passages.forEach((passage, number) => {
            const keys = [passageKey.french(french), passageKey.english(english)]
            const values = keys.map(key =>
              points(key, 1, passage.terms.has(key) ? [passage.terms.get(key) ?? 0] : undefined, passage.lengths),
            )
            best[number] = (best[number] ?? 0) + Math.max(...values)
            if (keys.some(key => passage.terms.has(key))) matched.add(concept)
          })
          if (forms.some(key => terms.has(key))) matched.add(concept)
        }
      })
      for (const { covers, keys } of bricks) {
        const found = keys.filter(({ key }) => terms.has(key))
        score += Math.max(0, ...found.map(({ key, share }) => points(key, share, terms.get(key), lengths)))
        if (found.length > 0) touched = true
        if (found.length > 0) for (const concept of covers) matched.add(concept)
      }
      touched ||= matched.size > 0
      for (const key of phrases) score += points(key, query.weights.phrase, terms.get(key), lengths)
      const enough = [...matched].filter(concept => !query.concepts[concept]?.optional && concepts[concept]?.length)
      const isNamed = query.nameKey !== undefined && terms.has(termKey.name(query.nameKey))
      if (isNamed) return Number.POSITIVE_INFINITY
      return touched && enough.length >= least ? score + Math.max(0, ...best) : undefined
    }

    const facets = new Map(query.facets.map(name => [name as string, new Map<string, number>()]))
    const scores: { siren: string; score: number }[] = []
    for (const profile of held) {
      const score = scoreOf(profile)
      if (score === undefined || !isWithin(profile, query)) continue
      const failed = FACETS.filter(({ name }, index) => {
        const selected = query.filters[name]
        return selected?.length && !profile.facets[index]?.some(value => selected.includes(value))
      })
      if (failed.length > 1) continue
      FACETS.forEach(({ name }, index) => {
        const counts = facets.get(name)
        if (!counts || (failed[0] && failed[0].name !== name)) return
        for (const value of profile.facets[index] ?? []) counts.set(value, (counts.get(value) ?? 0) + 1)
      })
      if (failed.length === 0) scores.push({ siren: profile.siren, score })
    }
    return { total: scores.length, scores: scores.sort((a, b) => b.score - a.score), facets }
  }
  return { add, search }
}
