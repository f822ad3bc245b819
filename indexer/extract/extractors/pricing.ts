import { splitSentences } from '../../../src/text/passages.ts'
import type { Extractor, SitePageContent } from '../extractor.ts'
import type { PageBlock } from '../page-document.ts'
import { type ClaimFinding, claim, firstOfEach } from './claim-finding.ts'
import { plain } from './folded-text.ts'
import { isJobsPage, isLegalPage, pathOf, subjectOf } from './own-site.ts'
import { announcesPrice, isOtherMoney, speaksOfOtherMoney } from './price-context.ts'
import { offerPrices } from './price-offers.ts'
import { priceHeaders } from './price-table.ts'
import { bareAmount, periodIn, pricesIn } from './price-text.ts'
import { isPricingPage, pricingPages } from './pricing-page.ts'

const MUTE: ReadonlySet<PageBlock['part']> = new Set(['nav', 'search', 'cookie', 'comments', 'social', 'advertisement'])

const MAX_SENTENCE = 1_000
/** A price tag, and what may belong to it in the next block. */
const MAX_TAG = 80
const MAX_REST = 60
/** Nobody publishes the price of what costs more. */
const MAX_AMOUNT = 500_000

/** Pages that sell things: an amount that stands alone there is a price. */
const SELLING =
  /tarif|prix|pricing|produit|product|boutique|shop|store|catalogue|offre|formules?|abonnement|plans\b|services?\b|formations?\b|capteur|materiel|solutions?\b/

/** The beginning of what completes a price tag: "/ mois", "HT par utilisateur", "€ / an". */
const REST = /^(?:€|\/|par |per |a month|a year|h\.?t\b|ttc\b|mensuel|annuel|factur|billed|\((?:ht|ttc|par|hors))/

interface Tagged {
  readonly text: string
  readonly block: PageBlock
  /** The blocks before and behind, and the header of a cell: what a bare amount is explained by. */
  readonly around: string
  readonly header: string
}

/** The sentences that may hold prices, a tag with what completes it in the next blocks. */
const taggedIn = (page: SitePageContent): readonly Tagged[] => {
  const blocks = page.document.blocks.filter(({ part }) => !MUTE.has(part))
  const headers = priceHeaders(blocks)
  const at = (i: number): string => blocks[i]?.text.slice(0, MAX_SENTENCE) ?? ''
  return blocks.flatMap((block, i) => {
    if (!/\d/.test(block.text)) return []
    const header = headers.get(block) ?? ''
    const around = plain(`${at(i - 1)} | ${at(i + 1)}`)
    const rests: string[] = []
    for (let next = i + 1; rests.length < 2; next++) {
      const rest = at(next)
      if (block.kind === 'cell' || block.text.length > MAX_TAG || rest.length > MAX_REST || !REST.test(plain(rest)))
        break
      rests.push(rest)
    }
    const texts = rests.length > 0 ? [[block.text, ...rests].join(' ')] : splitSentences(block.text)
    return texts.map(text => ({ text: text.slice(0, MAX_SENTENCE), block, around, header }))
  })
}

/** Whether a sentence states the firm's prices at all, or holds amounts of another kind. */
const isOffer = ({ around, block, header }: Tagged, words: string, unit: string, isSelling: boolean): boolean => {
  const heading = plain(block.heading ?? '')
  if (announcesPrice(words) || header !== '') return true
  const isTag = words.length <= MAX_TAG
  if (announcesPrice(heading)) return isTag || unit !== ''
  // A key figure ("12 000 €", then "économisés par an") looks like a tag too.
  if (!isTag || speaksOfOtherMoney(around) || speaksOfOtherMoney(heading)) return false
  return unit !== '' || isSelling || announcesPrice(around)
}

const withPeriod = (unit: string, header: string): string =>
  /\/(?:hour|day|month|year)$/.test(unit) ? unit : `${unit}${periodIn(header)}`

const pricesOf = (tagged: Tagged, isSelling: boolean): readonly ClaimFinding[] => {
  const { text, block, header } = tagged
  const words = plain(text)
  if (/\?\s*$/.test(words)) return []
  const bare =
    /€|\beur|\bht\b/.test(header.split(' | ', 1)[0] ?? '') && !/remise|reduction/.test(header)
      ? bareAmount(text)
      : undefined
  if (bare !== undefined) return [claim('price', `${bare} EUR${periodIn(header)}`, text, block)]
  return pricesIn(words)
    .filter(({ amount }) => Number(amount) < MAX_AMOUNT)
    .filter(({ start, end, unit }) => !isOtherMoney(words, start, end) && isOffer(tagged, words, unit, isSelling))
    .map(({ amount, unit }) => claim('price', `${amount} EUR${withPeriod(unit, header)}`, text, block))
}

const amountOf = ({ value }: ClaimFinding): string => value.value.split(' ', 1)[0] ?? ''

/** Without the bare amounts that another place of the page gives with their unit. */
const preciseOnly = (prices: readonly ClaimFinding[]): readonly ClaimFinding[] => {
  const precise = new Set(prices.filter(({ value }) => value.value.includes('/')).map(amountOf))
  return prices.filter(price => price.value.value.includes('/') || !precise.has(amountOf(price)))
}

const find = (page: SitePageContent): readonly ClaimFinding[] => {
  const pages = pricingPages(page)
  // Salaries, late fees and the capital are what such pages name.
  if (isJobsPage(page) || isLegalPage(page)) return pages
  const isSelling = isPricingPage(page) || SELLING.test(`${pathOf(page.url)} ${subjectOf(page)}`)
  const shown = taggedIn(page).flatMap(tagged => pricesOf(tagged, isSelling))
  return firstOfEach([...preciseOnly([...shown, ...offerPrices(page)]), ...pages])
}

/** The prices that the firm asks, in euros, and the page that lists them. */
export const pricing: Extractor = { name: 'pricing', version: 1, find }
