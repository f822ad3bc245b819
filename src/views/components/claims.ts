import { html } from 'ghtml'
import { CLAIM_VALUES, type ClaimKind } from '../../model/claim.ts'
import type { Language } from '../../model/language.ts'
import { formatSiren, parseSiren } from '../../model/siren.ts'
import type { Claim } from '../../model/supplier.ts'
import { dateElement } from '../format.ts'
import { textsOf } from '../locales/texts.ts'
import { type Fragment, NOTHING, rich } from '../markup.ts'
import { textFragment } from '../urls.ts'
import { outsideLink } from './source-line.ts'

/** So many claims of a group stand open. */
const OPEN_CLAIMS = 8

/** What stands together on the page, in its order; several kinds of one group name theirs on each row. */
const GROUPS = {
  customers: ['customer'],
  sovereignty: ['sovereignty', 'licence', 'repository'],
  prices: ['price', 'pricing-page'],
  service: ['training', 'support'],
  access: ['language', 'accessibility'],
  contact: ['contact-form', 'contact-address', 'jobs', 'news'],
  registration: ['siren', 'siret', 'rcs', 'vat'],
} as const satisfies Readonly<Record<string, readonly ClaimKind[]>>
type Group = keyof typeof GROUPS

const letters = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')

/** A quotation that says no more than the value, or that is a personal address taken out, is left out. */
const quotation = ({ excerpt, value, kind }: Claim): string | undefined => {
  if (excerpt === undefined || kind === 'language' || kind === 'contact-address') return undefined
  const said = letters(excerpt)
  return said === '' || letters(value).includes(said) || /^logo\b/i.test(excerpt) ? undefined : excerpt
}

const listedValue = (kind: ClaimKind, value: string, language: Language): string | undefined => {
  const values: Readonly<Record<string, Readonly<Record<Language, string>>>> | undefined =
    kind === 'sovereignty' || kind === 'accessibility' || kind === 'training' || kind === 'support'
      ? CLAIM_VALUES[kind]
      : undefined
  return values !== undefined && Object.hasOwn(values, value) ? values[value]?.[language] : undefined
}

/** "49 EUR/user/month" → "49 € par utilisateur et par mois". */
const priceText = (value: string, language: Language): string => {
  const [amount = '', ...units] = value.split('/')
  const { perUnit, units: names } = textsOf(language).claims
  const words = units.map(unit => Object.entries(names).find(([name]) => name === unit)?.[1] ?? unit)
  const number = Number.parseFloat(amount)
  const money = new Intl.NumberFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    style: 'currency',
    currency: 'EUR',
    minimumFractionDigits: Number.isInteger(number) ? 0 : 2,
  })
  const shown = Number.isFinite(number) && amount.endsWith(' EUR') ? money.format(number) : amount
  return [shown, ...words.map(perUnit)].join(' ')
}

const languageName = (code: string, language: Language): string =>
  /^[a-z]{2,3}$/.test(code) ? (new Intl.DisplayNames(language, { type: 'language' }).of(code) ?? code) : code

/** The value of a claim as a reader sees it, plain text. */
export const claimText = ({ kind, value }: Pick<Claim, 'kind' | 'value'>, language: Language): string => {
  const listed = listedValue(kind, value, language)
  if (listed !== undefined) return listed
  if (kind === 'price') return priceText(value, language)
  if (kind === 'language') return languageName(value, language)
  return kind === 'licence' && value === 'open-source' ? textsOf(language).claims.openSource : value
}

const valueOfClaim = (claim: Claim, language: Language): Fragment => {
  const { kind, value, public: isPublic } = claim
  if (kind === 'news') return dateElement(value, language)
  const siren = kind === 'siren' ? parseSiren(value) : undefined
  if (siren !== undefined) return html`${formatSiren(siren)}`
  const text = claimText(claim, language)
  if (kind === 'customer' && isPublic === true)
    return html`${text} <span class="soft">${textsOf(language).claims.publicBody}</span>`
  // Only a value that was not put into words may be an address.
  return text === value ? outsideLink(value) : html`${text}`
}

/** What the firm says, its words, and the page with its date: one click leads to the sentence. */
const claimRow = (claim: Claim, language: Language, named: boolean): Fragment => {
  const { source, claims: texts } = textsOf(language)
  const { excerpt, sourceUrl, retrievedAt, date } = claim
  const quoted = quotation(claim)
  const said = quoted === undefined ? NOTHING : html`<q class="excerpt">${quoted}</q>`
  const kind = named ? html`<span class="soft">${texts.kinds[claim.kind]}</span> ` : NOTHING
  const dated = date === undefined ? NOTHING : html` <span class="soft">(!${dateElement(date, language)})</span>`
  const address = excerpt === undefined ? sourceUrl : textFragment(sourceUrl, excerpt)
  const read = rich(source.read, { date: dateElement(retrievedAt, language) })
  return html`<li class="option"><div>!${kind}<strong>!${valueOfClaim(claim, language)}</strong>!${dated}!${said}</div><span class="source">!${outsideLink(address)}, !${read}</span></li>`
}

const group = (name: Group, claims: readonly Claim[], language: Language): Fragment => {
  const texts = textsOf(language).claims
  const own = GROUPS[name].flatMap((kind: ClaimKind) => claims.filter(claim => claim.kind === kind))
  if (own.length === 0) return NOTHING
  const rows = (list: readonly Claim[]): Fragment =>
    html`<ul class="options">!${list.map(claim => claimRow(claim, language, GROUPS[name].length > 1))}</ul>`
  const rest = own.slice(OPEN_CLAIMS)
  const folded =
    rest.length === 0 ? NOTHING : html`<details><summary>${texts.more(rest.length)}</summary>!${rows(rest)}</details>`
  return html`<div class="stack-s"><h3>${texts.groups[name]}</h3>!${rows(own.slice(0, OPEN_CLAIMS))}!${folded}</div>`
}

const GROUP_NAMES: readonly Group[] = [
  'customers',
  'sovereignty',
  'prices',
  'service',
  'access',
  'contact',
  'registration',
]

/** Everything that the firm's own site declares beyond the other sections, by group. */
export const claimGroups = (claims: readonly Claim[], language: Language): Fragment =>
  html`<p class="small soft">${textsOf(language).claims.intro}</p>!${GROUP_NAMES.map(name => group(name, claims, language))}`
