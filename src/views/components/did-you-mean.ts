import { html } from 'ghtml'
import type { PageContext, SearchView } from '../context.ts'
import { textsOf } from '../locales/texts.ts'
import { type Fragment, NOTHING, rich } from '../markup.ts'
import { changed, searchPath } from '../urls.ts'
import { withLiteral } from './chips.ts'

/** "Vouliez-vous dire …": the same search with another spelling. */
export const didYouMean = ({ language }: PageContext, { parameters, result }: SearchView): Fragment => {
  const meant = result.query.didYouMean
  if (meant === null) return NOTHING
  const { search } = textsOf(language)
  const link = html`<a href="${searchPath(language, changed(parameters, { q: meant }))}">${search.titleQuery(meant)}</a>`
  return rich(search.didYouMean, { link })
}

/** What was searched for instead of what was typed, and the search for the very words. */
export const correction = ({ language }: PageContext, { parameters, result }: SearchView): Fragment => {
  const { corrected, understood, text } = result.query
  if (corrected === null) return NOTHING
  const { search } = textsOf(language)
  const typed = parameters.q?.trim() || text
  const words = understood.filter(part => part.via === 'corrected').map(part => part.span)
  const literal = withLiteral(parameters, ...(words.length > 0 ? words : [typed]))
  const asTyped =
    literal && html` <a class="no-print" href="${searchPath(language, literal)}">${search.searchAsTyped(typed)}</a>`
  return html`<p>${search.corrected(corrected)}!${asTyped ?? NOTHING}</p>`
}
