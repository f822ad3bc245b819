import { html } from 'ghtml'
import type { ComparedCriterion, Comparison, EvidencedValue } from '../../model/comparison.ts'
import type { Language } from '../../model/language.ts'
import { comparePath } from '../compare-path.ts'
import { dateElement } from '../format.ts'
import { textsOf } from '../locales/texts.ts'
import { type Fragment, fragments, NOTHING } from '../markup.ts'
import { supplierPath, textFragment, webAddress } from '../urls.ts'
import { proofMark } from './proof.ts'
import { outsideLink } from './source-line.ts'
import { stateFlag } from './state-flag.ts'

/** So many values of a cell stand open. */
const OPEN_VALUES = 5

const source = ({ sourceName, sourceUrl, sourceDate, retrievedAt, excerpt }: EvidencedValue, language: Language) => {
  if (sourceUrl === undefined) return NOTHING
  const read = sourceDate ?? retrievedAt
  const date = read === undefined ? NOTHING : html`, !${dateElement(read, language)}`
  const address =
    excerpt === undefined || webAddress(sourceUrl) === undefined ? sourceUrl : textFragment(sourceUrl, excerpt)
  return html`!${outsideLink(address, sourceName)}!${date}`
}

const value = (each: EvidencedValue, language: Language): Fragment => {
  const { text, evidence, period } = each
  const dated = period === undefined ? NOTHING : html` <span class="soft">(${period})</span>`
  const shown = webAddress(text) === undefined ? html`${text}` : outsideLink(text)
  const proof =
    evidence === undefined
      ? NOTHING
      : html`<span class="source">!${proofMark(evidence, textsOf(language))} !${source(each, language)}</span>`
  return html`<li><span class="compared">!${shown}!${dated}</span>!${proof}</li>`
}

const values = (list: readonly EvidencedValue[], language: Language): Fragment => {
  const texts = textsOf(language)
  // The dashed brick and its words: never an empty cell, which could pass for a "no".
  if (list.length === 0) return proofMark('unknown', texts)
  const items = (part: readonly EvidencedValue[]): Fragment =>
    html`<ul class="plain">!${part.map(each => value(each, language))}</ul>`
  const rest = list.slice(OPEN_VALUES)
  const folded =
    rest.length === 0
      ? NOTHING
      : html`<details class="more-facts"><summary>${texts.compare.more(rest.length)}</summary>!${items(rest)}</details>`
  return html`!${items(list.slice(0, OPEN_VALUES))}!${folded}`
}

type Suppliers = Comparison['suppliers']

const row = ({ label, cells }: ComparedCriterion, suppliers: Suppliers, language: Language): Fragment => {
  const cell = ({ siren, values: list }: ComparedCriterion['cells'][number]): Fragment => {
    const name = suppliers.find(supplier => supplier.siren === siren)?.name ?? siren
    return html`<td role="cell" data-label="${name}">!${values(list, language)}</td>`
  }
  return html`<tr role="row"><th role="rowheader" scope="row">${label}</th>!${cells.map(cell)}</tr>`
}

const head = (suppliers: Suppliers, language: Language, fixed: boolean): Fragment => {
  const { compare } = textsOf(language)
  const column = ({ siren, name, state }: Suppliers[number]): Fragment => {
    if (fixed) return html`<th role="columnheader" scope="col">${name} !${stateFlag(state, language)}</th>`
    const others = suppliers.map(each => each.siren).filter(each => each !== siren)
    return html`<th role="columnheader" scope="col"><a href="${supplierPath(language, siren)}">${name}</a> !${stateFlag(state, language)}
<a class="small no-print remove" href="${comparePath(language, others)}">${compare.removeShort}<span class="hidden"> ${name}</span></a></th>`
  }
  return html`<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">${compare.criterion}</th>!${suppliers.map(column)}</tr></thead>`
}

/**
 * The criteria by how much the suppliers agree: what differs, what is the same, what nobody states. A `fixed` table has
 * no link that changes it.
 */
export const compareTable = (
  { suppliers, criteria }: Comparison,
  language: Language,
  { fixed = false }: { readonly fixed?: boolean } = {},
): Fragment => {
  const { compare } = textsOf(language)
  const group = (agreement: ComparedCriterion['agreement']): Fragment => {
    const rows = criteria.filter(criterion => criterion.agreement === agreement)
    if (rows.length === 0) return NOTHING
    const title = html`<tr role="row" class="group"><th role="columnheader" scope="colgroup" colspan="${suppliers.length + 1}">${compare.groups[agreement]}</th></tr>`
    return html`<tbody role="rowgroup">!${title}!${rows.map(each => row(each, suppliers, language))}</tbody>`
  }
  return html`<table role="table" class="compare"><caption class="hidden">${compare.caption}</caption>!${head(suppliers, language, fixed)}
!${fragments((['differs', 'same', 'unknown'] as const).map(group))}</table>`
}
