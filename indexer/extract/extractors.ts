import type { Extractor, Finding, SitePageContent } from './extractor.ts'
import { accessibility } from './extractors/accessibility.ts'
import { certifications } from './extractors/certifications.ts'
import { contact } from './extractors/contact.ts'
import { customers } from './extractors/customers.ts'
import { hosting } from './extractors/hosting.ts'
import { labels } from './extractors/labels.ts'
import { languages } from './extractors/languages.ts'
import { offers } from './extractors/offers.ts'
import { openSource } from './extractors/open-source.ts'
import { pricing } from './extractors/pricing.ts'
import { registration } from './extractors/registration.ts'
import { signsOfLife } from './extractors/signs-of-life.ts'
import { sovereignty } from './extractors/sovereignty.ts'
import { structured } from './extractors/structured.ts'
import { summary } from './extractors/summary.ts'
import { trainingSupport } from './extractors/training-support.ts'

/** Every extractor, in the order in which their facts are listed. */
export const EXTRACTORS: readonly Extractor[] = [
  summary,
  offers,
  customers,
  certifications,
  labels,
  hosting,
  sovereignty,
  openSource,
  languages,
  pricing,
  accessibility,
  trainingSupport,
  contact,
  signsOfLife,
  registration,
  structured,
]

/** Names the rules of all: another text when any extractor's version changes. */
export const EXTRACTORS_VERSION: string = EXTRACTORS.map(({ name, version }) => `${name}/${version}`).join(' ')

const keyOf = ({ property, value }: Finding): string => JSON.stringify([property, value])

/** Everything that a page states, each value once. */
export const findAll = (page: SitePageContent): readonly Finding[] => {
  const findings = EXTRACTORS.flatMap(extractor => extractor.find(page))
  return [...new Map(findings.toReversed().map(finding => [keyOf(finding), finding])).values()].toReversed()
}
