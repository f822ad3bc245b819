import { crc32 } from 'node:zlib'
import { FACETS } from '../../model/facets.ts'
import type { Supplier } from '../../model/supplier.ts'
import type { ByteCache } from './byte-cache.ts'
import type { ByteSource } from './byte-source.ts'
import { ByteReader } from './bytes.ts'
import type { FacetColumn } from './facet-columns.ts'
import { ProfileReader } from './profile-blocks.ts'
import type { FieldTotals, SegmentColumns } from './segment-columns.ts'
import { type ArrayType, type Footer, MAGIC, TRAILER_BYTES, type TYPES } from './segment-writer.ts'
import { keyBytes, type Row, TableReader } from './table.ts'

/** An immutable set of profiles, numbered from 0, searchable on its own; on disk or in memory. */
export interface Segment {
  readonly count: number
  readonly passages: number
  readonly columns: SegmentColumns
  /** By `lengthSlot`. */
  readonly totals: FieldTotals
  /** By passage analysis. */
  readonly passageTotals: FieldTotals
  /** The profile of each passage; made when first asked for. */
  passageOwners(): Uint32Array
  /** The values of each facet, by their number in this segment. */
  readonly values: readonly (readonly string[])[]
  /** Day of the newest profile. */
  readonly newest: number
  readonly spellBits: number
  /** What stands under a key; `undefined` when nothing does. For a term: its posting list. Valid until the cache's `release`. */
  get(key: string | Uint8Array): Uint8Array | undefined
  /** Of a list its beginning, which says how often the term occurs (`BlockReader.frequencies`), or all of it. */
  head(key: Uint8Array): Uint8Array | undefined
  /**
   * The rows of the table from a key on, in order; in memory those of its kind, and only of kinds `p` and `y`. `keep`: what
   * is read stays in the cache; true unless said.
   */
  rowsFrom(key: string, keep?: boolean): Generator<Row>
  /** Of a segment in memory: its words by the hashes of their forms; a file has rows for them. */
  forms?(): ReadonlyMap<number, readonly string[]>
  /** `keep` as above. */
  profileJson(document: number, keep?: boolean): string
  profile(document: number): Supplier
  /** Of a file: columns and indexes as they are kept in memory. Another thread opens the segment with them. */
  readonly resident?: Uint8Array
  close(): void
}

export interface SegmentOptions {
  readonly source: ByteSource
  readonly cache: ByteCache
  /** A number of its own among the users of the cache. */
  readonly number: number
  readonly damaged: (what: string) => Error
  /** What the catalogue of segments says of it. */
  readonly digest?: number
  /** The resident part, read and checked before, perhaps by another thread. */
  readonly resident?: Uint8Array
}

const readFooter = ({ source, damaged, digest }: SegmentOptions): Footer => {
  if (source.size < TRAILER_BYTES) throw damaged('it is cut short')
  const trailer = new ByteReader(source.read(source.size - TRAILER_BYTES, TRAILER_BYTES))
  const [offset, length, crc, magic] = [trailer.uint32(), trailer.uint32(), trailer.uint32(), trailer.uint32()]
  if (magic !== MAGIC || offset + length + TRAILER_BYTES !== source.size) throw damaged('its end is damaged')
  const end = source.read(offset, length + TRAILER_BYTES)
  const json = end.subarray(0, length)
  if (crc32(json) !== crc || (digest !== undefined && crc32(end) !== digest)) throw damaged('its footer is damaged')
  // Written by this program, sealed by the digest above.
  return JSON.parse(Buffer.from(json).toString()) as Footer
}

const readResident = (options: SegmentOptions, footer: Footer): Uint8Array => {
  if (options.resident) return options.resident
  const { offset, length, crc } = footer.resident
  // Shared memory is what other threads can be given.
  const bytes = new Uint8Array(new SharedArrayBuffer(length))
  if (options.source.readInto(bytes, offset) !== length || crc32(bytes) !== crc)
    throw options.damaged('its columns are damaged')
  return bytes
}

const viewOf = (
  type: ArrayType,
  { buffer, byteOffset }: Uint8Array,
  offset: number,
  length: number,
): ArrayBufferView => {
  const at = byteOffset + offset
  switch (type) {
    case 'Uint8Array':
      return new Uint8Array(buffer, at, length)
    case 'Uint16Array':
      return new Uint16Array(buffer, at, length)
    case 'Uint32Array':
      return new Uint32Array(buffer, at, length)
    case 'Int32Array':
      return new Int32Array(buffer, at, length)
    case 'Float32Array':
      return new Float32Array(buffer, at, length)
    case 'Float64Array':
      return new Float64Array(buffer, at, length)
  }
}

type ArrayOf<T extends ArrayType> = InstanceType<(typeof TYPES)[T]>

/** Opens a segment; `damaged` is thrown for what is not as it was written, now or when it is read. */
export const openSegment = (options: SegmentOptions): Segment => {
  const { source, cache, damaged } = options
  const footer = readFooter(options)
  const resident = readResident(options, footer)
  const find = (name: string): readonly [ArrayType, ArrayBufferView] | undefined => {
    const place = footer.arrays[name]
    if (!place) return undefined
    const [type, offset, length] = place
    return [type, viewOf(type, resident, offset, length)]
  }
  const array = <T extends ArrayType>(name: string, expected: T): ArrayOf<T> => {
    const found = find(name)
    if (found?.[0] !== expected) throw damaged(`its column "${name}" is missing`)
    return found[1] as ArrayOf<T>
  }
  const facet = (number: number): FacetColumn => {
    const values = find(`facet.${number}.values`)?.[1]
    if (!(values instanceof Uint16Array) && !(values instanceof Uint32Array))
      throw damaged(`its facet ${number} is missing`)
    const codes = find(`facet.${number}.codes`)?.[1]
    return {
      codes: codes instanceof Uint8Array || codes instanceof Uint16Array ? codes : undefined,
      starts: array(`facet.${number}.starts`, 'Uint32Array'),
      values,
    }
  }
  const index = (part: 'table' | 'profiles') => ({
    offsets: array(`${part}.offsets`, 'Uint32Array'),
    lengths: array(`${part}.lengths`, 'Uint32Array'),
    crcs: array(`${part}.crcs`, 'Uint32Array'),
  })
  const cacheKey = options.number * 2 ** 32
  const table = new TableReader(
    source,
    {
      ...index('table'),
      keyStarts: array('table.keyStarts', 'Uint32Array'),
      keys: array('table.keys', 'Uint8Array'),
    },
    cache,
    cacheKey,
    damaged,
  )
  const profiles = new ProfileReader(source, index('profiles'), cache, cacheKey, damaged)
  const totals = ([documents = [], tokens = []]: Footer['totals']): FieldTotals => ({
    documents: Float64Array.from(documents),
    tokens: Float64Array.from(tokens),
  })
  const passageStart = array('passageStart', 'Uint32Array')
  let owners: Uint32Array | undefined
  return {
    count: footer.count,
    passages: footer.passages,
    passageOwners: () => {
      owners ??= ownersOf(passageStart)
      return owners
    },
    columns: {
      ids: array('ids', 'Uint32Array'),
      siren: array('siren', 'Uint32Array'),
      sirenOrder: array('sirenOrder', 'Uint32Array'),
      latitude: array('latitude', 'Float32Array'),
      longitude: array('longitude', 'Float32Array'),
      recency: array('recency', 'Int32Array'),
      founded: array('founded', 'Uint16Array'),
      name: array('name', 'Float64Array'),
      priors: array('priors', 'Uint8Array'),
      lengths: array('lengths', 'Uint8Array'),
      passageLengths: array('passageLengths', 'Uint8Array'),
      passageStart,
      facets: FACETS.map((_, number) => facet(number)),
    },
    totals: totals(footer.totals),
    passageTotals: totals(footer.passageTotals),
    values: footer.values,
    newest: footer.newest,
    spellBits: footer.spellBits,
    get: key => table.get(typeof key === 'string' ? keyBytes(key) : key),
    head: key => table.head(key),
    rowsFrom: (key, keep) => table.rowsFrom(keyBytes(key), keep),
    profileJson: (document, keep) => profiles.json(document, keep),
    // Written by this program, sealed by its block's digest: parsed, not checked again (0.1 ms a profile).
    profile: document => JSON.parse(profiles.json(document)) as Supplier,
    resident,
    close: () => source.close(),
  }
}

/** The profile of a number in the whole index; −1 when the segment has it not. */
export const documentOfId = ({ columns: { ids } }: Segment, id: number): number => placeOfId(ids, id)

/** The place of an id among ascending ones; −1 when it is not there. */
export const placeOfId = (ids: Uint32Array, id: number): number => {
  const count = ids.length
  if (count === 0 || id < ids[0]! || id > ids[count - 1]!) return -1
  // Nearly always without gaps.
  const guess = id - ids[0]!
  if (guess < count && ids[guess] === id) return guess
  const at = lowerBound(count, document => ids[document]! < id)
  return ids[at] === id ? at : -1
}

/** The profiles of a SIREN, dead ones too. */
export function* documentsOfSiren({ columns: { siren, sirenOrder } }: Segment, sought: number): Generator<number> {
  const ordered = sirenOrder.length === 0
  const document = (at: number): number => (ordered ? at : sirenOrder[at]!)
  for (
    let at = lowerBound(siren.length, each => siren[document(each)]! < sought);
    at < siren.length && siren[document(at)] === sought;
    at++
  )
    yield document(at)
}

/** The first of `count` places that is not below. */
const lowerBound = (count: number, isBelow: (at: number) => boolean): number => {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isBelow(middle)) low = middle + 1
    else high = middle
  }
  return low
}

const ownersOf = (passageStart: Uint32Array): Uint32Array => {
  const profiles = passageStart.length - 1
  const owners = new Uint32Array(passageStart[profiles]!)
  for (let profile = 0; profile < profiles; profile++)
    owners.fill(profile, passageStart[profile]!, passageStart[profile + 1]!)
  return owners
}

/** The profile whose passages include `passage`, by binary search from profile `from` on. */
export const ownerOf = (passageStart: Uint32Array, passage: number, from = 0): number => {
  let low = from
  let high = passageStart.length - 1
  // Near in nearly all lists: doubling steps before halving ones.
  for (let step = 1; low + step < high && passageStart[low + step]! <= passage; step *= 2) low += step
  while (low < high - 1) {
    const middle = (low + high) >>> 1
    if (passageStart[middle]! <= passage) low = middle
    else high = middle
  }
  return low
}
