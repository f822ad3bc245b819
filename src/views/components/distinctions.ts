import { html } from 'ghtml'
import type { Language } from '../../model/language.ts'
import type { Certification, Label, Supplier } from '../../model/supplier.ts'
import { dateElement } from '../format.ts'
import { textsOf } from '../locales/texts.ts'
import { type Fragment, NOTHING, rich } from '../markup.ts'
import { proofMark } from './proof.ts'

const labelRow = (label: Label, language: Language): Fragment => {
  const texts = textsOf(language)
  return html`<li class="option"><span><strong>${label.name}</strong> <span class="soft">${texts.supplier.labelYears(label.years)}</span></span>!${proofMark(label.evidence, texts)}</li>`
}

/** For a certificate: scope, validity, number, each or "non renseigné". */
const certificationRow = (certification: Certification, language: Language): Fragment => {
  const texts = textsOf(language)
  const { supplier, site } = texts
  const absent = html`${site.notGiven.toLowerCase()}`
  const { scope, validUntil, number } = certification
  const parts = [
    rich(supplier.scope, { value: scope === undefined ? absent : html`${supplier.quoted(scope)}` }),
    rich(supplier.validUntil, { value: validUntil === undefined ? absent : dateElement(validUntil, language) }),
    rich(supplier.number, { value: number === undefined ? absent : html`${number}` }),
  ]
  return html`<li class="option"><div><strong>${certification.name}</strong><ul class="meta">!${parts.map(part => html`<li>!${part}</li>`)}</ul></div>!${proofMark(certification.evidence, texts)}</li>`
}

/** Labels with their years, and certificates as far as they are known. */
export const distinctions = ({ labels, certifications }: Supplier, language: Language): Fragment => {
  const { supplier } = textsOf(language)
  if (labels.length + certifications.length === 0) return html`<p class="soft">${supplier.noDistinctions}</p>`
  const claimed = certifications.some(each => each.evidence === 'declared')
  return html`<ul class="options">!${labels.map(each => labelRow(each, language))}!${certifications.map(each => certificationRow(each, language))}</ul>
!${claimed ? html`<p class="small soft">${supplier.claimWarning}</p>` : NOTHING}`
}
