import type { ClaimValue } from '../../src/model/claim.ts'
import type { Siren } from '../../src/model/siren.ts'
import { redactPersonalData } from '../../src/text/redact.ts'
import type { Finding } from '../extract/extractor.ts'
import type { FactList } from './connector.ts'
import type { Missing, SitePage } from './site-page.ts'

/** The findings of a site's pages → its supplier's facts, each once. */

/** What registers and awards say better, and a site only where nothing else does. */
const isMissing = (property: Finding['property'], missing: Missing): boolean =>
  (property !== 'tagline' || missing.tagline) && (property !== 'description' || missing.description)

/** Properties of which the page nearest to the home page has the say. */
const SINGLE: ReadonlySet<Finding['property']> = new Set(['tagline', 'description', 'founded'])

/** A number that is somebody else's says nothing about this supplier. */
const isOwnNumber = (siren: Siren, { kind, value }: ClaimValue): boolean => {
  if (kind === 'siren') return value === siren
  if (kind === 'siret') return value.startsWith(siren)
  return kind !== 'vat' || value.endsWith(siren)
}

const isOwn = (siren: Siren, page: SitePage, finding: Finding): boolean => {
  if (finding.property !== 'claim') return true
  // Written before it was read: an announced date is no sign of life.
  if (finding.value.kind === 'news' && finding.value.value > page.fetchedAt.slice(0, finding.value.value.length))
    return false
  return isOwnNumber(siren, finding.value)
}

const keyOf = ({ property, value }: Finding): string =>
  SINGLE.has(property) ? property : JSON.stringify([property, value]).toLowerCase()

const withAnchor = (url: string, anchor: string | undefined): string =>
  anchor === undefined ? url : `${url.split('#', 1)[0]}#${encodeURIComponent(anchor)}`

/** Adds what a page states to the facts of the site's supplier; pages come with the one that counts most first. */
export const siteFindings = (siren: Siren, missing: Missing): ((list: FactList, page: SitePage) => void) => {
  const seen = new Set<string>()
  return (list, page) => {
    for (const finding of page.findings) {
      const { property, value, excerpt, anchor, period } = finding
      const key = keyOf(finding)
      if (!isMissing(property, missing) || !isOwn(siren, page, finding) || seen.has(key)) continue
      seen.add(key)
      const where = {
        url: withAnchor(page.url, anchor),
        retrievedAt: page.fetchedAt,
        excerpt: redactPersonalData(excerpt),
        ...(period !== undefined && { period }),
      }
      list.add(property, value, where)
      if (finding.property === 'claim' && finding.value.public === true && !seen.has('publicReference')) {
        seen.add('publicReference')
        list.add('publicReference', true, where)
      }
    }
  }
}
