import { html } from 'ghtml'
import type { Language } from '../../model/language.ts'
import type { SourceStatus } from '../../model/status.ts'
import { dateElement } from '../format.ts'
import { textsOf } from '../locales/texts.ts'
import { type Fragment, NOTHING, rich } from '../markup.ts'
import { shortAddress, webAddress } from '../urls.ts'

/** A link to somebody else's page, which we recommend to nobody; text that is no `http` address stays text. */
export const outsideLink = (address: string, text?: string): Fragment => {
  const href = webAddress(address)
  if (href === undefined) return html`${text ?? address}`
  return html`<a href="${href}" rel="nofollow noopener external">${text ?? shortAddress(href)}</a>`
}

export interface SourceOfText {
  /** The source's name, when its id is known. */
  readonly name?: string | undefined
  readonly sourceUrl: string
  readonly retrievedAt: string
  readonly period?: string | undefined
}

/** The name of a source as a link to it, flagged when what it holds is invented and the name does not say so. */
export const sourceName = ({ url, name, fictitious }: SourceStatus, language: Language): Fragment => {
  const flag = fictitious && !/fictif/i.test(name) ? html` (${textsOf(language).source.fictitious})` : NOTHING
  return html`!${outsideLink(url, name)}!${flag}`
}

/** "i-Lab, data.example/laureats, lue le 14 nov. 2026", and the year an old text speaks of. */
export const sourceLine = (source: SourceOfText, language: Language): Fragment => {
  const { source: texts } = textsOf(language)
  const read = rich(texts.read, { date: dateElement(source.retrievedAt, language) })
  const name = source.name === undefined ? NOTHING : html`${source.name}, `
  const period =
    source.period === undefined ? NOTHING : html` <span class="period">${texts.period(source.period)}</span>`
  return html`${texts.label} !${name}!${outsideLink(source.sourceUrl)}, !${read}.!${period}`
}
