import type { Near } from '../../model/query.ts'

/** Latitudes and longitudes that a radius cannot leave: told by four comparisons what the distance takes ten times as long for. */
export interface NearBox {
  readonly south: number
  readonly north: number
  readonly west: number
  readonly east: number
}

/** A little less than the Earth's, so that the box is a little larger than it need be. */
const SMALL_EARTH_KM = 6350
const DEGREES = 180 / Math.PI

/** The box of a radius; all longitudes where it reaches a pole or the date line. */
export const boxOf = ({ latitude, longitude, radiusKm }: Near): NearBox => {
  const angle = radiusKm / SMALL_EARTH_KM
  const [south, north] = [latitude - angle * DEGREES, latitude + angle * DEGREES]
  const across = Math.sin(angle) / Math.cos(latitude / DEGREES)
  const width = angle < Math.PI / 2 && Math.abs(across) < 1 ? Math.asin(across) * DEGREES : 360
  const [west, east] = [longitude - width, longitude + width]
  const isWhole = south > -90 && north < 90 && west >= -180 && east <= 180
  return isWhole ? { south, north, west, east } : { south, north, west: -Infinity, east: Infinity }
}
