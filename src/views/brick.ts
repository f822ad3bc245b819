import { html } from 'ghtml'
import type { Brick } from '../model/brick.ts'
import { brickFamily, broaderBricks, narrowerBricks } from '../model/brick-tree.ts'
import type { Language } from '../model/language.ts'
import type { Hit } from '../model/search-result.ts'
import { themeById } from '../model/themes.ts'
import { brickList } from './components/brick-list.ts'
import { shortPlace } from './components/place.ts'
import { stateFlag } from './components/state-flag.ts'
import type { BrickView, PageContext } from './context.ts'
import { layout } from './layout.ts'
import { textsOf } from './locales/texts.ts'
import { type Fragment, fragments, NOTHING } from './markup.ts'
import { brickPath, bricksPath, searchPath, supplierPath } from './urls.ts'

interface Part {
  readonly id: string
  readonly title: string
  readonly content: Fragment
}

const crumbs = ({ id }: Brick, language: Language): Fragment => {
  const { supplier, bricks } = textsOf(language)
  const above = broaderBricks(id)
    .toReversed()
    .map(brick => html`<li><a href="${brickPath(language, brick.id)}">${brick[language]}</a></li>`)
  return html`<nav class="crumbs" aria-label="${supplier.crumbs}"><ol><li><a href="${bricksPath(language)}">${bricks.title}</a></li>!${above}</ol></nav>`
}

const head = ({ brick, counts }: BrickView, language: Language): Fragment => {
  const { bricks, site } = textsOf(language)
  const other = language === 'fr' ? 'en' : 'fr'
  const count = counts?.get(brick.id) ?? 0
  const search =
    count === 0
      ? NOTHING
      : html`<p class="no-print"><a class="button button--main" href="${searchPath(language, { brick: [brick.id] })}">${bricks.see(site.suppliers(count))}</a></p>`
  return html`<div class="profile-head"><h1>${brick[language]}</h1>
!${brick.definition === undefined ? NOTHING : html`<p class="lede-s measure" lang="fr">${brick.definition}</p>`}
<p class="small soft">${bricks.otherLabel} <span lang="${other}">${brick[other]}</span></p>!${search}</div>`
}

const supplierRow = ({ supplier }: Hit, language: Language): Fragment => {
  const place = shortPlace(supplier)
  return html`<li class="option"><div><strong><a href="${supplierPath(language, supplier.siren)}">${supplier.name}</a></strong> !${stateFlag(supplier.state, language)}
!${supplier.tagline === undefined ? NOTHING : html`<p>${supplier.tagline}</p>`}</div>!${place === undefined ? NOTHING : html`<span class="soft">${place}</span>`}</li>`
}

const suppliers = ({ brick, counts, hits }: BrickView, language: Language): Fragment => {
  const { bricks, site } = textsOf(language)
  if (counts === undefined) return html`<p class="soft">${bricks.uncounted}</p>`
  const count = counts.get(brick.id) ?? 0
  const rows =
    hits.length === 0 ? NOTHING : html`<ul class="options">!${hits.map(hit => supplierRow(hit, language))}</ul>`
  const all =
    count > hits.length && hits.length > 0
      ? html`<p><a href="${searchPath(language, { brick: [brick.id] })}">${bricks.allSuppliers(site.suppliers(count))}</a></p>`
      : NOTHING
  const narrower = narrowerBricks(brick.id).some(each => (counts.get(each.id) ?? 0) > 0)
    ? html`<p><a href="${searchPath(language, { brick: [...brickFamily(brick.id)] })}">${bricks.withNarrower}</a></p>`
    : NOTHING
  return html`<p class="soft measure">${count === 0 ? bricks.noSupplier : bricks.order}</p>!${rows}!${all}!${narrower}`
}

const words = ({ aliases, acronyms = [], replaces = [] }: Brick, language: Language): Fragment => {
  const { bricks } = textsOf(language)
  const plain = (list: readonly string[]): Fragment =>
    fragments(
      list.map(each => html`${each}`),
      ', ',
    )
  const acronym = ({ form, context = [] }: (typeof acronyms)[number]): Fragment =>
    html`${form}!${context.length === 0 ? NOTHING : html` <span class="soft">${bricks.context(context.join(', '))}</span>`}`
  const rows: readonly (readonly [string, Fragment])[] = [
    [bricks.aliases, plain(aliases)],
    [bricks.acronyms, fragments(acronyms.map(acronym), ', ')],
    [bricks.products, plain(replaces)],
  ]
  const shown = rows.filter(([, list]) => list !== '')
  const note = replaces.length === 0 ? NOTHING : html`<p class="small soft measure">${bricks.productsNote}</p>`
  return html`<dl class="commands">!${shown.map(([term, list]) => html`<div><dt><strong>${term}</strong></dt><dd>!${list}</dd></div>`)}</dl>!${note}`
}

const kinship = ({ brick, counts }: BrickView, language: Language): Fragment => {
  const { bricks } = textsOf(language)
  const block = (title: string, list: readonly Brick[]): Fragment =>
    list.length === 0
      ? NOTHING
      : html`<h3>${title}</h3>!${brickList(
          list.map(each => ({ brick: each })),
          counts,
          language,
        )}`
  const sorted = narrowerBricks(brick.id).toSorted((a, b) => a[language].localeCompare(b[language], language))
  return html`!${block(bricks.broader, broaderBricks(brick.id).slice(0, 1))}!${block(bricks.narrower, sorted)}`
}

const filing = ({ themes, cpv = [] }: Brick, language: Language): Fragment => {
  const { supplier, bricks } = textsOf(language)
  const links = themes.map(
    id => html`<a href="${bricksPath(language, { theme: id })}">${themeById(id)?.label[language] ?? id}</a>`,
  )
  const codes = cpv.map(code => html`<code>${code}</code>`)
  return html`<p><span class="soft">${supplier.themes}</span> !${fragments(links, ', ')}</p>
!${codes.length === 0 ? NOTHING : html`<p><span class="soft">${bricks.cpv}</span> !${fragments(codes, ', ')}</p>`}`
}

const aside = (parts: readonly Part[], { id }: Brick, language: Language): Fragment => {
  const { supplier, bricks } = textsOf(language)
  return html`<aside class="stack rail rail--sticky no-print" aria-label="${bricks.onThisPage}">
<nav class="contents" aria-label="${supplier.contents}">!${parts.map(part => html`<a href="#${part.id}">${part.title}</a>`)}</nav>
<p class="small"><a href="/api/bricks/${id}">${bricks.json}</a></p></aside>`
}

/** One brick: what it means, how people name it, what lies around it, who supplies it. */
export const brickPage = (context: PageContext, view: BrickView): string => {
  const { language } = context
  const { brick } = view
  const { bricks: texts } = textsOf(language)
  const related = broaderBricks(brick.id).length + narrowerBricks(brick.id).length > 0
  const parts: readonly Part[] = [
    { id: 'fournisseurs', title: texts.suppliers, content: suppliers(view, language) },
    { id: 'mots', title: texts.words, content: words(brick, language) },
    ...(related ? [{ id: 'voisines', title: texts.kinship, content: kinship(view, language) }] : []),
    { id: 'codes', title: texts.filing, content: filing(brick, language) },
  ]
  const section = ({ id, title, content }: Part): Fragment =>
    html`<section class="stack" aria-labelledby="${id}"><h2 id="${id}">${title}</h2>!${content}</section>`
  return layout(context, {
    title: brick[language],
    ...(brick.definition !== undefined && { description: brick.definition }),
    section: 'bricks',
    main: html`!${crumbs(brick, language)}!${head(view, language)}
<div class="split"><div class="stack-m">!${parts.map(section)}</div>!${aside(parts, brick, language)}</div>`,
  })
}
