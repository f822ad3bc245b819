import type { Block, BlockImage } from './blocks.ts'
import type { Boilerplate } from './boilerplate.ts'
import { attribute } from './dom.ts'
import { altOf } from './links.ts'
import type { PageBlock, PageHeading, PageImage } from './page-document.ts'
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

/** The section each block stands in: that of the last heading, unless another part of the page begins. */
export const sectionsOf = (blocks: readonly Block[]): readonly Section[] => {
  let section = NO_SECTION
  return blocks.map(block => {
    const part = block.region.boilerplate
    if (levelOf(block) !== undefined) {
      section = { heading: block.text.replaceAll('\n', ' '), anchor: block.anchor ?? block.outerAnchor, part }
    } else if (part !== section.part) return { ...NO_SECTION, part }
    return section
  })
}

/** The blocks as plain values, each with the part of the page and the section it stands in. */
export const readPageBlocks = (
  blocks: readonly Block[],
  sections: readonly Section[],
  main: ReadonlySet<Block>,
): readonly PageBlock[] =>
  blocks.map((block, i) => {
    const kind = kindOf(block)
    const part = main.has(block) ? 'main' : (block.region.boilerplate ?? 'other')
    const { heading, anchor } = sections[i]!
    const above = kind === 'heading' ? undefined : heading
    return {
      text: block.text,
      kind,
      part,
      ...placed({ heading: above, anchor: block.anchor ?? anchor ?? block.outerAnchor }),
    }
  })

/** The images that say what they show, each in its section; `data-src` where a script would load them. */
export const readImages = (
  images: readonly BlockImage[],
  sections: readonly Section[],
  baseUrl: string,
): readonly PageImage[] =>
  images.map(({ element, region, blocksBefore }) => {
    const source = attribute(element, 'data-src') ?? attribute(element, 'src') ?? ''
    const section = sections[blocksBefore - 1] ?? NO_SECTION
    const heading = section.part === region.boilerplate ? section.heading : undefined
    return {
      url: pageUrl(source, baseUrl) ?? '',
      alt: altOf(element),
      part: region.boilerplate ?? 'main',
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
