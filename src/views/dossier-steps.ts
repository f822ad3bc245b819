import { html } from 'ghtml'
import type { PageContext } from './context.ts'
import { dossierPath, instantElement } from './dossier-view.ts'
import { layout } from './layout.ts'
import { textsOf } from './locales/texts.ts'
import { type Fragment, rich } from './markup.ts'
import { pagePath } from './urls.ts'

/** The pages around a dossier: what it is, the one that tells its key, and the one that says it is gone. */

const list = (texts: readonly string[]): Fragment => html`<ul>!${texts.map(text => html`<li>${text}</li>`)}</ul>`

/** `/dossiers`: what a dossier is, how to make one, and for how long it is kept. */
export const aboutDossiersPage = (
  context: PageContext,
  { retentionDays }: { readonly retentionDays: number },
): string => {
  const { language } = context
  const { dossier, tender } = textsOf(language)
  return layout(context, {
    title: dossier.about,
    description: dossier.aboutLede,
    main: html`<div class="page-head stack"><h1>${dossier.about}</h1><p class="lede">${dossier.aboutLede}</p></div>
<div class="stack-l"><section class="stack measure" aria-labelledby="comment"><h2 id="comment">${dossier.aboutHow}</h2>!${list(dossier.aboutHowText)}
<div class="cluster"><a class="button button--main" href="${pagePath(language, '/recherche')}">${dossier.aboutStart}</a><a class="button" href="${pagePath(language, '/besoin')}">${tender.title}</a></div></section>
<section class="stack measure" aria-labelledby="garde"><h2 id="garde">${dossier.aboutKept}</h2>!${list(dossier.aboutKeptText(retentionDays))}<p class="small soft">${dossier.notice}</p></section></div>`,
  })
}

export interface CreatedView {
  readonly frozen: { readonly id: string; readonly key: string; readonly hash: string; readonly expiresAt: string }
  readonly baseUrl: string
}

const shown = (label: string, value: string, hint: string): Fragment =>
  html`<div class="told"><dt>${label}</dt><dd><code>${value}</code><p class="small soft">${hint}</p></dd></div>`

/** What making a dossier answers: address, key and hash. The key is on this page and nowhere else. */
export const createdDossierPage = (context: PageContext, { frozen, baseUrl }: CreatedView): string => {
  const { language } = context
  const { dossier } = textsOf(language)
  const { id, key, hash, expiresAt } = frozen
  const path = dossierPath(language, id)
  const until = rich(dossier.until, { date: instantElement(expiresAt, language) })
  return layout(context, {
    title: dossier.created,
    noindex: true,
    main: html`<div class="page-head stack"><h1>${dossier.created}</h1><p class="lede">${dossier.createdText}</p></div>
<div class="stack-m"><dl class="stack told-list">!${shown(dossier.key, key, dossier.keyText)}!${shown(dossier.address, baseUrl + path, dossier.addressText)}!${shown(dossier.hash, hash, dossier.hashText)}</dl>
<p>!${until}</p>
<div class="cluster"><a class="button button--main" href="${path}">${dossier.openIt}</a>
<form action="${path}#liste" method="post"><input type="hidden" name="action" value="open"><input type="hidden" name="key" value="${key}"><button class="button" type="submit">${dossier.writeReasons}</button></form></div></div>`,
  })
}

/** What deleting answers. */
export const deletedDossierPage = (context: PageContext): string => {
  const { language } = context
  const { dossier } = textsOf(language)
  return layout(context, {
    title: dossier.deleted,
    noindex: true,
    main: html`<div class="page-head stack"><h1>${dossier.deleted}</h1><p class="lede">${dossier.deletedText}</p></div>
<p><a class="button" href="${pagePath(language, '/recherche')}">${dossier.aboutStart}</a></p>`,
  })
}
