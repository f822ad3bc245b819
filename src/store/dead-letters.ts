import type { Siren } from '../model/siren.ts'
import { appendChange, sirenOf } from './changes.ts'
import { count, type Database, numberOf, textOf } from './database.ts'

/** A profile that the search engine has refused. The index keeps what it had of the supplier, if anything. */
export interface DeadLetter {
  readonly siren: Siren
  readonly reason: string
  /** When it was refused last. */
  readonly at: string
  /** The change number up to which nothing of the supplier has been taken. */
  readonly change: number
}

/** The letters that wait for an operator, one a supplier. */
export interface DeadLetters {
  deadLetters(): readonly DeadLetter[]
  countDeadLetters(): number
  /** Keeps what was refused of the changes up to number `change`; a supplier's earlier letter is replaced. */
  keepDeadLetters(refused: readonly { readonly siren: Siren; readonly reason: string }[], change: number): void
  /** Removes the letters of suppliers that the engine has taken now. */
  clearDeadLetters(taken: readonly Siren[]): void
  /** Removes the letters that a later change, up to number `applied`, has made void: of a process that was killed before it did. */
  clearDeadLettersBefore(applied: number): void
  /** Puts each supplier with a letter into the outbox again; the letter stays until it is taken. Returns how many. */
  retryDeadLetters(): number
}

const WRITE = `
  INSERT INTO dead_letter (siren, reason, at, change) VALUES (?, ?, ?, ?)
  ON CONFLICT (siren) DO UPDATE SET reason = excluded.reason, at = excluded.at, change = excluded.change`

const VOID = `
  DELETE FROM dead_letter WHERE EXISTS (
    SELECT 1 FROM change
    WHERE change.seq > dead_letter.change AND change.seq <= ? AND change.siren = dead_letter.siren)`

/** The letters of a catalogue. */
export const createDeadLetters = (database: Database): DeadLetters => {
  const countDeadLetters = () => count(database, 'SELECT COUNT(*) AS count FROM dead_letter')
  const deadLetters = () =>
    database
      .prepare('SELECT siren, reason, at, change FROM dead_letter ORDER BY siren')
      .all()
      .map(row => ({
        siren: sirenOf(row),
        reason: textOf(row, 'reason'),
        at: textOf(row, 'at'),
        change: numberOf(row, 'change'),
      }))
  return {
    countDeadLetters: () => database.snapshot(countDeadLetters),
    deadLetters: () => database.snapshot(deadLetters),
    keepDeadLetters: (refused, change) =>
      database.write(() => {
        const at = new Date().toISOString()
        for (const { siren, reason } of refused) database.prepare(WRITE).run(siren, reason, at, change)
      }),
    clearDeadLetters(taken) {
      // Nearly always there is none: no transaction for that.
      if (countDeadLetters() === 0) return
      database.write(() => {
        for (const siren of taken) database.prepare('DELETE FROM dead_letter WHERE siren = ?').run(siren)
      })
    },
    clearDeadLettersBefore(applied) {
      if (countDeadLetters() > 0) database.write(() => void database.prepare(VOID).run(applied))
    },
    retryDeadLetters: () =>
      database.write(() => {
        const letters = deadLetters()
        for (const { siren } of letters) appendChange(database, siren)
        return letters.length
      }),
  }
}
