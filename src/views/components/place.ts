import { regionName } from '../../model/geography.ts'
import type { Location } from '../../model/supplier.ts'

interface PlaceNames {
  readonly commune?: string | undefined
  /** Its code. */
  readonly department?: string | undefined
  readonly region?: string | undefined
}

/** "Rennes (35)", "Bretagne", or `undefined`: the most precise place that is known. */
export const shortPlace = ({ commune, department, region }: PlaceNames): string | undefined => {
  if (commune === undefined) return region ?? department
  return department === undefined ? commune : `${commune} (${department})`
}

/** The same for a profile's location, whose region is a code. */
export const placeOf = ({ communeName, department, region }: Partial<Location>): string | undefined =>
  shortPlace({
    commune: communeName,
    department,
    region: region === undefined ? undefined : (regionName(region) ?? region),
  })
