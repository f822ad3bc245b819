import { FACETS } from '../../model/facets.ts'
import type { Supplier } from '../../model/supplier.ts'
import { analyseProfile, isPassageKey } from '../embedded/analysed.ts'
import { columnValues } from '../embedded/columns.ts'
import { completionKey, nameKeys } from '../embedded/completion.ts'
import { PROFILE_FIELDS } from '../fields.ts'

/**
 * A profile as the index holds it. The fields that are scored get the very tokens of our own analyser, counted as
 * they are counted in the embedded engine, so that both engines score the same terms by construction: repeated
 * phrases, the language of each text and bigrams within one text are beyond what a server's analyser can express.
 */

/** Between the two words of a bigram; no token holds one, for "+" is no part of a word (UAX #29). */
const JOINT = '+'

/** The ways that a profile field is indexed, by the first letter of a key (`termKey`). */
const FORM_OF_KIND: Readonly<Record<string, Form>> = { f: 'french', e: 'english', x: 'exact', b: 'bigram' }
export type Form = 'french' | 'english' | 'exact' | 'bigram'

/** Names and what completes them are cut here; the mapping takes completions of 200. */
const LONGEST_KEY = 180

/**
 * What a name is completed from, with its SIREN behind a sign that nobody can type and that stands before the space:
 * equal names come in the order of their numbers, whichever shard they are on.
 */
const completionOf = (key: string, { siren }: Supplier): string => `${key.slice(0, LONGEST_KEY)}\t${siren}`

/** The term of a bigram key as the field holds it. */
export const bigramToken = (pair: string): string => pair.replace(' ', JOINT)

/** The key under which `keys` counts a term of a passage: that of the same stem in the profile. */
const profileKey = (passageKey: string): string => passageKey[0]?.toLowerCase() + passageKey.slice(1)

const repeated = (token: string, times: number): string[] => Array.from({ length: times }, () => token)

const tokenOf = (key: string): string => (key[0] === 'b' ? bigramToken(key.slice(2)) : key.slice(2))

type Fields = Record<string, Record<string, string>>

const fieldsOf = (terms: ReadonlyMap<string, Uint32Array>): Fields => {
  const tokens = new Map<string, string[]>()
  for (const [key, counts] of terms) {
    const form = FORM_OF_KIND[key[0] ?? '']
    if (!form) continue
    counts.forEach((count, field) => {
      if (count === 0) return
      const name = `${PROFILE_FIELDS[field]}.${form}`
      const known = tokens.get(name)
      if (known) known.push(...repeated(tokenOf(key), count))
      else tokens.set(name, repeated(tokenOf(key), count))
    })
  }
  const fields: Fields = {}
  for (const [name, list] of tokens) {
    const [field = '', form = ''] = name.split('.')
    fields[field] = { ...fields[field], [form]: list.join(' ') }
  }
  return fields
}

const passageOf = (terms: ReadonlyMap<string, number>): Record<string, string> => {
  const french: string[] = []
  const english: string[] = []
  for (const [key, count] of terms) (key[0] === 'F' ? french : english).push(...repeated(tokenOf(key), count))
  return {
    ...(french.length > 0 && { french: french.join(' ') }),
    ...(english.length > 0 && { english: english.join(' ') }),
  }
}

const bricksOf = (terms: ReadonlyMap<string, Uint32Array>): string =>
  [...terms].flatMap(([key, counts]) => (key[0] === 'k' ? repeated(tokenOf(key), counts[0] ?? 0) : [])).join(' ')

/** What a change or a build writes for one profile. */
export interface IndexedProfile {
  /** The document of the index of profiles. */
  readonly document: object
  /** The exact terms of the profile, and how name, tagline and tags write those that they hold. */
  readonly words: ReadonlyMap<string, string | undefined>
}

export const indexProfile = (supplier: Supplier): IndexedProfile => {
  const { terms, passages, surfaces } = analyseProfile(supplier)
  const columns = columnValues(supplier)
  const passageKeys = passages.flatMap(passage => [...passage.terms.keys()].filter(isPassageKey).map(profileKey))
  const { latitude, longitude } = columns
  const isPlaced = !Number.isNaN(latitude) && !Number.isNaN(longitude)
  const bricks = bricksOf(terms)
  const completions = nameKeys(supplier).map(key => completionOf(key, supplier))
  const document = {
    siren: columns.siren,
    keys: [...new Set([...terms.keys(), ...passageKeys])],
    ...fieldsOf(terms),
    ...(bricks !== '' && { bricks }),
    // A passage without words keeps its place: a passage is known by its number.
    ...(passages.length > 0 && { passages: passages.map(passage => passageOf(passage.terms)) }),
    facets: Object.fromEntries(FACETS.map(facet => [facet.name, facet.values(supplier)])),
    // Single precision, as the embedded engine's columns: both keep the same suppliers within a radius.
    ...(isPlaced && {
      place: { lat: Math.fround(latitude), lon: Math.fround(longitude) },
      latitude: Math.fround(latitude),
      longitude: Math.fround(longitude),
    }),
    recency: columns.recency,
    ...(columns.founded > 0 && { founded: columns.founded }),
    ...(!supplier.unnamed && { name_key: completionKey(supplier.name).slice(0, LONGEST_KEY) }),
    name_order: columns.name,
    priors: columns.priors,
    ...(completions.length > 0 && { completions }),
    profile: supplier,
  }
  const words = new Map<string, string | undefined>()
  for (const key of terms.keys()) if (key[0] === 'x') words.set(key.slice(2), surfaces.get(key.slice(2)))
  return { document, words }
}
