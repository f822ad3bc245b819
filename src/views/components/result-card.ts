import { html } from 'ghtml'
import { broaderBricks } from '../../model/brick-tree.ts'
import { brickLabel } from '../../model/bricks.ts'
import type { Language } from '../../model/language.ts'
import type { Hit, Passage } from '../../model/search-result.ts'
import type { Status } from '../../model/status.ts'
import type { Label } from '../../model/supplier.ts'
import type { SearchView } from '../context.ts'
import { dateElement } from '../format.ts'
import { type Texts, textsOf } from '../locales/texts.ts'
import { type Fragment, markedText, NOTHING, rich } from '../markup.ts'
import { searchPath, supplierPath } from '../urls.ts'
import { explanation } from './explanation.ts'
import { shortPlace } from './place.ts'
import { proofMark } from './proof.ts'
import { sourceLine } from './source-line.ts'
import { stateFlag, websiteFlag } from './state-flag.ts'

const VISIBLE_BRICKS = 6

export interface CardContext {
  readonly language: Language
  readonly status: Status
  /** The bricks that the query asked for: marked, and shown first. */
  readonly asked: ReadonlySet<string>
  /** The card stands under a second-level heading. */
  readonly nested?: boolean
}

/** The bricks that a search asks for, by its words or by a filter. */
export const askedBricks = ({ parameters, result }: SearchView): ReadonlySet<string> =>
  new Set([...result.query.understood.flatMap(part => part.brick ?? []), ...(parameters.brick ?? [])])

const labelText = (label: Label): string =>
  label.years.length === 0 ? label.name : `${label.name} (${label.years.join(', ')})`

const meta = ({ supplier, distanceKm }: Hit, texts: Texts): Fragment => {
  const place = shortPlace(supplier)
  const distance = distanceKm === undefined ? undefined : texts.search.at(distanceKm)
  const where = [place, distance].filter(part => part !== undefined).join(', ')
  const parts = [where, ...supplier.labels.map(labelText), supplier.unnamed ? texts.search.unnamed : ''].filter(
    part => part !== '',
  )
  return parts.length === 0 ? NOTHING : html`<ul class="meta">!${parts.map(part => html`<li>${part}</li>`)}</ul>`
}

/** Bricks asked for come first, then those that are narrower kinds of them. */
const byNearness = (ids: readonly string[], asked: ReadonlySet<string>): readonly string[] => {
  const distance = (id: string): number =>
    asked.has(id) ? 0 : broaderBricks(id).some(above => asked.has(above.id)) ? 1 : 2
  return ids.toSorted((a, b) => distance(a) - distance(b))
}

const bricks = (
  { bricks: ids, siren, name }: Hit['supplier'],
  { language, asked }: CardContext,
  texts: Texts,
): Fragment => {
  if (ids.length === 0) return NOTHING
  const link = (id: string): Fragment => {
    const hit = asked.has(id)
    return html`<li><a class="brick ${hit ? 'brick--hit' : ''}" href="${searchPath(language, { brick: [id] })}">${brickLabel(id, language)}!${hit ? html`<span class="hidden"> ${texts.search.asked}</span>` : NOTHING}</a></li>`
  }
  const left = ids.length - VISIBLE_BRICKS
  const more =
    left > 0
      ? html`<li class="small"><a href="${supplierPath(language, siren)}#briques">${texts.search.bricksMore(left)}<span class="hidden"> ${texts.search.bricksMoreOf(name)}</span></a></li>`
      : NOTHING
  return html`<ul class="bricks" aria-label="${texts.search.bricks}">!${byNearness(ids, asked).slice(0, VISIBLE_BRICKS).map(link)}!${more}</ul>`
}

const quotation = (passage: Passage | undefined, { language, status }: CardContext, texts: Texts): Fragment => {
  if (passage === undefined) return NOTHING
  const name = status.sources.find(source => source.id === passage.source)?.name
  return html`<blockquote class="quote"><p>!${markedText(passage.text)}</p></blockquote>
<p class="source">!${proofMark(passage.evidence, texts)} !${sourceLine({ ...passage, name }, language)}</p>`
}

/** One supplier found: what it is, the best sentence with its source, why it is there, and a note of the page. */
export const resultCard = (hit: Hit, context: CardContext, note: Fragment = NOTHING): Fragment => {
  const { supplier } = hit
  const { language } = context
  const texts = textsOf(language)
  const heading = `r-${supplier.siren}`
  const link = html`<a href="${supplierPath(language, supplier.siren)}">${supplier.name}</a>`
  const title = context.nested ? html`<h3 id="${heading}">!${link}</h3>` : html`<h2 id="${heading}">!${link}</h2>`
  const updated = rich(texts.search.updated, { date: dateElement(supplier.updatedAt, language) })
  return html`<li class="result"><article class="stack-s" aria-labelledby="${heading}">
<div class="result-head">!${title}!${stateFlag(supplier.state, language)}!${websiteFlag(supplier.websiteState, language)}
!${supplier.tagline === undefined ? NOTHING : html`<p>${supplier.tagline}</p>`}</div>
!${meta(hit, texts)}
!${bricks(supplier, context, texts)}!${note}
!${quotation(hit.passages[0], context, texts)}
!${hit.passages.length === 0 ? html`<p class="source">!${updated}</p>` : NOTHING}
!${explanation(hit, language)}
</article></li>`
}
