import t from 'tap'
import { Type } from 'typebox'
import { checker } from '../../src/engine/elasticsearch/check.ts'
import { type Cluster, type ClusterOptions, connectCluster } from '../../src/engine/elasticsearch/client.ts'
import { suppliersIndex } from '../../src/engine/elasticsearch/mapping.ts'
import { analyseEnglish, analyseExact, analyseFrench } from '../../src/text/analyse.ts'
import type { Token } from '../../src/text/tokens.ts'
import { adversarialLines, stemmerWords } from '../lucene/adversarial.ts'
import { corpora } from '../lucene/corpora.ts'
import { newPrefix } from './prefix.ts'

/** Lines a request: some 50 kB of text. */
const BATCH = 500
const MAX_SHOWN = 20

const CHAINS: readonly (readonly [analyzer: string, analyse: (text: string) => readonly Token[]])[] = [
  ['brique_french', analyseFrench],
  ['brique_exact', analyseExact],
  ['brique_english', analyseEnglish],
]

const Analysed = checker(
  Type.Object({ tokens: Type.Array(Type.Object({ token: Type.String(), start_offset: Type.Integer() })) }),
  '_analyze',
)

/** The tokens of each line: the server counts offsets on through all lines, one more between two of them. */
const serverTokens = async (
  cluster: Cluster,
  index: string,
  analyzer: string,
  lines: readonly string[],
): Promise<string[][]> => {
  const body = { analyzer, text: lines }
  const { tokens } = Analysed(await cluster.request({ method: 'POST', path: `/${index}/_analyze`, body }))
  const found: string[][] = lines.map(() => [])
  let line = 0
  let end = (lines[0]?.length ?? 0) + 1
  for (const { token, start_offset } of tokens) {
    while (start_offset >= end) end += (lines[++line]?.length ?? Number.POSITIVE_INFINITY) + 1
    found[line]?.push(token)
  }
  return found
}

const texts = (): (readonly [name: string, lines: readonly string[]])[] => [
  ['adversarial lines', adversarialLines()],
  ['words around every rule of the stemmer', stemmerWords()],
  ...corpora().flatMap(({ name, lines }) => (lines === undefined ? [] : [[name, lines] as const])),
]

/** Every token of the server's analysers equals ours, on published texts and on lines made to part the two. */
export const testClusterTokens = (name: string, options: ClusterOptions): void => {
  t.setTimeout(600_000)
  t.test(`${name}: the server's analysers give our tokens, line by line`, async t => {
    const cluster = connectCluster(options)
    const index = newPrefix()
    t.teardown(async () => {
      await cluster.request({ method: 'DELETE', path: `/${index}` })
      await cluster.close()
    })
    const { settings } = suppliersIndex()
    await cluster.request({ method: 'PUT', path: `/${index}`, body: { settings } })
    const setting = { index: { 'analyze.max_token_count': 1_000_000 } }
    await cluster.request({ method: 'PUT', path: `/${index}/_settings`, body: setting })
    let compared = 0
    let shown = 0
    for (const [source, lines] of texts()) {
      for (const [analyzer, analyse] of CHAINS) {
        let different = 0
        for (let at = 0; at < lines.length; at += BATCH) {
          const batch = lines.slice(at, at + BATCH)
          const theirs = await serverTokens(cluster, index, analyzer, batch)
          batch.forEach((line, position) => {
            const [ours, server] = [analyse(line).map(token => token.term), theirs[position] ?? []]
            if (ours.join('\n') === server.join('\n')) return
            different++
            if (shown++ < MAX_SHOWN)
              t.comment(`${JSON.stringify(line.slice(0, 120))}\n ours ${ours}\n server ${server}`)
          })
        }
        compared += lines.length
        t.equal(different, 0, `${source}, ${analyzer}: ${lines.length} lines`)
      }
    }
    t.comment(`${compared} comparisons`)
  })
}
