import type { Concept } from '../engine/engine.ts'
import { parseSiren, type Siren, sirenOfSiret } from '../model/siren.ts'
import { queryWords } from '../text/analyse.ts'
import { nameKey } from '../text/name-key.ts'

/** What a query asks for. */
export interface Understanding {
  /** The query without surplus blanks. */
  readonly text: string
  /** A SIREN, or the SIREN of a SIRET, when the query is nothing else. */
  readonly siren?: Siren
  /** One a word, without framing words and repetitions, in the order of the query. */
  readonly concepts: readonly Concept[]
  readonly nameKey: string
}

/** The words of the query that are sought, each once: a word typed twice is not asked for twice. */
const conceptsOf = (text: string): Concept[] => {
  const seen = new Map<string, Concept>()
  for (const { term, start, end } of queryWords(text)) {
    if (!seen.has(term)) seen.set(term, { text: text.slice(start, end) })
  }
  return [...seen.values()]
}

export const understand = (query: string): Understanding => {
  const text = query.replace(/\s+/gu, ' ').trim()
  const siren = parseSiren(text) ?? sirenOfSiret(text)
  return { text, ...(siren && { siren }), concepts: conceptsOf(text), nameKey: nameKey(text) }
}
