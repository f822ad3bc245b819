import { html } from 'ghtml'
import { brickLabel } from '../../model/bricks.ts'
import type { Language } from '../../model/language.ts'
import type { Passage } from '../../model/search-result.ts'
import type { NeedStanding } from '../../model/visibility.ts'
import type { PageContext } from '../context.ts'
import { formatScore } from '../format.ts'
import { textsOf } from '../locales/texts.ts'
import { type Fragment, fragments, markedText, NOTHING, rich } from '../markup.ts'
import { brickPath, searchPath } from '../urls.ts'
import type { MirrorView } from '../visibility-view.ts'
import { ordinal } from './ordinal.ts'
import { proofMark } from './proof.ts'
import { sourceLine } from './source-line.ts'

const SHOWN_REASONS = 2

const quoted = (words: readonly string[], language: Language): string =>
  words.map(word => textsOf(language).supplier.quoted(word)).join(', ')

/** A sentence with its proof, source and date. */
export const evidenceQuote = (passage: Passage, { language, status }: PageContext): Fragment => {
  const texts = textsOf(language)
  const name = status.sources.find(source => source.id === passage.source)?.name
  const said =
    passage.text === ''
      ? html`<p class="soft">${texts.visibility.noSentence}</p>`
      : html`<blockquote class="quote"><p>!${markedText(passage.text)}</p></blockquote>`
  return html`!${said}<p class="source">!${proofMark(passage.evidence, texts)} !${sourceLine({ ...passage, name }, language)}</p>`
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

const rankCell = ({ rank, standing, total }: NeedStanding, language: Language): Fragment => {
  const { visibility } = textsOf(language)
  if (rank !== null)
    return html`<td role="cell" class="rank">!${ordinal(rank, language)} <small>${visibility.ofTotal(total)}</small></td>`
  const word = standing === 'beyond' ? visibility.beyond : visibility.absent
  return html`<td role="cell" class="rank"><span class="absent">${word}</span></td>`
}

const relation = ({ relation: kind, of }: NeedStanding, language: Language): Fragment => {
  const { visibility } = textsOf(language)
  const brick = of === undefined ? NOTHING : html`<a href="${brickPath(language, of)}">${brickLabel(of, language)}</a>`
  return html`<span class="small soft">!${rich(visibility.relation[kind], { brick })}</span>`
}

const why = (need: NeedStanding, context: PageContext): Fragment => {
  const { language } = context
  const { visibility } = textsOf(language)
  const { explanation, evidence, missing, minimum, query, total, standing } = need
  if (total === 0) return html`${visibility.nobody}`
  if (standing !== 'ranked') {
    const { held, of, needed } = minimum
    const lacking = missing.length === 0 ? NOTHING : html` ${visibility.missingWords(quoted(missing, language))}`
    return html`${visibility.words(held, of, needed)}!${lacking}`
  }
  const reasons = explanation
    .slice(0, SHOWN_REASONS)
    .map(
      ({ label, value }, at) =>
        html`${visibility.reason(at === 0 ? label : lowerFirst(label), formatScore(value, language))}`,
    )
  const proof =
    evidence === undefined
      ? NOTHING
      : html`<details class="more-facts"><summary>${visibility.proof}<span class="hidden"> ${visibility.proofFor(query)}</span></summary><div class="stack-s">!${evidenceQuote(evidence, context)}</div></details>`
  return html`!${fragments(reasons, html`${visibility.also}`)}!${proof}`
}

const change = ({ rank, missing, behindFirst = 0, total, minimum }: NeedStanding, language: Language): Fragment => {
  const { visibility } = textsOf(language)
  if (rank === 1) return html`<span class="soft">${visibility.lead}</span>`
  if (rank !== null) {
    const behind = html`<span class="soft">${visibility.behind(formatScore(behindFirst, language), behindFirst)}</span>`
    return missing.length === 0 ? behind : html`${visibility.missingWords(quoted(missing, language))} !${behind}`
  }
  if (total > 0 && minimum.held >= minimum.needed) return html`${visibility.filtered}`
  return html`<span class="soft">${visibility.sayIt}</span>`
}

const needRow = (need: NeedStanding, context: PageContext): Fragment => {
  const { language } = context
  return html`<tr role="row">!${rankCell(need, language)}
<th role="rowheader" scope="row"><a href="${searchPath(language, { q: need.query })}">${need.query}</a> !${relation(need, language)}</th>
<td role="cell">!${why(need, context)}</td><td role="cell">!${change(need, language)}</td></tr>`
}

const byRank = (a: NeedStanding, b: NeedStanding): number => (a.rank ?? Infinity) - (b.rank ?? Infinity)

/** Every need replayed: those for which the firm is found, by rank, then those close to its bricks for which it is not. */
export const mirrorNeeds = (context: PageContext, { visibility: { needs, unasked } }: MirrorView): Fragment => {
  const { language } = context
  const { visibility } = textsOf(language)
  if (needs.length === 0) return NOTHING
  const group = (title: string, rows: readonly NeedStanding[]): Fragment =>
    rows.length === 0
      ? NOTHING
      : html`<tbody role="rowgroup"><tr role="row" class="group"><th role="columnheader" scope="colgroup" colspan="4">${title}</th></tr>!${rows.map(need => needRow(need, context))}</tbody>`
  const found = needs.filter(need => need.standing !== 'absent').toSorted(byRank)
  const near = needs.filter(need => need.standing === 'absent')
  const heads = [visibility.rank, visibility.request, visibility.why, visibility.change]
  const advice = near.length === 0 ? NOTHING : html`<p class="soft measure">${visibility.sayItText}</p>`
  const more = unasked === 0 ? NOTHING : html`<p class="notice">${visibility.unasked(unasked)}</p>`
  return html`<section class="stack" aria-labelledby="rangs"><h2 id="rangs">${visibility.needs}</h2>
<table role="table" class="stacked ranks"><caption>${visibility.needsCaption}</caption>
<thead role="rowgroup"><tr role="row">!${heads.map(head => html`<th role="columnheader" scope="col">${head}</th>`)}</tr></thead>
!${group(visibility.groups.found, found)}!${group(visibility.groups.near, near)}</table>!${advice}!${more}</section>`
}
