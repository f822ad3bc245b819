import { brickById } from '../model/bricks.ts'
import { CORRECTION_LIMITS, type Declared, type DeclaredOffer } from '../model/correction.ts'
import { communeByCode } from '../model/geography.ts'
import type { Supplier } from '../model/supplier.ts'
import { redactPersonalData } from '../text/redact.ts'
import { parseSite } from './domain.ts'

/** What a firm declares, made fit to be kept: cleaned, without personal data, every value one that the catalogue knows. */

/** Why a field cannot be taken. */
export type DeclaredRefusal =
  | 'empty'
  | 'too-long'
  | 'bad-address'
  | 'unknown-brick'
  | 'unknown-commune'
  | 'place-registered'

export type CleanedDeclaration =
  | { readonly kind: 'ok'; readonly declared: Declared }
  | { readonly kind: 'refused'; readonly field: string; readonly reason: DeclaredRefusal }

/** What the profile says now, as far as a declaration is compared with it. */
export interface DeclaredContext {
  readonly supplier: Supplier
  /** What the firm has declared before, all versions together. */
  readonly before: Declared
  /** A register says where the head office is. */
  readonly placeRegistered: boolean
}

/** Invisible: soft hyphen, zero-width space, joiners and direction marks, byte-order mark. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g

/** Plain text: well formed, NFC, without control or invisible characters, personal data taken out as imports do. */
const cleanText = (text: string): string =>
  redactPersonalData(
    text
      .toWellFormed()
      .normalize('NFC')
      .replace(INVISIBLE, '')
      .replace(/\r\n?|[\v\f\u2028\u2029]/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
      .replace(/[\u0000-\u0008\u000e-\u001f\u007f-\u009f]/g, ' ')
      .replace(/[^\S\n]+/g, ' ')
      .replace(/ ?\n[ \n]*/g, '\n')
      .trim(),
  )

/** The same on one line. */
export const cleanLine = (text: string): string => cleanText(text.replace(/\s+/g, ' ')).replace(/\s+/g, ' ')

/** A text of several lines for the operator, or for a profile. */
export const cleanParagraphs = cleanText

class Refusal extends Error {
  readonly field: string
  readonly reason: DeclaredRefusal
  constructor(field: string, reason: DeclaredRefusal) {
    super(`${field}: ${reason}`)
    this.field = field
    this.reason = reason
  }
}

const within = (field: string, text: string, limit: number): string => {
  if (text.length > limit) throw new Refusal(field, 'too-long')
  return text
}

const distinct = <T>(values: readonly T[], key: (value: T) => string): T[] => {
  const seen = new Set<string>()
  return values.filter(value => seen.size < seen.add(key(value).toLowerCase()).size)
}

const lines = (field: string, values: readonly string[], most: number, longest: number): string[] => {
  const kept = distinct(
    values.map(value => within(field, cleanLine(value), longest)).filter(value => value !== ''),
    value => value,
  )
  if (kept.length > most) throw new Refusal(field, 'too-long')
  return kept
}

const cleanOffer = ({ kind, name, description }: DeclaredOffer): DeclaredOffer => {
  const text = within('offers', cleanText(description ?? ''), CORRECTION_LIMITS.offerDescription)
  return {
    kind,
    name: within('offers', cleanLine(name), CORRECTION_LIMITS.offerName),
    ...(text !== '' && { description: text }),
  }
}

const cleanOffers = (offers: readonly DeclaredOffer[]): DeclaredOffer[] => {
  if (offers.length > CORRECTION_LIMITS.offers) throw new Refusal('offers', 'too-long')
  return distinct(
    offers.map(cleanOffer).filter(offer => offer.name !== ''),
    offer => `${offer.kind} ${offer.name}`,
  )
}

const cleanWebsite = (text: string): string => {
  if (text.trim() === '') return ''
  const url = parseSite(within('website', text, CORRECTION_LIMITS.address))
  if (url === undefined) throw new Refusal('website', 'bad-address')
  return url.href
}

const cleanCommune = (code: string, placeRegistered: boolean): string => {
  if (code.trim() === '') return ''
  if (placeRegistered) throw new Refusal('commune', 'place-registered')
  const commune = communeByCode(code.trim().toUpperCase())
  if (commune === undefined) throw new Refusal('commune', 'unknown-commune')
  return commune.code
}

const cleanBricks = (ids: readonly string[]): string[] => {
  const kept = lines('bricks', ids, CORRECTION_LIMITS.bricks, CORRECTION_LIMITS.brick)
  if (kept.some(id => brickById(id) === undefined)) throw new Refusal('bricks', 'unknown-brick')
  return kept
}

const cleaned = (given: Declared, placeRegistered: boolean): Declared => ({
  ...(given.tagline !== undefined && {
    tagline: within('tagline', cleanLine(given.tagline), CORRECTION_LIMITS.tagline),
  }),
  ...(given.description !== undefined && {
    description: within('description', cleanText(given.description), CORRECTION_LIMITS.description),
  }),
  ...(given.website !== undefined && { website: cleanWebsite(given.website) }),
  ...(given.commune !== undefined && { commune: cleanCommune(given.commune, placeRegistered) }),
  ...(given.roles !== undefined && { roles: [...new Set(given.roles)] }),
  ...(given.tags !== undefined && {
    tags: lines('tags', given.tags, CORRECTION_LIMITS.tags, CORRECTION_LIMITS.tag),
  }),
  ...(given.bricks !== undefined && { bricks: cleanBricks(given.bricks) }),
  ...(given.offers !== undefined && { offers: cleanOffers(given.offers) }),
})

/** What a form shows of a profile, field by field: sent back as it is, it changes nothing. */
export const currentValues = ({ supplier }: Pick<DeclaredContext, 'supplier'>): Required<Declared> => ({
  tagline: supplier.tagline?.text ?? '',
  description: supplier.description?.text ?? '',
  website: supplier.website ?? '',
  commune: supplier.location.commune ?? '',
  roles: [...supplier.roles],
  tags: [...supplier.tags],
  bricks: [...supplier.bricks],
  offers: supplier.offers.map(({ kind, name, description }) => ({
    kind,
    name,
    ...(description !== undefined && { description }),
  })),
})

/** The same for two values that say the same, whatever their order and spacing. */
const sameKey = (value: unknown): string => {
  if (typeof value === 'string') return cleanLine(value)
  if (Array.isArray(value)) return value.map(sameKey).sort().join('\n')
  return JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'string' ? cleanLine(inner) : inner)) ?? ''
}

/** Without what says nothing new: a value that the profile has, or an empty one where the firm has declared none. */
const withoutUnchanged = (given: Declared, context: DeclaredContext): Declared => {
  const current = currentValues(context)
  const isNew = (field: keyof Declared): boolean => {
    const value = given[field]
    if (value === undefined) return false
    return sameKey(value) === ''
      ? sameKey(context.before[field] ?? '') !== ''
      : sameKey(value) !== sameKey(current[field])
  }
  return {
    ...(isNew('tagline') && { tagline: given.tagline }),
    ...(isNew('description') && { description: given.description }),
    ...(isNew('website') && { website: given.website }),
    ...(isNew('commune') && { commune: given.commune }),
    ...(isNew('roles') && { roles: given.roles }),
    ...(isNew('tags') && { tags: given.tags }),
    ...(isNew('bricks') && { bricks: given.bricks }),
    ...(isNew('offers') && { offers: given.offers }),
  } as Declared
}

/** What of a declaration is kept: only what changes the profile. Nothing at all is a refusal named `empty`. */
export const cleanDeclared = (given: Declared, context: DeclaredContext): CleanedDeclaration => {
  try {
    const declared = cleaned(withoutUnchanged(given, context), context.placeRegistered)
    if (Object.keys(declared).length === 0) return { kind: 'refused', field: 'declared', reason: 'empty' }
    return { kind: 'ok', declared }
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'refused', field: error.field, reason: error.reason }
    throw error
  }
}
