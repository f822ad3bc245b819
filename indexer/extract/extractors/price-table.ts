import type { PageBlock } from '../page-document.ts'
import { plain } from './folded-text.ts'
import { pricesIn } from './price-text.ts'

const MAX_COLUMNS = 10
const MAX_CELLS = 2_000

/** What the header of a column of prices holds. */
export const PRICE_HEADER =
  /prix|tarif|mensuel|annuel|\bmois\b|\ban\b|\bht\b|\bttc\b|€|\bjour|price|cost|fee|monthly|yearly|annual|montant|cout|mise en service|installation|abonnement|licence|frais|setup/

const isPrice = (words: string): boolean =>
  words.length <= 60 && (/^\d[\d .,]{0,12}$/.test(words) || pricesIn(words).length > 0)

/** The number of columns for which most prices stand under a header of prices; `undefined` when no number fits. */
const columnsOf = (cells: readonly string[]): number | undefined => {
  const prices = cells.flatMap((cell, i) => (/€|eur/.test(cell) && isPrice(cell) ? [i] : []))
  const bare = cells.flatMap((cell, i) => (isPrice(cell) ? [i] : []))
  const firstPrice = (prices.length > 0 ? prices : bare)[0] ?? 0
  for (let columns = 2; columns <= Math.min(MAX_COLUMNS, firstPrice); columns++) {
    if (cells.length % columns !== 0 || cells.slice(0, columns).some(cell => isPrice(cell))) continue
    const placed = prices.length > 0 ? prices : bare.filter(i => /€|eur|ht\b/.test(cells[i % columns] ?? ''))
    if (placed.length > 0 && placed.every(i => PRICE_HEADER.test(cells[i % columns] ?? ''))) return columns
  }
  return undefined
}

const withTable = (cells: readonly PageBlock[], caption: string, headers: Map<PageBlock, string>): void => {
  const words = cells.slice(0, MAX_CELLS).map(cell => plain(cell.text))
  const columns = columnsOf(words)
  let label = ''
  let first = ''
  for (const [i, cell] of cells.slice(0, MAX_CELLS).entries()) {
    if (columns !== undefined && i % columns === 0) first = words[i]!
    if (!isPrice(words[i]!)) label = words[i]!
    // "Abonnement annuel" opens its row: the header only says that prices stand there.
    else if (columns !== undefined) headers.set(cell, `${words[i % columns]} | ${first} | ${caption}`)
    // Plans side by side: the row's first cell says what its prices are.
    else if (PRICE_HEADER.test(label) && !/^\d/.test(label)) headers.set(cell, [label, '', caption].join(' | '))
    else if (caption !== '') headers.set(cell, ['', '', caption].join(' | '))
  }
}

const MAX_CAPTION = 120

/** What stands before a table, when it speaks of prices: "Abonnement annuel, hors taxes". */
const captionOf = ({ text }: PageBlock): string => {
  const words = text.length > MAX_CAPTION ? '' : plain(text)
  return PRICE_HEADER.test(words) && !/\d/.test(words) ? words : ''
}

/** What the header of its column or row says of each cell that holds a price or a number. */
export const priceHeaders = (blocks: readonly PageBlock[]): ReadonlyMap<PageBlock, string> => {
  const headers = new Map<PageBlock, string>()
  let cells: PageBlock[] = []
  let before = ''
  for (const block of blocks) {
    if (block.kind === 'cell' && (cells.length === 0 || cells[0]!.heading === block.heading)) cells.push(block)
    else {
      if (cells.length > 0) withTable(cells, before, headers)
      if (block.kind !== 'cell') before = captionOf(block)
      cells = block.kind === 'cell' ? [block] : []
    }
  }
  if (cells.length > 0) withTable(cells, before, headers)
  return headers
}
