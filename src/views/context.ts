import type { Brick } from '../model/brick.ts'
import type { Language } from '../model/language.ts'
import type { Near, SearchParameters } from '../model/query.ts'
import type { FacetValue, Hit, SearchResult } from '../model/search-result.ts'
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

/** How many suppliers each brick has, by its id. Absent without an index: then no figure is shown. */
export type BrickCounts = ReadonlyMap<string, number>

/** A brick of a list, and the alias, acronym or product that was typed when its label does not say it. */
export interface ListedBrick {
  readonly brick: Brick
  readonly by?: string
}

export interface BricksView {
  /** What is looked for in the vocabulary; empty for all of it. */
  readonly q: string
  /** The id of the only theme that is shown. */
  readonly theme?: string | undefined
  readonly bricks: readonly ListedBrick[]
  readonly counts?: BrickCounts | undefined
}

export interface BrickView {
  readonly brick: Brick
  readonly counts?: BrickCounts | undefined
  /** The first suppliers of the brick. */
  readonly hits: readonly Hit[]
}

/** What each kind of match counts for, as the search layer has it: shares are of 1. */
export interface RankingView {
  readonly fields: Readonly<Record<'name' | 'tags' | 'tagline' | 'description' | 'passages' | 'bricks', number>>
  readonly exact: number
  readonly phrase: number
  /** What a narrower brick gets of the points of the one that was asked for. */
  readonly narrower: number
  readonly completeness: number
  readonly freshness: number
  readonly labelled: number
  readonly ceased: number
  readonly stuffing: number
  /** How many notions must be found when one is asked for, then two, and so on. */
  readonly required: readonly number[]
}
