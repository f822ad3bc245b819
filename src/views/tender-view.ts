import type { Filters } from '../model/query.ts'
import type { RangeParameters } from '../model/ranges.ts'
import type { BrickStatus, CriteriaWeights, TenderResult } from '../model/tender.ts'

/** What the tender page is given. Without a result it is the form alone. */
export interface TenderView {
  readonly result?: TenderResult
  /** The text as the form carries it back. */
  readonly text?: string
  /** The name of the file, as the reader's browser gave it. */
  readonly fileName?: string | undefined
  readonly choices?: TenderViewChoices
  /** Why nothing was analysed. */
  readonly problem?: { readonly detail: string }
}

/** What the writer chose, to be shown as chosen. */
export interface TenderViewChoices {
  readonly filters: Filters
  readonly ranges?: RangeParameters
  readonly weights: CriteriaWeights
  readonly near?: { readonly label: string } | undefined
  readonly statuses: ReadonlyMap<string, BrickStatus>
  readonly terms: readonly string[]
  readonly missing?: { readonly text: string; readonly chosen: readonly string[] } | undefined
}

/** Controls all over the page join the one form by this id: nothing needs script. */
export const TENDER_FORM = 'analyse'

/** A view with its result: what the parts of the result page are given. */
export interface AnalysedView extends TenderView {
  readonly result: TenderResult
  readonly choices: TenderViewChoices
}

/** Where the evidence of a cell stands. */
export const proofId = (siren: string, column: number): string => `p-${siren}-${column}`
