import { createHash } from 'node:crypto'
import { Check } from 'typebox/value'
import { Declared } from '../model/correction.ts'
import type { Siren } from '../model/siren.ts'
import type { FactProperty, FactValues } from '../model/supplier.ts'
import type { StatedFact } from '../store/fact-values.ts'
import type { SourceVersion } from '../store/sources.ts'

/** Declarations of a firm → the facts of its own source. */

const EXTRACTOR = 'correction/1'

/** Under which the firm publishes what it declares: it is told so before it sends anything. */
const LICENCE = 'Licence Ouverte 2.0'

/** All versions together: of each field the latest word. What the store holds was checked before it came there. */
export const foldDeclarations = (contents: readonly unknown[]): Declared =>
  Object.assign({}, ...contents.filter(content => Check(Declared, content)))

/** The facts that a firm declares, evidence "declared". Empty texts and lists state nothing. */
export const declarationFacts = (siren: Siren, declared: Declared): readonly StatedFact[] => {
  const facts: StatedFact[] = []
  const add = <P extends FactProperty>(property: P, value: FactValues[P] | undefined): void => {
    if (value !== undefined && value !== '') facts.push({ siren, property, value, evidence: 'declared' })
  }
  add('tagline', declared.tagline)
  add('description', declared.description)
  add('website', declared.website)
  if (declared.commune !== undefined && declared.commune !== '') add('location', { commune: declared.commune })
  for (const role of declared.roles ?? []) add('role', role)
  for (const tag of declared.tags ?? []) add('tag', tag)
  for (const brick of declared.bricks ?? []) add('brick', brick)
  for (const offer of declared.offers ?? []) add('offer', { ...offer, bricks: [] })
  return facts
}

/** The version of the firm's source that holds what it declares at a moment. */
export const declarationVersion = (declared: Declared, site: string, at: string): Omit<SourceVersion, 'source'> => ({
  digest: createHash('sha256').update(JSON.stringify(declared)).digest('hex'),
  reading: EXTRACTOR,
  extractor: EXTRACTOR,
  date: at.slice(0, 10),
  url: site,
  licence: LICENCE,
  importedAt: at,
})
