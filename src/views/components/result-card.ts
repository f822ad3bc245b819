import { html } from 'ghtml'
import { brickLabel } from '../../model/bricks.ts'
import type { Language } from '../../model/language.ts'
import type { Hit, Passage } from '../../model/search-result.ts'
import type { Status } from '../../model/status.ts'
import type { Label } from '../../model/supplier.ts'
import { dateElement } from '../format.ts'
import { type Texts, textsOf } from '../locales/texts.ts'
import { type Fragment, markedText, NOTHING, rich } from '../markup.ts'
import { searchPath, supplierPath } from '../urls.ts'
import { explanation } from './explanation.ts'
import { shortPlace } from './place.ts'
import { proofMark } from './proof.ts'
import { sourceLine } from './source-line.ts'
import { stateFlag } from './state-flag.ts'

const VISIBLE_BRICKS = 6

export interface CardContext {
  readonly language: Language
  readonly status: Status
  /** The bricks that the query asked for: marked, and shown first. */
  readonly asked: ReadonlySet<string>
}

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

const bricks = (ids: readonly string[], { language, asked }: CardContext, texts: Texts): Fragment => {
  if (ids.length === 0) return NOTHING
  const ordered = [...ids.filter(id => asked.has(id)), ...ids.filter(id => !asked.has(id))]
  const link = (id: string): Fragment => {
    const hit = asked.has(id)
    return html`<li><a class="brick ${hit ? 'brick--hit' : ''}" href="${searchPath(language, { brick: [id] })}">${brickLabel(id, language)}!${hit ? html`<span class="hidden"> ${texts.search.asked}</span>` : NOTHING}</a></li>`
  }
  const left = ordered.length - VISIBLE_BRICKS
  const more = left > 0 ? html`<li class="small soft">${texts.search.bricksMore(left)}</li>` : NOTHING
  return html`<ul class="bricks" aria-label="${texts.search.bricks}">!${ordered.slice(0, VISIBLE_BRICKS).map(link)}!${more}</ul>`
}

const quotation = (passage: Passage | undefined, { language, status }: CardContext, texts: Texts): Fragment => {
  if (passage === undefined) return NOTHING
  const name = status.sources.find(source => source.id === passage.source)?.name
  return html`<blockquote class="quote"><p>!${markedText(passage.text)}</p></blockquote>
<p class="source">!${proofMark(passage.evidence, texts)} !${sourceLine({ ...passage, name }, language)}</p>`
}

/** One supplier found: what it is, the best sentence with its source, and why it is there. */
export const resultCard = (hit: Hit, context: CardContext): Fragment => {
  const { supplier } = hit
  const { language } = context
  const texts = textsOf(language)
  const heading = `r-${supplier.siren}`
  const updated = rich(texts.search.updated, { date: dateElement(supplier.updatedAt, language) })
  return html`<li class="result"><article class="stack-s" aria-labelledby="${heading}">
<div class="result-head"><h2 id="${heading}"><a href="${supplierPath(language, supplier.siren)}">${supplier.name}</a></h2>!${stateFlag(supplier.state, language)}
!${supplier.tagline === undefined ? NOTHING : html`<p>${supplier.tagline}</p>`}</div>
!${meta(hit, texts)}
!${bricks(supplier.bricks, context, texts)}
!${quotation(hit.passages[0], context, texts)}
!${hit.passages.length === 0 ? html`<p class="source">!${updated}</p>` : NOTHING}
!${explanation(hit, language)}
</article></li>`
}
