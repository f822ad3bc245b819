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
  /^(?:communes|agglomération|agglo|urbaine|mixte|intercommunal|départementale?|régionale?|général|municipale?|hospitali(?:er|ère)|hospices|universitaires?|eaux?|énergies?|électricité|transports?|santé|écologique|occidentale|orientale|nationale?|maritime|polytechnique|technologique|publi(?:c|que)s?|incendie|secours|territoriale|européenne|métropolitaine|naturel|intérieur|armées|finances|culture|justice|agriculture|éducation|enseignement|supérieur|recherche|solidarités|transition|habitat|port|métropole|agglomeration|communauté|ville|commune|université|mairie|région|département|préfecture|académie|syndicat|conseil|ministère|lycée|collège|rectorat|hôpital|hôpitaux|centre|groupe|groupement|établissement|office|régie|direction|gestion|parc|caisse|agence|pays)$/iu

const PRIVATE_HEAD =
  /^(?:groupe|coopérative|clinique|laboratoires?|mutuelle|fondation|association|maison|fromagerie|brasserie|laiterie|imprimerie|chantiers?|cabinet|banque)$/iu

/** What may stand behind an article: "le groupe Ardent", "la SNCF"; "la Bretagne" is a place. */
const HEAD_BEHIND_ARTICLE =
  /^(?:(?:[Gg]roupe|[Cc]oopérative|[Cc]linique|[Ll]aboratoires?|[Mm]utuelle|[Ff]ondation|[Aa]ssociation|[Mm]aison|[Ff]romagerie|[Bb]rasserie|[Ll]aiterie|[Ii]mprimerie|[Cc]hantiers?|[Cc]abinet|[Bb]anque|[Ss]ociété|[Ee]ntreprise) |(?:SA|SAS|SARL|SCOP|SCIC|EARL|GAEC|SNC) |\p{Lu}{3,8}(?![\p{L}]))/u

const ARTICLES = /(?:la |le |les |the |l['’]|du |au |aux |à la |à l['’]|à |de la |de l['’]|des |de |d['’])?/iuy
const WORD = /([dl]['’])?([^\s,;:()«»"“”!?…|/•·—–'’]+(?:['’][^\s,;:()«»"“”!?…|/•·—–'’]+)*)/iuy
const SEPARATOR = /\s?(?:\([^)]{1,40}\))?\s?(?:,\s?(?:(?:et|ou|and|ainsi que|mais aussi)\s)?|;\s?|(?:et|ou|and|ainsi que|as well as|mais aussi|puis)\s(?:encore\s|enfin\s)?|[•·|/]\s?|[–—]\s)/iuy

const MAX_WORDS = 10

const matchAt = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at
  return pattern.exec(text)
}

/** Whether a word goes on a name: a capital, a number, a small word or one of a public body's. */
const goesOn = (word: string, isPublic: boolean): boolean =>
  /^[\p{Lu}\d&]/u.test(word) || LINK.test(word) || (isPublic && QUALIFIER.test(word))

const trimLinks = (words: readonly string[]): readonly string[] => {
  const last = words.findLastIndex(word => !LINK.test(word))
  return words.slice(0, last + 1)
}

/** The organisation that begins at `start`, without its article. Private ones need capitals throughout. */
export const organisationAt = (text: string, start: number, allowPrivate: boolean): NamedOrganisation | undefined => {
  const words: { readonly text: string; readonly end: number }[] = []
  const isPublic = isPublicBody(text.slice(start, start + 80))
  let at = start
  while (words.length < MAX_WORDS) {
    const match = matchAt(WORD, text, at)
    if (match === null) break
    const [, elided = '', bare = ''] = match
    const word = bare.replace(/\.+$/, '')
    const isHead = words.length === 0 && (isPublic || PRIVATE_HEAD.test(word))
    if (!isHead && !goesOn(word, isPublic)) break
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
  if (!isOrganisationName(isPublic || PRIVATE_HEAD.test(kept[0] ?? '') ? name[0]!.toUpperCase() + name.slice(1) : name)) return undefined
  return isPublicBody(name) || allowPrivate ? { name, end } : undefined
}

/** Countries, regions and other places that an enumeration may hold; a place is no customer. */
const PLACES =
  /^(?:france|europe|belgique|suisse|luxembourg|allemagne|espagne|italie|afrique|bretagne|normandie|occitanie|alsace|lorraine|aquitaine|nouvelle-aquitaine|grand est|hauts-de-france|ile-de-france|pays de la loire|paris|lyon|marseille|outre-mer|maroc|canada|germany|spain|italy|belgium|switzerland|united kingdom|uk|usa)$/

/** The enumeration of organisations that begins at `start`: "la Ville de Lannion, le CHU de Rennes et Groupe Ardent". */
export const organisationsAt = (text: string, start: number, allowPrivate: boolean): readonly NamedOrganisation[] => {
  const found: NamedOrganisation[] = []
  let at = start
  for (;;) {
    const article = matchAt(ARTICLES, text, at)?.[0] ?? ''
    // "La Poste" has its article; "la Bretagne" is a place, not a name with an article.
    const bare = organisationAt(text, at + article.length, allowPrivate && (article === '' || HEAD_BEHIND_ARTICLE.test(text.slice(at + article.length, at + article.length + 40))))
    const next = bare ?? (/^\p{Lu}/u.test(article) ? organisationAt(text, at, allowPrivate) : undefined)
    if (next === undefined) return found
    if (!PLACES.test(plainText(next.name))) found.push(next)
    const separator = matchAt(SEPARATOR, text, next.end)?.[0]
    if (!separator) return found
    at = next.end + separator.length
  }
}
