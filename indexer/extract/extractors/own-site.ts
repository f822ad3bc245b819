import { memoisedPhrases } from '../../../src/text/memo.ts'
import type { SitePageContent } from '../extractor.ts'
import { plain } from './folded-text.ts'

const hostOf = memoisedPhrases((url: string): string => (URL.parse(url)?.hostname ?? '').replace(/^www\./, ''), 200)

/** The path of an address without accents or capitals; empty when it is no address. */
export const pathOf: (url: string) => string = memoisedPhrases(url => plain(URL.parse(url)?.pathname ?? ''), 200)

/** Whether an address is on the page's site: its host, one below it, or the one it is below. */
export const isSameSite = (url: string, page: Pick<SitePageContent, 'url'>): boolean => {
  const [host, own] = [hostOf(url), hostOf(page.url)]
  return host !== '' && (host === own || host.endsWith(`.${own}`) || own.endsWith(`.${host}`))
}

/** The page's own heading and title, which say what it is about. */
export const subjectOf = ({ document }: SitePageContent): string =>
  plain(`${document.headings.find(({ level }) => level === 1)?.text ?? ''} | ${document.title ?? ''}`)

const JOBS_PATH =
  /\/(?:[^/]*-)?(?:recrutements?|carrieres?|emplois?|jobs?|careers?|offres?-d-?emploi|rejoindre|rejoignez|alternances?|stages?|hiring|vacanc(?:y|ies)|join-us)(?:[-/.]|$)/
const JOBS_SUBJECT =
  /recrut|carriere|offres? d'emploi|nous rejoindre|rejoindre (?:l'|notre |une )equipe|rejoignez[- ](?:nous|l'equipe|notre equipe)|\bjobs?\b|\bcareers?\b|join us|hiring|\bcdi\b|\bstage\b|alternance|\b[fh] ?\/ ?[hf]\b/

/** Whether a page speaks to those who look for a job: what it asks and promises concerns them, not customers. */
export const isJobsPage = (page: SitePageContent): boolean =>
  !page.isHome && (JOBS_PATH.test(pathOf(page.url)) || JOBS_SUBJECT.test(subjectOf(page)))

const LEGAL_PATH =
  /mentions?-?legales|\blegal\b|\/cgv|\/cgu|conditions-|confidentialite|privacy|imprint|impressum|\bterms\b|vie-privee|donnees-personnelles|\/rgpd/

/** Whether a page is a legal notice, general terms or a privacy notice. */
export const isLegalPage = (page: SitePageContent): boolean => LEGAL_PATH.test(pathOf(page.url))
