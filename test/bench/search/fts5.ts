import { join } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { FIELD_NAMES } from '../../../src/engine/fields.ts'
import type { Supplier } from '../../../src/model/supplier.ts'
import { foldAccents } from '../../../src/text/folding.ts'
import { folderBytes } from '../../cluster/servers/cache.ts'
import type { BenchEngine, EnginePlace } from './engine.ts'
import { Fts5Query } from './fts5-query.ts'
import { ownTokens } from './own-tokens.ts'
import { ProfileColumns } from './profile-columns.ts'

/** Split at blanks alone: every other character belongs to a token. */
const TOKENIZE = `tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"`

/**
 * `found` holds our tokens and nothing else (contentless); `written` words as they are written, for completion; the
 * profiles are kept beside them, as durable as the embedded engine keeps them.
 */
const PRAGMAS = `
PRAGMA page_size = 8192;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA cache_size = -65536;
PRAGMA mmap_size = 2147418112;
`
const SCHEMA = `
CREATE TABLE profile (id INTEGER PRIMARY KEY, siren TEXT NOT NULL, json TEXT NOT NULL);
CREATE VIRTUAL TABLE found USING fts5(${FIELD_NAMES.join(', ')}, content = '', contentless_delete = 1, ${TOKENIZE});
CREATE VIRTUAL TABLE written USING fts5(name, words, content = '', contentless_delete = 1, detail = column,
  prefix = '1 2 3', ${TOKENIZE});
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(written, row);
CREATE VIRTUAL TABLE place USING rtree(id, south, north, west, east);
`

const TABLES = ['profile', 'found', 'written', 'place'] as const

/** Writes profiles into every table, and their facets into the columns. */
class Fts5Writer {
  readonly #database: DatabaseSync
  readonly #columns: ProfileColumns
  readonly #insert: Readonly<Record<(typeof TABLES)[number], StatementSync>>
  readonly #remove: readonly StatementSync[]

  constructor(database: DatabaseSync, columns: ProfileColumns) {
    this.#database = database
    this.#columns = columns
    const fields = FIELD_NAMES.join(', ')
    this.#insert = {
      profile: database.prepare('INSERT INTO profile VALUES (?, ?, ?)'),
      found: database.prepare(`INSERT INTO found (rowid, ${fields}) VALUES (?${', ?'.repeat(FIELD_NAMES.length)})`),
      written: database.prepare('INSERT INTO written (rowid, name, words) VALUES (?, ?, ?)'),
      place: database.prepare('INSERT INTO place VALUES (?, ?, ?, ?, ?)'),
    }
    this.#remove = TABLES.map(table =>
      database.prepare(`DELETE FROM ${table} WHERE ${table === 'profile' || table === 'place' ? 'id' : 'rowid'} = ?`),
    )
  }

  /** In one transaction. */
  put(suppliers: readonly Supplier[]): void {
    this.#database.exec('BEGIN IMMEDIATE')
    for (const supplier of suppliers) this.#put(supplier)
    this.#database.exec('COMMIT')
  }

  #put(supplier: Supplier): void {
    const { row, replaced } = this.#columns.add(supplier)
    if (replaced !== undefined) for (const remove of this.#remove) remove.run(replaced)
    const { fields, written } = ownTokens(supplier)
    this.#insert.profile.run(row, supplier.siren, JSON.stringify(supplier))
    this.#insert.found.run(row, ...FIELD_NAMES.map(field => fields[field]))
    this.#insert.written.run(row, written.name, written.words)
    const { latitude, longitude } = supplier.location
    if (latitude !== undefined && longitude !== undefined)
      this.#insert.place.run(row, latitude, latitude, longitude, longitude)
  }
}

const notes = [
  'FTS5: opening includes reading facets from all profiles into columns; it has none of its own.',
  'FTS5 has no spelling, and node:sqlite no spellfix1: no typo.',
  'FTS5: bm25() with the product’s field weights; the length it divides by is the whole row’s, not the field’s.',
]

const isEmpty = (database: DatabaseSync): boolean => !database.prepare('SELECT 1 FROM sqlite_schema').get()

/** Facets are not FTS5's: what counts them is made from the profiles. Nothing was replaced yet: rows are numbered alike. */
const readColumns = (database: DatabaseSync, columns: ProfileColumns): void => {
  const profiles = database.prepare('SELECT json FROM profile ORDER BY id')
  for (const { json } of profiles.iterate()) columns.add(JSON.parse(String(json)))
}

/** SQLite's own full-text search over the product's tokens. */
export const openFts5 = async ({ folder }: EnginePlace): Promise<BenchEngine> => {
  const database = new DatabaseSync(join(folder, 'fts5.db'))
  database.exec(PRAGMAS)
  const columns = new ProfileColumns()
  if (isEmpty(database)) database.exec(SCHEMA)
  else readColumns(database, columns)
  const writer = new Fts5Writer(database, columns)
  const query = new Fts5Query(database, columns)
  const names = database.prepare(
    'SELECT json FROM written JOIN profile ON profile.id = written.rowid WHERE written MATCH ? LIMIT ?',
  )
  const words = database.prepare('SELECT term FROM vocabulary WHERE term >= ? AND term < ? ORDER BY doc DESC LIMIT ?')

  return {
    version: String(database.prepare('SELECT sqlite_version() AS v').get()?.['v']),
    notes,
    add: async suppliers => writer.put(suppliers),
    finish: async () => {
      for (const table of ['found', 'written']) database.exec(`INSERT INTO ${table} (${table}) VALUES ('optimize')`)
      database.exec('ANALYZE; PRAGMA wal_checkpoint(TRUNCATE)')
    },
    search: async asked => query.search(asked),
    complete: async (prefix, limit) => {
      const key = foldAccents(prefix.toLowerCase()).replaceAll('"', '')
      const found = names.all(`name : "${key}" *`, limit)
      return found.length + words.all(key, `${key}\u{10ffff}`, limit).length
    },
    update: async supplier => writer.put([supplier]),
    diskBytes: async () => {
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
      return folderBytes(folder)
    },
    close: async () => database.close(),
  }
}
