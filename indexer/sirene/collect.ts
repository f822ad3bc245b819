import type { Siren } from '../../src/model/siren.ts'
import type { ProgressStep } from '../progress.ts'
import type { AnswerJournal } from './answers.ts'
import type { Clock, Outcome } from './patience.ts'

const DAY_MS = 86_400_000
/** Companies in a row that get no good answer before the service is taken to be down, or changed: minutes of retries. */
const MAX_FAILURES_IN_A_ROW = 5

export interface Collection {
  readonly sirens: ReadonlySet<Siren>
  readonly journal: AnswerJournal
  readonly ask: (siren: Siren) => Promise<Outcome>
  /** Answers that are older are asked for again. */
  readonly maxAgeDays: number
  readonly clock: Clock
  readonly step: ProgressStep
}

/** What asking came to. */
export interface Collected {
  /** Answers recent enough not to ask again. */
  readonly recent: number
  readonly found: number
  readonly unknown: number
  /** "SIREN: reason" of each that got no good answer; an older answer of it still counts. */
  readonly failures: readonly string[]
  /** Why it ended before its end. */
  readonly stopped?: string
}

/** Recent by a clock that may have been set back meanwhile: far in the future is as doubtful as long ago. */
const isRecent = (askedAt: string | undefined, now: number, maxAgeDays: number): boolean =>
  askedAt !== undefined && Math.abs(now - Date.parse(askedAt)) < maxAgeDays * DAY_MS

/** Asks for every SIREN without a recent answer, one after the other, and notes each answer before the next. */
export const collectAnswers = async (task: Collection): Promise<Collected> => {
  const { sirens, journal, ask, maxAgeDays, clock, step } = task
  const now = clock.now()
  const due = [...sirens].filter(siren => !isRecent(journal.askedAt(siren), now, maxAgeDays))
  const counts = { recent: sirens.size - due.length, found: 0, unknown: 0 }
  const failures: string[] = []
  let inARow = 0
  for (const [index, siren] of due.entries()) {
    const outcome = await ask(siren)
    if (outcome.kind === 'refused') return { ...counts, failures, stopped: outcome.reason }
    if (outcome.kind === 'failed') {
      failures.push(`${siren}: ${outcome.reason}`)
      inARow += 1
      if (inARow === MAX_FAILURES_IN_A_ROW) {
        return { ...counts, failures, stopped: `${inARow} companies in a row got no good answer` }
      }
    } else {
      inARow = 0
      counts[outcome.kind] += 1
      const askedAt = new Date(clock.now()).toISOString()
      journal.append({ siren, askedAt, ...(outcome.kind === 'found' && { unit: outcome.unit }) })
    }
    step.update(index + 1, due.length)
  }
  return { ...counts, failures }
}
