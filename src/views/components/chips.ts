import { html } from 'ghtml'
import { brickLabel } from '../../model/bricks.ts'
import { FACETS } from '../../model/facets.ts'
import type { Language } from '../../model/language.ts'
import type { Near, SearchParameters } from '../../model/query.ts'
import { rangesOf, rangeTexts } from '../../model/ranges.ts'
import type { SearchResult, Understood } from '../../model/search-result.ts'
import { type Texts, textsOf } from '../locales/texts.ts'
import { type Fragment, NOTHING } from '../markup.ts'
import { changed, searchPath, withoutFilter, withoutPlace, withoutRange } from '../urls.ts'

/** A criterion of the search and the link that removes it; without `href` it cannot be removed alone. */
interface Chip {
  readonly text: string
  readonly note?: string
  readonly href?: string | undefined
  readonly removal?: string
}

const chip = ({ text, note, href, removal = '' }: Chip): Fragment => {
  const remove =
    href === undefined
      ? NOTHING
      : html`<a class="no-print" href="${href}"><span aria-hidden="true">×</span><span class="hidden">${removal}</span></a>`
  return html`<li><span>${text}!${note === undefined ? NOTHING : html` <small>${note}</small>`}</span>!${remove}</li>`
}

/** The value of a filter as the facet shows it, whether or not it was counted. */
export const filterLabel = (facet: (typeof FACETS)[number], value: string, language: Language): string =>
  facet.valueLabel(value, language)

export interface ChosenFilter {
  readonly facet: string
  readonly value: string
  /** As a sentence names it, where its value alone would not say what it is of. */
  readonly spoken?: string
  /** The same search without it. */
  readonly without: SearchParameters
}

const chosenRanges = (parameters: SearchParameters, language: Language): readonly ChosenFilter[] =>
  rangeTexts(rangesOf(parameters) ?? {}, language).map(({ name, label, text }) => ({
    facet: label,
    value: text,
    spoken: `${label.toLowerCase()} ${text}`,
    without: withoutRange(parameters, name),
  }))

/** The filters of a search, in the order of the facets, then its ranges. */
export const chosenFilters = (parameters: SearchParameters, language: Language): readonly ChosenFilter[] => [
  ...FACETS.flatMap(facet =>
    (parameters[facet.name] ?? []).map(value => ({
      facet: facet.label[language],
      value: filterLabel(facet, value, language),
      without: withoutFilter(parameters, facet.name, value),
    })),
  ),
  ...chosenRanges(parameters, language),
]

/** The same search without any filter; text and place stay. */
export const withoutFilters = ({ q, literal, near, radiusKm, sort, size }: SearchParameters): SearchParameters => ({
  ...(q !== undefined && { q }),
  ...(literal !== undefined && { literal }),
  ...(near !== undefined && { near }),
  ...(radiusKm !== undefined && { radiusKm }),
  ...(sort !== undefined && { sort }),
  ...(size !== undefined && { size }),
})

/** Filters, ranges and place, each with a link that removes it. */
export const filterChips = (language: Language, parameters: SearchParameters, near: Near | undefined): Fragment => {
  const { search, form } = textsOf(language)
  const filters = chosenFilters(parameters, language)
  const chips = filters.map(({ facet, value, without }) =>
    chip({
      text: value,
      note: facet,
      href: searchPath(language, without),
      removal: search.removeFilter(facet, value),
    }),
  )
  if (near !== undefined) {
    const text = search.nearPart(near.label, form.kilometres(near.radiusKm))
    chips.unshift(
      chip({
        text,
        note: search.nearNote,
        href: searchPath(language, withoutPlace(parameters)),
        removal: search.removePart(near.label),
      }),
    )
  }
  if (chips.length === 0) return NOTHING
  const all =
    filters.length < 2
      ? NOTHING
      : html`<a class="small no-print" href="${searchPath(language, changed(withoutFilters(parameters), {}))}">${search.removeAll}</a>`
  return html`<div class="cluster"><p class="small" id="filtres">${search.chosen}</p>
<ul class="understood" aria-labelledby="filtres">!${chips}</ul>!${all}</div>`
}

const VIA = [
  'alias',
  'label',
  'acronym',
  'replaces',
  'guess',
  'siren',
  'siret',
  'name',
  'place',
  'theme',
  'word',
  'corrected',
]
const isVia = (via: string): via is Exclude<keyof Texts['search']['via'], 'other'> => VIA.includes(via)

/** The ways of being recognised that a reader can refuse: the words stay, as plain words. */
const REFUSABLE = ['alias', 'label', 'acronym', 'replaces', 'guess', 'place', 'corrected']

/** What the API takes of `literal`: a link past it would be refused. */
const MOST_LITERALS = 10
const LONGEST_LITERAL = 100

/** The same search with pieces of its text taken as plain words; `undefined` when there would be too many. */
export const withLiteral = (
  parameters: SearchParameters,
  ...pieces: readonly string[]
): SearchParameters | undefined => {
  const literal = [...new Set([...(parameters.literal ?? []), ...pieces])]
  return literal.length <= MOST_LITERALS && pieces.every(piece => piece.length <= LONGEST_LITERAL)
    ? changed(parameters, { literal })
    : undefined
}

/** What was understood was read in the corrected text, whose words may not be those that were typed. */
const readText = (parameters: SearchParameters, { corrected }: SearchResult['query'], via: string): SearchParameters =>
  corrected === null || via === 'corrected' ? parameters : { ...parameters, q: corrected }

const understoodChip = (
  part: Understood,
  language: Language,
  typed: SearchParameters,
  query: SearchResult['query'],
): Fragment => {
  const { search } = textsOf(language)
  const parameters = readText(typed, query, part.via)
  const text = part.label ?? (part.brick === undefined ? part.span : brickLabel(part.brick, language))
  const literal = REFUSABLE.includes(part.via) ? withLiteral(parameters, part.span) : undefined
  return chip({
    text,
    note: search.via[isVia(part.via) ? part.via : 'other'](part.span),
    href: literal && searchPath(language, literal),
    removal: search.asWords(part.span),
  })
}

/** A piece that is not to be interpreted, and the way to let it be interpreted again. */
const literalChip = (piece: string, language: Language, parameters: SearchParameters): Fragment => {
  const { search } = textsOf(language)
  const literal = (parameters.literal ?? []).filter(each => each !== piece)
  return chip({
    text: search.titleQuery(piece),
    note: search.literalNote,
    href: searchPath(language, changed(parameters, { literal })),
    removal: search.notLiteral(piece),
  })
}

/** "Ce que Brique a compris": each recognised piece of the query, how it was recognised, and a link without it. */
export const understoodChips = (
  language: Language,
  parameters: SearchParameters,
  query: SearchResult['query'],
): Fragment => {
  const chips = [
    ...query.understood.map(part => understoodChip(part, language, parameters, query)),
    ...(parameters.literal ?? []).map(piece => literalChip(piece, language, parameters)),
  ]
  if (chips.length === 0) return NOTHING
  return html`<div class="cluster"><p class="small" id="compris">${textsOf(language).search.understood}</p>
<ul class="understood" aria-labelledby="compris">!${chips}</ul></div>`
}
