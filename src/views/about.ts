import { html } from 'ghtml'
import { rankingMethod } from './components/ranking.ts'
import { sourcesTable } from './components/sources-table.ts'
import type { PageContext, RankingView } from './context.ts'
import { dateElement } from './format.ts'
import { layout } from './layout.ts'
import { type Texts, textsOf } from './locales/texts.ts'
import { type Fragment, NOTHING, rich } from './markup.ts'
import { pagePath } from './urls.ts'

interface Part {
  readonly id: string
  readonly title: string
  readonly content: Fragment
}

const paragraphs = (lines: readonly string[]): Fragment => html`!${lines.map(line => html`<p>${line}</p>`)}`

const sources = ({ language, status }: PageContext, texts: Texts): Fragment => {
  // Without an index (the engine cannot answer) there is nothing to say of it.
  const index =
    status.index.version === ''
      ? NOTHING
      : rich(texts.about.index, {
          version: html`<code>${status.index.version}</code>`,
          date: dateElement(status.index.builtAt, language),
          count: html`${texts.site.suppliers(status.index.suppliers)}`,
        })
  return html`<p class="measure">${texts.about.sourcesText}</p>
!${sourcesTable(status.sources, language)}
<p class="measure">${texts.about.named(status.named, status.suppliers)} !${index}</p>`
}

const load = ({ about }: Texts): Fragment => {
  const commands = about.loadCommands.map(
    ({ command, meaning }) => html`<div><dt><code>${command}</code></dt><dd>${meaning}</dd></div>`,
  )
  return html`<p>${about.loadText}</p><dl class="commands">!${commands}</dl><p>${about.loadAfter}</p>`
}

const licence = ({ language }: PageContext, { about }: Texts): Fragment =>
  html`!${paragraphs(about.licenceText)}<p><a href="${pagePath(language, '/docs')}">${about.licenceLink}</a></p>`

/** Sources, method, ranking in plain words, what is missing, privacy, reuse. The ids are linked from every page. */
export const aboutPage = (context: PageContext, ranking: RankingView): string => {
  const texts = textsOf(context.language)
  const { about } = texts
  const limits = html`<ul>!${about.limitsText.map(line => html`<li>${line}</li>`)}</ul>`
  const parts: readonly Part[] = [
    { id: 'sources', title: about.sources, content: sources(context, texts) },
    { id: 'methode', title: about.method, content: paragraphs(about.methodText) },
    { id: 'classement', title: about.ranking, content: rankingMethod(ranking, context.language) },
    { id: 'limites', title: about.limits, content: limits },
    { id: 'vie-privee', title: about.privacy, content: paragraphs(about.privacyText) },
    { id: 'reutiliser', title: about.licence, content: licence(context, texts) },
    { id: 'charger', title: about.load, content: load(texts) },
  ]
  const section = ({ id, title, content }: Part): Fragment =>
    html`<section class="stack prose" aria-labelledby="${id}"><h2 id="${id}">${title}</h2>!${content}</section>`
  return layout(context, {
    title: about.title,
    description: about.lede,
    section: 'about',
    main: html`<div class="page-head stack"><h1>${about.title}</h1><p class="lede">${about.lede}</p></div>
<div class="split"><div class="stack-l">!${parts.map(section)}</div>
<aside class="rail rail--sticky no-print"><nav class="contents" aria-label="${about.contents}">!${parts.map(({ id, title }) => html`<a href="#${id}">${title}</a>`)}</nav></aside></div>`,
  })
}
