import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import { getHeapStatistics } from 'node:v8'
import cors from '@fastify/cors'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import swagger from '@fastify/swagger'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import underPressure from '@fastify/under-pressure'
import Fastify from 'fastify'
import type { Config } from './config.ts'
import { LimitError } from './errors.ts'
import { loggerOptions, RequestLog } from './logging.ts'
import { openapiOptions } from './openapi.ts'
import { problemOfStatus } from './problem.ts'
import { aboutRoutes } from './routes/about.ts'
import { assetRoutes } from './routes/assets.ts'
import { brickRoutes } from './routes/bricks.ts'
import { changesFeedRoutes } from './routes/changes-feed.ts'
import { compareRoutes } from './routes/compare.ts'
import { correctionRoutes } from './routes/corrections.ts'
import { discoveryRoutes } from './routes/discovery.ts'
import { docsRoutes } from './routes/docs.ts'
import { dossierRoutes } from './routes/dossiers.ts'
import { exportRoutes } from './routes/exports.ts'
import { healthRoutes } from './routes/health.ts'
import { homeRoutes } from './routes/home.ts'
import { routeLimits } from './routes/limits.ts'
import { metricsRoutes } from './routes/metrics.ts'
import { registerProblemReplies, type SendProblem } from './routes/problem-replies.ts'
import { robotRoutes } from './routes/robot.ts'
import { searchRoutes } from './routes/search.ts'
import type { App, Services } from './routes/services.ts'
import { statusRoutes } from './routes/status.ts'
import { createStatusReader } from './routes/status-reader.ts'
import { supplierRoutes } from './routes/suppliers.ts'
import { tenderRoutes } from './routes/tenders.ts'
import { visibilityRoutes } from './routes/visibility.ts'

/** Limits of the HTTP server. Fastify's own defaults are "none" for the two time-outs. */
const HEADERS_TIMEOUT_MS = 10_000
const REQUEST_TIMEOUT_MS = 30_000
const MAX_BODY_BYTES = 256 * 1024
/** A query of 1,000 characters takes up to 9,000 percent-encoded; Node refuses 16 KiB of headers in any case. */
const MAX_URL_LENGTH = 12_000
/** A SIRET with blanks between its digits, percent-encoded, and then some. */
const MAX_PATH_PARAMETER_LENGTH = 200

/** Nothing from elsewhere, nothing inline, no frame, no plug-in; the one script asks our own API for completions. */
const CONTENT_SECURITY_POLICY = {
  'default-src': "'none'",
  'style-src': "'self'",
  'script-src': "'self'",
  'connect-src': "'self'",
  'img-src': "'self' data:",
  'form-action': "'self'",
  'base-uri': "'none'",
  'frame-ancestors': "'none'",
}
/** No hook runs, so no plugin sets a header, when the address itself cannot be read. */
const UNREADABLE_ADDRESS_HEADERS = {
  'content-security-policy': Object.entries(CONTENT_SECURITY_POLICY)
    .map(([name, value]) => `${name} ${value}`)
    .join(';'),
  'x-content-type-options': 'nosniff',
}
const YEAR_SECONDS = 31_536_000

/** What Node's parser refuses before there is a request (headers too large or too slow, not HTTP). */
const answerClientError = (error: Error & { readonly code?: string }, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400
  const body = JSON.stringify(problemOfStatus(status, 'fr'))
  const head = [
    `HTTP/1.1 ${status} Error`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}

/** A number of proxies as the function of their place in the chain that Fastify takes. */
const trustedProxies = (setting: Config['trustProxy']) =>
  typeof setting === 'number' ? (_address: string, hop: number) => hop < setting : setting

const createFastify = (config: Config, logStream: Services['logStream'], sendProblem: () => SendProblem) =>
  Fastify({
    logger: { ...loggerOptions(config), ...(logStream && { stream: logStream }) },
    logController: new RequestLog(),
    genReqId: () => randomUUID(),
    trustProxy: trustedProxies(config.trustProxy),
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    http: { headersTimeout: HEADERS_TIMEOUT_MS, connectionsCheckingInterval: HEADERS_TIMEOUT_MS / 2 },
    routerOptions: { maxParamLength: MAX_PATH_PARAMETER_LENGTH },
    // A broken percent-encoding or an overlong path never reaches the error handler.
    frameworkErrors: (error, request, reply) =>
      void sendProblem()(error, request, reply.headers(UNREADABLE_ADDRESS_HEADERS)),
    clientErrorHandler: answerClientError,
    ajv: { customOptions: { removeAdditional: false, useDefaults: false, coerceTypes: 'array', allErrors: true } },
  }).withTypeProvider<TypeBoxTypeProvider>()

const registerProtection = async (app: App, config: Config): Promise<void> => {
  await app.register(underPressure, {
    maxEventLoopDelay: config.maxEventLoopDelayMs,
    maxHeapUsedBytes: Math.floor(config.maxHeapRatio * getHeapStatistics().heap_size_limit),
  })
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: CONTENT_SECURITY_POLICY },
    xFrameOptions: { action: 'deny' },
    // The home page must tell a click on "Français" from a first visit; other sites learn nothing.
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: config.publicUrl.startsWith('https:')
      ? { maxAge: YEAR_SECONDS, includeSubDomains: false }
      : false,
  })
  // Public data without accounts: any site may read it. The origin setting narrows that.
  await app.register(cors, {
    origin: config.corsOrigin,
    methods: ['GET', 'HEAD'],
    exposedHeaders: ['retry-after', 'x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset'],
    strictPreflight: false,
  })
  await app.register(rateLimit, { global: false, errorResponseBuilder: () => new LimitError(429) })
}

/** The whole service over the given ports, ready for `listen` or `inject`; it never listens by itself. */
export const buildApp = async (services: Services): Promise<App> => {
  const { config } = services
  const status = createStatusReader(services)
  let sendProblem: SendProblem
  const app = createFastify(config, services.logStream, () => sendProblem)
  sendProblem = registerProblemReplies(app, services, status)
  app.addHook('onReady', async () => void (await status.read()))
  await registerProtection(app, config)
  app.addHook('onRequest', async request => {
    if (request.url.length > MAX_URL_LENGTH) throw new LimitError(414)
  })
  await app.register(swagger, openapiOptions(config))
  homeRoutes(app, services, status.read)
  const limits = routeLimits(app, config)
  searchRoutes(app, services, status.read, limits)
  exportRoutes(app, services, status.read, limits)
  compareRoutes(app, services, status.read, limits)
  discoveryRoutes(app, services)
  brickRoutes(app, services, status.read, limits)
  await tenderRoutes(app, services, status.read, limits)
  await dossierRoutes(app, services, status.read, limits)
  supplierRoutes(app, services, status.read)
  changesFeedRoutes(app, services, status.read)
  await correctionRoutes(app, services, status.read)
  visibilityRoutes(app, services, status.read, limits)
  statusRoutes(app, status.read)
  aboutRoutes(app, services, status.read)
  robotRoutes(app, services, status.read)
  docsRoutes(app, services, status.read)
  healthRoutes(app, services)
  metricsRoutes(app, services, status.read)
  await assetRoutes(app, sendProblem, config.publicUrl)
  return app
}
