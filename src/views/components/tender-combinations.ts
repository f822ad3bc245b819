import { html } from 'ghtml'
import type { TenderBrick, TenderCombination, TenderResult } from '../../model/tender.ts'
import type { PageContext } from '../context.ts'
import { textsOf } from '../locales/texts.ts'
import { type Fragment, fragments, NOTHING } from '../markup.ts'
import type { AnalysedView } from '../tender-view.ts'
import { supplierPath } from '../urls.ts'

/** "A. Sentebrise avec B. Claireveine", and one strip of bricks that says who brings which. */

const letter = (index: number): string => String.fromCharCode('A'.charCodeAt(0) + index)

const coverageOf = (result: TenderResult, siren: string, brick: string) =>
  result.matrix.find(row => row.supplier.siren === siren)?.cells.find(cell => cell.brick === brick)?.coverage

const stripItem = (
  brick: TenderBrick,
  combination: TenderCombination,
  result: TenderResult,
  context: PageContext,
): Fragment => {
  const { tender } = textsOf(context.language)
  const index = combination.shares.findIndex(share => share.bricks.includes(brick.id))
  const share = combination.shares[index]
  if (share === undefined) {
    return html`<li class="cell--unknown"><strong>${tender.nobody}</strong> <small>${brick.label}</small></li>`
  }
  const declared = coverageOf(result, share.siren, brick.id) === 'declared'
  return html`<li class="${declared ? 'cell--declared' : 'cell--attested'}"><strong>${letter(index)}</strong> <small>${brick.label}!${declared ? html`, ${tender.declaredPart}` : NOTHING}</small></li>`
}

const combinationRow = (
  combination: TenderCombination,
  required: readonly TenderBrick[],
  { result }: AnalysedView,
  context: PageContext,
): Fragment => {
  const { language } = context
  const { tender } = textsOf(language)
  const member = (siren: string, index: number): Fragment => {
    const name = result.matrix.find(row => row.supplier.siren === siren)?.supplier.name ?? siren
    return html`<strong>${letter(index)}. <a href="${supplierPath(language, siren)}">${name}</a></strong>`
  }
  const names = fragments(combination.suppliers.map(member), html` ${tender.and} `)
  return html`<li class="stack"><p>!${names} <span class="soft">${tender.together(combination.covers.length, required.length)}</span></p>
<ul class="strip">!${required.map(brick => stripItem(brick, combination, result, context))}</ul></li>`
}

/** The smallest sets of suppliers that cover all required bricks. */
export const tenderCombinations = (context: PageContext, view: AnalysedView): Fragment => {
  const { tender } = textsOf(context.language)
  const required = view.result.bricks.filter(brick => brick.status === 'required' && brick.suppliers !== undefined)
  if (required.length === 0) return NOTHING
  const { combinations } = view.result
  const body =
    combinations.length === 0
      ? html`<p>${tender.noCombination}</p>`
      : html`<p class="soft">${tender.combinationsText}</p><ol class="rows">!${combinations.map(each => combinationRow(each, required, view, context))}</ol>`
  return html`<section class="stack" aria-labelledby="combinaisons"><h2 id="combinaisons">${tender.combinations}</h2>!${body}</section>`
}
