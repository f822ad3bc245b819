import { Type } from 'typebox'
import type { DossierFileFormat } from '../views/exports/dossier-file.ts'
import { textsOf } from '../views/locales/texts.ts'
import type { DossierDesk } from './dossier-desk.ts'
import { dossierFile } from './dossier-file-thread.ts'
import type { RouteLimits } from './limits.ts'
import { LANGUAGES } from './negotiate.ts'
import { problemResponses } from './problem-responses.ts'
import { publicAddress } from './public-address.ts'
import type { App, Services } from './services.ts'

/** A dossier as a file, with the decisions and reasons of its author: the frozen JSON itself is `/api/dossiers/{id}`. */

const Path = Type.Object({ id: Type.String() })
const Parameters = Type.Object(
  {
    language: Type.Optional(
      Type.Enum(['fr', 'en'] as const, { description: 'Langue des titres ; sinon celle du dossier.' }),
    ),
  },
  { additionalProperties: false },
)
/** Sent as it is: no serialiser reads it. */
const FILE = Type.Unsafe<Buffer>(Type.String())

interface Format {
  readonly name: DossierFileFormat
  readonly summary: string
  readonly type: string
}

const FORMATS: readonly Format[] = [
  {
    name: 'csv',
    summary: 'Un dossier en CSV : la liste complète, décisions et motifs compris',
    type: 'text/csv; charset=utf-8',
  },
  {
    name: 'xlsx',
    summary: 'Un dossier en classeur XLSX : liste, faits, sources et méthode',
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  },
  {
    name: 'docx',
    summary: 'Un dossier en document DOCX',
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  },
]

/** `GET /api/dossiers/{id}/export.csv`, `.xlsx` and `.docx`. */
export const dossierFileRoutes = (scope: App, services: Services, desk: DossierDesk, limits: RouteLimits): void => {
  for (const { name, summary, type } of FORMATS)
    scope.get(
      `/api/dossiers/:id/export.${name}`,
      {
        ...limits.exports,
        schema: {
          tags: ['dossiers'],
          operationId: `dossier-${name}`,
          summary,
          params: Path,
          querystring: Parameters,
          response: {
            200: { description: summary, content: { [type.split(';')[0] ?? type]: { schema: FILE } } },
            ...problemResponses(400, 404, 410, 429),
          },
        },
      },
      async (request, reply) => {
        const opened = await desk.dossiers().open(request.params.id)
        const language = LANGUAGES.find(each => each === request.query.language) ?? opened.dossier.language
        const baseUrl = publicAddress(services, request)
        const body = await dossierFile(opened, { format: name, language, baseUrl, signal: request.signal })
        const file = `${textsOf(language).dossier.fileName}-${opened.hash.slice(0, 8)}.${name}`
        reply.headers({ 'content-language': language, 'content-disposition': `attachment; filename="${file}"` })
        return reply.type(type).send(body)
      },
    )
}
