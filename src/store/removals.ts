import type { Siren } from '../model/siren.ts'
import { appendChange, sirenOf } from './changes.ts'
import { count, type Database, textOf } from './database.ts'
import { dropChanges } from './profile-changes.ts'

/** A firm that asked to be left out, and all that is kept of it. */
export interface Removal {
  readonly siren: Siren
  /** SHA-256 of the registered domain of its site, hex; of several one after the other, empty when no source named one. */
  readonly digest: string
  /** ISO 8601. */
  readonly at: string
}

/** The SIREN that no import may bring back. */
export const removedSirens = (database: Database): ReadonlySet<string> =>
  new Set(
    database
      .prepare('SELECT siren FROM removal')
      .all()
      .map(row => textOf(row, 'siren')),
  )

/** Profiles left out at their firm's request, whatever is imported afterwards. */
export interface Removals {
  removal(siren: Siren): Removal | undefined
  /** Whether a removed firm's site was on that domain, by its digest. */
  isRemovedDomain(digest: string): boolean
  /**
   * Takes a profile out of catalogue and index: its facts, its changes and what it declared are deleted, its open requests
   * end, and later imports leave it out.
   */
  removeProfile(removal: Removal): void
  /** Forgets that a firm asked to be left out; `undefined` when it had not. Its facts come back with the next imports. */
  restoreProfile(siren: Siren): Removal | undefined
}

export const createRemovals = (database: Database): Removals => {
  const removal = (siren: Siren): Removal | undefined => {
    const row = database.prepare('SELECT * FROM removal WHERE siren = ?').get(siren)
    return row && { siren: sirenOf(row), digest: textOf(row, 'digest'), at: textOf(row, 'at') }
  }
  return {
    removal,
    isRemovedDomain: digest =>
      count(database, 'SELECT COUNT(*) AS count FROM removal WHERE instr(digest, ?) > 0', digest) > 0,
    removeProfile: ({ siren, digest, at }) =>
      database.write(() => {
        database.prepare('INSERT OR REPLACE INTO removal VALUES (?, ?, ?)').run(siren, digest, at)
        for (const table of ['fact', 'stale', 'declaration', 'proposed_site', 'supplier'])
          database.prepare(`DELETE FROM ${table} WHERE siren = ?`).run(siren)
        database
          .prepare(
            `UPDATE correction_request SET content = NULL, comment = NULL, domain = NULL,
               state = IIF(state IN ('waiting', 'queued'), 'expired', state), decided_at = COALESCE(decided_at, ?)
             WHERE siren = ?`,
          )
          .run(at, siren)
        database
          .prepare(
            'DELETE FROM correction_link WHERE request IN (SELECT number FROM correction_request WHERE siren = ?)',
          )
          .run(siren)
        const own = `correction:${siren}`
        database.prepare('DELETE FROM source_version WHERE source = ?').run(own)
        database.prepare('DELETE FROM source WHERE id = ?').run(own)
        dropChanges(database, siren)
        appendChange(database, siren)
      }),
    restoreProfile: siren =>
      database.write(() => {
        const before = removal(siren)
        if (before === undefined) return undefined
        database.prepare('DELETE FROM removal WHERE siren = ?').run(siren)
        // Every live source was read without this firm: the same file must not count as read already.
        database.prepare("UPDATE source_version SET reading = '' WHERE state = 'live'").run()
        return before
      }),
  }
}
