import type { Siren } from '../../src/model/siren.ts'
import type { StatedFact } from '../../src/store/fact-values.ts'
import type { Source } from '../../src/store/sources.ts'
import { redactPersonalData } from '../../src/text/redact.ts'
import { createNearDuplicates, simhash } from '../crawl/near-duplicate.ts'
import { directives } from '../crawl/robots-directives.ts'
import type { Finding } from '../extract/extractor.ts'
import { EXTRACTORS_VERSION } from '../extract/extractors.ts'
import type { PageDocument } from '../extract/page-document.ts'
import { factList } from './connector.ts'
import { siteFindings } from './site-findings.ts'
import { type SiteIdentity, sirensIn } from './site-identity.ts'
import type { Missing, SitePage } from './site-page.ts'

/** A company's own site as a source: pages read → facts that the company declares. */

/** How facts are made of findings. */
export const SITE_EXTRACTOR = 'site/2'
/** Everything that decides what facts a page gives: another text when any extractor changes. */
export const SITE_READING = `${SITE_EXTRACTOR} ${EXTRACTORS_VERSION}`

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

/** Pages about the site, not about what the firm does: read for its number only. */
const LEGAL_PAGE =
  /mentions?-?legales?|legal|cgu|cgv|conditions-generales|confidentialite|privacy|cookies?|rgpd|gdpr|terms|donnees-personnelles/i

const MAX_PASSAGES = 40
const MAX_TITLE = 200

/** A stored page and its document, cut to what the facts need. */
export const sitePage = (
  page: { readonly url: string; readonly finalUrl: string; readonly fetchedAt: string; readonly isHome: boolean },
  headers: Readonly<Record<string, string>>,
  document: PageDocument,
  findings: readonly Finding[] = [],
): SitePage => {
  const { noindex, nosnippet } = directives(headers, document.robots, ROBOT)
  const foreign =
    document.language === undefined &&
    document.declaredLanguage !== undefined &&
    !['fr', 'en'].includes(document.declaredLanguage)
  const unquotable = noindex || nosnippet || foreign
  const mute = unquotable || LEGAL_PAGE.test(new URL(page.finalUrl).pathname)
  return {
    url: page.finalUrl,
    fetchedAt: page.fetchedAt,
    isHome: page.isHome,
    title: document.title?.slice(0, MAX_TITLE) ?? '',
    findings: unquotable ? [] : findings,
    passages: mute
      ? []
      : document.passages.slice(0, MAX_PASSAGES).map(passage => redactPersonalData(passage.text).trim()),
    fingerprint: simhash(document.text),
    sirens: sirensIn(document.blocks.map(block => block.text).join('\n')),
  }
}

const record = (identity: SiteIdentity): string =>
  identity.kind === 'shown' ? `SIREN: ${identity.url}` : 'SIREN not shown on the site'

/**
 * The facts a site states of its company: a `text` a page, without repeated pages and passages; what the extractors
 * found, each once; a tagline and a description where no other source has one. All declared, with the page's address
 * and date.
 */
export const siteFacts = (
  siren: Siren,
  identity: SiteIdentity,
  pages: readonly SitePage[],
  missing: Missing,
): readonly StatedFact[] => {
  const list = factList({ siren, evidence: 'declared', record: record(identity) })
  const duplicates = createNearDuplicates()
  const addFindings = siteFindings(siren, missing)
  const seen = new Set<string>()
  const urls = new Set<string>()
  // The home page first: of pages that repeat each other, the one nearest to it is kept.
  const ordered = pages.toSorted((a, b) => Number(b.isHome) - Number(a.isHome) || (a.url < b.url ? -1 : 1))
  for (const page of ordered) {
    if (urls.has(page.url)) continue
    urls.add(page.url)
    addFindings(list, page)
    if (page.fingerprint !== undefined) {
      if (duplicates.find(page.fingerprint) !== undefined) continue
      duplicates.add(page.fingerprint, page.url)
    }
    const passages = page.passages.filter(text => text !== '' && seen.size < seen.add(text).size)
    const where = { url: page.url, retrievedAt: page.fetchedAt }
    if (passages.length > 0) {
      list.add('text', { kind: 'page', title: page.title, url: page.url, passages }, where)
    }
  }
  return list.facts
}
