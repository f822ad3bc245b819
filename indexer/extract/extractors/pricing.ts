import type { Extractor, SitePageContent } from '../extractor.ts'
import { type ClaimFinding, claim, firstOfEach } from './claim-finding.ts'
import { plain } from './folded-text.ts'
import { isJobsPage, isLegalPage, pathOf, subjectOf } from './own-site.ts'
import { announcesPrice, isAboutOthers, isOtherMoney, speaksOfOtherMoney } from './price-context.ts'
import { isBareTag } from './price-name.ts'
import { offerPrices } from './price-offers.ts'
import { MAX_TAG, type Tagged, taggedIn, unitOfCell, unitOfTag } from './price-tags.ts'
import { bareAmount, pricesIn } from './price-text.ts'
import { isPricingPage, pricingPages } from './pricing-page.ts'
import { isStoryPage } from './story-page.ts'

/** Nobody publishes the price of what costs more. */
const MAX_AMOUNT = 500_000

/** Pages that sell things: an amount that stands alone there is a price. */
const SELLING =
  /tarif|prix|pricing|produit|product|boutique|shop|store|catalogue|offre|formules?|abonnement|plans\b|services?\b|formations?\b|capteur|materiel|solutions?\b/

/** Whether the page is a price list, else one that sells or tells. */
type Selling = 'list' | 'shop' | 'story' | 'no'

/** What an article must say for an amount to be the firm's price. */
const FIRM_SELLS =
  /\b(?:h\.?t|ttc)\b|hors taxes|\ba partir de\b|\bnos? (?:tarif|prix|offre|abonnement)|\bnotre (?:tarif|prix|offre|abonnement)|\babonnements?\b|\bau prix de\b|\bpropose\w* (?:a|au)\b|\bvendue?s?\b|\bcommercialise|\bour (?:price|plan|subscription)|\bstarts? at\b/

/** Whether a sentence states the firm's prices at all, or holds amounts of another kind. */
const isOffer = ({ around, block, header }: Tagged, words: string, unit: string, isSelling: Selling): boolean => {
  const heading = plain(block.heading ?? '')
  if (isSelling === 'story') return FIRM_SELLS.test(words) && announcesPrice(words)
  if (announcesPrice(words) || header !== '') return true
  if (isSelling === 'list' && unit !== '') return true
  const isTag = words.length <= MAX_TAG
  if (announcesPrice(heading)) return isTag || unit !== ''
  // A key figure ("12 000 €", then "économisés par an") looks like a tag too.
  if (!isTag || speaksOfOtherMoney(around()) || speaksOfOtherMoney(heading)) return false
  return unit !== '' || isSelling !== 'no' || announcesPrice(around())
}

const pricesOf = (tagged: Tagged, isSelling: Selling): readonly ClaimFinding[] => {
  const { text, block, header, name } = tagged
  if (header === '' && !/€|eur/i.test(text)) return []
  const words = plain(text)
  if (/\?\s*$/.test(words) || isAboutOthers(plain(block.heading ?? ''))) return []
  // "Facture de gaz" opens a row of what a customer paid.
  if (
    /\b(?:factures?|depens\w+|econom\w+|gains?|budgets?|subvention\w*|salaires?|avant|apres|remises?|reductions?)\b/.test(
      header,
    )
  )
    return []
  const bare = /€|\beur|\bht\b/.test(header.split(' | ', 1)[0] ?? '') ? bareAmount(text) : undefined
  if (bare !== undefined) return [claim('price', `${bare} EUR${unitOfCell('', header)}`, `${name()} ${text}`, block)]
  const prices = pricesIn(words)
  const excerpt = prices.length > 0 && isBareTag(words, prices) ? `${name()} ${text}` : text
  return prices
    .filter(({ amount }) => Number(amount) < MAX_AMOUNT)
    .filter(({ start, end, unit }) => !isOtherMoney(words, start, end) && isOffer(tagged, words, unit, isSelling))
    .map(({ amount, unit }) =>
      claim('price', `${amount} EUR${unitOfTag(unitOfCell(unit, header), words, tagged)}`, excerpt, block),
    )
}

/** The amount and the units of a canonical price. */
const partsOf = ({ value }: ClaimFinding): readonly string[] => value.value.split(/ EUR\/?|\//).filter(Boolean)

/** Each price once, without those that another place of the page gives with more of their unit. */
const preciseOnly = (prices: readonly ClaimFinding[]): readonly ClaimFinding[] => {
  const byAmount = Map.groupBy(firstOfEach(prices), price => partsOf(price)[0])
  const isPart = (parts: readonly string[], whole: readonly string[]): boolean =>
    whole.length > parts.length && parts.every(part => whole.includes(part))
  return [...byAmount.values()].flatMap(same =>
    same.filter(price => !same.some(other => isPart(partsOf(price), partsOf(other)))),
  )
}

const MAX_BASKET = 25
/** A basket to put things in: every page of such a site sells. */
const BASKET = /^(?:(?:mon|votre|voir le|le) )?panier\b|^(?:(?:your|my|view) )?(?:cart|basket)\b/

const sellingOf = (page: SitePageContent): Selling => {
  if (isPricingPage(page)) return 'list'
  if (isStoryPage(page)) return 'story'
  const isShop =
    SELLING.test(`${pathOf(page.url)} ${subjectOf(page)}`) ||
    page.document.blocks.some(
      ({ text }) => text.length <= MAX_BASKET && /panier|cart|basket/i.test(text) && BASKET.test(plain(text)),
    )
  return isShop ? 'shop' : 'no'
}

const find = (page: SitePageContent): readonly ClaimFinding[] => {
  const pages = pricingPages(page)
  // Salaries, late fees and the capital are what such pages name.
  if (isJobsPage(page) || isLegalPage(page)) return pages
  const isSelling = sellingOf(page)
  const shown = taggedIn(page).flatMap(tagged => pricesOf(tagged, isSelling))
  return firstOfEach([...preciseOnly([...shown, ...offerPrices(page)]), ...pages])
}

/** The prices that the firm asks, in euros, and the page that lists them. */
export const pricing: Extractor = { name: 'pricing', version: 1, find }
