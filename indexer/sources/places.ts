import {
  communeByCode,
  communesByName,
  departmentByName,
  departmentName,
  regionByName,
  regionName,
} from '../../src/model/geography.ts'
import type { Location } from '../../src/model/supplier.ts'

/** What a source writes of a place, in codes or names; empty or absent where it says nothing. */
export interface PlaceWords {
  readonly commune?: string | undefined
  readonly communeName?: string | undefined
  readonly postcode?: string | undefined
  readonly department?: string | undefined
  readonly region?: string | undefined
}

const given = (text: string | undefined): string | undefined => text?.trim() || undefined

/** The code of a région by its code ("84", "R84", "D988") or its name; `undefined` when unknown. */
export const parseRegion = (text: string): string | undefined => {
  const code = text.trim().replace(/^[RD](?=[0-9]{2,3}$)/, '')
  return regionName(code) === undefined ? regionByName(text) : code
}

/** The code of a département by its code ("2A", "6" for "06") or its name; `undefined` when unknown. */
export const parseDepartment = (text: string): string | undefined => {
  const code = text.trim().toUpperCase().padStart(2, '0')
  return departmentName(code) === undefined ? departmentByName(text) : code
}

/** "Paris  2e" as the awards write it: the arrondissement has a commune code of its own. */
const ARRONDISSEMENT = /^(paris|lyon|marseille)\s+([0-9]{1,2})\s*(?:er?|e|ème|eme)?$/i
const FIRST_CODE: Readonly<Record<string, number>> = { paris: 75100, lyon: 69380, marseille: 13200 }

const arrondissement = (name: string): string | undefined => {
  const [, city, number] = ARRONDISSEMENT.exec(name.trim()) ?? []
  const first = city && FIRST_CODE[city.toLowerCase()]
  return first ? communeByCode(String(first + Number(number)))?.code : undefined
}

const communeNamed = (name: string, department: string | undefined, postcode: string | undefined) => {
  const exact = arrondissement(name)
  if (exact !== undefined) return communeByCode(exact)
  const same = communesByName(name, department)
  const [first, ...others] =
    postcode === undefined ? same : same.filter(({ postcodes }) => postcodes.includes(postcode))
  // Several communes bear the name and nothing tells them apart: better no place than a wrong one.
  return others.length === 0 ? first : undefined
}

/** The place that those words name, as far as it is certain; `undefined` when they name none. */
export const parsePlace = (words: PlaceWords): Location | undefined => {
  const code = given(words.commune)?.toUpperCase()
  const name = given(words.communeName)
  const postcode = given(words.postcode)
  const department = parseDepartment(given(words.department) ?? '')
  const region = parseRegion(given(words.region) ?? '')
  const commune =
    (code === undefined ? undefined : communeByCode(code)) ??
    (name === undefined ? undefined : communeNamed(name, department, postcode))
  const found = {
    commune: commune?.code,
    communeName: commune?.name ?? name,
    postcode,
    department: commune?.department ?? department,
    region: commune?.region ?? region,
  }
  const place: Location = Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))
  return Object.keys(place).length === 0 ? undefined : place
}
