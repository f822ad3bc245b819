import { readFile, writeFile } from 'node:fs/promises'
import { engineSettings } from '../src/config.ts'
import type { Searcher } from '../src/engine/engine.ts'
import { openEngine } from '../src/engine/open-engine.ts'
import { MAX_QUERY_LENGTH, type Query } from '../src/model/query.ts'
import { ALL_STAGES, rank, type Stages } from '../src/search/rank.ts'
import { createEncoder } from '../src/search/semantic/encoder.ts'
import { createSemantic, type Semantic } from '../src/search/semantic/rerank.ts'
import { semanticSettings } from '../src/search/semantic/settings.ts'
import { spellQuery } from '../src/search/spell-query.ts'
import { openVectors } from '../src/store/vectors.ts'
import { type Command, type CommandContext, CommandError, option } from './command.ts'
import { CONFIGURATIONS } from './configurations.ts'
import { type Figures, figuresOf, type Judged, ndcg10, pairedDifference } from './evaluation.ts'
import { knownItems } from './known-items.ts'

const DEPTH = 100

/** A judged query, and the catalogue that it was judged on when it names one. */
interface Need extends Judged {
  readonly catalogue?: string
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const gradesOf = (value: unknown): Record<string, number> | undefined =>
  isRecord(value) && Object.values(value).every(grade => typeof grade === 'number')
    ? Object.fromEntries(Object.entries(value).map(([siren, grade]) => [siren, Number(grade)]))
    : undefined

const parseNeed = (value: unknown, where: string): Need | undefined => {
  const { query, relevant, grades, catalogue, none } = isRecord(value) ? value : {}
  if (typeof query !== 'string' || query.length > MAX_QUERY_LENGTH || !Array.isArray(relevant)) {
    throw new CommandError(
      `${where}: write {"query": "…" (at most ${MAX_QUERY_LENGTH} characters), "relevant": ["siren", …]}`,
    )
  }
  // A need that nobody answers has no ranking to be measured by.
  if (none === true) return undefined
  const graded = gradesOf(grades)
  return {
    query,
    relevant: relevant.map(siren => String(siren).replace(/\s/g, '')),
    ...(graded && { grades: graded }),
    ...(typeof catalogue === 'string' && { catalogue }),
  }
}

const parseLine = (line: string, where: string): Need | undefined => {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (cause) {
    throw new CommandError(`${where}: not JSON; write {"query": "…", "relevant": ["siren", …]}`, { cause })
  }
  return parseNeed(value, where)
}

/** Reads judged queries, one JSON object a line. Throws a `CommandError` that names the file and the line. */
export const readJudged = async (path: string): Promise<Need[]> => {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new CommandError(`${path} cannot be read: give a file of {"query", "relevant"} lines`, { cause })
  })
  return text
    .split('\n')
    .flatMap((line, index) => (line.trim() === '' ? [] : (parseLine(line, `${path}:${index + 1}`) ?? [])))
}

export interface RankingSetup {
  readonly stages?: Stages
  readonly spelling?: boolean
  readonly semantic?: Semantic
}

/** The first `DEPTH` SIREN of each query, best first, as `/api/search` would rank them. */
export const rankAll = async (
  engine: Searcher,
  judged: readonly Judged[],
  { stages = ALL_STAGES, spelling = true, semantic }: RankingSetup = {},
  onProgress: (done: number) => void = () => {},
): Promise<string[][]> => {
  const rankings: string[][] = []
  for (const { query: text } of judged) {
    const asked: Query = { text, filters: {}, sort: 'relevance', page: 1, size: DEPTH }
    const { query } = spelling ? await spellQuery(engine, asked) : { query: asked }
    const { candidates } = await rank(engine, query, DEPTH, { stages, ...(semantic && { semantic }) })
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
    `hit@3         ${figures.hit3.toFixed(4)}`,
    `hit@10        ${figures.hit10.toFixed(4)}`,
    `hit@100       ${figures.hit100.toFixed(4)}`,
    `zero results  ${figures.zeroResults.toFixed(4)}`,
  ].join('\n')

const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`

/** Every configuration on the same queries, each with its paired difference from the first. */
const compare = async (context: CommandContext, engine: Searcher, judged: readonly Judged[]): Promise<void> => {
  context.write(`${'configuration'.padEnd(34)}nDCG@10  MRR@10  hit@3   zero   difference of nDCG@10, 95 % interval`)
  let first: number[] | undefined
  for (const { name, stages, spelling } of CONFIGURATIONS) {
    const rankings = await rankAll(engine, judged, { stages, spelling })
    const { ndcg10: ndcg, mrr10, hit3, zeroResults } = figuresOf(judged, rankings)
    const each = judged.map((need, index) => ndcg10(rankings[index] ?? [], need))
    first ??= each
    const { mean, low, high } = pairedDifference(first, each)
    const row = [ndcg, mrr10, hit3, zeroResults].map(value => value.toFixed(3).padEnd(7)).join(' ')
    context.write(`${name.padEnd(34)}${row} ${signed(mean)} [${signed(low)}, ${signed(high)}]`)
  }
}

/** The encoder that the settings name, over the vectors that the service has made; `undefined` without one. */
const openSemantic = (context: CommandContext) => {
  const settings = semanticSettings(context.config)
  if (!settings) return undefined
  const vectors = openVectors(context.config.dataDir, { readOnly: true })
  const semantic = createSemantic({ encoder: createEncoder(settings), vectors, weight: settings.weight })
  return { semantic, close: () => vectors.close() }
}

const needsOf = async (context: CommandContext): Promise<Need[]> => {
  const path = context.args.positionals[0]
  if (path === undefined) throw new CommandError('Give the judged queries: npm run evaluate -- queries.jsonl')
  const catalogue = option(context.args, 'catalogue')
  const all = await readJudged(path)
  const judged = all.filter(need => catalogue === undefined || need.catalogue === catalogue)
  if (judged.length > 0) return judged
  throw new CommandError(`${path} holds no such query: write {"query", "relevant"} lines`)
}

/** `evaluate`: measures the ranking of the live index on judged queries, or on the catalogue's own taglines. */
export const runEvaluate: Command = async context => {
  if (context.args.values['known-items'] === true) return knownItems(context)
  const judged = await needsOf(context)
  const engine = openEngine(engineSettings(context.config))
  const encoding = openSemantic(context)
  const step = context.progress.step('Evaluating')
  try {
    const { version, suppliers } = await engine.state()
    context.write(`index ${version}, ${suppliers} suppliers`)
    if (context.args.values['compare'] === true) {
      await compare(context, engine, judged)
      return 0
    }
    const setup = encoding ? { semantic: encoding.semantic } : {}
    const rankings = await rankAll(engine, judged, setup, done => step.update(done, judged.length))
    step.end()
    const output = option(context.args, 'output')
    if (output !== undefined) {
      const lines = judged.map(({ query }, index) => JSON.stringify({ query, ranked: rankings[index] }))
      await writeFile(output, `${lines.join('\n')}\n`)
    }
    context.write(table(figuresOf(judged, rankings)))
    return 0
  } finally {
    step.end()
    encoding?.close()
    await engine.close()
  }
}
