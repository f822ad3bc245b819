import type { Searcher } from '../../engine/engine.ts'
import type { Siren } from '../../model/siren.ts'
import type { Supplier } from '../../model/supplier.ts'
import type { AlikeFirm } from '../../model/visibility.ts'
import { analyseExact } from '../../text/analyse.ts'
import { nameKey } from '../../text/name-key.ts'
import { editDistance } from '../../text/spell-distance.ts'
import { engineQuery } from '../rank.ts'
import { understand } from '../understand.ts'
import { firmsNamed } from './find-firm.ts'

/** Firms that may be taken for another: by name, by site, by text. Two bounded searches, not a walk of the catalogue. */

const MAX_ALIKE = 10
/** Of the profiles nearest in words so many are compared whole. */
const COMPARED = 20
/** Share of the different words that two texts must have in common: what differs is a name or a figure. */
const SAME_TEXT = 0.8
/** Shorter texts are mottos: two firms may have one. */
const MIN_WORDS = 8
const QUERY_WORDS = 24

const textOf = ({ description, tagline }: Supplier): string => description?.text ?? tagline?.text ?? ''
const wordSet = (text: string): Set<string> => new Set(analyseExact(text).map(({ term }) => term))

const inCommon = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => {
  const shared = [...a].filter(word => b.has(word)).length
  return shared / Math.max(1, a.size + b.size - shared)
}

/** Firms with the same text but for a fifth of its words. */
const firmsOfText = async (
  engine: Searcher,
  supplier: Supplier,
  signal?: AbortSignal,
): Promise<readonly Supplier[]> => {
  const words = wordSet(textOf(supplier))
  if (words.size < MIN_WORDS) return []
  const text = [...words].slice(0, QUERY_WORDS).join(' ')
  const understanding = { ...understand(''), concepts: [...words].slice(0, QUERY_WORDS).map(word => ({ text: word })) }
  const query = { text, filters: {}, sort: 'relevance', page: 1, size: COMPARED } as const
  const needed = Math.floor(understanding.concepts.length * SAME_TEXT)
  const asked = { ...engineQuery(query, understanding, needed, COMPARED), facets: [], explained: 0 }
  const { candidates } = await engine.search(asked, signal ? { signal } : {})
  const profiles = await engine.suppliers(candidates.map(({ siren }) => siren))
  return [...profiles.values()].filter(each => inCommon(words, wordSet(textOf(each))) >= SAME_TEXT)
}

const keysOf = ({ name, otherNames, unnamed }: Supplier): readonly string[] =>
  unnamed ? [] : [name, ...otherNames].map(nameKey).filter(key => key !== '')

/** From so many letters on, one wrong letter makes the same name, and two from twice as many. */
const LETTERS_AN_EDIT = 6

const sameName = (a: Supplier, b: Supplier): 'same-name' | 'near-name' | undefined => {
  const keys = keysOf(b)
  const own = keysOf(a)
  if (own.some(key => keys.includes(key))) return 'same-name'
  const isNear = (key: string, other: string): boolean => {
    const edits = Math.min(2, Math.floor(Math.min(key.length, other.length) / LETTERS_AN_EDIT))
    return edits > 0 && editDistance(key, other, edits) !== undefined
  }
  return own.some(key => keys.some(other => isNear(key, other))) ? 'near-name' : undefined
}

const ORDER: readonly AlikeFirm['reasons'][number][] = ['same-name', 'same-site', 'same-text', 'near-name']

/** At most ten other firms of (nearly) the same name, of the same site (`sameSite`), or of the same text. */
export const alikeFirms = async (
  engine: Searcher,
  supplier: Supplier,
  sameSite: readonly Siren[],
  signal?: AbortSignal,
): Promise<readonly AlikeFirm[]> => {
  const named = supplier.unnamed ? [] : await firmsNamed(engine, supplier.name, signal)
  const textual = await firmsOfText(engine, supplier, signal)
  const sited = await engine.suppliers(sameSite.slice(0, COMPARED))
  const others = new Map([...named, ...textual, ...sited.values()].map(each => [each.siren, each]))
  others.delete(supplier.siren)
  const texts = new Set(textual.map(({ siren }) => siren))
  const reasonsOf = (other: Supplier): AlikeFirm['reasons'] => {
    const name = sameName(supplier, other)
    const reasons = [
      ...(name ? [name] : []),
      ...(sited.has(other.siren) ? (['same-site'] as const) : []),
      ...(texts.has(other.siren) ? (['same-text'] as const) : []),
    ]
    return reasons.sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b))
  }
  return [...others.values()]
    .map(other => ({ other, reasons: reasonsOf(other) }))
    .filter(({ reasons }) => reasons.length > 0)
    .sort((a, b) => rankOf(a.reasons) - rankOf(b.reasons) || (a.other.siren < b.other.siren ? -1 : 1))
    .slice(0, MAX_ALIKE)
    .map(({ other, reasons }) => ({
      ...{ siren: other.siren, name: other.name, reasons },
      ...(other.location.communeName !== undefined && { place: other.location.communeName }),
      ...(other.state && { state: other.state }),
    }))
}

const rankOf = ([first]: AlikeFirm['reasons']): number => (first === undefined ? ORDER.length : ORDER.indexOf(first))
