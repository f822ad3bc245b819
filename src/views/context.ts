import type { Language } from '../model/language.ts'
import type { Near, SearchParameters } from '../model/query.ts'
import type { FacetValue, SearchResult } from '../model/search-result.ts'
import type { SourceStatus, Status } from '../model/status.ts'
import type { SupplierRecord } from '../model/supplier.ts'

/** What every page knows besides its own subject. */
export interface PageContext {
  readonly language: Language
  /** Path without the language prefix, with its query string ("/recherche?q=x"): where the page's twin is. */
  readonly path: string
  readonly status: Status
  /** Public address of the service without a final slash; canonical links and examples need it. */
  readonly baseUrl?: string | undefined
}

/** An error may strike before the status is known. */
export type ErrorContext = Omit<PageContext, 'status'> & { readonly status?: Status | undefined }

export interface Problem {
  readonly status: number
  readonly title: string
  readonly detail: string
}

export interface HomeView {
  /** The theme facet of an empty search; without it the wall shows no counts. */
  readonly themes?: readonly FacetValue[] | undefined
}

export interface SearchView {
  readonly parameters: SearchParameters
  readonly near?: Near | undefined
  readonly result: SearchResult
}

export interface SupplierView {
  readonly record: SupplierRecord
  readonly sources: readonly SourceStatus[]
  /** Path of the result page that the reader came from, with its language prefix; anything else is ignored. */
  readonly back?: string | undefined
}
