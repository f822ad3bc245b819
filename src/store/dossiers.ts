import { numberOf, optionalTextOf, textOf } from './database.ts'
import { type DossierFile, openDossierFile } from './dossier-file.ts'

/**
 * `dossiers.db` in the state folder: frozen documents as compressed bytes, and what their authors wrote beside them. A
 * file of its own, which no import and no rebuild of the index touches.
 */

/** A frozen document as it is kept. */
export interface StoredDossier {
  readonly id: string
  readonly createdAt: string
  readonly expiresAt: string
  /** SHA-256 of the bytes before compression, in hexadecimal. */
  readonly hash: string
  /** gzip. */
  readonly packed: Uint8Array
  /** Bytes before compression. */
  readonly size: number
}

/** Why a dossier is not there any more. */
export type GoneReason = 'expired' | 'deleted'

export type Lookup =
  | { readonly kind: 'found'; readonly dossier: StoredDossier }
  | { readonly kind: 'gone'; readonly reason: GoneReason; readonly at: string }
  | { readonly kind: 'unknown' }

/** How much is kept of the annotations of a dossier beside the last: so many versions, and so many bytes with it. */
export interface KeptVersions {
  readonly versions: number
  readonly bytes: number
}

/** One version of the annotations of a dossier. */
export interface StoredAnnotations {
  readonly version: number
  readonly savedAt: string
  readonly content: string
}

export interface DossierStore {
  /** Keeps a dossier; what was acknowledged survives a power cut. */
  add(dossier: StoredDossier, keyHash: Uint8Array): void
  /** A dossier past its date counts as expired, swept or not. Dates are ISO 8601 in UTC. */
  find(id: string, now: string): Lookup
  keyHash(id: string): Uint8Array | undefined
  /** The last annotations; `undefined` before the first. */
  annotations(id: string): StoredAnnotations | undefined
  /** Adds a version of the annotations and forgets the oldest past `kept`, never the last. Returns its number, from 1. */
  annotate(id: string, savedAt: string, content: string, kept: KeptVersions): number
  /** Deletes all of a dossier but its name, the reason and the date. False when there is none. */
  remove(id: string, reason: GoneReason, at: string): boolean
  /** Deletes every dossier past its date, and what deletions have left in the journal; returns how many. */
  sweep(now: string): number
  /** Bytes of all documents and annotations as they are kept. */
  usedBytes(): number
  close(): void
}

type Row = Readonly<Record<string, unknown>>

const bytesOf = (row: Row, column: string): Uint8Array => {
  const value = row[column]
  if (value instanceof Uint8Array) return value
  throw new TypeError(`dossiers.db is damaged (column "${column}"): restore it from a backup, or move it away`)
}

const dossierOf = (row: Row): StoredDossier => ({
  id: textOf(row, 'id'),
  createdAt: textOf(row, 'created_at'),
  expiresAt: textOf(row, 'expires_at'),
  hash: textOf(row, 'hash'),
  packed: bytesOf(row, 'packed'),
  size: numberOf(row, 'size'),
})

const reasonOf = (row: Row): GoneReason => (optionalTextOf(row, 'reason') === 'deleted' ? 'deleted' : 'expired')

const find = ({ prepare }: DossierFile, id: string, now: string): Lookup => {
  const row = prepare('SELECT * FROM dossier WHERE id = ?').get(id)
  if (row !== undefined) {
    const dossier = dossierOf(row)
    if (dossier.expiresAt > now) return { kind: 'found', dossier }
    return { kind: 'gone', reason: 'expired', at: dossier.expiresAt }
  }
  const gone = prepare('SELECT reason, at FROM gone WHERE id = ?').get(id)
  return gone === undefined ? { kind: 'unknown' } : { kind: 'gone', reason: reasonOf(gone), at: textOf(gone, 'at') }
}

const remove = ({ prepare, write }: DossierFile, id: string, reason: GoneReason, at: string): boolean =>
  write(() => {
    prepare('DELETE FROM annotation WHERE dossier = ?').run(id)
    const { changes } = prepare('DELETE FROM dossier WHERE id = ?').run(id)
    if (Number(changes) === 0) return false
    prepare('INSERT OR REPLACE INTO gone (id, reason, at) VALUES (?, ?, ?)').run(id, reason, at)
    return true
  })

/** From the last version backwards, what passes the bytes that are kept. */
const FORGET_LONG = `DELETE FROM annotation WHERE dossier = ? AND version < COALESCE(
  (SELECT MIN(version) FROM (
    SELECT version, SUM(OCTET_LENGTH(content)) OVER (ORDER BY version DESC) AS total FROM annotation WHERE dossier = ?
  ) WHERE total <= ?), ?)`

const annotate = (
  { prepare, write }: DossierFile,
  id: string,
  savedAt: string,
  content: string,
  kept: KeptVersions,
): number =>
  write(() => {
    const row = prepare('SELECT COALESCE(MAX(version), 0) AS last FROM annotation WHERE dossier = ?').get(id) ?? {}
    const version = numberOf(row, 'last') + 1
    prepare('INSERT INTO annotation (dossier, version, saved_at, content) VALUES (?, ?, ?, ?)').run(
      id,
      version,
      savedAt,
      content,
    )
    prepare('DELETE FROM annotation WHERE dossier = ? AND version <= ?').run(id, version - kept.versions)
    prepare(FORGET_LONG).run(id, id, kept.bytes, version)
    return version
  })

const USED = `SELECT (SELECT COALESCE(SUM(LENGTH(packed)), 0) FROM dossier)
  + (SELECT COALESCE(SUM(OCTET_LENGTH(content)), 0) FROM annotation) AS used`

/** Opens `dossiers.db`, created when absent. Throws a `CatalogueError` with the remedy when it cannot be used. */
export const openDossierStore = (path: string): DossierStore => {
  const file = openDossierFile(path)
  const { prepare } = file
  // The program may have ended before the journal of a deletion was emptied.
  let owed = true
  return {
    add: ({ id, createdAt, expiresAt, hash, packed, size }, keyHash) =>
      file.write(() => {
        prepare(
          'INSERT INTO dossier (id, created_at, expires_at, hash, key_hash, size, packed) VALUES (?, ?, ?, ?, ?, ?, ?)',
        ).run(id, createdAt, expiresAt, hash, keyHash, size, packed)
      }),
    find: (id, now) => find(file, id, now),
    keyHash: id => {
      const row = prepare('SELECT key_hash FROM dossier WHERE id = ?').get(id)
      return row && bytesOf(row, 'key_hash')
    },
    annotations: id => {
      const row = prepare('SELECT * FROM annotation WHERE dossier = ? ORDER BY version DESC LIMIT 1').get(id)
      return (
        row && {
          version: numberOf(row, 'version'),
          savedAt: textOf(row, 'saved_at'),
          content: textOf(row, 'content'),
        }
      )
    },
    annotate: (id, savedAt, content, kept) => annotate(file, id, savedAt, content, kept),
    remove: (id, reason, at) => {
      const removed = remove(file, id, reason, at)
      if (removed) owed = !file.forget()
      return removed
    },
    sweep: now => {
      const late = prepare('SELECT id, expires_at FROM dossier WHERE expires_at <= ?').all(now)
      for (const row of late) remove(file, textOf(row, 'id'), 'expired', textOf(row, 'expires_at'))
      if (late.length > 0 || owed) owed = !file.forget()
      return late.length
    },
    usedBytes: () => numberOf(prepare(USED).get() ?? {}, 'used'),
    close: () => file.close(),
  }
}
