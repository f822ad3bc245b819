/** Whose a company number is: the firm's own by what stands around it, somebody else's, or nothing tells. */
export type NumberOwner = 'own' | 'other' | 'unknown'

/** How far before a number what it says of whose it is may stand, in characters. */
const REACH_BEFORE = 300
const REACH_AFTER = 90

/** Accents off and lower case, each character staying in its place. */
export const foldInPlace = (text: string): string =>
  text
    .replace(/[\u00c0-\u024f]/g, letter => letter.normalize('NFD')[0] ?? letter)
    .replace(/[A-Z]/g, c => c.toLowerCase())

// All patterns are for folded text.

/** Data kept somewhere is a promise to customers; only a site kept by someone names a host. */
const HOSTED_SOMEWHERE =
  /heberge(?:e|s|es)?(?: et \w{4,20}){0,2}(?: (?:exclusivement|integralement|uniquement|localement))?,? (?:en|dans|sur|au|a) (?!.{0,40}\b(?:par|chez)\b)/g

const OTHER = [
  'heberg(?:eur|e|ement)',
  String.raw`\bhost(?:ed|ing)?\b`,
  // The agency: "site réalisé par", "Conception et réalisation : …"
  String.raw`\b(?:realise|concu|cree|developpe|design|webdesigne|propulse|maintenu|imagine|made|designed|developed|built|powered)e?s?(?: [\w']{1,15}){0,5} (?:par|by|chez)\b`,
  String.raw`(?:^|[\n.|•·–—-] ?)(?:conception|realisation|creation|developpement|design|webdesign|integration|maintenance)\b[^.\n:]{0,60}(?:[:\n]|par\b)`,
  String.raw`\b(?:agence (?:web|de com|digitale|conseil)|webmaster|webdesigner|prestataires?|sous-traitants?|credits?(?: photo\w*)?\b ?[:\n])`,
  String.raw`\bdpo\b|\bdpd\b|deleguee? [^.\n]{0,12}la protection|data protection officer`,
  String.raw`\bmediat(?:eur|rice|ion)|\bassur(?:eur|ance|e aupres)|garantie financiere|commissaire aux comptes|expert-comptable`,
  String.raw`organisme certificateur|certifiee? par|prestataire de paiement|agence bancaire|\bimprime(?:ur|rie|e? par)`,
  String.raw`\b(?:nos|notre|un|une) (?:client|partenaire|fournisseur|distributeur|revendeur)e?s?\b`,
  String.raw`\b(?:ovh(?:cloud)?|scaleway|online sas|gandi|ionos|1&1|infomaniak|o2switch|clever cloud|outscale|amazon|aws|google|microsoft|alwaysdata|ikoula|planethoster|hostinger|github|netlify|vercel|wix|squarespace|automattic|cloudflare|lws|nuxit|oodrive|claranet)\b`,
].join('|')

const OWN = [
  String.raw`\bedit(?:eur|rice|e|ee) ?(?::|\n|par\b|du\b|de (?:ce|notre|la)\b|responsable|d[eu] site|$)`,
  String.raw`\bpubli(?:e par|sher|shed by)\b|\bproprietaire|est la propriete (?:exclusive )?de|\bowner\b`,
  String.raw`\bidentification (?:de|du)|(?:identite|informations?) (?:legales? )?(?:de|sur) (?:l'entreprise|la societe|l'editeur|notre)`,
  'qui sommes[ -]nous|responsable d[eu] traitement|data controller',
  String.raw`©|\bcopyright\b|\btous droits`,
].join('|')

/** Stands after the number and says whose it was: "…, RCS Lille 123 456 789, qui héberge ce site". */
const OTHER_AFTER =
  /^[^\n]{0,60}?(?:\((?:l')?hebergeur|en qualite d'hebergeur|est l'hebergeur|heberge (?:le|ce|notre|nos|les|l')|assure (?:l'|son )hebergement|hosts (?:this|our|the)|a (?:realise|concu|cree|developpe) (?:le|ce|notre) site)/

const LEGAL_FORM =
  '(?:s\\.?a\\.?s\\.?u?|sasu|s\\.?a\\.?r\\.?l\\.?|s\\.?a|eurl|scop|scic|sci|snc|gie|association|cooperative|societe)'
const NAME_ENDS = `[ ]?(?:®|™)?[ ]?(?:[,(:|–—·-] ?|\\n)?(?:est une |is an? )?`
const IDENTITY = `(?:${LEGAL_FORM}(?![a-z])|au capital|siren|siret|r\\.?c\\.?s|tva|immatricul|n° ?(?:siren|siret))`

/** A pattern for a firm's name however it is parted ("Souffle-Clair", "SOUFFLE CLAIR"), where its identity is stated. */
const namePatterns = (names: readonly string[]): readonly string[] =>
  [...new Set(names.map(name => foldInPlace(name).replace(/[^a-z0-9]/g, '')))]
    .filter(name => name.length >= 3 && name.length <= 60)
    .slice(0, 8)
    .map(name => [...name].join(`[ .'’&_-]?`))
    .flatMap(name => [
      `(?<![a-z0-9.])${name}(?![a-z0-9]|\\.[a-z])${NAME_ENDS}${IDENTITY}`,
      `\\b${LEGAL_FORM} (?:[a-z]{2,15} ){0,2}[«"“]? ?${name}(?![a-z0-9]|\\.[a-z])`,
    ])

/** Who is named last before the end of `context`. */
const lastNamed = (context: string, own: RegExp, other: RegExp): NumberOwner => {
  let owner: NumberOwner = 'unknown'
  let end = -1
  for (const [name, pattern] of [
    ['own', own],
    ['other', other],
  ] as const) {
    for (const match of context.matchAll(pattern)) {
      const matchEnd = match.index + match[0].length
      if (matchEnd <= end) continue
      end = matchEnd
      owner = name
    }
  }
  return owner
}

/** "Éditeur et hébergeur" over both says nothing of either. */
const isOverBoth = (line: string, own: RegExp, other: RegExp): boolean =>
  line.length <= 80 && !/\d{3}/.test(line) && line.search(own) >= 0 && line.search(other) >= 0

/**
 * Tells whose number stands at `start`–`end` of a text, `from` being where its section begins. `names` are what the firm
 * is called; a host that writes its own legal notice is named there and is not taken for another.
 */
export const createOwnerTeller = (
  names: readonly string[],
): ((text: string, from: number, start: number, end: number) => NumberOwner) => {
  const own = new RegExp([OWN, ...namePatterns(names)].join('|'), 'g')
  const other = new RegExp(OTHER, 'gm')
  return (text, from, start, end) => {
    const context = foldInPlace(text.slice(Math.max(from, start - REACH_BEFORE), start))
      .replaceAll('’', "'")
      .replace(HOSTED_SOMEWHERE, match => ' '.repeat(match.length))
      .split('\n')
      .map((line, index, { length }) => (index < length - 1 && isOverBoth(line, own, other) ? '' : line))
      .join('\n')
    const after = foldInPlace(text.slice(end, end + REACH_AFTER)).replaceAll('’', "'")
    return OTHER_AFTER.test(after) ? 'other' : lastNamed(context, own, other)
  }
}
