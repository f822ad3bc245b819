import type { Contribution } from '../engine.ts'
import { PROFILE_FIELDS } from '../fields.ts'
import type { Plan, ScoredBrick, ScoredTerm, ScoredWord } from './plan.ts'
import { passageCursor, profileCursor, type ScoringCursor } from './score.ts'
import type { LiveSegment } from './statistics.ts'

/** The parts of one profile's score, in the same arithmetic as `scoreSegment` but in double precision. */
export interface Explained {
  readonly contributions: readonly Contribution[]
  /** Number of the best passage among the profile's own. */
  readonly passage?: number
}

interface Parts {
  readonly total: number
  readonly byField: readonly number[]
}

const NOTHING: Parts = { total: 0, byField: [] }

/** Cursors are opened once for all the profiles of a segment, which must be asked in ascending order. */
export class SegmentExplainer {
  readonly #plan: Plan
  readonly #live: LiveSegment
  readonly #index: number
  readonly #cursors = new Map<ScoredTerm, ScoringCursor | undefined>()

  constructor(plan: Plan, live: LiveSegment, index: number) {
    this.#plan = plan
    this.#live = live
    this.#index = index
  }

  explain(document: number): Explained {
    const contributions: Contribution[] = []
    this.#plan.concepts.forEach((concept, number) => {
      for (const word of concept.words) this.#word(word, number, document, contributions)
    })
    this.#plan.bricks.forEach((brick, number) => {
      this.#brick(brick, number, document, contributions)
    })
    for (const { concept, term } of this.#plan.phrases) {
      push(contributions, 'phrase', concept, this.#profileParts(term, document))
    }
    const best = this.#bestPassage(document)
    if (best) contributions.push(...best.contributions)
    return { contributions, ...(best && { passage: best.passage }) }
  }

  #word(word: ScoredWord, concept: number, document: number, contributions: Contribution[]): void {
    const french = this.#profileParts(word.french, document)
    const english = this.#profileParts(word.english, document)
    push(contributions, 'field', concept, english.total > french.total ? english : french)
    push(contributions, 'exact', concept, this.#profileParts(word.exact, document))
  }

  #brick(brick: ScoredBrick, number: number, document: number, contributions: Contribution[]): void {
    let best: { readonly id: string; readonly value: number } | undefined
    for (const { id, term } of brick.ids) {
      const value = this.#profileParts(term, document).total
      if (value > (best?.value ?? 0)) best = { id, value }
    }
    if (best) contributions.push({ kind: 'brick', field: 'bricks', concept: number, brick: best.id, value: best.value })
  }

  #profileParts(term: ScoredTerm | undefined, document: number): Parts {
    return partsAt(this.#cursor(term, profileCursor), document)
  }

  #cursor(term: ScoredTerm | undefined, open: typeof profileCursor): ScoringCursor | undefined {
    if (!term) return undefined
    if (!this.#cursors.has(term)) this.#cursors.set(term, open(this.#live, this.#index, term))
    return this.#cursors.get(term)
  }

  #bestPassage(document: number): { passage: number; contributions: Contribution[] } | undefined {
    const { passageStart } = this.#live.segment.columns
    const first = passageStart[document] as number
    const end = passageStart[document + 1] as number
    if (first === end) return undefined
    const scores = new Float64Array(end - first)
    const parts: Contribution[][] = Array.from({ length: end - first }, () => [])
    // Passage by passage: cursors only go forward, and two words of one stem share theirs.
    for (let passage = first; passage < end; passage++) {
      this.#plan.concepts.forEach((concept, number) => {
        for (const word of concept.words) {
          const french = this.#cursor(word.passageFrench, passageCursor)
          const english = this.#cursor(word.passageEnglish, passageCursor)
          const value = Math.max(partsAt(french, passage).total, partsAt(english, passage).total)
          if (value === 0) continue
          scores[passage - first] = (scores[passage - first] as number) + value
          parts[passage - first]?.push({ kind: 'field', field: 'passages', concept: number, value })
        }
      })
    }
    let best = -1
    scores.forEach((score, passage) => {
      if (score > 0 && (best === -1 || score > (scores[best] as number))) best = passage
    })
    return best === -1 ? undefined : { passage: best, contributions: parts[best] as Contribution[] }
  }
}

const partsAt = (scoring: ScoringCursor | undefined, document: number): Parts => {
  if (!scoring || scoring.cursor.seek(document) !== document) return NOTHING
  const byField = scoring.term.slots.map((_, field) => scoring.fieldScore(field))
  return { total: byField.reduce((sum, value) => sum + value, 0), byField }
}

const push = (contributions: Contribution[], kind: Contribution['kind'], concept: number, parts: Parts): void => {
  parts.byField.forEach((value, field) => {
    const name = PROFILE_FIELDS[field]
    if (value > 0 && name) contributions.push({ kind, field: name, concept, value })
  })
}
