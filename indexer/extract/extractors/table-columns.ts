import type { PlacedBlock } from './outline.ts'
import { plainText } from './plain-text.ts'

/** What the columns of tables of references, products and prices are called; plain text. */
const COLUMN =
  /^(?:nos |notre )?(?:clients?|collectivites?|etablissements?|organismes?|organisations?|structures?|references?|maitres? d'ouvrage|noms?|communes?|projets?|annees?|dates?|secteurs?|lieux?|villes?|departements?|regions?|solutions?|produits?|modeles?|gammes?|missions?|prestations?|services?|offres?|formules?|objets?|descriptions?|designations?|depuis(?: .{1,12})?|nombre .{1,20}|durees?|resultats?|tarifs?(?: .{1,12})?|prix(?: .{1,15})?|effectifs?|types?|usages?|taille|montants?|details?|contenus?|publics?|customers?|years?|country|since|products?|prices?|quantites?|sites?|perimetre|besoins?|realisations?|travaux|population|habitants|etat|statut|equipements?|mise en service|portee|autonomie|livraison|unite|pour qui.{0,3}|a qui.{0,20}|logiciels?|licences?|technologies?|mesures?|grandeurs?|delais?|qui|quoi|ou|quand|combien|chez qui|who|what|when|where)$/

/** A table: the cells under the wanted column's header, or, when nothing tells the columns, all cells. */
export interface Table {
  readonly cells: readonly PlacedBlock[]
  /** The header of the wanted column stands over these cells. */
  readonly isColumn: boolean
}

const groupBy = (
  placed: readonly PlacedBlock[],
  numberOf: (each: PlacedBlock) => number | undefined,
): readonly (readonly PlacedBlock[])[] => {
  const groups = new Map<number, PlacedBlock[]>()
  for (const each of placed) {
    const number = numberOf(each)
    if (number === undefined) continue
    const group = groups.get(number) ?? []
    group.push(each)
    groups.set(number, group)
  }
  return [...groups.values()]
}

const column = (each: PlacedBlock): number => each.block.cell?.column ?? 0

/** A row of column titles: marked as such, or made of the words that tables have there. */
const isHeaderRow = (row: readonly PlacedBlock[]): boolean =>
  row.length > 1 &&
  (row.every(({ block }) => block.cell?.isHeader === true) ||
    row.filter(({ text }) => COLUMN.test(plainText(text))).length >= Math.max(2, row.length / 2))

const tableOf = (cells: readonly PlacedBlock[], isWanted: (header: string) => boolean): Table => {
  const rows = groupBy(cells, ({ block }) => block.cell?.row)
  const at = rows.findIndex(isHeaderRow)
  const header = rows[at]
  if (header === undefined) return { cells, isColumn: false }
  const below = rows.slice(at + 1)
  const wanted = header.find(cell => isWanted(plainText(cell.text)))
  if (wanted === undefined) return { cells: below.flat(), isColumn: false }
  return {
    // A row with fewer cells hangs under one that spans rows: its cells belong elsewhere.
    cells: below
      .filter(row => row[0]?.block.cell?.columns === header[0]?.block.cell?.columns)
      .flatMap(row => row.filter(cell => column(cell) === column(wanted))),
    isColumn: true,
  }
}

/** The tables of a page. `isWanted` recognises the header of the column to read, in plain text. */
export const tablesOf = (placed: readonly PlacedBlock[], isWanted: (header: string) => boolean): readonly Table[] =>
  groupBy(
    placed.filter(({ level }) => level === undefined),
    ({ block }) => block.cell?.table,
  ).map(cells => tableOf(cells, isWanted))
