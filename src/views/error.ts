import { html } from 'ghtml'
import { MAX_QUERY_LENGTH, type SearchParameters } from '../model/query.ts'
import { searchForm } from './components/search-form.ts'
import type { ErrorContext, Problem } from './context.ts'
import { layout } from './layout.ts'
import { textsOf } from './locales/texts.ts'
import { pagePath } from './urls.ts'

/** What was typed stays in the search box: a refused search is corrected, not typed again. */
const typedIn = (path: string): SearchParameters => {
  const { pathname, searchParams } = new URL(path.replace(/^[/\\]+/, '/'), 'http://localhost')
  if (pathname !== '/recherche') return {}
  const text = (name: string): string => (searchParams.get(name) ?? '').slice(0, MAX_QUERY_LENGTH)
  return { q: text('q'), near: text('near') }
}

/** What went wrong, in the reader's language, and ways on. It says no more than the problem it is given. */
export const errorPage = (context: ErrorContext, problem: Problem): string => {
  const { language } = context
  const { error } = textsOf(language)
  return layout(context, {
    title: problem.title,
    noindex: true,
    searchBox: true,
    main: html`<div class="zero-head stack">
<p class="small soft">${error.code(problem.status)}</p>
<h1>${problem.title}</h1>
<p class="measure lede-s">${problem.detail}</p>
</div>
<section class="stack" aria-label="${error.searchAgain}">!${searchForm(language, { parameters: typedIn(context.path) })}
<p><a href="${pagePath(language, '/')}">${error.home}</a></p></section>`,
  })
}
