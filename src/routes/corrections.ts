import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { CORRECTION_LIMITS, CorrectionStatus, Declared } from '../model/correction.ts'
import type { Status } from '../model/status.ts'
import { createCorrectionDesk, PRIVATE_HEADERS, ProofBody, REQUESTS_PER_HOUR } from './correction-desk.ts'
import { correctionPageRoutes } from './correction-pages.ts'
import { languageOf } from './negotiate.ts'
import { headAnswer } from './page.ts'
import { problemResponses } from './problem-responses.ts'
import type { App, Services } from './services.ts'
import { readSiren } from './suppliers.ts'

/** Corrections, removals and proposed sites: the API. */

/** A file, a name or a mail server: 15 s at most. */
const HANDLER_TIMEOUT_MS = 25_000

const SirenPath = Type.Object({ siren: Type.String({ description: 'SIREN (neuf chiffres).' }) })
const IdPath = Type.Object({ id: Type.String({ description: 'Ce qui ouvre la demande, donné une seule fois.' }) })

const CorrectionBody = Type.Object(
  {
    kind: Type.Optional(
      Type.Union([Type.Literal('correct'), Type.Literal('remove')], { description: 'correct par défaut.' }),
    ),
    declared: Type.Optional(Declared),
    comment: Type.Optional(
      Type.String({ maxLength: CORRECTION_LIMITS.comment, description: 'À l’opérateur ; effacé après sa décision.' }),
    ),
  },
  { additionalProperties: false },
)

const SiteBody = Type.Object(
  { siren: Type.String({ maxLength: 30 }), url: Type.String({ maxLength: CORRECTION_LIMITS.address }) },
  { additionalProperties: false },
)

const Made = Type.Object({
  id: Type.String({ description: 'À garder : rien d’autre n’ouvre la demande.' }),
  url: Type.String({ description: 'Page de la demande.' }),
  status: CorrectionStatus,
})

const Proved = Type.Object({
  outcome: Type.Union([Type.Literal('sent'), Type.Literal('shown')], {
    description: 'sent : le lien est parti ; shown : la preuve est faite.',
  }),
  status: CorrectionStatus,
})

/** `POST /api/suppliers/{siren}/corrections`, `POST /api/sites`, `/api/corrections/{id}`, and their pages. */
export const correctionRoutes = async (app: App, services: Services, current: () => Promise<Status>): Promise<void> => {
  const desk = createCorrectionDesk(app, services)

  const answerMade = (request: FastifyRequest, reply: FastifyReply, id: string) => {
    headAnswer(reply, languageOf(request), 'no-store')
    reply.code(201).headers(PRIVATE_HEADERS)
    return { id, url: `/corrections/${id}`, status: desk.status(id) }
  }

  app.post(
    '/api/suppliers/:siren/corrections',
    {
      schema: {
        tags: ['corrections'],
        operationId: 'requestCorrection',
        summary: 'Demander une correction ou un retrait',
        description:
          'L’entreprise corrige ou complète sa fiche, ou la fait retirer. La demande attend une preuve de propriété ' +
          `(instructions), sinon l’opérateur. ${REQUESTS_PER_HOUR} demandes par heure et par adresse.`,
        params: SirenPath,
        body: CorrectionBody,
        response: { 201: { ...Made, description: 'La demande.' }, ...problemResponses(400, 404, 413, 429, 503) },
      },
    },
    async (request, reply) => {
      const siren = readSiren(request.params.siren)
      const { kind = 'correct', declared = {}, comment = '' } = request.body
      const id = await desk.make(request, corrections =>
        kind === 'correct' ? corrections.correct(siren, declared, comment) : corrections.remove(siren, comment),
      )
      return answerMade(request, reply, id)
    },
  )

  app.post(
    '/api/sites',
    {
      schema: {
        tags: ['corrections'],
        operationId: 'proposeSite',
        summary: 'Proposer le site d’une entreprise',
        description:
          'Le robot le visitera comme les autres (robots.txt, pauses, 30 pages au plus) ; rien n’est lu pendant la ' +
          'requête. La fiche n’en reprend quelque chose que si le site montre le SIREN.',
        body: SiteBody,
        response: { 201: { ...Made, description: 'La demande.' }, ...problemResponses(400, 413, 429, 503) },
      },
    },
    async (request, reply) => {
      const { siren, url } = request.body
      return answerMade(request, reply, await desk.make(request, corrections => corrections.proposeSite(siren, url)))
    },
  )

  app.get(
    '/api/corrections/:id',
    {
      schema: {
        tags: ['corrections'],
        operationId: 'correction',
        summary: 'Lire l’état d’une demande',
        description: 'Pour qui l’a faite : l’identifiant en est la clé.',
        params: IdPath,
        response: { 200: { ...CorrectionStatus, description: 'La demande.' }, ...problemResponses(404, 503) },
      },
    },
    async (request, reply) => {
      headAnswer(reply.headers(PRIVATE_HEADERS), languageOf(request), 'no-store')
      return desk.status(request.params.id)
    },
  )

  app.post(
    '/api/corrections/:id/proof',
    {
      handlerTimeout: HANDLER_TIMEOUT_MS,
      schema: {
        tags: ['corrections'],
        operationId: 'proveCorrection',
        summary: 'Montrer que la demande vient de l’entreprise',
        description:
          'Par un lien envoyé à une adresse du domaine du site, un enregistrement TXT ou un fichier sur le site, sous ' +
          '48 heures. L’adresse n’est pas conservée.',
        params: IdPath,
        body: ProofBody,
        response: {
          200: { ...Proved, description: 'Ce qui en résulte.' },
          ...problemResponses(400, 404, 413, 429, 503),
        },
      },
    },
    async (request, reply) => {
      headAnswer(reply.headers(PRIVATE_HEADERS), languageOf(request), 'no-store')
      const { id } = request.params
      const outcome = await desk.prove(request, reply, id, request.body)
      return { outcome, status: desk.status(id) }
    },
  )

  await correctionPageRoutes(app, services, current, desk, HANDLER_TIMEOUT_MS)
}
