import type { PlacedBlock } from './outline.ts'
import { plainText } from './plain-text.ts'

/** What the columns of tables of references, products and prices are called; plain text. */
const COLUMN =
  /^(?:nos |notre )?(?:clients?|collectivites?|etablissements?|organismes?|organisations?|structures?|references?|maitres? d'ouvrage|noms?|communes?|projets?|annees?|dates?|secteurs?|lieux?|villes?|departements?|regions?|solutions?|produits?|modeles?|gammes?|missions?|prestations?|services?|offres?|formules?|objets?|descriptions?|designations?|depuis(?: .{1,12})?|nombre .{1,20}|durees?|resultats?|tarifs?(?: .{1,12})?|prix(?: .{1,15})?|effectifs?|types?|usages?|taille|montants?|details?|contenus?|publics?|customers?|years?|country|since|products?|prices?|quantites?|sites?|perimetre|besoins?|realisations?|travaux|population|habitants|etat|statut|equipements?|mise en service|portee|autonomie|livraison|unite|pour qui.{0,3}|a qui.{0,20}|logiciels?|licences?|technologies?|mesures?|grandeurs?|delais?)$/

/** Runs of neighbouring cells: a table has lost its rows on the way, its empty cells too. */
const runsOf = (placed: readonly PlacedBlock[]): readonly (readonly PlacedBlock[])[] => {
  const runs: PlacedBlock[][] = []
  let isOpen = false
  for (const each of placed) {
    const isCell = each.block.kind === 'cell' && each.level === undefined
    if (isCell && isOpen) runs.at(-1)?.push(each)
    else if (isCell) runs.push([each])
    isOpen = isCell
  }
  return runs
}

/** A table: the cells under the wanted column's header, or, when nothing tells the columns, all cells. */
export interface Table {
  readonly cells: readonly PlacedBlock[]
  /** The header of the wanted column stands over these cells. */
  readonly isColumn: boolean
}

/** The tables of a page. `isWanted` recognises the header of the column to read, in plain text. */
export const tablesOf = (placed: readonly PlacedBlock[], isWanted: (header: string) => boolean): readonly Table[] =>
  runsOf(placed).map(cells => {
    const first = cells.findIndex(cell => !COLUMN.test(plainText(cell.text)))
    const width = first < 0 ? cells.length : first
    const column = cells.slice(0, width).findIndex(cell => isWanted(plainText(cell.text)))
    // A row with an empty cell shifts all after it: then no column can be read.
    if (width < 2 || column < 0 || cells.length % width !== 0) return { cells: cells.slice(width), isColumn: false }
    return { cells: cells.filter((_, i) => i >= width && i % width === column), isColumn: true }
  })
