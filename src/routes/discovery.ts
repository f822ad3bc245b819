import { Readable } from 'node:stream'
import { setImmediate as breathe } from 'node:timers/promises'
import { Type } from 'typebox'
import { NotFoundError } from '../errors.ts'
import { BRICKS } from '../model/bricks.ts'
import { openSearchDescription } from '../views/opensearch.ts'
import {
  fixedUrls,
  MAX_URLS,
  SITEMAP_END,
  SITEMAP_START,
  SUPPLIERS_A_FILE,
  sitemapIndex,
  supplierUrls,
} from '../views/sitemap.ts'
import { LANGUAGES, localPath } from './negotiate.ts'
import { publicAddress } from './public-address.ts'
import type { App, Services } from './services.ts'

/** What leads programs here: `/opensearch.xml` for browsers, `/sitemap.xml` for search engines. */

/** Profiles read at a stretch: some milliseconds. */
const BATCH = 500

/** Pages that are neither a brick nor a profile, in both languages, and then some. */
const OTHER_URLS = 100

async function* suppliersFile({ catalogue }: Services, baseUrl: string, from: number, to: number) {
  for (let offset = from; offset < to; offset += BATCH) {
    const suppliers = catalogue.listed(offset, Math.min(BATCH, to - offset))
    if (suppliers.length === 0) return
    yield supplierUrls(suppliers, baseUrl)
    await breathe()
  }
}

async function* file(parts: AsyncIterable<string>, fixed = '') {
  yield SITEMAP_START + fixed
  yield* parts
  yield SITEMAP_END
}

const XML = 'application/xml; charset=utf-8'

export const discoveryRoutes = (app: App, services: Services) => {
  for (const language of LANGUAGES)
    app.get(localPath(language, '/opensearch.xml'), { schema: { hide: true } }, async (request, reply) =>
      reply
        .headers({ 'content-language': language, 'cache-control': 'no-cache' })
        .type('application/opensearchdescription+xml; charset=utf-8')
        .send(openSearchDescription(language, publicAddress(services, request))),
    )

  app.get('/sitemap.xml', { schema: { hide: true } }, async (request, reply) => {
    const baseUrl = publicAddress(services, request)
    const { suppliers } = services.catalogue.counts()
    reply.header('cache-control', 'no-cache').type(XML)
    if (2 * (suppliers + BRICKS.length) + OTHER_URLS > MAX_URLS)
      return reply.send(sitemapIndex(1 + Math.ceil(suppliers / SUPPLIERS_A_FILE), baseUrl))
    return reply.send(Readable.from(file(suppliersFile(services, baseUrl, 0, suppliers), fixedUrls(baseUrl))))
  })

  app.get(
    '/sitemaps/:part.xml',
    { schema: { hide: true, params: Type.Object({ part: Type.String({ pattern: '^[0-9]{1,6}$' }) }) } },
    async (request, reply) => {
      const part = Number(request.params.part)
      const from = (part - 1) * SUPPLIERS_A_FILE
      if (part > 0 && from >= services.catalogue.counts().suppliers) throw new NotFoundError()
      const baseUrl = publicAddress(services, request)
      const suppliers = suppliersFile(services, baseUrl, Math.max(0, from), part * SUPPLIERS_A_FILE)
      const content = file(suppliers, part === 0 ? fixedUrls(baseUrl) : '')
      return reply.header('cache-control', 'no-cache').type(XML).send(Readable.from(content))
    },
  )
}
