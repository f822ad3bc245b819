import { brickLabel } from '../model/bricks.ts'
import { regionName } from '../model/geography.ts'
import type { Language } from '../model/language.ts'
import { shownBricks } from '../model/shown-bricks.ts'
import type { Supplier } from '../model/supplier.ts'
import type { Fragment } from './markup.ts'
import { supplierPath, webAddress } from './urls.ts'

/** What may end a script element, or the line of a script: written as escapes, which JSON readers undo. */
const SPECIAL = /[<>&\u2028\u2029]/g
const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

/** Bounds of each size class, as `SizeCategory` defines them. */
const EMPLOYEES = {
  micro: { maxValue: 9 },
  small: { minValue: 10, maxValue: 49 },
  medium: { minValue: 50, maxValue: 249 },
  large: { minValue: 250 },
} as const

const address = ({ location }: Supplier) => ({
  '@type': 'PostalAddress',
  addressCountry: 'FR',
  addressLocality: location.communeName,
  postalCode: location.postcode,
  addressRegion: location.region && (regionName(location.region) ?? location.region),
})

/** A list without anything in it is left out, as an absent value is. */
const filled = <T>(list: readonly T[]): readonly T[] | undefined => (list.length === 0 ? undefined : list)

/**
 * A supplier as a schema.org `Organization`. What the firm alone declares of its certificates is left out: a reader of
 * such data could not tell it from an attested one.
 */
const organization = (supplier: Supplier, language: Language, baseUrl: string | undefined) => {
  const page = baseUrl === undefined ? undefined : baseUrl + supplierPath(language, supplier.siren)
  const lost = supplier.websiteState !== undefined
  return {
    '@context': 'https://schema.org',
    '@type': 'Organization',
    '@id': page && `${page}#organisation`,
    mainEntityOfPage: page,
    name: supplier.name,
    alternateName: filled(supplier.otherNames),
    slogan: supplier.tagline?.text,
    description: supplier.description?.text,
    url: lost ? undefined : webAddress(supplier.website ?? ''),
    identifier: { '@type': 'PropertyValue', propertyID: 'SIREN', value: supplier.siren },
    foundingDate: supplier.founded === undefined ? undefined : String(supplier.founded),
    address: address(supplier),
    numberOfEmployees: supplier.sizeCategory && {
      '@type': 'QuantitativeValue',
      ...EMPLOYEES[supplier.sizeCategory],
    },
    knowsAbout: filled(shownBricks(supplier).map(id => brickLabel(id, language))),
    award: filled(
      supplier.labels
        .filter(({ evidence }) => evidence === 'attested')
        .map(({ name, years }) => (years.length === 0 ? name : `${name} (${years.join(', ')})`)),
    ),
    makesOffer: filled(
      supplier.offers.map(({ kind, name, description }) => ({
        '@type': 'Offer',
        itemOffered: { '@type': kind === 'product' ? 'Product' : 'Service', name, description },
      })),
    ),
  }
}

/** The same as a data block of a page: no text in it can end the element, whatever it holds. */
export const organizationData = (supplier: Supplier, language: Language, baseUrl: string | undefined): Fragment => {
  const json = JSON.stringify(organization(supplier, language, baseUrl)).replace(SPECIAL, escaped)
  return `<script type="application/ld+json">${json}</script>`
}
