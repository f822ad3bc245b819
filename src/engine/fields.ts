import { brickById } from '../model/bricks.ts'
import type { Supplier } from '../model/supplier.ts'
import { themeById } from '../model/themes.ts'

/** The text fields that are searched. `passages` is scored by its best passage, not by the sum of a long site. */
export const FIELD_NAMES = ['name', 'tagline', 'tags', 'description', 'passages'] as const
export type FieldName = (typeof FIELD_NAMES)[number]

/** The fields of a whole profile: all but the passages, which are scored one by one. */
export const PROFILE_FIELDS = ['name', 'tagline', 'tags', 'description'] as const
export type ProfileField = (typeof PROFILE_FIELDS)[number]

const brickWords = (id: string): readonly string[] => {
  const brick = brickById(id)
  return brick ? [brick.fr, brick.en] : []
}
const themeWords = (id: string): readonly string[] => {
  const theme = themeById(id)
  return theme ? [theme.label.fr] : []
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
      return [
        ...supplier.tags,
        ...supplier.bricks.flatMap(brickWords),
        ...supplier.themes.flatMap(themeWords),
        ...supplier.offers.map(offer => offer.name),
      ]
    case 'description':
      return [
        ...(supplier.description ? [supplier.description.text] : []),
        ...supplier.offers.flatMap(offer => (offer.description ? [offer.description] : [])),
      ]
  }
}
