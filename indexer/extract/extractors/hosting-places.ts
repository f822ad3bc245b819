import type { SitePageContent } from '../extractor.ts'
import type { PageBlock } from '../page-document.ts'
import { foldInPlace, type Stance, stanceOf } from './claim-context.ts'
import { ownNames } from './own-organisation.ts'
import { type PageKind, pageKindOf, type Statement, statementsOf } from './statements.ts'

/** A sentence that says where customers' data or the service are hosted. */
export interface HostingStatement {
  readonly text: string
  /** Absent for the alternative text of an image. */
  readonly block?: PageBlock
  /** ISO 3166-1 alpha-2, in the order of the sentence; empty when it only says Europe. */
  readonly countries: readonly string[]
  readonly isEurope: boolean
}

/** Names, cities of known data centres and adjectives, for text without accents or capitals. */
const COUNTRIES: readonly (readonly [code: string, pattern: string])[] = [
  [
    'FR',
    'france|hexagone|(?:territoire|sol) (?:francais|national)|paris|roubaix|gravelines|strasbourg|lyon|rennes|nantes|lille|marseille|' +
      'bordeaux|toulouse|grenoble|nancy|brest|lannion|vannes|lorient|quimper|angers|tours|orleans|caen|rouen|dijon|' +
      'montpellier|nice|sophia[- ]antipolis|limoges|clermont-ferrand|besancon|poitiers|metz|reims|le mans|saint-denis|' +
      'ile-de-france|bretagne|normandie|occitanie|alsace|hauts-de-france|brittany',
  ],
  ['DE', 'allemagne|germany|francfort|frankfurt|berlin|munich|falkenstein|nuremberg'],
  ['BE', 'belgique|belgium|bruxelles|brussels'],
  ['CH', 'suisse|switzerland|geneve|geneva|zurich'],
  ['LU', 'luxembourg'],
  ['NL', 'pays-bas|netherlands|amsterdam'],
  ['IE', 'irlande|ireland|dublin'],
  ['ES', 'espagne|spain|madrid'],
  ['IT', 'italie|italy|milan'],
  ['AT', 'autriche|austria'],
  ['PT', 'portugal'],
  ['FI', 'finlande|finland|helsinki'],
  ['SE', 'suede|sweden|stockholm'],
  ['GB', 'royaume-uni|united kingdom|londres|london'],
  ['CA', 'canada|montreal|beauharnois'],
  ['US', 'etats-unis|united states|usa'],
]
const PLACE = COUNTRIES.map(([code, names]) => `(?<${code}>${names})`).join('|')
const EUROPE =
  "(?<EU>l'ue\\b|union europeenne|europe\\b|eu\\b|the eu\\b|european union|espace economique europeen|eee\\b)"

const PREPOSITION =
  "(?:quitt\\w{1,4}(?: jamais| pas)?|leaves?|en|au|aux|a|in|within|inside|sur|dans|from|de|pres de|near|chez|on) (?:la |le |les |l'|the )?(?:seule |region (?:de |d')?|nord de la |sud de la |territoire de la )?"
/** "en France", "à Rennes", "(France)", "100 % France", and lists: "à Rennes et Lyon, en France". */
const PLACED = new RegExp(
  `(?:${PREPOSITION}|[(:,/–-] ?|100 ?%? |\\bet |\\band |\\bou |\\bor )(?:${PLACE}|${EUROPE})(?![\\w-])`,
  'g',
)
const ADJECTIVES: readonly (readonly [code: string, pattern: RegExp])[] = [
  [
    'EU',
    /\b(?:heberge(?:ment|ur|urs)|cloud|serveurs?|datacent(?:er|re)s?|data cent(?:er|re)s?|centres? de donnees)(?: [a-z]{4,12})? (?:100 ?% )?europeens?\b|\beuropean (?:data ?cent(?:er|re)s?|servers?|cloud|hosting)\b/,
  ],
  [
    'FR',
    /\b(?:heberge(?:ment|ur|urs|e|es|s)|hosting|cloud|serveurs?|servers?|datacent(?:er|re)s?|data cent(?:er|re)s?|centres? de donnees)(?: [a-z]{4,12}){0,2} (?:100 ?% )?(?:francais|french)\b|\bfrench (?:data ?cent(?:er|re)s?|servers?|cloud|hosting|soil)\b/,
  ],
  [
    'DE',
    /\b(?:datacent(?:er|re)s?|data cent(?:er|re)s?|serveurs?) allemands?\b|\bgerman (?:data ?cent(?:er|re)s?|servers?)\b/,
  ],
]

/** Who or what is hosted, and that it is. */
const HOSTED =
  /\bheberg(?:e|ee|es|ees|ement|ements|eons|eur|eurs)\b|\bstock(?:ee?s?|age|ons)\b|\blocalis(?:ee?s?|ation)\b|\bconservee?s?\b|\bhosted\b|\bhosting\b|\bhost\b|\bstored?\b|\bstorage\b|\bkept\b|\bresidency\b|\blocated\b|\bdata ?cent(?:er|re)s?\b|\bcentres? de donnees\b|\bserveurs?\b|\bservers?\b|\bsauvegard\w{1,4}|\brepliqu\w{1,4}|\brest(?:e|ent)\b(?! (?:[a-z]{3,12} )?(?:accessib|disponib|consult))|\bdemeur\w{1,3}\b|\bstays?\b|\bremains?\b|\bsouverain\b|\binfoger\w{1,4}|\bsalles? (?:machines?|serveurs?)|\brun(?:s|ning)? (?:on|in)\b/
const SUBJECT =
  /\bdonnees\b|\bdata\b|\bserveurs?\b|\bservers?\b|\bdata ?cent|\bcentres? de donnees\b|\bplateformes?\b|\bplatform\b|\bapplications?\b|\bsolutions?\b|\blogiciels?\b|\bsoftware\b|\bservices?\b|\bsaas\b|\bheberge|\bhosted\b|\bhosting\b|\bcloud\b|\bsauvegardes?\b|\bbackups?\b|\binfrastructures?\b|\bjournaux\b|\bdossiers\b|\bdocuments?\b|\bmesures\b|\bfichiers\b|\binstances?\b/
const TOPIC =
  /heberg|hosting|hosted|datacent|data cent|localisation des donnees|data location|ou sont (?:\w+ ){0,3}donnees|stockage|serveurs|where is|where are/

/** "Ne quittent jamais la France", "never leave the EU": a denial that says where they are. */
const STAYS =
  /(?:ne |n')(?:quitt\w{1,4}|sor\w{1,4}|transit\w{1,4})[^.;]{0,30}|\b(?:never|not) leaves?\b[^.;]{0,20}|(?:aucune?|jamais|ni)\b[^.;]{0,60}\b(?:hors|en dehors|outside)\b[^.;]{0,15}|\bwithout leaving\b[^.;]{0,15}/

const NOT_DATA =
  /\bgites?\b|camping|\bhotel|touristi|hebergement d'urgence|\bnuitees?\b|\b(?:ce|le|notre|du|present|this|our|the) (?:present )?(?:site|website|web site)(?: internet| web)?(?! de production| de secours| isole|s)\b|siege|head ?office|bureaux|\bstages?\b/
const OTHERS_TALK =
  /concurren|contrairement|gafam|acteurs? americain|geants? |americains? |la plupart des|beaucoup d|souvent|trop de|competitors|unlike|most /

const SPEAKS_OF_FIRM = /\b(?:nous|notre|nos|we|our)\b/
const SERVICE = /\bclients?\b|utilisateurs|plateforme|application|solution|logiciel|saas|customers?|users|platform/

/** The sentence with "your" as "the": whose data are hosted is not the question here. */
const neutral = (text: string): string => text.replace(/\b(?:your|votre|vos)\b/gi, word => 'the'.padEnd(word.length))

const DENYING: ReadonlySet<Stance> = new Set(['denied', 'pending', 'offered', 'asked'])

interface Place {
  /** Of the country; "EU". */
  readonly code: string
  readonly start: number
}

const placesIn = (plain: string): readonly Place[] => {
  const named = [...plain.matchAll(PLACED)].flatMap(match => {
    const group = Object.entries(match.groups ?? {}).find(([, value]) => value !== undefined)
    return group === undefined ? [] : [{ code: group[0], start: match.index }]
  })
  const adjectives = ADJECTIVES.flatMap(([code, pattern]) => {
    const match = pattern.exec(plain)
    return match === null ? [] : [{ code, start: match.index + match[0].length }]
  })
  return [...named, ...adjectives].sort((a, b) => a.start - b.start)
}

/** Neither another's place, nor where things are not or not yet. */
const isClaimedAt = (text: string, plain: string, { start }: Place, names: readonly string[]): boolean => {
  const stays = STAYS.exec(plain)
  if (stays !== null && start >= stays.index && start <= stays.index + stays[0].length) return true
  const before = plain.slice(0, start)
  const others = OTHERS_TALK.exec(before)
  if (others !== null && !SPEAKS_OF_FIRM.test(before.slice(others.index))) return false
  if (/\b(?:non|pas|jamais|not|never|hors|outside)(?: pas)? $/.test(before)) return false
  return !DENYING.has(stanceOf({ sentence: neutral(text), start, end: start, names, ignoring: 'other' }))
}

/** How far from the first place the sentence says that something is hosted. */
const REACH = 110

const saysHosting = (plain: string, start: number, topic: string): boolean => {
  const near = plain.slice(Math.max(0, start - REACH), start + 60)
  const isAnswer = TOPIC.test(topic) && (start <= 25 || plain.length <= 60)
  return (HOSTED.test(near) && SUBJECT.test(plain)) || STAYS.test(plain) || isAnswer
}

/** Whether a page that speaks of other things too means the firm's service here. */
const isOfService = (plain: string, kind: PageKind, names: readonly string[]): boolean => {
  if (kind === 'other') return true
  if (kind === 'legal') return SERVICE.test(plain)
  return SPEAKS_OF_FIRM.test(plain) || names.some(name => name.length > 3 && plain.includes(foldInPlace(name)))
}

/** The places of a sentence in which the firm hosts; none when it speaks of something else. */
const readSentence = (
  text: string,
  plain: string,
  names: readonly string[],
  kind: PageKind,
  topic: string,
): readonly Place[] => {
  if (!(HOSTED.test(plain) || TOPIC.test(topic) || STAYS.test(plain))) return []
  const [first, ...rest] = placesIn(plain)
  if (first === undefined || NOT_DATA.test(plain)) return []
  if (!saysHosting(plain, first.start, topic) || !isOfService(plain, kind, names)) return []
  return [first, ...rest].filter(place => isClaimedAt(text, plain, place, names))
}

const statementOf = (text: string, places: readonly Place[], block?: PageBlock): HostingStatement => ({
  text,
  ...(block === undefined ? {} : { block }),
  countries: [...new Set(places.map(({ code }) => code))].filter(code => code !== 'EU'),
  isEurope: places.some(({ code }) => code === 'EU'),
})

const isSiteHost = (path: readonly string[]): boolean =>
  path.some(heading =>
    /hebergement du site|hebergeur|mentions legales|editeur du site|cookies|siege|nous trouver|implantation/.test(
      foldInPlace(heading),
    ),
  )

const fromStatement = (statement: Statement, names: readonly string[], kind: PageKind): readonly HostingStatement[] => {
  const { text, plain, block, path, leadIn, before } = statement
  if (kind === 'legal' && isSiteHost(path)) return []
  const topic = foldInPlace([path.at(-1) ?? '', leadIn ?? '', before?.endsWith('?') ? before : ''].join(' '))
  if (/ du site|siege|site (?:internet|web)/.test(topic)) return []
  const places = readSentence(text, plain, names, kind, topic)
  return places.length === 0 ? [] : [statementOf(text, places, block)]
}

const OF_OTHERS = /partenaires|partners|clients|confiance|trust/

/** Two extractors ask. */
const READ = new WeakMap<SitePageContent, readonly HostingStatement[]>()

/** What the page says of where customers' data and the service are hosted; the host of the site itself is none. */
export const hostingOn = (page: SitePageContent): readonly HostingStatement[] => {
  const known = READ.get(page)
  if (known !== undefined) return known
  const statements = readHosting(page)
  READ.set(page, statements)
  return statements
}

const readHosting = (page: SitePageContent): readonly HostingStatement[] => {
  const names = ownNames(page)
  const kind = pageKindOf(page)
  const texts = statementsOf(page).flatMap(statement => fromStatement(statement, names, kind))
  const logos = page.document.images.flatMap(({ alt, heading = '' }) => {
    const places = OF_OTHERS.test(foldInPlace(heading)) ? [] : readSentence(alt, foldInPlace(alt), names, kind, '')
    return places.length === 0 ? [] : [statementOf(alt, places)]
  })
  return [...texts, ...logos]
}
