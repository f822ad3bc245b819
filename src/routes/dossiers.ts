import multipart from '@fastify/multipart'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { DossierRefusedError } from '../dossiers/errors.ts'
import { InvalidParameterError } from '../errors.ts'
import { DOCUMENT_LIMITS } from '../model/document.ts'
import { Annotation, Annotations, Dossier, DossierChanges, MAX_DOSSIER_SUPPLIERS } from '../model/dossier.ts'
import type { Status } from '../model/status.ts'
import { createDesk, type DossierDesk } from './dossier-desk.ts'
import { dossierFileRoutes } from './dossier-files.ts'
import { dossierPageRoutes } from './dossier-pages.ts'
import { DossierBody, requestOfBody } from './dossier-request.ts'
import type { RouteLimits } from './limits.ts'
import { languageOf } from './negotiate.ts'
import { problemResponses } from './problem-responses.ts'
import { publicAddress } from './public-address.ts'
import type { App, Services } from './services.ts'
import { MULTIPART_LIMITS } from './tender-form.ts'
import { leaving } from './tenders.ts'

/** Dossiers over HTTP: made, read byte for byte, annotated, compared with today, taken away, deleted. */

const MIB = 1024 * 1024
/** A whole search with its facts, or the analysis of 200 pages. */
const HANDLER_TIMEOUT_MS = 25_000
/** The longest text in UTF-8, or a thousand reasons, percent-encoded; and the rest of the form. */
const MAX_BODY_MB = 5
const KEY_HEADER = 'x-dossier-key'

const Path = Type.Object({ id: Type.String({ description: 'Le nom du dossier, tel que sa création l’a donné.' }) })
const KeyHeader = Type.Object({
  [KEY_HEADER]: Type.Optional(
    Type.String({ maxLength: 200, description: 'La clé, donnée une seule fois, à la création.' }),
  ),
})

const Created = Type.Object({
  id: Type.String(),
  url: Type.String({ description: 'La page du dossier.' }),
  api: Type.String({ description: 'Le document figé.' }),
  key: Type.String({
    description: 'Pour annoter ou supprimer. Donnée ici seulement : Brique n’en garde que l’empreinte.',
  }),
  hash: Type.String({ description: 'SHA-256 du document figé, en hexadécimal.' }),
  size: Type.Integer({ description: 'Octets du document figé.' }),
  createdAt: Type.String(),
  expiresAt: Type.String({ description: 'Le dossier est effacé à cette date.' }),
})

/** Sent as it is: serialising it again could change its bytes. */
const FROZEN = Type.Unsafe<Buffer>(Dossier)

const AnnotationsBody = Type.Object(
  {
    entries: Type.Array(Annotation, { maxItems: MAX_DOSSIER_SUPPLIERS }),
    version: Type.Optional(
      Type.Integer({
        minimum: 0,
        description: 'La version lue avant d’écrire : refusé (409) si une autre a été enregistrée depuis.',
      }),
    ),
  },
  { additionalProperties: false },
)

/** Fastify's own words speak of its default limit. */
const refuseLargeBody = (error: Error): never => {
  const tooLarge = 'code' in error && error.code === 'FST_ERR_CTP_BODY_TOO_LARGE'
  throw tooLarge ? new DossierRefusedError('body-too-large', { limit: MAX_BODY_MB }) : error
}

/** The multipart parser bounds each field and not their sum: the whole is bounded here, before it is read. */
const boundForm = async (request: FastifyRequest): Promise<void> => {
  // `isMultipart` knows only once the body is being read.
  if (!/^multipart\//i.test(request.headers['content-type'] ?? '')) return
  const length = Number(request.headers['content-length'] ?? Number.NaN)
  if (Number.isNaN(length)) {
    throw new InvalidParameterError('content-length', {
      fr: '« Content-Length » : requis pour un formulaire.',
      en: '“Content-Length”: required for a form.',
    })
  }
  if (length > MAX_BODY_MB * MIB) throw new DossierRefusedError('body-too-large', { limit: MAX_BODY_MB })
}

const base64 = (hex: string): string => Buffer.from(hex, 'hex').toString('base64')

const apiRoutes = (scope: App, services: Services, desk: DossierDesk, limits: RouteLimits): void => {
  const slow = { ...limits.search, handlerTimeout: HANDLER_TIMEOUT_MS }
  const keyOf = (request: FastifyRequest): string => {
    const key = request.headers[KEY_HEADER]
    return typeof key === 'string' ? key : ''
  }

  scope.post(
    '/api/dossiers',
    {
      ...slow,
      bodyLimit: MAX_BODY_MB * MIB,
      errorHandler: refuseLargeBody,
      schema: {
        tags: ['dossiers'],
        operationId: 'freeze',
        summary: 'Figer un dossier',
        description:
          'Fige une recherche, un besoin ou une comparaison : la réponse est calculée par le service, avec ses raisons, ' +
          'les faits et leurs sources, l’index, la méthode et la date. Sans compte ; la clé est donnée une seule fois.',
        body: DossierBody,
        response: {
          201: { ...Created, description: 'Le dossier est figé.' },
          ...problemResponses(400, 404, 413, 422, 429, 503, 507),
        },
      },
    },
    async (request, reply) => {
      const asked = requestOfBody(request.body, languageOf(request))
      const frozen = await desk.freeze(asked, request, leaving(reply))
      const base = publicAddress(services, request)
      const page = asked.language === 'en' ? '/en/dossiers' : '/dossiers'
      return reply
        .code(201)
        .headers({ location: `/api/dossiers/${frozen.id}`, 'content-language': asked.language })
        .send({ ...frozen, url: `${base}${page}/${frozen.id}`, api: `${base}/api/dossiers/${frozen.id}` })
    },
  )

  scope.get(
    '/api/dossiers/:id',
    {
      ...limits.search,
      schema: {
        tags: ['dossiers'],
        operationId: 'dossier',
        summary: 'Lire un dossier figé',
        description:
          'Les mêmes octets pour toujours, en JSON canonique (RFC 8785). « Repr-Digest » (RFC 9530) et « ETag » donnent ' +
          'leur SHA-256 : « curl … | sha256sum » le vérifie.',
        params: Path,
        response: {
          304: { type: 'null', description: 'Le même que celui que « If-None-Match » nomme.' },
          200: { description: 'Le document figé.', content: { 'application/json': { schema: FROZEN } } },
          ...problemResponses(404, 410, 429),
        },
      },
    },
    async (request, reply) => {
      const { bytes, hash, createdAt } = await desk.dossiers().bytes(request.params.id)
      reply.headers({
        etag: `"${hash}"`,
        'repr-digest': `sha-256=:${base64(hash)}:`,
        'last-modified': new Date(createdAt).toUTCString(),
      })
      if (request.headers['if-none-match'] === `"${hash}"`) return reply.code(304).send(null)
      return reply.type('application/json; charset=utf-8').send(bytes)
    },
  )

  scope.delete(
    '/api/dossiers/:id',
    {
      ...limits.search,
      schema: {
        tags: ['dossiers'],
        operationId: 'deleteDossier',
        summary: 'Supprimer un dossier',
        description: `La clé va dans l’en-tête « ${KEY_HEADER} ». L’adresse répondra ensuite 410.`,
        params: Path,
        headers: KeyHeader,
        response: {
          204: { type: 'null', description: 'Supprimé.' },
          ...problemResponses(403, 404, 410, 429),
        },
      },
    },
    async (request, reply) => {
      desk.dossiers().remove(request.params.id, keyOf(request))
      return reply.code(204).send(null)
    },
  )

  scope.get(
    '/api/dossiers/:id/annotations',
    {
      ...limits.search,
      schema: {
        tags: ['dossiers'],
        operationId: 'annotations',
        summary: 'Lire les décisions et motifs d’un dossier',
        description: 'Un second document, avec sa version et sa date : le dossier figé, lui, ne change pas.',
        params: Path,
        response: { 200: Annotations, ...problemResponses(404, 410, 429) },
      },
    },
    async request => desk.dossiers().annotations(request.params.id),
  )

  scope.put(
    '/api/dossiers/:id/annotations',
    {
      ...limits.search,
      bodyLimit: MAX_BODY_MB * MIB,
      errorHandler: refuseLargeBody,
      schema: {
        tags: ['dossiers'],
        operationId: 'annotate',
        summary: 'Écrire les décisions et motifs d’un dossier',
        description: `Remplace les précédents. La clé va dans l’en-tête « ${KEY_HEADER} ».`,
        params: Path,
        headers: KeyHeader,
        body: AnnotationsBody,
        response: { 200: Annotations, ...problemResponses(400, 403, 404, 409, 410, 413, 429, 507) },
      },
    },
    async request => {
      const { entries, version } = request.body
      return desk.dossiers().annotate(request.params.id, keyOf(request), entries, version)
    },
  )

  scope.get(
    '/api/dossiers/:id/changes',
    {
      ...slow,
      schema: {
        tags: ['dossiers'],
        operationId: 'dossierChanges',
        summary: 'Ce qui a changé depuis qu’un dossier a été figé',
        params: Path,
        response: { 200: DossierChanges, ...problemResponses(404, 410, 429, 503) },
      },
    },
    async request => {
      const { dossier } = await desk.dossiers().open(request.params.id)
      return desk.changes(dossier, request.signal)
    },
  )
}

/** `/dossiers`, its English twin and `/api/dossiers`. No engine indexes them, no cache keeps them, no link tells of them. */
export const dossierRoutes = async (
  app: App,
  services: Services,
  status: () => Promise<Status>,
  limits: RouteLimits,
): Promise<void> => {
  const desk = createDesk(app, services, status)
  await app.register(async plain => {
    const scope = plain.withTypeProvider<TypeBoxTypeProvider>()
    await scope.register(multipart, {
      limits: { ...MULTIPART_LIMITS, files: 0, fileSize: 1, fieldSize: DOCUMENT_LIMITS.characters * 4 },
      throwFileSizeLimit: true,
    })
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: MAX_BODY_MB * MIB },
      async (_: unknown, body: string) => new URLSearchParams(body),
    )
    scope.addHook('onRequest', async (request, reply) => {
      reply.headers({
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-robots-tag': 'noindex, nofollow, noarchive',
      })
      await boundForm(request)
    })
    apiRoutes(scope, services, desk, limits)
    dossierFileRoutes(scope, services, desk, limits)
    dossierPageRoutes(scope, services, status, desk, limits)
  })
}
