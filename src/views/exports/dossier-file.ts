import { toCsv } from './csv.ts'
import { dossierDocx } from './dossier-docx.ts'
import { type DossierExport, dossierTables, suppliersTable } from './dossier-tables.ts'
import { toXlsx } from './xlsx.ts'

/** The files that a dossier is taken away as, beside its frozen JSON. */

export const DOSSIER_FILES = ['csv', 'xlsx', 'docx'] as const
export type DossierFileFormat = (typeof DOSSIER_FILES)[number]

/** The dossier as a file of a format. */
export const writeDossierFile = async (format: DossierFileFormat, view: DossierExport): Promise<Buffer> => {
  if (format === 'csv') return Buffer.from(toCsv(suppliersTable(view), view.language))
  return format === 'xlsx' ? toXlsx(dossierTables(view)) : dossierDocx(view)
}
