import { Type } from 'typebox'
import type { Status } from '../model/status.ts'
import { changesFeed } from '../views/exports/changes-atom.ts'
import { LANGUAGES, languageOf } from './negotiate.ts'
import { headAnswer } from './page.ts'
import { problemResponses } from './problem-responses.ts'
import { publicAddress } from './public-address.ts'
import type { App, Services } from './services.ts'
import { readSiren, recordReader } from './suppliers.ts'

/** Sent as it is: no serialiser reads it. */
const FEED = Type.Unsafe<string>(Type.String())

const Parameters = Type.Object(
  {
    language: Type.Optional(
      Type.Enum(['fr', 'en'] as const, {
        description: 'Langue des libellés, avant Accept-Language : un lecteur de flux n’envoie pas cet en-tête.',
      }),
    ),
  },
  { additionalProperties: false },
)

/** `GET /api/suppliers/{siren}/changes.atom`: what changed in a profile. */
export const changesFeedRoutes = (app: App, services: Services, status: () => Promise<Status>): void => {
  const readRecord = recordReader(services)
  app.get(
    '/api/suppliers/:siren/changes.atom',
    {
      schema: {
        tags: ['suppliers'],
        operationId: 'supplier-changes',
        summary: 'Suivre une fiche par un flux Atom',
        description: 'Ce qui a changé dans la fiche, quand, et d’après quelle source (RFC 4287) ; cinquante au plus.',
        params: Type.Object({ siren: Type.String({ description: 'SIREN (neuf chiffres).' }) }),
        querystring: Parameters,
        response: {
          200: { description: 'Le flux.', content: { 'application/atom+xml': { schema: FEED } } },
          ...problemResponses(400, 404),
        },
      },
    },
    async (request, reply) => {
      const { supplier } = readRecord(readSiren(request.params.siren))
      const language = LANGUAGES.find(each => each === request.query.language) ?? languageOf(request)
      const context = { language, status: await status(), baseUrl: publicAddress(services, request) }
      headAnswer(reply, language, 'no-cache')
      const changes = services.changes?.profileChanges(supplier.siren) ?? []
      return reply.type('application/atom+xml; charset=utf-8').send(changesFeed(context, supplier, changes))
    },
  )
}
