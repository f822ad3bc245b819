import { html } from 'ghtml'
import type { Fact } from '../model/fact.ts'
import { SIZE_LABELS } from '../model/labels.ts'
import type { Language } from '../model/language.ts'
import { formatSiren } from '../model/siren.ts'
import type { SourceStatus } from '../model/status.ts'
import type { SourcedText, Supplier } from '../model/supplier.ts'
import { themeById } from '../model/themes.ts'
import { comparePath } from './compare-path.ts'
import { claimGroups } from './components/claims.ts'
import { distinctions } from './components/distinctions.ts'
import { factsTable } from './components/facts-table.ts'
import { offerItem } from './components/offers.ts'
import { placeOf } from './components/place.ts'
import { proofLegend, proofMark } from './components/proof.ts'
import { outsideLink, sourceLine, sourceName } from './components/source-line.ts'
import { stateFlag, websiteFlag } from './components/state-flag.ts'
import { supplierBricks } from './components/supplier-bricks.ts'
import { supplierText } from './components/supplier-texts.ts'
import type { PageContext, SupplierView } from './context.ts'
import { dateElement } from './format.ts'
import { organizationData } from './json-ld.ts'
import { layout } from './layout.ts'
import { textsOf } from './locales/texts.ts'
import { type Fragment, fragments, NOTHING, rich } from './markup.ts'
import { backToResults, pagePath, searchPath, supplierPath, webAddress } from './urls.ts'
import { mirrorPath } from './visibility-view.ts'

interface Part {
  readonly id: string
  readonly title: string
  readonly content: Fragment
}

interface Reading {
  readonly language: Language
  readonly supplier: Supplier
  readonly facts: readonly Fact[]
  readonly sources: readonly SourceStatus[]
}

const nameOf = (id: string, sources: readonly SourceStatus[]): string | undefined =>
  sources.find(source => source.id === id)?.name

const sourceOf = (text: SourcedText, { language, sources }: Reading): Fragment =>
  html`<p class="source">!${proofMark(text.evidence, textsOf(language))} !${sourceLine({ ...text, name: nameOf(text.source, sources) }, language)}</p>`

const crumbs = (language: Language, back: string | undefined): Fragment => {
  const { supplier } = textsOf(language)
  const href = backToResults(back) ?? pagePath(language, '/recherche')
  const q = new URL(href, 'http://localhost').searchParams.get('q') ?? ''
  return html`<nav class="crumbs" aria-label="${supplier.crumbs}"><a href="${href}">${q === '' ? supplier.back : supplier.backQuery(q)}</a></nav>`
}

const meta = ({ language, supplier }: Reading): Fragment => {
  const { supplier: texts } = textsOf(language)
  const size =
    supplier.headcount ?? (supplier.sizeCategory && (SIZE_LABELS[supplier.sizeCategory]?.[language] ?? NOTHING))
  const site =
    supplier.website !== undefined && supplier.websiteState === undefined && webAddress(supplier.website) !== undefined
  const parts: readonly (Fragment | undefined)[] = [
    html`${placeOf(supplier.location) ?? ''}`,
    html`${size ?? ''}`,
    supplier.founded === undefined ? undefined : html`${texts.founded(supplier.founded)}`,
    html`${texts.siren(formatSiren(supplier.siren))}`,
    site ? outsideLink(supplier.website ?? '') : undefined,
  ]
  const shown = parts.filter(part => part !== undefined && part !== '')
  return html`<ul class="meta">!${shown.map(part => html`<li>!${part}</li>`)}</ul>`
}

const head = (reading: Reading): Fragment => {
  const { language, supplier } = reading
  const texts = textsOf(language)
  const tagline =
    supplier.tagline === undefined
      ? NOTHING
      : html`<blockquote class="tagline measure"><p>${supplier.tagline.text}</p></blockquote>!${sourceOf(supplier.tagline, reading)}`
  const others =
    supplier.otherNames.length === 0
      ? NOTHING
      : html`<p class="small soft">${texts.supplier.otherNames} ${supplier.otherNames.join(', ')}</p>`
  const unnamed = supplier.unnamed ? html`<p class="soft">${texts.search.unnamed}</p>` : NOTHING
  return html`<div class="profile-head"><div class="cluster"><h1>${supplier.name}</h1>!${stateFlag(supplier.state, language)}!${websiteFlag(supplier.websiteState, language)}</div>
!${unnamed}!${tagline}!${meta(reading)}!${others}
<p class="no-print cluster"><a class="button button--small" href="${comparePath(language, [supplier.siren])}">${texts.compare.fromProfile}</a>
<a class="button button--small" href="${pagePath(language, mirrorPath(supplier.siren))}">${texts.visibility.fromProfile}</a>
<a class="button button--small" href="/api/suppliers/${supplier.siren}">${texts.supplier.json}</a></p></div>`
}

const activity = (reading: Reading): Fragment => {
  const { language, supplier } = reading
  const { supplier: texts } = textsOf(language)
  const description =
    supplier.description === undefined
      ? html`<p class="soft">${texts.noActivity}</p>`
      : html`<p class="measure description">${supplier.description.text}</p>!${sourceOf(supplier.description, reading)}`
  const themes = supplier.themes.map(
    id => html`<a href="${searchPath(language, { theme: [id] })}">${themeById(id)?.label[language] ?? id}</a>`,
  )
  const themeLine =
    themes.length === 0 ? NOTHING : html`<p><span class="soft">${texts.themes}</span> !${fragments(themes, ', ')}</p>`
  return html`!${description}!${themeLine}`
}

const sourceList = ({ language, supplier, sources }: Reading): Fragment => {
  const { supplier: texts, source: words } = textsOf(language)
  const row = (source: SourceStatus): Fragment => {
    const date = rich(words.dataOf, { date: dateElement(source.date, language) })
    return html`<li class="option"><span>!${sourceName(source, language)} <span class="soft">${source.publisher}, !${date}</span></span><span class="soft">${source.licence}</span></li>`
  }
  const own = sources.filter(source => supplier.sources.includes(source.id))
  return html`<ul class="options">!${own.map(row)}</ul><p class="small soft">${texts.licences}</p>`
}

const partsOf = (reading: Reading): readonly Part[] => {
  const { language, supplier } = reading
  const texts = textsOf(language)
  const { supplier: words } = texts
  const facts = html`<div class="facts-legend">!${proofLegend(texts)}</div>!${factsTable(reading, language)}`
  const rows = (list: readonly Fragment[]): Fragment => html`<div class="rows">!${list}</div>`
  const hasBricks = supplier.bricks.length + (supplier.foundBricks?.length ?? 0) > 0
  const parts: readonly (Part | undefined)[] = [
    { id: 'activite', title: words.activity, content: activity(reading) },
    hasBricks ? { id: 'briques', title: words.bricks, content: supplierBricks(reading) } : undefined,
    supplier.offers.length > 0
      ? { id: 'offres', title: words.offers, content: rows(supplier.offers.map(each => offerItem(each, language))) }
      : undefined,
    { id: 'faits', title: words.facts, content: facts },
    { id: 'distinctions', title: words.distinctions, content: distinctions(supplier, language) },
    supplier.claims !== undefined
      ? { id: 'site', title: texts.claims.title, content: claimGroups(supplier.claims, language) }
      : undefined,
    supplier.texts.length > 0
      ? { id: 'textes', title: words.texts, content: rows(supplier.texts.map(each => supplierText(each, language))) }
      : undefined,
    { id: 'sources', title: words.sources, content: sourceList(reading) },
  ]
  return parts.filter(part => part !== undefined)
}

const aside = (parts: readonly Part[], { language, supplier }: Reading): Fragment => {
  const { supplier: texts, correction } = textsOf(language)
  const established = rich(texts.established, {
    count: html`${texts.sourceCount(supplier.sources.length)}`,
    date: dateElement(supplier.updatedAt, language),
  })
  return html`<aside class="stack rail rail--sticky" aria-label="${texts.onThisPage}">
<nav class="contents" aria-label="${texts.contents}">!${parts.map(({ id, title }) => html`<a href="#${id}">${title}</a>`)}</nav>
<div class="box stack no-print"><h2 class="rail-title">${texts.error}</h2><p class="small">${texts.errorText}</p><p class="small">${correction.fromProfileText} <a href="${supplierPath(language, supplier.siren)}/corriger">${correction.fromProfile}</a></p></div>
<p class="small soft">!${established} ${texts.establishedHow} <a href="${pagePath(language, '/a-propos')}#methode">${texts.establishedMethod}</a></p></aside>`
}

/** A supplier's profile: who it is, what it supplies, every fact with its source, and what nobody states. */
export const supplierPage = (context: PageContext, { record, sources, back }: SupplierView): string => {
  const { language } = context
  const { supplier, facts } = record
  const reading = { language, supplier, facts, sources }
  const parts = partsOf(reading)
  const place = placeOf(supplier.location)
  const section = ({ id, title, content }: Part): Fragment =>
    html`<section class="stack" aria-labelledby="${id}"><h2 id="${id}">${title}</h2>!${content}</section>`
  return layout(context, {
    title: place === undefined ? supplier.name : `${supplier.name}, ${place}`,
    description: supplier.tagline?.text ?? textsOf(language).supplier.description(supplier.name),
    section: 'search',
    feed: {
      href: `/api/suppliers/${supplier.siren}/changes.atom?language=${language}`,
      title: textsOf(language).correction.feedTitle(supplier.name),
    },
    main: html`!${crumbs(language, back)}!${head(reading)}
<div class="split"><div class="stack-l">!${parts.map(section)}</div>!${aside(parts, reading)}</div>
!${organizationData(supplier, language, context.baseUrl)}`,
  })
}
