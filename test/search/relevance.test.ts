import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import t from 'tap'
import { readJudged } from '../../indexer/evaluate.ts'
import { figuresOf, ndcg10, reciprocalRank10 } from '../../indexer/evaluation.ts'
import { convertCnilFaq } from '../support/cnil-faq.ts'
import { sharedPath, skipWithout } from '../support/shared-data.ts'

const MAIN = fileURLToPath(new URL('../../indexer/main.ts', import.meta.url))
const run = (stateFolder: string, ...args: string[]) =>
  promisify(execFile)(process.execPath, [MAIN, ...args], { env: { ...process.env, BRIQUE_DATA: stateFolder } })

t.test('the measures are those of the books', async t => {
  t.equal(ndcg10(['a', 'b'], { query: '', relevant: ['a'] }), 1)
  t.ok(Math.abs(ndcg10(['x', 'a'], { query: '', relevant: ['a'] }) - 1 / Math.log2(3)) < 1e-12)
  t.equal(ndcg10(['x'], { query: '', relevant: ['a'] }), 0)
  t.equal(ndcg10(['a', 'b', 'x'], { query: '', relevant: ['b', 'a'] }), 1)
  t.equal(ndcg10([...'0123456789', 'a'], { query: '', relevant: ['a'] }), 0, 'nothing counts after the tenth')
  t.equal(reciprocalRank10(['x', 'y', 'a'], { query: '', relevant: ['a'] }), 1 / 3)
  const judged = [
    { query: 'q', relevant: ['a'] },
    { query: 'r', relevant: ['b'] },
  ]
  t.match(figuresOf(judged, [['a'], []]), {
    queries: 2,
    hit1: 0.5,
    hit10: 0.5,
    hit100: 0.5,
    zeroResults: 0.5,
    mrr10: 0.5,
  })
})

t.test(
  'the question set of cnil_faq, loaded through the file connector, reaches nDCG@10 ≥ .70',
  {
    skip: skipWithout('data/cnil_faq'),
  },
  async t => {
    const folder = mkdtempSync(join(tmpdir(), 'brique-cnil-'))
    t.teardown(() => rmSync(folder, { recursive: true, force: true }))
    const { list, queries } = convertCnilFaq(sharedPath('data/cnil_faq') ?? '', folder)
    const state = join(folder, 'state')
    await run(state, 'import', 'file', list)
    await run(state, 'index')
    const output = join(folder, 'ranked.jsonl')
    const { stdout } = await run(state, 'evaluate', queries, '--output', output)
    const printed = Number(/nDCG@10\s+([0-9.]+)/.exec(stdout)?.[1])
    t.ok(printed >= 0.7, `nDCG@10 ${printed}`)
    // What is written lets anybody compute the figure again.
    const judged = await readJudged(queries)
    const rankings = readFileSync(output, 'utf8')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line).ranked)
    t.ok(rankings.every(ranked => ranked.length <= 100))
    t.equal(figuresOf(judged, rankings).ndcg10.toFixed(4), printed.toFixed(4))
  },
)

t.test('a bad line of judged queries is named with its line', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'brique-judged-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  await t.rejects(readJudged(join(folder, 'absent.jsonl')), /absent.jsonl cannot be read/)
  const path = join(folder, 'queries.jsonl')
  writeFileSync(path, '{"query": "a", "relevant": []}\n\n{"query": 3}\n')
  await t.rejects(readJudged(path), /queries\.jsonl:3: write/)
  writeFileSync(path, '{"query"\n')
  await t.rejects(readJudged(path), /queries\.jsonl:1: not JSON/)
})
