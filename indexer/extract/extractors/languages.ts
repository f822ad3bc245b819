import type { Extractor, SitePageContent } from '../extractor.ts'
import { type ClaimFinding, claim, firstOfEach } from './claim-finding.ts'
import { foldedSentencesOf } from './folded-sentences.ts'
import { plain } from './folded-text.ts'
import { codeOfName, codeOfTag, LANGUAGE_NAME } from './language-names.ts'
import { isJobsPage, isSameSite } from './own-site.ts'

/** What is available in a language: product, documentation, help. */
const SUBJECT =
  /\b(?:disponibles?|traduite?s?|traductions?|localise\w*|interfaces?|langues?|multilingues?|bilingues?|trilingues?|plurilingue|versions?|supports?|assistance|documentation|hotline|accompagnement|helpdesk|help desk|propose\w*|existe|joignables?|repond\w*|utilisable|consultable|formations?|livre\w*|available|translated|locali[sz]ed|languages?|multilingual|bilingual|speaks?|speaking|answers?|interface|francophone|anglophone|germanophone|hispanophone|italophone|neerlandophone|comes in|ships? in|runs? in|offered in)\b/

/** Publications, people and texts to be worked on are in a language too. */
const NOT_OFFERED =
  /\?\s*$|\b(?:livres? blancs?|articles?|etudes?|rapports?|communiques?|videos?|webinaires?|podcasts?|plaquettes?|brochures?|newsletters?|these|publications?|white ?papers?|courant|lu,? (?:ecrit|parle)|maitrise|niveau (?:b|c)\d|toeic|langue maternelle|candidat\w*|profil|corpus|entraine\w*|trained|transcri\w+|reconnai\w+|detect\w+|comprend les|anonymis\w+|traduit automatiquement|traduction automatique|speech|recogni[sz]es|understands|transcribes?|prochainement|bientot|d'ici|a venir|en cours de traduction|soon|planned|uniquement destinee|white paper|only exists|case study)\b|\b(?:marches?|entreprises?|clients?|laboratoires?|pme|collectivites?|normes?|territoires?|gouvernements?) (?:francais|anglais|allemand|espagnol|italien)/

const LINK = String.raw`(?: ?, ?(?:et |ou |and |or |en |ainsi qu'en |in )?| et (?:en |l'|le )?| ou (?:en )?| and (?:in )?| or | & | ?/ ?| ainsi qu'en | puis | mais aussi (?:en )?| \+ | ?- ?| ?[·•|] ?)`
const ARTICLE = "(?:l'|le |la )?"
const NAME_LIST = `${ARTICLE}${LANGUAGE_NAME}(?:${LINK}${ARTICLE}${LANGUAGE_NAME}){0,30}`

/** Where names of languages may begin: "en", "in", behind a colon or bracket, "langues" or "version"; or two in a row. */
const LISTS = new RegExp(
  String.raw`(?<![a-z0-9])(?:(?:en|in) (?:langue )?|[:(–—] ?|\blangues? |\blanguages? |\bversions? |\bbilingues? |\btrilingues? |\bspeaks? )(${NAME_LIST})(?![a-z])|(?<![a-z0-9])(${ARTICLE}${LANGUAGE_NAME}(?:${LINK}${ARTICLE}${LANGUAGE_NAME}){1,30})(?![a-z])`,
  'g',
)
const NOTHING_ELSE = new RegExp(`^${NAME_LIST}[.]?$`)
const NAMES = new RegExp(`(?<![a-z])${LANGUAGE_NAME}(?![a-z])`, 'g')

/** "Nous parlons français et breton"; one language alone is a manner of speaking ("parlons français"). */
const SPEAKS = new RegExp(
  String.raw`\b(?:parl(?:e|ent|ons)|speaks?) (?:aussi )?${ARTICLE}${LANGUAGE_NAME}${LINK}${ARTICLE}${LANGUAGE_NAME}(?![a-z])`,
)

const SPEAKERS: readonly (readonly [RegExp, string])[] = [
  [
    /\b(?:support|assistance|equipe|hotline|interlocuteurs?|helpdesk|conseillers?)\b[^.;]{0,50}\bfrancophones?\b|\bfrench-speaking (?:support|team|help)/,
    'fr',
  ],
  [
    /\b(?:support|assistance|equipe|hotline|interlocuteurs?|helpdesk)\b[^.;]{0,50}\banglophones?\b|\benglish-speaking (?:support|team|help)/,
    'en',
  ],
]
const FRENCH = '(?:francaise|anglaise|allemande|espagnole|italienne|neerlandaise|portugaise)s?'
/** "Versions française et anglaise", "English interface": adjectives of what is offered. */
const ADJECTIVES = new RegExp(
  String.raw`\b(?:interface|documentation|version)s? ${FRENCH}(?:(?:,| et| ou) ${FRENCH}){0,8}(?! (?:de la|du|des|de l'))|\b(?:french|english|german|spanish|italian|dutch) (?:interface|documentation|version|support)\b(?! of)`,
  'g',
)

/** "Langues : FR, EN, ES". */
const CODES =
  /^(?:langues?|languages?|interface|version)\b[^:;.]{0,30}: ?([a-z]{2}(?:(?: ?[,/|·•-] ?| et | and )[a-z]{2}){1,12})\.?$/

const stated = (words: string): readonly string[] => {
  const named = [...words.matchAll(LISTS)].flatMap(([, list, row]) => (list ?? row ?? '').match(NAMES) ?? [])
  const adjectives = [...words.matchAll(ADJECTIVES)].flatMap(([match]) => match.match(/[a-z]+/g) ?? [])
  const speakers = SPEAKERS.filter(([pattern]) => pattern.test(words)).map(([, code]) => code)
  const codes = CODES.exec(words)?.[1]?.match(/[a-z]{2}/g) ?? []
  return [
    ...[...named, ...adjectives].flatMap(name => codeOfName(name) ?? codeOfName(name.replace(/e?s?$/, '')) ?? []),
    ...speakers,
    ...codes.flatMap(code => codeOfTag(code) ?? []),
  ]
}

const inSentences = (page: SitePageContent): readonly ClaimFinding[] => {
  let label = ''
  return foldedSentencesOf(page.document).flatMap(({ text, block, words, above }) => {
    const isLabelled =
      /^langues?\b|^languages?\b|^interface\b/.test(above) ||
      /^(?:langues?|languages?|interface)\b[^.]{0,40}$/.test(label)
    label = words
    if (NOT_OFFERED.test(words)) return []
    if (SUBJECT.test(words) || SPEAKS.test(words))
      return stated(words).map(code => claim('language', code, text, block))
    // A cell or card under "Langues" holds nothing but names.
    const isNames = words.length <= 200 && NOTHING_ELSE.test(words)
    const codes = isLabelled && isNames ? (words.match(NAMES) ?? []).flatMap(name => codeOfName(name) ?? []) : []
    return codes.map(code => claim('language', code, text, block))
  })
}

/** A link of a language switcher: "English", "Version anglaise", "Site en anglais", or "EN" to an address with "/en". */
const SWITCH = new RegExp(
  String.raw`^(?:(?:version|site|page|drapeau|voir|read|view|switch to|lire|this page|passer|flag|langue ?:?|in|en) ){0,3}(${LANGUAGE_NAME}|francaise|anglaise|allemande|espagnole)(?: version| site| flag| \([a-z][a-z .-]{1,30}\))?$`,
)
const hasTag = (url: string, code: string): boolean => {
  const { hostname = '', pathname = '', search = '' } = URL.parse(url) ?? {}
  return (
    new RegExp(`^/${code}(?:[-_][a-z]{2})?(?:[/.]|$)|[/_.-]${code}\\.html?$`, 'i').test(pathname) ||
    hostname.startsWith(`${code}.`) ||
    new RegExp(`[?&](?:lang|language|locale|l|hl)=${code}\\b`, 'i').test(search)
  )
}

/** "UK" is a country's edition; Ukrainian sites say "UA" or write the name. */
const CODE = /^(?!uk$)[a-z]{2}(?:[-_][a-z]{2})?$/

const labelOfHost = (url: string): string => (URL.parse(url)?.hostname ?? '').replace(/^www\./, '').split('.')[0] ?? ''

const switched = (page: SitePageContent): readonly ClaimFinding[] =>
  page.document.links.flatMap(({ url, text }) => {
    const words = plain(text)
    if (!isSameSite(url, page) && labelOfHost(url) !== labelOfHost(page.url)) return []
    const named = SWITCH.exec(words)?.[1]
    const code =
      named !== undefined
        ? (codeOfName(named) ?? codeOfName(named.replace(/e$/, '')))
        : CODE.test(words)
          ? codeOfTag(words)
          : undefined
    if (code === undefined || (named === undefined && !hasTag(url, code) && !isRoot(url))) return []
    return [claim('language', code, text)]
  })

/** "FR" leads to the front page, where the site's first language has no address of its own. */
const isRoot = (url: string): boolean => URL.parse(url)?.pathname === '/'

/** The site's languages, the page's own among them; none when only one is declared. */
const ofSite = (page: SitePageContent): readonly ClaimFinding[] => {
  const { document, structured } = page
  const declared = [
    ...document.alternates.map(({ language }) => ({ tag: language, words: language })),
    ...(structured.openGraph['og:locale:alternate'] ?? []).map(locale => ({ tag: locale, words: locale })),
  ].flatMap(({ tag, words }) => {
    const code = codeOfTag(tag)
    return code === undefined ? [] : [claim('language', code, words)]
  })
  const found = [...declared, ...switched(page)]
  const own = document.language ?? (document.declaredLanguage && codeOfTag(document.declaredLanguage))
  const others = found.filter(({ value }) => value.value !== own)
  if (others.length === 0) return []
  return own === undefined ? found : [...found, claim('language', own, document.title ?? others[0]!.excerpt)]
}

const find = (page: SitePageContent): readonly ClaimFinding[] =>
  firstOfEach([...(isJobsPage(page) ? [] : inSentences(page)), ...ofSite(page)])

/** Languages in which the product or help is said to be available, or in which the site exists. */
export const languages: Extractor = { name: 'languages', version: 1, find }
