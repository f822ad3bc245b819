import type { Siren } from '../model/siren.ts'
import type { Change } from './catalogue.ts'
import { count, type Database, numberOf, textOf } from './database.ts'

/** Tells the live index that a supplier's profile is not what it was. Within the transaction that changes it. */
export const appendChange = (database: Database, siren: Siren): void => {
  database.prepare('INSERT INTO change (siren) VALUES (?)').run(siren)
}

/** The number of the last change; 0 before the first. */
export const lastChange = (database: Database): number =>
  count(database, 'SELECT COALESCE(MAX(seq), 0) AS count FROM change')

/** At most `limit` changes after number `seq`, in their order. */
export const readChanges = (database: Database, seq: number, limit: number): readonly Change[] =>
  database
    .prepare('SELECT seq, siren FROM change WHERE seq > ? ORDER BY seq LIMIT ?')
    .all(seq, limit)
    .map(row => ({ seq: numberOf(row, 'seq'), siren: sirenOf(row) }))

/** The SIREN in a column of our own tables: it was parsed before it was stored. */
export const sirenOf = (row: Readonly<Record<string, unknown>>): Siren => textOf(row, 'siren') as Siren
