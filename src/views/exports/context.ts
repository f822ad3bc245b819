import type { SearchParameters } from '../../model/query.ts'
import type { Hit, SearchResult } from '../../model/search-result.ts'
import type { SupplierRecord } from '../../model/supplier.ts'
import type { PageContext } from '../context.ts'

/** One supplier of an export: why it is there, and the facts behind what is said of it. */
export interface ExportedHit {
  readonly rank: number
  readonly hit: Hit
  /** Absent when it left the catalogue after the search answered. */
  readonly record: SupplierRecord | undefined
  /** When what its profile says changed (ISO 8601); absent where that is not kept. */
  readonly changedAt?: string | undefined
}

/** What every writer of an export is given. */
export interface ExportView {
  readonly parameters: SearchParameters
  readonly result: SearchResult
  readonly hits: readonly ExportedHit[]
}

/** An export needs no twin address; its own links are absolute. */
export interface ExportContext extends Pick<PageContext, 'language' | 'status'> {
  readonly baseUrl: string
}
