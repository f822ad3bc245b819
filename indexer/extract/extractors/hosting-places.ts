import type { SitePageContent } from '../extractor.ts'
import type { PageBlock } from '../page-document.ts'
import { foldInPlace, type Stance, stanceOf } from './claim-context.ts'
import { ownNames } from './own-organisation.ts'
import { isBelonging, type Place, placesIn } from './places.ts'
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

/** Who or what is hosted, and that it is. */
const HOSTED =
  /\bheberg(?:e|ee|es|ees|ement|ements|eons|eur|eurs)\b|\bstock(?:ee?s?|age|ons)\b|\blocalis(?:ee?s?|ation)\b|\bconservee?s?\b|\bhosted\b|\bhosting\b|\bhost\b|\bstored?\b|\bstorage\b|\bkept\b|\bresidency\b|\blocated\b|\bdata ?cent(?:er|re)s?\b|\bcentres? de donnees\b|\bserveurs?\b|\bservers?\b|\bsauvegard\w{1,4}|\brepliqu\w{1,4}|\brest(?:e|ent)\b(?! (?:[a-z]{3,12} )?(?:accessib|disponib|consult))|\bdemeur\w{1,3}\b|\bstays?\b|\bremains?\b|\bsouverain\b|\binfoger\w{1,4}|\bsalles? (?:machines?|serveurs?)|\b(?:run(?:s|ning)?|operate[sd]?)(?: (?:it|them|everything))?(?: for you)? (?:on|in|within|inside)\b|\bcopies? (?:hors|de secours|chiffree|distante|de sauvegarde)|\boff-?site cop/
const SUBJECT =
  /\bdonnees\b|\bdata\b|\bserveurs?\b|\bservers?\b|\bdata ?cent|\bcentres? de donnees\b|\bplateformes?\b|\bplatform\b|\bapplications?\b|\bsolutions?\b|\blogiciels?\b|\bsoftware\b|\bservices?\b|\bsaas\b|\bheberge|\bhost(?:ed|ing)?\b|\bcloud\b|\bsauvegardes?\b|\bbackups?\b|\binfrastructures?\b|\bjournaux\b|\bdossiers\b|\bdocuments?\b|\bmesures\b|\bfichiers\b|\bimages\b|\bphotos\b|\bvideos\b|\blogs\b|\binstances?\b|\benregistrements?\b|\bscores\b|\breleves\b|\bcopies?\b|\binformations\b|\brecords\b|\brecordings\b|\breadings\b|\bfiles\b|\bvotes\b|\bmessages?\b|\bcourriels\b|\btout (?:est|reste)\b|\bbaies\b/
const KEPT =
  'donnees|data|journaux|logs|fichiers|dossiers|documents|mesures|releves|scores|enregistrements|sauvegardes|images|photos|messages|files|records|backups|readings|servers|serveurs'
const TOPIC = new RegExp(
  'heberg|hosting|hosted|datacent|data cent|localisation des donnees|data location|data residency|stockage|serveurs|' +
    `\\bou (?:sont|vont|vivent|dorment|logent|resident|se trouvent|restent|partent|finissent)[^?]{0,30}\\b(?:${KEPT})|` +
    `\\bwhere\\b[^?]{0,30}\\b(?:${KEPT})\\b|^(?:les|vos|your|the) (?:${KEPT})$`,
)

/** Looser words, which need data or machines beside them. */
const RESTS =
  /\b(?:dorm|log|viv|repos|resid|habit|abrit|gard|entrepos|archiv|dupliqu|dedoubl|tourn|exploit|plac)(?:e|es|ent|ee|ees|ons|eons|ant)\b|\bvit\b|\b(?:lives?|sits?|sleeps?|replicated|mirrored|backed up|operated|processed)\b|\bdonnees [^.;]{0,40}\btraitees\b|\btraitement des donnees\b|\b(?:deux|trois|quatre|nos|notre|propres?) salles?\b|\bsalles? (?:[a-z]{3,12} ){0,2}(?:louee?s?|distantes?|informatiques?|machines?|serveurs?|securisee?s?|a nous|propres)\b|\bmachines (?:[a-z]{3,10} )?(?:sont|restent|vous attendent)\b/
const DATA = new RegExp(
  `\\b(?:${KEPT}|machines|copies?|informations|index|instances?|plateformes?|platform|votes|archives)\\b`,
)
/** "Nos logiciels tournent dans 200 mairies en France": its customers. */
const COUNTED =
  /\d ?(?:communes?|collectivites|mairies|villes|clients|customers|sites|etablissements|hopitaux|ecoles|usines|pays|countries|entreprises|companies|utilisateurs|users)\b/

/** "Ne quittent jamais la France", "never leave the EU": a denial that says where they are. */
const STAYS =
  /(?:ne |n')(?:quitt\w{1,4}|sor\w{1,4}|transit\w{1,4})[^.;]{0,30}|\b(?:never|not) leaves?\b[^.;]{0,20}|(?:aucune?|jamais|ni)\b[^.;]{0,60}\b(?:hors|en dehors|outside)\b[^.;]{0,15}|\bwithout leaving\b[^.;]{0,15}/

const NOT_DATA =
  /\bgites?\b|camping|\bhotel|touristi|hebergement d'urgence|\bnuitees?\b|\b(?:ce|le|notre|du|present|this|our|the) (?:present )?(?:site|website|web site)(?: internet| web)?(?! de production| de secours| isole|s)\b|^site (?:internet |web )?(?:est )?(?:heberge|realise|concu|cree|construit|fabrique|developpe|edite|propulse|hosted|made|built|powered|designed)|siege|head ?office|bureaux|\bstages?\b|\bstagiaires?\b|\bapprentie?s?\b/
const OTHERS_TALK =
  /concurren|contrairement|gafam|acteurs? americain|geants? |americains? |la plupart des|beaucoup d|souvent|trop de|competitors|unlike|most /

const SPEAKS_OF_FIRM = /\b(?:nous|notre|nos|we|our)\b/
const SERVICE = /\bclients?\b|utilisateurs|plateforme|application|solution|logiciel|saas|customers?|users|platform/

/** The sentence with "your" as "the": whose data are hosted is not the question here. */
const neutral = (text: string): string => text.replace(/\b(?:your|votre|vos)\b/gi, word => 'the'.padEnd(word.length))

const DENYING: ReadonlySet<Stance> = new Set(['denied', 'pending', 'offered', 'asked'])

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

const saysHosting = (plain: string, place: Place, topic: string): boolean => {
  const { start } = place
  const near = plain.slice(Math.max(0, start - REACH), start + 60)
  const isAnswer = TOPIC.test(topic) && (start <= 25 || plain.length <= 60 || RESTS.test(near))
  if (STAYS.test(plain) || isAnswer || (HOSTED.test(near) && SUBJECT.test(plain))) return true
  return !isBelonging(plain, place) && RESTS.test(near) && DATA.test(near) && !COUNTED.test(plain)
}

/** Whether a page that speaks of other things too means the firm's service here. */
const isOfService = (plain: string, { start }: Place, kind: PageKind, names: readonly string[]): boolean => {
  if (kind === 'other') return true
  if (kind === 'legal') return SERVICE.test(plain)
  const before = plain.slice(0, start)
  return SPEAKS_OF_FIRM.test(before) || names.some(name => name.length > 3 && before.includes(foldInPlace(name)))
}

const MAY_HOST = [HOSTED, RESTS, STAYS]

/** The places of a sentence in which the firm hosts; none when it speaks of something else. */
const readSentence = (
  text: string,
  plain: string,
  names: readonly string[],
  kind: PageKind,
  topic: string,
): readonly Place[] => {
  if (!MAY_HOST.some(pattern => pattern.test(plain)) && !TOPIC.test(topic)) return []
  if (NOT_DATA.test(plain)) return []
  const places = placesIn(text, plain)
  const isHosting = places.some(place => saysHosting(plain, place, topic) && isOfService(plain, place, kind, names))
  return isHosting ? places.filter(place => isClaimedAt(text, plain, place, names)) : []
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

const CUSTOMERS_DATA = /\b(?:vos|your) (?:donnees|data|dossiers|documents|fichiers|files)\b/

const fromStatement = (
  statement: Statement,
  previous: Statement | undefined,
  names: readonly string[],
  pageKind: PageKind,
): readonly HostingStatement[] => {
  const { text, plain, block, path, leadIn, isFoot } = statement
  // A footer is the same on every page, whatever the page is about.
  const isApart = isFoot && (pageKind !== 'legal' || block.part === 'footer' || CUSTOMERS_DATA.test(plain))
  const kind = isApart ? 'other' : pageKind
  if (kind === 'legal' && isSiteHost(path)) return []
  // "Où sont mes données ? À Rennes", in one block or in two.
  const question = previous?.text.endsWith('?') ? previous.plain : ''
  const topic = `${foldInPlace(`${path.at(-1) ?? ''} ${leadIn ?? ''}`)} ${question}`.trim()
  if (
    / du site|siege|site (?:internet|web)|^(?:ce|le|notre|a propos du|this|our|about this) (?:web)?site\b(?! de)/.test(
      topic,
    )
  )
    return []
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
  const texts = statementsOf(page).flatMap((statement, i, all) => fromStatement(statement, all[i - 1], names, kind))
  const logos = page.document.images.flatMap(({ alt, heading = '' }) => {
    const places = OF_OTHERS.test(foldInPlace(heading)) ? [] : readSentence(alt, foldInPlace(alt), names, kind, '')
    return places.length === 0 ? [] : [statementOf(alt, places)]
  })
  return [...texts, ...logos]
}
