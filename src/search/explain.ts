import type { Contribution } from '../engine/engine.ts'
import type { FieldName } from '../engine/fields.ts'
import { brickLabel } from '../model/bricks.ts'
import type { Language, Localised } from '../model/language.ts'
import type { ExplanationLine } from '../model/search-result.ts'
import type { FinalPoints, RankedCandidate } from './rank.ts'
import type { Understanding } from './understand.ts'

/** The lines of a score, in the reader's language. */

const FIELD_LINES: Readonly<Record<FieldName, Localised>> = {
  name: { fr: 'Mots du nom', en: 'Words of the name' },
  tagline: { fr: 'Mots de l’accroche', en: 'Words of the tagline' },
  tags: { fr: 'Mots des briques et mots-clés', en: 'Words of the bricks and keywords' },
  description: { fr: 'Mots de la description', en: 'Words of the description' },
  bricks: { fr: 'Brique reconnue', en: 'Brick recognised' },
  passages: { fr: 'Mots d’une page ou d’un projet primé', en: 'Words of a page or an awarded project' },
}
const EXACT: Localised = { fr: 'Formes exactes', en: 'Exact forms' }
const PHRASE: Localised = { fr: 'Mots côte à côte', en: 'Words side by side' }
const PRIOR_LINES: Readonly<Record<keyof Omit<FinalPoints, 'name' | 'semantic'>, Localised>> = {
  completeness: { fr: 'Fiche complète', en: 'Complete profile' },
  freshness: { fr: 'Informations récentes', en: 'Recent information' },
  labelled: { fr: 'Label attesté', en: 'Attested label' },
  ceased: { fr: 'Entreprise cessée', en: 'The firm has ceased' },
  stuffing: { fr: 'Texte fait de mots-clés', en: 'Text made of keywords' },
}
const SEMANTIC: Localised = { fr: 'Sens proche', en: 'Close in meaning' }
const NAME: Localised = { fr: 'Nom exact, placé en tête', en: 'Exact name, placed first' }

const quote = (text: string, language: Language): string => (language === 'fr' ? `«\u00a0${text}\u00a0»` : `“${text}”`)

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
  for (const contribution of contributions) {
    const { kind, field, concept, value } = contribution
    const key = kind === 'field' ? field : kind
    const label = kind === 'exact' ? EXACT : kind === 'phrase' ? PHRASE : FIELD_LINES[field]
    const line = lines.get(key) ?? {
      kind: kind === 'exact' ? ('field' as const) : kind,
      label: label[language],
      concepts: new Set<string>(),
      value: 0,
    }
    line.value += value
    const word = words[concept] ?? ''
    const phrase = `${word} ${words[concept + 1] ?? ''}`.trim()
    line.concepts.add(
      kind === 'brick'
        ? brickDetail(contribution, understanding, language)
        : quote(kind === 'phrase' ? phrase : word, language),
    )
    lines.set(key, line)
  }
  return lines
}

const THROUGH: Readonly<Record<Language, (expression: string) => string>> = {
  fr: expression => `par «\u00a0${expression}\u00a0»`,
  en: expression => `through “${expression}”`,
}

/** "Mesure de l’air intérieur (par « capteur d’air »)", and the narrower brick that answered when there is one. */
const brickDetail = ({ concept, brick }: Contribution, understanding: Understanding, language: Language): string => {
  const asked = understanding.bricks[concept]
  if (!asked) return ''
  const narrower = brick !== undefined && brick !== asked.brick ? ` → ${brickLabel(brick, language)}` : ''
  return `${brickLabel(asked.brick, language)}${narrower} (${THROUGH[language](asked.span)})`
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

/** The required words of the query that neither the candidate's texts nor its bricks answer. */
export const missingWords = (candidate: RankedCandidate, { concepts, bricks }: Understanding): string[] => {
  const answered = new Set<number>()
  for (const { kind, concept } of candidate.contributions) {
    if (kind === 'brick') for (const covered of bricks[concept]?.covers ?? []) answered.add(covered)
    else answered.add(concept)
  }
  return concepts.filter((concept, index) => concept.optional !== true && !answered.has(index)).map(({ text }) => text)
}

/** The score of a candidate and the lines that add up to it, the largest first. */
export const explain = (
  candidate: RankedCandidate,
  understanding: Understanding,
  language: Language,
): { readonly score: number; readonly lines: ExplanationLine[] } => {
  const lines = [...gather(candidate.contributions, understanding, language).values()]
  if (candidate.points.name > 0) {
    lines.push({
      kind: 'name',
      label: NAME[language],
      concepts: new Set([quote(understanding.text, language)]),
      value: candidate.points.name,
    })
  }
  const semantic = candidate.points.semantic
  if (semantic > 0) lines.push({ kind: 'semantic', label: SEMANTIC[language], concepts: new Set(), value: semantic })
  for (const name of ['completeness', 'freshness', 'labelled', 'ceased', 'stuffing'] as const) {
    const value = candidate.points[name]
    if (value !== 0) lines.push({ kind: 'prior', label: PRIOR_LINES[name][language], concepts: new Set(), value })
  }
  lines.sort((a, b) => b.value - a.value)
  const { values, sum } = roundToSum(lines.map(line => line.value))
  return {
    score: sum,
    lines: lines.map(({ kind, label, concepts }, index) => ({
      kind,
      label,
      ...(concepts.size > 0 && { detail: [...concepts].join(', ') }),
      value: values[index] as number,
    })),
  }
}
