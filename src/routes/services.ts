import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import type { Config } from '../config.ts'
import type { Corrections } from '../corrections/create-corrections.ts'
import type { Dossiers } from '../dossiers/dossiers.ts'
import type { Searcher } from '../engine/engine.ts'
import type { IndexRepair } from '../index-repair.ts'
import type { Search } from '../search/search.ts'
import type { Tenders } from '../search/tender/tenders.ts'
import type { CatalogueReader } from '../store/catalogue.ts'
import type { CrawlCounts } from '../store/crawl-counts.ts'
import type { ProfileChanges } from '../store/profile-changes.ts'
import type { VisibilityPorts } from './visibility-ports.ts'

/** The application, with handlers typed by their schemas. */
export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

/** All that the routes are handed. */
export interface Services {
  readonly config: Config
  readonly search: Search
  readonly catalogue: CatalogueReader
  /** The analysis of tenders; without it their route answers 503. */
  readonly tenders?: Tenders
  /** Frozen dossiers; without them their routes answer 503. */
  readonly dossiers?: Dossiers
  /** Requests of firms about their profiles; without them their routes answer 503. */
  readonly corrections?: Corrections
  /** What changed in profiles, for feeds; without it a profile is dated by its newest source. */
  readonly changes?: ProfileChanges
  /** The mirror of a firm; without it ranks are missing from its page, and the API answers 503. */
  readonly visibility?: VisibilityPorts
  readonly engine: Pick<Searcher, 'state'>
  /** Changes that the live index has not applied yet; 0 when absent. */
  readonly pendingChanges?: () => number
  /** Why changes cannot be applied to the live index, while they cannot. */
  readonly syncTrouble?: () => string | undefined
  /** What is damaged of the live index, and what is done about it; nothing is when absent. */
  readonly indexRepair?: Pick<IndexRepair, 'state' | 'counts'>
  /** Profiles that the engine has refused; 0 when absent. */
  readonly deadLetters?: () => number
  /** How far the crawl is; nothing was crawled when absent. */
  readonly crawlProgress?: () => CrawlCounts | undefined
  /** Where the log goes; standard output when absent. */
  readonly logStream?: { write(line: string): void }
}
