import { parseArgs } from 'node:util'
import type { Cluster } from './cluster.ts'
import { type ElasticsearchVersion, startElasticsearch } from './elasticsearch.ts'
import { type OpensearchVersion, startOpensearch } from './opensearch.ts'

/** A real search server to try things on: `node test/cluster/servers/run.ts elasticsearch`. Ctrl+C stops it and removes what it held. */

const USAGE = `node test/cluster/servers/run.ts elasticsearch|opensearch [--nodes 3] [--version V] [--heap MB] [--secure]

--version   Elasticsearch: 9.4.3 (needs a JDK from 21 up) or 8.16.6; OpenSearch: 2.19.1 (from 17) or 3.8.0 (from 21)
--secure    Elasticsearch with TLS, a user and an API key
--optimise  all of Java's compilers, for benchmarks`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    nodes: { type: 'string', default: '1' },
    version: { type: 'string' },
    heap: { type: 'string', default: '512' },
    secure: { type: 'boolean', default: false },
    optimise: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
const { heap, secure, optimise, version } = values
const options = { nodes: values.nodes === '3' ? 3 : 1, heapMb: Number(heap), optimise } as const

const isElasticsearch = (text: string | undefined): text is ElasticsearchVersion =>
  text === '9.4.3' || text === '8.16.6'
const isOpensearch = (text: string | undefined): text is OpensearchVersion => text === '2.19.1' || text === '3.8.0'

const start = async (): Promise<Cluster | undefined> => {
  const [kind] = positionals
  if (values.help || (values.nodes !== '1' && values.nodes !== '3') || !(options.heapMb > 0)) return undefined
  if (kind === 'elasticsearch' && (version === undefined || isElasticsearch(version)))
    return startElasticsearch({ ...options, secure, ...(version === undefined ? {} : { version }) })
  if (kind === 'opensearch' && !secure && (version === undefined || isOpensearch(version)))
    return startOpensearch({ ...options, ...(version === undefined ? {} : { version }) })
  return undefined
}

const cluster = await start()
if (cluster === undefined) {
  console.error(USAGE)
  process.exitCode = values.help ? 0 : 2
} else {
  for (const url of cluster.urls) console.log(url)
  if (cluster.credentials !== undefined) {
    const { ca, username, password, apiKey } = cluster.credentials
    console.log(`user ${username}\npassword ${password}\nAPI key ${apiKey}\n${ca}`)
  }
  console.log('Ctrl+C stops')
  const rest = setInterval(() => {}, 1 << 30)
  const stop = () => {
    clearInterval(rest)
    void cluster.stop().then(() => console.log('stopped'))
  }
  process.once('SIGINT', stop).once('SIGTERM', stop)
}
