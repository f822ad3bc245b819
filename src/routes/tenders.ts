import multipart from '@fastify/multipart'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { Check } from 'typebox/value'
import { DocumentRefusedError, refusalProblem } from '../document-refusal.ts'
import { EngineUnavailableError } from '../engine/engine.ts'
import { DOCUMENT_LIMITS, type DocumentText, formatText, parseText } from '../model/document.ts'
import type { Language } from '../model/language.ts'
import type { Status } from '../model/status.ts'
import { TenderResult } from '../model/tender.ts'
import type { TenderChoices } from '../search/tender/tenders.ts'
import { createDocumentReader } from '../upload/document-reader.ts'
import { tenderPage } from '../views/pages.ts'
import type { RouteLimits } from './limits.ts'
import { LANGUAGES, languageOf, localPath } from './negotiate.ts'
import { headAnswer, pageContext, sendPage } from './page.ts'
import { problemResponses } from './problem-responses.ts'
import type { App, Services } from './services.ts'
import { MULTIPART_LIMITS, readForm } from './tender-form.ts'
import { choicesOfBody, choicesOfFields, type FormFields, NO_CHOICES, TenderBody } from './tender-request.ts'

/** Files cost a thread each: so many an hour and address. Pasted texts count as searches. */
const UPLOADS_PER_HOUR = 10
const HOUR_MS = 3_600_000
/** Ten seconds for a file, and as much for the engine. */
const HANDLER_TIMEOUT_MS = 25_000
const MAX_TEXT_BYTES = DOCUMENT_LIMITS.characters * 4

interface TenderRequest {
  readonly document: DocumentText
  readonly choices: TenderChoices
  readonly fields: FormFields
  readonly fileName?: string
}

/** A text as blocks. Throws a `DocumentRefusedError` when it is empty or too long. */
export const checkedText = (text: string): DocumentText => {
  if (text.length > DOCUMENT_LIMITS.characters) throw new DocumentRefusedError('too-long')
  const document = parseText(text)
  if (document.blocks.length === 0) throw new DocumentRefusedError('empty')
  if (document.blocks.length > DOCUMENT_LIMITS.blocks) throw new DocumentRefusedError('too-long')
  if ((document.pages ?? 0) > DOCUMENT_LIMITS.pages) throw new DocumentRefusedError('too-many-pages')
  return document
}

/**
 * Aborts when the reader leaves or the time is over. Fastify's own `request.signal` aborts when the request is closed, which Node also does
 * once a body is read to its end.
 */
export const leaving = (reply: FastifyReply): AbortSignal => {
  const controller = new AbortController()
  reply.raw.once('close', () => {
    if (!reply.raw.writableEnded) controller.abort()
  })
  return AbortSignal.any([controller.signal, AbortSignal.timeout(HANDLER_TIMEOUT_MS)])
}

const bodySchema = (schema: object, description: string) => ({ schema: { ...schema, description } })

/** `/besoin`, its English twin and `POST /api/tenders`. Nothing that is sent outlives the answer. */
export const tenderRoutes = async (
  app: App,
  services: Services,
  status: () => Promise<Status>,
  limits: RouteLimits,
): Promise<void> => {
  const reader = createDocumentReader()
  const uploads =
    services.config.rateLimit > 0 ? app.createRateLimit({ max: UPLOADS_PER_HOUR, timeWindow: HOUR_MS }) : undefined

  const analyse = ({ document, choices }: TenderRequest, language: Language, signal: AbortSignal) => {
    const { tenders } = services
    if (tenders === undefined) throw new EngineUnavailableError('the service was built without the analysis of tenders')
    return tenders.analyse(document, choices, language, { signal })
  }

  const countUpload = async (request: FastifyRequest): Promise<void> => {
    const counted = await uploads?.(request)
    if (counted && !counted.isAllowed && counted.isExceeded) {
      throw new DocumentRefusedError('too-many-uploads', counted.ttlInSeconds)
    }
  }

  const readUpload = async (request: FastifyRequest, bytes: Uint8Array, signal: AbortSignal): Promise<DocumentText> => {
    await countUpload(request)
    const reading = await reader.read(bytes, signal)
    if (reading.kind === 'refused') throw new DocumentRefusedError(reading.refusal)
    return reading.document
  }

  const readMultipart = async (request: FastifyRequest, signal: AbortSignal): Promise<TenderRequest> => {
    const { fields, file } = await readForm(request)
    const choices = choicesOfFields(fields)
    if (file === undefined) {
      const name = fields.get('name')?.[0]
      const document = checkedText(fields.get('text')?.[0] ?? '')
      return { document, choices, fields, ...(name !== undefined && name !== '' && { fileName: name }) }
    }
    return { document: await readUpload(request, file.bytes, signal), choices, fields, fileName: file.name }
  }

  const readRequest = (request: FastifyRequest, signal: AbortSignal): Promise<TenderRequest> | TenderRequest => {
    if (request.isMultipart()) return readMultipart(request, signal)
    const { body } = request
    if (Check(TenderBody, body))
      return { document: checkedText(body.text), choices: choicesOfBody(body), fields: new Map() }
    return { document: checkedText(typeof body === 'string' ? body : ''), choices: NO_CHOICES, fields: new Map() }
  }

  const options = { ...limits.search, handlerTimeout: HANDLER_TIMEOUT_MS }

  const answerPage = async (
    request: FastifyRequest,
    reply: FastifyReply,
    language: Language,
  ): Promise<FastifyReply> => {
    const context = pageContext(services, request, language, await status())
    try {
      const signal = leaving(reply)
      const read = await readMultipart(request, signal)
      const result = await analyse(read, language, signal)
      const view = {
        result,
        text: formatText(read.document),
        fields: read.fields,
        fileName: read.fileName,
        choices: read.choices,
      }
      return sendPage(reply, language, tenderPage(context, view), 'no-store')
    } catch (error) {
      if (!(error instanceof DocumentRefusedError)) throw error
      // The writer stays on the form, told what to do.
      const problem = refusalProblem(error, language)
      if (error.retryAfter !== undefined) reply.header('retry-after', error.retryAfter)
      return sendPage(reply.code(problem.status), language, tenderPage(context, { problem }), 'no-store')
    }
  }

  await app.register(async plain => {
    const scope = plain.withTypeProvider<TypeBoxTypeProvider>()
    await scope.register(multipart, { limits: MULTIPART_LIMITS, throwFileSizeLimit: true })
    // Fastify's own parser of text has the limit of JSON bodies; a specification is longer.
    scope.removeContentTypeParser('text/plain')
    scope.addContentTypeParser(
      'text/plain',
      { parseAs: 'string', bodyLimit: MAX_TEXT_BYTES },
      async (_: unknown, body: string) => body,
    )

    scope.post(
      '/api/tenders',
      {
        ...options,
        schema: {
          tags: ['tenders'],
          operationId: 'analyseTender',
          summary: 'Analyser un besoin',
          description:
            'Les briques qu’un cahier des charges demande, qui les couvre, ce que personne ne couvre, quelles firmes ' +
            'ensemble couvrent tout, et ce qui restreint la concurrence. Rien n’est conservé. Dix fichiers par heure.',
          body: {
            content: {
              'application/json': { schema: TenderBody },
              'text/plain': bodySchema(Type.String(), 'Le texte.'),
              'multipart/form-data': bodySchema({}, 'Un fichier (PDF, DOCX, ODT ou texte), ou un champ « text ».'),
            },
          },
          response: {
            200: { ...TenderResult, description: 'Le besoin, brique par brique.' },
            ...problemResponses(400, 413, 415, 422, 429, 503),
          },
        },
      },
      async (request, reply) => {
        const language = languageOf(request)
        headAnswer(reply, language, 'no-store')
        const signal = leaving(reply)
        return analyse(await readRequest(request, signal), language, signal)
      },
    )

    for (const language of LANGUAGES) {
      const path = localPath(language, '/besoin')
      scope.get(path, { schema: { hide: true } }, async (request, reply) =>
        sendPage(reply, language, tenderPage(pageContext(services, request, language, await status()), {})),
      )
      scope.post(path, { ...options, schema: { hide: true } }, (request, reply) => answerPage(request, reply, language))
    }
  })
}
