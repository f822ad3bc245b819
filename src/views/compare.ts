import { html } from 'ghtml'
import { type Comparison, MAX_COMPARED, MIN_COMPARED } from '../model/comparison.ts'
import type { Language } from '../model/language.ts'
import type { Hit } from '../model/search-result.ts'
import { formatSiren } from '../model/siren.ts'
import type { Supplier } from '../model/supplier.ts'
import { compareApiPath } from './compare-path.ts'
import { compareTable } from './components/compare-table.ts'
import { freezeComparison } from './components/freeze-form.ts'
import { shortPlace } from './components/place.ts'
import { proofLegend } from './components/proof.ts'
import type { PageContext } from './context.ts'
import { layout } from './layout.ts'
import { textsOf } from './locales/texts.ts'
import { type Fragment, NOTHING } from './markup.ts'
import { pagePath, supplierPath } from './urls.ts'

const namesOf = (names: readonly string[], language: Language): string =>
  new Intl.ListFormat(language === 'fr' ? 'fr' : 'en-GB', { type: 'conjunction' }).format([...names])

const kept = (siren: string): Fragment => html`<input type="hidden" name="siren" value="${siren}">`

const sirenField = (id: string, label: string): Fragment =>
  html`<div><label for="${id}">${label}</label><input id="${id}" name="siren" type="text" inputmode="numeric" maxlength="30" autocomplete="off" aria-describedby="siren-aide"></div>`

const hint = (language: Language): Fragment =>
  html`<p class="small soft" id="siren-aide">${textsOf(language).compare.sirenHint}</p>`

/** One more, while there is room. */
const addForm = ({ suppliers }: Comparison, language: Language): Fragment => {
  if (suppliers.length >= MAX_COMPARED) return NOTHING
  const { compare } = textsOf(language)
  return html`<section class="stack-s no-print" aria-labelledby="ajouter"><h2 id="ajouter">${compare.add}</h2>
<form class="siren-form" action="${pagePath(language, '/comparer')}" method="get">!${suppliers.map(({ siren }) => kept(siren))}
!${sirenField('siren-1', compare.addSiren)}<button class="button" type="submit">${compare.addSubmit}</button></form>
!${hint(language)}<p><a href="${pagePath(language, '/recherche')}">${compare.find}</a></p></section>`
}

export interface CompareView {
  readonly comparison: Comparison
}

/** Two to five suppliers side by side: differences first, each value with its proof, unknowns said. */
export const comparePage = (context: PageContext, { comparison }: CompareView): string => {
  const { language } = context
  const { compare } = textsOf(language)
  const { suppliers } = comparison
  const names = suppliers.map(supplier => supplier.name)
  const sirens = suppliers.map(supplier => supplier.siren)
  return layout(context, {
    title: compare.title(namesOf(names, language)),
    section: 'search',
    // Combinations are endless; the profiles themselves can be found.
    noindex: true,
    main: html`<div class="stack-l">
<div class="stack"><h1>${compare.heading(suppliers.length)}</h1>
<p class="measure">${compare.lede}</p><p class="small soft measure">${compare.notSelection}</p>
!${proofLegend(textsOf(language))}!${freezeComparison(sirens, language)}</div>
!${compareTable(comparison, language)}
!${addForm(comparison, language)}
<p class="no-print"><a class="button button--small" href="${compareApiPath(sirens)}">${compare.json}</a></p></div>`,
  })
}

export interface ChooseView {
  /** The only supplier chosen so far. */
  readonly chosen: Supplier | undefined
  /** Suppliers of the same brick. */
  readonly others: readonly Hit[]
}

const chosenLine = (chosen: Supplier | undefined, language: Language): Fragment => {
  if (chosen === undefined) return NOTHING
  const { compare } = textsOf(language)
  return html`<p>${compare.chosen} <a href="${supplierPath(language, chosen.siren)}">${chosen.name}</a> <span class="soft">${formatSiren(chosen.siren)}</span></p>!${kept(chosen.siren)}`
}

const otherBoxes = (others: readonly Hit[], language: Language): Fragment => {
  if (others.length === 0) return NOTHING
  const { compare } = textsOf(language)
  const box = ({ supplier }: Hit): Fragment => {
    const place = shortPlace(supplier)
    const notes = [place, supplier.tagline].filter(note => note !== undefined).join(', ')
    return html`<li><label><input type="checkbox" name="siren" value="${supplier.siren}"> <span>${supplier.name} <span class="small soft">${notes}</span></span></label></li>`
  }
  return html`<fieldset class="boxes"><legend>${compare.others}</legend><p class="small soft">${compare.othersText}</p><ul class="plain">!${others.map(box)}</ul></fieldset>`
}

/** What to compare, when fewer than two suppliers are named: some of the same brick to tick, or SIREN to type. */
export const chooseSuppliersPage = (context: PageContext, { chosen, others }: ChooseView): string => {
  const { language } = context
  const { compare } = textsOf(language)
  const left = chosen === undefined ? MIN_COMPARED : MIN_COMPARED - 1
  const fields = Array.from({ length: left }, (_, i) =>
    sirenField(`siren-${i + 1}`, compare.sirenField(MIN_COMPARED - left + i + 1)),
  )
  return layout(context, {
    title: chosen === undefined ? compare.titleNone : compare.title(chosen.name),
    section: 'search',
    noindex: chosen !== undefined,
    main: html`<div class="stack-l"><div class="stack"><h1>${compare.titleNone}</h1><p class="measure">${compare.lede}</p></div>
<form class="stack" action="${pagePath(language, '/comparer')}" method="get"><h2>${compare.choose}</h2><p>${compare.chooseText}</p>
!${chosenLine(chosen, language)}!${otherBoxes(others, language)}
<div class="siren-form">!${fields}<button class="button button--main" type="submit">${compare.submit}</button></div>!${hint(language)}</form>
<p><a href="${pagePath(language, '/recherche')}">${compare.find}</a></p>
<p class="small soft measure">${compare.notSelection}</p></div>`,
  })
}
