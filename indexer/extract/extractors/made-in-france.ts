import { foldInPlace } from './claim-context.ts'
import { isBelonging, type Place, placesIn } from './places.ts'
import { DRAWN, MADE, NOT_THERE, PRODUCT_NAMED, WHERE_MADE, WORKSHOP_NAMED } from './sovereignty-words.ts'
import type { Statement } from './statements.ts'

/** How far from the work its place may stand. */
const REACH = 70

interface Work {
  readonly start: number
  readonly end: number
}

const worksIn = (plain: string): readonly Work[] =>
  [...plain.matchAll(MADE)]
    .filter(match => {
      if (match[0].startsWith('sort')) return WORKSHOP_NAMED.test(plain)
      return !DRAWN.test(match[0]) || match.index <= 5 || PRODUCT_NAMED.test(plain)
    })
    .map(match => ({ start: match.index, end: match.index + match[0].length }))

const isThere = (plain: string, work: Work, place: Place): boolean =>
  place.start >= work.end &&
  place.start - work.end <= REACH &&
  !isBelonging(plain, place) &&
  !NOT_THERE.test(plain.slice(work.end, place.start))

/** "From a workshop in Cluses, Firme builds …", "notre usine de Cholet assemble …". */
const isFromWorkshop = (plain: string, work: Work, place: Place): boolean => {
  if (place.start >= work.start || work.start - place.end > REACH) return false
  const before = plain.slice(Math.max(0, place.start - 25), place.end)
  return WORKSHOP_NAMED.test(before) && !NOT_THERE.test(plain.slice(place.end, work.start))
}

/** Where a sentence says that things are made in a French town or region, work and place together. */
export const madeInFrench = ({ text, plain, path, leadIn, before }: Statement): readonly Work[] => {
  const topic = foldInPlace(before?.endsWith('?') ? before : (leadIn ?? path.at(-1) ?? ''))
  const works = worksIn(plain)
  const isAnswer = WHERE_MADE.test(topic)
  if (works.length === 0 && !isAnswer) return []
  const places = placesIn(text, plain)
  const french = places.filter(({ code }) => code === 'FR')
  if (french.length === 0) return []
  const [first] = places
  if (isAnswer && first?.code === 'FR' && first.start <= 25) return [{ start: first.start, end: first.end }]
  return works.flatMap(work => {
    const next = places.find(({ start }) => start >= work.end)
    const place = french.find(
      each => (each === next && isThere(plain, work, each)) || isFromWorkshop(plain, work, each),
    )
    return place === undefined ? [] : [{ start: Math.min(work.start, place.start), end: Math.max(work.end, place.end) }]
  })
}
