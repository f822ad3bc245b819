import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import type { Config } from '../config.ts'
import type { Searcher } from '../engine/engine.ts'
import type { Search } from '../search/search.ts'
import type { CatalogueReader } from '../store/catalogue.ts'

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
  readonly engine: Pick<Searcher, 'state'>
  /** Changes that the live index has not applied yet; 0 when absent. */
  readonly pendingChanges?: () => number
  /** Where the log goes; standard output when absent. */
  readonly logStream?: { write(line: string): void }
}
