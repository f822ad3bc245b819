import type { Engine, EngineResult, IndexChange } from '../../src/engine/engine.ts'
import type { Siren } from '../../src/model/siren.ts'
import type { Supplier } from '../../src/model/supplier.ts'
import { type Corpus, createCorpus } from '../bench/search/corpus.ts'
import { engineQuery } from './engine-query.ts'

/** A history of changes that anyone can replay: what an index must hold after the nth of them is known. */

/** Every seventh change removes; the others write a profile, new or in the place of an older one. */
const REMOVES_EVERY = 7
/** Spreads consecutive changes over all profiles; prime to any number of them that is not its multiple. */
const STRIDE = 7919

export interface History {
  /** The nth change, from 1. */
  change(n: number): IndexChange
  /** What an index holds after changes 1 to n, on top of the first `built` profiles. */
  after(n: number): ReadonlyMap<Siren, Supplier>
  /** What it is built from before any change. */
  readonly first: readonly Supplier[]
}

/** `profiles`: of how many the changes speak; the first `built` are there from the start. */
export const createHistory = (profiles: number, built: number, corpus: Corpus = createCorpus()): History => {
  const target = (n: number): number => (n * STRIDE) % profiles
  const change = (n: number): IndexChange => {
    const supplier = corpus.supplier(target(n))
    if (n % REMOVES_EVERY === 0) return { siren: supplier.siren }
    return { siren: supplier.siren, supplier: { ...supplier, headcount: String(n) } }
  }
  const first = Array.from({ length: built }, (_, n) => corpus.supplier(n))
  return {
    change,
    first,
    after: n => {
      const held = new Map(first.map(supplier => [supplier.siren, supplier]))
      for (let at = 1; at <= n; at++) {
        const { siren, supplier } = change(at)
        if (supplier) held.set(siren, supplier)
        else held.delete(siren)
      }
      return held
    },
  }
}

const READ_AT_ONCE = 500

/** The SIREN of which the engine holds something else than expected. */
export const wrongProfiles = async (
  engine: Engine,
  history: History,
  expected: ReadonlyMap<Siren, Supplier>,
  profiles: number,
): Promise<readonly Siren[]> => {
  const all = new Set<Siren>(expected.keys())
  for (let n = 1; n <= profiles; n++) all.add(history.change(n).siren)
  const sirens = [...all]
  const wrong: Siren[] = []
  for (let at = 0; at < sirens.length; at += READ_AT_ONCE) {
    const asked = sirens.slice(at, at + READ_AT_ONCE)
    const found = await engine.suppliers(asked)
    wrong.push(...asked.filter(siren => found.get(siren)?.headcount !== expected.get(siren)?.headcount))
    wrong.push(...asked.filter(siren => found.has(siren) !== expected.has(siren)))
  }
  return wrong
}

/** Totals, scores and counts of some searches, as text: equal for equal indexes. */
export const answersOf = async (engine: Engine, corpus: Corpus = createCorpus()): Promise<string> => {
  const lines: string[] = []
  const note = (text: string, { total, candidates, facets }: EngineResult): void => {
    const best = candidates.map(({ siren, score }) => `${siren} ${score.toFixed(4)}`)
    lines.push(JSON.stringify([text, total, best, facets]))
  }
  for (let n = 0; n < 20; n++) {
    const words = (corpus.supplier(n * 31).description?.text ?? '').match(/\p{L}{5,}/gu) ?? []
    const text = words.slice(0, 1 + (n % 4)).join(' ')
    note(text, await engine.search(engineQuery(text, { minimumMatch: 1, limit: 50 })))
  }
  note('', await engine.search(engineQuery('', { limit: 1 })))
  return lines.join('\n')
}
