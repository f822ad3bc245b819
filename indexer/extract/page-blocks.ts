import type { Block, BlockImage, Region } from './blocks.ts'
import type { Boilerplate } from './boilerplate.ts'
import { attribute, type Element, isElement } from './dom.ts'
import { altOf } from './links.ts'
import type { PageBlock, PageHeading, PageImage, PartName, TableCell } from './page-document.ts'
import { pageUrl } from './urls.ts'

const MAX_HEADINGS = 500

interface Placed {
  readonly heading?: string
  readonly anchor?: string
}

const KINDS: ReadonlyMap<string, PageBlock['kind']> = new Map([
  ['li', 'list-entry'],
  ['dd', 'list-entry'],
  ['dt', 'list-entry'],
  ['td', 'cell'],
  ['th', 'cell'],
  ['blockquote', 'quote'],
  ['pre', 'preformatted'],
])

const HEADING_LEVELS: ReadonlyMap<string, PageHeading['level']> = new Map([
  ['h1', 1],
  ['h2', 2],
  ['h3', 3],
  ['h4', 4],
  ['h5', 5],
  ['h6', 6],
])

/** The level of the heading a block is or stands in (`<h2><div>…`); `undefined` when it is none. */
const levelOf = (block: Block): PageHeading['level'] | undefined =>
  HEADING_LEVELS.get(block.region.element.name) ?? HEADING_LEVELS.get(block.region.parent?.element.name ?? '')

const kindOf = (block: Block): PageBlock['kind'] => {
  if (levelOf(block) !== undefined) return 'heading'
  return KINDS.get(block.region.element.name) ?? KINDS.get(block.region.parent?.element.name ?? '') ?? 'paragraph'
}

/** How far up a paragraph finds its cell, and a cell its table. */
const CELL_LEVELS = 4
const MAX_COLUMNS = 200

/** Elements beside a cell, before and behind. */
const cellsBeside = (cell: Element, side: 'prev' | 'next'): number => {
  let count = 0
  for (let each = cell[side]; each !== null && count < MAX_COLUMNS; each = each[side]) if (isElement(each)) count++
  return count
}

const numbered = <T>(numbers: Map<T, number>, key: T): number => {
  const known = numbers.get(key)
  if (known === undefined) numbers.set(key, numbers.size)
  return known ?? numbers.size - 1
}

/** Tells where in a table a block stands, by the elements: empty cells count, which give no block. */
const cellReader = (): ((block: Block) => { readonly cell?: TableCell }) => {
  const tables = new Map<unknown, number>()
  const rows = new Map<unknown, number>()
  return ({ region }) => {
    let cell: Region | undefined = region
    for (let level = 0; cell && !/^t[dh]$/.test(cell.element.name) && level < CELL_LEVELS; level++) cell = cell.parent
    const row = cell?.element.parent
    if (!cell || !/^t[dh]$/.test(cell.element.name) || !row) return {}
    let table = row.parent
    while (table !== null && isElement(table) && /^t(?:body|head|foot)$/.test(table.name)) table = table.parent
    const isHeader = cell.element.name === 'th'
    const column = cellsBeside(cell.element, 'prev')
    const columns = column + 1 + cellsBeside(cell.element, 'next')
    const at = { table: numbered(tables, table), row: numbered(rows, row), column, columns }
    return { cell: { ...at, ...(isHeader ? { isHeader } : {}) } }
  }
}

const PART_NAMES: readonly (readonly [PartName, RegExp])[] = [
  ['partners', /(?<![a-z])(?:partenaires?|partners?|sponsors?|financeurs?|soutiens?|press|presse)(?![a-z])/],
  ['testimonials', /(?<![a-z])(?:temoignages?|testimonials?|verbatims?|avis-clients?)(?![a-z])/],
  [
    'customers',
    /(?<![a-z])(?<!(?:espace|portail|service|relation|compte|area|login|menu|nav)[-_]?)(?:clients?|customers?|references?|trusted(?:-?by)?|confiance)(?![a-z])(?![-_](?:area|login|portal|space|support|service|id|side))/,
  ],
]
const NAME_LEVELS = 3

const calledAs = (region: Region): { readonly calledAs?: PartName } => {
  let each: Region | undefined = region
  for (let level = 0; each && each.element.name !== 'body' && level < NAME_LEVELS; level++, each = each.parent) {
    const { label } = each
    const name = PART_NAMES.find(([, pattern]) => pattern.test(label))?.[0]
    if (name !== undefined) return { calledAs: name }
  }
  return {}
}

/** Only what is there: `undefined` fields would be keys. */
export const placed = (where: {
  readonly heading?: string | undefined
  readonly anchor?: string | undefined
}): Placed => ({
  ...(where.heading === undefined ? {} : { heading: where.heading }),
  ...(where.anchor === undefined ? {} : { anchor: where.anchor }),
})

/** What a block stands under. */
export interface Section {
  readonly heading: string | undefined
  readonly anchor: string | undefined
  /** The part of the page it belongs to; a footer is not under the last heading of the text. */
  readonly part: Boilerplate | undefined
}

const NO_SECTION: Section = { heading: undefined, anchor: undefined, part: undefined }

/** The section each block stands in: that of the last heading, unless another part of the page begins. Captions do not. */
export const sectionsOf = (blocks: readonly Block[]): readonly Section[] => {
  let section = NO_SECTION
  return blocks.map(block => {
    const part = block.region.boilerplate
    if (levelOf(block) !== undefined) {
      section = { heading: block.text.replaceAll('\n', ' '), anchor: block.anchor ?? block.outerAnchor, part }
    } else if (part !== section.part && part !== 'caption') return { ...NO_SECTION, part }
    return section
  })
}

/** The blocks as plain values, each with the part of the page and the section it stands in. */
export const readPageBlocks = (
  blocks: readonly Block[],
  sections: readonly Section[],
  main: ReadonlySet<Block>,
): readonly PageBlock[] => {
  const cellOf = cellReader()
  return blocks.map((block, i) => {
    const kind = kindOf(block)
    const part = main.has(block) ? 'main' : (block.region.boilerplate ?? 'other')
    const { heading, anchor } = sections[i]!
    const above = kind === 'heading' ? undefined : heading
    return {
      text: block.text,
      kind,
      part,
      ...placed({ heading: above, anchor: block.anchor ?? anchor ?? block.outerAnchor }),
      ...(block.times.length === 0 ? {} : { times: block.times }),
      ...cellOf(block),
      ...calledAs(block.region),
    }
  })
}

/** The images that say what they show, each in its section; `data-src` where a script would load them. */
export const readImages = (
  images: readonly BlockImage[],
  sections: readonly Section[],
  baseUrl: string,
): readonly PageImage[] =>
  images.map(({ element, region, blocksBefore }) => {
    const source = attribute(element, 'data-src') ?? attribute(element, 'src') ?? ''
    const section = sections[blocksBefore - 1] ?? NO_SECTION
    const part = region.boilerplate === 'caption' ? undefined : region.boilerplate
    const heading = section.part === part ? section.heading : undefined
    return {
      url: pageUrl(source, baseUrl) ?? '',
      alt: altOf(element),
      part: region.boilerplate ?? 'main',
      blocksBefore,
      ...calledAs(region),
      ...placed({ heading }),
    }
  })

/** The headings of the page, at most 500. */
export const readHeadings = (blocks: readonly Block[]): readonly PageHeading[] => {
  const headings: PageHeading[] = []
  for (const block of blocks) {
    const level = levelOf(block)
    const anchor = block.anchor ?? block.outerAnchor
    if (level === undefined || headings.length >= MAX_HEADINGS) continue
    headings.push({
      level,
      text: block.text.replaceAll('\n', ' ').slice(0, 500),
      ...(anchor === undefined ? {} : { anchor }),
    })
  }
  return headings
}
