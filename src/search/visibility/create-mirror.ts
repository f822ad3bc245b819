import { setImmediate as breathe } from 'node:timers/promises'
import type { Searcher } from '../../engine/engine.ts'
import type { Language } from '../../model/language.ts'
import type { NeedStanding } from '../../model/visibility.ts'
import type { Semantic } from '../semantic/rerank.ts'
import { alikeFirms } from './alike.ts'
import { findFirmByName } from './find-firm.ts'
import { createGate } from './gate.ts'
import { needQueries } from './need-queries.ts'
import { type Mirrored, needStanding } from './need-standing.ts'
import { profileWords } from './profile-words.ts'
import { queryStanding } from './query-standing.ts'
import { rankQuery } from './rank-query.ts'
import type { Mirror, Standings } from './visibility.ts'

/** Two at once: a third would only make all three late on the machine's two cores. */
const AT_ONCE = 2
const WAITING = 24
/** Needs are replayed for so long; a large catalogue on a slow cluster shows fewer. */
const NEEDS_MS = 1500

const NOT_INDEXED: Standings = { indexed: false, needs: [], unasked: 0, query: null, alike: [] }

export interface MirrorOptions {
  readonly semantic?: Semantic | undefined
  /** Time for the needs, in ms. */
  readonly needsMs?: number
  readonly now?: () => number
}

/** The mirror over an engine: see `Mirror`. */
export const createMirror = (engine: Searcher, options: MirrorOptions = {}): Mirror => {
  const { semantic, needsMs = NEEDS_MS, now = () => performance.now() } = options
  const gate = createGate(AT_ONCE, WAITING)

  const needsOf = async (mirrored: Mirrored, language: Language, signal: AbortSignal | undefined) => {
    const queries = needQueries(mirrored.supplier, language)
    const end = now() + needsMs
    const needs: NeedStanding[] = []
    for (const query of queries) {
      if (now() > end) break
      signal?.throwIfAborted()
      const ranked = await rankQuery(engine, query.text, mirrored.supplier.siren, { semantic, signal })
      needs.push(needStanding(query, ranked, mirrored, language))
      // An engine in this process never waits: others must have their turn between two searches.
      await breathe()
    }
    return { needs, unasked: queries.length - needs.length }
  }

  return {
    findByName: (name, signal) => findFirmByName(engine, name, signal),
    standings: (siren, language, { facts, text = '', sameSite = [], signal }) =>
      gate.run(async () => {
        const supplier = (await engine.suppliers([siren])).get(siren)
        if (supplier === undefined) return NOT_INDEXED
        const mirrored = { supplier, facts, words: profileWords(supplier) }
        const typed = text.trim()
        // All places are explained in full, wherever the firm comes: its best passage is its evidence.
        const ranked =
          typed === '' ? undefined : await rankQuery(engine, typed, siren, { semantic, signal, explain: true })
        const query = ranked ? await queryStanding(engine, typed, ranked, mirrored, language) : null
        const needs = await needsOf(mirrored, language, signal)
        return { indexed: true, ...needs, query, alike: await alikeFirms(engine, supplier, sameSite, signal) }
      }, signal),
  }
}
