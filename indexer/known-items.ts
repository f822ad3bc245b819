import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEmbeddedBuild } from '../src/engine/embedded/build.ts'
import { openEmbeddedEngine } from '../src/engine/embedded/embedded-engine.ts'
import type { Supplier } from '../src/model/supplier.ts'
import { expandSupplier } from '../src/search/expand.ts'
import { rank } from '../src/search/rank.ts'
import { openCatalogue } from '../src/store/open-catalogue.ts'
import { type CommandContext, CommandError } from './command.ts'
import { CONFIGURATIONS } from './configurations.ts'
import { figuresOf, type Judged, ndcg10, pairedDifference } from './evaluation.ts'

/** At most so many firms are asked for: enough for an interval of ± .03. */
const MOST = 500
const DEPTH = 100

const withoutTagline = ({ tagline: _, ...supplier }: Supplier): Supplier => supplier

const sample = (suppliers: readonly Supplier[]): readonly Supplier[] => {
  const step = Math.max(1, Math.floor(suppliers.length / MOST))
  return suppliers.filter((_, index) => index % step === 0).slice(0, MOST)
}

/**
 * Known-item search (Azzopardi et al. 2007): each firm is asked for by its own tagline in an index that lacks all
 * taglines. Needs no judgements, and no firm is favoured but by its other texts. Prints plain BM25 beside the whole.
 */
export const knownItems = async (context: CommandContext): Promise<number> => {
  const catalogue = openCatalogue(context.cataloguePath)
  const folder = mkdtempSync(join(tmpdir(), 'brique-known-items-'))
  const build = createEmbeddedBuild(folder)
  const candidates: Supplier[] = []
  try {
    for (const supplier of catalogue.suppliersInOrder()) {
      await build.add(expandSupplier(withoutTagline(supplier)))
      if (supplier.tagline && supplier.description) candidates.push(supplier)
    }
    await build.commit(0)
    const asked = sample(candidates)
    if (asked.length === 0) throw new CommandError('The catalogue has no firm with a tagline and a description')
    const judged = asked.map(({ siren, tagline }): Judged => ({ query: tagline?.text ?? '', relevant: [siren] }))
    const engine = openEmbeddedEngine(folder)
    let first: number[] | undefined
    for (const { name, stages } of CONFIGURATIONS.filter(({ spelling }) => !spelling)) {
      const rankings: string[][] = []
      for (const { query } of judged) {
        const text = query.slice(0, 1000)
        const found = await rank(engine, { text, filters: {}, sort: 'relevance', page: 1, size: 20 }, DEPTH, { stages })
        rankings.push(found.candidates.slice(0, DEPTH).map(candidate => candidate.siren))
      }
      const figures = figuresOf(judged, rankings)
      const each = judged.map((need, index) => ndcg10(rankings[index] ?? [], need))
      first ??= each
      const { mean, low, high } = pairedDifference(first, each)
      const shown = [figures.mrr10, figures.hit10, figures.ndcg10, mean, low, high].map(value => value.toFixed(3))
      context.write(
        `${name.padEnd(24)} MRR@10 ${shown[0]}  hit@10 ${shown[1]}  nDCG@10 ${shown[2]}  difference ${shown[3]} [${shown[4]}, ${shown[5]}]`,
      )
    }
    await engine.close()
    return 0
  } finally {
    catalogue.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
