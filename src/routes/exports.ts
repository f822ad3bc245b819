import { type Static, Type } from 'typebox'
import type { Language } from '../model/language.ts'
import { DEFAULT_SIZE, MAX_WINDOW, SearchParameters } from '../model/query.ts'
import type { Status } from '../model/status.ts'
import { aboutSearch } from '../views/exports/about-search.ts'
import { atomFeed } from '../views/exports/atom.ts'
import type { ExportContext, ExportView } from '../views/exports/context.ts'
import { toCsv } from '../views/exports/csv.ts'
import { toJsonLines } from '../views/exports/jsonl.ts'
import { searchTable } from '../views/exports/rows.ts'
import type { Table } from '../views/exports/table.ts'
import { toXlsx } from '../views/exports/xlsx.ts'
import { textsOf } from '../views/locales/texts.ts'
import { latestFirst, searchWithFacts } from './exported-hits.ts'
import { inThread } from './file-thread.ts'
import type { RouteLimits } from './limits.ts'
import { LANGUAGES, languageOf } from './negotiate.ts'
import { headAnswer } from './page.ts'
import { problemResponses } from './problem-responses.ts'
import { publicAddress } from './public-address.ts'
import type { App, Services } from './services.ts'
import { dropEmptyParameters, toQuery } from './to-query.ts'

/** A search as a file or a feed: `GET /api/search.csv`, `.xlsx`, `.jsonl` and `.atom`. */

/** More entries than a reader of a daily feed has time for. */
const FEED_SIZE = 50

const ExportParameters = Type.Object(
  {
    ...SearchParameters.properties,
    size: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: MAX_WINDOW,
        description: `Nombre de réponses ; sans « page » ni « size », les ${MAX_WINDOW} premières (flux Atom : ${FEED_SIZE}).`,
      }),
    ),
    language: Type.Optional(
      Type.Enum(['fr', 'en'] as const, {
        description: 'Langue des libellés, avant Accept-Language : un lecteur de flux n’envoie pas cet en-tête.',
      }),
    ),
  },
  { additionalProperties: false },
)
/** Sent as it is: no serialiser reads it. */
const FILE = Type.Unsafe<string | Buffer>(Type.String())

type ExportParameters = Static<typeof ExportParameters>

/** So many rows are written in some hundredths of a second, a thousand in half a second: others would wait for them. */
const ROWS_AT_ONCE = 100
const XLSX_WORKER = new URL('../views/exports/xlsx-worker.ts', import.meta.url)

const workbook = (tables: readonly Table[], signal: AbortSignal): Promise<Buffer> =>
  tables.every(({ rows }) => rows.length <= ROWS_AT_ONCE) ? toXlsx(tables) : inThread(XLSX_WORKER, tables, signal)

interface Format {
  readonly name: 'csv' | 'xlsx' | 'jsonl' | 'atom'
  readonly summary: string
  readonly description: string
  readonly type: string
  /** How many results when the request does not say. */
  readonly size: number
  /** A feed is about changes, so its order is not the reader's to choose; anything else is kept as a file. */
  readonly feed?: true
  readonly write: (context: ExportContext, view: ExportView, signal: AbortSignal) => string | Promise<Buffer>
}

const FORMATS: readonly Format[] = [
  {
    name: 'csv',
    summary: 'Exporter une recherche en CSV',
    description:
      'UTF-8 avec BOM, séparateur « ; », une ligne par fournisseur avec score, raisons, faits, sources et dates. ' +
      'Une cellule qu’un tableur prendrait pour une formule commence par une apostrophe.',
    type: 'text/csv; charset=utf-8',
    size: MAX_WINDOW,
    write: (context, view) => toCsv(searchTable(context, view), context.language),
  },
  {
    name: 'xlsx',
    summary: 'Exporter une recherche en classeur XLSX',
    description: 'Les mêmes lignes que le CSV, et une feuille qui dit la recherche, l’index et les sources.',
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    size: MAX_WINDOW,
    write: (context, view, signal) => workbook([searchTable(context, view), aboutSearch(context, view)], signal),
  },
  {
    name: 'jsonl',
    summary: 'Exporter une recherche en JSON Lines',
    description: 'Une réponse par ligne, telle que /api/search la donne, avec son rang et les faits de la fiche.',
    type: 'application/jsonl; charset=utf-8',
    size: MAX_WINDOW,
    write: (_context, view) => toJsonLines(view),
  },
  {
    name: 'atom',
    summary: 'Suivre une recherche par un flux Atom',
    description: 'Les fournisseurs nouveaux ou modifiés de cette recherche, du plus récent au plus ancien (RFC 4287).',
    type: 'application/atom+xml; charset=utf-8',
    size: FEED_SIZE,
    feed: true,
    write: atomFeed,
  },
]

const queryOf = ({ language: _language, sort, ...parameters }: ExportParameters, format: Format) => {
  const size = parameters.size ?? (parameters.page === undefined ? format.size : DEFAULT_SIZE)
  return toQuery({ ...parameters, size, ...(sort !== undefined && format.feed === undefined && { sort }) })
}

const languageWanted = (parameters: ExportParameters, otherwise: Language): Language =>
  LANGUAGES.find(language => language === parameters.language) ?? otherwise

/** The four exports. A feed and a page link carry their language in the address, as they are opened elsewhere. */
export const exportRoutes = (app: App, services: Services, status: () => Promise<Status>, limits: RouteLimits) => {
  for (const format of FORMATS)
    app.get(
      `/api/search.${format.name}`,
      {
        ...limits.exports,
        schema: {
          tags: ['search'],
          operationId: `search-${format.name}`,
          summary: format.summary,
          description: format.description,
          querystring: ExportParameters,
          response: {
            200: {
              description: format.summary,
              content: { [format.type.split(';')[0] ?? format.type]: { schema: FILE } },
            },
            ...problemResponses(400, 414, 429, 503),
          },
        },
        preValidation: async request => dropEmptyParameters(request.query),
      },
      async (request, reply) => {
        const language = languageWanted(request.query, languageOf(request))
        const query = queryOf(request.query, format)
        const found = await (format.feed ? latestFirst : searchWithFacts)(services, query, language, request.signal)
        const context = { language, status: await status(), baseUrl: publicAddress(services, request) }
        const body = await format.write(context, { parameters: request.query, ...found }, request.signal)
        headAnswer(reply, language, 'no-store')
        if (format.feed === undefined) {
          const name = `${textsOf(language).exports.fileName}.${format.name}`
          reply.header('content-disposition', `attachment; filename="${name}"`)
        }
        return reply.type(format.type).send(body)
      },
    )
}
