import type { Brick } from '../model/brick.ts'
import { BRICKS } from '../model/bricks.ts'
import { placeKey } from '../model/geography.ts'

/** Finds bricks in the vocabulary itself, by the beginnings of the words that name them. */

/** A brick that the typed words name. */
export interface FoundBrick {
  readonly brick: Brick
  /** The alias, acronym or product that has the words, when no label has them. */
  readonly by?: string
}

const formsOf = ({ fr, en, acronyms = [], aliases, replaces = [] }: Brick): readonly string[] => [
  fr,
  en,
  ...acronyms.map(({ form }) => form),
  ...aliases,
  ...replaces,
]

const LABELS = 2

/** "de", "l" and the like need not be in the name, unless nothing else was typed: "IA". */
const SHORT = 2

/** The plural that a reader types finds the singular of the vocabulary: words are compared by their beginnings. */
const beginnings = (text: string): readonly string[] => {
  const words = placeKey(text)
    .split(' ')
    .filter(word => word !== '')
  const long = words.filter(word => word.length > SHORT)
  return (long.length > 0 ? long : words).map(word => (word.length > SHORT + 1 ? word.replace(/[sx]$/, '') : word))
}

interface Folded {
  readonly brick: Brick
  readonly forms: readonly (readonly [form: string, key: string])[]
}

let folded: readonly Folded[] | undefined
const vocabulary = (): readonly Folded[] => {
  folded ??= BRICKS.map(brick => ({ brick, forms: formsOf(brick).map(form => [form, ` ${placeKey(form)}`] as const) }))
  return folded
}

/**
 * The bricks one of whose labels, acronyms, aliases or products has all of the typed words, by their beginnings;
 * those named by a label first. Empty text finds the whole vocabulary.
 */
export const findBricks = (text: string): readonly FoundBrick[] => {
  const words = beginnings(text)
  const found = vocabulary().flatMap(({ brick, forms }) => {
    const at = forms.findIndex(([, key]) => words.every(word => key.includes(` ${word}`)))
    const form = forms[at]
    return form === undefined ? [] : [at < LABELS ? { brick } : { brick, by: form[0] }]
  })
  return found.sort((a, b) => Number('by' in a) - Number('by' in b))
}
