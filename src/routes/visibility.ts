import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { EngineUnavailableError } from '../engine/engine.ts'
import { NotFoundError } from '../errors.ts'
import type { Language } from '../model/language.ts'
import { MAX_QUERY_LENGTH } from '../model/query.ts'
import { formatSiren, type Siren } from '../model/siren.ts'
import type { Status } from '../model/status.ts'
import type { SupplierRecord } from '../model/supplier.ts'
import { type SiteCrawl, Visibility } from '../model/visibility.ts'
import type { Standings } from '../search/visibility/visibility.ts'
import { MAX_FIRM_LENGTH, type MirrorLinks, mirrorEntryPage, mirrorPage } from '../views/visibility.ts'
import { fieldStates } from '../views/visibility-fields.ts'
import { type FoundFirms, findFirms } from './find-firm.ts'
import type { RouteLimits } from './limits.ts'
import { LANGUAGES, languageOf, localPath } from './negotiate.ts'
import { headAnswer, pageContext, sendPage } from './page.ts'
import { problemResponses } from './problem-responses.ts'
import type { App, Services } from './services.ts'
import { readSiren, recordReader } from './suppliers.ts'

const Path = Type.Object({
  siren: Type.String({
    description: 'SIREN (neuf chiffres) ; un SIRET ou des espaces renvoient à l’adresse canonique.',
  }),
})
const MirrorParameters = Type.Object(
  {
    q: Type.Optional(
      Type.String({
        maxLength: MAX_QUERY_LENGTH,
        description: 'Une requête où situer l’entreprise ; elle n’est pas gardée.',
      }),
    ),
  },
  { additionalProperties: false },
)
const EntryParameters = Type.Object(
  { firm: Type.Optional(Type.String({ maxLength: MAX_FIRM_LENGTH, description: 'SIREN, nom ou site web.' })) },
  { additionalProperties: false },
)

const NOT_RANKED: Standings = { indexed: false, needs: [], unasked: 0, query: null, alike: [] }

/** Sources of public contracts, by the first part of their ids. */
const CONTRACTS = /^(?:decp|boamp|marches)(?:[:-]|$)/

const NO_FIRM: FoundFirms = { suppliers: [], sure: false }

const hostOf = (website: string | undefined): string | undefined => URL.parse(website ?? '')?.hostname

/** So many firms name a host that is one firm's. */
const MAX_SHARED = 20

/** `/visibilite`, `/visibilite/{siren}`, their English twins and `GET /api/suppliers/{siren}/visibility`. */
export const visibilityRoutes = (app: App, services: Services, status: () => Promise<Status>, limits: RouteLimits) => {
  const readRecord = recordReader(services)
  const { visibility: ports } = services

  const sharing = async ({ supplier }: SupplierRecord): Promise<readonly Siren[]> => {
    const host = hostOf(supplier.website)
    const stated = host === undefined ? [] : ((await ports?.sites.firmsOf(host)) ?? [])
    const crawled = ports?.crawl.sharing(supplier.siren) ?? []
    const all = [...new Set([...stated, ...crawled])].filter(each => each !== supplier.siren)
    return all.length > MAX_SHARED ? [] : all
  }

  const siteOf = ({ supplier }: SupplierRecord, { demonstration }: Status): SiteCrawl => {
    const { siren, website, texts } = supplier
    const read = new Set(texts.filter(text => text.kind === 'page').map(text => text.url))
    const site = ports?.crawl.read(siren, website, read)
    if (site !== undefined && (site.pagesKept > 0 || !demonstration)) return site
    const state = demonstration ? 'invented' : website === undefined ? 'no-site' : 'never-queued'
    return { state, ...(website !== undefined && { website }), pagesKept: 0, unreadable: [] }
  }

  const standingsOf = async (record: SupplierRecord, language: Language, text: string, signal: AbortSignal) => {
    if (ports === undefined) throw new EngineUnavailableError('the service was built without the mirror')
    const options = { facts: record.facts, text, sameSite: await sharing(record), signal }
    return ports.mirror.standings(record.supplier.siren, language, options)
  }

  const answerOf = (record: SupplierRecord, standings: Standings, current: Status, language: Language): Visibility => {
    const { supplier } = record
    const { version, builtAt, suppliers } = current.index
    return {
      supplier: {
        ...{ siren: supplier.siren, name: supplier.name, unnamed: supplier.unnamed },
        ...(supplier.state && { state: supplier.state }),
        ...(supplier.website !== undefined && { website: supplier.website }),
      },
      index: { version, builtAt, suppliers },
      ...{ ...standings, needs: [...standings.needs], alike: [...standings.alike] },
      fields: [...fieldStates({ ...record, sources: current.sources }, language, Date.now())],
      site: siteOf(record, current),
      labels: supplier.labels,
      contracts: { loaded: current.sources.some(source => CONTRACTS.test(source.id)) },
    }
  }

  /** Other pages of the service, where they exist. */
  const linksOf = (language: Language, siren?: Siren): MirrorLinks => {
    const has = (url: string): boolean => app.hasRoute({ method: 'GET', url })
    const feed = siren !== undefined && has('/api/suppliers/:siren/changes.atom')
    return {
      ...(siren !== undefined &&
        has('/fournisseurs/:siren/corriger') && { correct: localPath(language, `/fournisseurs/${siren}/corriger`) }),
      ...(has('/sites/proposer') && { submit: localPath(language, '/sites/proposer') }),
      ...(feed && { feed: `/api/suppliers/${siren}/changes.atom` }),
    }
  }

  app.get(
    '/api/suppliers/:siren/visibility',
    {
      ...limits.mirror,
      schema: {
        tags: ['suppliers'],
        operationId: 'visibility',
        summary: 'Voir comment un fournisseur est trouvé',
        description:
          'Les besoins pour lesquels on trouve l’entreprise, à quel rang et par quelle phrase ; avec « q », sa place pour ' +
          'cette requête et ce que les fiches au-dessus ont de plus ; l’état et l’âge de chaque champ ; le passage du robot. ' +
          'Rien n’est gardé, et aucune recherche d’autrui ne sert.',
        params: Path,
        querystring: MirrorParameters,
        response: {
          200: { ...Visibility, description: 'Le miroir de la fiche.' },
          301: { type: 'null', description: 'Adresse canonique, par le SIREN.' },
          ...problemResponses(400, 404, 414, 429, 503),
        },
      },
    },
    async (request, reply) => {
      const siren = readSiren(request.params.siren)
      const { q = '' } = request.query
      if (siren !== request.params.siren) {
        const query = q === '' ? '' : `?${new URLSearchParams({ q })}`
        return reply.redirect(`/api/suppliers/${siren}/visibility${query}`, 301)
      }
      const language = languageOf(request)
      const record = readRecord(siren)
      const current = await status()
      headAnswer(reply, language, 'no-store')
      return answerOf(record, await standingsOf(record, language, q, request.signal), current, language)
    },
  )

  /** The standings, or `undefined` while the engine cannot answer: the rest of the page needs no index. */
  const unlessUnavailable = async (standings: Promise<Standings>): Promise<Standings | undefined> => {
    try {
      return await standings
    } catch (error) {
      if (error instanceof EngineUnavailableError) return undefined
      throw error
    }
  }

  const sendMirror = async (
    request: FastifyRequest,
    reply: FastifyReply,
    language: Language,
    { siren, q }: { readonly siren: Siren; readonly q: string },
  ): Promise<FastifyReply> => {
    const record = readRecord(siren)
    const current = await status()
    const standings = await unlessUnavailable(standingsOf(record, language, q, request.signal))
    const view = {
      visibility: answerOf(record, standings ?? NOT_RANKED, current, language),
      location: record.supplier.location,
      ranked: standings !== undefined,
      links: linksOf(language, siren),
    }
    return sendPage(reply, language, mirrorPage(pageContext(services, request, language, current), view), 'no-store')
  }

  const sendEntry = async (
    request: FastifyRequest,
    reply: FastifyReply,
    language: Language,
    view: Omit<Parameters<typeof mirrorEntryPage>[1], 'links'>,
  ): Promise<FastifyReply> => {
    const context = pageContext(services, request, language, await status())
    const html = mirrorEntryPage(context, { ...view, links: linksOf(language) })
    return sendPage(view.unknown ? reply.code(404) : reply, language, html, 'no-store')
  }

  for (const language of LANGUAGES) {
    app.get(
      localPath(language, '/visibilite'),
      { ...limits.search, schema: { hide: true, querystring: EntryParameters } },
      async (request, reply) => {
        const firm = request.query.firm?.trim() ?? ''
        const { suppliers, sure } = firm === '' ? NO_FIRM : await findFirms(services, firm, request.signal)
        const [only] = suppliers
        if (only && sure) return reply.redirect(localPath(language, `/visibilite/${only.siren}`), 302)
        return sendEntry(request, reply, language, { firm, suppliers, unknown: firm !== '' && only === undefined })
      },
    )
    app.get(
      localPath(language, '/visibilite/:siren'),
      { ...limits.mirror, schema: { hide: true, params: Path, querystring: MirrorParameters } },
      async (request, reply) => {
        const siren = readSiren(request.params.siren)
        const q = request.query.q?.trim() ?? ''
        if (siren !== request.params.siren) {
          const query = q === '' ? '' : `?${new URLSearchParams({ q })}`
          return reply.redirect(localPath(language, `/visibilite/${siren}${query}`), 301)
        }
        try {
          return await sendMirror(request, reply, language, { siren, q })
        } catch (error) {
          if (!(error instanceof NotFoundError)) throw error
          // Whoever asks for a firm that is not here is told why, and how to get in.
          return sendEntry(request, reply, language, { firm: formatSiren(siren), suppliers: [], unknown: true })
        }
      },
    )
  }
}
