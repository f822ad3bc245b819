import { html } from 'ghtml'
import type { Language } from '../../model/language.ts'
import type { BrickCounts, ListedBrick } from '../context.ts'
import { formatNumber } from '../format.ts'
import { textsOf } from '../locales/texts.ts'
import { type Fragment, NOTHING } from '../markup.ts'
import { brickPath } from '../urls.ts'

/** The number of suppliers of a brick, or nothing when none is counted. */
export const brickCount = (id: string, counts: BrickCounts | undefined, language: Language): Fragment => {
  if (counts === undefined) return NOTHING
  const count = counts.get(id) ?? 0
  return html`<span class="count soft"><span aria-hidden="true">${formatNumber(count, language)}</span><span class="hidden">${textsOf(language).site.suppliers(count)}</span></span>`
}

/** Bricks in columns, each a link to its page with the number of its suppliers. */
export const brickList = (
  bricks: readonly ListedBrick[],
  counts: BrickCounts | undefined,
  language: Language,
): Fragment => {
  const texts = textsOf(language).bricks
  const row = ({ brick, by }: ListedBrick): Fragment => {
    const note = by === undefined ? NOTHING : html` <small class="soft">${texts.by(by)}</small>`
    return html`<li><span><a href="${brickPath(language, brick.id)}">${brick[language]}</a>!${note}</span> !${brickCount(brick.id, counts, language)}</li>`
  }
  return html`<ul class="brick-index">!${bricks.map(row)}</ul>`
}
