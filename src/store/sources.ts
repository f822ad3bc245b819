import type { SourceStatus } from '../model/status.ts'
import { count, type Database, numberOf, textOf } from './database.ts'
import { CatalogueRuleError } from './errors.ts'

/** A data source as it is named to readers. */
export interface Source {
  /** `ilab`, `inov`, `demo`, `file:my-list` … */
  readonly id: string
  readonly name: string
  readonly publisher: string
  /** Public page of the source; empty when it has none. */
  readonly url: string
  /** Invented suppliers: never shown together with real ones. */
  readonly fictitious: boolean
}

/** One reading of a source's file. */
export interface SourceVersion {
  readonly source: Source
  /** SHA-256 of the file. */
  readonly digest: string
  /** Fingerprint of everything else that decides the facts: extractor, mappings, options. */
  readonly reading: string
  /** The program that read it, and its version: `ilab/1`. */
  readonly extractor: string
  /** Date of the data at their publisher (YYYY-MM-DD). */
  readonly date: string
  /** Where a fact can be read again, when it has no address of its own. */
  readonly url: string
  readonly licence: string
  /** ISO 8601. */
  readonly importedAt: string
}

/** The live version of a source, as far as a new import needs it. */
export interface LiveVersion {
  readonly id: number
  readonly digest: string
  readonly reading: string
  readonly suppliers: number
}

const LIVE = `
  SELECT source.*, version.id AS version, version.digest, version.reading, version.date, version.licence,
         version.imported_at, version.suppliers
  FROM source_version AS version JOIN source ON source.id = version.source
  WHERE version.state = 'live'`

/** What firms declare has a source for each of them; readers are told of one, or they would scroll through thousands. */
const LISTED = `
  WITH live AS (${LIVE}),
  own AS (SELECT * FROM live WHERE id GLOB 'correction:*')
  SELECT id, name, publisher, url, licence, date, imported_at, digest, suppliers, fictitious
  FROM live WHERE id NOT GLOB 'correction:*'
  UNION ALL
  SELECT 'correction', name, publisher, '', licence, MAX(date), MAX(imported_at), 'v' || MAX(version), COUNT(*), fictitious
  FROM own HAVING COUNT(*) > 0
  ORDER BY 2, 1`

/** Live sources, in the order of their names; the declarations of all firms are one, "correction". */
export const liveSources = (database: Database): readonly SourceStatus[] =>
  database
    .prepare(LISTED)
    .all()
    .map(row => ({
      id: textOf(row, 'id'),
      name: textOf(row, 'name'),
      publisher: textOf(row, 'publisher'),
      url: textOf(row, 'url'),
      licence: textOf(row, 'licence'),
      date: textOf(row, 'date'),
      importedAt: textOf(row, 'imported_at'),
      version: textOf(row, 'digest'),
      suppliers: numberOf(row, 'suppliers'),
      fictitious: numberOf(row, 'fictitious') === 1,
    }))

/** The live version of one source; `undefined` when it has none. */
export const liveVersion = (database: Database, source: string): LiveVersion | undefined => {
  const row = database.prepare(`${LIVE} AND source.id = ?`).get(source)
  return (
    row && {
      id: numberOf(row, 'version'),
      digest: textOf(row, 'digest'),
      reading: textOf(row, 'reading'),
      suppliers: numberOf(row, 'suppliers'),
    }
  )
}

/** Refuses invented suppliers beside real ones: a reader could not tell them apart. */
const refuseMixture = (database: Database, source: Source): void => {
  if (!source.fictitious) return
  const real = liveSources(database).find(live => !live.fictitious)
  if (real === undefined) return
  throw new CatalogueRuleError(
    `The catalogue holds real data (${real.id}); invented suppliers are never mixed with it. ` +
      'To see the demonstration, use another state folder: BRIQUE_DATA=var-demo',
  )
}

/**
 * Registers a version that nobody sees yet, and returns its id.
 * Throws `CatalogueRuleError` for invented suppliers while real ones are live.
 */
export const createStagingVersion = (database: Database, version: SourceVersion): number =>
  database.write(() => {
    const { source } = version
    refuseMixture(database, source)
    // What readers are told of the source is renewed by the switch; until then an unknown one only needs its row.
    database
      .prepare('INSERT INTO source VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING')
      .run(source.id, source.name, source.publisher, source.url, source.fictitious ? 1 : 0)
    const { lastInsertRowid } = database
      .prepare(
        `INSERT INTO source_version (source, digest, reading, extractor, date, url, licence, imported_at, state)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'staging')`,
      )
      .run(
        source.id,
        version.digest,
        version.reading,
        version.extractor,
        version.date,
        version.url,
        version.licence,
        version.importedAt,
      )
    return Number(lastInsertRowid)
  })

const markStale = (database: Database, version: number): void => {
  database
    .prepare('INSERT INTO stale SELECT DISTINCT siren FROM fact WHERE version = ? ON CONFLICT DO NOTHING')
    .run(version)
}

/** Retires the live versions among `versions`; their suppliers become stale. Within the caller's transaction. */
const retire = (database: Database, versions: readonly number[]): void => {
  for (const version of versions) {
    database.prepare("UPDATE source_version SET state = 'retired' WHERE id = ?").run(version)
    markStale(database, version)
  }
}

const versionsToRetire = (database: Database, source: Source): readonly number[] =>
  database
    .prepare(`${LIVE} AND (source.id = ? OR (source.fictitious AND NOT ?))`)
    .all(source.id, source.fictitious ? 1 : 0)
    .map(row => numberOf(row, 'version'))

/**
 * Makes a staged version the live one of its source, in one transaction: the version before it is retired, so is the
 * demonstration when the source is real, and every supplier of either is marked for merging.
 */
export const makeLive = (database: Database, version: number, source: Source): void =>
  database.write(() => {
    refuseMixture(database, source)
    retire(database, versionsToRetire(database, source))
    database
      .prepare('UPDATE source SET name = ?, publisher = ?, url = ?, fictitious = ? WHERE id = ?')
      .run(source.name, source.publisher, source.url, source.fictitious ? 1 : 0, source.id)
    const suppliers = count(database, 'SELECT COUNT(DISTINCT siren) AS count FROM fact WHERE version = ?', version)
    database.prepare("UPDATE source_version SET state = 'live', suppliers = ? WHERE id = ?").run(suppliers, version)
    markStale(database, version)
  })

/** Takes a source out of the catalogue; false when it has no live version. */
export const retireSource = (database: Database, source: string): boolean =>
  database.write(() => {
    const live = liveVersion(database, source)
    if (live) retire(database, [live.id])
    return live !== undefined
  })

const LEFTOVER = "SELECT id FROM source_version WHERE state <> 'live'"

/**
 * Deletes one batch of what interrupted imports staged and switches retired; the number of facts deleted, 0 at the end.
 * Only for the one writer: a version being staged looks the same as a leftover.
 */
export const deleteLeftovers = (database: Database, batch: number): number =>
  database.write(() => {
    const { changes } = database
      .prepare(`DELETE FROM fact WHERE id IN (SELECT id FROM fact WHERE version IN (${LEFTOVER}) LIMIT ?)`)
      .run(batch)
    if (changes === 0) database.prepare("DELETE FROM source_version WHERE state <> 'live'").run()
    return Number(changes)
  })
