import type { FrozenFact } from '../model/dossier.ts'
import type { Fact } from '../model/fact.ts'

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The texts of a site are hundreds of times the rest: what is quoted of them stands with the results. */
const withoutPassages = (value: unknown): unknown => {
  if (!isRecord(value)) return value
  const { passages: _, ...kept } = value
  return kept
}

/** A fact as a dossier keeps it: without the SIREN of its supplier and the passages of a page. */
export const frozenFact = ({ siren: _, ...fact }: Fact): FrozenFact =>
  fact.property === 'text' ? { ...fact, value: withoutPassages(fact.value) } : fact
