import t from 'tap'
import { createElasticsearchBuild } from '../../src/engine/elasticsearch/build.ts'
import { type ClusterOptions, connectCluster } from '../../src/engine/elasticsearch/client.ts'
import { openElasticsearchEngine } from '../../src/engine/elasticsearch/elasticsearch-engine.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { BRICKS } from '../../src/model/bricks.ts'
import { FACETS, type FacetName } from '../../src/model/facets.ts'
import type { Query, Sort } from '../../src/model/query.ts'
import type { Supplier } from '../../src/model/supplier.ts'
import { expandSupplier } from '../../src/search/expand.ts'
import { type Ranking, rank } from '../../src/search/rank.ts'
import { analyseExact } from '../../src/text/analyse.ts'
import { engineOver, importedSuppliers } from '../support/demonstration.ts'
import { sharedPath } from '../support/shared-data.ts'
import { newPrefix, removePrefix } from './prefix.ts'

/** The same 2,000 queries at each run: figures that change have a cause in the code. */
const QUERIES = 2000
const SPELLINGS = 300

/** Numbers from 0 to 1 from a seed (mulberry32). */
const randomFrom = (seed: number) => {
  let state = seed
  return (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Draws from the profiles themselves: what stands in them is what can part two engines. */
class Drawing {
  readonly #suppliers: readonly Supplier[]
  readonly #random = randomFrom(20_261_122)

  constructor(suppliers: readonly Supplier[]) {
    this.#suppliers = suppliers
  }

  below(limit: number): number {
    return Math.floor(this.#random() * limit)
  }

  one<T>(of: readonly T[]): T {
    return of[this.below(of.length)] as T
  }

  /** A word of some text as it is written there; another supplier's at each call. */
  word(): string {
    for (;;) {
      const { name, tagline, description, texts } = this.one(this.#suppliers)
      const passages = texts.flatMap(text => text.passages)
      const text = this.one([name, tagline?.text, description?.text, ...passages].flatMap(each => each ?? []))
      const tokens = analyseExact(text)
      if (tokens.length === 0) continue
      const { start, end } = this.one(tokens)
      return text.slice(start, end)
    }
  }

  /** Words that stand side by side in a text. */
  snippet(): string {
    const { description, tagline, name } = this.one(this.#suppliers)
    const words = (description?.text ?? tagline?.text ?? name).split(/\s+/)
    const from = this.below(words.length)
    return words.slice(from, from + 1 + this.below(8)).join(' ')
  }

  text(): string {
    switch (this.below(6)) {
      case 0:
        return ''
      case 1:
        return this.one(BRICKS)[this.one(['fr', 'en'] as const)]
      case 2:
        return this.one(this.#suppliers).name
      case 3:
        return this.snippet()
      default:
        return Array.from({ length: 1 + this.below(4) }, () => this.word()).join(' ')
    }
  }

  filters(): Query['filters'] {
    const filters: Partial<Record<FacetName, readonly string[]>> = {}
    for (let i = Math.max(0, this.below(6) - 2); i > 0; i--) {
      const facet = this.one(FACETS)
      const values = Array.from({ length: 1 + this.below(2) }, () => facet.values(this.one(this.#suppliers))[0])
      const known = values.filter(value => value !== undefined)
      if (known.length > 0) filters[facet.name] = known
    }
    return filters
  }

  query(): Query {
    const { latitude, longitude } = this.one(this.#suppliers).location
    const isNear = this.below(6) === 0 && latitude !== undefined && longitude !== undefined
    const near = isNear && { latitude, longitude, radiusKm: 5 + this.below(200), label: '' }
    const { founded, updatedAt } = this.one(this.#suppliers)
    const ranges = {
      ...(founded !== undefined && this.below(8) === 0 && { founded: this.one([{ from: founded }, { to: founded }]) }),
      ...(this.below(8) === 0 && { updated: { from: updatedAt } }),
    }
    const sorts: readonly Sort[] = ['name', 'recent', ...(near ? (['distance'] as const) : [])]
    return {
      text: this.text().slice(0, 1000),
      filters: this.filters(),
      ...(near && { near }),
      ranges,
      sort: this.below(8) === 0 ? this.one(sorts) : 'relevance',
      page: 1,
      size: 10,
    }
  }

  /** A word with a letter more, less, changed or swapped, or two without their space. */
  misspelt(): string {
    const word = this.word()
    const at = this.below(word.length)
    switch (this.below(5)) {
      case 0:
        return word.slice(0, at) + word.slice(at + 1)
      case 1:
        return `${word.slice(0, at)}e${word.slice(at)}`
      case 2:
        return `${word.slice(0, at)}a${word.slice(at + 1)}`
      case 3:
        return word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2)
      default:
        return word + this.word()
    }
  }
}

const firstTen = ({ candidates }: Ranking): string[] => candidates.slice(0, 10).map(({ siren }) => siren)

const share = (ours: readonly string[], theirs: readonly string[]): number =>
  ours.length === 0 ? 1 : ours.filter(siren => theirs.includes(siren)).length / ours.length

interface Parity {
  first: number
  overlap: number
  totals: number
  facets: number
  asked: number
  largestDifference: number
}

const comparing = async (embedded: Engine, cluster: Engine, drawing: Drawing, report: (line: string) => void) => {
  const parity: Parity = { first: 0, overlap: 0, totals: 0, facets: 0, asked: 0, largestDifference: 0 }
  for (let i = 0; i < QUERIES; i++) {
    const query = drawing.query()
    const [ours, theirs] = [await rank(embedded, query, 10), await rank(cluster, query, 10)]
    const [a, b] = [firstTen(ours), firstTen(theirs)]
    const isFirst = a[0] === b[0]
    const sameTotal = ours.total === theirs.total
    const sameFacets = JSON.stringify(ours.facets) === JSON.stringify(theirs.facets)
    parity.asked++
    parity.first += isFirst ? 1 : 0
    parity.overlap += share(a, b)
    parity.totals += sameTotal ? 1 : 0
    parity.facets += sameFacets ? 1 : 0
    if (!isFirst || !sameTotal || !sameFacets || share(a, b) < 1) report(`${JSON.stringify(query)}: ${a} | ${b}`)
    const scores = new Map(theirs.candidates.map(({ siren, score }) => [siren, score]))
    for (const { siren, score } of ours.candidates.slice(0, 10)) {
      const other = scores.get(siren)
      if (other !== undefined)
        parity.largestDifference = Math.max(parity.largestDifference, Math.abs(score - other) / Math.max(1, score))
    }
  }
  return parity
}

const FILES = [
  { id: 'ilab', files: ['data/ilab/published_format.csv'] },
  { id: 'inov', files: ['data/inov_entreprises/published_format.json'] },
] as const

/** The real laureates of i-Lab and i-Nov; `undefined` when the open data is absent. */
const realSuppliers = async (): Promise<readonly Supplier[] | undefined> => {
  const sources = FILES.map(({ id, files }) => ({ id, files: files.flatMap(file => sharedPath(file) ?? []) }))
  return sources.some(({ files }) => files.length === 0) ? undefined : importedSuppliers(sources)
}

/** What the embedded engine answers, a cluster answers: over the real companies, on random queries. */
export const testClusterParity = (name: string, options: ClusterOptions, shards = 1): void => {
  t.setTimeout(1_800_000)
  t.test(`${name}: ranks, counts, completes and corrects as the embedded engine does`, async t => {
    const suppliers = await realSuppliers()
    if (!suppliers) return t.comment('../shared/data is absent: left out')
    const embedded = await engineOver(t, suppliers)
    const prefix = newPrefix()
    const cluster = connectCluster(options)
    const engine = openElasticsearchEngine(cluster, { prefix, shards, searchTimeoutMs: 10_000 })
    t.teardown(async () => {
      await removePrefix(cluster, prefix)
      await engine.close()
    })
    const build = createElasticsearchBuild(cluster, { prefix, shards })
    for (const each of suppliers) await build.add(expandSupplier(each))
    await build.commit(0)
    const drawing = new Drawing(suppliers)
    let shown = 0
    const parity = await comparing(embedded, engine, drawing, line => {
      if (shown++ < 20) t.comment(line)
    })
    t.comment(JSON.stringify(parity))
    t.ok(parity.first / parity.asked >= 0.99, `the first is the same: ${parity.first} of ${parity.asked}`)
    t.ok(parity.overlap / parity.asked >= 0.98, `overlap of the first ten ${parity.overlap / parity.asked}`)
    t.equal(parity.totals, parity.asked, 'totals')
    t.equal(parity.facets, parity.asked, 'facet counts')
    t.ok(parity.largestDifference < 1e-4, `scores differ by at most ${parity.largestDifference}`)
    for (let i = 0; i < SPELLINGS; i++) {
      const word = drawing.misspelt()
      t.same(await engine.corrections([word]), await embedded.corrections([word]), `corrections of ${word}`)
      const beginning = drawing.word().slice(0, 1 + drawing.below(6))
      t.same(await engine.complete(beginning, 8), await embedded.complete(beginning, 8), `completions of ${beginning}`)
    }
  })
}
