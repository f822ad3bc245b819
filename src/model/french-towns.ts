import { createRequire } from 'node:module'
import { departmentByName, placeKey, regionByName } from './geography.ts'

/** French places by name alone: what a page means by "à Cholet" or "en Mayenne". */

const require = createRequire(import.meta.url)

interface CommuneRow {
  readonly nom: string
  readonly type: string
  readonly population?: number
}

/** Below this a name is more often a word or a foreign place. */
const MIN_POPULATION = 2_000

/** Better known elsewhere, or words that a sentence may capitalise. */
const AMBIGUOUS = new Set('vienne bruges munster cologne montreal rome sens die plan la france site the'.split(' '))

/** Names that people use beside the administrative ones. */
const REGIONS = new Set(
  (
    'alsace,lorraine,champagne,champagne ardenne,picardie,auvergne,rhone alpes,limousin,poitou,poitou charentes,aquitaine,' +
    'bourgogne,franche comte,languedoc,languedoc roussillon,midi pyrenees,provence,nord pas de calais,haute normandie,' +
    'basse normandie,anjou,touraine,berry,perigord,quercy,bearn,pays basque,dauphine,vercors,beaujolais,sologne,beauce,' +
    'perche,gascogne,cevennes,drome provencale,savoie mont blanc,tregor,vallee de l arve,corse'
  ).split(','),
)

let towns: ReadonlySet<string> | undefined
const townKeys = (): ReadonlySet<string> => {
  towns ??= new Set(
    (require('@etalab/decoupage-administratif/data/communes.json') as readonly CommuneRow[])
      .filter(({ type, population = 0 }) => type === 'commune-actuelle' && population >= MIN_POPULATION)
      .map(({ nom }) => placeKey(nom)),
  )
  return towns
}

/** Whether a name, with its article ("Le Mans"), is of a commune of at least 2,000 inhabitants; the first call reads a table. */
export const isFrenchTown = (name: string): boolean => {
  const key = placeKey(name)
  return key.length >= 3 && !AMBIGUOUS.has(key) && townKeys().has(key)
}

/** Whether a name, without its article, is of a région of today or before 2016, a département or a well-known pays. */
export const isFrenchRegion = (name: string): boolean =>
  regionByName(name) !== undefined || departmentByName(name) !== undefined || REGIONS.has(placeKey(name))
