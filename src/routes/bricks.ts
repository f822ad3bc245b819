import { type Static, Type } from 'typebox'
import { EngineUnavailableError } from '../engine/engine.ts'
import { NotFoundError } from '../errors.ts'
import { Brick } from '../model/brick.ts'
import { narrowerBricks } from '../model/brick-tree.ts'
import { brickById } from '../model/bricks.ts'
import type { Language } from '../model/language.ts'
import type { Query } from '../model/query.ts'
import type { Hit } from '../model/search-result.ts'
import type { Status } from '../model/status.ts'
import { type FoundBrick, findBricks } from '../search/find-bricks.ts'
import { brickPage, bricksPage } from '../views/pages.ts'
import type { RouteLimits } from './limits.ts'
import { LANGUAGES, localPath } from './negotiate.ts'
import { pageContext, sendPage } from './page.ts'
import { problemResponses } from './problem-responses.ts'
import { remember } from './remember.ts'
import type { App, Services } from './services.ts'
import { dropEmptyParameters } from './to-query.ts'

/** Counts change with imports only: some seconds of age spare a count over the whole index at each page. */
const COUNTS_MAX_AGE_MS = 10_000
const FIRST_SUPPLIERS = 5

const Parameters = Type.Object(
  {
    q: Type.Optional(
      Type.String({ maxLength: 200, description: 'Mots du nom, d’un alias, d’un sigle ou d’un produit.' }),
    ),
    theme: Type.Optional(Type.String({ maxLength: 100, description: 'Identifiant de thème.' })),
  },
  { additionalProperties: false },
)

const Path = Type.Object({ id: Type.String({ description: 'Identifiant de brique.' }) })

const suppliers = Type.Integer({ description: 'Nombre de fournisseurs, comme les compte la facette « brick ».' })
const { id, fr, en, themes, broader } = Brick.properties
const BrickList = Type.Object(
  { bricks: Type.Array(Type.Object({ id, fr, en, themes, broader, suppliers })) },
  { description: 'Les briques, dans l’ordre de leurs identifiants, ou des meilleurs noms avec « q ».' },
)
const BrickDetail = Type.Object(
  {
    ...Brick.properties,
    narrower: Type.Array(Type.String(), { description: 'Identifiants des briques plus précises.' }),
    suppliers,
  },
  { description: 'La brique, ses mots et ses voisines.' },
)

const choose = ({ q = '', theme }: Static<typeof Parameters>): readonly FoundBrick[] =>
  findBricks(q).filter(({ brick }) => theme === undefined || brick.themes.includes(theme))

const readBrick = (wanted: string): Brick => {
  const brick = brickById(wanted)
  if (brick) return brick
  throw new NotFoundError({
    fr: `Le vocabulaire n’a pas de brique « ${wanted} ».`,
    en: `The vocabulary has no brick “${wanted}”.`,
  })
}

/** What needs the index, or `undefined` when there is none: the vocabulary is readable without it. */
const unlessUnavailable = async <T>(answer: Promise<T>): Promise<T | undefined> => {
  try {
    return await answer
  } catch (error) {
    if (error instanceof EngineUnavailableError) return undefined
    throw error
  }
}

const suppliersOf = (brick: string): Query => ({
  text: '',
  filters: { brick: [brick] },
  sort: 'relevance',
  page: 1,
  size: FIRST_SUPPLIERS,
})

/** `/briques`, `/briques/{id}`, their English twins, `GET /api/bricks` and `GET /api/bricks/{id}`. */
export const brickRoutes = (app: App, services: Services, status: () => Promise<Status>, limits: RouteLimits) => {
  const { search } = services
  const counts = remember(COUNTS_MAX_AGE_MS, () => search.brickCounts())

  app.get(
    '/api/bricks',
    {
      schema: {
        tags: ['bricks'],
        operationId: 'bricks',
        summary: 'Lister les briques',
        description: 'Le vocabulaire des briques technologiques, avec le nombre de leurs fournisseurs.',
        querystring: Parameters,
        response: { 200: BrickList, ...problemResponses(400, 503) },
      },
      preValidation: async request => dropEmptyParameters(request.query),
    },
    async (request, reply): Promise<Static<typeof BrickList>> => {
      reply.header('cache-control', 'no-cache')
      const counted = await counts()
      return { bricks: choose(request.query).map(({ brick }) => ({ ...brick, suppliers: counted.get(brick.id) ?? 0 })) }
    },
  )

  app.get(
    '/api/bricks/:id',
    {
      schema: {
        tags: ['bricks'],
        operationId: 'brick',
        summary: 'Lire une brique',
        description: 'Une brique : définition, alias, sigles, produits, voisines, codes CPV et nombre de fournisseurs.',
        params: Path,
        response: { 200: BrickDetail, ...problemResponses(404, 503) },
      },
    },
    async (request, reply): Promise<Static<typeof BrickDetail>> => {
      const brick = readBrick(request.params.id)
      reply.header('cache-control', 'no-cache')
      const narrower = narrowerBricks(brick.id).map(each => each.id)
      return { ...brick, narrower, suppliers: (await counts()).get(brick.id) ?? 0 }
    },
  )

  const firstHits = async (brick: Brick, language: Language, signal: AbortSignal): Promise<readonly Hit[]> =>
    (await unlessUnavailable(search.search(suppliersOf(brick.id), language, { signal })))?.hits ?? []

  for (const language of LANGUAGES) {
    app.get(
      localPath(language, '/briques'),
      {
        schema: { hide: true, querystring: Parameters },
        preValidation: async request => dropEmptyParameters(request.query),
      },
      async (request, reply) => {
        const context = pageContext(services, request, language, await status())
        const { q = '', theme } = request.query
        const view = { q: q.trim(), theme, bricks: choose(request.query), counts: await unlessUnavailable(counts()) }
        return sendPage(reply, language, bricksPage(context, view))
      },
    )
    app.get(
      localPath(language, '/briques/:id'),
      { ...limits.search, schema: { hide: true, params: Path } },
      async (request, reply) => {
        const brick = readBrick(request.params.id)
        const context = pageContext(services, request, language, await status())
        const hits = await firstHits(brick, language, request.signal)
        const view = { brick, counts: await unlessUnavailable(counts()), hits }
        return sendPage(reply, language, brickPage(context, view))
      },
    )
  }
}
