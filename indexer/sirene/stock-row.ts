import { given, type LegalUnit, present, stateOf, withoutPerson, yearOf } from './legal-unit.ts'

/** Columns without which a file is not StockUniteLegale, or cannot be read without risk to persons. */
export const REQUIRED_COLUMNS = [
  'siren',
  'statutDiffusionUniteLegale',
  'categorieJuridiqueUniteLegale',
  'etatAdministratifUniteLegale',
  'denominationUniteLegale',
  'activitePrincipaleUniteLegale',
] as const

const yesNo = (text: string): boolean | undefined => (text === 'O' ? true : text === 'N' ? false : undefined)

/**
 * What is kept of a row of Insee's StockUniteLegale. The file has no place but the head office's number, and the names
 * of natural persons stand in columns that are not read.
 */
export const parseStockRow = (fields: ReadonlyMap<string, string>): LegalUnit => {
  const of = (column: string): string => given(fields.get(column))
  const nomenclature = of('nomenclatureActivitePrincipaleUniteLegale')
  const mission = yesNo(of('societeMissionUniteLegale'))
  const unit: LegalUnit = {
    ...present({
      name: of('denominationUniteLegale'),
      state: stateOf(of('etatAdministratifUniteLegale')),
      // Companies that ceased long ago keep the code of a nomenclature before NAF rév. 2.
      naf: nomenclature === '' || nomenclature === 'NAFRev2' ? of('activitePrincipaleUniteLegale') : '',
      headcountBand: of('trancheEffectifsUniteLegale'),
      headcountYear: of('anneeEffectifsUniteLegale'),
      founded: yearOf(of('dateCreationUniteLegale')),
      ess: yesNo(of('economieSocialeSolidaireUniteLegale')),
    }),
    ...(mission === true && { distinctions: ['societe-a-mission'] }),
  }
  return withoutPerson(unit, of('categorieJuridiqueUniteLegale'), of('statutDiffusionUniteLegale'))
}
