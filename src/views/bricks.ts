import { html } from 'ghtml'
import { BRICKS } from '../model/bricks.ts'
import type { Language } from '../model/language.ts'
import { THEMES, themeById } from '../model/themes.ts'
import { brickList } from './components/brick-list.ts'
import type { BricksView, ListedBrick, PageContext } from './context.ts'
import { formatNumber } from './format.ts'
import { layout } from './layout.ts'
import { textsOf } from './locales/texts.ts'
import { type Fragment, NOTHING } from './markup.ts'
import { bricksPath, pagePath } from './urls.ts'

/** Fewer bricks need no letters to find one's way. */
const LETTERED = 60
const MAX_LENGTH = 200

/** "É" is under E, digits under "#". */
const initialOf = (label: string): string => {
  const [first = ''] = label.normalize('NFKD')
  return /[a-z]/i.test(first) ? first.toUpperCase() : '#'
}

const collators = { fr: new Intl.Collator('fr'), en: new Intl.Collator('en') } as const

/** By label; what only an alias names comes after. */
const inOrder = (bricks: readonly ListedBrick[], language: Language): readonly ListedBrick[] =>
  bricks.toSorted(
    (a, b) =>
      Number(a.by !== undefined) - Number(b.by !== undefined) ||
      collators[language].compare(a.brick[language], b.brick[language]),
  )

const filterForm = ({ language }: PageContext, { q, theme }: BricksView): Fragment => {
  const { bricks } = textsOf(language)
  const option = (id: string, label: string): Fragment =>
    html`<option value="${id}" !${id === (theme ?? '') ? 'selected' : NOTHING}>${label}</option>`
  return html`<form class="search" action="${pagePath(language, '/briques')}" method="get" role="search" aria-label="${bricks.find}">
<div><label for="q">${bricks.find}</label>
<input id="q" name="q" type="search" maxlength="${MAX_LENGTH}" autocomplete="off" value="${q}" placeholder="${bricks.placeholder}"></div>
<div><label for="theme">${bricks.theme}</label>
<select id="theme" name="theme">!${option('', bricks.anyTheme)}!${THEMES.map(({ id, label }) => option(id, label[language]))}</select></div>
<button class="button button--main" type="submit">${bricks.filter}</button></form>`
}

const byTheme = (language: Language): Fragment => {
  const { bricks, site } = textsOf(language)
  const link = (id: string, label: string): Fragment => {
    const count = BRICKS.filter(brick => brick.themes.includes(id)).length
    return html`<li><a class="brick" href="${bricksPath(language, { theme: id })}">${label} <span class="soft" aria-hidden="true">${formatNumber(count, language)}</span><span class="hidden">${site.bricks(count)}</span></a></li>`
  }
  return html`<section class="stack" aria-labelledby="par-theme"><h2 id="par-theme">${bricks.byTheme}</h2>
<ul class="bricks">!${THEMES.map(({ id, label }) => link(id, label[language]))}</ul></section>`
}

const lettered = (sorted: readonly ListedBrick[], view: BricksView, language: Language): Fragment => {
  const { bricks } = textsOf(language)
  const letters = Map.groupBy(sorted, ({ brick }) => initialOf(brick[language]))
  const idOf = (letter: string): string => `lettre-${letter === '#' ? '0' : letter.toLowerCase()}`
  const link = (letter: string): Fragment => html`<li><a href="#${idOf(letter)}">${letter}</a></li>`
  const section = ([letter, list]: readonly [string, readonly ListedBrick[]]): Fragment =>
    html`<section class="stack-s" aria-labelledby="${idOf(letter)}"><h3 id="${idOf(letter)}">${letter}</h3>!${brickList(list, view.counts, language)}</section>`
  return html`<nav class="no-print" aria-label="${bricks.letters}"><ul class="letters">!${[...letters.keys()].map(link)}</ul></nav>
!${[...letters].map(section)}`
}

const heading = ({ q, theme, bricks }: BricksView, language: Language): string => {
  const texts = textsOf(language)
  const subject = theme === undefined ? [] : [themeById(theme)?.label[language] ?? theme]
  const typed = q === '' ? [] : [texts.search.titleQuery(q)]
  return [texts.site.bricks(bricks.length), ...typed, ...subject].join(', ')
}

const list = (view: BricksView, language: Language): Fragment => {
  const { bricks: texts } = textsOf(language)
  const filtered = view.q !== '' || view.theme !== undefined
  const shown = inOrder(view.bricks, language)
  const content =
    shown.length === 0
      ? html`<p>${texts.none}</p>`
      : view.q === '' && shown.length > LETTERED
        ? lettered(shown, view, language)
        : brickList(shown, view.counts, language)
  const all = filtered ? html`<p class="no-print"><a href="${bricksPath(language)}">${texts.all}</a></p>` : NOTHING
  const figures = view.counts === undefined ? NOTHING : html`<p class="small soft">${texts.figures}</p>`
  return html`<section class="stack" aria-labelledby="liste"><h2 id="liste">${filtered ? heading(view, language) : texts.index}</h2>!${figures}!${all}!${content}</section>`
}

/** The vocabulary: by theme, by letter, or what a word finds in it. */
export const bricksPage = (context: PageContext, view: BricksView): string => {
  const { language } = context
  const { bricks: texts } = textsOf(language)
  const filtered = view.q !== '' || view.theme !== undefined
  return layout(context, {
    title: filtered ? `${texts.title}, ${heading(view, language)}` : texts.title,
    description: texts.lede(BRICKS.length),
    section: 'bricks',
    noindex: view.q !== '',
    main: html`<div class="page-head stack"><h1>${texts.title}</h1><p class="lede">${texts.lede(BRICKS.length)}</p>
!${filterForm(context, view)}</div>
<div class="stack-m">!${filtered ? NOTHING : byTheme(language)}!${list(view, language)}</div>`,
  })
}
