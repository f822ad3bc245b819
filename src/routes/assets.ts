import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import { NotFoundError } from '../errors.ts'
import { UNDER_PRESSURE_EXEMPT } from './limits.ts'
import type { SendProblem } from './problem-replies.ts'
import type { App } from './services.ts'

const PUBLIC = fileURLToPath(new URL('../public', import.meta.url))

const VERSIONED = /[?&]v=[0-9a-f]+$/

const isRefusedPath = (error: unknown): boolean =>
  error instanceof Error && 'statusCode' in error && (error.statusCode === 400 || error.statusCode === 403)

/** Result pages are endless combinations of filters: crawlers are kept to the pages that have an end. */
const ROBOTS = `User-agent: *
Disallow: /api/
Disallow: /recherche?
Disallow: /en/recherche?
Disallow: /comparer?
Disallow: /en/comparer?
`

/** The line wants a whole address: none without the setting that gives it. */
const robotsText = (publicUrl: string): string =>
  publicUrl === '' ? ROBOTS : `${ROBOTS}\nSitemap: ${publicUrl}/sitemap.xml\n`

/** `/assets/…` (style sheet, script, icons), `/favicon.svg` and `/robots.txt`. */
export const assetRoutes = async (app: App, sendProblem: SendProblem, publicUrl: string) => {
  await app.register(async assets => {
    assets.addHook('onRequest', async (request, reply) => {
      // An address with a digest never changes its content; another may at each release.
      const versioned = VERSIONED.test(request.url)
      reply.header('cache-control', versioned ? 'public, max-age=31536000, immutable' : 'public, max-age=300')
    })
    // A page that was answered under pressure is not left without its style sheet.
    assets.addHook('onRoute', route => {
      route.config = { ...route.config, ...UNDER_PRESSURE_EXEMPT.config }
    })
    assets.setErrorHandler((error, request, reply) =>
      // Paths with dots, NUL and the like are refused by the plugin in its own words.
      sendProblem(isRefusedPath(error) ? new NotFoundError() : error, request, reply),
    )
    await assets.register(fastifyStatic, {
      root: PUBLIC,
      prefix: '/assets/',
      cacheControl: false,
      dotfiles: 'ignore',
      index: false,
    })
    assets.get('/favicon.svg', { schema: { hide: true } }, (_request, reply) => reply.sendFile('favicon.svg'))
    assets.get('/robots.txt', { ...UNDER_PRESSURE_EXEMPT, schema: { hide: true } }, async (_request, reply) =>
      reply.type('text/plain; charset=utf-8').send(robotsText(publicUrl)),
    )
  })
}
