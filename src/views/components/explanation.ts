import { html } from 'ghtml'
import type { Language } from '../../model/language.ts'
import type { ExplanationLine, Hit } from '../../model/search-result.ts'
import { formatScore } from '../format.ts'
import { textsOf } from '../locales/texts.ts'
import { type Fragment, NOTHING } from '../markup.ts'

/** Bars go by twentieths, through classes: an inline style would break the content security policy. */
const TWENTIETHS = 20

const bar = (value: number, score: number): Fragment => {
  const share = score > 0 ? Math.round((value / score) * TWENTIETHS) : 0
  return html`<span class="bar p${Math.min(TWENTIETHS, Math.max(1, share))}"></span>`
}

/** "Pourquoi ce résultat": the lines of a score, as a table that adds up. */
export const explanation = ({ supplier, score, explanation: lines }: Hit, language: Language): Fragment => {
  if (lines.length === 0) return NOTHING
  const { search } = textsOf(language)
  const row = (line: ExplanationLine): Fragment =>
    html`<tr><th scope="row">${line.label}!${line.detail === undefined ? NOTHING : html` <span class="soft">${line.detail}</span>`}</th>
<td class="num">${formatScore(line.value, language)}</td><td>!${bar(line.value, score)}</td></tr>`
  const total = formatScore(score, language)
  return html`<details class="why"><summary>${search.why}<span class="hidden"> (${supplier.name})</span> — ${search.score(total)}</summary>
<table><caption>${search.whyCaption}</caption>
<thead class="hidden"><tr><th scope="col">${search.reason}</th><th scope="col">${search.points}</th><th scope="col">${search.share}</th></tr></thead>
<tbody>!${lines.map(row)}</tbody>
<tfoot><tr><th scope="row">${search.total}</th><td class="num">${total}</td><td></td></tr></tfoot></table></details>`
}
