import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Supplier } from '../../src/model/supplier.ts'
import { type Catalogue, openCatalogue } from '../../src/store/open-catalogue.ts'
import { createCorpus } from '../bench/search/corpus.ts'
import { load, stated, version } from '../support/catalogue.ts'

/** Invented suppliers, the same at each call, made once. */
export const corpusOf = (count: number): readonly Supplier[] => {
  const corpus = createCorpus()
  return Array.from({ length: count }, (_, n) => corpus.supplier(n))
}

export interface State {
  readonly folder: string
  readonly catalogue: Catalogue
}

/** A state folder with an empty catalogue. */
export const newState = (): State => {
  const folder = mkdtempSync(join(tmpdir(), 'brique-cluster-'))
  return { folder, catalogue: openCatalogue(join(folder, 'catalogue.db')) }
}

/** Gives every supplier of the catalogue a name and a description that says its edition: as many changes. */
export const loadEdition = (catalogue: Catalogue, suppliers: readonly Supplier[], edition: string): void =>
  load(
    catalogue,
    version('list', edition),
    suppliers.flatMap(({ siren, name }) => [
      stated(siren, 'name', name),
      stated(siren, 'description', `Capteurs connectés, édition ${edition}`),
    ]),
  )
