import type { Connector } from './connector.ts'
import { demo } from './demo.ts'
import { file } from './file.ts'
import { ilab } from './ilab.ts'
import { inov } from './inov.ts'

/**
 * The connector of each source of `seed/sources.json`, by its id. The register `sirene` has its own (`indexer/sirene`):
 * what it reads depends on the catalogue.
 */
export const CONNECTORS: Readonly<Record<string, Connector>> = { ilab, inov, file, demo }
