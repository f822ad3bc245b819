import { html } from 'ghtml'
import type { DossierChanges } from '../../model/dossier.ts'
import type { Language } from '../../model/language.ts'
import { formatInstant, instantElement } from '../dossier-view.ts'
import { formatDate } from '../format.ts'
import { textsOf } from '../locales/texts.ts'
import { type Fragment, NOTHING, rich } from '../markup.ts'

/** "Ce qui a changé depuis": today beside the frozen dossier, never in it. */

/** A longer list is in the answer of the API. */
const MOST = 20

const indexLine = ({ index }: DossierChanges, language: Language): string => {
  const { dossier } = textsOf(language)
  const { frozen, today, builtAt = '' } = index
  if (today === undefined) return dossier.indexNone(frozen)
  return today === frozen
    ? dossier.indexSame(frozen)
    : dossier.indexGone(frozen, today, formatInstant(builtAt, language))
}

const sourceText = ({ name, frozen, today }: DossierChanges['sources'][number], language: Language): string => {
  const { dossier } = textsOf(language)
  const day = (iso: string): string => formatDate(iso, language)
  if (frozen === undefined) return dossier.sourceNew(name, day(today ?? ''))
  return today === undefined
    ? dossier.sourceGone(name, day(frozen))
    : dossier.sourceNewer(name, day(frozen), day(today))
}

const group = (title: string, lines: readonly string[], language: Language): Fragment => {
  if (lines.length === 0) return NOTHING
  const left = lines.length - MOST
  const more = left > 0 ? html`<li class="soft">${textsOf(language).dossier.andMore(left)}</li>` : NOTHING
  return html`<div class="stack-s"><h3>${title} <small class="soft">${lines.length}</small></h3><ul>!${lines.slice(0, MOST).map(line => html`<li>${line}</li>`)}!${more}</ul></div>`
}

const resultGroups = ({ results }: DossierChanges, language: Language): Fragment => {
  if (results === undefined) return NOTHING
  const { dossier } = textsOf(language)
  const arrived = results.arrived.map(({ name, rank }) => dossier.atRank(name, rank))
  const left = results.left.map(({ name, rank }) => dossier.atRank(name, rank))
  const moved = results.moved.map(({ name, frozen, today }) => dossier.movedTo(name, frozen, today))
  return html`!${group(dossier.arrived, arrived, language)}!${group(dossier.left, left, language)}!${group(dossier.moved, moved, language)}`
}

const supplierText = (
  { name, gone, added, removed }: DossierChanges['suppliers'][number],
  language: Language,
): string => {
  const { dossier, supplier } = textsOf(language)
  const labels = (properties: readonly string[]): string =>
    properties
      .map(each => Object.entries(supplier.properties).find(([property]) => property === each)?.[1] ?? each)
      .join(', ')
  return gone ? dossier.supplierGone(name) : dossier.supplierChanged(name, labels(added), labels(removed))
}

const isUnchanged = ({ index, program, sources, results, suppliers }: DossierChanges): boolean =>
  index.frozen === index.today &&
  program.frozen === program.today &&
  sources.length + suppliers.length === 0 &&
  (results === undefined || results.arrived.length + results.left.length + results.moved.length === 0)

/** The comparison with today; `comparable` is false of what is never asked again. */
export const dossierChanges = (changes: DossierChanges | undefined, asked: boolean, language: Language): Fragment => {
  if (changes === undefined) return NOTHING
  const { dossier } = textsOf(language)
  const { results, program, sources, suppliers } = changes
  const lines = isUnchanged(changes)
    ? [dossier.nothingChanged]
    : [
        indexLine(changes, language),
        ...(program.frozen === program.today ? [] : [dossier.programChanged(program.frozen, program.today)]),
        ...(results === undefined ? [] : [dossier.totals(results.frozen, results.today)]),
        ...sources.map(each => sourceText(each, language)),
      ]
  const notAsked = asked && results === undefined ? html`<p>${dossier.notAskedAgain}</p>` : NOTHING
  const when = rich(dossier.changesText, { date: instantElement(changes.computedAt, language) })
  return html`<section class="stack box since" aria-labelledby="depuis"><h2 id="depuis">${dossier.changes}</h2><p class="small soft">!${when}</p>
<ul>!${lines.map(line => html`<li>${line}</li>`)}</ul>!${notAsked}
!${resultGroups(changes, language)}!${group(
    dossier.factsChanged,
    suppliers.map(each => supplierText(each, language)),
    language,
  )}</section>`
}
