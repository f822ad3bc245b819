import type { Fact } from '../../model/fact.ts'
import type { ExportedHit, ExportView } from './context.ts'

/** The properties that the tables show: texts of pages are long, and stand in the profile's own JSON. */
const EXPORTED: ReadonlySet<string> = new Set([
  'name',
  'location',
  'sizeCategory',
  'headcount',
  'state',
  'website',
  'websiteState',
  'tagline',
  'brick',
  'label',
  'certification',
])

const fact = ({ property, value, evidence, period, provenance }: Fact) => ({
  ...{ property, value, evidence, period },
  ...provenance,
})

/** A result as `GET /api/search` gives it, with its rank and the facts behind it; passages stay HTML. */
const line = ({ rank, hit, record }: ExportedHit): string =>
  JSON.stringify({ rank, ...hit, facts: record?.facts.filter(each => EXPORTED.has(each.property)).map(fact) ?? [] })

/** One JSON object a line (jsonlines.org). */
export const toJsonLines = ({ hits }: Pick<ExportView, 'hits'>): string => hits.map(each => `${line(each)}\n`).join('')
