import type { Brick } from './brick.ts'
import { BRICKS, brickById } from './bricks.ts'

/** How the bricks of the vocabulary lie one in another: each has at most one broader brick. */

const narrower = new Map<string, Brick[]>()
for (const brick of BRICKS) {
  if (brick.broader === undefined) continue
  const siblings = narrower.get(brick.broader)
  if (siblings) siblings.push(brick)
  else narrower.set(brick.broader, [brick])
}

/** The bricks just below one, in the order of the vocabulary. */
export const narrowerBricks = (id: string): readonly Brick[] => narrower.get(id) ?? []

/** The bricks above one, the nearest first. */
export const broaderBricks = (id: string): readonly Brick[] => {
  const chain: Brick[] = []
  let next = brickById(brickById(id)?.broader ?? '')
  // A circle is a fault of the vocabulary that a test finds; a page must not hang on it.
  while (next && !chain.includes(next)) {
    chain.push(next)
    next = brickById(next.broader ?? '')
  }
  return chain
}

/** A brick and those just below it: what a search "for the broader brick" filters by. */
export const brickFamily = (id: string): readonly string[] => [id, ...narrowerBricks(id).map(brick => brick.id)]
