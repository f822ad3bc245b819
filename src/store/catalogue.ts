import type { Siren } from '../model/siren.ts'
import type { SourceStatus } from '../model/status.ts'
import type { Supplier, SupplierRecord } from '../model/supplier.ts'

/** What a list of addresses needs of a profile. */
export type ListedSupplier = Pick<Supplier, 'siren' | 'updatedAt'>

/** What the service reads from the catalogue. */
export interface CatalogueReader {
  /** A profile with every fact it rests on; `undefined` when no source knows the SIREN. */
  record(siren: Siren): SupplierRecord | undefined
  /** The merged profile alone. */
  supplier(siren: Siren): Supplier | undefined
  /** Live sources, in the order of their names. */
  sources(): readonly SourceStatus[]
  /** SIREN and date of the profiles in the order of SIREN, from the `offset`-th on. */
  listed(offset: number, limit: number): readonly ListedSupplier[]
  counts(): { readonly suppliers: number; readonly named: number }
}

/** A single change that the live index has not applied yet, in the order of `seq`. */
export interface Change {
  readonly seq: number
  readonly siren: Siren
}

/** The outbox that keeps the live index in step with the catalogue (architecture: single changes). */
export interface ChangeLog {
  lastSeq(): number
  changesAfter(seq: number, limit: number): readonly Change[]
}
