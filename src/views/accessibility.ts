import { html } from 'ghtml'
import { outsideLink } from './components/source-line.ts'
import type { PageContext } from './context.ts'
import { layout } from './layout.ts'
import { textsOf } from './locales/texts.ts'
import { type Fragment, rich } from './markup.ts'

const OMBUDSMAN = 'https://www.defenseurdesdroits.fr/'

/** What was checked for accessibility, what was not, and whom to tell. */
export const accessibilityPage = (context: PageContext): string => {
  const { accessibility: texts } = textsOf(context.language)
  const link = outsideLink(OMBUDSMAN)
  const list = (lines: readonly string[]): Fragment => html`<ul>!${lines.map(line => html`<li>${line}</li>`)}</ul>`
  const paragraphs = (lines: readonly string[]): Fragment =>
    lines.map(line => `<p>${rich(line, { link })}</p>`).join('')
  const section = (title: string, content: Fragment): Fragment =>
    html`<section class="stack prose"><h2>${title}</h2>!${content}</section>`
  return layout(context, {
    title: texts.title,
    main: html`<div class="page-head stack"><h1>${texts.title}</h1><p class="lede">${texts.lede}</p></div>
<div class="stack-m">
!${section(texts.state, paragraphs(texts.stateText))}
!${section(texts.tested, list(texts.testedText))}
!${section(texts.untested, list(texts.untestedText))}
!${section(texts.contact, paragraphs(texts.contactText))}
</div>`,
  })
}
