import type { PageBlock, PageDocument } from '../page-document.ts'
import { oneLine } from './plain-text.ts'

/** A heading, or a line of text that serves as one, with its level: half levels are such lines. */
export interface Title {
  readonly text: string
  readonly level: number
}

/** A block and the headings it stands under, whatever parts of the page lie between. */
export interface PlacedBlock {
  readonly block: PageBlock
  /** The text on one line. */
  readonly text: string
  /** Its level when it is a heading or serves as one. */
  readonly level?: number
  /** The headings above, outermost first; for a heading without itself. */
  readonly path: readonly Title[]
}

const MUTE: ReadonlySet<PageBlock['part']> = new Set([
  'nav',
  'search',
  'cookie',
  'comments',
  'social',
  'advertisement',
  'dialog',
])

/** A footer is not under the last heading of the text. Captions, widgets and cards are. */
const zoneOf = (block: PageBlock): string => (block.part === 'footer' || block.part === 'header' ? block.part : 'text')

/** Page builders write titles as plain text: such a line ends with its section, deeper headings stand under it. */
const LINE_LEVEL = 0.5
const SHALLOWEST_LINE = 2

/**
 * The blocks of a page in order with all headings above them, which `PageBlock.heading` does not tell. `isTitle` says
 * which short lines of text serve as headings. Menus, consent banners, comments and dialogues are left out.
 */
export const outlineOf = (document: PageDocument, isTitle: (line: string, kind: PageBlock['kind']) => boolean): readonly PlacedBlock[] => {
  const stacks = new Map<string, readonly Title[]>()
  const placed: PlacedBlock[] = []
  let headings = 0
  for (const block of document.blocks) {
    const known = block.kind === 'heading' ? document.headings[headings++]?.level : undefined
    if (MUTE.has(block.part)) continue
    const zone = zoneOf(block)
    const stack = stacks.get(zone) ?? []
    const text = oneLine(block.text)
    const above = stack.findLast(title => Number.isInteger(title.level))?.level ?? 0
    const level =
      known ?? (isTitle(text, block.kind) ? Math.max(above, SHALLOWEST_LINE) + LINE_LEVEL : undefined)
    if (level === undefined) placed.push({ block, text, path: stack })
    else {
      const path = stack.filter(title => title.level < level)
      stacks.set(zone, [...path, { text, level }])
      placed.push({ block, text, level, path })
    }
  }
  return placed
}
