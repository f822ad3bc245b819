import { communeByCode, departmentName, regionName, regionOfDepartment } from '../model/geography.ts'
import type { Location } from '../model/supplier.ts'

/** What the administrative tables know of a place: each level follows from the one below it. */
const derived = (location: Location): Location => {
  const commune = location.commune === undefined ? undefined : communeByCode(location.commune)
  const department = commune?.department ?? location.department
  const region = (department === undefined ? undefined : regionOfDepartment(department)) ?? location.region
  const postcode = location.postcode ?? (commune?.postcodes.length === 1 ? commune.postcodes[0] : undefined)
  return {
    ...(postcode !== undefined && { postcode }),
    ...(commune && { commune: commune.code, communeName: commune.name }),
    ...(department !== undefined && departmentName(department) !== undefined && { department }),
    ...(region !== undefined && regionName(region) !== undefined && { region }),
  }
}

/** The centre of the commune, for a place whose own coordinates no source states. */
const centre = (code: string | undefined): Location => {
  const commune = code === undefined ? undefined : communeByCode(code)
  return commune?.latitude === undefined || commune.longitude === undefined
    ? {}
    : { latitude: commune.latitude, longitude: commune.longitude, precision: 'commune' }
}

const located = (location: Location): boolean => location.latitude !== undefined && location.longitude !== undefined

/** Coordinates go together with their precision: never half of one statement's. */
const coordinatesOf = ({ latitude, longitude, precision }: Location): Location => ({
  ...(latitude !== undefined && longitude !== undefined && { latitude, longitude }),
  ...(precision !== undefined && { precision }),
})

const filled = (location: Location, other: Location): Location => {
  const { latitude, longitude, precision, ...rest } = other
  return { ...rest, ...location, ...(!located(location) && located(other) && coordinatesOf(other)) }
}

/** The same place as far as both statements go. */
const agrees = (base: Location, other: Location): boolean =>
  (['commune', 'department', 'region'] as const).every(
    level => base[level] === undefined || other[level] === undefined || base[level] === other[level],
  )

const sortedKeys = (location: Location): Location => {
  const { commune, communeName, postcode, department, region, latitude, longitude, precision } = location
  return {
    ...(commune !== undefined && { commune }),
    ...(communeName !== undefined && { communeName }),
    ...(postcode !== undefined && { postcode }),
    ...(department !== undefined && { department }),
    ...(region !== undefined && { region }),
    ...(latitude !== undefined && longitude !== undefined && { latitude, longitude }),
    ...(precision !== undefined && latitude !== undefined && { precision }),
  }
}

/**
 * One place out of several statements, best first. The first that names a commune is the base (else a département, else
 * a region): a commune and the region of another statement are never put together. Statements that agree with it fill
 * what it lacks; the administrative tables give the upper levels, and the commune's centre when nobody states
 * coordinates.
 */
export const mergeLocations = (statements: readonly Location[]): Location => {
  const base =
    statements.find(location => location.commune !== undefined) ??
    statements.find(location => location.department !== undefined) ??
    statements[0]
  if (base === undefined) return {}
  let merged: Location = { ...base, ...derived(base) }
  for (const statement of statements) {
    const other = { ...statement, ...derived(statement) }
    if (agrees(merged, other)) merged = filled(merged, other)
  }
  return sortedKeys(located(merged) ? merged : { ...merged, ...centre(merged.commune) })
}
