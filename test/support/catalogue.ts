import { join } from 'node:path'
import type { Test } from 'tap'
import type { Evidence, Fact } from '../../src/model/fact.ts'
import type { Siren } from '../../src/model/siren.ts'
import type { FactProperty, FactValues } from '../../src/model/supplier.ts'
import type { StatedFact } from '../../src/store/fact-values.ts'
import { type Catalogue, openCatalogue } from '../../src/store/open-catalogue.ts'
import type { SourceVersion } from '../../src/store/sources.ts'

/** A fact as a connector would state it. */
export const stated = <P extends FactProperty>(
  siren: Siren,
  property: P,
  value: FactValues[P],
  more: Partial<StatedFact> = {},
): StatedFact => ({ evidence: 'declared', ...more, siren, property, value })

interface Circumstances {
  readonly source?: string
  readonly date?: string
  readonly period?: string
  readonly evidence?: Evidence
  readonly record?: string
}

/** A fact as the catalogue returns it. */
export const fact = <P extends FactProperty>(
  siren: Siren,
  property: P,
  value: FactValues[P],
  { source = 'ilab', date = '2025-01-01', period, evidence = 'attested', record }: Circumstances = {},
): Fact => ({
  siren,
  property,
  value,
  evidence,
  ...(period !== undefined && { period }),
  provenance: {
    source,
    sourceUrl: `https://${source.replace(':', '-')}.example/`,
    sourceDate: date,
    retrievedAt: '2026-01-01T00:00:00Z',
    extractor: `${source}/1`,
    licence: 'Licence Ouverte 2.0',
    ...(record !== undefined && { record }),
  },
})

/** A version of a source, told from others by its digest. */
export const version = (id: string, digest: string, more: Partial<SourceVersion> = {}): SourceVersion => ({
  source: { id, name: `Source ${id}`, publisher: 'Éditeur', url: `https://${id}.example/`, fictitious: id === 'demo' },
  digest,
  reading: 'reading',
  extractor: `${id}/1`,
  date: '2025-01-01',
  url: `https://${id}.example/`,
  licence: 'Licence Ouverte 2.0',
  importedAt: '2026-01-01T00:00:00.000Z',
  ...more,
})

/** An empty catalogue in a folder of the test's own, closed at its end. */
export const emptyCatalogue = (t: Test): Catalogue & { readonly path: string } => {
  const path = join(t.testdir(), 'catalogue.db')
  const catalogue = openCatalogue(path)
  t.teardown(() => catalogue.close())
  return { ...catalogue, path }
}

/** Facts into a new version, live and merged. */
export const load = (catalogue: Catalogue, of: SourceVersion, facts: readonly StatedFact[]): void => {
  const staging = catalogue.stage(of)
  catalogue.add(staging, facts)
  catalogue.switch(staging)
  catalogue.mergeStale()
  catalogue.cleanUp()
}
