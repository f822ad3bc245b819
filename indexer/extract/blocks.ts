import { boilerplateOf, labelOf, type Region, settleBoilerplate } from './boilerplate.ts'
import { type AnyNode, attribute, type Element, isElement, isText, MAX_DEPTH } from './dom.ts'

export type { Region }

/** A date that the page marks as one, as it is written there. */
export interface BlockTime {
  /** What a visitor reads: "3 nov.", "il y a deux jours". */
  readonly text: string
  /** The date in its attribute (`datetime`, `title`, `content`), else the text. */
  readonly date: string
}

/** A paragraph, heading, list entry, cell: text between two breaks of the flow. */
export interface Block {
  /** White space collapsed, `br` kept as a line end. */
  readonly text: string
  /** Characters of `text` that are inside links. */
  readonly linkChars: number
  /** The innermost region it stands in: its own paragraph or heading. */
  readonly region: Region
  /** Its own `id`, or that of an `a name` in it. */
  readonly anchor: string | undefined
  /** The `id` of what closely holds it. */
  readonly outerAnchor: string | undefined
  /** The dates marked in it, in order. */
  readonly times: readonly BlockTime[]
}

/** An image with an alternative text, and how many blocks stand before it. */
export interface BlockImage {
  readonly element: Element
  readonly region: Region
  readonly blocksBefore: number
}

/** What a page shows, in reading order. */
export interface PageFlow {
  readonly blocks: readonly Block[]
  readonly images: readonly BlockImage[]
}

/** More text than anyone reads: a page of 2 MiB of one-letter paragraphs stays small. */
const MAX_BLOCKS = 10_000

const MAX_IMAGES = 300

/** How many levels up an `id` still names the block: further up it names the page's layout. */
const ANCHOR_LEVELS = 3

const INLINE = new Set(
  (
    'a abbr acronym b bdi bdo big cite code data dfn em font i ins kbd label mark nobr q rp rt ruby samp small ' +
    'span strong sub sup time tt u var wbr img picture amp-img'
  ).split(' '),
)

const SKIPPED = new Set(
  (
    'script style noscript template svg math canvas iframe object embed audio video map button select option textarea ' +
    'input datalist progress meter head link meta s strike del'
  ).split(' '),
)

/** Classes of what nobody reads: a price struck out, the name of an icon that a font draws in its place. */
const UNREAD =
  /(?:^|[\s_])(?:line-through|old-price|price-old|prix-barre|ancien-prix|compare-at-price|price--compare|material-(?:icons|symbols)[\w-]*)(?:$|\s)/

const isUnread = (element: Element): boolean => UNREAD.test(attribute(element, 'class')?.slice(0, 500) ?? '')

const isHidden = (element: Element): boolean =>
  attribute(element, 'hidden') !== undefined ||
  attribute(element, 'aria-hidden') === 'true' ||
  /display\s*:\s*none|visibility\s*:\s*hidden|\bline-through/i.test(attribute(element, 'style')?.slice(0, 1000) ?? '')

/** Whether a button is what a section is called by: the question of a FAQ that opens below it. */
const isTitle = ({ name }: Element, region: Region): boolean =>
  name === 'button' && /^h[1-6]$/.test(region.element.name)

const MAX_DATE = 40
const MAX_TIMES = 100
const DATE_ATTRIBUTES = ['datetime', 'content', 'title', 'data-date', 'data-published']
/** An attribute that is a date and nothing else, on whatever element. */
const IS_DATE = /^\s*(?:publi\S{1,3} le |le )?(?:20\d\d-\d\d|\d{1,2}(?:er)?[ /.]\S{1,10}[ /.]20\d\d)/i
const holdsYear = (value: string): boolean => value.length <= MAX_DATE && /(?:19|20)\d\d/.test(value)

/** The date that an element gives to machines or marks as one; `undefined` for dates of changes, and for all else. */
const dateOf = (element: Element, text: string): string | undefined => {
  const stated = DATE_ATTRIBUTES.flatMap(name => attribute(element, name) ?? []).filter(holdsYear)
  if (stated.length === 0 && element.name !== 'time') return undefined
  const names = `${attribute(element, 'class') ?? ''} ${attribute(element, 'itemprop') ?? ''}`.slice(0, 500)
  if (/updated|modified|birth|event|start|end-?date/i.test(names) && !/publi/i.test(names)) return undefined
  const isMarked = element.name === 'time' || element.name === 'abbr' || /\bdate|publi/i.test(names)
  const date = stated.find(value => isMarked || IS_DATE.test(value))
  return date ?? (element.name === 'time' && holdsYear(text) ? text : undefined)
}

const ownAnchor = (element: Element): string | undefined =>
  attribute(element, 'id') ?? (element.name === 'a' ? attribute(element, 'name') : undefined)

const outerAnchor = (region: Region): string | undefined => {
  let each = region.parent
  for (let level = 0; each && level < ANCHOR_LEVELS && each.element.name !== 'body'; level++, each = each.parent) {
    const anchor = ownAnchor(each.element)
    if (anchor) return anchor
  }
  return undefined
}

const tidy = (text: string): string =>
  text
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .trim()

const count = (region: Region, chars: number, linkChars: number): void => {
  for (let each: Region | undefined = region; each; each = each.parent) {
    each.chars += chars
    each.linkChars += linkChars
  }
}

/** The blocks and images of a page in reading order, hidden and machine parts left out, each with the regions it stands in. */
export const readBlocks = (root: Element): PageFlow => {
  const blocks: Block[] = []
  const images: BlockImage[] = []
  let text: string[] = []
  let linkText: string[] = []
  let inlineAnchor: string | undefined
  let times: BlockTime[] = []

  const flush = (region: Region): void => {
    if (text.length === 0) return
    const line = tidy(text.join(''))
    const linkChars = Math.min(line.length, tidy(linkText.join('')).length)
    const anchor = inlineAnchor ?? ownAnchor(region.element)
    text = []
    linkText = []
    inlineAnchor = undefined
    const date = times.length === 0 ? dateOf(region.element, line) : undefined
    const marked = date === undefined ? times : [{ text: line, date }]
    times = []
    if (line === '' || blocks.length >= MAX_BLOCKS) return
    blocks.push({ text: line, linkChars, region, anchor, outerAnchor: outerAnchor(region), times: marked })
    count(region, line.length, linkChars)
  }

  const visit = (nodes: readonly AnyNode[], region: Region, isLink: boolean, depth: number): void => {
    for (const node of nodes) {
      if (isText(node)) {
        const data = node.data.replace(/\s+/g, ' ')
        text.push(data)
        if (isLink) linkText.push(data)
      } else if (isElement(node)) visitElement(node, region, isLink, depth)
    }
  }

  const visitElement = (element: Element, region: Region, isLink: boolean, depth: number): void => {
    const isSkipped = SKIPPED.has(element.name) && !isTitle(element, region)
    if (depth >= MAX_DEPTH || isSkipped || isHidden(element) || isUnread(element)) return
    if (element.name === 'img' && attribute(element, 'alt')?.trim() && images.length < MAX_IMAGES) {
      images.push({ element, region, blocksBefore: blocks.length })
    }
    if (element.name === 'br') text.push('\n')
    else if (INLINE.has(element.name) || element.name === 'button') {
      inlineAnchor ??= ownAnchor(element)
      const from = text.length
      visit(element.children, region, isLink || element.name === 'a', depth + 1)
      // What the blocks inside have flushed was no part of this line.
      const own = tidy(text.slice(from).join(''))
      const date = times.length < MAX_TIMES ? dateOf(element, own) : undefined
      if (date !== undefined) times.push({ text: own, date })
    } else {
      flush(region)
      const label = labelOf(element)
      const inner = {
        element,
        parent: region,
        label,
        boilerplate: boilerplateOf(element, label),
        chars: 0,
        linkChars: 0,
      }
      visit(element.children, inner, isLink, depth + 1)
      flush(inner)
    }
  }

  const top: Region = { element: root, parent: undefined, label: '', boilerplate: undefined, chars: 0, linkChars: 0 }
  visit(root.children, top, false, 1)
  flush(top)
  settleBoilerplate(
    [...blocks, ...images].map(each => each.region),
    top,
  )
  return { blocks, images }
}
