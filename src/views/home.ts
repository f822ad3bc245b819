import { html } from 'ghtml'
import type { FacetValue } from '../model/search-result.ts'
import { THEMES, type Theme } from '../model/themes.ts'
import { FILLING_BRICKS, FOUND_BRICK, MISSING_BRICK } from './components/icons.ts'
import { searchForm } from './components/search-form.ts'
import { sourcesTable } from './components/sources-table.ts'
import type { HomeView, PageContext } from './context.ts'
import { formatNumber } from './format.ts'
import { layout } from './layout.ts'
import { textsOf } from './locales/texts.ts'
import { type Fragment, fragments, NOTHING } from './markup.ts'
import { pagePath, searchPath } from './urls.ts'

const examples = ({ language }: PageContext): Fragment => {
  const { home } = textsOf(language)
  const links = home.examples.map(q => html`<a href="${searchPath(language, { q })}">${q}</a>`)
  return html`<p class="small soft examples">${home.examplesBefore} !${fragments(links, ', ')}</p>`
}

const hero = (context: PageContext): Fragment => {
  const { home } = textsOf(context.language)
  return html`<section class="hero" aria-labelledby="question">
<h1 id="question">${home.title}</h1>
<p class="lede">${home.lede}</p>
!${searchForm(context.language, { big: true })}
!${examples(context)}
</section>`
}

const doors = ({ language }: PageContext): Fragment => {
  const { home } = textsOf(language)
  const door = (drawing: Fragment, title: string, text: string, to: string, link: string): Fragment =>
    html`<div class="door">!${drawing}<h3>${title}</h3><p>${text}</p><p><a href="${to}">${link}</a></p></div>`
  return html`<section aria-labelledby="portes"><h2 class="hidden" id="portes">${home.doors}</h2>
<div class="doors">
!${door(FOUND_BRICK, home.buyer, home.buyerText, pagePath(language, '/recherche'), home.buyerLink)}
!${door(MISSING_BRICK, home.writer, home.writerText, pagePath(language, '/besoin'), home.writerLink)}
!${door(FILLING_BRICKS, home.startup, home.startupText, pagePath(language, '/visibilite'), home.startupLink)}
</div></section>`
}

/** The wall's courses: four bricks, then three between two halves, then four. */
const FIRST_COURSE = 4
const SECOND_COURSE = 7

const wall = ({ language, status }: PageContext, themes: readonly FacetValue[]): Fragment => {
  const { home, site } = textsOf(language)
  const counts = new Map(themes.map(theme => [theme.value, theme.count]))
  const brick = ({ id, label }: Theme): Fragment => {
    const count = counts.get(id) ?? 0
    // Without an index nothing is counted: no figure is better than a wrong zero.
    const shown =
      counts.size === 0
        ? NOTHING
        : html` <span class="count" aria-hidden="true">${formatNumber(count, language)}</span><span class="hidden">${site.suppliers(count)}</span>`
    return html`<li><a href="${searchPath(language, { theme: [id] })}">${label[language]}!${shown}</a></li>`
  }
  const doorThemes = THEMES.filter(theme => theme.door)
  const others = THEMES.filter(theme => !theme.door && (counts.get(theme.id) ?? 0) > 0)
  const also = others.map(
    ({ id, label }) =>
      html`<a href="${searchPath(language, { theme: [id] })}">${label[language]}</a> (${formatNumber(counts.get(id) ?? 0, language)})`,
  )
  // Half a brick is too narrow for the figure and its noun on one line.
  const bricks = site.bricks(status.bricks).replace('\u00a0', ' ')
  return html`<section aria-labelledby="themes">
<div class="section-head"><h2 id="themes">${home.themes}</h2>
<p class="small soft"><a href="${pagePath(language, '/recherche')}">${site.suppliers(status.suppliers)}</a>, <a href="${pagePath(language, '/briques')}">${site.bricks(status.bricks)}</a></p></div>
<ul class="wall">
!${doorThemes.slice(0, FIRST_COURSE).map(brick)}
<li class="half key"><a href="${pagePath(language, '/briques')}">${bricks} <span class="count">${home.fromAToZ}</span></a></li>
!${doorThemes.slice(FIRST_COURSE, SECOND_COURSE).map(brick)}
<li class="half missing"><a href="#q">${home.missing}</a></li>
!${doorThemes.slice(SECOND_COURSE).map(brick)}
</ul>
!${also.length === 0 ? NOTHING : html`<p class="small soft also">${home.alsoThemes} !${fragments(also, ', ')}</p>`}
</section>`
}

const sources = ({ language, status }: PageContext): Fragment => {
  const { home } = textsOf(language)
  return html`<section class="stack" aria-labelledby="sources"><h2 id="sources">${home.sources}</h2>
<p class="measure">${home.sourcesText}</p>
!${sourcesTable(status.sources, language)}
<p><a href="${pagePath(language, '/a-propos')}">${home.sourcesMore}</a></p></section>`
}

/** The home page: the question, three ways in, the wall of themes, the sources. */
export const homePage = (context: PageContext, { themes = [] }: HomeView = {}): string =>
  layout(context, {
    title: textsOf(context.language).home.title,
    searchBox: true,
    main: html`!${hero(context)}
<div class="stack-l">!${doors(context)}!${wall(context, themes)}!${sources(context)}</div>`,
  })
