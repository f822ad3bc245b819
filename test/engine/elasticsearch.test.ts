import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import t from 'tap'
import { BulkWriter, sendBulk } from '../../src/engine/elasticsearch/bulk.ts'
import { connectCluster } from '../../src/engine/elasticsearch/client.ts'
import { indexProfile } from '../../src/engine/elasticsearch/document.ts'
import { openElasticsearchEngine } from '../../src/engine/elasticsearch/elasticsearch-engine.ts'
import { WordCounter } from '../../src/engine/elasticsearch/lexicon.ts'
import { lexiconIndex, suppliersIndex } from '../../src/engine/elasticsearch/mapping.ts'
import { explainPassages, passagesRequest } from '../../src/engine/elasticsearch/passages.ts'
import { keysToCount, planQuery } from '../../src/engine/elasticsearch/query-plan.ts'
import { searchRequest } from '../../src/engine/elasticsearch/request.ts'
import { readSearch } from '../../src/engine/elasticsearch/response.ts'
import { readServer } from '../../src/engine/elasticsearch/server.ts'
import { ANALYSES, analyseProfile, LENGTH_SLOTS } from '../../src/engine/embedded/analysed.ts'
import { type EngineQuery, EngineUnavailableError } from '../../src/engine/engine.ts'
import { FIELD_NAMES, PROFILE_FIELDS } from '../../src/engine/fields.ts'
import { FACET_NAMES } from '../../src/model/facets.ts'
import { SORTS } from '../../src/model/query.ts'
import { nameKey } from '../../src/text/name-key.ts'
import { engineQuery } from '../support/engine-query.ts'
import { page, supplier } from '../support/suppliers.ts'

/** What holds without a server; `test/cluster` runs the contract and compares rankings on real ones. */

type Json = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null

/** Every plain value of a body with the keys that lead to it. */
function* parts(value: unknown, path: readonly string[] = []): Generator<{ path: readonly string[]; text: string }> {
  if (typeof value !== 'object') yield { path, text: String(value) }
  else if (Array.isArray(value)) for (const each of value) yield* parts(each, path)
  else if (isObject(value)) for (const [key, each] of Object.entries(value)) yield* parts(each, [...path, key])
}

const elasticsearch = readServer({ version: { number: '9.4.3' } })
const opensearch = readServer({ version: { number: '2.19.1', distribution: 'opensearch' } })

const request = (query: EngineQuery, server = elasticsearch) =>
  searchRequest(query, planQuery(query), server, { timeoutMs: 2000 })

/** Every kind of clause, filter and sort. */
const everything = (text: string): EngineQuery[] =>
  SORTS.map(sort =>
    engineQuery(text, {
      sort,
      nameKey: nameKey(text) || 'x',
      bricks: [{ ids: new Map([['drone', 1]]), covers: [0] }],
      filters: Object.fromEntries(FACET_NAMES.map(name => [name, [text]])),
      near: { latitude: 48, longitude: -1, radiusKm: 10, label: '' },
      ranges: { founded: { from: 2000, to: 2010 }, updated: { from: '2026-01-01' } },
    }),
  )

const propertiesOf = (mappings: unknown, path = ''): Map<string, Json> => {
  const found = new Map<string, Json>()
  if (!isObject(mappings) || !isObject(mappings['properties'])) return found
  for (const [name, property] of Object.entries(mappings['properties'])) {
    if (!isObject(property)) continue
    found.set(path + name, property)
    for (const [inner, definition] of propertiesOf(property, `${path}${name}.`)) found.set(inner, definition)
  }
  return found
}

const mapped = propertiesOf(suppliersIndex().mappings)

t.test('the mapping is strict, and has the fields, analyses and facets of the embedded engine', async t => {
  t.match(suppliersIndex().mappings, { dynamic: 'strict' })
  t.match(lexiconIndex().mappings, { dynamic: 'strict' })
  for (const field of FIELD_NAMES) t.ok(mapped.has(field), field)
  const analysed = PROFILE_FIELDS.flatMap(field => ANALYSES.map(analysis => `${field}.${analysis}`))
  t.same(
    analysed.filter(field => !mapped.has(field)),
    ['description.bigram'],
    'all but the bigrams of descriptions, which no engine has',
  )
  // One slot is the field of bricks.
  t.equal(analysed.length + 1, LENGTH_SLOTS)
  const facets = [...mapped.keys()].filter(name => name.startsWith('facets.'))
  t.same(
    facets,
    FACET_NAMES.map(name => `facets.${name}`),
  )
  const empty = [...parts(suppliersIndex().settings)].filter(({ text }) => text === '')
  t.same(empty, [], 'no list is left to fill')
})

t.test('every field that a request names is in the mapping, and searched as it is mapped', async t => {
  const named = new Set<string>()
  for (const query of everything('drone forêt eau')) {
    for (const { path, text } of parts(request(query).body)) {
      const last = path.at(-1)
      if (last === 'field' || last === 'path' || last === 'docvalue_fields') named.add(text)
      for (const [at, key] of path.entries()) {
        if (['term', 'terms', 'geo_distance', '_geo_distance', 'sort'].includes(path[at - 1] ?? '')) named.add(key)
      }
    }
  }
  const structure = [
    'field',
    'size',
    'shard_size',
    'include',
    'min_doc_count',
    'distance',
    'order',
    '_script',
    '_geo_distance',
    '_score',
  ]
  for (const name of named) if (!structure.includes(name)) t.ok(mapped.has(name), name)
  for (const field of ['keys', 'passages', 'tags.bigram', 'bricks', 'facets.theme', 'place'])
    t.ok(named.has(field), `${field} is asked`)
})

t.test('user text is only ever the value of a term: no query language, pattern or wildcard sees it', async () => {
  const clauses = new Set([
    ...['bool', 'filter', 'should', 'minimum_should_match', 'term', 'terms', 'dis_max', 'queries', 'nested', 'path'],
    ...['score_mode', 'inner_hits', 'constant_score', 'match_all', 'geo_distance', 'query'],
  ])
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.constant('drone" OR *:* _exists_:x /.*/ ~ (a AND b)^9')), text => {
      for (const query of [...everything(text), engineQuery('', { concepts: [{ text }], minimumMatch: 1 })]) {
        const body: Json = { ...request(query).body }
        const walk = (value: unknown, inTerm: boolean): void => {
          if (Array.isArray(value)) for (const each of value) walk(each, inTerm)
          else if (isObject(value) && !inTerm) {
            for (const [key, each] of Object.entries(value)) {
              if (!clauses.has(key)) continue
              walk(each, key === 'term' || key === 'terms')
            }
          }
        }
        walk(body['query'], false)
        const keys = [...parts(body)].flatMap(({ path }) => path)
        for (const banned of ['query_string', 'simple_query_string', 'regexp', 'wildcard', 'fuzzy', 'match']) {
          if (keys.includes(banned)) throw new Error(`${banned} in a request for ${JSON.stringify(text)}`)
        }
      }
    }),
    { numRuns: 50 },
  )
})

t.test('a profile is indexed with the tokens of our analyser, counted alike', async t => {
  const profile = supplier({
    name: 'Contrôle Vision',
    tags: ['contrôle qualité', 'contrôle qualité'],
    bricks: ['drone'],
    texts: [page('', 'Contrôle, contrôle : des drones pour la ville.')],
  })
  const { document, words } = indexProfile(profile)
  const { terms, lengths } = analyseProfile(profile)
  const fields: Json = { ...document }
  const tokens = (field: string, analysis: string): string[] => {
    const of = fields[field]
    const text = isObject(of) ? of[analysis] : undefined
    return typeof text === 'string' ? text.split(' ') : []
  }
  PROFILE_FIELDS.forEach((field, at) => {
    ANALYSES.forEach((analysis, kind) => {
      t.equal(tokens(field, analysis).length, lengths[kind * PROFILE_FIELDS.length + at], `${field}.${analysis}`)
    })
  })
  t.equal(tokens('tags', 'french').filter(token => token === 'control').length, terms.get('f:control')?.[2])
  t.equal(fields['bricks'], 'drone drone drone')
  t.match(fields['passages'], [{}, { french: /dron/ }], 'an empty passage keeps its place')
  t.match(fields['keys'], /f:control/)
  t.equal(words.get('controle'), 'Contrôle')
  t.ok(words.has('vision'))
})

t.test('a pasted paragraph is asked for its rarest words, within the clauses that a server takes', async t => {
  const words = Array.from({ length: 400 }, (_, i) => `mot${i}s`)
  const query = engineQuery('', { concepts: words.map(text => ({ text })), minimumMatch: 1 })
  t.same(keysToCount(engineQuery('drone pour la forêt')), [], 'an ordinary query asks nothing first')
  const keys = keysToCount(query)
  t.ok(keys.includes('f:mot7') && keys.includes('x:mot399s'))
  const all = planQuery(query, new Map(keys.map((key, at) => [key, at + 1])))
  const { clauses } = searchRequest(query, all, elasticsearch, { timeoutMs: 1 })
  const matching = all.required.flat().length
  t.ok(clauses.length + matching <= 1024, `${clauses.length} + ${matching} clauses`)
  t.ok(all.words.length > 30)
  t.equal(all.words[0]?.exact, 'mot0s', 'the rarest first')
  const again = engineQuery('', { concepts: words.map(text => ({ text: `${text} drone` })), minimumMatch: 1 })
  const known = planQuery(again, new Map([['f:dron', 3]]))
  t.match(known.words, [{ french: 'dron', concept: 0, times: 400 }], 'a word said again counts again, in one clause')
  t.equal(known.words.length, 1)
})

const answer = (hit: Json, more: Json = {}): Json => ({
  timed_out: false,
  _shards: { total: 1, failed: 0 },
  hits: { total: { value: 1, relation: 'eq' }, hits: [hit] },
  ...more,
})

const columns = { siren: [18], priors: [15], recency: [20_000] }

t.test('contributions name field and concept, keep the better language, and add up to the score', async t => {
  const query = engineQuery('monitoring eau', { facets: [], nameKey: 'x' })
  const plan = planQuery(query)
  const { clauses } = request(query)
  const named = (kind: string, field?: string, form?: string): string =>
    String(
      clauses.findIndex(
        clause => clause.kind === kind && (clause.kind !== 'word' || (clause.field === field && clause.form === form)),
      ),
    )
  const hit = {
    fields: columns,
    matched_queries: {
      [named('word', 'tags', 'french')]: 1,
      [named('word', 'tags', 'english')]: 2,
      [named('word', 'name', 'exact')]: 0.25,
      [named('passages')]: 0.5,
      [named('name')]: 1e12,
    },
  }
  const result = readSearch(answer(hit), { query, plan, clauses, newest: 20_000 })
  const lines = ({ candidates }: typeof result) =>
    candidates[0]?.contributions.map(({ kind, field, concept, value }) => [kind, field, concept, value])
  const inProfile = [
    ['field', 'tags', 0, 2],
    ['exact', 'name', 0, 0.25],
  ]
  t.same(lines(result), [...inProfile, ['field', 'passages', 0, 0.5]], 'the best passage as a whole')
  t.match(result.candidates[0], { siren: '000000018', score: 2.75, exactName: true })
  t.match(result.candidates[0]?.priors, { completeness: 1, freshness: 1, labelled: 0 })

  const weight = (term: string, value: number) => ({ value, description: `weight(passages.${term} in 7)`, details: [] })
  const details = [weight('french:monitoring', 0.2), weight('english:monitor', 0.3), weight('french:eau', 0.7)]
  for (const server of [elasticsearch, opensearch]) {
    const passages = passagesRequest(query, plan, server, [])
    const points = { 'french:monitoring': 0.2, 'english:monitor': 0.3, 'french:eau': 0.7 }
    const matched = passages.clauses.map(({ word, form }, name) => {
      const value = new Map(Object.entries(points)).get(`${form}:${plan.words[word]?.[form]}`)
      return [name, server.scoresInnerHits ? value : 'NaN'] as const
    })
    const passage = {
      _nested: { offset: 3 },
      matched_queries: Object.fromEntries(matched.filter(([, value]) => value !== undefined)),
      ...(!server.scoresInnerHits && { _explanation: { value: 1, description: 'sum of:', details } }),
    }
    const best = answer({ fields: columns, inner_hits: { passages: { hits: { hits: [passage] } } } })
    const explained = await explainPassages(result, query, plan, server, async () => best)
    t.same(
      lines(explained),
      [...inProfile, ['field', 'passages', 0, 0.15], ['field', 'passages', 1, 0.35]],
      `${server.product}: the points of the passage are divided as its words scored`,
    )
    t.match(explained.candidates[0], { score: 2.75, passage: 3 })
    const none = await explainPassages(result, { ...query, explained: 0 }, plan, server, async () =>
      t.fail('not asked'),
    )
    t.same(none, result)
  }
})

t.test('a partial, inexact or odd answer is an unavailable engine, never a shorter list', async t => {
  const query = engineQuery('eau', { facets: ['theme'] })
  const asked = { query, plan: planQuery(query), clauses: [], newest: 0 }
  const good = answer({ fields: columns }, { aggregations: { theme: { buckets: [{ key: 'sante', doc_count: 1 }] } } })
  t.same(readSearch(good, asked).facets, { theme: [{ value: 'sante', count: 1 }] })
  const bad = [
    { ...good, timed_out: true },
    { ...good, _shards: { total: 2, failed: 1 } },
    { ...good, hits: { total: { value: 1, relation: 'gte' }, hits: [] } },
    answer({ fields: { ...columns, siren: [19] } }),
    answer({ fields: { ...columns, siren: ['x'] } }),
    { ...good, aggregations: { theme: { buckets: 'x' } } },
    '<html>',
    null,
  ]
  for (const each of bad) t.throws(() => readSearch(each, asked), EngineUnavailableError, JSON.stringify(each))
})

t.test('selected values stand in their facet even when they are rare', async t => {
  const query = engineQuery('', { filters: { theme: ['sante'], region: ['53'] }, facets: ['theme', 'state'] })
  const aggregations = {
    'closed.theme': {
      theme: { buckets: [{ key: 'mobilite', doc_count: 4 }] },
      'theme.selected': { buckets: [{ key: 'sante', doc_count: 0 }] },
    },
    open: { doc_count: 0, state: { buckets: [] } },
  }
  const { facets } = readSearch(answer({ fields: columns }, { aggregations }), {
    query,
    plan: planQuery(query),
    clauses: [],
    newest: 0,
  })
  t.same(facets, {
    theme: [
      { value: 'mobilite', count: 4 },
      { value: 'sante', count: 0 },
    ],
    state: [],
  })
  t.match(request(query).body, {
    post_filter: {
      bool: { filter: [{ terms: { 'facets.theme': ['sante'] } }, { terms: { 'facets.region': ['53'] } }] },
    },
    aggs: { 'closed.theme': { filter: { bool: { filter: [{ terms: { 'facets.region': ['53'] } }] } } } },
  })
})

t.test('words of a build are counted within bounds, and nothing is lost past them', async t => {
  const counter = new WordCounter(2)
  counter.add(new Map([['eau', 'Eau']]))
  counter.add(
    new Map([
      ['eau', undefined],
      ['air', undefined],
      ['bois', 'bois'],
    ]),
  )
  const early = [...counter.overflow('w')].map(({ id }) => id)
  t.same(early, ['wair', 'wbois'])
  t.same(
    [...counter.finish('w')].map(({ document }) => document),
    [{ term: 'eau', frequency: 2, completes: true, surface: 'Eau', deletes: [...deletes('eau')] }],
  )
})

/** The distinct forms are 4 for three different letters. */
const deletes = (term: string): string[] => {
  const [action] = [...counted(term).finish('w')]
  const document: Json = { ...action?.document }
  const forms = document['deletes']
  return Array.isArray(forms) && forms.length === 4 ? forms : []
}

const counted = (term: string): WordCounter => {
  const counter = new WordCounter()
  counter.add(new Map([[term, undefined]]))
  return counter
}

t.test('a cluster that refuses, errs, or is away is an unavailable engine; refused documents are named', async t => {
  const answers = new Map<string, readonly [status: number, body: string]>([
    ['/', [200, '<html>']],
    [
      '/_bulk',
      [200, JSON.stringify({ errors: true, items: [{ index: { _id: '1', status: 429, error: { type: 'busy' } } }] })],
    ],
  ])
  const server = createServer((request, response) => {
    const [status, body] = answers.get((request.url ?? '').split('?')[0] ?? '') ?? [503, '{"error":"away"}']
    response.writeHead(status, { 'content-type': 'application/json' }).end(body)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const cluster = connectCluster({ urls: [`http://127.0.0.1:${port}`] })
  const engine = openElasticsearchEngine(cluster)
  await t.rejects(engine.search(engineQuery('eau')), { name: 'ClusterError' })
  await t.rejects(engine.state(), { name: 'ClusterError' })
  await t.rejects(engine.apply([], 1), { name: 'ClusterError' })
  await t.rejects(engine.search(engineQuery('eau'), { signal: AbortSignal.abort(new Error('left')) }), {
    message: 'left',
  })
  const writer = new BulkWriter(async actions => {
    t.same(await sendBulk(cluster, actions), [{ index: 'i', id: '1', status: 429, reason: 'busy' }])
    throw new Error('full')
  }, 1)
  await writer.add({ kind: 'index', index: 'i', id: '1', document: {} })
  await t.rejects(writer.add({ kind: 'delete', index: 'i', id: '2' }), { message: 'full' })
  server.close()
  server.closeAllConnections()
  await t.rejects(engine.complete('eau', 3), { name: 'ClusterError' })
  await engine.close()
})
