import { html } from 'ghtml'
import { brickById, brickLabel } from '../../model/bricks.ts'
import type { PageContext, SearchView } from '../context.ts'
import { formatNumber } from '../format.ts'
import { textsOf } from '../locales/texts.ts'
import { type Fragment, fragments, NOTHING, rich } from '../markup.ts'
import { changed, pagePath, searchPath, withoutPlace } from '../urls.ts'
import { chosenFilters, withoutFilters } from './chips.ts'
import { suggestionLinks } from './suggestions.ts'

const WIDER_KM: readonly number[] = [50, 100, 200, 500]
/** Shorter words are mostly articles; past six words, dropping one at a time helps nobody. */
const SHORTEST_WORD = 4
const MOST_WORDS = 6

interface Way {
  readonly href: string
  readonly text: string
  readonly note?: string
}

const wordWays = ({ language }: PageContext, { parameters }: SearchView): readonly Way[] => {
  const words = (parameters.q ?? '').trim().split(/\s+/)
  if (words.length < 2 || words.length > MOST_WORDS) return []
  return words.flatMap((word, at) => {
    if (word.length < SHORTEST_WORD) return []
    const q = words.filter((_, i) => i !== at).join(' ')
    return [{ href: searchPath(language, changed(parameters, { q })), text: textsOf(language).zero.withoutWord(word) }]
  })
}

const placeWays = ({ language }: PageContext, { parameters, near }: SearchView): readonly Way[] => {
  if (near === undefined) return []
  const { zero, form } = textsOf(language)
  const radius = near.radiusKm
  const wider = WIDER_KM.find(km => km > radius)
  const widen =
    wider === undefined
      ? []
      : [
          {
            href: searchPath(language, changed(parameters, { radiusKm: wider })),
            text: zero.wider(form.kilometres(wider), near.label),
            note: zero.insteadOf(form.kilometres(radius)),
          },
        ]
  return [...widen, { href: searchPath(language, withoutPlace(parameters)), text: zero.withoutPlace(near.label) }]
}

const filterWays = ({ language }: PageContext, { parameters }: SearchView): readonly Way[] => {
  const { zero } = textsOf(language)
  const chosen = chosenFilters(parameters, language)
  const ways = chosen.map(({ facet, value, without }) => ({
    href: searchPath(language, without),
    text: zero.withoutFilter(facet, value),
  }))
  const all = { href: searchPath(language, changed(withoutFilters(parameters), {})), text: zero.withoutAll }
  return chosen.length < 2 ? ways : [...ways, all]
}

const removals = (context: PageContext, view: SearchView): Fragment => {
  const { zero } = textsOf(context.language)
  const ways = [...filterWays(context, view), ...placeWays(context, view), ...wordWays(context, view)]
  if (ways.length === 0) return NOTHING
  const row = ({ href, text, note }: Way): Fragment =>
    html`<li class="option"><a href="${href}">${text}</a>!${note === undefined ? NOTHING : html` <span class="soft">${note}</span>`}</li>`
  return html`<section class="stack" aria-labelledby="relacher"><h2 id="relacher">${zero.remove}</h2>
<p class="soft">${zero.removeText}</p><ul class="options">!${ways.map(row)}</ul></section>`
}

const broaderBricks = ({ language }: PageContext, { parameters, result }: SearchView): Fragment => {
  const { zero } = textsOf(language)
  const asked = [...result.query.understood.flatMap(part => part.brick ?? []), ...(parameters.brick ?? [])]
  const rows = [...new Set(asked)].flatMap(id => {
    const broader = brickById(id)?.broader
    if (broader === undefined) return []
    const href = searchPath(language, { brick: [broader] })
    return [
      html`<li class="option"><a href="${href}">${brickLabel(broader, language)}</a> <span class="soft">${zero.broaderText(brickLabel(id, language))}</span></li>`,
    ]
  })
  if (rows.length === 0) return NOTHING
  return html`<section class="stack" aria-labelledby="elargir"><h2 id="elargir">${zero.broader}</h2><ul class="options">!${rows}</ul></section>`
}

const otherThemes = ({ language }: PageContext, { parameters, result }: SearchView): Fragment => {
  const { zero } = textsOf(language)
  const themes = (result.facets['theme'] ?? []).filter(theme => !theme.selected && theme.count > 0)
  if (themes.length === 0) return NOTHING
  const link = ({ value, label, count }: (typeof themes)[number]): Fragment =>
    html`<li><a class="brick" href="${searchPath(language, changed(parameters, { theme: [value] }))}">${label} <span class="soft">${formatNumber(count, language)}</span></a></li>`
  return html`<section class="stack" aria-labelledby="par-theme"><h2 id="par-theme">${zero.themes}</h2><ul class="bricks">!${themes.map(link)}</ul></section>`
}

const ideas = ({ language }: PageContext): Fragment => {
  const { zero, home } = textsOf(language)
  const examples = home.examples.map(q => html`<li><a href="${searchPath(language, { q })}">${q}</a></li>`)
  return html`<aside class="stack rail" aria-label="${zero.ideas}"><h2 class="rail-title">${zero.ideas}</h2>
<ul class="rail-links small"><li>${zero.spelling}</li><li>${zero.fewer}</li><li>${zero.partial}</li></ul>
<h2 class="rail-title">${zero.examples}</h2><ul class="rail-links">!${examples}</ul>
<p><a href="${pagePath(language, '/recherche')}">${zero.all}</a></p></aside>`
}

const lead = ({ language }: PageContext, { parameters, near }: SearchView): Fragment => {
  const { zero, search, form } = textsOf(language)
  const q = parameters.q?.trim() ?? ''
  const strong = (text: string): Fragment => html`<strong>${text}</strong>`
  const parts = [
    ...(q === '' ? [] : [strong(zero.leadQuery(q))]),
    ...(near === undefined ? [] : [strong(search.nearPart(near.label, form.kilometres(near.radiusKm)))]),
    ...chosenFilters(parameters, language).map(({ value }) => strong(value)),
  ]
  const all = [parts.slice(0, -1).join(', '), ...parts.slice(-1)].filter(part => part !== '')
  return parts.length === 0 ? NOTHING : rich(zero.lead, { parts: fragments(all, html` ${zero.leadAnd} `) })
}

const emptyCatalogue = ({ language }: PageContext): Fragment => {
  const { zero, site } = textsOf(language)
  const link = html`<a href="${pagePath(language, '/a-propos')}#charger">${site.loadOpenData}</a>`
  return html`<div class="zero-head stack"><h1>${zero.titleEmpty}</h1><p class="measure lede-s">!${rich(zero.emptyText, { link })}</p></div>`
}

/** What a reader can do when nobody was found: one criterion less, wider, broader, other words. */
export const zeroResults = (context: PageContext, view: SearchView): Fragment => {
  const { language, status } = context
  if (status.suppliers === 0) return emptyCatalogue(context)
  const { zero } = textsOf(language)
  const { suggestions } = view.result
  const links = suggestionLinks(suggestions, language, view.parameters)
  const meant =
    suggestions.length === 0 ? NOTHING : html`<p class="callout lede-s">!${rich(zero.didYouMean, { links })}</p>`
  return html`<div class="zero-head stack"><h1>${zero.title}</h1>
<p class="measure lede-s">!${lead(context, view)}</p>!${meant}</div>
<div class="split"><div class="stack-l">
!${removals(context, view)}!${broaderBricks(context, view)}!${otherThemes(context, view)}
</div>!${ideas(context)}</div>`
}
