import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { correctionProblem } from '../correction-refusal.ts'
import { CorrectionRefusedError } from '../corrections/errors.ts'
import type { Declared } from '../model/correction.ts'
import type { Language } from '../model/language.ts'
import type { Siren } from '../model/siren.ts'
import type { Status } from '../model/status.ts'
import { correctionLinkPage, correctionPage } from '../views/correction.ts'
import { correctionFormPage } from '../views/correction-form.ts'
import { proposeSitePage } from '../views/propose-site.ts'
import { type CorrectionDesk, PRIVATE_HEADERS } from './correction-desk.ts'
import { declaredOfFields, fieldsOf, methodOf, refuseOtherSites } from './correction-request.ts'
import { LANGUAGES, localPath } from './negotiate.ts'
import { pageContext, sendPage } from './page.ts'
import type { App, Services } from './services.ts'
import { readSiren } from './suppliers.ts'

/** The pages of corrections: forms that work without script, and the pages that a secret address opens. */

const SirenPath = Type.Object({ siren: Type.String() })
const IdPath = Type.Object({ id: Type.String() })
const TokenPath = Type.Object({ token: Type.String() })

/** A refusal as the form shows it, and the answer's status and pause with it. Anything else goes on to the error page. */
const problemOf = (error: unknown, reply: FastifyReply, language: Language) => {
  // What is not there has no form to come back to.
  if (!(error instanceof CorrectionRefusedError) || ['no-request', 'unknown-supplier'].includes(error.code)) throw error
  const problem = { ...correctionProblem(error, language), field: error.field }
  if (error.retryAfter !== undefined) reply.header('retry-after', error.retryAfter)
  reply.code(problem.status)
  return problem
}

/** The forms, the page of a request and that of a mailed link, in both languages. */
export const correctionPageRoutes = async (
  app: App,
  services: Services,
  current: () => Promise<Status>,
  desk: CorrectionDesk,
  handlerTimeout: number,
): Promise<void> => {
  const hidden = { schema: { hide: true } }

  const formPage = async (
    request: FastifyRequest,
    reply: FastifyReply,
    language: Language,
    siren: Siren,
    typed: Declared = {},
    refusal?: unknown,
  ): Promise<FastifyReply> => {
    const form = desk.corrections().form(siren)
    if (form === undefined) throw new CorrectionRefusedError('unknown-supplier', 'siren')
    const problem = refusal === undefined ? undefined : problemOf(refusal, reply, language)
    const view = {
      supplier: form.record.supplier,
      values: { ...form.values, ...typed },
      comment: fieldsOf(request).get('comment') ?? '',
      placeRegistered: form.placeRegistered,
      domain: form.domain,
      mail: form.mail,
      problem,
    }
    const context = pageContext(services, request, language, await current())
    return sendPage(reply, language, correctionFormPage(context, view), refusal === undefined ? 'no-cache' : 'no-store')
  }

  /** To the page of a request just made; "see other", so that going back sends nothing again. */
  const goTo = (reply: FastifyReply, language: Language, id: string): FastifyReply =>
    reply
      .headers({ ...PRIVATE_HEADERS, 'cache-control': 'no-store' })
      .redirect(localPath(language, `/corrections/${id}`), 303)

  const postForm = async (request: FastifyRequest, reply: FastifyReply, language: Language, siren: Siren) => {
    refuseOtherSites(request, services)
    const fields = fieldsOf(request)
    const comment = fields.get('comment') ?? ''
    const declared = declaredOfFields(fields)
    try {
      if (fields.get('kind') === 'remove' && fields.get('confirm') !== 'yes')
        throw new CorrectionRefusedError('not-confirmed', 'confirm')
      const id = await desk.make(request, corrections =>
        fields.get('kind') === 'remove'
          ? corrections.remove(siren, comment)
          : corrections.correct(siren, declared, comment),
      )
      return goTo(reply, language, id)
    } catch (error) {
      return formPage(request, reply, language, siren, declared, error)
    }
  }

  const proposePage = async (request: FastifyRequest, reply: FastifyReply, language: Language, refusal?: unknown) => {
    const fields = fieldsOf(request)
    const problem = refusal === undefined ? undefined : problemOf(refusal, reply, language)
    const view = { siren: fields.get('siren') ?? '', url: fields.get('url') ?? '', problem }
    const context = pageContext(services, request, language, await current())
    return sendPage(reply, language, proposeSitePage(context, view), refusal === undefined ? 'no-cache' : 'no-store')
  }

  const statusPage = async (
    request: FastifyRequest,
    reply: FastifyReply,
    language: Language,
    id: string,
    more: { readonly sent?: boolean; readonly refusal?: unknown } = {},
  ) => {
    reply.headers(PRIVATE_HEADERS)
    const status = desk.status(id)
    const problem = more.refusal === undefined ? undefined : problemOf(more.refusal, reply, language)
    const context = pageContext(services, request, language, await current())
    // Its own address is a secret: no link of the page may name another than itself.
    const page = { ...context, path: `/corrections/${id}` }
    const view = { id, status, problem, ...(more.sent === true && { sent: true }) }
    return sendPage(reply, language, correctionPage(page, view), 'no-store')
  }

  const linkPage = async (
    request: FastifyRequest,
    reply: FastifyReply,
    language: Language,
    token: string,
    answer?: boolean,
  ) => {
    reply.headers(PRIVATE_HEADERS)
    const corrections = desk.corrections()
    const status = answer === undefined ? corrections.byLink(token) : corrections.answerLink(token, answer)
    if (status === undefined) throw new CorrectionRefusedError('dead-link', 'token')
    const context = pageContext(services, request, language, await current())
    const view = { token, status, done: answer !== undefined }
    return sendPage(reply, language, correctionLinkPage(context, view), 'no-store')
  }

  await app.register(async plain => {
    const scope = plain.withTypeProvider<TypeBoxTypeProvider>()
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string' },
      async (_: unknown, body: string) => new URLSearchParams(body),
    )
    for (const language of LANGUAGES) {
      const form = localPath(language, '/fournisseurs/:siren/corriger')
      const paths = { schema: { hide: true, params: SirenPath } }
      scope.get(form, paths, async (request, reply) =>
        formPage(request, reply, language, readSiren(request.params.siren)),
      )
      scope.post(form, paths, async (request, reply) =>
        postForm(request, reply, language, readSiren(request.params.siren)),
      )

      const propose = localPath(language, '/sites/proposer')
      scope.get(propose, hidden, async (request, reply) => proposePage(request, reply, language))
      scope.post(propose, hidden, async (request, reply) => {
        refuseOtherSites(request, services)
        const fields = fieldsOf(request)
        try {
          const id = await desk.make(request, corrections =>
            corrections.proposeSite(fields.get('siren') ?? '', fields.get('url') ?? ''),
          )
          return goTo(reply, language, id)
        } catch (error) {
          return proposePage(request, reply, language, error)
        }
      })

      const own = { schema: { hide: true, params: IdPath } }
      scope.get(localPath(language, '/corrections/:id'), own, async (request, reply) =>
        statusPage(request, reply, language, request.params.id),
      )
      scope.post(localPath(language, '/corrections/:id/preuve'), { ...own, handlerTimeout }, async (request, reply) => {
        refuseOtherSites(request, services)
        const { id } = request.params
        const fields = fieldsOf(request)
        try {
          const body = { method: methodOf(fields), email: fields.get('email') ?? '' }
          const outcome = await desk.prove(request, reply, id, body)
          return outcome === 'sent'
            ? await statusPage(request, reply, language, id, { sent: true })
            : goTo(reply, language, id)
        } catch (error) {
          return statusPage(request, reply, language, id, { refusal: error })
        }
      })

      const link = localPath(language, '/corrections/confirmer/:token')
      const linked = { schema: { hide: true, params: TokenPath } }
      scope.get(link, linked, async (request, reply) => linkPage(request, reply, language, request.params.token))
      scope.post(link, linked, async (request, reply) => {
        refuseOtherSites(request, services)
        const answer = fieldsOf(request).get('answer')
        return linkPage(
          request,
          reply,
          language,
          request.params.token,
          // Anything else shows the page again.
          answer === 'confirm' ? true : answer === 'decline' ? false : undefined,
        )
      })
    }
  })
}
