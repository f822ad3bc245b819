import { readFileSync } from 'node:fs'
import type { Brick } from './brick.ts'
import type { Language } from './language.ts'

/** The brick vocabulary, read once from `mappings/bricks.jsonl`. A test checks every row against the `Brick` schema. */
export const BRICKS: readonly Brick[] = readFileSync(new URL('../../mappings/bricks.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter(line => line !== '')
  .map(line => JSON.parse(line) as Brick)

const byId = new Map(BRICKS.map(brick => [brick.id, brick]))

export const brickById = (id: string): Brick | undefined => byId.get(id)

/** The label of a brick; an id that the vocabulary lacks is shown as it is. */
export const brickLabel = (id: string, language: Language): string => byId.get(id)?.[language] ?? id
