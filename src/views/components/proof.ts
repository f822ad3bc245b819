import { html } from 'ghtml'
import type { Evidence } from '../../model/fact.ts'
import type { Texts } from '../locales/texts.ts'
import type { Fragment } from '../markup.ts'

export type Proof = Evidence | 'unknown'

/** A brick of proof and its word: solid attested, outlined declared, dashed unknown. */
export const proofMark = (proof: Proof, texts: Texts): Fragment =>
  html`<span class="proof proof--${proof}"><svg aria-hidden="true" focusable="false"><use href="#${proof}"/></svg>${texts.proof[proof]}</span>`

/** What the three shapes mean. */
export const proofLegend = (texts: Texts): Fragment => {
  const row = (proof: Proof, by: string): Fragment =>
    html`<li>!${proofMark(proof, texts)} <small class="soft">${by}</small></li>`
  return html`<ul class="legend" aria-label="${texts.proof.legend}">
!${row('attested', texts.proof.attestedBy)}!${row('declared', texts.proof.declaredBy)}!${row('unknown', texts.proof.unknownBy)}
</ul>`
}
