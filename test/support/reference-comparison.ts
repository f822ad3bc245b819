import type { EngineQuery, EngineResult } from '../../src/engine/engine.ts'
import type { ReferenceAnswer } from './reference-scorer.ts'

/** What an engine's answer has otherwise than the reference; '' when nothing. */
export const differenceFrom = (expected: ReferenceAnswer, answer: EngineResult, query: EngineQuery): string => {
  if (answer.total !== expected.total) return `total ${answer.total}, expected ${expected.total}`
  for (const [name, counts] of expected.facets) {
    const found = new Map(answer.facets[name as keyof EngineResult['facets']]?.map(each => [each.value, each.count]))
    for (const [value, count] of counts) {
      // Of many values only the most frequent are answered.
      const answered = found.get(value) ?? (found.size >= query.facetSize ? count : 0)
      if (answered !== count) return `${name} ${value}: ${answered}, expected ${count}`
    }
  }
  const size = Math.min(query.limit, expected.scores.length)
  if (answer.candidates.length !== size) return `${answer.candidates.length} candidates, expected ${size}`
  for (const [rank, { siren, score, exactName }] of answer.candidates.entries()) {
    const best = expected.scores[rank]?.score ?? 0
    if (exactName !== (best === Number.POSITIVE_INFINITY)) return `rank ${rank}: ${siren} is an exact name or is not`
    // Rank by rank: of profiles with equal scores either may come first.
    if (!exactName && Math.abs(score - best) > 1e-4) return `rank ${rank}: ${siren} has ${score}, expected ${best}`
  }
  return ''
}

/** How many of the first ten are the same, of those that have no equal at the border. */
export const overlapAtTen = (expected: ReferenceAnswer, answer: EngineResult): number => {
  const last = expected.scores[Math.min(10, expected.scores.length) - 1]?.score ?? 0
  const admissible = new Set(expected.scores.filter(({ score }) => score >= last - 1e-4).map(({ siren }) => siren))
  const ten = answer.candidates.slice(0, 10)
  return ten.length === 0 ? 1 : ten.filter(({ siren }) => admissible.has(siren)).length / ten.length
}
