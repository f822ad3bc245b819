import type { PageBlock, PageDocument, PartName } from '../page-document.ts'
import { oneLine } from './plain-text.ts'

/** A heading, or a line of text that serves as one, with its level: half levels are such lines. */
export interface Title {
  readonly text: string
  readonly level: number
  /** What the page's author calls the part it stands in. */
  readonly calledAs?: PartName
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
  /** The number of the page's block that it is or is a line of. */
  readonly index: number
}

/** A heading as those below it see it. */
export const titleOf = ({ text, level, block: { calledAs } }: PlacedBlock): Title => ({
  text,
  level: level ?? 0,
  ...(calledAs === undefined ? {} : { calledAs }),
})

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
export const zoneOf = ({ part }: { readonly part: PageBlock['part'] }): string =>
  part === 'footer' || part === 'header' ? part : 'text'

/** Page builders write titles as plain text: such a line ends with its section, deeper headings stand under it. */
const LINE_LEVEL = 0.5
const SHALLOWEST_LINE = 2

const BULLET = /^\s*[–—•·*>✓✔→-]+\s+/u

/** A block of several lines of which the first serves as a heading, or that begin with dashes, is as many blocks. */
const linesOf = (
  block: PageBlock,
  isTitle: (line: string, kind: PageBlock['kind']) => boolean,
): readonly PageBlock[] => {
  if (!block.text.includes('\n') || block.kind === 'heading' || block.kind === 'quote') return [block]
  const lines = block.text.split('\n')
  const isList = lines.filter(line => BULLET.test(line)).length > 1
  if (!isList && !isTitle(oneLine(lines[0] ?? ''), block.kind)) return [block]
  return lines.map(line => ({
    ...block,
    text: line.replace(BULLET, '').trim(),
    kind: BULLET.test(line) ? 'list-entry' : block.kind === 'cell' ? 'paragraph' : block.kind,
  }))
}

/**
 * The blocks of a page in order with all headings above them, which `PageBlock.heading` does not tell. `isTitle` says
 * which short lines of text serve as headings. Menus, consent banners, comments and dialogues are left out.
 */
export const outlineOf = (
  document: PageDocument,
  isTitle: (line: string, kind: PageBlock['kind']) => boolean,
): readonly PlacedBlock[] => {
  const stacks = new Map<string, readonly Title[]>()
  const placed: PlacedBlock[] = []
  let headings = 0
  const lines = document.blocks.flatMap((each, index) => linesOf(each, isTitle).map(block => ({ block, index })))
  for (const { block, index } of lines) {
    const known = block.kind === 'heading' ? document.headings[headings++]?.level : undefined
    if (MUTE.has(block.part)) continue
    const zone = zoneOf(block)
    const stack = stacks.get(zone) ?? []
    const text = oneLine(block.text)
    const above = stack.findLast(title => Number.isInteger(title.level))?.level ?? 0
    const level = known ?? (isTitle(text, block.kind) ? Math.max(above, SHALLOWEST_LINE) + LINE_LEVEL : undefined)
    if (level === undefined) placed.push({ block, text, path: stack, index })
    else {
      const path = stack.filter(title => title.level < level)
      stacks.set(zone, [...path, titleOf({ block, text, level, path, index })])
      placed.push({ block, text, level, path, index })
    }
  }
  return placed
}
