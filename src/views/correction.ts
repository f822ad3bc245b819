import { html } from 'ghtml'
import { brickLabel } from '../model/bricks.ts'
import { CORRECTION_LIMITS, type CorrectionStatus, type Declared } from '../model/correction.ts'
import { ROLE_LABELS } from '../model/labels.ts'
import type { Language } from '../model/language.ts'
import { formatSiren } from '../model/siren.ts'
import type { PageContext, Problem } from './context.ts'
import { refusedBox } from './correction-form.ts'
import { dateElement } from './format.ts'
import { layout } from './layout.ts'
import { textsOf } from './locales/texts.ts'
import { type Fragment, NOTHING, rich } from './markup.ts'
import { pagePath, supplierPath } from './urls.ts'

export interface CorrectionView {
  /** What opens the request: part of its forms' addresses. */
  readonly id: string
  readonly status: CorrectionStatus
  /** A message has just left. */
  readonly sent?: boolean
  readonly problem?: Problem | undefined
}

const row = (label: string, value: Fragment): Fragment =>
  html`<div><dt><strong>${label}</strong></dt><dd>!${value}</dd></div>`

const offerText = (offer: NonNullable<Declared['offers']>[number], language: Language): string => {
  const { correction } = textsOf(language)
  const description = offer.description === undefined ? '' : ` — ${offer.description}`
  return `${offer.name} (${correction[offer.kind]})${description}`
}

const listed = (values: readonly string[]): Fragment =>
  html`<ul class="plain">!${values.map(value => html`<li>${value}</li>`)}</ul>`

/** What a declaration says, field by field. All of it is text. */
const declaredRows = (declared: Declared, language: Language): Fragment => {
  const { correction } = textsOf(language)
  const { fields, status } = correction
  const said = (text: string): Fragment =>
    text === '' ? html`<span class="soft">${status.emptied}</span>` : html`${text}`
  const all = (values: readonly string[]): Fragment => (values.length === 0 ? said('') : listed(values))
  const { tagline, description, website, commune, roles, tags, bricks, offers } = declared
  return [
    tagline !== undefined && row(fields.tagline, said(tagline)),
    description !== undefined && row(fields.description, html`<span class="description">!${said(description)}</span>`),
    website !== undefined && row(fields.website, said(website)),
    commune !== undefined && row(fields.commune, said(commune)),
    roles !== undefined && row(fields.roles, all(roles.map(role => ROLE_LABELS[role][language]))),
    bricks !== undefined && row(fields.bricks, all(bricks.map(id => brickLabel(id, language)))),
    tags !== undefined && row(fields.tags, all(tags)),
    offers !== undefined && row(fields.offers, all(offers.map(offer => offerText(offer, language)))),
  ]
    .filter(each => each !== false)
    .join('')
}

const asked = ({ kind, siren, name, declared, address }: CorrectionStatus, language: Language): Fragment => {
  const { correction } = textsOf(language)
  const { status } = correction
  const firm = name === undefined ? formatSiren(siren) : `${name} (${formatSiren(siren)})`
  const link = name === undefined ? NOTHING : html` <a href="${supplierPath(language, siren)}">${status.profile}</a>`
  const removal = kind === 'remove' ? row(correction.removal, html`${correction.removalText}`) : NOTHING
  return html`<section class="stack" aria-labelledby="demande"><h2 id="demande">${status.asked}</h2>
<dl class="stack-s">!${row(status.kinds[kind], html`${firm}!${link}`)}!${removal}!${address === undefined ? NOTHING : row(status.site, html`${address}`)}
!${declared === undefined ? NOTHING : declaredRows(declared, language)}</dl></section>`
}

const stateText = ({ kind, state, review, instructions, proof }: CorrectionStatus, language: Language): Fragment => {
  const { status } = textsOf(language).correction
  const about = state === 'accepted' && kind === 'site' ? status.about.acceptedSite : status.about[state]
  const queued = state === 'queued' && proof === undefined
  return html`<p>${about}</p>
!${queued && instructions === undefined && kind !== 'site' ? html`<p>${status.queuedNoDomain}</p>` : NOTHING}
!${queued && instructions !== undefined && !instructions.mail ? html`<p>${status.queuedNoMail}</p>` : NOTHING}
!${review && (state === 'waiting' || state === 'queued') ? html`<p>${status.queuedReview}</p>` : NOTHING}`
}

const dated = (text: string, iso: string | undefined, language: Language): Fragment =>
  iso === undefined ? NOTHING : html`<li>!${rich(text, { date: dateElement(iso, language) })}</li>`

const state = (of: CorrectionStatus, language: Language): Fragment => {
  const { status } = textsOf(language).correction
  // Those that the service gives itself; an operator's are in the operator's words.
  const ownReasons: Readonly<Record<string, string>> = { declined: status.declined, gone: status.gone }
  const reason =
    of.reason === undefined
      ? NOTHING
      : html`<p>!${rich(status.reason, { reason: html`${ownReasons[of.reason] ?? of.reason}` })}</p>`
  const proof =
    of.proof === undefined
      ? NOTHING
      : html`<p class="soft">!${rich(status.proof, { proof: html`${status.proofs[of.proof]}` })}</p>`
  return html`<section class="box stack-s" aria-labelledby="etat"><h2 id="etat">${status.states[of.state]}</h2>!${stateText(of, language)}!${reason}!${proof}
<ul class="meta plain">!${dated(status.made, of.createdAt, language)}!${dated(status.until, of.expiresAt, language)}!${dated(status.ended, of.decidedAt, language)}</ul></section>`
}

const ways = ({ id, status: { instructions } }: CorrectionView, language: Language): Fragment => {
  if (instructions === undefined) return NOTHING
  const { status: texts } = textsOf(language).correction
  const { domain, mail, dns, file } = instructions
  const action = pagePath(language, `/corrections/${id}/preuve`)
  const form = (method: string, content: Fragment, submit: string): Fragment =>
    html`<form class="stack-s tender-form" action="${action}" method="post"><input type="hidden" name="method" value="${method}">!${content}
<p><button class="button" type="submit">${submit}<span class="hidden"> (${method})</span></button></p></form>`
  const byMail = html`<section class="stack-s" aria-labelledby="par-message"><h3 id="par-message">${texts.byMail}</h3>!${form(
    'mail',
    html`<div><label for="email">${texts.mailLabel(domain)}</label><p class="small soft" id="email-hint">${texts.mailHint}</p>
<input id="email" name="email" type="email" maxlength="${CORRECTION_LIMITS.mail}" autocomplete="email" required aria-describedby="email-hint"></div>`,
    texts.mailSubmit,
  )}</section>`
  const address = html`<code>${file.url}</code>`
  return html`<section class="stack no-print" aria-labelledby="preuve"><h2 id="preuve">${texts.prove}</h2>!${mail ? byMail : NOTHING}
<section class="stack-s" aria-labelledby="par-dns"><h3 id="par-dns">${texts.byDns}</h3><p>${texts.dnsText(dns.name)}</p><pre tabindex="0"><code>${dns.value}</code></pre>!${form('dns', NOTHING, texts.check)}</section>
<section class="stack-s" aria-labelledby="par-fichier"><h3 id="par-fichier">${texts.byFile}</h3><p>!${rich(texts.fileText, { address })}</p><pre tabindex="0"><code>${file.content}</code></pre>!${form('file', NOTHING, texts.check)}</section></section>`
}

/** `/corrections/{id}`: the state of a request, for who made it. */
export const correctionPage = (context: PageContext, view: CorrectionView): string => {
  const { language } = context
  const { status: texts } = textsOf(language).correction
  const sent = view.sent === true ? html`<p class="notice" role="status">${texts.sent}</p>` : NOTHING
  return layout(context, {
    title: texts.title,
    noindex: true,
    main: html`<div class="page-head stack"><h1>${texts.title}</h1><p class="lede">${texts.keep}</p></div>
<div class="stack-l">!${refusedBox(view.problem, texts.notShown)}!${sent}!${state(view.status, language)}!${ways(view, language)}!${asked(view.status, language)}</div>`,
  })
}

export interface LinkView {
  readonly token: string
  readonly status: CorrectionStatus
  /** The link was answered just now. */
  readonly done?: boolean
}

/** `/corrections/confirmer/{token}`: what a mailed link is about, with two buttons; then what came of it. */
export const correctionLinkPage = (context: PageContext, { token, status, done }: LinkView): string => {
  const { language } = context
  const { link } = textsOf(language).correction
  const buttons = html`<form class="cluster no-print" action="${pagePath(language, `/corrections/confirmer/${token}`)}" method="post">
<button class="button button--main" type="submit" name="answer" value="confirm">${link.confirm}</button>
<button class="button" type="submit" name="answer" value="decline">${link.decline}</button></form>`
  const title = done === true ? link.done : link.title
  return layout(context, {
    title,
    noindex: true,
    main: html`<div class="page-head stack"><h1>${title}</h1>!${done === true ? NOTHING : html`<p class="lede">${link.text}</p>`}</div>
<div class="stack-l">!${done === true ? state(status, language) : NOTHING}!${asked(status, language)}!${done === true ? NOTHING : buttons}</div>`,
  })
}
