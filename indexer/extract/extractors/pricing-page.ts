import type { SitePageContent } from '../extractor.ts'
import { type ClaimFinding, claim, firstOfEach } from './claim-finding.ts'
import { plain } from './folded-text.ts'
import { codeOfName } from './language-names.ts'
import { isSameSite, pathOf } from './own-site.ts'

const PATH =
  /\/(?:nos-|les-|grille-de-|offres?-(?:et-)?|solutions-et-|abonnements?-et-|plans-(?:and-|et-))?(?:tarifs?|prix|pricing|tarification|prices|price-list|tarifs?-(?:et|&)-[a-z]+|grille-tarifaire|nos-formules|plans|abonnements)(?:\.(?:html?|php|aspx?))?\/?$/

const TEXT =
  /^(?:(?:voir|consulter|decouvrir|comparer|decouvrez|see|view|our|compare|check|tous|toute|nos|les|le|la|notre|offres?|abonnements?|formules|plans|fonctionnalites|grille de|et|&|and|the|full|all) ?)*\b(?:tarifs?|prix|pricing|tarification|grille tarifaire|prices|price list|plans (?:and|&) pricing)(?: (?:et|&|and) (?:abonnements?|formules|offres?|options|plans|devis|licences))?(?: [>→»›])?$/

/** Downloads, articles and forms that only have the word. */
const NOT_PAGE =
  /\.(?:pdf|docx?|xlsx?|odt|ods|zip|png|jpe?g)$|\/(?:blog|actualites?|actus?|news|articles?|presse|tag|category|categorie)\/|contact|devis|\/quote/

/** A page of products or services that gives their prices: "Sondes et tarifs", "Combien ça coûte". */
const WITH_PRICES =
  /^(?:[a-z' -]{2,30} (?:et|&|and) (?:nos |les |leurs? |our )?(?:tarifs?|prix|pricing|prices)|(?:et )?combien (?:ca|cela|est-ce que ca) coute(?: \?)?|combien \?)$/

const normal = (url: string): string => url.replace(/\/$/, '')

const isPricing = (url: string, text: string): boolean => {
  const path = pathOf(url)
  return !NOT_PAGE.test(path) && (PATH.test(path) || TEXT.test(text) || WITH_PRICES.test(text))
}

/** Whether the page itself is the firm's price list. */
export const isPricingPage = ({ url, isHome, document }: SitePageContent): boolean => {
  const path = pathOf(url)
  if (isHome || NOT_PAGE.test(path)) return false
  const heading = plain(document.headings.find(({ level }) => level === 1)?.text ?? '')
  const [title = ''] = plain(document.title ?? '').split(/ [|–—·-] | : /)
  // A menu that leads here under such a name says the same of a page without a heading.
  const isNamed = document.links.some(link => normal(link.url) === normal(url) && isPricing(link.url, plain(link.text)))
  return isNamed || PATH.test(path) || [heading, title].some(words => TEXT.test(words) || WITH_PRICES.test(words))
}

/** The price list of the same site: the page itself, or what it links to. A section of the page is none. */
export const pricingPages = (page: SitePageContent): readonly ClaimFinding[] => {
  const own = page.url.split('#', 1)[0]!
  const self = isPricingPage(page)
    ? [claim('pricing-page', own, page.document.headings[0]?.text ?? page.document.title ?? own)]
    : []
  const linked = page.document.links.flatMap(({ url, text }) => {
    const words = plain(text)
    const isOther = normal(url) !== normal(own) && pathOf(url) !== '/'
    const isTranslation = codeOfName(words) !== undefined || /^[a-z]{2}$/.test(words)
    return isOther && !isTranslation && isSameSite(url, page) && isPricing(url, words)
      ? [claim('pricing-page', url, text || url)]
      : []
  })
  const seen = new Set<string>()
  return firstOfEach([...self, ...linked]).filter(({ value }) => {
    const key = normal(value.value)
      .replace(/^https?:\/\/(?:www\.)?/, '')
      .replace(/\?.*$/, '')
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}
