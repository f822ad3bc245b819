import type { PageBlock } from '../page-document.ts'
import { plain } from './folded-text.ts'
import { announcesPrice } from './price-context.ts'
import { PRICE_HEADER } from './price-table.ts'
import type { TextPrice } from './price-text.ts'

/** Longer tags are sentences, which say themselves what they are about. */
const MAX_TAG = 80
const MAX_NAME = 160

/** What stands before the price where a tag begins with it. */
const BEGINS =
  /^(?:(?:a p(?:artir|\.)? d[eu']|des|de|from|starting at|prix|tarifs?|seulement|environ|soit|puis|\+)(?: ?:)? ?)*(?:€|eur)? ?$/

/** Whether a tag begins with its price, and so leaves unsaid what it is the price of: "à partir de 49 € HT posé". */
export const isBareTag = (words: string, [first]: readonly TextPrice[]): boolean =>
  first !== undefined && words.length <= MAX_TAG && BEGINS.test(words.slice(0, first.start))

/** The first line of a text when it may name something sold. */
const nameIn = (text: string): string => {
  const [line = ''] = text.split('\n', 1)
  return line.length <= MAX_NAME && !/€|\beuros?\b/i.test(line) ? line : ''
}

/** The cells that name others: the first of each row, and the first of each column, by table. */
interface Labels {
  readonly rows: Map<string, PageBlock>
  readonly columns: Map<string, PageBlock>
}

const labelsOf = (blocks: readonly PageBlock[]): Labels => {
  const labels: Labels = { rows: new Map(), columns: new Map() }
  for (const block of blocks) {
    if (block.cell === undefined) continue
    const { table, row, column } = block.cell
    const keys = [
      [labels.rows, `${table} ${row}`],
      [labels.columns, `${table} ${column}`],
    ] as const
    for (const [map, key] of keys) if (!map.has(key)) map.set(key, block)
  }
  return labels
}

/** "Pro", over a column of prices; "Prix HT" names nothing. */
const headerIn = (header: PageBlock | undefined, label: PageBlock, cell: PageBlock): string => {
  const text = header === undefined || header === cell || header === label ? '' : nameIn(header.text)
  return PRICE_HEADER.test(plain(text)) ? '' : text
}

/** The label of a cell's row, after the header of its column where that names something sold. */
const cellName = (block: PageBlock, { rows, columns }: Labels): string => {
  const { table, row, column } = block.cell ?? {}
  const label = rows.get(`${table} ${row}`)
  if (label === undefined || label === block) return ''
  return `${headerIn(columns.get(`${table} ${column}`), label, block)} ${nameIn(label.text)}`.trim()
}

/** Tells what each block of a price is the price of, as it stands on the page: row label, term, or the card's heading. */
export const createNamer = (blocks: readonly PageBlock[]): ((index: number) => string) => {
  const labels = labelsOf(blocks)
  return index => {
    const block = blocks[index]!
    const { heading = '', kind } = block
    const before = blocks[index - 1]
    const isBeside = before !== undefined && (before.kind === 'heading' || before.heading === block.heading)
    const isCard = kind === 'paragraph' && !announcesPrice(plain(heading))
    const texts = [isCard ? heading : '', isBeside ? before.text : '', heading]
    return cellName(block, labels) || (texts.map(nameIn).find(Boolean) ?? '')
  }
}
