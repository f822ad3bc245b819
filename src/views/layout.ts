import { html } from 'ghtml'
import type { Language } from '../model/language.ts'
import { ICON, STYLESHEET, SUGGEST_SCRIPT } from './assets.ts'
import { PROOF_SHAPES, WORDMARK } from './components/icons.ts'
import type { ErrorContext } from './context.ts'
import { type Texts, textsOf } from './locales/texts.ts'
import { type Fragment, NOTHING, rich } from './markup.ts'
import { pagePath } from './urls.ts'

export type Section = 'search' | 'tender' | 'bricks' | 'visibility' | 'about' | 'docs'

export interface Page {
  /** Without the site's name. */
  readonly title: string
  readonly description?: string
  readonly main: Fragment
  /** The entry of the navigation that the reader is in. */
  readonly section?: Section
  /** For pages that no search engine should keep: results, errors. */
  readonly noindex?: boolean
  /** The page's own address without the language prefix, when the one asked for has a query that is not part of it. */
  readonly canonical?: string
  /** The feed of what the page lists. */
  readonly feed?: { readonly href: string; readonly title: string }
  /** The page has a search box. */
  readonly searchBox?: boolean
}

const twinOf = (language: Language): Language => (language === 'fr' ? 'en' : 'fr')

const addresses = ({ baseUrl, language, path }: ErrorContext): Fragment => {
  if (baseUrl === undefined) return NOTHING
  return html`<link rel="canonical" href="${baseUrl}${pagePath(language, path)}">
<link rel="alternate" hreflang="fr" href="${baseUrl}${pagePath('fr', path)}">
<link rel="alternate" hreflang="en" href="${baseUrl}${pagePath('en', path)}">`
}

const feedLink = (feed: Page['feed']): Fragment =>
  feed === undefined
    ? NOTHING
    : html`<link rel="alternate" type="application/atom+xml" title="${feed.title}" href="${feed.href}">`

const banner = ({ language, status }: ErrorContext, texts: Texts): Fragment => {
  if (!status?.demonstration) return NOTHING
  const text = rich(texts.site.demonstration(status.suppliers), {
    strong: html`<strong>${texts.site.demonstrationTitle}</strong>`,
    link: html`<a href="${pagePath(language, '/a-propos')}#charger">${texts.site.loadOpenData}</a>`,
  })
  return html`<aside class="demo" aria-label="${texts.site.warning}"><p class="page">!${text}</p></aside>`
}

const header = ({ language, path }: ErrorContext, texts: Texts, section: Section | undefined): Fragment => {
  const link = (id: Section, to: string, text: string): Fragment =>
    html`<li><a href="${pagePath(language, to)}" !${id === section ? html`aria-current="page"` : NOTHING}>${text}</a></li>`
  const twin = twinOf(language)
  return html`<header class="site-head"><div class="page">
<a class="wordmark" href="${pagePath(language, '/')}" aria-label="${texts.site.homeLink}">!${WORDMARK}${texts.site.name}</a>
<nav class="site-nav" aria-label="${texts.site.mainNavigation}"><ul>
!${link('search', '/recherche', texts.site.search)}
!${link('tender', '/besoin', texts.tender.nav)}
!${link('bricks', '/briques', texts.site.brickIndex)}
!${link('visibility', '/visibilite', texts.visibility.nav)}
!${link('about', '/a-propos', texts.site.about)}
!${link('docs', '/docs', texts.site.api)}
<li><a href="${pagePath(twin, path)}" lang="${twin}" hreflang="${twin}" rel="alternate">${texts.site.twin}</a></li>
</ul></nav>
</div></header>`
}

const footer = (language: Language, texts: Texts): Fragment => {
  const link = (to: string, text: string): Fragment => html`<li><a href="${to}">${text}</a></li>`
  const column = (title: string, links: readonly Fragment[]): Fragment =>
    html`<nav aria-label="${title}"><p><strong>${title}</strong></p><ul class="plain">!${links}</ul></nav>`
  const { site } = texts
  const about = pagePath(language, '/a-propos')
  return html`<footer class="site-foot"><div class="page">
<div><p><strong>${site.name}</strong></p><p class="soft">${site.footPitch}</p></div>
!${column(site.browse, [
    link(pagePath(language, '/'), site.search),
    link(pagePath(language, '/recherche'), site.allSuppliers),
    link(pagePath(language, '/briques'), site.allBricks),
    link(pagePath(language, '/sites/proposer'), texts.correction.proposeLink),
    link(pagePath(language, '/visibilite'), texts.visibility.nav),
  ])}
!${column(site.understand, [
    link(about, site.about),
    link(`${about}#classement`, site.ranking),
    link(`${about}#vie-privee`, site.privacy),
    link(pagePath(language, '/accessibilite'), site.accessibility),
    link(pagePath(language, '/robot'), site.robot),
  ])}
!${column(site.reuse, [
    link(pagePath(language, '/docs'), site.apiDocs),
    link('/openapi.json', site.openapi),
    link(pagePath(language, '/dossiers'), texts.dossier.about),
    link('/api/status', site.status),
  ])}
</div></footer>`
}

/** A whole HTML document: frame, navigation and the page's own content. */
export const layout = (context: ErrorContext, page: Page): string => {
  const texts = textsOf(context.language)
  return html`<!doctype html>
<html lang="${context.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title} — ${texts.site.name}</title>
<meta name="description" content="${page.description ?? texts.site.description}">
<meta name="color-scheme" content="light dark">
!${page.noindex ? html`<meta name="robots" content="noindex">` : NOTHING}
<link rel="icon" href="${ICON}" type="image/svg+xml">
<link rel="stylesheet" href="${STYLESHEET}">
<link rel="search" type="application/opensearchdescription+xml" title="${texts.exports.openSearch}" href="${pagePath(context.language, '/opensearch.xml')}">
!${feedLink(page.feed)}
!${page.searchBox ? html`<script src="${SUGGEST_SCRIPT}" defer></script>` : NOTHING}
!${addresses({ ...context, path: page.canonical ?? context.path })}
</head>
<body>
!${PROOF_SHAPES}
<a class="skip" href="#contenu">${texts.site.skip}</a>
!${banner(context, texts)}
!${header(context, texts, page.section)}
<main class="page" id="contenu" tabindex="-1">
!${page.main}
</main>
!${footer(context.language, texts)}
</body>
</html>
`
}
