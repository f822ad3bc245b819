import { Type } from 'typebox'
import { analyseEnglish, analyseExact, analyseFrench } from '../../text/analyse.ts'
import { bigrams } from '../../text/bigrams.ts'
import { isSpellable } from '../../text/spell-deletes.ts'
import { editDistance, spellReach } from '../../text/spell-distance.ts'
import { termKey } from '../embedded/analysed.ts'
import {
  byDistance,
  commonest,
  MAX_CANDIDATES,
  RARE,
  SAMPLED_PROFILES,
  SHORTEST_HALF,
  writtenForms,
} from '../embedded/spelling.ts'
import type { CorrectionCandidate, WordCorrection } from '../engine.ts'
import { checker } from './check.ts'
import type { Cluster } from './client.ts'
import { countKeys } from './counts.ts'
import { lexiconHashes } from './lexicon.ts'
import type { Names } from './names.ts'
import { storedProfile } from './profiles.ts'
import type { KeyCounts } from './query-plan.ts'
import { refusePartial } from './response.ts'

/** Answers `Searcher.corrections` by the rules of the embedded engine, asking for all words of a query at once. */

const Terms = Type.Object({
  timed_out: Type.Boolean(),
  _shards: Type.Object({ total: Type.Integer(), failed: Type.Integer() }),
  hits: Type.Object({
    hits: Type.Array(Type.Object({ fields: Type.Object({ term: Type.Array(Type.String(), { minItems: 1 }) }) })),
  }),
})
const NearAnswers = checker(Type.Object({ responses: Type.Array(Terms) }), 'words spelt alike')

const Sampled = checker(
  Type.Object({
    responses: Type.Array(
      Type.Object({
        timed_out: Type.Boolean(),
        _shards: Type.Object({ total: Type.Integer(), failed: Type.Integer() }),
        hits: Type.Object({
          hits: Type.Array(Type.Object({ _source: Type.Object({ profile: Type.Unknown() }) })),
        }),
      }),
    ),
  }),
  'profiles that write a word',
)

/** Words that share a form with a misspelt one: of some hundreds most are too far from it. */
const MOST_ALIKE = 2000

interface Question {
  readonly word: string
  readonly first?: string
  /** The one word that two would be without their space. */
  readonly joined?: string
  readonly stems: readonly string[]
}

const stems = (analyse: typeof analyseFrench, text: string): string[] => analyse(text).map(token => token.term)

const questionOf = (word: string): Question => {
  const [first, second, ...more] = analyseExact(word).map(token => token.term)
  // Nothing that is looked for: stop words, punctuation.
  if (first === undefined || more.length > 0) return { word, stems: [] }
  if (second !== undefined) return { word, joined: first + second, stems: [] }
  const [french, english] = [stems(analyseFrench, word)[0], stems(analyseEnglish, word)[0]]
  return {
    word,
    first,
    stems: [
      ...(french === undefined ? [] : [termKey.french(french)]),
      ...(english === undefined ? [] : [termKey.english(english)]),
    ],
  }
}

const keysOf = ({ first, joined, stems }: Question): string[] => [
  ...(first === undefined ? [] : [termKey.exact(first)]),
  ...(joined === undefined ? [] : [termKey.exact(joined)]),
  ...stems,
]

const isOpen = ({ first }: Question, counts: KeyCounts): boolean =>
  first !== undefined && isSpellable(first) && (counts.get(termKey.exact(first)) ?? 0) <= RARE

interface Split {
  readonly left: string
  readonly right: string
  readonly pairs: readonly string[]
}

/** Where a space may have been forgotten, and the bigrams that would say so. */
const splitsOf = (word: string): Split[] => {
  const splits: Split[] = []
  for (let at = SHORTEST_HALF; at <= word.length - SHORTEST_HALF; at++) {
    const [left, right] = [word.slice(0, at), word.slice(at)]
    const text = `${left} ${right}`
    const pairs = new Set([...bigrams(stems(analyseFrench, text)), ...bigrams(stems(analyseEnglish, text))])
    splits.push({ left, right, pairs: [...pairs].map(pair => termKey.bigram(pair)) })
  }
  return splits
}

const keysOfSplit = ({ left, right, pairs }: Split): string[] => [termKey.exact(left), termKey.exact(right), ...pairs]

const splitCandidates = (word: string, counts: KeyCounts): CorrectionCandidate[] =>
  splitsOf(word).flatMap(({ left, right, pairs }) => {
    if (!counts.get(termKey.exact(left)) || !counts.get(termKey.exact(right))) return []
    const frequency = Math.max(0, ...pairs.map(pair => counts.get(pair) ?? 0))
    const text = `${left} ${right}`
    return frequency > 0 ? [{ term: text, surface: text, frequency, distance: 1 as const }] : []
  })

interface Near {
  readonly term: string
  readonly distance: 1 | 2
}

const lines = (searches: readonly object[]): string =>
  searches.map(search => `{}\n${JSON.stringify(search)}\n`).join('')

export class Corrector {
  readonly #cluster: Cluster
  readonly #names: Names

  constructor(cluster: Cluster, names: Names) {
    this.#cluster = cluster
    this.#names = names
  }

  async correct(words: readonly string[]): Promise<WordCorrection[]> {
    const questions = words.map(questionOf)
    const counts = await this.#count(questions.flatMap(keysOf))
    const open = [...new Set(questions.filter(each => isOpen(each, counts)).flatMap(({ first }) => first ?? []))]
    const candidates = await this.#candidates(open)
    const joined = questions.flatMap(each => (each.joined === undefined ? [] : [each.joined]))
    const found = [...candidates.values()].flat()
    const surfaces = await this.#surfaces([
      ...found.flatMap(({ term }) => term.split(' ')),
      ...joined.filter(term => counts.get(termKey.exact(term))),
    ])
    const written = (term: string): string =>
      term
        .split(' ')
        .map(word => surfaces.get(word) ?? word)
        .join(' ')
    return questions.map(({ word, first, joined, stems }): WordCorrection => {
      if (joined !== undefined) {
        const frequency = counts.get(termKey.exact(joined)) ?? 0
        const one = { term: joined, surface: written(joined), frequency, distance: 1 as const }
        return { word, known: false, frequency: 0, candidates: frequency > 0 ? [one] : [] }
      }
      if (first === undefined) return { word, known: true, frequency: 0, candidates: [] }
      const frequency = counts.get(termKey.exact(first)) ?? 0
      const known = frequency > 0 || stems.some(key => (counts.get(key) ?? 0) > 0)
      const spelt = candidates.get(first) ?? []
      return { word, known, frequency, candidates: spelt.map(each => ({ ...each, surface: written(each.term) })) }
    })
  }

  #count(keys: readonly string[]): Promise<KeyCounts> {
    return keys.length === 0 ? Promise.resolve(new Map()) : countKeys(this.#cluster, this.#names, keys)
  }

  async #candidates(words: readonly string[]): Promise<ReadonlyMap<string, readonly CorrectionCandidate[]>> {
    if (words.length === 0) return new Map()
    const near = await this.#near(words)
    const counts = await this.#count([
      ...words.flatMap(word => splitsOf(word).flatMap(keysOfSplit)),
      ...[...near.values()].flatMap(terms => terms.map(({ term }) => termKey.exact(term))),
    ])
    return new Map(
      words.map(word => {
        const alike = (near.get(word) ?? []).flatMap(({ term, distance }): CorrectionCandidate[] => {
          const frequency = counts.get(termKey.exact(term)) ?? 0
          return frequency > 0 ? [{ term, surface: term, frequency, distance }] : []
        })
        return [word, [...alike, ...splitCandidates(word, counts)].sort(byDistance).slice(0, MAX_CANDIDATES)]
      }),
    )
  }

  /** The words of the lexicon that are at most as far from each word as both reach. */
  async #near(words: readonly string[]): Promise<ReadonlyMap<string, readonly Near[]>> {
    const searches = words.map(word => ({
      size: MOST_ALIKE,
      track_total_hits: false,
      _source: false,
      stored_fields: '_none_',
      docvalue_fields: ['term'],
      query: { bool: { filter: { terms: { deletes: lexiconHashes(word) } } } },
      sort: [{ frequency: 'desc' }, { term: 'asc' }],
    }))
    const { responses } = NearAnswers(await this.#searchAll(this.#names.lexicon, searches))
    return new Map(
      words.map((word, index) => {
        const answer = responses[index]
        if (!answer) return [word, []]
        refusePartial(answer)
        return [
          word,
          answer.hits.hits.flatMap(({ fields }): Near[] => {
            const term = fields.term[0] ?? ''
            const distance = editDistance(word, term, Math.min(spellReach(word.length), spellReach(term.length)))
            return distance === 1 || distance === 2 ? [{ term, distance }] : []
          }),
        ]
      }),
    )
  }

  /** How the first profiles that hold a term write it. */
  async #surfaces(terms: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const distinct = [...new Set(terms)]
    if (distinct.length === 0) return new Map()
    const searches = distinct.map(term => ({
      size: SAMPLED_PROFILES,
      track_total_hits: false,
      query: { bool: { filter: { term: { keys: termKey.exact(term) } } } },
      sort: [{ siren: 'asc' }],
    }))
    const { responses } = Sampled(await this.#searchAll(this.#names.suppliers, searches))
    return new Map(
      distinct.flatMap((term, index) => {
        const answer = responses[index]
        if (!answer) return []
        refusePartial(answer)
        const forms = answer.hits.hits.flatMap(hit => writtenForms(storedProfile(hit._source.profile), term))
        const form = commonest(forms)
        return form === undefined ? [] : [[term, form] as const]
      }),
    )
  }

  #searchAll(index: string, searches: readonly object[]): Promise<unknown> {
    return this.#cluster.request({ method: 'POST', path: `/${index}/_msearch`, lines: lines(searches) })
  }
}
