import { html } from 'ghtml'
import type { Language } from '../../model/language.ts'
import type { Text } from '../../model/supplier.ts'
import { textsOf } from '../locales/texts.ts'
import { type Fragment, NOTHING } from '../markup.ts'
import { proofMark } from './proof.ts'
import { sourceLine } from './source-line.ts'

/** So many passages stand open; a long page is unfolded by who wants it. */
const OPEN_PASSAGES = 2

const passages = (list: readonly string[], more: string): Fragment => {
  const paragraph = (text: string): Fragment => html`<p>${text}</p>`
  const rest = list.slice(OPEN_PASSAGES)
  const folded =
    rest.length === 0
      ? NOTHING
      : html`<details><summary>${more}</summary><blockquote class="quote">!${rest.map(paragraph)}</blockquote></details>`
  return html`<blockquote class="quote">!${list.slice(0, OPEN_PASSAGES).map(paragraph)}</blockquote>!${folded}`
}

/** A page of the firm's site, or the summary of an award, which is told as history with its year. */
export const supplierText = (text: Text, language: Language): Fragment => {
  const texts = textsOf(language)
  const { supplier } = texts
  const history = text.period === undefined ? NOTHING : html`<p class="period">${supplier.history(text.period)}</p>`
  const source = sourceLine({ sourceUrl: text.url, retrievedAt: text.retrievedAt }, language)
  return html`<article class="stack-s"><div class="section-head section-head--tight"><h3>${text.title}</h3>!${proofMark(text.evidence, texts)}</div>
<p class="small soft">${text.kind === 'award' ? supplier.awardText : supplier.pageText}</p>
!${history}!${passages(text.passages, supplier.readMore)}<p class="source">!${source}</p></article>`
}
