import { html } from 'ghtml'
import { brickLabel } from '../../model/bricks.ts'
import type { Fact } from '../../model/fact.ts'
import type { Language } from '../../model/language.ts'
import { shownBricks } from '../../model/shown-bricks.ts'
import type { BrickEvidence, Supplier } from '../../model/supplier.ts'
import { textsOf } from '../locales/texts.ts'
import { type Fragment, NOTHING } from '../markup.ts'
import { searchPath } from '../urls.ts'
import { markedExpression } from './marked-expression.ts'
import { proofMark } from './proof.ts'
import { sourceLine } from './source-line.ts'

interface Reading {
  readonly language: Language
  readonly supplier: Supplier
  readonly facts: readonly Fact[]
}

const brickLink = (id: string, language: Language): Fragment =>
  html`<a href="${searchPath(language, { brick: [id] })}">${brickLabel(id, language)}</a>`

const quotation = (found: BrickEvidence, language: Language): Fragment =>
  html`<blockquote class="quote"><p>!${markedExpression(found.sentence, found.expression)}</p></blockquote>
<p class="source">!${sourceLine(found, language)}</p>`

const statedRow = (id: string, { language, supplier, facts }: Reading): Fragment => {
  const texts = textsOf(language)
  const own = facts.filter(fact => fact.property === 'brick' && fact.value === id)
  const best = own.find(fact => fact.evidence === 'attested') ?? own[0]
  const proof =
    best === undefined
      ? html`<span class="small soft">${texts.supplier.derived}</span>`
      : proofMark(best.evidence, texts)
  const found = supplier.foundBricks?.find(each => each.brick === id)
  const said = found === undefined ? NOTHING : html`<div class="stack-s said">!${quotation(found, language)}</div>`
  return html`<li class="option">!${brickLink(id, language)} !${proof}!${said}</li>`
}

const foundItem = (found: BrickEvidence, language: Language): Fragment => {
  const { supplier } = textsOf(language)
  return html`<article class="stack-s"><h4>!${brickLink(found.brick, language)} <small class="soft">${supplier.recognised(found.expression)}</small></h4>
!${quotation(found, language)}</article>`
}

/** Bricks that texts name and no source states: those that are claimed, then, folded, those named once in passing. */
const foundBricks = (found: readonly BrickEvidence[], { language, supplier }: Reading): Fragment => {
  if (found.length === 0) return NOTHING
  const { supplier: texts } = textsOf(language)
  const shown = new Set(shownBricks(supplier))
  const claimed = found.filter(each => shown.has(each.brick))
  const passing = found.filter(each => !shown.has(each.brick))
  const rows = (list: readonly BrickEvidence[]): Fragment =>
    list.length === 0 ? NOTHING : html`<div class="rows">!${list.map(each => foundItem(each, language))}</div>`
  const folded =
    passing.length === 0
      ? NOTHING
      : html`<details><summary>${texts.inPassing(passing.length)}</summary>!${rows(passing)}</details>`
  return html`<h3 id="reperees">${texts.foundBricks}</h3><p class="small soft measure">${texts.foundBricksText}</p>!${rows(claimed)}!${folded}`
}

/** The bricks of a profile: those that sources state, and those that Brique recognised in its texts, which is not the same. */
export const supplierBricks = (reading: Reading): Fragment => {
  const { language, supplier } = reading
  const found = (supplier.foundBricks ?? []).filter(each => !supplier.bricks.includes(each.brick))
  const stated =
    supplier.bricks.length === 0
      ? NOTHING
      : html`<ul class="options">!${supplier.bricks.map(id => statedRow(id, reading))}</ul>`
  return html`<p class="small soft measure">${textsOf(language).supplier.bricksText}</p>!${stated}!${foundBricks(found, reading)}`
}
