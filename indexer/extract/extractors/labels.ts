import { labelName } from '../../../src/model/facets.ts'
import type { Extractor, Finding, SitePageContent } from '../extractor.ts'
import { foldInPlace } from './claim-context.ts'
import { datesIn } from './dates.ts'
import { type Distinction, distinctionsOn } from './distinctions.ts'
import { labelsIn } from './label-names.ts'

/** As the registers of these programmes name them, so that a claim and its attestation read alike. */
const LAUREATES: Readonly<Record<string, string>> = {
  'i-lab': 'Lauréat i-Lab',
  'i-nov': 'Lauréat i-Nov',
  'i-phd': 'Lauréat i-PhD',
}

const NEAR = 60

/** The year nearest to the name: "i-Lab 2021", "lauréate en 2021 du concours i-Lab". */
const yearOf = ({ about, details, excerpt }: Distinction): string | undefined => {
  const after = datesIn(about.slice(0, NEAR))[0]?.value
  if (after !== undefined) return after.slice(0, 4)
  if (details.issued !== undefined) return details.issued.slice(0, 4)
  const near = datesIn(excerpt)
  return near.length === 1 && labelsIn(excerpt).length === 1 ? near[0]?.value.slice(0, 4) : undefined
}

const labelOf = (distinction: Distinction): Finding => {
  const { id, excerpt, anchor } = distinction
  const period = yearOf(distinction)
  return {
    property: 'label',
    value: { id, name: LAUREATES[id] ?? labelName(id) },
    excerpt,
    ...(anchor === undefined ? {} : { anchor }),
    ...(period === undefined ? {} : { period }),
  }
}

/** The French Tech is a community too, whose events and programmes firms name without being part of it. */
const isOwnFact = (each: Distinction): boolean =>
  each.id !== 'french-tech' ||
  /labell|membre|member|laureat|logo|label|winner/.test(foldInPlace(each.excerpt)) ||
  each.excerpt.length < 40

const findLabels = (page: SitePageContent): readonly Finding[] =>
  distinctionsOn(page, labelsIn).filter(isOwnFact).map(labelOf)

/** Awards and statuses that the firm says it has: laureate of i-Lab, ESUS, société à mission, French Tech … */
export const labels: Extractor = { name: 'labels', version: 1, find: findLabels }
