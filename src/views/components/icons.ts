import { html } from 'ghtml'
import type { Fragment } from '../markup.ts'

/** Drawings of our own, made of bricks. All are decoration or stand beside their word, so assistive tools skip them. */

/** The three shapes of proof, drawn once a page and used by `proof`. */
export const PROOF_SHAPES: Fragment = html`<svg class="hidden" aria-hidden="true" focusable="false">
<symbol id="attested" viewBox="0 0 24 14"><rect class="shape shape--solid" x="1" y="1" width="22" height="12" rx="1"/><path class="shape shape--tick" d="M8 7l3 3 5.5-6"/></symbol>
<symbol id="declared" viewBox="0 0 24 14"><rect class="shape" x="1" y="1" width="22" height="12" rx="1"/></symbol>
<symbol id="unknown" viewBox="0 0 24 14"><rect class="shape shape--dashed" x="1" y="1" width="22" height="12" rx="1"/></symbol>
</svg>`

/** Six bricks, one found. */
export const WORDMARK: Fragment = html`<svg width="32" height="28" viewBox="0 0 32 28" fill="currentColor" aria-hidden="true" focusable="false">
<rect x="0" y="0" width="10" height="8" rx="1"/><rect x="12" y="0" width="20" height="8" rx="1"/>
<rect class="found" x="0" y="10" width="20" height="8" rx="1"/><rect x="22" y="10" width="10" height="8" rx="1"/>
<rect x="0" y="20" width="10" height="8" rx="1"/><rect x="12" y="20" width="20" height="8" rx="1"/>
</svg>`

/** A brick of a door's drawing: where it lies, how wide it is, its shape; `accent` is the one that matters. */
interface DrawnBrick {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly shape: '' | 'shape--solid' | 'shape--dashed'
  readonly accent?: boolean
}

const TOP = 1
const BOTTOM = 22

const drawBrick = ({ x, y, width, shape, accent }: DrawnBrick): Fragment =>
  html`<rect class="shape ${shape} ${accent ? 'accent' : ''}" x="${x}" y="${y}" width="${width}" height="17" rx="1"/>`

const drawing = (bricks: readonly DrawnBrick[]): Fragment =>
  html`<svg width="120" height="40" viewBox="0 0 120 40" aria-hidden="true" focusable="false">!${bricks.map(drawBrick)}</svg>`

const course = (shape: DrawnBrick['shape']): readonly DrawnBrick[] => [
  { x: 1, y: TOP, width: 36, shape },
  { x: 41, y: TOP, width: 36, shape },
  { x: 81, y: TOP, width: 36, shape },
  { x: 1, y: BOTTOM, width: 16, shape },
  { x: 81, y: BOTTOM, width: 36, shape },
]

/** A wall with the brick that was looked for. */
export const FOUND_BRICK: Fragment = drawing([
  ...course(''),
  { x: 21, y: BOTTOM, width: 56, shape: 'shape--solid', accent: true },
])

/** A finished wall but for one brick. */
export const MISSING_BRICK: Fragment = drawing([
  ...course('shape--solid'),
  { x: 21, y: BOTTOM, width: 56, shape: 'shape--dashed', accent: true },
])

/** Bricks half filled: a profile, and how well it is found. */
export const FILLING_BRICKS: Fragment = drawing([
  { x: 1, y: TOP, width: 56, shape: '' },
  { x: 61, y: TOP, width: 56, shape: '' },
  { x: 1, y: BOTTOM, width: 36, shape: 'shape--solid', accent: true },
  { x: 41, y: BOTTOM, width: 36, shape: 'shape--solid', accent: true },
  { x: 81, y: BOTTOM, width: 36, shape: '', accent: true },
])
