import { html } from 'ghtml'
import { freezeTender } from './components/freeze-form.ts'
import { askedBricks, columnsOf } from './components/tender-bricks.ts'
import { tenderChoices, tenderTerms } from './components/tender-choices.ts'
import { tenderCombinations } from './components/tender-combinations.ts'
import { tenderForm } from './components/tender-form.ts'
import { tenderMatrix, tenderProofs } from './components/tender-matrix.ts'
import { missingBrick } from './components/tender-missing.ts'
import { brickAdvice, requirements, uncoveredBricks, warnings } from './components/tender-warnings.ts'
import type { PageContext } from './context.ts'
import { layout } from './layout.ts'
import { textsOf } from './locales/texts.ts'
import { type Fragment, NOTHING, rich } from './markup.ts'
import { type AnalysedView, TENDER_FORM, type TenderView } from './tender-view.ts'
import { pagePath } from './urls.ts'

export type { TenderView } from './tender-view.ts'

const list = (texts: readonly string[]): Fragment => html`<ul>!${texts.map(text => html`<li>${text}</li>`)}</ul>`

const emptyPage = ({ language }: PageContext, { problem }: TenderView): Fragment => {
  const { tender } = textsOf(language)
  const refused =
    problem === undefined
      ? NOTHING
      : html`<div class="callout stack-s" role="alert"><h2>${tender.refused}</h2><p>${problem.detail}</p></div>`
  const api = rich(tender.apiNote, {
    link: html`<a href="${pagePath(language, '/docs')}"><code>POST /api/tenders</code></a>`,
  })
  return html`<div class="page-head stack"><h1>${tender.title}</h1><p class="lede">${tender.lede}</p></div>
<div class="stack-m">!${refused}
<div class="split">!${tenderForm(language)}
<div class="stack"><section class="stack-s" aria-labelledby="obtenir"><h2 class="rail-title" id="obtenir">${tender.gives}</h2>!${list(tender.givesText)}</section>
<section class="stack-s" aria-labelledby="texte"><h2 class="rail-title" id="texte">${tender.promises}</h2>!${list(tender.promisesText)}<p class="small soft">!${api}</p></section></div>
</div></div>`
}

const head = ({ language }: PageContext, { result, fileName }: AnalysedView): Fragment => {
  const { tender } = textsOf(language)
  const columns = columnsOf(result)
  const count = (status: string): number => result.bricks.filter(brick => brick.status === status).length
  const { pages, characters } = result.document
  const read = pages === undefined ? tender.readText(characters) : tender.read(pages)
  const name = fileName === undefined ? NOTHING : html`<strong>${fileName}</strong> : `
  return html`<div class="profile-head"><h1>${tender.headline(columns.length, result.uncovered.length)}</h1>
<p class="measure lede-s">!${name}${read} ${tender.counts(count('required'), count('optional'), count('context'), count('excluded'))}</p>
<div class="cluster no-print"><button class="button button--main" type="submit" form="${TENDER_FORM}">${tender.recompute}</button>
<a class="button" href="${pagePath(language, '/besoin')}">${tender.another}</a></div>
!${freezeTender(TENDER_FORM, language)}
<p class="small soft">${tender.forgotten} ${result.notice}</p></div>`
}

const sections = ({ language }: PageContext, { result }: AnalysedView): Fragment => {
  const { tender } = textsOf(language)
  const row = ({ title, kind, page }: AnalysedView['result']['sections'][number]): Fragment =>
    html`<li class="option"><span>${title === '' ? tender.untitled : title}</span> <span class="count">${tender.kind[kind]}!${page === undefined ? NOTHING : html`, ${tender.page(page)}`}</span></li>`
  return html`<section class="stack" aria-labelledby="lecture"><h2 id="lecture">${tender.sections}</h2><p class="soft">${tender.sectionsText}</p>
<details class="more-facts"><summary>${tender.sections} (${result.sections.length})</summary><ul class="options">!${result.sections.map(row)}</ul></details></section>`
}

const resultPage = (context: PageContext, view: AnalysedView): Fragment => {
  const { language } = context
  const { tender } = textsOf(language)
  // The whole page is one form's worth of choices; the text rides along, hidden, and never in an address.
  const form = html`<form id="${TENDER_FORM}" action="${pagePath(language, '/besoin')}" method="post" enctype="multipart/form-data">
<input type="hidden" name="text" value="${view.text ?? ''}"><input type="hidden" name="name" value="${view.fileName ?? ''}"></form>`
  const empty = columnsOf(view.result).length === 0 ? html`<p class="notice measure">${tender.nothing}</p>` : NOTHING
  return html`!${form}!${head(context, view)}
<div class="stack-l">!${empty}
<div class="split split--wide-end">!${askedBricks(context, view)}
<div class="stack-l">!${tenderMatrix(context, view)}!${uncoveredBricks(context, view)}!${tenderCombinations(context, view)}!${missingBrick(context, view)}</div></div>
!${warnings(context, view)}!${requirements(context, view)}!${brickAdvice(context, view)}
!${tenderTerms(context, view)}!${tenderChoices(context, view)}
!${tenderProofs(context, view)}!${sections(context, view)}
</div>`
}

/** `/besoin`: the form, or the analysis with everything that can be changed and computed again. */
export const tenderPage = (context: PageContext, view: TenderView): string => {
  const { tender } = textsOf(context.language)
  const { result, choices } = view
  const analysed = result && choices ? { ...view, result, choices } : undefined
  return layout(context, {
    title: tender.title,
    description: tender.description,
    section: 'tender',
    ...(analysed && { noindex: true }),
    main: analysed ? resultPage(context, analysed) : emptyPage(context, view),
  })
}
