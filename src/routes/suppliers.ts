import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { InvalidParameterError, NotFoundError } from '../errors.ts'
import { formatSiren, parseSiren, type Siren, sirenOfSiret } from '../model/siren.ts'
import type { Status } from '../model/status.ts'
import { SupplierRecord } from '../model/supplier.ts'
import { expandSupplier } from '../search/expand.ts'
import { supplierPage } from '../views/pages.ts'
import { LANGUAGES, languageOf, localPath, neutralPath, ownReferer } from './negotiate.ts'
import { headAnswer, pageContext, sendPage } from './page.ts'
import { problemResponses } from './problem-responses.ts'
import type { App, Services } from './services.ts'

const Path = Type.Object({
  siren: Type.String({
    description: 'SIREN (neuf chiffres) ; un SIRET ou des espaces renvoient à l’adresse canonique.',
  }),
})

/** The SIREN that a reader gave, in any grouping, or of a SIRET. Throws an `InvalidParameterError`. */
export const readSiren = (text: string): Siren => {
  const siren = parseSiren(text) ?? sirenOfSiret(text)
  if (siren !== undefined) return siren
  throw new InvalidParameterError('siren', {
    fr: '« siren » : ce n’est ni un SIREN (neuf chiffres, clé de contrôle comprise) ni un SIRET. Vérifiez la saisie.',
    en: '“siren”: this is neither a SIREN (nine digits with their check digit) nor a SIRET. Check what was typed.',
  })
}

/** The result page of this service that the reader comes from. */
const resultPage = (request: FastifyRequest): string | undefined => {
  const referer = ownReferer(request)
  return referer !== undefined && /^\/recherche(?:\?|$)/.test(neutralPath(referer)) ? referer : undefined
}

/** Reads profiles as the index has them: with the bricks that their own texts name. An unknown SIREN is a 404. */
export const recordReader =
  ({ catalogue }: Pick<Services, 'catalogue'>) =>
  (siren: Siren): SupplierRecord => {
    const record = catalogue.record(siren)
    if (record) return { ...record, supplier: expandSupplier(record.supplier) }
    throw new NotFoundError({
      fr: `Aucune source du catalogue ne connaît le SIREN ${formatSiren(siren)}.`,
      en: `No source of the catalogue knows the SIREN ${formatSiren(siren)}.`,
    })
  }

/** `/fournisseurs/{siren}`, its English twin and `GET /api/suppliers/{siren}`. */
export const supplierRoutes = (app: App, services: Services, status: () => Promise<Status>) => {
  const readRecord = recordReader(services)

  app.get(
    '/api/suppliers/:siren',
    {
      schema: {
        tags: ['suppliers'],
        operationId: 'supplier',
        summary: 'Lire une fiche',
        description:
          'La fiche d’un fournisseur et chaque fait dont elle est tirée, avec sa source, sa licence et sa date.',
        params: Path,
        response: {
          200: { ...SupplierRecord, description: 'La fiche et ses faits.' },
          301: { type: 'null', description: 'Adresse canonique, par le SIREN.' },
          ...problemResponses(400, 404),
        },
      },
    },
    async (request, reply) => {
      const siren = readSiren(request.params.siren)
      if (siren !== request.params.siren) return reply.redirect(`/api/suppliers/${siren}`, 301)
      headAnswer(reply, languageOf(request), 'no-cache')
      return readRecord(siren)
    },
  )

  for (const language of LANGUAGES)
    app.get(
      localPath(language, '/fournisseurs/:siren'),
      { schema: { hide: true, params: Path } },
      async (request, reply) => {
        const siren = readSiren(request.params.siren)
        if (siren !== request.params.siren) return reply.redirect(localPath(language, `/fournisseurs/${siren}`), 301)
        const record = readRecord(siren)
        const current = await status()
        const sources = current.sources.filter(source => record.supplier.sources.includes(source.id))
        const view = { record, sources, back: resultPage(request) }
        return sendPage(reply, language, supplierPage(pageContext(services, request, language, current), view))
      },
    )
}
