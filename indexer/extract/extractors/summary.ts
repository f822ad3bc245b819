import type { Extractor, SitePageContent } from '../extractor.ts'
import { descriptionOf } from './description.ts'
import { isHomePage, pathParts } from './page-links.ts'
import { taglineOf } from './tagline.ts'

const ABOUT_PATH =
  /^(?:a-?propos(?:-de-.{1,30})?|qui-sommes-nous(?:-.{1,20})?|about(?:-us)?|notre-(?:histoire|entreprise|societe|cooperative|equipe|mission|projet|metier)|l-?(?:entreprise|equipe|atelier|association)|la-(?:societe|cooperative|boite|scop|scic)|entreprise|societe|cooperative|coop|la-coop|company|groupe|le-groupe|equipe|l-?histoire|histoire|notre-(?:adn|groupe|raison-d-etre|demarche)|manifeste|le-projet|presentation|nous-connaitre|nous|our-story|who-we-are|la-maison|qui-est-.{1,30}|mission)$/
const isAbout = ({ url }: SitePageContent): boolean => ABOUT_PATH.test(pathParts(url).at(-1) ?? '')

/** What the firm says it does: one sentence and a paragraph, from its home page, the paragraph also from its about page. */
export const summary: Extractor = {
  name: 'summary',
  version: 1,
  find: page => {
    if (isHomePage(page)) return [...taglineOf(page), ...descriptionOf(page)]
    return isAbout(page) ? descriptionOf(page) : []
  },
}
