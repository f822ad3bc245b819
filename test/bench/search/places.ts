import { type Commune, communesStartingWith } from '../../../src/model/geography.ts'
import type { Location } from '../../../src/model/supplier.ts'
import { createSampler, type Random } from './random.ts'

interface Place extends Commune {
  readonly latitude: number
  readonly longitude: number
}

const isPlace = (commune: Commune): commune is Place =>
  commune.latitude !== undefined && commune.longitude !== undefined && commune.population > 0

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz']

/** About 2 km: firms of one town stand in different streets. */
const SPREAD_DEGREES = 0.04

const round = (degrees: number): number => Math.round(degrees * 1e5) / 1e5

/** Draws addresses in the communes of France whose coordinates are known, as often as people live there. */
export const createPlaces = (): ((random: Random) => Location) => {
  const places = LETTERS.flatMap(letter => communesStartingWith(letter, Number.MAX_SAFE_INTEGER)).filter(isPlace)
  const draw = createSampler(places.map(({ population }) => population))
  return random => {
    const { code, name, department, region, postcodes, latitude, longitude } = places[draw(random)] as Place
    return {
      commune: code,
      communeName: name,
      department,
      region,
      ...(postcodes[0] !== undefined && { postcode: postcodes[0] }),
      latitude: round(latitude + (random.next() - 0.5) * SPREAD_DEGREES),
      longitude: round(longitude + (random.next() - 0.5) * SPREAD_DEGREES),
      precision: 'address',
    }
  }
}
