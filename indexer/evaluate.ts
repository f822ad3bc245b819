import { readFile, writeFile } from 'node:fs/promises'
import { openEmbeddedEngine } from '../src/engine/embedded/embedded-engine.ts'
import type { Searcher } from '../src/engine/engine.ts'
import { MAX_QUERY_LENGTH } from '../src/model/query.ts'
import { rank } from '../src/search/rank.ts'
import { type Command, CommandError, option } from './command.ts'
import { type Figures, figuresOf, type Judged } from './evaluation.ts'

const DEPTH = 100

const isJudged = (value: unknown): value is Judged =>
  typeof value === 'object' &&
  value !== null &&
  'query' in value &&
  typeof value.query === 'string' &&
  value.query.length <= MAX_QUERY_LENGTH &&
  'relevant' in value &&
  Array.isArray(value.relevant) &&
  value.relevant.every(siren => typeof siren === 'string')

const parseLine = (line: string, where: string): Judged => {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (cause) {
    throw new CommandError(`${where}: not JSON; write {"query": "…", "relevant": ["siren", …]}`, { cause })
  }
  if (!isJudged(value)) {
    throw new CommandError(
      `${where}: write {"query": "…" (at most ${MAX_QUERY_LENGTH} characters), "relevant": ["siren", …]}`,
    )
  }
  return { query: value.query, relevant: value.relevant.map(siren => siren.replace(/\s/g, '')) }
}

/** Reads judged queries, one JSON object a line. Throws a `CommandError` that names the file and the line. */
export const readJudged = async (path: string): Promise<Judged[]> => {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new CommandError(`${path} cannot be read: give a file of {"query", "relevant"} lines`, { cause })
  })
  return text
    .split('\n')
    .flatMap((line, index) => (line.trim() === '' ? [] : [parseLine(line, `${path}:${index + 1}`)]))
}

/** The first `DEPTH` SIREN of each query, best first, as `/api/search` would rank them. */
export const rankAll = async (
  engine: Searcher,
  judged: readonly Judged[],
  onProgress: (done: number) => void = () => {},
): Promise<string[][]> => {
  const rankings: string[][] = []
  for (const { query } of judged) {
    const asked = { text: query, filters: {}, sort: 'relevance', page: 1, size: DEPTH } as const
    const { candidates } = await rank(engine, asked, DEPTH)
    rankings.push(candidates.slice(0, DEPTH).map(candidate => candidate.siren))
    onProgress(rankings.length)
  }
  return rankings
}

const table = (figures: Figures): string =>
  [
    `queries       ${figures.queries}`,
    `nDCG@10       ${figures.ndcg10.toFixed(4)}`,
    `MRR@10        ${figures.mrr10.toFixed(4)}`,
    `hit@1         ${figures.hit1.toFixed(4)}`,
    `hit@10        ${figures.hit10.toFixed(4)}`,
    `hit@100       ${figures.hit100.toFixed(4)}`,
    `zero results  ${figures.zeroResults.toFixed(4)}`,
  ].join('\n')

/** `evaluate`: measures the ranking of the live index on judged queries. */
export const runEvaluate: Command = async context => {
  const path = context.args.positionals[0]
  if (path === undefined) throw new CommandError('Give the judged queries: npm run evaluate -- queries.jsonl')
  const judged = await readJudged(path)
  if (judged.length === 0) throw new CommandError(`${path} holds no query: write {"query", "relevant"} lines`)
  const engine = openEmbeddedEngine(context.config.dataDir)
  const step = context.progress.step('Evaluating')
  try {
    const { version, suppliers } = await engine.state()
    const rankings = await rankAll(engine, judged, done => step.update(done, judged.length))
    step.end()
    const output = option(context.args, 'output')
    if (output !== undefined) {
      const lines = judged.map(({ query }, index) => JSON.stringify({ query, ranked: rankings[index] }))
      await writeFile(output, `${lines.join('\n')}\n`)
    }
    context.write(`index ${version}, ${suppliers} suppliers\n${table(figuresOf(judged, rankings))}`)
    return 0
  } finally {
    step.end()
    await engine.close()
  }
}
