import { type Static, Type } from 'typebox'
import { MAX_QUERY_LENGTH, SearchParameters } from '../model/query.ts'
import { SearchResult, Suggestion } from '../model/search-result.ts'
import type { Status } from '../model/status.ts'
import { searchPage } from '../views/pages.ts'
import type { RouteLimits } from './limits.ts'
import { LANGUAGES, languageOf, localPath } from './negotiate.ts'
import { headAnswer, pageContext, sendPage } from './page.ts'
import { pageParameters } from './page-parameters.ts'
import { problemResponses } from './problem-responses.ts'
import type { App, Services } from './services.ts'
import { dropEmptyParameters, toQuery } from './to-query.ts'

const MAX_SUGGESTIONS = 20
const DEFAULT_SUGGESTIONS = 8

const SuggestParameters = Type.Object(
  {
    q: Type.Optional(Type.String({ maxLength: MAX_QUERY_LENGTH, description: 'Le début de ce qui est cherché.' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_SUGGESTIONS, default: DEFAULT_SUGGESTIONS })),
  },
  { additionalProperties: false },
)

const Suggestions = Type.Object({ suggestions: Type.Array(Suggestion) }, { description: 'Ce qui complète la saisie.' })

/** `/recherche`, its English twin, `GET /api/search` and `GET /api/suggest`. */
export const searchRoutes = (app: App, services: Services, status: () => Promise<Status>, limits: RouteLimits) => {
  const { search } = services

  app.get(
    '/api/search',
    {
      ...limits.search,
      schema: {
        tags: ['search'],
        operationId: 'search',
        summary: 'Chercher des fournisseurs',
        description: 'Réponses classées et expliquées ; chaque facette est comptée sans son propre filtre.',
        querystring: SearchParameters,
        response: {
          200: { ...SearchResult, description: 'Les réponses, leurs raisons et les facettes.' },
          ...problemResponses(400, 414, 429, 503),
        },
      },
      preValidation: async request => dropEmptyParameters(request.query),
    },
    async (request, reply) => {
      const language = languageOf(request)
      headAnswer(reply, language, 'no-store')
      return search.search(toQuery(request.query), language, { signal: request.signal })
    },
  )

  app.get(
    '/api/suggest',
    {
      ...limits.suggest,
      schema: {
        tags: ['search'],
        operationId: 'suggest',
        summary: 'Compléter une saisie',
        querystring: SuggestParameters,
        response: { 200: Suggestions, ...problemResponses(400, 414, 429, 503) },
      },
    },
    async (request, reply): Promise<Static<typeof Suggestions>> => {
      const { q = '', limit = DEFAULT_SUGGESTIONS } = request.query
      const language = languageOf(request)
      headAnswer(reply, language, 'no-store')
      return { suggestions: q.trim() === '' ? [] : [...(await search.suggest(q, language, limit))] }
    },
  )

  for (const language of LANGUAGES)
    app.get(
      localPath(language, '/recherche'),
      {
        ...limits.search,
        schema: { hide: true, querystring: SearchParameters },
        preValidation: async request => dropEmptyParameters(request.query),
      },
      async (request, reply) => {
        const parameters = pageParameters(request.query)
        const query = toQuery(parameters)
        const result = await search.search(query, language, { signal: request.signal })
        const context = pageContext(services, request, language, await status())
        const view = { parameters, near: query.near, result }
        return sendPage(reply, language, searchPage(context, view), 'no-store')
      },
    )
}
