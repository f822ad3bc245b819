import { memoisedPhrases } from '../../../src/text/memo.ts'
import { oneLine, plainText } from './plain-text.ts'

/** What the names of public bodies begin with; plain text. */
const OPENERS = [
  'ville',
  'mairie',
  'commune(?! de paris)',
  'metropole',
  'eurometropole',
  'communaute (?:de communes|d.agglomeration|d.agglo|urbaine|metropolitaine|europeenne)',
  'agglo(?:meration)?',
  'grand (?:lyon|poitiers|reims|besancon|nancy|chambery|est|annecy|angouleme|cognac|paris sud)',
  'departement',
  'conseil (?:departemental|regional|general|municipal)',
  'collectivite (?:europeenne|territoriale|de)',
  'region',
  'syndicat (?:mixte|intercommunal|departemental|des eaux|d.energie|de|du)',
  'syndicat',
  '(?:sdis|sivom|sivu|siaep|sictom|smictom|sitcom|syctom|sytec|sde|siea|ccas|cias|epci|ept|crous|drac|dreal|ddt|dgfip|dgac)',
  'service departemental',
  'chu|chru|chr|chi|chs|chd|ght|ch',
  'centre hospitalier|groupe hospitalier|groupement hospitalier|hopita(?:l|ux)',
  'centre (?:communal|intercommunal|de gestion|d.archives)',
  'ap-?(?:hp|hm)|hospices civils|assistance publique',
  'universite',
  'academie|rectorat',
  'ministere|prefecture|sous-prefecture',
  'ars|agence regionale de sante|agence de l.eau|agence nationale',
  'etablissement public',
  'cnrs|inria|inrae|inserm|cea|cnes|ifremer|onera|cerema|brgm|ign|ademe|insee|anssi|dinum|anct|dga|irsn|bnf',
  'caisse des depots|france travail|pole emploi|meteo-france|gendarmerie|police nationale|marine nationale',
  'lycee|college|rectorat|ehpad public',
  'office (?:public|de l.habitat|de tourisme)|regie|oph|chambre (?:d.agriculture|de commerce|des? metiers)',
  '(?:cite|groupe) scolaire|ecoles? (?:primaire|maternelle|elementaire|publique|communale|municipale)',
  'petr|pnr|epcc|sivos|mdph|s\\.m\\.(?= )',
  'grand port maritime|port autonome|parc (?:naturel|national)',
  'direction (?:generale d|regionale d|departementale d|interministerielle)\\S{0,20}',
  'cour des comptes|senat|assemblee nationale|conseil d.etat|mediatheque departementale|archives departementales',
  'bibliotheque (?:nationale|municipale|universitaire)',
  '(?:city|town|municipality|county|region|university|ministry|department) of',
]

const BEGINS_PUBLIC = new RegExp(`^(?:la |le |les |l'|the )?(?:${OPENERS.join('|')})(?![\\p{L}\\d])`, 'u')

/** "Rennes Métropole", "Lannion-Trégor Communauté", "Dinan Agglomération", "Rennes University Hospital". */
const ENDS_PUBLIC = /[\p{L}] (?:metropole|agglomeration|agglo|communaute|city council|university|university hospital)$/u

/** "CC du Pays de Dol"; abbreviations that are words in lower case are not matched plain. */
const ABBREVIATED =
  /^(?:C[CAU]|SIE|SDE|SDIS|CD|EPT|ENS|CPIE)(?:[ -]?\d{1,3}(?!\d)|[ -](?!BY\b|0)(?:de la |de l['’]|de |du |des |d['’])?\p{Lu})/u

/** Private though they begin alike: a catholic school, a private clinic, a trade union, an advertising "régie". */
const PRIVATE =
  /^(?:l'|le |la )?(?:(?:lycee|college) .{0,40}\b(?:prive|catholique|saint(?!-(?:exupery|john))|sainte|notre-dame)|(?:universite|hopital) .{0,40}\b(?:privee?|catholique)|syndicat (?:national|professionnel|patronal|des (?:entreprises|medecins|pharmaciens|architectes))|regie (?:pub|immobil))/

const SHORT = 150

const plainName = (name: string): string =>
  plainText(oneLine(name.slice(0, SHORT))).replace(/^(?:la |le |les |l'|the )/, '')

const AUTHORITY =
  /^(?:prefecture|sous-prefecture|ministere|agence|ars\b|ademe|anssi|cnrs|inria|inrae|inserm|cea|cnes|ifremer|onera|cerema|brgm|ign|insee|anct|dga|irsn|bnf|caisse|france travail|pole emploi|gendarmerie|police|cour|senat|assemblee|conseil d.etat|direction|meteo-france|marine nationale|dreal|drac|ddt|dinum|chambre|etablissement public)\b/

/** Bodies of the state and its agencies: they certify, fund and govern as often as they buy. */
export const isAuthority = (name: string): boolean => AUTHORITY.test(plainName(name))

const FUNDER =
  /^(?:regions?|departements?|conseil (?:regional|departemental)|universite|university|academie|rectorat|grand est)\b/

/** Bodies that fund, research or are a place as often as they buy. */
export const isOftenFunder = (name: string): boolean => FUNDER.test(plainName(name))

/** Whether an organisation's name is that of a public body, by its first or last words. */
export const isPublicBody = memoisedPhrases((name: string): boolean => {
  const line = oneLine(name.slice(0, SHORT))
  const plain = plainText(line)
  if (PRIVATE.test(plain)) return false
  return BEGINS_PUBLIC.test(plain) || ENDS_PUBLIC.test(plain) || ABBREVIATED.test(line)
})
