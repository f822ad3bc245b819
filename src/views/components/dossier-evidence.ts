import { html } from 'ghtml'
import type { Dossier, FrozenSupplier } from '../../model/dossier.ts'
import type { Language } from '../../model/language.ts'
import type { Passage } from '../../model/search-result.ts'
import { formatSiren } from '../../model/siren.ts'
import { type DossierView, type FactRow, factRows } from '../dossier-view.ts'
import { dateElement } from '../format.ts'
import { textsOf } from '../locales/texts.ts'
import { type Fragment, markedText, NOTHING } from '../markup.ts'
import { evidenceId } from './dossier-list.ts'
import { explanation } from './explanation.ts'
import { proofMark } from './proof.ts'
import { outsideLink, sourceLine } from './source-line.ts'

/** What the dossier rests on, supplier by supplier: quotations, reasons, facts with their sources as they were. */

/** A page with the facts of a thousand suppliers would be twenty megabytes: the files have them all. */
const WITH_FACTS = 50

const quotation = (passage: Passage, { sources }: Dossier, language: Language): Fragment => {
  const name = sources.find(source => source.id === passage.source)?.name
  return html`<blockquote class="quote"><p>!${markedText(passage.text)}</p></blockquote>
<p class="source">!${proofMark(passage.evidence, textsOf(language))} !${sourceLine({ ...passage, name }, language)}</p>`
}

/** Values of one property with the same proof and source are one row. */
interface GroupedRow extends FactRow {
  readonly values: readonly string[]
}

const grouped = (rows: readonly FactRow[], language: Language): readonly GroupedRow[] => {
  const groups = new Map<string, FactRow & { values: Set<string> }>()
  for (const row of rows) {
    const { property, evidence, period, sourceUrl, sourceDate, excerpt } = row
    const key = JSON.stringify([property, evidence, period, sourceUrl, sourceDate, excerpt])
    const group = groups.get(key) ?? { ...row, values: new Set() }
    group.values.add(row.value)
    groups.set(key, group)
  }
  return [...groups.values()]
    .map(({ values, ...row }) => ({ ...row, values: [...values] }))
    .sort((a, b) => a.property.localeCompare(b.property, language))
}

const factRow = (row: GroupedRow, again: boolean, language: Language): Fragment => {
  const period = row.period === undefined ? NOTHING : html` <span class="soft">(${row.period})</span>`
  const excerpt = row.excerpt === undefined ? NOTHING : html`<q class="excerpt">${row.excerpt}</q>`
  return html`<tr role="row"><th role="rowheader" scope="row"><span class="${again ? 'hidden' : ''}">${row.property}</span></th>
<td role="cell">${row.values.join(', ')}!${period}</td><td role="cell">!${proofMark(row.evidence, textsOf(language))}</td>
<td role="cell" class="source">!${outsideLink(row.sourceUrl, row.source)}, !${dateElement(row.sourceDate, language)}!${excerpt}</td></tr>`
}

const factTable = (supplier: FrozenSupplier, dossier: Dossier, language: Language): Fragment => {
  const { dossier: texts } = textsOf(language)
  const rows = grouped(factRows(supplier, dossier, language), language)
  const head = [texts.fact, texts.value, texts.proof, texts.source]
  return html`<table role="table" class="stacked facts frozen-facts"><thead role="rowgroup"><tr role="row">!${head.map(each => html`<th role="columnheader" scope="col">${each}</th>`)}</tr></thead>
<tbody role="rowgroup">!${rows.map((each, i) => factRow(each, rows[i - 1]?.property === each.property, language))}</tbody></table>`
}

const factsOf = (supplier: FrozenSupplier, dossier: Dossier, language: Language): Fragment => {
  if (supplier.facts.length === 0) return NOTHING
  const count = textsOf(language).dossier.factsOf(supplier.facts.length)
  return html`<details class="more-facts"><summary>${count}<span class="hidden"> (${supplier.name})</span></summary>!${factTable(supplier, dossier, language)}</details>`
}

/** Of a need or a comparison the facts are all that is not said above: a line a supplier until it is unfolded. */
const onlyFacts = (supplier: FrozenSupplier, dossier: Dossier, language: Language): Fragment => {
  const { siren, name, facts } = supplier
  const count = textsOf(language).dossier.factsOf(facts.length)
  return html`<li id="${evidenceId(siren)}"><details class="more-facts"><summary>${name} <span class="soft">${formatSiren(siren)}, ${count}</span></summary>!${factTable(supplier, dossier, language)}</details></li>`
}

const hitOf = ({ hit }: FrozenSupplier, dossier: Dossier, language: Language): Fragment => {
  if (hit === undefined) return NOTHING
  const { missing } = textsOf(language).dossier
  const { tagline } = hit.supplier
  const absent =
    hit.missing === undefined || hit.missing.length === 0
      ? NOTHING
      : html`<p class="small">${missing} ${hit.missing.join(', ')}</p>`
  return html`!${tagline === undefined ? NOTHING : html`<p>${tagline}</p>`}
!${hit.passages.map(passage => quotation(passage, dossier, language))}!${absent}!${explanation(hit, language)}`
}

const evidence = (supplier: FrozenSupplier, index: number, { dossier }: DossierView, language: Language): Fragment => {
  const { dossier: texts } = textsOf(language)
  const { siren, name, rank, place } = supplier
  const meta = [formatSiren(siren), place, texts.rank(rank)].filter(part => part !== undefined)
  return html`<li class="result"><article class="stack-s" aria-labelledby="${evidenceId(siren)}">
<h3 id="${evidenceId(siren)}">${name}</h3><ul class="meta">!${meta.map(each => html`<li>${each}</li>`)}</ul>
!${hitOf(supplier, dossier, language)}!${index < WITH_FACTS ? factsOf(supplier, dossier, language) : NOTHING}</article></li>`
}

/** The evidence on every supplier of the list. */
export const dossierEvidence = (view: DossierView, language: Language): Fragment => {
  const { suppliers, search } = view.dossier
  const { dossier: texts } = textsOf(language)
  if (suppliers.length === 0) return NOTHING
  const elsewhere =
    suppliers.length <= WITH_FACTS ? NOTHING : html`<p class="small soft">${texts.factsElsewhere(WITH_FACTS)}</p>`
  const list =
    search === undefined
      ? html`<ul class="rows rows--tight">!${suppliers.slice(0, WITH_FACTS).map(each => onlyFacts(each, view.dossier, language))}</ul>`
      : html`<ol class="results">!${suppliers.map((each, index) => evidence(each, index, view, language))}</ol>`
  return html`<section class="stack" aria-labelledby="preuves"><h2 id="preuves">${search === undefined ? texts.onlyFacts : texts.details}</h2>!${elsewhere}
!${list}</section>`
}
