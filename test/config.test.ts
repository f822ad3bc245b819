import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import t from 'tap'
import { LIMIT_SETTINGS, limitsFrom } from '../indexer/crawl/limit-settings.ts'
import { ConfigError, checkNode, readConfig, SETTINGS } from '../src/config.ts'

const ROOT = resolve(import.meta.dirname, '..')

const sourceFiles = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => /\.[jt]s$/.test(name))
    .map(name => join(folder, name))

/** The message of the error that `readConfig` throws for these variables. */
const refusal = (env: Readonly<Record<string, string>>): string => {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
  return ''
}

t.test('without any variable, the defaults of the table hold and cannot be changed', async t => {
  const config = readConfig({})
  t.match(config, { dataDir: 'var', port: 3000, host: '127.0.0.1', rateLimit: 60, searchTimeoutMs: 2000 })
  t.match(config, { trustProxy: false, corsOrigin: '*', publicUrl: '', maxHeapRatio: 0.8 })
  t.ok(Object.isFrozen(config))
})

t.test('an empty or blank variable counts as absent', async t => {
  t.equal(readConfig({ PORT: '', HOST: '  ' }).port, 3000)
  t.equal(readConfig({ PORT: '', HOST: '  ' }).host, '127.0.0.1')
})

t.test('each setting is read from its variable', async t => {
  const config = readConfig({
    BRIQUE_DATA: '/srv/brique',
    PORT: '0',
    HOST: '::1',
    PUBLIC_URL: 'https://Brique.example/',
    RATE_LIMIT: '0',
    LOG_LEVEL: 'warn',
    CORS_ORIGIN: 'https://a.example, http://b.example:8080',
    MAX_HEAP_RATIO: '.5',
    SHUTDOWN_GRACE_MS: '1',
  })
  t.strictSame(
    [config.dataDir, config.port, config.host, config.publicUrl, config.rateLimit, config.logLevel],
    ['/srv/brique', 0, '::1', 'https://brique.example', 0, 'warn'],
  )
  t.strictSame(config.corsOrigin, ['https://a.example', 'http://b.example:8080'])
  t.strictSame([config.maxHeapRatio, config.shutdownGraceMs], [0.5, 1])
  t.equal(readConfig({ CORS_ORIGIN: 'none' }).corsOrigin, false)
})

t.test('trusted proxies are all, none, a number, or addresses and networks', async t => {
  for (const [text, expected] of [
    ['true', true],
    ['false', false],
    ['2', 2],
    ['loopback', ['loopback']],
    ['10.0.0.0/8, 2001:db8::/32,192.0.2.1', ['10.0.0.0/8', '2001:db8::/32', '192.0.2.1']],
  ] as const)
    t.strictSame(readConfig({ TRUST_PROXY: text }).trustProxy, expected, text)
  for (const text of ['yes', '10.0.0.0/33', '2001:db8::/129', '10.0.0', '10.0.0.1/8/8', 'proxy.example', '-1'])
    t.match(refusal({ TRUST_PROXY: text }), 'TRUST_PROXY', text)
})

t.test('one error names every bad variable with its value and what it takes', async t => {
  const message = refusal({ PORT: '65536', LOG_LEVEL: 'loud', PUBLIC_URL: 'brique.example', MAX_HEAP_RATIO: '80' })
  t.match(message, 'PORT="65536": give a whole number from 0 to 65535.')
  t.match(message, 'LOG_LEVEL="loud": give one of fatal, error')
  t.match(message, 'PUBLIC_URL="brique.example": give an http or https address')
  t.match(message, 'MAX_HEAP_RATIO="80": give a number from 0 to 1.')
  t.notMatch(message, 'HOST')
})

t.test('values that only look right are refused', async t => {
  for (const env of [
    { PORT: '3000.5' },
    { PORT: '0x10' },
    { PORT: '-1' },
    { SEARCH_TIMEOUT_MS: '0' },
    { HOST: 'local host' },
    { PUBLIC_URL: 'javascript:alert(1)' },
    { PUBLIC_URL: 'https://brique.example/under' },
    { PUBLIC_URL: 'https://user:secret@brique.example' },
    { CORS_ORIGIN: 'https://a.example/path' },
    { CORS_ORIGIN: ',' },
  ])
    t.not(refusal(env), '', JSON.stringify(env))
})

t.test('the .env file of the working folder is read, and real variables win over it', async t => {
  const before = process.cwd()
  t.teardown(() => process.chdir(before))
  process.chdir(t.testdir({ '.env': 'RATE_LIMIT=7\nSEARCH_TIMEOUT_MS=123\n' }))
  process.env['SEARCH_TIMEOUT_MS'] = '456'
  t.teardown(() => delete process.env['SEARCH_TIMEOUT_MS'])
  const config = readConfig()
  t.equal(config.rateLimit, 7)
  t.equal(config.searchTimeoutMs, 456)
})

t.test('a Node that is too old is refused with the remedy', async t => {
  t.throws(() => checkNode('22.18.0'), /Node 22\.18\.0 is too old.*npm start/)
  t.doesNotThrow(() => checkNode('24.0.0'))
  t.doesNotThrow(() => checkNode())
})

t.test('README.md lists every setting, and no other', async t => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8')
  const documented = [...readme.matchAll(/^\| `([A-Z][A-Z0-9_]+)` \|/gm)].map(([, name]) => name)
  t.strictSame(
    documented.sort(),
    Object.values(SETTINGS)
      .map(({ name }) => name)
      .sort(),
  )
})

t.test('README.md lists every limit of the crawl with its default and bounds', async t => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8')
  const rows = [...readme.matchAll(/^\| `([a-zA-Z]+)` \| ([0-9]+) \| ([0-9]+) to ([0-9]+) \|/gm)]
  t.strictSame(
    rows.map(([, name, value, least, most]) => [name, Number(value), Number(least), Number(most)]),
    LIMIT_SETTINGS.map(({ name, value, bounds }) => [name, value, ...bounds]),
  )
})

t.test('a limit of the crawl that does not exist, or out of its bounds, is refused with what may be given', async t => {
  t.strictSame(limitsFrom({ pagesPerSite: 50, totalMs: 30_000 }), {
    fetch: { totalMs: 30_000 },
    crawl: { pagesPerSite: 50 },
  })
  t.throws(() => limitsFrom({ pages: 50 }), /no limit "pages"; there are concurrency, /)
  t.throws(() => limitsFrom({ minDelayMs: 10 }), /minDelayMs=10: give a number from 1000 to/)
  t.throws(() => readConfig({ CRAWL_LIMITS: 'depth' }), /CRAWL_LIMITS="depth": give names/)
})

t.test('docker-compose.yml passes on nothing but settings', async t => {
  const compose = readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8')
  const names = [...compose.matchAll(/^ +([A-Z_]+): \$\{/gm)].map(([, name]) => name)
  t.ok(names.length > 0)
  const known = Object.values(SETTINGS).map(({ name }): string => name)
  t.strictSame(
    names.filter(name => !known.includes(name ?? '')),
    [],
  )
})

t.test('nothing but config.ts reads the environment', async t => {
  const readers = [...sourceFiles('src'), ...sourceFiles('indexer')].filter(name =>
    /process\s*\.\s*env|loadEnvFile/.test(readFileSync(join(ROOT, name), 'utf8')),
  )
  t.strictSame(readers, ['src/config.ts'])
})
