import { html } from 'ghtml'
import type { Language } from '../../model/language.ts'
import type { RankingView } from '../context.ts'
import { formatNumber, formatWeight } from '../format.ts'
import { textsOf } from '../locales/texts.ts'
import type { Fragment } from '../markup.ts'
import { bricksPath } from '../urls.ts'

const paragraphs = (lines: readonly string[]): Fragment => html`!${lines.map(line => html`<p>${line}</p>`)}`

const byWeight = <T extends string>(fields: Readonly<Record<T, number>>): readonly T[] =>
  (Object.keys(fields) as T[]).sort((a, b) => fields[b] - fields[a])

/** What counts, and for how much, as pairs of display texts. */
export const weightRows = (ranking: RankingView, language: Language): readonly (readonly [string, string])[] => {
  const { about } = textsOf(language)
  const { fields, exact, phrase, narrower, completeness, freshness, labelled, ceased, stuffing } = ranking
  return [
    ...byWeight(fields).map(field => [about.fields[field], formatWeight(fields[field], language)] as const),
    [about.exact, about.more(exact)],
    [about.phrase, about.more(phrase)],
    [about.narrower, about.ofPoints(narrower)],
    [about.completeness, about.ofBest(completeness)],
    [about.freshness, about.ofBest(freshness)],
    [about.labelled, about.ofBest(labelled)],
    [about.ceased, about.loses(ceased)],
    [about.stuffing, about.losesUpTo(stuffing)],
  ]
}

/** The table of weights. */
export const weightTable = (ranking: RankingView, language: Language): Fragment => {
  const { about } = textsOf(language)
  const row = ([what, weight]: readonly [string, string]): Fragment =>
    html`<tr><th scope="row">${what}</th><td class="num">${weight}</td></tr>`
  return html`<table class="weights"><caption>${about.weightsCaption}</caption>
<thead><tr><th scope="col">${about.field}</th><th scope="col" class="num">${about.weight}</th></tr></thead>
<tbody>!${weightRows(ranking, language).map(row)}</tbody></table>`
}

const requiredTable = ({ required }: RankingView, language: Language): Fragment => {
  const { about } = textsOf(language)
  const cell = (count: number): Fragment => html`<td class="num">${formatNumber(count, language)}</td>`
  return html`<table class="weights"><caption>${about.requiredCaption}</caption><tbody>
<tr><th scope="row">${about.asked}</th>!${required.map((_, index) => cell(index + 1))}</tr>
<tr><th scope="row">${about.required}</th>!${required.map(cell)}</tr></tbody></table>`
}

/** How a query is understood and its answers ranked, with the very figures of the program. */
export const rankingMethod = (ranking: RankingView, language: Language): Fragment => {
  const { about } = textsOf(language)
  const { completeness, freshness, labelled } = ranking
  return html`!${paragraphs(about.understandingText)}<p><a href="${bricksPath(language)}">${about.vocabularyLink}</a></p>
!${paragraphs(about.rankingText)}!${requiredTable(ranking, language)}
!${paragraphs(about.scoreText)}!${weightTable(ranking, language)}
<p>${about.priorsText(completeness + freshness + labelled)}</p>!${paragraphs(about.rankingAfter)}`
}
