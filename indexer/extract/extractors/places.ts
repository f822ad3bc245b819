import { isFrenchRegion, isFrenchTown } from './french-places.ts'

/** A place that a sentence names. */
export interface Place {
  /** ISO 3166-1 alpha-2 of its country; "EU" when the sentence only says Europe. */
  readonly code: string
  /** UTF-16 offset of the word that leads to it ("à", "en", "("), or the end of an adjective's phrase. */
  readonly start: number
  readonly end: number
}

/** Names of countries and of foreign or lower-case cities with data centres, for text without accents or capitals. */
const COUNTRIES: readonly (readonly [code: string, pattern: string])[] = [
  [
    'FR',
    '(?:northern |southern |eastern |western |mainland |metropolitan )?france(?: metropolitaine)?|hexagone|' +
      '(?:territoire|sol) (?:francais|national)|paris|roubaix|gravelines|strasbourg|lyon|rennes|nantes|lille|marseille|' +
      'bordeaux|toulouse|grenoble|nancy|brest|lannion|vannes|lorient|quimper|angers|tours|orleans|caen|rouen|dijon|' +
      'montpellier|nice|sophia[- ]antipolis|limoges|clermont-ferrand|besancon|poitiers|metz|reims|le mans|saint-denis|' +
      'ile-de-france|bretagne|normandie|occitanie|alsace|hauts-de-france|brittany|normandy',
  ],
  [
    'DE',
    'allemagne|germany|francfort|frankfurt|berlin|munich|falkenstein|nuremberg|hambourg|hamburg|stuttgart|dusseldorf',
  ],
  ['BE', 'belgique|belgium|bruxelles|brussels|anvers|antwerp|liege|namur'],
  ['CH', 'suisse|switzerland|geneve|geneva|zurich|lausanne|bale|berne'],
  ['LU', 'luxembourg'],
  ['NL', 'pays-bas|netherlands|amsterdam|rotterdam'],
  ['IE', 'irlande|ireland|dublin'],
  ['ES', 'espagne|spain|madrid|barcelone|barcelona'],
  ['IT', 'italie|italy|milan|turin'],
  ['AT', 'autriche|austria'],
  ['PT', 'portugal|lisbonne|lisbon'],
  ['FI', 'finlande|finland|helsinki'],
  ['SE', 'suede|sweden|stockholm'],
  ['NO', 'norvege|norway'],
  ['DK', 'danemark|denmark'],
  ['PL', 'pologne|poland|varsovie|warsaw'],
  ['RO', 'roumanie|romania'],
  ['GB', 'royaume-uni|united kingdom|londres|london'],
  ['CA', 'canada|montreal|beauharnois'],
  ['US', 'etats-unis|united states|usa'],
  ['CN', 'chine|china'],
  ['IN', 'inde|india'],
]
const PLACE = COUNTRIES.map(([code, names]) => `(?<${code}>${names})`).join('|')
const EUROPE =
  "(?<EU>l'ue\\b|union europeenne|europe\\b|eu\\b|the eu\\b|european union|espace economique europeen|eee\\b|sol europeen)"

const PREPOSITION =
  "(?:quitt\\w{1,4}(?: jamais| pas)?|leaves?|en|au|aux|a|in|within|inside|sur|dans|from|de|pres de|near|chez|on|entre|between) (?:la |le |les |l'|the )?(?:seule |region (?:de |d')?|nord de la |sud de la |est de la |ouest de la |territoire de la )?"
/** "en France", "à Rennes", "(France)", "100 % France", and lists: "à Rennes et Lyon, en France". */
const PLACED = new RegExp(
  `(?:^|${PREPOSITION}|[(:,/–-] ?|100 ?%? |\\bet |\\band |\\bou |\\bor )(?:${PLACE}|${EUROPE})(?![\\w-])`,
  'g',
)

/** The inhabitants' adjective of well-known French towns and regions, from its stem. */
const DEMONYMS =
  'bret(?:on|onne)s?|normande?s?|alsacien(?:ne)?s?|lorraine?s?|auvergnate?s?|bourguignon(?:ne)?s?|savoyarde?s?|vendeen(?:ne)?s?|' +
  'angevine?s?|tourangeaux?|tourangelles?|lyonnaise?s?|parisien(?:ne)?s?|franciliens?|nantaise?s?|rennaise?s?|lilloise?s?|' +
  'marseillaise?s?|bordelaise?s?|toulousaine?s?|grenobloise?s?|strasbourgeoise?s?|dijonnaise?s?|montpellieraine?s?|' +
  'clermontoise?s?|rochelaise?s?|orleanaise?s?|caennaise?s?|rouennaise?s?|nancei?en(?:ne)?s?|lorientaise?s?|vannetaise?s?|' +
  'brestoise?s?|bisontine?s?|jurassien(?:ne)?s?|vosgien(?:ne)?s?|basques?|landaise?s?|charentaise?s?|limousine?s?|' +
  'berrichon(?:ne)?s?|picarde?s?|provencale?s?|provencaux|occitan(?:e)?s?|corses?|mayennaise?s?|finisteriens?|girondine?s?'

const HOST_NOUN =
  '(?:heberge(?:ment|ur|urs|e|es|s)|hosting|cloud|serveurs?|servers?|datacent(?:er|re)s?|data ?cent(?:er|re)s?|centres? de donnees|instances?|salles?|infrastructures?)'
const HOST_NOUN_EN = '(?:data ?cent(?:er|re)s?|servers?|cloud|hosting|soil|infrastructure)'
const adjectives = (french: string, english: string): RegExp =>
  new RegExp(
    `\\b${HOST_NOUN}(?: [a-z]{4,12}){0,2}(?: est| sont| reste| is| are)? (?:100 ?% |entierement )?(?:${french})\\b|\\b(?:${english}) ${HOST_NOUN_EN}\\b`,
  )
/** "Hébergement 100 % français", "serveurs lyonnais", "German servers". */
const ADJECTIVES: readonly (readonly [code: string, pattern: RegExp])[] = [
  ['EU', adjectives('europeen(?:ne)?s?', 'european')],
  ['FR', adjectives(`francaise?s?|french|${DEMONYMS}`, 'french')],
  ['DE', adjectives('allemande?s?', 'german')],
  ['CH', adjectives('suisses?', 'swiss')],
  ['BE', adjectives('belges?', 'belgian')],
  ['LU', adjectives('luxembourgeoise?s?', 'luxembourg')],
]

const NAME = String.raw`\p{Lu}[\p{L}’'-]*`
/** A word that leads to a town or region, and up to four words with capitals; read on the text as it stands. */
const NAMED = new RegExp(
  String.raw`(?<lead>(?<!\p{L})(?:[àÀA]|[Aa]ux?|[Ii]n|[Nn]ear|[Ee]ntre|[Bb]etween|[Ee]n|[Dd]ans (?:le|la|les)|[Dd]ans [lL][’']|[Pp]rès d[eu]|[Dd]épartement (?:du|de la|des|de)|(?:usines?|ateliers?|manufacture|fabrique|salles?|site|locaux|data ?cent(?:er|re)s?|[Cc]entres? de données|factory|workshop|plant) (?:de|du|in|à)) ?|[(:] ?)` +
    `(?<name>${NAME}(?: (?:(?:de|la|le|les|sur|sous|en|du|des|et) ){0,2}${NAME}){0,3})`,
  'gu',
)

/** "au Havre" is Le Havre. */
const articleOf = (lead: string): string => {
  const word = lead.trim().toLowerCase()
  if (word === 'au' || word.endsWith(' du')) return 'Le '
  return word === 'aux' ? 'Les ' : ''
}

/** The longest French name that the words begin with; none when a capital follows that belongs to it ("Rennes Métropole"). */
const frenchName = (words: string, article: string): string | undefined => {
  for (let name = words; name !== ''; name = name.slice(0, Math.max(0, name.lastIndexOf(' ')))) {
    const isPlace = isFrenchTown(`${article}${name}`) || isFrenchTown(name) || isFrenchRegion(name)
    if (isPlace) return /^ \p{Lu}/u.test(words.slice(name.length)) ? undefined : name
  }
  return undefined
}

const frenchPlaces = (text: string): readonly Place[] =>
  [...text.matchAll(NAMED)].flatMap(match => {
    const { lead = '', name = '' } = match.groups ?? {}
    const found = frenchName(name, articleOf(lead))
    return found === undefined
      ? []
      : [{ code: 'FR', start: match.index, end: match.index + lead.length + found.length }]
  })

const overlaps = (one: Place, other: Place): boolean => one.start < other.end && other.start < one.end

/** The countries and towns that a sentence names with a word that leads there, in its order; `plain` is it folded in place. */
export const placesIn = (text: string, plain: string): readonly Place[] => {
  const named = [...plain.matchAll(PLACED)].flatMap(match => {
    const group = Object.entries(match.groups ?? {}).find(([, value]) => value !== undefined)
    return group === undefined ? [] : [{ code: group[0], start: match.index, end: match.index + match[0].length }]
  })
  const described = ADJECTIVES.flatMap(([code, pattern]) => {
    const match = pattern.exec(plain)
    const end = match === null ? 0 : match.index + match[0].length
    return match === null ? [] : [{ code, start: end, end }]
  })
  const french = frenchPlaces(text).filter(place => !named.some(other => overlaps(place, other)))
  return [...named, ...described, ...french].sort((a, b) => a.start - b.start)
}

/** The adjective of a French town or region, for other patterns. */
export const FRENCH_ADJECTIVE = `(?:francaise?s?|${DEMONYMS})`

const BUILDING =
  /\b(?:salles?|usines?|ateliers?|manufactures?|fabriques?|sites?|locaux|laboratoires?|data ?cent(?:er|re)s?|centres?|centres? de donnees|baies|equipes?|workshop|factory|plant|team) $/

/** "Les données de Rennes": whose, not where; "notre salle de Rennes" is where. */
export const isBelonging = (plain: string, { start }: Place): boolean =>
  /^(?:de|from) /.test(plain.slice(start)) && !BUILDING.test(plain.slice(Math.max(0, start - 20), start))
