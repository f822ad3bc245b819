import { html } from 'ghtml'
import type { Language } from '../../model/language.ts'
import type { SiteCrawl } from '../../model/visibility.ts'
import type { PageContext } from '../context.ts'
import { dateElement } from '../format.ts'
import { type Texts, textsOf } from '../locales/texts.ts'
import { type Fragment, fragments, NOTHING, rich } from '../markup.ts'
import type { MirrorView } from '../visibility-view.ts'
import { outsideLink } from './source-line.ts'

type Unreadable = keyof Texts['visibility']['unreadable']

/** The crawler's reasons that a firm can do the same about. */
const KINDS: readonly (readonly [Unreadable, readonly string[]])[] = [
  ['robots', ['robots']],
  ['noindex', ['noindex']],
  ['opted-out', ['opted-out']],
  ['crawl-delay', ['crawl-delay']],
  ['script-only', ['script-only']],
  ['not-html', ['not-html']],
  ['gone', ['gone']],
  ['refused', ['client-error']],
  ['server', ['server-error']],
  ['tls', ['tls-error']],
  ['moved', ['foreign-redirect']],
  ['redirect', ['too-many-redirects', 'bad-redirect', 'unsupported-scheme', 'unsupported-port']],
  ['empty', ['empty-page']],
  ['rate-limited', ['rate-limited']],
  ['limit', ['page-limit']],
  ['trap', ['trap']],
  [
    'unreachable',
    [
      ...['host-not-found', 'dns-timeout', 'dns-failure', 'private-address', 'connect-timeout', 'connection-refused'],
      ...['connection-reset', 'headers-timeout', 'body-timeout', 'total-timeout'],
    ],
  ],
]

const kindOf = (reason: string): Unreadable => KINDS.find(([, reasons]) => reasons.includes(reason))?.[0] ?? 'other'

const stateLine = ({ state, pagesKept, website, domain }: SiteCrawl, language: Language): Fragment => {
  const { visibility } = textsOf(language)
  const site = website === undefined ? html`${domain ?? ''}` : outsideLink(website, domain)
  const text = state === 'read' ? visibility.crawlState.read(pagesKept) : visibility.crawlState[state]
  return rich(text, { site })
}

const visits = ({ lastVisit, nextVisit }: SiteCrawl, language: Language): Fragment => {
  const { visibility } = textsOf(language)
  const parts = [
    ...(lastVisit === undefined ? [] : [rich(visibility.lastVisit, { date: dateElement(lastVisit, language) })]),
    ...(nextVisit === undefined ? [] : [rich(visibility.nextVisit, { date: dateElement(nextVisit, language) })]),
  ]
  return parts.length === 0 ? NOTHING : html`<p class="source">!${fragments(parts, ', ')}.</p>`
}

/** The visits of the robot, and what it could not read, by cause, with what to do about it. */
export const mirrorSite = ({ language }: PageContext, { visibility: { site } }: MirrorView): Fragment => {
  const { visibility } = textsOf(language)
  const item = ({ reason, pages, urls, triedAt }: SiteCrawl['unreadable'][number]): Fragment => {
    const [first] = urls
    const title = first === undefined ? html`${visibility.pages(pages)}` : outsideLink(first)
    const more =
      pages > 1 && first !== undefined ? html` <span class="soft">(${visibility.pages(pages)})</span>` : NOTHING
    const tried =
      triedAt === undefined
        ? NOTHING
        : html`<p class="source">!${rich(visibility.tried, { date: dateElement(triedAt, language) })}</p>`
    return html`<li class="stack-s"><h3>!${title}!${more}</h3><p>${visibility.unreadable[kindOf(reason)]}</p>!${tried}</li>`
  }
  const read = site.state === 'read' ? html`<p class="soft">${visibility.allRead}</p>` : NOTHING
  const list = site.unreadable.length === 0 ? read : html`<ol class="rows">!${site.unreadable.map(item)}</ol>`
  const robots = site.robots === undefined ? NOTHING : html` ${visibility.robots[site.robots]}`
  return html`<section class="stack" aria-labelledby="robot"><h2 id="robot">${site.unreadable.length === 0 ? visibility.crawl : visibility.unread}</h2>
<div class="stack-s"><p>!${stateLine(site, language)}!${robots}</p>!${visits(site, language)}</div>!${list}</section>`
}
