import { Type } from 'typebox'
import { EngineUnavailableError } from '../engine/engine.ts'
import { InvalidParameterError } from '../errors.ts'
import { Comparison, MAX_COMPARED, MIN_COMPARED } from '../model/comparison.ts'
import type { Language } from '../model/language.ts'
import type { Query } from '../model/query.ts'
import type { Hit } from '../model/search-result.ts'
import { shownBricks } from '../model/shown-bricks.ts'
import type { Siren } from '../model/siren.ts'
import type { Status } from '../model/status.ts'
import type { Supplier } from '../model/supplier.ts'
import { chooseSuppliersPage, comparePage } from '../views/compare.ts'
import { comparePath } from '../views/compare-path.ts'
import { comparisonOf } from '../views/comparison.ts'
import type { RouteLimits } from './limits.ts'
import { LANGUAGES, languageOf, localPath } from './negotiate.ts'
import { headAnswer, pageContext, sendPage } from './page.ts'
import { problemResponses } from './problem-responses.ts'
import type { App, Services } from './services.ts'
import { readSiren, recordReader } from './suppliers.ts'

/** Far more than may be compared, so that too many are refused in our own words. */
const MOST_VALUES = 50

const CompareParameters = Type.Object(
  {
    siren: Type.Optional(
      Type.Array(Type.String({ maxLength: 100 }), {
        maxItems: MOST_VALUES,
        description: `SIREN d’un fournisseur (un SIRET ou des espaces sont admis), à répéter : de ${MIN_COMPARED} à ${MAX_COMPARED}.`,
      }),
    ),
  },
  { additionalProperties: false },
)

/** The SIREN that were asked for, each once, in their order; boxes left empty count as absent. */
const sirensOf = (values: readonly string[] = []): readonly Siren[] => [
  ...new Set(values.filter(value => value.trim() !== '').map(readSiren)),
]

const refuseMany = (sirens: readonly Siren[]): void => {
  if (sirens.length <= MAX_COMPARED) return
  throw new InvalidParameterError('siren', {
    fr: `« siren » : ${sirens.length} fournisseurs demandés, ${MAX_COMPARED} au plus se comparent. Retirez-en ${sirens.length - MAX_COMPARED}.`,
    en: `“siren”: ${sirens.length} suppliers asked for, ${MAX_COMPARED} at most can be compared. Remove ${sirens.length - MAX_COMPARED}.`,
  })
}

const refuseFew = (sirens: readonly Siren[]): void => {
  if (sirens.length >= MIN_COMPARED) return
  throw new InvalidParameterError('siren', {
    fr: `« siren » : ${MIN_COMPARED} à ${MAX_COMPARED} fournisseurs différents se comparent ; ${sirens.length} donné. Répétez le paramètre.`,
    en: `“siren”: ${MIN_COMPARED} to ${MAX_COMPARED} different suppliers can be compared; ${sirens.length} given. Repeat the parameter.`,
  })
}

const OTHERS = 8

/** Some who supply what this one supplies: its first brick, else its first theme. None without an index. */
const othersLike = async (
  { search }: Services,
  supplier: Supplier,
  language: Language,
  signal: AbortSignal,
): Promise<readonly Hit[]> => {
  const [brick] = shownBricks(supplier)
  const [theme] = supplier.themes
  const filters = brick !== undefined ? { brick: [brick] } : theme !== undefined ? { theme: [theme] } : undefined
  if (filters === undefined) return []
  const query: Query = { text: '', filters, sort: 'relevance', page: 1, size: OTHERS + 1 }
  try {
    const { hits } = await search.search(query, language, { signal })
    return hits.filter(hit => hit.supplier.siren !== supplier.siren).slice(0, OTHERS)
  } catch (error) {
    // Profiles can be compared without an index: only these proposals need it.
    if (error instanceof EngineUnavailableError) return []
    throw error
  }
}

/** `/comparer`, its English twin and `GET /api/compare`. */
export const compareRoutes = (app: App, services: Services, status: () => Promise<Status>, limits: RouteLimits) => {
  const readRecord = recordReader(services)

  app.get(
    '/api/compare',
    {
      ...limits.search,
      schema: {
        tags: ['suppliers'],
        operationId: 'compare',
        summary: 'Comparer des fournisseurs',
        description:
          'De deux à cinq fiches sur les mêmes critères, chaque valeur avec sa preuve, sa source et sa date. ' +
          'Une case sans valeur est « non renseignée », ce qui ne veut pas dire « non ».',
        querystring: CompareParameters,
        response: {
          200: { ...Comparison, description: 'Les critères, dans le même ordre pour tous.' },
          ...problemResponses(400, 404, 414, 429, 503),
        },
      },
    },
    async (request, reply) => {
      const sirens = sirensOf(request.query.siren)
      refuseFew(sirens)
      refuseMany(sirens)
      const language = languageOf(request)
      const { sources } = await status()
      headAnswer(reply, language, 'no-store')
      return comparisonOf(sirens.map(readRecord), sources, language)
    },
  )

  for (const language of LANGUAGES)
    app.get(
      localPath(language, '/comparer'),
      { ...limits.search, schema: { hide: true, querystring: CompareParameters } },
      async (request, reply) => {
        const sirens = sirensOf(request.query.siren)
        refuseMany(sirens)
        const path = comparePath(language, sirens)
        // One comparison has one address, whatever a form or a person wrote.
        if (request.url !== path) return reply.redirect(path, 302)
        const records = sirens.map(readRecord)
        const current = await status()
        const context = pageContext(services, request, language, current)
        if (records.length >= MIN_COMPARED) {
          const comparison = comparisonOf(records, current.sources, language)
          return sendPage(reply, language, comparePage(context, { comparison }), 'no-store')
        }
        const chosen = records[0]?.supplier
        const others = chosen === undefined ? [] : await othersLike(services, chosen, language, request.signal)
        return sendPage(reply, language, chooseSuppliersPage(context, { chosen, others }), 'no-store')
      },
    )
}
