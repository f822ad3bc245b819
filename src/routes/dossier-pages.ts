import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { DossierRefusedError } from '../dossiers/errors.ts'
import { InvalidParameterError } from '../errors.ts'
import { type Annotation, DECISIONS, type Decision, MAX_REASON } from '../model/dossier.ts'
import type { Language } from '../model/language.ts'
import { parseSiren } from '../model/siren.ts'
import type { Status } from '../model/status.ts'
import { aboutDossiersPage, createdDossierPage, deletedDossierPage, dossierPage, printStyle } from '../views/dossier.ts'
import type { DossierView } from '../views/dossier-view.ts'
import type { DossierDesk } from './dossier-desk.ts'
import { requestOfFields } from './dossier-request.ts'
import type { RouteLimits } from './limits.ts'
import { LANGUAGES, localPath } from './negotiate.ts'
import { pageContext, sendPage } from './page.ts'
import { publicAddress } from './public-address.ts'
import type { App, Services } from './services.ts'
import { readForm } from './tender-form.ts'
import { leaving } from './tenders.ts'

/** The pages of dossiers, and the forms by which they are made, annotated and deleted without script. */

const HANDLER_TIMEOUT_MS = 25_000

const Path = Type.Object({ id: Type.String() })

const isDecision = (text: string): text is Decision => (DECISIONS as readonly string[]).includes(text)

const badField = (name: string): InvalidParameterError =>
  new InvalidParameterError(name.slice(0, 60), {
    fr: `« ${name.slice(0, 60)} » : champ ou valeur inconnus.`,
    en: `“${name.slice(0, 60)}”: unknown field or value.`,
  })

const longReason = (name: string): InvalidParameterError =>
  new InvalidParameterError(name.slice(0, 60), {
    fr: `« ${name.slice(0, 60)} » : un motif a ${MAX_REASON} caractères au plus.`,
    en: `“${name.slice(0, 60)}”: a reason has at most ${MAX_REASON} characters.`,
  })

/** `decision.{siren}` and `reason.{siren}` of the page's form, one annotation a supplier. */
const annotationsOf = (fields: URLSearchParams): readonly Annotation[] => {
  const entries = new Map<string, Annotation>()
  for (const [name, value] of fields) {
    if (name === 'key' || name === 'action' || name === 'version') continue
    const [, field, digits = ''] = /^(decision|reason)\.([0-9]{9})$/.exec(name) ?? []
    const siren = parseSiren(digits)
    if (siren === undefined || (field === 'decision' && !isDecision(value))) throw badField(name)
    if (value.length > MAX_REASON) throw longReason(name)
    const known = entries.get(siren) ?? { siren, decision: 'undecided' as const, reason: '' }
    entries.set(
      siren,
      field === 'decision' && isDecision(value) ? { ...known, decision: value } : { ...known, reason: value },
    )
  }
  return [...entries.values()]
}

/** The version that the form was filled from; absent where a program posts without one. */
const versionOf = (fields: URLSearchParams): number | undefined => {
  const text = fields.get('version')
  if (text === null) return undefined
  if (!/^[0-9]{1,9}$/.test(text)) throw badField('version')
  return Number(text)
}

const fieldsOf = ({ body }: FastifyRequest): URLSearchParams =>
  body instanceof URLSearchParams ? body : new URLSearchParams()

/** `/dossiers` and `/dossiers/{id}`, in both languages. */
export const dossierPageRoutes = (
  scope: App,
  services: Services,
  status: () => Promise<Status>,
  desk: DossierDesk,
  limits: RouteLimits,
): void => {
  const slow = { ...limits.search, handlerTimeout: HANDLER_TIMEOUT_MS, schema: { hide: true } }
  const { dossierRetentionDays: retentionDays } = services.config

  const context = async (request: FastifyRequest, language: Language) =>
    pageContext(services, request, language, await status())

  const showCreated = async (request: FastifyRequest, reply: FastifyReply, language: Language) => {
    const { fields } = await readForm(request)
    const asked = requestOfFields(fields, language)
    const frozen = await desk.freeze(asked, request, leaving(reply))
    const view = { frozen, kind: asked.subject.kind, baseUrl: publicAddress(services, request) }
    return sendPage(reply.code(201), language, createdDossierPage(await context(request, language), view), 'no-store')
  }

  /** With the right key the page can be written on; the key stays in its form and never in an address. */
  const showWritable = async (
    request: FastifyRequest,
    reply: FastifyReply,
    language: Language,
    id: string,
    key: string,
    shown: Pick<DossierView, 'saved' | 'stale'> = {},
    typed?: readonly Annotation[],
  ) => {
    const opened = await desk.dossiers().open(id)
    const annotations = typed ? { ...opened.annotations, entries: [...typed] } : opened.annotations
    const view = { ...opened, annotations, baseUrl: publicAddress(services, request), key, ...shown }
    return sendPage(reply, language, dossierPage(await context(request, language), view), 'no-store')
  }

  for (const language of LANGUAGES) {
    const path = localPath(language, '/dossiers')
    scope.get(path, { schema: { hide: true } }, async (request, reply) =>
      sendPage(reply, language, aboutDossiersPage(await context(request, language), { retentionDays }), 'no-store'),
    )
    scope.post(path, slow, (request, reply) => showCreated(request, reply, language))

    scope.get(
      `${path}/:id/print.css`,
      { ...limits.search, schema: { hide: true, params: Path } },
      async (request, reply) =>
        reply
          .type('text/css; charset=utf-8')
          .send(printStyle(await desk.dossiers().bytes(request.params.id), language)),
    )

    scope.get(`${path}/:id`, { ...slow, schema: { hide: true, params: Path } }, async (request, reply) => {
      const opened = await desk.dossiers().open(request.params.id)
      const changes = await desk.changes(opened.dossier, request.signal)
      const view = { ...opened, changes, baseUrl: publicAddress(services, request) }
      return sendPage(reply, language, dossierPage(await context(request, language), view), 'no-store')
    })

    scope.post(`${path}/:id`, { ...slow, schema: { hide: true, params: Path } }, async (request, reply) => {
      const { id } = request.params
      const fields = fieldsOf(request)
      const key = (fields.get('key') ?? '').trim()
      const action = fields.get('action') ?? ''
      if (action === 'delete') {
        desk.dossiers().remove(id, key)
        return sendPage(reply, language, deletedDossierPage(await context(request, language)), 'no-store')
      }
      desk.dossiers().check(id, key)
      if (action === 'open') return showWritable(request, reply, language, id, key)
      if (action !== 'save') throw badField('action')
      const entries = annotationsOf(fields)
      try {
        await desk.dossiers().annotate(id, key, entries, versionOf(fields))
      } catch (error) {
        if (!(error instanceof DossierRefusedError && error.code === 'stale')) throw error
        // What was typed stays on the page: nothing is lost, neither theirs nor the other's.
        return showWritable(request, reply.code(409), language, id, key, { stale: true }, entries)
      }
      return showWritable(request, reply, language, id, key, { saved: true })
    })
  }
}
