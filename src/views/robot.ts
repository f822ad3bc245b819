import { html } from 'ghtml'
import type { PageContext } from './context.ts'
import { layout } from './layout.ts'
import { textsOf } from './locales/texts.ts'
import { type Fragment, rich } from './markup.ts'

/** What a site writes into its robots.txt to be left alone. */
const LEAVE_OUT = 'User-agent: Brique\nDisallow: /'

/** Who visits the sites of suppliers, why, how politely, and how a site is left out: the robot names this page. */
export const robotPage = (context: PageContext): string => {
  const { robot: texts } = textsOf(context.language)
  const list = (lines: readonly string[]): Fragment => html`<ul>!${lines.map(line => html`<li>${line}</li>`)}</ul>`
  const code = (text: string): Fragment => html`<code>${text}</code>`
  const paragraphs = (lines: readonly string[]): Fragment =>
    lines.map(line => `<p>${rich(line, { agent: code('Brique'), meta: code('noindex') })}</p>`).join('')
  const section = (title: string, content: Fragment): Fragment =>
    html`<section class="stack prose"><h2>${title}</h2>!${content}</section>`
  return layout(context, {
    title: texts.title,
    description: texts.lede,
    main: html`<div class="page-head stack"><h1>${texts.title}</h1><p class="lede">${texts.lede}</p></div>
<div class="stack-m">
!${section(texts.why, paragraphs(texts.whyText))}
!${section(texts.how, list(texts.howText))}
!${section(texts.out, html`!${paragraphs(texts.outText)}<pre><code>${LEAVE_OUT}</code></pre>!${paragraphs(texts.outMore)}`)}
</div>`,
  })
}
