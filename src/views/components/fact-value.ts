import { brickLabel } from '../../model/bricks.ts'
import { certificationName } from '../../model/certifications.ts'
import { facetByName } from '../../model/facets.ts'
import type { Fact } from '../../model/fact.ts'
import { departmentName, regionName } from '../../model/geography.ts'
import { WEBSITE_STATE_LABELS, YES_NO_LABELS } from '../../model/labels.ts'
import type { Language } from '../../model/language.ts'
import { nafLabel } from '../../model/naf.ts'
import { themeById } from '../../model/themes.ts'
import { textsOf } from '../locales/texts.ts'

/** Longer values are cut: the whole text stands in its own section and in the JSON twin. */
const MAX_LENGTH = 240

const cut = (text: string): string => (text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH - 1).trimEnd()}…`)

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const words = (...parts: readonly unknown[]): string =>
  parts
    .filter(part => typeof part === 'string' || typeof part === 'number')
    .map(String)
    .filter(part => part !== '')
    .join(', ')

const place = (value: Readonly<Record<string, unknown>>, language: Language): string => {
  const { supplier } = textsOf(language)
  const text = (key: string): string | undefined => (typeof value[key] === 'string' ? value[key] : undefined)
  const department = text('department')
  const region = text('region')
  const { latitude, longitude, precision } = value
  const from = precision === 'address' || precision === 'commune' ? ` ${supplier.precision[precision]}` : ''
  const coordinates =
    typeof latitude === 'number' && typeof longitude === 'number'
      ? `${supplier.coordinates}${from} ${latitude.toFixed(4)}, ${longitude.toFixed(4)}`
      : undefined
  return words(
    [text('postcode'), text('communeName') ?? text('commune')].filter(part => part !== undefined).join(' '),
    department && `${departmentName(department) ?? department} (${department})`,
    region && (regionName(region) ?? region),
    coordinates,
  )
}

const facetLabel = (facet: string, value: string, language: Language): string =>
  facetByName(facet)?.valueLabel(value, language) ?? value

type Display = (value: string, language: Language) => string

const byProperty: ReadonlyMap<string, Display> = new Map<string, Display>([
  ['state', (value, language) => facetLabel('state', value, language)],
  [
    'websiteState',
    (value, language) => Object.entries(WEBSITE_STATE_LABELS).find(([name]) => name === value)?.[1][language] ?? value,
  ],
  ['sizeCategory', (value, language) => facetLabel('size_category', value, language)],
  ['role', (value, language) => facetLabel('role', value, language)],
  ['hosting', (value, language) => facetLabel('hosting', value, language)],
  ['theme', (value, language) => themeById(value)?.label[language] ?? value],
  ['brick', brickLabel],
  ['naf', value => (nafLabel(value) === undefined ? value : `${nafLabel(value)} (${value})`)],
])

const recordText = (property: string, value: Readonly<Record<string, unknown>>, language: Language): string => {
  if (property === 'location') return place(value, language)
  if (property === 'certification') {
    const id = value['id']
    return words(value['name'] ?? (typeof id === 'string' ? certificationName(id) : undefined), value['scope'])
  }
  if (property === 'text') return words(value['title'])
  return words(value['name'], value['description'])
}

/**
 * The value of a fact as a reader sees it, plain text of at most 240 characters. Values are as sources wrote them
 * (`unknown`): what has not the expected form is shown as JSON, never dropped.
 */
export const factValue = ({ property, value }: Pick<Fact, 'property' | 'value'>, language: Language): string => {
  if (typeof value === 'boolean') return YES_NO_LABELS[value ? 'yes' : 'no']?.[language] ?? String(value)
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return cut(byProperty.get(property)?.(value, language) ?? value)
  const text = isRecord(value) ? recordText(property, value, language) : ''
  return cut(text === '' ? (JSON.stringify(value) ?? '') : text)
}
