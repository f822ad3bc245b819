import { html } from 'ghtml'
import { brickFamily } from '../../model/brick-tree.ts'
import { brickById, brickLabel } from '../../model/bricks.ts'
import { type FacetName, facetByName } from '../../model/facets.ts'
import type { Language } from '../../model/language.ts'
import type { SearchParameters } from '../../model/query.ts'
import { RANGE_LABELS } from '../../model/ranges.ts'
import type { Recovery, SearchResult } from '../../model/search-result.ts'
import type { PageContext, SearchView } from '../context.ts'
import { textsOf } from '../locales/texts.ts'
import { type Fragment, NOTHING } from '../markup.ts'
import { changed, searchPath, withoutPlace, withoutRange } from '../urls.ts'
import { withLiteral } from './chips.ts'

/** A link to another search, and how many suppliers it gives when that was counted. */
export interface Way {
  readonly href: string
  readonly text: string
  readonly note?: string | undefined
  readonly count?: number
}

const wayRow = ({ href, text, note, count }: Way, language: Language): Fragment => {
  const counted =
    count === undefined ? NOTHING : html`<span class="count">${textsOf(language).site.suppliers(count)}</span>`
  return html`<li class="option"><span><a href="${href}">${text}</a>!${note === undefined ? NOTHING : html` <span class="soft">${note}</span>`}</span> !${counted}</li>`
}

/** Ways as rows under a heading; nothing without any. */
export const waySection = (
  id: string,
  title: string,
  text: string | undefined,
  ways: readonly Way[],
  language: Language,
): Fragment =>
  ways.length === 0
    ? NOTHING
    : html`<section class="stack" aria-labelledby="${id}"><h2 id="${id}">${title}</h2>
!${text === undefined ? NOTHING : html`<p class="soft">${text}</p>`}<ul class="options">!${ways.map(way => wayRow(way, language))}</ul></section>`

/**
 * The same search without the words that were understood as a place. They are taken out of the text, not only made
 * literal: that is what the number beside the link was counted for.
 */
const withoutPlaceWords = (parameters: SearchParameters, { query }: SearchResult): SearchParameters => {
  const span = query.understood.find(part => part.via === 'place')?.span
  if (span === undefined) return changed(parameters, {})
  const text = query.corrected ?? query.text
  if (!text.includes(span)) return withLiteral(parameters, span) ?? parameters
  return changed(parameters, { q: text.replace(span, ' ').replace(/\s+/g, ' ').trim() })
}

const isTypedPlace = ({ near }: SearchParameters): boolean => near !== undefined && near !== ''

const filterWay = ({ name = '', value, label, count }: Recovery, view: SearchView, language: Language): Way => {
  const { zero } = textsOf(language)
  const { parameters, result } = view
  const facet = facetByName(name)
  const chosen = facet && (parameters[facet.name]?.length ?? 0) > 0
  if (!facet || !chosen) {
    return { href: searchPath(language, withoutPlaceWords(parameters, result)), text: zero.withoutPlace(label), count }
  }
  const without: Partial<Record<FacetName, string[]>> = { [facet.name]: [] }
  const href = searchPath(language, changed(parameters, without))
  return { href, text: zero.withoutFilter(facet.label[language], label || value), count }
}

const wayOf = (recovery: Recovery, view: SearchView, language: Language): Way => {
  const { zero, form } = textsOf(language)
  const { parameters, result, near } = view
  const { kind, value, label, count } = recovery
  switch (kind) {
    case 'filter':
      return filterWay(recovery, view, language)
    case 'range': {
      const range = recovery.name === 'updated' ? 'updated' : 'founded'
      const text = zero.withoutFilter(RANGE_LABELS[range][language], label)
      return { href: searchPath(language, withoutRange(parameters, range)), text, count }
    }
    case 'place': {
      const without = isTypedPlace(parameters) ? withoutPlace(parameters) : withoutPlaceWords(parameters, result)
      return { href: searchPath(language, without), text: zero.withoutPlace(label), count }
    }
    case 'radius': {
      const radiusKm = Number(value)
      const wider = isTypedPlace(parameters)
        ? changed(parameters, { radiusKm })
        : { ...withoutPlaceWords(parameters, result), near: label, radiusKm }
      const note = near && zero.insteadOf(form.kilometres(near.radiusKm))
      return { href: searchPath(language, wider), text: zero.wider(form.kilometres(radiusKm), label), note, count }
    }
    case 'brick': {
      const narrower = result.query.understood.find(({ brick }) => brick && brickById(brick)?.broader === value)?.brick
      const note = narrower && zero.broaderText(brickLabel(narrower, language))
      return { href: searchPath(language, { brick: [...brickFamily(value)] }), text: label, note, count }
    }
  }
}

/** The ways on that were counted, of some kinds, in the order in which they are given. */
export const countedWays = (
  { language }: PageContext,
  view: SearchView,
  kinds: readonly Recovery['kind'][],
): readonly Way[] =>
  view.result.recovery.filter(({ kind }) => kinds.includes(kind)).map(each => wayOf(each, view, language))
