import type { FastifyRequest } from 'fastify'
import { EngineUnavailableError } from '../engine/engine.ts'
import type { Language } from '../model/language.ts'
import type { FacetValue } from '../model/search-result.ts'
import type { Status } from '../model/status.ts'
import { homePage } from '../views/pages.ts'
import { acceptedLanguage, LANGUAGES, localPath, ownReferer } from './negotiate.ts'
import { pageContext, sendPage } from './page.ts'
import { remember } from './remember.ts'
import type { App, Services } from './services.ts'

/** The counts of the wall of themes change with imports only: a minute of age spares a count over the whole index. */
const THEMES_MAX_AGE_MS = 60_000

/** The first visit of an English reader, not a click on "Français": that one comes from a page of ours. */
const goesToEnglish = (request: FastifyRequest): boolean =>
  acceptedLanguage(request.headers['accept-language']) === 'en' &&
  ownReferer(request) === undefined &&
  request.headers['sec-fetch-site'] !== 'same-origin'

/** `/` and `/en/`. */
export const homeRoutes = (app: App, services: Services, status: () => Promise<Status>) => {
  const countThemes = async (language: Language): Promise<readonly FacetValue[]> => {
    try {
      const everything = { text: '', filters: {}, sort: 'relevance', page: 1, size: 1 } as const
      return (await services.search.search(everything, language)).facets['theme'] ?? []
    } catch (error) {
      // Without an index the home page still says what there is; its search box then answers 503.
      if (error instanceof EngineUnavailableError) return []
      throw error
    }
  }

  for (const language of LANGUAGES) {
    const themes = remember(THEMES_MAX_AGE_MS, () => countThemes(language))
    app.get(localPath(language, '/'), { schema: { hide: true } }, async (request, reply) => {
      if (language === 'fr') reply.header('vary', 'accept-language')
      if (language === 'fr' && goesToEnglish(request)) return reply.redirect('/en/', 302)
      const context = pageContext(services, request, language, await status())
      return sendPage(reply, language, homePage(context, { themes: await themes() }))
    })
  }
  app.get('/en', { schema: { hide: true } }, async (_request, reply) => reply.redirect('/en/', 301))
}
