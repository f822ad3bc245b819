import { type CustomerMention, mentionIn } from './customer-mention.ts'
import { isNameFirst, linesOf, namesInEntry, sectionOf } from './customer-sections.ts'
import type { CustomerSection } from './customer-titles.ts'
import type { PlacedBlock } from './outline.ts'
import { isAuthority, isPublicBody } from './public-bodies.ts'
import { tablesOf } from './table-columns.ts'

const CLIENT_COLUMN =
  /^(?:nos |notre )?(?:clients?|collectivites?|etablissements?|organismes?|organisations?|structures?|references?|maitres? d'ouvrage|communes?|customers?|noms?|qui|chez qui|who|acheteurs?|utilisateurs?)$/

const MIN_ROWS = 2

/** In a table without titles: the first column in which names of two words or more stand throughout. */
const columnOfNames = (cells: readonly PlacedBlock[]): number | undefined => {
  const columns = [...new Set(cells.map(({ block }) => block.cell?.column))].filter(column => column !== undefined)
  return columns.find(column => {
    const own = cells.filter(({ block }) => block.cell?.column === column)
    return (
      own.length >= MIN_ROWS &&
      own.every(({ text, block }) => / /.test(text) && !block.text.includes('\n') && isNameFirst(text))
    )
  })
}

/** The customers that tables name: those under a column's title over customers, and grids of names. */
export const customersInTables = (
  placed: readonly PlacedBlock[],
  fallback: CustomerSection | undefined,
): readonly CustomerMention[] =>
  tablesOf(placed, header => CLIENT_COLUMN.test(header)).flatMap(({ cells, isColumn }) => {
    const section = sectionOf(cells[0]?.path ?? [], fallback)
    if (section === 'others' || section === 'testimonials') return []
    const names = cells.map(cell => linesOf(cell.block.text).flatMap(line => namesInEntry(line, true)))
    const isOver = section !== undefined
    const bodies = names.flat().filter(name => isPublicBody(name) && !isAuthority(name))
    // Away from references a column of customers shows itself by the public bodies in it.
    if (!isOver && (!isColumn || bodies.length < Math.max(1, cells.length / 3))) return []
    // A grid of names, as pages of 2009 have them in place of logos; otherwise cells hold years and projects too.
    const isGrid = names.filter(each => each.length > 0).length >= 0.8 * cells.length && section === 'customers'
    const column = isColumn || isGrid ? undefined : columnOfNames(cells)
    return cells.flatMap((cell, i) =>
      (isColumn || isGrid || (column !== undefined && cell.block.cell?.column === column)
        ? names[i]!
        : names[i]!.filter(isPublicBody)
      ).map(name => mentionIn(name, cell.block)),
    )
  })
