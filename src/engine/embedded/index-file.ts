import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { crc32 } from 'node:zlib'
import { FACETS } from '../../model/facets.ts'
import type { Supplier } from '../../model/supplier.ts'
import { EngineUnavailableError } from '../engine.ts'
import { LENGTH_SLOTS, PASSAGE_ANALYSES, termKey } from './analysed.ts'
import { FacetDictionary } from './columns.ts'
import { TOP_PREFIX, TOP_WORDS, topWords } from './completion.ts'
import { documentsOf } from './postings.ts'
import type { MemorySegment, Segment, SegmentColumns } from './segment.ts'
import {
  BUCKETS,
  bucketOf,
  encodeBuckets,
  type SpellingIndex,
  spellingForms,
  TERMS_A_BLOCK,
  termsInBucket,
} from './spelling-index.ts'

/**
 * The files of one built index: a SQLite database whose rows each carry a CRC-32 of their key and content, checked
 * when they are read. The format is derived from the catalogue: another version is rebuilt, never migrated.
 */
export const FORMAT_VERSION = 2

const SCHEMA = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE doc (id INTEGER PRIMARY KEY, siren TEXT NOT NULL, json TEXT NOT NULL, crc INTEGER NOT NULL);
  CREATE TABLE live (siren TEXT PRIMARY KEY, id INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE tomb (id INTEGER PRIMARY KEY);
  CREATE TABLE seg (id INTEGER PRIMARY KEY, base INTEGER NOT NULL, count INTEGER NOT NULL, passages INTEGER NOT NULL);
  CREATE TABLE post (seg INTEGER NOT NULL, key TEXT NOT NULL, list BLOB NOT NULL, crc INTEGER NOT NULL,
    PRIMARY KEY (seg, key)) WITHOUT ROWID;
  CREATE TABLE col (seg INTEGER NOT NULL, name TEXT NOT NULL, bytes BLOB NOT NULL, crc INTEGER NOT NULL,
    PRIMARY KEY (seg, name)) WITHOUT ROWID;
  CREATE TABLE dict (facet TEXT NOT NULL, number INTEGER NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (facet, number)) WITHOUT ROWID;
  CREATE TABLE word (seg INTEGER NOT NULL, term TEXT NOT NULL, frequency INTEGER NOT NULL, surface TEXT NOT NULL,
    PRIMARY KEY (seg, term)) WITHOUT ROWID;
  CREATE TABLE top (seg INTEGER NOT NULL, prefix TEXT NOT NULL, terms TEXT NOT NULL,
    PRIMARY KEY (seg, prefix)) WITHOUT ROWID;
  CREATE TABLE lexicon (seg INTEGER NOT NULL, block INTEGER NOT NULL, terms TEXT NOT NULL, crc INTEGER NOT NULL,
    PRIMARY KEY (seg, block)) WITHOUT ROWID;
  CREATE TABLE spell (bucket INTEGER PRIMARY KEY, entries BLOB NOT NULL, crc INTEGER NOT NULL);
  CREATE TABLE name (key TEXT NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (key, id)) WITHOUT ROWID;
`

/** The index on disk is damaged, or of another format than this version reads. The remedy is a rebuild. */
export class IndexDamagedError extends EngineUnavailableError {
  override readonly name = 'IndexDamagedError'
}

const damaged = (path: string, what: string, cause?: unknown): IndexDamagedError =>
  new IndexDamagedError(`${path}: ${what}; rebuild it with "npm run index"`, { cause })

const rowCrc = (key: string, content: string | Uint8Array): number => crc32(content, crc32(key))

/** A profile as it is stored, with its number. */
export interface StoredProfile {
  readonly id: number
  readonly supplier: Supplier
}

/** A sealed segment on disk and the number of its first profile. */
export interface StoredSegment extends Segment {
  readonly id: number
  readonly base: number
  readonly spelling: SpellingIndex
}

/** A word of names, taglines and tags, with the number of profiles that hold it. */
export interface IndexedWord {
  readonly term: string
  readonly surface: string
  readonly frequency: number
}

type TypedArrayClass =
  | typeof Uint8Array
  | typeof Uint32Array
  | typeof Int32Array
  | typeof Float32Array
  | typeof Float64Array

const columnEntries = (
  columns: SegmentColumns,
): [string, Uint8Array | Uint32Array | Int32Array | Float32Array | Float64Array][] => [
  ['siren', columns.siren],
  ['latitude', columns.latitude],
  ['longitude', columns.longitude],
  ['recency', columns.recency],
  ['name', columns.name],
  ['priors', columns.priors],
  ['lengths', columns.lengths],
  ['passageLengths', columns.passageLengths],
  ['passageStart', columns.passageStart],
  ['totals.documents', columns.totals.documents],
  ['totals.tokens', columns.totals.tokens],
  ['passageTotals.documents', columns.passageTotals.documents],
  ['passageTotals.tokens', columns.passageTotals.tokens],
  ...FACETS.flatMap((facet, index): [string, Uint32Array][] => [
    [`facet.${facet.name}.start`, columns.facetStart[index] as Uint32Array],
    [`facet.${facet.name}.values`, columns.facetValues[index] as Uint32Array],
  ]),
]

/** What must be the same for the index to be read: the format, the facets and the shape of the text fields. */
const signature = (): string =>
  JSON.stringify([FORMAT_VERSION, FACETS.map(facet => facet.name), LENGTH_SLOTS, PASSAGE_ANALYSES.length])

export class IndexFile {
  readonly path: string
  readonly #db: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()

  private constructor(path: string, db: DatabaseSync) {
    this.path = path
    this.#db = db
    db.exec('PRAGMA busy_timeout = 5000; PRAGMA mmap_size = 1073741824;')
  }

  /** A new, empty index at `path`, which must not exist. */
  static create(path: string): IndexFile {
    const db = new DatabaseSync(path)
    db.exec('PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;')
    db.exec(SCHEMA)
    const file = new IndexFile(path, db)
    file.setMeta('signature', signature())
    return file
  }

  /** Throws `IndexDamagedError` when the file is not an index of this format. */
  static open(path: string): IndexFile {
    let db: DatabaseSync | undefined
    try {
      db = new DatabaseSync(path)
      db.exec('PRAGMA synchronous = FULL;')
      const file = new IndexFile(path, db)
      if (file.meta('signature') !== signature()) throw damaged(path, 'this index has another format')
      return file
    } catch (error) {
      db?.close()
      throw error instanceof IndexDamagedError ? error : damaged(path, 'this index cannot be read', error)
    }
  }

  close(): void {
    this.#db.close()
  }

  /** Moves what the write-ahead log holds into the database and empties it. */
  checkpoint(): void {
    this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  }

  /** Runs `work` in one transaction that takes the write lock at once. */
  transaction<T>(work: () => T): T {
    this.#db.exec('BEGIN IMMEDIATE')
    try {
      const result = work()
      this.#db.exec('COMMIT')
      return result
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK')
      throw error
    }
  }

  /** Begins a transaction that spans calls; the function it returns commits it. */
  begin(): () => void {
    this.#db.exec('BEGIN IMMEDIATE')
    return () => this.#db.exec('COMMIT')
  }

  meta(key: string): string | undefined {
    const row = this.#prepare('SELECT value FROM meta WHERE key = ?').get(key)
    return row === undefined ? undefined : String(row['value'])
  }

  setMeta(key: string, value: string): void {
    this.#prepare('INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(
      key,
      value,
    )
  }

  /** Number of profiles that a search can find. */
  liveCount(): number {
    return Number(this.#prepare('SELECT count(*) AS n FROM live').get()?.['n'] ?? 0)
  }

  nextId(): number {
    return Number(this.#prepare('SELECT coalesce(max(id), -1) + 1 AS n FROM doc').get()?.['n'] ?? 0)
  }

  idOf(siren: string): number | undefined {
    const row = this.#prepare('SELECT id FROM live WHERE siren = ?').get(siren)
    return row === undefined ? undefined : Number(row['id'])
  }

  putProfile(id: number, supplier: Supplier, nameKeys: readonly string[]): void {
    const json = JSON.stringify(supplier)
    this.#prepare('INSERT INTO doc VALUES (?, ?, ?, ?)').run(id, supplier.siren, json, rowCrc(supplier.siren, json))
    this.#prepare('INSERT INTO live VALUES (?, ?) ON CONFLICT (siren) DO UPDATE SET id = excluded.id').run(
      supplier.siren,
      id,
    )
    for (const key of nameKeys) this.#prepare('INSERT OR IGNORE INTO name VALUES (?, ?)').run(key, id)
  }

  /** Marks a profile dead; its row stays, since the statistics of its segment still count it. */
  bury(id: number, siren: string, nameKeys: readonly string[]): void {
    this.#prepare('INSERT INTO tomb VALUES (?)').run(id)
    this.#prepare('DELETE FROM live WHERE siren = ? AND id = ?').run(siren, id)
    for (const key of nameKeys) this.#prepare('DELETE FROM name WHERE key = ? AND id = ?').run(key, id)
  }

  profile(id: number): Supplier {
    const row = this.#prepare('SELECT siren, json, crc FROM doc WHERE id = ?').get(id)
    if (row === undefined) throw damaged(this.path, `profile ${id} is missing`)
    const json = String(row['json'])
    if (rowCrc(String(row['siren']), json) !== row['crc']) throw damaged(this.path, `profile ${id} is damaged`)
    // Written by this program, sealed by the digest above: parsed, not checked again (0.1 ms a profile).
    return JSON.parse(json) as Supplier
  }

  /** Profiles from `id` on, in order; at most `limit`. */
  profilesFrom(id: number, limit: number): StoredProfile[] {
    return this.#prepare('SELECT id FROM doc WHERE id >= ? ORDER BY id LIMIT ?')
      .all(id, limit)
      .map(row => ({ id: Number(row['id']), supplier: this.profile(Number(row['id'])) }))
  }

  tombs(): number[] {
    return this.#prepare('SELECT id FROM tomb ORDER BY id')
      .all()
      .map(row => Number(row['id']))
  }

  dictionary(): FacetDictionary {
    const dictionary = new FacetDictionary((facet, number, value) => {
      this.#prepare('INSERT INTO dict VALUES (?, ?, ?)').run(FACETS[facet]?.name ?? '', number, value)
    })
    FACETS.forEach((facet, index) => {
      for (const row of this.#prepare('SELECT value FROM dict WHERE facet = ? ORDER BY number').all(facet.name)) {
        dictionary.load(index, String(row['value']))
      }
    })
    return dictionary
  }

  writeSegment(base: number, segment: MemorySegment): void {
    const id = Number(this.#prepare('SELECT coalesce(max(id), 0) + 1 AS n FROM seg').get()?.['n'] ?? 1)
    this.#prepare('INSERT INTO seg VALUES (?, ?, ?, ?)').run(id, base, segment.count, segment.passages)
    const insert = this.#prepare('INSERT INTO post VALUES (?, ?, ?, ?)')
    // In key order, so that the B-tree is appended to and not split.
    for (const key of [...segment.postings.keys()].sort()) {
      const list = segment.postings.get(key) as Uint8Array
      insert.run(id, key, list, rowCrc(key, list))
    }
    for (const [name, array] of columnEntries(segment.columns)) {
      const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
      this.#prepare('INSERT INTO col VALUES (?, ?, ?, ?)').run(id, name, bytes, rowCrc(name, bytes))
    }
    for (const { term, surface, frequency } of wordsOf(segment)) {
      this.#prepare('INSERT INTO word VALUES (?, ?, ?, ?)').run(id, term, frequency, surface)
    }
    for (const [prefix, terms] of topWords(wordsOf(segment))) {
      this.#prepare('INSERT INTO top VALUES (?, ?, ?)').run(id, prefix, terms.join(' '))
    }
    this.#writeSpelling(id, segment)
  }

  #writeSpelling(id: number, segment: MemorySegment): void {
    const forms = spellingForms(segment)
    for (let block = 0; block * TERMS_A_BLOCK < forms.terms.length; block++) {
      const terms = forms.terms.slice(block * TERMS_A_BLOCK, (block + 1) * TERMS_A_BLOCK).join(' ')
      this.#prepare('INSERT INTO lexicon VALUES (?, ?, ?, ?)').run(id, block, terms, rowCrc(`${block}`, terms))
    }
    for (const [bucket, entries] of encodeBuckets(forms)) {
      const key = id * BUCKETS + bucket
      this.#prepare('INSERT INTO spell VALUES (?, ?, ?)').run(key, entries, rowCrc(`${key}`, entries))
    }
  }

  segments(): StoredSegment[] {
    return this.#prepare('SELECT id, base, count, passages FROM seg ORDER BY base')
      .all()
      .map(row => this.#segment(Number(row['id']), Number(row['base']), Number(row['count']), Number(row['passages'])))
  }

  /** Profiles whose name has a word sequence that starts with `prefix`, in the order of that sequence. */
  namesStartingWith(prefix: string, limit: number): number[] {
    const ids = new Set<number>()
    // Read in the order of the key and left early: one letter begins tens of thousands of names.
    const rows = this.#prepare('SELECT id FROM name WHERE key >= ? AND key < ? ORDER BY key, id').iterate(
      prefix,
      `${prefix}\u{10ffff}`,
    )
    for (const row of rows) {
      if (ids.size >= limit) break
      ids.add(Number(row['id']))
    }
    return [...ids].slice(0, limit)
  }

  /** The most frequent words that start with `prefix`; for one or two letters, of those most frequent in a segment. */
  wordsStartingWith(prefix: string, limit: number): IndexedWord[] {
    if (prefix.length <= TOP_PREFIX && limit <= TOP_WORDS) return this.#topWords(prefix, limit)
    return this.#prepare(`${SUM_OF_WORDS} term >= ? AND term < ? ${MOST_FREQUENT}`)
      .all(prefix, `${prefix}\u{10ffff}`, limit)
      .map(indexedWord)
  }

  #topWords(prefix: string, limit: number): IndexedWord[] {
    const rows = this.#prepare('SELECT terms FROM top WHERE seg IN (SELECT id FROM seg) AND prefix = ?').all(prefix)
    const terms = new Set(rows.flatMap(row => String(row['terms']).split(' ')))
    return this.#prepare(`${SUM_OF_WORDS} term IN (SELECT value FROM json_each(?)) ${MOST_FREQUENT}`)
      .all(JSON.stringify([...terms]), limit)
      .map(indexedWord)
  }

  #segment(id: number, base: number, count: number, passages: number): StoredSegment {
    const find = this.#prepare('SELECT list, crc FROM post WHERE seg = ? AND key = ?')
    return {
      id,
      base,
      count,
      passages,
      columns: this.#columns(id),
      spelling: { termsOf: hashes => this.#termsOf(id, hashes) },
      list: key => {
        const row = find.get(id, key)
        if (row === undefined) return undefined
        const list = row['list'] as Uint8Array
        if (rowCrc(key, list) !== row['crc']) throw damaged(this.path, `the postings of "${key}" are damaged`)
        return list
      },
    }
  }

  #termsOf(id: number, hashes: ReadonlySet<number>): Set<string> {
    const numbers = new Set<number>()
    const find = this.#prepare('SELECT entries, crc FROM spell WHERE bucket = ?')
    for (const bucket of new Set([...hashes].map(bucketOf))) {
      const key = id * BUCKETS + bucket
      const row = find.get(key)
      if (row === undefined) continue
      const entries = row['entries'] as Uint8Array
      if (rowCrc(`${key}`, entries) !== row['crc']) throw damaged(this.path, `spelling bucket ${key} is damaged`)
      for (const number of termsInBucket(bucket, entries, hashes)) numbers.add(number)
    }
    return this.#terms(id, numbers)
  }

  #terms(id: number, numbers: ReadonlySet<number>): Set<string> {
    const blocks = new Map<number, string[]>()
    const find = this.#prepare('SELECT terms, crc FROM lexicon WHERE seg = ? AND block = ?')
    const read = (block: number): string[] => {
      const row = find.get(id, block)
      const terms = String(row?.['terms'] ?? '')
      if (rowCrc(`${block}`, terms) !== row?.['crc']) throw damaged(this.path, `lexicon block ${block} is damaged`)
      return terms.split(' ')
    }
    const found = new Set<string>()
    for (const number of numbers) {
      const block = Math.floor(number / TERMS_A_BLOCK)
      const terms = blocks.get(block) ?? read(block)
      blocks.set(block, terms)
      found.add(terms[number % TERMS_A_BLOCK] as string)
    }
    return found
  }

  #columns(id: number): SegmentColumns {
    const read = <T extends TypedArrayClass>(name: string, type: T): InstanceType<T> => {
      const row = this.#prepare('SELECT bytes, crc FROM col WHERE seg = ? AND name = ?').get(id, name)
      if (row === undefined) throw damaged(this.path, `column "${name}" of segment ${id} is missing`)
      const bytes = row['bytes'] as Uint8Array
      if (rowCrc(name, bytes) !== row['crc']) throw damaged(this.path, `column "${name}" of segment ${id} is damaged`)
      // SQLite's buffer need not be aligned for wider types: a copy is.
      return new type(bytes.slice().buffer) as InstanceType<T>
    }
    return {
      siren: read('siren', Uint32Array),
      latitude: read('latitude', Float32Array),
      longitude: read('longitude', Float32Array),
      recency: read('recency', Int32Array),
      name: read('name', Float64Array),
      priors: read('priors', Uint8Array),
      lengths: read('lengths', Uint8Array),
      passageLengths: read('passageLengths', Uint8Array),
      passageStart: read('passageStart', Uint32Array),
      facetStart: FACETS.map(facet => read(`facet.${facet.name}.start`, Uint32Array)),
      facetValues: FACETS.map(facet => read(`facet.${facet.name}.values`, Uint32Array)),
      totals: { documents: read('totals.documents', Float64Array), tokens: read('totals.tokens', Float64Array) },
      passageTotals: {
        documents: read('passageTotals.documents', Float64Array),
        tokens: read('passageTotals.tokens', Float64Array),
      },
    }
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql)
    if (known) return known
    const statement = this.#db.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }
}

const SUM_OF_WORDS = `SELECT term, max(surface) AS surface, sum(frequency) AS frequency FROM word
  WHERE seg IN (SELECT id FROM seg) AND`
const MOST_FREQUENT = 'GROUP BY term ORDER BY 3 DESC, 1 LIMIT ?'

const indexedWord = (row: Readonly<Record<string, unknown>>): IndexedWord => ({
  term: String(row['term']),
  surface: String(row['surface']),
  frequency: Number(row['frequency']),
})

/** The words of a segment's names, taglines and tags that start with `prefix`, with the number of their profiles. */
export function* wordsOf(segment: MemorySegment, prefix = ''): Generator<IndexedWord> {
  for (const [term, surface] of segment.surfaces) {
    if (!term.startsWith(prefix)) continue
    const list = segment.postings.get(termKey.exact(term))
    if (list) yield { term, surface, frequency: documentsOf(list) }
  }
}
