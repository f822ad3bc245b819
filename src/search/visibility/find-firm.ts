import type { Searcher } from '../../engine/engine.ts'
import type { Supplier } from '../../model/supplier.ts'
import { analyseExact } from '../../text/analyse.ts'
import { nameKey } from '../../text/name-key.ts'
import { engineQuery } from '../rank.ts'
import { type Understanding, understand } from '../understand.ts'
import { WEIGHTS } from '../weights.ts'

/** Finds a firm by its name alone: what it does plays no part. */

const COMPARED = 30

const NAME_ONLY = {
  fields: { name: WEIGHTS.fields.name, tagline: 0, tags: 0, description: 0, passages: 0, bricks: 0 },
  exact: WEIGHTS.exact,
  phrase: 0,
} as const

const byName = (name: string): Understanding => ({
  ...understand(''),
  text: name,
  concepts: analyseExact(name).map(({ start, end }) => ({ text: name.slice(start, end) })),
  nameKey: nameKey(name),
})

const has = ({ name, otherNames, unnamed }: Supplier, word: string): boolean =>
  !unnamed && [name, ...otherNames].some(each => analyseExact(each).some(({ term }) => term === word))

/** The firms that share a word of the name, or bear it in another spacing: that very name first, then the nearest. */
export const firmsNamed = async (
  engine: Searcher,
  name: string,
  signal?: AbortSignal,
): Promise<readonly Supplier[]> => {
  const understanding = byName(name)
  if (understanding.concepts.length === 0 && understanding.nameKey === '') return []
  const query = { text: name, filters: {}, sort: 'relevance', page: 1, size: COMPARED } as const
  const asked = { ...engineQuery(query, understanding, 1, COMPARED, NAME_ONLY), facets: [], explained: 0 }
  const { candidates } = await engine.search(asked, signal ? { signal } : {})
  const named = candidates.filter(({ score, exactName }) => exactName || score > 0)
  const profiles = await engine.suppliers(named.map(({ siren }) => siren))
  return named.flatMap(({ siren }) => profiles.get(siren) ?? [])
}

export type FoundFirm =
  | { readonly kind: 'found'; readonly supplier: Supplier }
  | { readonly kind: 'choice'; readonly suppliers: readonly Supplier[] }
  | { readonly kind: 'unknown' }

const MAX_CHOICE = 10

/** Of the words of a name, a firm must have this share to be proposed. */
const LEAST_WORDS = 0.5

/** The name with each word that no profile has replaced by the nearest that one has; `undefined` when nothing changes. */
const respelt = async (engine: Searcher, name: string): Promise<string | undefined> => {
  const words = analyseExact(name).map(({ start, end }) => name.slice(start, end))
  const corrections = words.length === 0 ? [] : await engine.corrections(words)
  const changed = corrections.filter(({ known, candidates }) => !known && candidates.length > 0)
  if (changed.length === 0) return undefined
  return words.map(word => changed.find(each => each.word === word)?.candidates[0]?.surface ?? word).join(' ')
}

const firmsAskedFor = async (engine: Searcher, name: string, signal?: AbortSignal): Promise<FoundFirm> => {
  const key = nameKey(name)
  const named = await firmsNamed(engine, name, signal)
  const exact = named.filter(each =>
    [each.name, ...each.otherNames].some(other => key !== '' && nameKey(other) === key),
  )
  const [only] = exact
  if (only && exact.length === 1) return { kind: 'found', supplier: only }
  const words = analyseExact(name).map(({ term }) => term)
  const shared = (each: Supplier): number => words.filter(word => has(each, word)).length
  const near = named
    .filter(each => shared(each) >= words.length * LEAST_WORDS && shared(each) > 0)
    .sort((a, b) => shared(b) - shared(a))
  const suppliers = (exact.length > 0 ? exact : near).slice(0, MAX_CHOICE)
  return suppliers.length > 0 ? { kind: 'choice', suppliers } : { kind: 'unknown' }
}

/** The firm of that very name; a choice when several bear it, have half of its words, or are spelt much like it. */
export const findFirmByName = async (engine: Searcher, name: string, signal?: AbortSignal): Promise<FoundFirm> => {
  const found = await firmsAskedFor(engine, name, signal)
  if (found.kind !== 'unknown') return found
  const corrected = await respelt(engine, name)
  const second = corrected === undefined ? found : await firmsAskedFor(engine, corrected, signal)
  // What was not typed is proposed, never taken for the answer.
  return second.kind === 'found' ? { kind: 'choice', suppliers: [second.supplier] } : second
}
