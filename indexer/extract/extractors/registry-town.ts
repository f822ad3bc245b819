/** A registry of commerce that a text names, and where. */
export interface RegistryTown {
  /** Its town in title case: "Aix-en-Provence". */
  readonly town: string
  readonly start: number
  readonly end: number
}

const REGISTRY =
  /(?<!\p{L})(?:(?:greffe|lieu) d['’]immatriculation|ville du rcs|r\.? ?c\.? ?s(?!\p{L})\.?|registre du commerce(?: et des soci[ée]t[ée]s)?(?: \(rcs\))?|(?:trade|commercial|companies)(?: and companies)? regist(?:er|ry)|registered(?= (?:in|at) )|(?<=^|\n)greffe(?= ?:|\n)|greffe(?: du tribunal (?:de commerce|des activités économiques))?|immatricul[ée]e?s?|inscrite?s?|registre(?! du commerce)(?=[ :\n-]{1,3}\p{Lu}))(?!\p{L})/giu
/** Words that announce a registry's town only when a company number or "RCS" follows it. */
const WEAK = /^(?:immatricul|inscrit|registre$|greffe$|registered)/i
const CONFIRMED =
  /^[^\p{L}\d\n]{1,5}(?:(?:au |sous |le |du |n° ?|num[ée]ro |RCS |R\.C\.S\.? |registre du commerce |under |number |[BACD] ){0,6})[:(]? ?\d{3}[ .]?\d{3}[ .]?\d{3}(?!\d)/iu

// What follows is case-sensitive: V8 does not match `/(?i:r\.? ?c)/u` reliably, hence two steps.
const LINK = String.raw`(?:[ ,:\n–-]{1,3})(?:du greffe |au greffe |tribunal de commerce |ville )?(?:(?:de |of |in |à )|[dD]['’]|(?<du>du )|(?<des>des ))?`
const WORD = String.raw`\p{L}{1,20}(?:[-‐’']\p{L}{1,20}){0,5}`
const ARTICLE = '(?:L[aAeE][sS]? )?'
const PARTICLE = '(?:(?:en|de|du|la|le|les|sur|sous|aux) ){0,2}'
const NUMBER = String.raw`(?:[BACD] ?)?\d{3}[ .]?\d{3}[ .]?\d{3}(?!\d)`

/** The ways a town follows its registry, each from where the registry's name ends. */
const TOWNS: readonly RegExp[] = [
  // RCS Lorient, R.C.S. de SAINT-BRIEUC, Registre du commerce et des sociétés d’Évry
  new RegExp(String.raw`${LINK}(?<town>${ARTICLE}(?=\p{Lu})${WORD}(?: ${PARTICLE}(?=\p{Lu})${WORD}){0,2})`, 'uy'),
  // In small letters only where the number follows at once: "rcs lorient 123 456 789"
  new RegExp(`${LINK}(?<town>${WORD})(?= (?:n° ?)?${NUMBER})`, 'uy'),
  // RCS : 123 456 789 Lorient
  new RegExp(String.raw`[^\p{L}\d\n]{1,5}${NUMBER} (?<town>${ARTICLE}(?=\p{Lu})${WORD})(?= ?(?:$|[\n,.;|·•–-]))`, 'uy'),
  // RCS 123 456 789 (Lorient)
  new RegExp(
    String.raw`[^\p{L}\d\n]{1,5}${NUMBER} ?(?:\(|de |à |[dD]['’]|[-–] )(?<town>${ARTICLE}(?=\p{Lu})${WORD})`,
    'uy',
  ),
]

/** Words of the same sentence that are no part of a town's name. */
const NOT_TOWN = new Set(
  (
    'b siret siren tva vat sous n numéro numero num no code ape naf capital siège siege tél tel au et est sas sarl sa scop ' +
    'scic rcs greffe tribunal directeur directrice registre commerce dont société societe adresse email identifiant with ' +
    'under number le la les président présidente gérant gérante immatriculée immatriculé'
  ).split(' '),
)
const SMALL_WORDS = new Set('en de du des la le les sur sous aux lès lez et d l'.split(' '))

const isArticle = (word: string): boolean => /^l[aes]s?$/i.test(word)

/** "LORIENT SIRET" without what goes on; undefined when nothing is left. */
const cutTown = (words: readonly string[]): readonly string[] => {
  const end = words.findIndex((word, index) => NOT_TOWN.has(word.toLowerCase()) && !(index === 0 && isArticle(word)))
  const kept = end < 0 ? words : words.slice(0, end)
  const last = kept.findLastIndex(word => !SMALL_WORDS.has(word))
  return kept.slice(0, last + 1)
}

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()

/** Each word capitalised but the small ones inside; what is written in mixed case stays as it is. */
const titleCase = (town: string): string => {
  if (town !== town.toUpperCase() && town !== town.toLowerCase()) return town
  return town
    .split(/([ \-‐’'])/)
    .map((word, index) => (index > 0 && SMALL_WORDS.has(word.toLowerCase()) ? word.toLowerCase() : capitalised(word)))
    .join('')
}

/** "du Mans", "des Sables-d’Olonne": the town has its article. */
const withArticle = (town: string, groups: Readonly<Record<string, string | undefined>>): string => {
  if (groups['du'] !== undefined) return `Le ${town}`
  return groups['des'] === undefined ? town : `Les ${town}`
}

const townAt = (text: string, at: number): { readonly town: string; readonly end: number } | undefined => {
  for (const pattern of TOWNS) {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    const written = cutTown(match?.groups?.['town']?.split(' ') ?? []).join(' ')
    if (match?.groups === undefined || written.length < 3) continue
    const end = text.indexOf(written, at) + written.length
    return { town: withArticle(titleCase(written), match.groups), end }
  }
  return undefined
}

/** The registries of commerce that a text names with their town, in its order. */
export const registryTownsIn = (text: string): readonly RegistryTown[] =>
  [...text.matchAll(REGISTRY)].flatMap(match => {
    const found = townAt(text, match.index + match[0].length)
    const isWeak = found !== undefined && WEAK.test(match[0]) && !CONFIRMED.test(text.slice(found.end, found.end + 80))
    return found === undefined || isWeak ? [] : [{ ...found, start: match.index }]
  })
