import type { Supplier } from './supplier.ts'

/** A brick named once in passing is not what a firm supplies; twice, or in its tagline or an offer, it may be. */
const SHOWN_STRENGTH = 2

/** The bricks of a profile: those that sources state, then those that its own texts claim. */
export const shownBricks = (supplier: Supplier): readonly string[] => [
  ...new Set([
    ...supplier.bricks,
    ...(supplier.foundBricks ?? []).filter(found => found.strength >= SHOWN_STRENGTH).map(found => found.brick),
  ]),
]
