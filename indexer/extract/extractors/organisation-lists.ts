import { isOrganisationName, withoutArticle } from './organisation-names.ts'
import { plainText } from './plain-text.ts'
import { isPublicBody } from './public-bodies.ts'

/** An organisation named in running text. */
export interface NamedOrganisation {
  readonly name: string
  /** UTF-16 offset behind it. */
  readonly end: number
}

/** Small words inside names: "Communauté de communes du Pays de Dol". */
const LINK = /^(?:de|du|des|la|le|les|d['’]|l['’]|à|aux|en|sur|sous|lès|lez|of|the|for|&|-)$/iu

/** Lower-case words of public bodies' names. */
const QUALIFIER =
  /^(?:communes|agglomération|agglo|urbaine|mixte|intercommunal|départementale?|régionale?|général|municipale?|hospitali(?:er|ère)|hospices|universitaires?|eaux?|énergies?|électricité|transports?|santé|écologique|occidentale|orientale|nationale?|maritime|polytechnique|technologique|publi(?:c|que)s?|incendie|secours|territoriale|européenne|métropolitaine|naturel|intérieur|armées|finances|culture|justice|agriculture|éducation|enseignement|supérieur|recherche|solidarités|transition|habitat|port|métropole|agglomeration|communauté|ville|commune|université|mairie|région|département|préfecture|académie|syndicat|conseil|ministère|lycée|collège|rectorat|hôpital|hôpitaux|centre|groupe|groupement|établissement|office|régie|direction|gestion|parc|caisse|agence|pays|agricole|professionnel(?:le)?|français(?:e)?|polyvalent|technique|hôtelier|scolaire|primaire|maternelle|élémentaire|sportive|social(?:e)?|métiers|commerce|pêche|d['’]énergie|d['’]incendie|interdépartementale?|local(?:e)?|pompiers|cités?|tourisme|animation|formation|civils|archives|baie|vallée|val|plaine|côtes?|golfe|rade|rives?|plateau|monts?|montagne|forêt|lac|littoral|estuaire|delta|bassin|bocage|marais|îles?|haute?|bas|basse|grande?|nord|sud|est|ouest|cœur|portes?|terres?|rivière|fleuve)$/iu

const PRIVATE_HEAD =
  /^(?:groupe|coopérative|clinique|polyclinique|laboratoires?|mutuelle|fondation|association|maison|fromagerie|brasserie|laiterie|imprimerie|chantiers?|cabinet|banque|ehpad|résidence|ligue|union|transports?|établissements|usine|fonderies?|ateliers|menuiserie|cave|caves|ferme|musée|théâtre|aéroport|port|réseau|fédération|conserverie|papeterie|verrerie|scierie|minoterie|distillerie|filature|domaine|château|institut|école|club|golf|camping|hôtel|librairie|boulangerie)$/iu

/** What may stand behind an article: "le groupe Ardent", "la SNCF"; "la Bretagne" is a place. */
const HEAD_BEHIND_ARTICLE =
  /^(?:(?:[Gg]roupe|[Cc]oopérative|(?:[Pp]oly)?[Cc]linique|[Ll]aboratoires?|[Mm]utuelle|[Ff]ondation|[Aa]ssociation|[Mm]aison|[Ff]romagerie|[Bb]rasserie|[Ll]aiterie|[Ii]mprimerie|[Cc]hantiers?|[Cc]abinet|[Bb]anque|[Ss]ociété|[Ee]ntreprise|EHPAD|[Ll]igue|[Uu]nion|[Tt]ransports?|[Éé]tablissements|[Uu]sine|[Ff]onderies?|[Aa]teliers|[Mm]enuiserie|[Cc]aves?|[Ff]erme|[Mm]usée|[Tt]héâtre|[Aa]éroport|[Ff]édération|[Cc]onserverie|[Pp]apeterie|[Vv]errerie|[Ss]cierie|[Dd]istillerie|[Rr]éseau) |(?:SA|SAS|SARL|SCOP|SCIC|EARL|GAEC|SNC) |\p{Lu}{3,8}(?![\p{L}]))/u

const ARTICLES = /(?:la |le |les |the |l['’]|du |au |aux |à la |à l['’]|à |de la |de l['’]|des |de |d['’])?/iuy
const WORD = /([dl]['’])?([^\s,;:()«»"“”!?…|/•·—–'’]+(?:['’][^\s,;:()«»"“”!?…|/•·—–'’]+)*)/iuy
const SEPARATOR =
  /\s?(?:\([^)]{1,40}\))?\s?(?:,\s?(?:(?:et|ou|and|ainsi que|mais aussi)\s)?|;\s?|(?:et|ou|and|ainsi que|as well as|mais aussi|puis)\s(?:encore\s|enfin\s)?|[•·|/]\s?|[–—]\s)/iuy

const MAX_WORDS = 10

const matchAt = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at
  return pattern.exec(text)
}

/** Whether a word goes on a name: a capital, a number, a small word or, behind "ville" or "ligue", one of theirs. */
const goesOn = (word: string, hasHead: boolean): boolean =>
  /^[\p{Lu}\d&]/u.test(word) || LINK.test(word) || (hasHead && QUALIFIER.test(word))

const trimLinks = (words: readonly string[]): readonly string[] => {
  const last = words.findLastIndex(word => !LINK.test(word))
  return words.slice(0, last + 1)
}

/** The organisation that begins at `start`, without its article. Private ones need capitals throughout. */
export const organisationAt = (text: string, start: number, allowPrivate: boolean): NamedOrganisation | undefined => {
  const words: { readonly text: string; readonly end: number }[] = []
  const isPublic = isPublicBody(text.slice(start, start + 80))
  let at = start
  let hasHead = false
  while (words.length < MAX_WORDS) {
    const match = matchAt(WORD, text, at)
    if (match === null) break
    const [, elided = '', bare = ''] = match
    const word = bare.replace(/\.+$/, '')
    const isHead = words.length === 0 && (isPublic || PRIVATE_HEAD.test(word))
    if (isHead) hasHead = true
    if (!isHead && !goesOn(word, hasHead)) break
    words.push({ text: `${elided}${word}`, end: at + elided.length + word.length })
    at = match.index + match[0].length
    // A full stop ends the sentence, unless an initial or "St." goes before.
    if (bare !== word && word.length > 2) break
    if (!/\s/u.test(text[at] ?? '')) break
    at++
  }
  const kept = trimLinks(words.map(word => word.text))
  const end = words[kept.length - 1]?.end
  if (end === undefined) return undefined
  const name = withoutArticle(text.slice(start, end).replace(/\s+/gu, ' '))
  if (!isOrganisationName(isPublic || PRIVATE_HEAD.test(kept[0] ?? '') ? name[0]!.toUpperCase() + name.slice(1) : name))
    return undefined
  return isPublicBody(name) || allowPrivate ? { name, end } : undefined
}

/** A name without the sentence that goes on behind it: "Ville de Brennes utilisent Vigie" → "Ville de Brennes". */
export const withoutVerb = (line: string): string => {
  const found = organisationAt(line, 0, true)
  return found !== undefined && /^\s\p{Ll}{2,}\s\S/u.test(line.slice(found.end)) ? found.name : line
}

/** Countries, regions and other places that an enumeration may hold; a place is no customer. */
const PLACES =
  /^(?:european|french|american|france|europe|belgique|suisse|luxembourg|allemagne|espagne|italie|afrique|bretagne|normandie|occitanie|alsace|lorraine|aquitaine|nouvelle-aquitaine|grand est|hauts-de-france|ile-de-france|pays de la loire|paris|lyon|marseille|outre-mer|maroc|canada|germany|spain|italy|belgium|switzerland|united kingdom|uk|usa)$/

/** What an enumeration may hold beside organisations: "le Pays de Redon", up to the next comma. */
const OTHER_ENTRY = /(?:(?:le|la|les|l['’]|des|un|une|the)\s?)?\p{Lu}[^,;.:!?()]{1,40}?(?=,| et | and )/uy

/** The enumeration of organisations that begins at `start`: "la Ville de Lannion, le CHU de Rennes et Groupe Ardent". */
export const organisationsAt = (text: string, start: number, allowPrivate: boolean): readonly NamedOrganisation[] => {
  const found: NamedOrganisation[] = []
  let at = start
  for (;;) {
    const article = matchAt(ARTICLES, text, at)?.[0] ?? ''
    const bareAt = at + article.length
    const isFree = allowPrivate && (article === '' || HEAD_BEHIND_ARTICLE.test(text.slice(bareAt, bareAt + 40)))
    // "La Poste" has its article; "la Bretagne" is a place, not a name with an article.
    const next =
      organisationAt(text, bareAt, isFree) ??
      (/^\p{Lu}/u.test(article) ? organisationAt(text, at, allowPrivate) : undefined)
    const other = next === undefined && found.length > 0 ? matchAt(OTHER_ENTRY, text, at)?.[0] : undefined
    const end = next?.end ?? (other === undefined ? undefined : at + other.length)
    if (end === undefined) return found
    if (next !== undefined && !PLACES.test(plainText(next.name))) found.push(next)
    const separator = matchAt(SEPARATOR, text, end)?.[0]
    if (!separator) return found
    at = end + separator.length
  }
}
