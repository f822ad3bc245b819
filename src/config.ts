import { readFileSync } from 'node:fs'
import { BlockList, isIP } from 'node:net'
import { join } from 'node:path'
import { parseEnv } from 'node:util'

/** The settings of the service and of the command line: this file alone reads the environment. */

type Environment = Readonly<Record<string, string | undefined>>

/** One setting, as README.md documents it. `parse` gives `undefined` for what is not `expects`. */
export interface Setting<T> {
  readonly name: string
  readonly default: string
  readonly effect: string
  readonly expects: string
  readonly parse: (text: string) => T | undefined
}

const setting = <T>(
  name: string,
  fallback: string,
  effect: string,
  expects: string,
  parse: Setting<T>['parse'],
): Setting<T> => ({ name, default: fallback, effect, expects, parse })

const whole = (name: string, fallback: number, effect: string, minimum: number, maximum: number) =>
  setting(name, String(fallback), effect, `a whole number from ${minimum} to ${maximum}`, text => {
    const value = /^[0-9]{1,9}$/.test(text) ? Number(text) : Number.NaN
    return value >= minimum && value <= maximum ? value : undefined
  })

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
type LogLevel = (typeof LOG_LEVELS)[number]

/** A network as Fastify's `trustProxy` takes it: an address, a CIDR block or one of the names of `proxy-addr`. */
const isNetwork = (text: string): boolean => {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true
  const [address = '', bits, ...rest] = text.split('/')
  const family = isIP(address)
  if (family === 0 || rest.length > 0) return false
  if (bits === undefined) return true
  if (!/^[0-9]{1,3}$/.test(bits)) return false
  try {
    new BlockList().addSubnet(address, Number(bits), family === 4 ? 'ipv4' : 'ipv6')
    return true
  } catch {
    return false
  }
}

const list = (text: string): string[] =>
  text
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '')

const parseTrustProxy = (text: string): boolean | number | string[] | undefined => {
  if (text === 'true' || text === 'false') return text === 'true'
  if (/^[0-9]{1,2}$/.test(text)) return Number(text)
  const networks = list(text)
  return networks.length > 0 && networks.every(isNetwork) ? networks : undefined
}

/** "https://host" of an address that is nothing but an origin. */
const parseOrigin = (text: string): string | undefined => {
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') return undefined
  return url.pathname === '/' && url.search === '' && url.hash === '' ? url.origin : undefined
}

const parseCorsOrigin = (text: string): '*' | false | string[] | undefined => {
  if (text === '*') return '*'
  if (text === 'none') return false
  const origins = list(text).map(parseOrigin)
  return origins.length > 0 && origins.every(origin => origin !== undefined) ? origins : undefined
}

/** An http or https address that carries no user name or password. */
const parseAddress = (text: string): string | undefined => {
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') return undefined
  return url.href
}

/** One or several addresses of the nodes of a cluster. */
const parseAddresses = (text: string): string[] | undefined => {
  const addresses = list(text).map(parseAddress)
  return addresses.every(address => address !== undefined) ? addresses : undefined
}

/** "1", or "0-1" for as many copies as there are nodes for, within these bounds. */
const parseReplicas = (text: string): string | undefined => {
  const [, least = '', most = least] = /^([0-9])(?:-([0-9]|all))?$/.exec(text) ?? []
  return least !== '' && (most === 'all' || least <= most) ? `${least}-${most}` : undefined
}

/** "pagesPerSite=50, depth=3": whole numbers by name. */
const parseNumbers = (text: string): Readonly<Record<string, number>> | undefined => {
  const pairs = list(text).map(part => /^([A-Za-z]+)\s*=\s*([0-9]{1,12})$/.exec(part))
  if (pairs.some(pair => pair === null)) return undefined
  return Object.fromEntries(pairs.map(pair => [pair?.[1] ?? '', Number(pair?.[2])]))
}

/** The address of a mail server, with or without user and password. */
const parseMailServer = (text: string): string | undefined => {
  const url = URL.parse(text)
  if (url === null || !/^smtps?:$/.test(url.protocol) || url.hostname === '') return undefined
  return /^\/?$/.test(url.pathname) && url.search === '' && url.hash === '' ? url.href : undefined
}

const MAIL_ADDRESS = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}$/

/** An address, or a name with an address in angle brackets: one line, one sender. */
const parseSender = (text: string): string | undefined => {
  const [, name, address] = /^([^<>"@,;:\p{Cc}]{1,80}) <([^<>]+)>$/u.exec(text) ?? []
  return MAIL_ADDRESS.test(name === undefined ? text : (address ?? '')) ? text : undefined
}

/** Every setting, in the order in which README.md lists them. A test keeps the two together. */
export const SETTINGS = {
  dataDir: setting('BRIQUE_DATA', 'var', 'State folder: catalogue and index.', 'a folder', text => text),
  port: whole('PORT', 3000, 'Port to listen on; 0 takes any free one.', 0, 65_535),
  host: setting(
    'HOST',
    '127.0.0.1',
    'Address to listen on; 0.0.0.0 opens the service to the network.',
    'a host',
    text => (/^[0-9A-Za-z.:_-]+$/.test(text) ? text : undefined),
  ),
  publicUrl: setting(
    'PUBLIC_URL',
    '',
    'Address under which readers reach the service, for canonical links; an https one turns on HSTS.',
    'an http or https address without path, such as https://brique.example',
    text => (text === '' ? '' : parseOrigin(text)),
  ),
  smtpUrl: setting(
    'SMTP_URL',
    '',
    'Mail server for the links that confirm a firm’s request; empty = such requests wait for the operator.',
    'smtp://user:password@host:587 or smtps://host:465; MAIL_FROM and PUBLIC_URL go with it',
    text => (text === '' ? '' : parseMailServer(text)),
  ),
  mailFrom: setting('MAIL_FROM', '', 'Sender of those links.', 'an address, or Name <address>', text =>
    text === '' ? '' : parseSender(text),
  ),
  trustProxy: setting(
    'TRUST_PROXY',
    'false',
    'Proxies whose X-Forwarded-* headers are believed; true or a number only where nobody can go around them.',
    'false, true, a number of proxies, or addresses and CIDR blocks separated by commas',
    parseTrustProxy,
  ),
  rateLimit: whole(
    'RATE_LIMIT',
    60,
    'Searches per minute and address; five times as many completions; 0 lifts the limit.',
    0,
    1_000_000,
  ),
  corsOrigin: setting(
    'CORS_ORIGIN',
    '*',
    'Sites whose scripts may read the API.',
    '*, none, or origins such as https://brique.example separated by commas',
    parseCorsOrigin,
  ),
  logLevel: setting('LOG_LEVEL', 'info', 'Least level that is logged.', `one of ${LOG_LEVELS.join(', ')}`, text =>
    LOG_LEVELS.find((level): level is LogLevel => level === text),
  ),
  searchTimeoutMs: whole('SEARCH_TIMEOUT_MS', 2000, 'A search that takes longer is answered 503.', 1, 600_000),
  searchThreads: whole(
    'SEARCH_THREADS',
    2,
    'Threads that answer searches of the embedded engine; 0 = in the thread that serves requests.',
    0,
    64,
  ),
  indexRepair: setting(
    'INDEX_REPAIR',
    'auto',
    'What the service does with an embedded index that is damaged: auto = rebuilds it in a process of its own (620 MB at a million profiles), off = waits for "npm run index".',
    'auto or off',
    text => (['auto', 'off'] as const).find(each => each === text),
  ),
  maxEventLoopDelayMs: whole(
    'MAX_EVENT_LOOP_DELAY_MS',
    200,
    'Mean delay of the event loop past which requests are answered 503; 0 = never.',
    0,
    600_000,
  ),
  maxHeapRatio: setting(
    'MAX_HEAP_RATIO',
    '0.8',
    'Share of the heap limit past which requests are answered 503; 0 = never.',
    'a number from 0 to 1',
    text => (/^(0|1|0?\.[0-9]+|1\.0+)$/.test(text) ? Number(text) : undefined),
  ),
  metrics: setting(
    'METRICS',
    'private',
    'Who may read /metrics: private = this machine and private networks, public = everybody, off = nobody.',
    'private, public or off',
    text => (['private', 'public', 'off'] as const).find(each => each === text),
  ),
  shutdownGraceMs: whole(
    'SHUTDOWN_GRACE_MS',
    10_000,
    'How long requests under way may take after SIGTERM or Ctrl+C.',
    0,
    600_000,
  ),
  crawlLimits: setting(
    'CRAWL_LIMITS',
    '',
    'Limits of the crawl other than the defaults below.',
    'names of the table "Limits of the crawl" with whole numbers, such as pagesPerSite=50, depth=3',
    parseNumbers,
  ),
  pageRetentionDays: whole(
    'PAGE_RETENTION_DAYS',
    400,
    'Pages that no visit has confirmed for so long are deleted.',
    1,
    3_650,
  ),
  dossierRetentionDays: whole(
    'DOSSIER_RETENTION_DAYS',
    1095,
    'A frozen dossier is deleted after so many days; it says so from the start.',
    1,
    36_500,
  ),
  dossierLimitMb: whole('DOSSIER_LIMIT_MB', 20, 'Largest frozen dossier in MiB, before compression.', 1, 200),
  dossierStoreMb: whole(
    'DOSSIER_STORE_MB',
    2048,
    'Room for all frozen dossiers in MiB, compressed; without room none is made.',
    1,
    1_000_000,
  ),
  dossiersPerHour: whole(
    'DOSSIERS_PER_HOUR',
    20,
    'Dossiers that an address may freeze in an hour; 0, or RATE_LIMIT=0, lifts the limit.',
    0,
    1_000_000,
  ),
  elasticsearchUrl: setting(
    'ELASTICSEARCH_URL',
    '',
    'Elasticsearch or OpenSearch that holds the index in place of the state folder; empty = the embedded engine.',
    'http or https addresses without password, separated by commas: the nodes of one cluster',
    parseAddresses,
  ),
  elasticsearchApiKey: setting(
    'ELASTICSEARCH_API_KEY',
    '',
    'Key for the cluster, as Elasticsearch encodes it.',
    'a key',
    text => text,
  ),
  elasticsearchUsername: setting(
    'ELASTICSEARCH_USERNAME',
    '',
    'User of the cluster, where there is no key.',
    'a name',
    text => text,
  ),
  elasticsearchPassword: setting('ELASTICSEARCH_PASSWORD', '', 'Password of that user.', 'a password', text => text),
  elasticsearchCa: setting(
    'ELASTICSEARCH_CA',
    '',
    'Certificate of the private authority that signed those of the cluster.',
    'a PEM file',
    text => text,
  ),
  elasticsearchIndex: setting(
    'ELASTICSEARCH_INDEX',
    'brique',
    'First part of the names of all indexes: keeps installations on one cluster apart.',
    'lower-case letters, digits, - and _, beginning with a letter',
    text => (/^[a-z][a-z0-9_-]{0,63}$/.test(text) ? text : undefined),
  ),
  elasticsearchShards: whole(
    'ELASTICSEARCH_SHARDS',
    1,
    'Shards of the index; "Elasticsearch" below has the arithmetic. In force from the next "npm run index".',
    1,
    64,
  ),
  elasticsearchReplicas: setting(
    'ELASTICSEARCH_REPLICAS',
    '0-1',
    'Copies of each shard: 0-1 keeps one wherever there is a second node. In force from the next "npm run index".',
    'a number from 0 to 9, or two of them with - between; "all" for one on every node',
    parseReplicas,
  ),
  elasticsearchRefresh: setting(
    'ELASTICSEARCH_REFRESH',
    '30s',
    'How often the cluster looks for new documents by itself; changes of the catalogue are shown at once all the same.',
    'a time such as 1s or 1m',
    text => (/^[1-9][0-9]{0,3}(?:ms|s|m)$/.test(text) ? text : undefined),
  ),
  embeddingsUrl: setting(
    'EMBEDDINGS_URL',
    '',
    'OpenAI-compatible embeddings endpoint that adds closeness of meaning to the ranking; empty = off.',
    'an http or https address without password: the server, or its full /v1/embeddings',
    text => (text === '' ? '' : parseAddress(text)),
  ),
  embeddingsModel: setting(
    'EMBEDDINGS_MODEL',
    '',
    'Model that embeds the profiles; required with EMBEDDINGS_URL. Another name embeds all of them again.',
    'the name that the endpoint knows',
    text => text,
  ),
  embeddingsQueryModel: setting(
    'EMBEDDINGS_QUERY_MODEL',
    '',
    'Model that embeds queries, where it has another name; empty = EMBEDDINGS_MODEL.',
    'the name that the endpoint knows',
    text => text,
  ),
  embeddingsKey: setting('EMBEDDINGS_KEY', '', 'Sent to the endpoint as a bearer token.', 'a key', text => text),
  embeddingsQueryPrefix: setting(
    'EMBEDDINGS_QUERY_PREFIX',
    '',
    'Put before each query, with a space; "query:" for e5 models.',
    'a text',
    text => text,
  ),
  embeddingsPassagePrefix: setting(
    'EMBEDDINGS_PASSAGE_PREFIX',
    '',
    'Put before each text of a profile, with a space; "passage:" for e5 models.',
    'a text',
    text => text,
  ),
  embeddingsTimeoutMs: whole(
    'EMBEDDINGS_TIMEOUT_MS',
    800,
    'A search waits so long for the endpoint, then goes on without it.',
    1,
    60_000,
  ),
  embeddingsWeight: setting(
    'EMBEDDINGS_WEIGHT',
    '0.5',
    'Points that the closest meaning adds, as a share of the best score by words.',
    'a number from 0 to 5',
    text => (/^(?:[0-4]?\.[0-9]{1,6}|[0-4]|5(?:\.0+)?)$/.test(text) ? Number(text) : undefined),
  ),
  embeddingsRemote: setting(
    'EMBEDDINGS_REMOTE',
    '',
    'Allows an endpoint that is not on this machine or its private network: it sees every query.',
    'queries-may-leave, or nothing',
    text => (text === '' ? false : text === 'queries-may-leave' ? true : undefined),
  ),
} as const satisfies Readonly<Record<string, Setting<unknown>>>

/** The settings, read and checked. */
export type Config = {
  readonly [Key in keyof typeof SETTINGS]: Exclude<ReturnType<(typeof SETTINGS)[Key]['parse']>, undefined>
}

/** Settings that cannot be used: one line a setting, with its value and what it takes. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/** The process environment over the optional `.env` file of the working folder; real variables win. */
const environment = (): Environment => {
  try {
    return { ...parseEnv(readFileSync('.env', 'utf8')), ...process.env }
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return process.env
    throw new ConfigError('The .env file cannot be read: make it a readable file, or remove it.', { cause })
  }
}

/** Reads the settings; an empty value counts as absent. Throws a `ConfigError` that names every bad value at once. */
export const readConfig = (env: Environment = environment()): Config => {
  const problems: string[] = []
  const entries = Object.entries(SETTINGS).map(([key, each]) => {
    const text = env[each.name]?.trim() || each.default
    const value: unknown = each.parse(text)
    // A password in an address is not shown, not even to who mistyped it.
    const shown = JSON.stringify(text.replace(/\/\/[^/]*@/, '//…@'))
    if (value === undefined) problems.push(`${each.name}=${shown}: give ${each.expects}.`)
    return [key, value]
  })
  if (problems.length > 0) throw new ConfigError(`Settings that cannot be used:\n  ${problems.join('\n  ')}`)
  return Object.freeze(Object.fromEntries(entries) as Config)
}

/** The environment of a command line of this program that builds the embedded index of the same state folder. */
export const commandEnvironment = ({ dataDir }: Pick<Config, 'dataDir'>) => ({
  ...process.env,
  [SETTINGS.dataDir.name]: dataDir,
  [SETTINGS.elasticsearchUrl.name]: '',
})

/** The catalogue's file in the state folder. */
export const cataloguePath = ({ dataDir }: Pick<Config, 'dataDir'>): string => join(dataDir, 'catalogue.db')

/** The file of the frozen dossiers in the state folder. */
export const dossiersPath = ({ dataDir }: Pick<Config, 'dataDir'>): string => join(dataDir, 'dossiers.db')

/** The mail server and the sender; `undefined` without them. Throws a `ConfigError` when they are there by half. */
export const mailSettings = ({ smtpUrl: url, mailFrom: from, publicUrl }: Config) => {
  if (url === '') return undefined
  if (from === '' || publicUrl === '')
    throw new ConfigError('SMTP_URL needs MAIL_FROM, and PUBLIC_URL: the links in the messages lead there.')
  return { url, from }
}

const readAuthority = (path: string): string => {
  try {
    const text = readFileSync(path, 'utf8')
    if (text.includes('-----BEGIN CERTIFICATE-----')) return text
  } catch (cause) {
    throw new ConfigError(`ELASTICSEARCH_CA=${JSON.stringify(path)} cannot be read: give a PEM file.`, { cause })
  }
  throw new ConfigError(`ELASTICSEARCH_CA=${JSON.stringify(path)} holds no certificate: give a PEM file.`)
}

const checkCredentials = (config: Config): void => {
  const { elasticsearchApiKey: key, elasticsearchUsername: name, elasticsearchPassword: password } = config
  if (key !== '' && name !== '')
    throw new ConfigError('Give ELASTICSEARCH_API_KEY or ELASTICSEARCH_USERNAME, not both.')
  if ((name === '') !== (password === ''))
    throw new ConfigError('Give ELASTICSEARCH_USERNAME and ELASTICSEARCH_PASSWORD together, or neither.')
}

/** The settings of the search engine, in the form that `engine/open-engine.ts` takes. Throws a `ConfigError`. */
export const engineSettings = (config: Config) => {
  const { dataDir: stateFolder, searchTimeoutMs, elasticsearchUrl: urls } = config
  if (urls.length === 0) return { stateFolder, searchTimeoutMs }
  checkCredentials(config)
  const { elasticsearchApiKey: apiKey, elasticsearchUsername: username, elasticsearchPassword: password } = config
  return {
    stateFolder,
    searchTimeoutMs,
    cluster: {
      urls,
      ...(apiKey !== '' && { apiKey }),
      ...(username !== '' && { username, password }),
      ...(config.elasticsearchCa !== '' && { ca: readAuthority(config.elasticsearchCa) }),
      prefix: config.elasticsearchIndex,
      shards: config.elasticsearchShards,
      replicas: config.elasticsearchReplicas,
      refreshInterval: config.elasticsearchRefresh,
    },
  }
}

const MINIMUM_NODE = 24

/** Throws a `ConfigError` when Node is too old for `node:sqlite` and type stripping as they are used here. */
export const checkNode = (version: string = process.versions.node): void => {
  if (Number.parseInt(version, 10) >= MINIMUM_NODE) return
  throw new ConfigError(
    `Node ${version} is too old: Brique needs Node ${MINIMUM_NODE}. Start it with "npm start", which uses the Node ` +
      'that "npm install" brought, or see "Installation" in README.md.',
  )
}
