import type { Fact } from '../../model/fact.ts'
import type { Language } from '../../model/language.ts'
import type { Siren } from '../../model/siren.ts'
import type { AlikeFirm, NeedStanding, QueryStanding } from '../../model/visibility.ts'
import type { FoundFirm } from './find-firm.ts'

/** What the index says of one firm. */
export interface Standings {
  /** The firm has a profile in the index; without one there is nothing else. */
  readonly indexed: boolean
  readonly needs: readonly NeedStanding[]
  /** Needs that were left out when the time was up. */
  readonly unasked: number
  readonly query: QueryStanding | null
  readonly alike: readonly AlikeFirm[]
}

export interface StandingsOptions {
  readonly facts: readonly Fact[]
  /** A query of the firm's own; blank text is none. */
  readonly text?: string | undefined
  /** Other firms whose site is the same. */
  readonly sameSite?: readonly Siren[]
  readonly signal?: AbortSignal | undefined
}

/**
 * The mirror's view of the index: nothing is kept, nothing is drawn from what others search. Throws
 * `EngineUnavailableError` when the index cannot answer or too many ask at once.
 */
export interface Mirror {
  standings(siren: Siren, language: Language, options: StandingsOptions): Promise<Standings>
  findByName(name: string, signal?: AbortSignal): Promise<FoundFirm>
}
