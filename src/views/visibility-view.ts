import type { Location, Supplier } from '../model/supplier.ts'
import type { Visibility } from '../model/visibility.ts'

/** Pages of the service that exist beside the mirror; one that is absent is not linked. */
export interface MirrorLinks {
  readonly correct?: string
  readonly submit?: string
  readonly feed?: string
}

/** What the page of one firm is given. */
export interface MirrorView {
  readonly visibility: Visibility
  readonly location: Location
  /** False when the engine could not answer: the rest of the page stands. */
  readonly ranked: boolean
  readonly links: MirrorLinks
}

/** What the entry page is given: nothing yet, a choice, or a firm that nobody knows. */
export interface MirrorEntryView {
  /** What the reader typed. */
  readonly firm: string
  readonly suppliers: readonly Supplier[]
  /** It was looked for and not found. */
  readonly unknown: boolean
  readonly links: MirrorLinks
}

/** Where a firm's mirror is, without the language prefix. */
export const mirrorPath = (siren: string): string => `/visibilite/${siren}`
