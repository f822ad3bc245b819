import { InvalidParameterError } from '../errors.ts'
import { FACET_NAMES } from '../model/facets.ts'
import {
  DEFAULT_RADIUS_KM,
  DEFAULT_SIZE,
  type Filters,
  MAX_WINDOW,
  type Near,
  type Query,
  SearchParameters,
} from '../model/query.ts'
import { resolvePlace } from '../search/place.ts'
import { checkedRanges } from './checked-ranges.ts'

/** The checked query string as a search; what a schema cannot say is checked here. */

const KNOWN = new Set(Object.keys(SearchParameters.properties))

/**
 * Removes empty values of known parameters, in place: an HTML form sends every box that was left empty. An unknown
 * parameter stays, to be refused.
 */
export const dropEmptyParameters = (query: Record<string, unknown>): void => {
  for (const [name, value] of Object.entries(query)) {
    if (!KNOWN.has(name)) continue
    if (value === '') delete query[name]
    else if (Array.isArray(value)) {
      const filled = value.filter(each => each !== '')
      if (filled.length === 0) delete query[name]
      else query[name] = filled
    }
  }
}

const findNear = (text: string, radiusKm: number): Near => {
  const place = resolvePlace(text, radiusKm)
  switch (place.kind) {
    case 'found':
      return place.near
    case 'unplaced':
      throw new InvalidParameterError('near', {
        fr: `« near » : les coordonnées de ${place.commune} ne sont pas connues. Donnez une commune voisine plus peuplée, ou « latitude,longitude ».`,
        en: `“near”: the coordinates of ${place.commune} are not known. Give a larger commune nearby, or “latitude,longitude”.`,
      })
    case 'unknown':
      throw new InvalidParameterError('near', {
        fr: `« near » : lieu inconnu, « ${text} ». Donnez le nom d’une commune (« Saint-Denis (93) »), son code Insee, ou « latitude,longitude » en degrés décimaux.`,
        en: `“near”: unknown place, “${text}”. Give the name of a commune (“Saint-Denis (93)”), its Insee code, or “latitude,longitude” in decimal degrees.`,
      })
  }
}

const filtersOf = (parameters: SearchParameters): Filters =>
  Object.fromEntries(
    FACET_NAMES.flatMap(name => {
      const values = parameters[name]
      return values === undefined || values.length === 0 ? [] : [[name, [...new Set(values)]]]
    }),
  )

const windowExceeded = (): InvalidParameterError => {
  const limit = { fr: MAX_WINDOW.toLocaleString('fr'), en: MAX_WINDOW.toLocaleString('en') }
  return new InvalidParameterError('page', {
    fr: `« page » : les ${limit.fr} premières réponses seulement sont consultables (page × size ≤ ${limit.fr}). Précisez la recherche.`,
    en: `“page”: only the first ${limit.en} answers can be read (page × size ≤ ${limit.en}). Narrow the search down.`,
  })
}

/** The search that the parameters ask for. Throws an `InvalidParameterError` past the window, at an unknown place or at a range without sense. */
export const toQuery = (parameters: SearchParameters): Query => {
  const { page = 1, size = DEFAULT_SIZE, sort = 'relevance', radiusKm = DEFAULT_RADIUS_KM } = parameters
  if (page * size > MAX_WINDOW) throw windowExceeded()
  const place = parameters.near?.trim() ?? ''
  if (sort === 'distance' && place === '')
    throw new InvalidParameterError('sort', {
      fr: '« sort » : le tri par distance demande un lieu ; ajoutez « near ».',
      en: '“sort”: sorting by distance needs a place; add “near”.',
    })
  const { literal } = parameters
  const ranges = checkedRanges(parameters)
  const text = parameters.q?.trim() ?? ''
  const query = {
    text,
    filters: filtersOf(parameters),
    sort,
    page,
    size,
    ...(literal && { literal }),
    ...(ranges && { ranges }),
  }
  return place === '' ? query : { ...query, near: findNear(place, radiusKm) }
}
