import { html } from 'ghtml'
import { brickFamily } from '../../model/brick-tree.ts'
import { brickById, brickLabel } from '../../model/bricks.ts'
import type { PageContext, SearchView } from '../context.ts'
import { formatNumber } from '../format.ts'
import { textsOf } from '../locales/texts.ts'
import { type Fragment, fragments, NOTHING, rich } from '../markup.ts'
import { changed, pagePath, searchPath } from '../urls.ts'
import { chosenFilters, withoutFilters } from './chips.ts'
import { didYouMean } from './did-you-mean.ts'
import { nearestSuppliers } from './nearest.ts'
import { countedWays, type Way, waySection } from './ways-on.ts'

/** Shorter words are mostly articles; past six words, dropping one at a time helps nobody. */
const SHORTEST_WORD = 4
const MOST_WORDS = 6

const wordWays = ({ language }: PageContext, { parameters, result }: SearchView): readonly Way[] => {
  const words = (parameters.q ?? '').trim().split(/\s+/)
  // The words of a place go together, and have their own way.
  const place = result.query.understood.find(({ via }) => via === 'place')?.span.split(' ') ?? []
  if (words.length < 2 || words.length > MOST_WORDS) return []
  return words.flatMap((word, at) => {
    if (word.length < SHORTEST_WORD || place.includes(word)) return []
    const q = words.filter((_, i) => i !== at).join(' ')
    return [{ href: searchPath(language, changed(parameters, { q })), text: textsOf(language).zero.withoutWord(word) }]
  })
}

const allFiltersWay = ({ language }: PageContext, { parameters }: SearchView): readonly Way[] =>
  chosenFilters(parameters, language).length < 2
    ? []
    : [
        {
          href: searchPath(language, changed(withoutFilters(parameters), {})),
          text: textsOf(language).zero.withoutAll,
        },
      ]

/** One criterion less: what was counted, then what was not. */
const removals = (context: PageContext, view: SearchView): Fragment => {
  const { zero } = textsOf(context.language)
  const counted = countedWays(context, view, ['filter', 'range', 'radius', 'place'])
  const ways = [...counted, ...allFiltersWay(context, view), ...wordWays(context, view)]
  return waySection('relacher', zero.remove, zero.removeText, ways, context.language)
}

/** A brick that was chosen as a filter is not among what was counted: its broader one is offered without a number. */
const broaderFilters = ({ language }: PageContext, { parameters, result }: SearchView): readonly Way[] =>
  (parameters.brick ?? []).flatMap(id => {
    const broader = brickById(id)?.broader
    if (broader === undefined || result.recovery.some(({ kind, value }) => kind === 'brick' && value === broader)) {
      return []
    }
    const href = searchPath(language, { brick: [...brickFamily(broader)] })
    const note = textsOf(language).zero.broaderText(brickLabel(id, language))
    return [{ href, text: brickLabel(broader, language), note }]
  })

const broaderSection = (context: PageContext, view: SearchView): Fragment => {
  const ways = [...countedWays(context, view, ['brick']), ...broaderFilters(context, view)]
  return waySection('elargir', textsOf(context.language).zero.broader, undefined, ways, context.language)
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
    ...chosenFilters(parameters, language).map(({ value, spoken = value }) => strong(spoken)),
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
  const meant = didYouMean(context, view)
  const callout = meant === NOTHING ? NOTHING : html`<p class="callout lede-s">!${meant}</p>`
  return html`<div class="zero-head stack"><h1>${zero.title}</h1>
<p class="measure lede-s">!${lead(context, view)}</p>!${callout}</div>
<div class="split"><div class="stack-l">
!${removals(context, view)}!${broaderSection(context, view)}!${nearestSuppliers(context, view)}!${otherThemes(context, view)}
</div>!${ideas(context)}</div>`
}

/** The same below a page of one or two results: what was counted, and the nearest others. */
export const fewResults = (context: PageContext, view: SearchView): Fragment => {
  const { zero } = textsOf(context.language)
  const { recovery, nearest } = view.result
  if (recovery.length + nearest.length === 0) return NOTHING
  const counted = countedWays(context, view, ['filter', 'range', 'radius', 'place'])
  return html`<div class="stack-m few">
!${waySection('relacher', zero.remove, zero.removeText, counted, context.language)}
!${broaderSection(context, view)}!${nearestSuppliers(context, view)}</div>`
}
