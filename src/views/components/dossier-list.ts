import { html } from 'ghtml'
import { DECISIONS, type Decision, type FrozenSupplier, MAX_REASON } from '../../model/dossier.ts'
import type { Language } from '../../model/language.ts'
import { formatSiren } from '../../model/siren.ts'
import { annotationsBySiren, countDecisions, type DossierView, dossierPath, instantElement } from '../dossier-view.ts'
import { formatNumber, formatScore } from '../format.ts'
import { textsOf } from '../locales/texts.ts'
import { type Fragment, NOTHING, rich } from '../markup.ts'

/** The complete list of a dossier with each supplier's decision and reason, to read or, with the key, to write. */

const WRITING_FORM = 'decisions'

/** Where the evidence on a supplier stands. */
export const evidenceId = (siren: string): string => `s-${siren}`

const decisionMark = (decision: Decision, language: Language): Fragment => {
  const text = textsOf(language).dossier.decisions[decision]
  return decision === 'undecided'
    ? html`<span class="soft">${text}</span>`
    : html`<span class="status status--${decision}">${text}</span>`
}

const decisionSelect = ({ siren, name }: FrozenSupplier, chosen: Decision, language: Language): Fragment => {
  const { dossier } = textsOf(language)
  const option = (decision: Decision): Fragment =>
    html`<option value="${decision}" !${decision === chosen ? 'selected' : NOTHING}>${dossier.decisions[decision]}</option>`
  return html`<select class="select-small" name="decision.${siren}" form="${WRITING_FORM}" aria-label="${dossier.decisionOf(name)}">!${DECISIONS.map(option)}</select>`
}

const reasonInput = ({ siren, name }: FrozenSupplier, reason: string, language: Language): Fragment =>
  html`<input type="text" name="reason.${siren}" form="${WRITING_FORM}" maxlength="${MAX_REASON}" autocomplete="off" aria-label="${textsOf(language).dossier.reasonOf(name)}" value="${reason}">`

const row = (
  supplier: FrozenSupplier,
  view: DossierView,
  language: Language,
  of: ReturnType<typeof annotationsBySiren>,
) => {
  const { columns } = textsOf(language).dossier
  const { siren, name, rank, place, score } = supplier
  const { decision, reason } = of(siren)
  const writing = view.key !== undefined
  const where = [formatSiren(siren), place].filter(part => part !== undefined).join(', ')
  return html`<tr role="row"><td role="cell" class="num place" data-label="${columns.rank}">${formatNumber(rank, language)}</td>
<th role="rowheader" scope="row"><a href="#${evidenceId(siren)}">${name}</a><br><small class="soft">${where}</small></th>
!${score === undefined ? NOTHING : html`<td role="cell" class="num" data-label="${columns.score}">${formatScore(score, language)}</td>`}
<td role="cell">!${writing ? decisionSelect(supplier, decision, language) : decisionMark(decision, language)}</td>
<td role="cell" class="reason">!${writing ? reasonInput(supplier, reason, language) : html`${reason}`}</td></tr>`
}

const table = (view: DossierView, language: Language): Fragment => {
  const { columns, listCaption } = textsOf(language).dossier
  const { suppliers } = view.dossier
  const of = annotationsBySiren(view.annotations)
  const scored = suppliers.some(each => each.score !== undefined)
  const head = (text: string, kind = ''): Fragment =>
    html`<th role="columnheader" scope="col" class="${kind}">${text}</th>`
  return html`<table role="table" class="stacked decisions"><caption class="hidden">${listCaption}</caption>
<thead role="rowgroup"><tr role="row">!${head(columns.rank, 'num place')}!${head(columns.supplier)}!${scored ? head(columns.score, 'num') : NOTHING}!${head(columns.decision)}!${head(columns.reason)}</tr></thead>
<tbody role="rowgroup">!${suppliers.map(each => row(each, view, language, of))}</tbody></table>`
}

const writingForm = ({ dossier, annotations, key }: DossierView, language: Language): Fragment => {
  if (key === undefined) return NOTHING
  const { save, writing } = textsOf(language).dossier
  return html`<form id="${WRITING_FORM}" class="stack-s no-print" action="${dossierPath(language, dossier.id)}#liste" method="post">
<input type="hidden" name="key" value="${key}"><input type="hidden" name="action" value="save"><input type="hidden" name="version" value="${annotations.version}">
<p class="small soft">${writing}</p><p><button class="button button--main" type="submit">${save}</button></p></form>`
}

const versionLine = ({ annotations }: DossierView, language: Language): Fragment => {
  const { dossier } = textsOf(language)
  const { version, savedAt } = annotations
  if (savedAt === undefined) return html`<p class="small soft">${dossier.notAnnotated}</p>`
  const date = instantElement(savedAt, language)
  return html`<p class="small soft">!${rich(dossier.annotated, { version: html`${version}`, date })}</p>`
}

/** The list, and above and below it what writing on it takes. */
export const dossierList = (view: DossierView, language: Language): Fragment => {
  const { dossier } = textsOf(language)
  const counts = countDecisions(view)
  const notice = view.stale ? dossier.stale(view.annotations.version) : view.saved ? dossier.saved : undefined
  const saved = notice === undefined ? NOTHING : html`<p class="notice" role="status">${notice}</p>`
  const form = writingForm(view, language)
  const again =
    view.key === undefined || view.dossier.suppliers.length <= 10
      ? NOTHING
      : html`<p class="no-print"><button class="button button--main" type="submit" form="${WRITING_FORM}">${dossier.save}</button></p>`
  return html`<section class="stack" aria-labelledby="liste"><h2 id="liste">${dossier.list}</h2>!${saved}
<p>${dossier.listText(counts.kept, counts.rejected, counts.undecided)}</p>!${form}
!${table(view, language)}!${again}!${versionLine(view, language)}</section>`
}
