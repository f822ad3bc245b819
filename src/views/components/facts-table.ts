import { html } from 'ghtml'
import type { Fact } from '../../model/fact.ts'
import type { Language } from '../../model/language.ts'
import type { SourceStatus } from '../../model/status.ts'
import type { Supplier } from '../../model/supplier.ts'
import { dateElement } from '../format.ts'
import { type Texts, textsOf } from '../locales/texts.ts'
import { type Fragment, NOTHING, rich } from '../markup.ts'
import { webAddress } from '../urls.ts'
import { factValue } from './fact-value.ts'
import { proofMark } from './proof.ts'
import { outsideLink } from './source-line.ts'

type Group = keyof Texts['supplier']['groups']

/** The properties that every profile shows, stated or not, in the order of the table. */
const MAIN: readonly (readonly [Group, readonly string[]])[] = [
  ['identity', ['name', 'state', 'naf', 'founded', 'headcount', 'sizeCategory', 'website', 'websiteState']],
  ['place', ['location']],
  ['activity', ['theme', 'brick', 'role']],
  ['commitments', ['label', 'certification', 'hosting', 'ess', 'publicReference']],
]
const MAIN_PROPERTIES: ReadonlySet<string> = new Set(MAIN.flatMap(([, properties]) => properties))

/** A firm states its size as a headcount or a class: one of them is enough. */
const EITHER: Readonly<Record<string, string>> = { headcount: 'sizeCategory', sizeCategory: 'headcount' }

/** Facts with the same property, proof and source: one row, several values. */
interface Row {
  readonly first: Fact
  readonly values: readonly string[]
  readonly kept: boolean
}

export interface FactsView {
  readonly supplier: Supplier
  readonly facts: readonly Fact[]
  readonly sources: readonly SourceStatus[]
}

/** The merged value of the properties that hold one value: another source's other value was not kept. */
const keptValues = (supplier: Supplier): Readonly<Record<string, unknown>> => ({
  name: supplier.name,
  state: supplier.state,
  naf: supplier.naf,
  founded: supplier.founded,
  headcount: supplier.headcount,
  sizeCategory: supplier.sizeCategory,
  website: supplier.website,
  ess: supplier.ess,
  publicReference: supplier.publicReference,
  tagline: supplier.tagline?.text,
  description: supplier.description?.text,
})

const isKept = ({ property, value }: Fact, kept: Readonly<Record<string, unknown>>): boolean =>
  !Object.hasOwn(kept, property) || kept[property] === undefined || kept[property] === value

const rowKey = ({ property, evidence, period, provenance: p }: Fact, kept: boolean): string =>
  JSON.stringify([property, evidence, period, kept, p.source, p.sourceUrl, p.sourceDate, p.licence])

const rowsOf = (facts: readonly Fact[], supplier: Supplier, language: Language): readonly Row[] => {
  const kept = keptValues(supplier)
  const rows = new Map<string, { first: Fact; values: Set<string>; kept: boolean }>()
  for (const fact of facts) {
    const used = isKept(fact, kept)
    const key = rowKey(fact, used)
    const row = rows.get(key)
    if (row) row.values.add(factValue(fact, language))
    else rows.set(key, { first: fact, values: new Set([factValue(fact, language)]), kept: used })
  }
  return [...rows.values()].map(({ values, ...row }) => ({ ...row, values: [...values] }))
}

const propertyLabel = (property: string, { supplier }: Texts): string =>
  Object.entries(supplier.properties).find(([name]) => name === property)?.[1] ?? property

const provenance = ({ provenance: p, value }: Fact, { sources }: FactsView, language: Language): Fragment => {
  const { source: texts } = textsOf(language)
  const name = sources.find(source => source.id === p.source)?.name ?? p.source
  const excerpt = p.excerpt === undefined || p.excerpt === value ? NOTHING : html`<q class="excerpt">${p.excerpt}</q>`
  const read = rich(texts.read, { date: dateElement(p.retrievedAt, language) })
  return html`!${outsideLink(p.sourceUrl, name)}, !${dateElement(p.sourceDate, language)}<br>!${read}, ${p.licence}!${excerpt}`
}

/** A property's name stands once; its further rows keep it for assistive tools only. */
const rowHead = (label: string, again: boolean): Fragment =>
  html`<th role="rowheader" scope="row"><span class="${again ? 'hidden' : ''}">${label}</span></th>`

const factRow = (row: Row, again: boolean, view: FactsView, language: Language): Fragment => {
  const texts = textsOf(language)
  const { first, values } = row
  // An address is a link; everything else is text.
  const shown = values.map(value => (webAddress(value) === undefined ? html`${value}` : outsideLink(value))).join(', ')
  const period = first.period === undefined ? NOTHING : html` <span class="soft">(${first.period})</span>`
  const note = row.kept ? NOTHING : html` <span class="soft">${texts.supplier.notKept}</span>`
  return html`<tr role="row">!${rowHead(propertyLabel(first.property, texts), again)}
<td role="cell">!${shown}!${period}!${note}</td><td role="cell">!${proofMark(first.evidence, texts)}</td>
<td role="cell" class="source">!${provenance(first, view, language)}</td></tr>`
}

const unknownRow = (property: string, texts: Texts): Fragment =>
  html`<tr role="row">!${rowHead(propertyLabel(property, texts), false)}<td role="cell"><span class="soft">${texts.supplier.nobodySays}</span></td>
<td role="cell">!${proofMark('unknown', texts)}</td><td role="cell" class="source"></td></tr>`

const propertyRows = (property: string, rows: readonly Row[], view: FactsView, language: Language): Fragment => {
  const own = rows.filter(row => row.first.property === property).sort((a, b) => Number(b.kept) - Number(a.kept))
  return own.map((row, i) => factRow(row, i > 0, view, language)).join('')
}

const tableOf = (bodies: readonly Fragment[], texts: Texts): Fragment => {
  const { supplier } = texts
  const heads = [supplier.fact, supplier.value, supplier.proof, supplier.sourceDate]
  return html`<table role="table" class="stacked facts"><caption class="hidden">${supplier.factsCaption}</caption>
<thead role="rowgroup"><tr role="row">!${heads.map(head => html`<th role="columnheader" scope="col">${head}</th>`)}</tr></thead>
!${bodies}</table>`
}

const mainTable = (rows: readonly Row[], view: FactsView, language: Language): Fragment => {
  const texts = textsOf(language)
  const stated = new Set(rows.map(row => row.first.property))
  const body = ([group, properties]: (typeof MAIN)[number]): Fragment => {
    const lines = properties.map(property => {
      if (stated.has(property)) return propertyRows(property, rows, view, language)
      const other = EITHER[property]
      if (property === 'websiteState') return NOTHING
      // Both missing: the first of the two says so.
      const said = other !== undefined && (stated.has(other) || property === 'sizeCategory')
      return said ? NOTHING : unknownRow(property, texts)
    })
    return html`<tbody role="rowgroup"><tr role="row" class="group"><th role="columnheader" scope="colgroup" colspan="4">${texts.supplier.groups[group]}</th></tr>!${lines}</tbody>`
  }
  return tableOf(MAIN.map(body), texts)
}

const otherTable = (rows: readonly Row[], view: FactsView, language: Language): Fragment => {
  const texts = textsOf(language)
  const properties = [...new Set(rows.map(row => row.first.property))].filter(each => !MAIN_PROPERTIES.has(each))
  if (properties.length === 0) return NOTHING
  const body = properties.map(property => propertyRows(property, rows, view, language)).join('')
  return html`<details class="more-facts"><summary>${texts.supplier.moreFacts}</summary>
!${tableOf([html`<tbody role="rowgroup">!${body}</tbody>`], texts)}</details>`
}

/** Every fact of a profile: value, proof, source, licence and dates; and what no source states. */
export const factsTable = (view: FactsView, language: Language): Fragment => {
  // Claims stand in a section of their own, each with its sentence.
  const facts = view.facts.filter(fact => fact.property !== 'claim')
  const rows = rowsOf(facts, view.supplier, language)
  return html`!${mainTable(rows, view, language)}!${otherTable(rows, view, language)}`
}
