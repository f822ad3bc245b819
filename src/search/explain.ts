import type { Contribution } from '../engine/engine.ts'
import type { FieldName } from '../engine/fields.ts'
import type { Language, Localised } from '../model/language.ts'
import type { ExplanationLine } from '../model/search-result.ts'
import type { RankedCandidate } from './rank.ts'
import type { Understanding } from './understand.ts'

/** The lines of a score, in the reader's language. */

const FIELD_LINES: Readonly<Record<FieldName, Localised>> = {
  name: { fr: 'Mots du nom', en: 'Words of the name' },
  tagline: { fr: 'Mots de l’accroche', en: 'Words of the tagline' },
  tags: { fr: 'Mots des briques, thèmes et mots-clés', en: 'Words of the bricks, themes and keywords' },
  description: { fr: 'Mots de la description', en: 'Words of the description' },
  passages: { fr: 'Mots d’une page ou d’un projet primé', en: 'Words of a page or an awarded project' },
}
const EXACT: Localised = { fr: 'Formes exactes', en: 'Exact forms' }
const PHRASE: Localised = { fr: 'Mots côte à côte', en: 'Words side by side' }
const NAME: Localised = { fr: 'Nom exact, placé en tête', en: 'Exact name, placed first' }

const quote = (text: string, language: Language): string => (language === 'fr' ? `« ${text} »` : `“${text}”`)

interface Line {
  readonly kind: ExplanationLine['kind']
  readonly label: string
  readonly concepts: Set<string>
  value: number
}

/** Contributions gathered into one line a reason. */
const gather = (
  contributions: readonly Contribution[],
  understanding: Understanding,
  language: Language,
): Map<string, Line> => {
  const lines = new Map<string, Line>()
  const words = understanding.concepts.map(concept => concept.text)
  for (const { kind, field, concept, value } of contributions) {
    const key = kind === 'field' ? field : kind
    const label = kind === 'field' ? FIELD_LINES[field] : kind === 'exact' ? EXACT : PHRASE
    const line = lines.get(key) ?? {
      kind: kind === 'phrase' ? ('phrase' as const) : ('field' as const),
      label: label[language],
      concepts: new Set<string>(),
      value: 0,
    }
    line.value += value
    const word = words[concept] ?? ''
    line.concepts.add(kind === 'phrase' ? `${word} ${words[concept + 1] ?? ''}`.trim() : word)
    lines.set(key, line)
  }
  return lines
}

const HUNDREDTH = 100

/**
 * Rounds values to hundredths so that they add up to the rounded sum (largest remainder method): a reader who adds
 * the lines finds the score.
 */
export const roundToSum = (values: readonly number[]): { readonly values: number[]; readonly sum: number } => {
  const cents = values.map(value => Math.floor(value * HUNDREDTH))
  const sum = Math.round(values.reduce((total, value) => total + value, 0) * HUNDREDTH)
  let missing = sum - cents.reduce((total, value) => total + value, 0)
  const byRemainder = values
    .map((value, index) => ({ index, remainder: value * HUNDREDTH - Math.floor(value * HUNDREDTH) }))
    .sort((a, b) => b.remainder - a.remainder)
  for (const { index } of byRemainder) {
    if (missing-- <= 0) break
    cents[index] = (cents[index] as number) + 1
  }
  return { values: cents.map(value => value / HUNDREDTH), sum: sum / HUNDREDTH }
}

/** The score of a candidate and the lines that add up to it, the largest first. */
export const explain = (
  candidate: RankedCandidate,
  understanding: Understanding,
  language: Language,
): { readonly score: number; readonly lines: ExplanationLine[] } => {
  const lines = [...gather(candidate.contributions, understanding, language).values()]
  if (candidate.nameBonus > 0) {
    lines.push({
      kind: 'name',
      label: NAME[language],
      concepts: new Set([understanding.text]),
      value: candidate.nameBonus,
    })
  }
  lines.sort((a, b) => b.value - a.value)
  const { values, sum } = roundToSum(lines.map(line => line.value))
  return {
    score: sum,
    lines: lines.map(({ kind, label, concepts }, index) => ({
      kind,
      label,
      detail: [...concepts].map(word => quote(word, language)).join(', '),
      value: values[index] as number,
    })),
  }
}
