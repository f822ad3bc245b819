import type { Siren } from '../../src/model/siren.ts'
import type { FactProperty, FactValues } from '../../src/model/supplier.ts'
import type { StatedFact } from '../../src/store/fact-values.ts'
import type { SourceFile } from './source-file.ts'

/** What a connector makes of one record. */
export type Reading =
  | { readonly kind: 'facts'; readonly facts: readonly StatedFact[] }
  /** A good record of nobody that can be identified: counted, never invented. */
  | { readonly kind: 'no-siren' }
  /** A record that cannot be used; `where` is "file:line". */
  | { readonly kind: 'bad'; readonly where: string; readonly reason: string }

export interface ReadOptions {
  /** Told how many bytes have been read. */
  readonly onBytes?: (bytes: number) => void
  /** Something to tell the operator once, however many records show it. */
  readonly onNote?: (note: string) => void
}

/** A published format → facts, one reading a record, streamed. */
export interface Connector {
  /** Name and version. Raise the version when the same file gives other facts. */
  readonly extractor: string
  readonly read: (file: SourceFile, options?: ReadOptions) => AsyncIterable<Reading>
}

/** What the facts of one record have in common. */
type Common = Pick<StatedFact, 'siren' | 'evidence'> & Partial<Omit<StatedFact, 'property' | 'value'>>

/** Gathers the facts of one record; what the record leaves empty is no fact. */
export interface FactList {
  readonly facts: readonly StatedFact[]
  add<P extends FactProperty>(property: P, value: FactValues[P] | undefined, particular?: Partial<Common>): void
}

/** `common` is what the facts share; `particular` at `add` overrides it. */
export const factList = (common: Common & { readonly siren: Siren }): FactList => {
  const facts: StatedFact[] = []
  return {
    facts,
    add: (property, value, particular) => {
      if (value !== undefined && value !== '') facts.push({ ...common, ...particular, property, value })
    },
  }
}
