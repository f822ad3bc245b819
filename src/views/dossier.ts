import { html } from 'ghtml'
import type { Language } from '../model/language.ts'
import { compareTable } from './components/compare-table.ts'
import { dossierChanges } from './components/dossier-changes.ts'
import { dossierEvidence } from './components/dossier-evidence.ts'
import { dossierList } from './components/dossier-list.ts'
import { dossierManage } from './components/dossier-manage.ts'
import { dossierTender } from './components/dossier-tender.ts'
import { proofLegend } from './components/proof.ts'
import { weightTable } from './components/ranking.ts'
import { sourcesTable } from './components/sources-table.ts'
import type { PageContext } from './context.ts'
import {
  type DossierView,
  dossierApiPath,
  dossierPath,
  headingOf,
  instantElement,
  questionLines,
  referenceOf,
  verifyCommand,
} from './dossier-view.ts'
import { layout } from './layout.ts'
import { textsOf } from './locales/texts.ts'
import { type Fragment, NOTHING, rich } from './markup.ts'

export { aboutDossiersPage, createdDossierPage, deletedDossierPage } from './dossier-steps.ts'

const takeLinks = ({ dossier: { id }, annotations }: DossierView, language: Language): Fragment => {
  const { formats, takeText } = textsOf(language).dossier
  const file = (name: 'docx' | 'xlsx' | 'csv'): Fragment =>
    html`<a class="button button--small" href="${dossierApiPath(id, `/export.${name}`)}?language=${language}">${formats[name]}</a>`
  const decisions =
    annotations.version === 0
      ? NOTHING
      : html`<a class="button button--small" href="${dossierApiPath(id, '/annotations')}">${formats.annotations}</a>`
  return html`<div class="cluster no-print">!${file('docx')}!${file('xlsx')}!${file('csv')}<a class="button button--small" href="${dossierApiPath(id)}">${formats.json}</a>!${decisions}
<span class="small soft">${takeText}</span></div>`
}

const head = (view: DossierView, language: Language): Fragment => {
  const { dossier } = view
  const { dossier: texts } = textsOf(language)
  const frozen = rich(texts.frozenOn, { date: instantElement(dossier.createdAt, language) })
  const until = rich(texts.until, { date: instantElement(dossier.expiresAt, language) })
  const index = dossier.index.version === '' ? NOTHING : html`, ${texts.indexVersion(dossier.index.version)}`
  const note = dossier.note === undefined ? NOTHING : html`<p class="measure dossier-note">${dossier.note}</p>`
  const invented = dossier.catalogue.demonstration ? html`<p class="notice">${texts.demonstration}</p>` : NOTHING
  return html`<div class="profile-head dossier-head"><p class="eyebrow">${texts.name}</p><h1>${headingOf(dossier, language)}</h1>
<p>${texts.reference(referenceOf(view))}, !${frozen}!${index}.</p>!${note}!${invented}!${takeLinks(view, language)}
<p class="small soft">${dossier.method.notice} !${until}</p></div>`
}

/** The lines of the question; hashes and addresses break anywhere. */
const question = (view: DossierView, language: Language): Fragment => {
  const { question: title } = textsOf(language).dossier
  const line = ([label, value]: readonly [string, string]): Fragment =>
    html`<div><dt>${label}</dt><dd>${value}</dd></div>`
  return html`<section class="stack" aria-labelledby="demande"><h2 id="demande">${title}</h2>
<dl class="question">!${questionLines(view, language).map(line)}</dl></section>`
}

const method = ({ dossier }: DossierView, language: Language): Fragment => {
  const { dossier: texts } = textsOf(language)
  const { url, ranking } = dossier.method
  const link = html`<a href="${url}">${url}</a>`
  const fields = ranking && { name: 0, tags: 0, tagline: 0, description: 0, passages: 0, bricks: 0, ...ranking.fields }
  const table = ranking && fields ? weightTable({ ...ranking, fields }, language) : NOTHING
  const text = rich(ranking ? texts.methodText : texts.methodOther, { link })
  return html`<section class="stack" aria-labelledby="methode"><h2 id="methode">${texts.method}</h2><p class="measure">!${text}</p>!${table}</section>`
}

const sources = ({ dossier }: DossierView, language: Language): Fragment =>
  html`<section class="stack" aria-labelledby="sources"><h2 id="sources">${textsOf(language).dossier.sources}</h2>!${sourcesTable(dossier.sources, language)}</section>`

const verification = (view: DossierView, language: Language): Fragment => {
  const { verify, verifyText, verifyIntegrity } = textsOf(language).dossier
  return html`<section class="stack" aria-labelledby="verifier"><h2 id="verifier">${verify}</h2><p class="measure">${verifyText}</p>
<pre><code>${verifyCommand(view)}
${view.hash}</code></pre><p class="small soft">${verifyIntegrity}</p></section>`
}

/** A frozen dossier, to read and to print; with its key, to write decisions on. */
export const dossierPage = (context: PageContext, view: DossierView): string => {
  const { language } = context
  const { dossier, changes } = view
  const texts = textsOf(language)
  const comparison = dossier.comparison
    ? html`<section class="stack" aria-labelledby="cote"><h2 id="cote">${texts.compare.heading(dossier.suppliers.length)}</h2>!${compareTable(dossier.comparison, language, { fixed: true })}</section>`
    : NOTHING
  // What stands below each printed sheet differs from dossier to dossier, and inline styles are not allowed.
  const sheet = html`<link rel="stylesheet" href="${dossierPath(language, dossier.id)}/print.css">`
  return layout(context, {
    title: `${texts.dossier.name} ${texts.dossier.reference(referenceOf(view))}`,
    noindex: true,
    main: html`!${sheet}!${head(view, language)}<div class="stack-l dossier">
!${question(view, language)}!${dossierList(view, language)}<div class="stack">!${proofLegend(texts)}</div>
!${comparison}!${dossierTender(dossier, context)}!${dossierEvidence(view, language)}
!${sources(view, language)}!${method(view, language)}!${verification(view, language)}
!${dossierChanges(changes, dossier.kind !== 'comparison', language)}!${dossierManage(view, language)}</div>`,
  })
}

/** The style sheet of one dossier: below each printed sheet its reference and the hash that proves it. */
export const printStyle = (
  frozen: { readonly createdAt: string; readonly hash: string },
  language: Language,
): string => {
  const { name, reference } = textsOf(language).dossier
  // The hash is hexadecimal and the reference made of it: nothing here comes from outside.
  const line = `${name} ${reference(referenceOf({ dossier: frozen, hash: frozen.hash }))}, SHA-256 ${frozen.hash}`
  return `@page { @bottom-left { content: ${JSON.stringify(line)}; font: 7pt sans-serif; inline-size: 85% } }\n`
}
