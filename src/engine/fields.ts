import { brickById } from '../model/bricks.ts'
import type { Supplier } from '../model/supplier.ts'

/**
 * The fields that are searched: texts, and `bricks`, the ids of the vocabulary. `passages` is scored by its best
 * passage, not by the sum of a long site.
 */
export const FIELD_NAMES = ['name', 'tagline', 'tags', 'description', 'passages', 'bricks'] as const
export type FieldName = (typeof FIELD_NAMES)[number]

/** The text fields of a whole profile: all but the passages, which are scored one by one. */
export const PROFILE_FIELDS = ['name', 'tagline', 'tags', 'description'] as const
export type ProfileField = (typeof PROFILE_FIELDS)[number]

const brickWords = (id: string): readonly string[] => {
  const brick = brickById(id)
  return brick ? [brick.fr, brick.en] : []
}

/** The texts of one field of a profile. A bigram never spans two of them. */
export const fieldTexts = (supplier: Supplier, field: ProfileField): readonly string[] => {
  switch (field) {
    case 'name':
      // "SIREN 423 388 446" is a stand-in, not a name: it must not be found by the word "SIREN".
      return supplier.unnamed ? [] : [supplier.name, ...supplier.otherNames]
    case 'tagline':
      return supplier.tagline ? [supplier.tagline.text] : []
    case 'tags':
      // Not the themes: "énergie" would find all of "Bâtiment et énergie", which is what the facet is for.
      return [...supplier.tags, ...supplier.bricks.flatMap(brickWords), ...supplier.offers.map(offer => offer.name)]
    case 'description':
      return [
        ...(supplier.description ? [supplier.description.text] : []),
        ...supplier.offers.flatMap(offer => (offer.description ? [offer.description] : [])),
      ]
  }
}

/** A brick that a source states counts as much as one found in a tagline. */
const STATED = 3

/** The bricks of a profile with their frequency: how strongly its sources and texts speak of each. */
export const brickFrequencies = (supplier: Supplier): ReadonlyMap<string, number> => {
  const frequencies = new Map<string, number>()
  for (const { brick, strength } of supplier.foundBricks ?? []) frequencies.set(brick, strength)
  for (const brick of supplier.bricks) frequencies.set(brick, (frequencies.get(brick) ?? 0) + STATED)
  return frequencies
}
