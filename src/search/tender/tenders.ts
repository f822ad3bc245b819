import type { DocumentText } from '../../model/document.ts'
import type { Language } from '../../model/language.ts'
import type { Filters, Near } from '../../model/query.ts'
import type { RangeParameters } from '../../model/ranges.ts'
import type { Siren } from '../../model/siren.ts'
import type { BrickStatus, CriteriaWeights, TenderResult } from '../../model/tender.ts'

/** What a writer has chosen, beside the text. */
export interface TenderChoices {
  readonly filters: Filters
  readonly ranges?: RangeParameters
  readonly weights: CriteriaWeights
  /** Where suppliers should be near, for the criterion of proximity alone: it filters nobody. */
  readonly near?: Near | undefined
  /** The writer's own word on a brick, over what was read. */
  readonly statuses: ReadonlyMap<string, BrickStatus>
  /** Suggested terms that were ticked, or typed. */
  readonly terms: readonly string[]
  /** "It lacks one brick": what is looked for, and the suppliers it must go with. */
  readonly missing?: { readonly text: string; readonly chosen: readonly Siren[] } | undefined
}

/** Analyses tenders: pure of any state, nothing of a text outlives the answer. */
export interface Tenders {
  analyse(
    document: DocumentText,
    choices: TenderChoices,
    language: Language,
    options?: { readonly signal?: AbortSignal },
  ): Promise<TenderResult>
}
