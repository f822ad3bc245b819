import { html } from 'ghtml'
import type { Language } from '../../model/language.ts'
import type { SearchParameters } from '../../model/query.ts'
import type { Suggestion } from '../../model/search-result.ts'
import { type Fragment, fragments } from '../markup.ts'
import { changed, searchPath, supplierPath } from '../urls.ts'

const target = (suggestion: Suggestion, language: Language, parameters: SearchParameters): string => {
  const { kind, text, siren, brick, theme } = suggestion
  if (kind === 'supplier' && siren !== undefined) return supplierPath(language, siren)
  if (kind === 'brick' && brick !== undefined) return searchPath(language, { brick: [brick] })
  if (kind === 'theme' && theme !== undefined) return searchPath(language, { theme: [theme] })
  if (kind === 'place') return searchPath(language, changed(parameters, { near: text }))
  return searchPath(language, changed(parameters, { q: text }))
}

/** Other searches, as links separated by commas. */
export const suggestionLinks = (
  suggestions: readonly Suggestion[],
  language: Language,
  parameters: SearchParameters,
): Fragment =>
  fragments(
    suggestions.map(each => html`<a href="${target(each, language, parameters)}">${each.text}</a>`),
    ', ',
  )
