import type { Extractor, Finding, SitePageContent } from '../extractor.ts'
import { anchorOf, excerptOf } from '../sentences.ts'
import { hostingOn } from './hosting-places.ts'

const findHosting = (page: SitePageContent): readonly Finding[] => {
  const findings = new Map<string, Finding>()
  for (const { text, block, countries } of hostingOn(page)) {
    for (const value of countries) {
      if (findings.has(value)) continue
      findings.set(value, {
        property: 'hosting',
        value,
        excerpt: excerptOf(text),
        ...(block === undefined ? {} : anchorOf(block)),
      })
    }
  }
  return [...findings.values()]
}

/** The countries in which the firm says that customers' data or its service are hosted. */
export const hosting: Extractor = { name: 'hosting', version: 1, find: findHosting }
