import type { Siren } from '../../src/model/siren.ts'
import type { StatedFact } from '../../src/store/fact-values.ts'
import type { Source } from '../../src/store/sources.ts'
import { redactPersonalData } from '../../src/text/redact.ts'
import { createNearDuplicates, simhash } from '../crawl/near-duplicate.ts'
import { directives } from '../crawl/robots-directives.ts'
import type { PageDocument } from '../extract/page-document.ts'
import { factList } from './connector.ts'
import { type SiteIdentity, sirensIn } from './site-identity.ts'

/** A company's own site as a source: pages read → facts that the company declares. */

export const SITE_EXTRACTOR = 'site/1'

/** The sites as readers are told of them; invented ones together with the demonstration. */
export const siteSource = (fictitious: boolean): Source => ({
  id: 'site',
  name: fictitious ? 'Sites des entreprises (fictifs)' : 'Sites des entreprises',
  publisher: 'Chaque entreprise, sur son propre site',
  url: '',
  fictitious,
})

/** Product token of the robot, which directives may name. */
export const ROBOT = 'Brique'

/** What the facts need of a page; plain values, small enough to hold a site's hundred at once. */
export interface SitePage {
  readonly url: string
  readonly fetchedAt: string
  readonly isHome: boolean
  readonly title: string
  readonly description: string
  /** Empty where the page may not be quoted, or is a legal notice. */
  readonly passages: readonly string[]
  readonly fingerprint: string | undefined
  readonly sirens: readonly Siren[]
}

/** Pages about the site, not about what the firm does: read for its number only. */
const LEGAL_PAGE =
  /mentions?-?legales?|legal|cgu|cgv|conditions-generales|confidentialite|privacy|cookies?|rgpd|gdpr|terms|donnees-personnelles/i

const MAX_PASSAGES = 40
const MAX_TITLE = 200
const MAX_TAGLINE = 200
const MIN_DESCRIPTION = 80

/** A stored page and its document, cut to what the facts need. */
export const sitePage = (
  page: { readonly url: string; readonly finalUrl: string; readonly fetchedAt: string; readonly isHome: boolean },
  headers: Readonly<Record<string, string>>,
  document: PageDocument,
): SitePage => {
  const { noindex, nosnippet } = directives(headers, document.robots, ROBOT)
  const foreign =
    document.language === undefined &&
    document.declaredLanguage !== undefined &&
    !['fr', 'en'].includes(document.declaredLanguage)
  const mute = noindex || nosnippet || foreign || LEGAL_PAGE.test(new URL(page.finalUrl).pathname)
  return {
    url: page.finalUrl,
    fetchedAt: page.fetchedAt,
    isHome: page.isHome,
    title: document.title?.slice(0, MAX_TITLE) ?? '',
    description: mute ? '' : redactPersonalData(document.description ?? ''),
    passages: mute
      ? []
      : document.passages.slice(0, MAX_PASSAGES).map(passage => redactPersonalData(passage.text).trim()),
    fingerprint: simhash(document.text),
    sirens: sirensIn(document.blocks.map(block => block.text).join('\n')),
  }
}

/** What of the profile is still missing, which the site may state. */
export interface Missing {
  readonly tagline: boolean
  readonly description: boolean
}

const record = (identity: SiteIdentity): string =>
  identity.kind === 'shown' ? `SIREN: ${identity.url}` : 'SIREN not shown on the site'

/**
 * The facts a site states of its company: a `text` a page, without repeated pages and passages; a tagline and a
 * description where no other source has one. All declared, with the page's address and date.
 */
export const siteFacts = (
  siren: Siren,
  identity: SiteIdentity,
  pages: readonly SitePage[],
  missing: Missing,
): readonly StatedFact[] => {
  const list = factList({ siren, evidence: 'declared', record: record(identity) })
  const duplicates = createNearDuplicates()
  const seen = new Set<string>()
  const urls = new Set<string>()
  // The home page first: of pages that repeat each other, the one nearest to it is kept.
  const ordered = pages.toSorted((a, b) => Number(b.isHome) - Number(a.isHome) || (a.url < b.url ? -1 : 1))
  for (const page of ordered) {
    if (urls.has(page.url)) continue
    urls.add(page.url)
    if (page.fingerprint !== undefined) {
      if (duplicates.find(page.fingerprint) !== undefined) continue
      duplicates.add(page.fingerprint, page.url)
    }
    const passages = page.passages.filter(text => text !== '' && seen.size < seen.add(text).size)
    const where = { url: page.url, retrievedAt: page.fetchedAt }
    if (page.isHome && missing.tagline && page.description.length <= MAX_TAGLINE) {
      list.add('tagline', page.description, where)
    }
    if (page.isHome && missing.description) {
      const long = [page.description, ...passages].find(text => text.length >= MIN_DESCRIPTION)
      list.add('description', long, where)
    }
    if (passages.length > 0) {
      list.add('text', { kind: 'page', title: page.title, url: page.url, passages }, where)
    }
  }
  return list.facts
}
