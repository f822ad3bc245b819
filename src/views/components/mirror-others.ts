import { html } from 'ghtml'
import { formatSiren } from '../../model/siren.ts'
import type { AlikeFirm, Visibility } from '../../model/visibility.ts'
import type { PageContext } from '../context.ts'
import { textsOf } from '../locales/texts.ts'
import { type Fragment, NOTHING } from '../markup.ts'
import { supplierPath } from '../urls.ts'
import type { MirrorView } from '../visibility-view.ts'
import { proofMark } from './proof.ts'
import { stateFlag } from './state-flag.ts'

/** Firms that may be taken for this one, each linked. */
export const mirrorAlike = ({ language }: PageContext, { visibility: { alike }, ranked }: MirrorView): Fragment => {
  const { visibility } = textsOf(language)
  if (!ranked) return NOTHING
  const item = ({ siren, name, place, state, reasons }: AlikeFirm): Fragment => {
    const why = reasons.map(reason => visibility.alikeReason[reason]).join(', ')
    const notes = [formatSiren(siren), ...(place === undefined ? [] : [place])].join(', ')
    return html`<li class="option"><span><a href="${supplierPath(language, siren)}">${name}</a> !${stateFlag(state, language)} <span class="soft">${notes}</span></span><span>${why}</span></li>`
  }
  const list =
    alike.length === 0
      ? html`<p class="soft">${visibility.alikeNone}</p>`
      : html`<ul class="options">!${alike.map(item)}</ul><p class="small soft measure">${visibility.alikeText}</p>`
  return html`<section class="stack" aria-labelledby="homonymes"><h2 id="homonymes">${visibility.alike}</h2>!${list}</section>`
}

/** Awards and labels with their years; contracts, or that none is loaded. */
export const mirrorLabels = (
  { language }: PageContext,
  { visibility: { labels, contracts } }: MirrorView,
): Fragment => {
  const texts = textsOf(language)
  const { visibility, supplier } = texts
  const item = ({ name, years, evidence }: Visibility['labels'][number]): Fragment =>
    html`<li class="option"><span><strong>${name}</strong> <span class="soft">${supplier.labelYears(years)}</span></span>!${proofMark(evidence, texts)}</li>`
  const list =
    labels.length === 0
      ? html`<p class="soft">${visibility.labelsNone}</p>`
      : html`<ul class="options">!${labels.map(item)}</ul>`
  return html`<section class="stack" aria-labelledby="labels"><h2 id="labels">${visibility.labels}</h2>!${list}
<p class="soft measure">${contracts.loaded ? visibility.contracts : visibility.noContracts}</p></section>`
}
