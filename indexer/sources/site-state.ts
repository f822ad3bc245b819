import type { Siren } from '../../src/model/siren.ts'
import type { WebsiteState } from '../../src/model/supplier.ts'
import type { StatedFact } from '../../src/store/fact-values.ts'
import { GONE_VISITS, PATIENT_TRIES } from '../crawl/revisits.ts'
import { factList } from './connector.ts'

/** How the last visits of a home page ended, where that was no page. */
export interface Trouble {
  readonly url: string
  readonly outcome: string
  readonly detail: string
  /** Visits in a row that ended so. */
  readonly attempts: number
  /** Milliseconds since 1970. */
  readonly visitedAt: number
}

/** Ends of a visit that say nobody is there, if they last. */
const NOBODY: ReadonlySet<string> = new Set([
  'host-not-found',
  'connection-refused',
  'connect-timeout',
  'tls-error',
  'private-address',
])

const stateOf = ({ outcome, attempts }: Trouble): WebsiteState | undefined => {
  if (outcome === 'gone') return attempts >= GONE_VISITS ? 'gone' : undefined
  if (outcome === 'foreign-redirect') return 'moved'
  return NOBODY.has(outcome) && attempts >= PATIENT_TRIES ? 'unreachable' : undefined
}

/**
 * What the crawl found out about a site that could not be read: gone after 404 or 410 three weeks in a row, moved to
 * another domain, or not answering for three days. Nothing while that may pass.
 */
export const siteStateFacts = (siren: Siren, trouble: Trouble): readonly StatedFact[] => {
  const state = stateOf(trouble)
  const list = factList({ siren, evidence: 'attested', record: `${trouble.outcome} ${trouble.detail}`.trim() })
  const retrievedAt = new Date(trouble.visitedAt).toISOString()
  if (state !== undefined) list.add('websiteState', state, { url: trouble.url, retrievedAt })
  return list.facts
}
