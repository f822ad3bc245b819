import { html } from 'ghtml'
import { CORRECTION_LIMITS } from '../model/correction.ts'
import type { PageContext, Problem } from './context.ts'
import { refusedBox } from './correction-form.ts'
import { layout } from './layout.ts'
import { textsOf } from './locales/texts.ts'
import { NOTHING } from './markup.ts'
import { pagePath } from './urls.ts'

export interface ProposeSiteView {
  readonly siren: string
  readonly url: string
  readonly problem?: (Problem & { readonly field: string }) | undefined
}

/** `/sites/proposer`: a SIREN and the address of its site, for the robot. */
export const proposeSitePage = (context: PageContext, { siren, url, problem }: ProposeSiteView): string => {
  const { language } = context
  const { correction } = textsOf(language)
  const { propose } = correction
  const wrong = (name: string) => (problem?.field === name ? html`aria-invalid="true"` : NOTHING)
  return layout(context, {
    title: propose.title,
    description: propose.lede,
    section: 'search',
    main: html`<div class="page-head stack"><h1>${propose.title}</h1><p class="lede">${propose.lede}</p></div>
<div class="stack-m">!${refusedBox(problem, correction.refused)}<p class="measure">${propose.text}</p>
<form class="stack tender-form measure" action="${pagePath(language, '/sites/proposer')}" method="post">
<div><label for="siren">${propose.siren}</label><p class="small soft" id="siren-hint">${propose.sirenHint}</p>
<input id="siren" name="siren" type="text" inputmode="numeric" maxlength="30" autocomplete="off" required value="${siren}" aria-describedby="siren-hint" !${wrong('siren')}></div>
<div><label for="url">${propose.url}</label><p class="small soft" id="url-hint">${propose.urlHint}</p>
<input id="url" name="url" type="text" inputmode="url" maxlength="${CORRECTION_LIMITS.address}" autocomplete="off" required value="${url}" aria-describedby="url-hint" !${wrong('url')}></div>
<p><button class="button button--main" type="submit">${propose.submit}</button></p></form></div>`,
  })
}
