import type { PageBlock } from '../page-document.ts'
import { sentencesIn } from '../sentences.ts'
import { bodiesIn, hasOtherTies } from './customer-bodies.ts'
import { type CustomerMention, mentionIn } from './customer-mention.ts'
import type { CustomerSection } from './customer-titles.ts'
import { type NamedOrganisation, organisationsAt } from './organisation-lists.ts'
import type { PlacedBlock } from './outline.ts'
import { oneLine, plainText } from './plain-text.ts'
import { isPublicBody } from './public-bodies.ts'

/** Words after which customers are enumerated, private ones too. */
const LIST_LEAD =
  /(?<!\p{L})(?:parmi (?:eux|elles)(?: figurent)?,?|(?:notre|un de nos|l['’]un de nos|une de nos|l['’]une de nos|our|one of our) (?!service|relation|espace|support|portail)(?:\S{1,12} ){0,2}(?:client|cliente|clients|clientes|customers?),|(?:parmi|dont|among|including|tels que|comme|citons|figurent|comptent) (?:nos |our |ses |leurs )?(?:principaux |nombreux )?(?:clients?|références|references|utilisateurs|customers|users)(?: (?:figurent|on compte|nous comptons|on trouve|citons|include|publics|privés|récents?))?(?: notamment)?\s?:?|(?:nos |quelques |our |principaux |autres )?(?:clients?|références(?: clients?)?|references|customers|utilisateurs)(?: (?:publics|privés|principaux|récentes?|actuels))?(?: sont| include| comptent)?(?: notamment)?\s?:|clients? (?:tels? que|comme|parmi lesquels|dont|such as|including)|(?:ils )?nous (?:font|ont fait) (?:déjà )?confiance\s?:|trusted by|(?:nos |our )(?:clients|customers|utilisateurs|users) (?:include|comprennent|comptent)|nous (?:comptons|avons) (?:parmi nos (?:clients|références|utilisateurs)|pour clients?)|travaillons (?:déjà |aujourd['’]hui )?pour (?!nos|des|les|vous|nous)|we (?:work for|serve|equip|supply))\s?/giu

const TIME = String.raw`(?:,?\s(?:déjà|aujourd['’]hui|notamment|actuellement|désormais|depuis (?:\p{L}{3,9} )?\d{4}|en \d{4}|quotidiennement|chaque jour|avec succès|également|aussi|already|currently|daily|since \d{4})){0,3}`

/** Words after which a customer comes, private ones too. */
const AGENT_LEAD = new RegExp(
  String.raw`(?<!\p{L})(?:(?:utilisée?s?|adoptée?s?|choisie?s?|retenue?s?|plébiscitée?s?|exploitée?s?|used|adopted|chosen|selected)${TIME} (?:par|by)|(?:déployée?s?|installée?s?|en production|en service|en exploitation|opérationnel(?:le)?s?|implantée?s?|deployed|installed|in use|in production|live|running)${TIME} (?:chez|au sein d[eu]|auprès d[eu]|at)|pour le compte d[eu]|on behalf of|nous (?:a|ont) été confiée?s? par|commandée?s? par|remporté le marché d[eu])\s`,
  'giu',
)

/** "Chez Laiterie du Doubs, quatre machines tournent": where a sentence takes place. */
const CHEZ_LEAD = /^(?:et )?(?:chez|at)\s(?=[^,.:]{3,60}(?:,|\s:))/giu

/** "Roulent déjà avec nous : A, B et C": a list behind a colon, by the words before it. */
const COLON_LEAD =
  /(?<!\p{L})(?:nous|nos|notre|chez|clients?|équip\p{L}{1,5}|livr\p{L}{1,5}|install\p{L}{1,5}|utilis\p{L}{1,6}|tourn\p{L}{1,4}|travaill\p{L}{1,4}|déploy\p{L}{1,4}|abonn\p{L}{1,4}|industriels|usines|entreprises|us|our|use|run)(?!\p{L})[^:]{0,80}:\s/giu
const NO_COLON_LIST =
  /(?<!\p{L})(?:fournisseu\p{L}{1,3}|intègr\p{L}{1,5}|compatib\p{L}{1,6}|connect\p{L}{1,6}|logiciels?|normes?|langues?|technolog\p{L}{1,6}|certifi\p{L}{1,8}|héberg\p{L}{1,6}|outils?|formats?|protocoles?|matéri\p{L}{1,5}|marques?|équipes?|fond\p{L}{1,7}|presse|distribu\p{L}{1,7}|revend\p{L}{1,5}|agences?|bureaux|pays|horaires|adresse|écri\p{L}{1,5}|prix|tarifs?|modèles?|gammes?|produits?|modules?|métiers?|valeurs|engage\p{L}{1,5}|filiales?|groupe|licences?|offres?|services?|réseaux|navigateurs?|systèmes?|bases?)(?!\p{L})/iu

/** Words right after which a public body is a customer. */
const SERVED_LEAD = new RegExp(
  String.raw`(?<!\p{L})(?<!(?:l['’]|notre |une |cette |d['’]))(?:équip(?:ons|ent|e|é)|accompagn(?:ons|e|ent|é)|hébergeons|livrons|servons|fournissons|assistons|conseillons|outillé|convaincu|séduit|aidé|equips?|supply|supplies|equipped)${TIME} (?:déjà )?`,
  'giu',
)

/** Words after which a public body is one behind "à", "pour" … */
const DONE_LEAD =
  /(?<!\p{L})(?:déployé|installé|posé|mis(?:e|es)? en (?:service|place|production|œuvre)|livré|équipé|implanté|migré|opérationnel|en (?:production|service|exploitation|fonctionnement)|tourne|fonctionne|deployed|installed|delivered|rolled out)\p{L}{0,3}(?!\p{L})/giu
const BEHIND = /(?<!\p{L})(?:à|au|aux|dans|pour|chez|sur|at|in|for|to)\s(?=\S)/giu

/** "Développé par le CNRS" names a maker: only whom it was made for counts. */
const MADE_LEAD =
  /(?<!\p{L})(?:développé|réalisé|conçu|fourni|construit|fabriqué|developed|built|supplied|made)\p{L}{0,3}(?!\p{L})/giu
const FOR = /(?<!\p{L})(?:pour|for)\s(?=\S)/giu

/** What the firm runs, behind which "de la Ville de X" says whose it is. */
const RUN_LEAD =
  /(?<!\p{L})(?:hébergeons|gérons|supervisons|maintenons|exploitons|infogérons|surveillons|équipons|équipent|équipe|mesurons|pilotons|installés? dans|déployés? dans|posés? (?:dans|sur)|we (?:host|run|operate|maintain))\s/giu
const OWNED_BY = /(?<=\p{L})\s(?:de la |du |de l['’]|des |of the |of |de )(?=\p{L})/giu

/** "45 syndicats équipés, dont …": what is enumerated behind customers of a kind. */
const SUCH_LEAD =
  /(?<!\p{L})(?:équipée?s|clientes?|clients?|utilisat(?:eurs|rices)|confiance|accompagnée?s|déployée?s|installations?|collectivités|communes|syndicats|hôpitaux|établissements|universités|départements|villes)(?: \p{L}{2,15}){0,4},? (?:dont|parmi lesquel(?:le)?s|comme|notamment|tels? que|telles que|such as|including)\s/giu

/** What customers do with the firm or what it sells, right behind their name. `us` says that the object is the firm. */
const DOES =
  /\s?(?:\([^)]{1,40}\)\s?)?,?\s?(?:(?:a|ont|avait|has|have|s['’]est|se sont|vient de|viennent de)\s(?:ainsi |donc |déjà |également |alors |récemment |already )?)?(?:choisi|choisir|retenu|retenir|adopté|adopter|équipée?s?|utilisent?|utilise|exploitent?|fait (?:le choix|confiance|appel)|font (?:déjà )?(?:confiance|appel)|nous|confié|confier|déployé|déployer|sélectionné|s['’]appuient?|remplacé|migré|mis en place|gèrent?|pilotent?|supervisent?|surveillent?|suivent|suit|mesurent?|travaillent?|signé|renouvelé|commandé|acheté|opté|dotée?s?|(?:was|is|became|est|a été|fut|est devenue?) (?:our|notre|l['’]une? de nos|one of our) (?:\S{1,12} ){0,2}(?:customers?|clients?|clientes?)|chose|chosen|selected|uses?|relies|rely|trusts?|runs?|adopted|picked|switched|sont? (?:déjà |désormais |aujourd['’]hui )?(?:équipée?s?|clients?|clientes?|passée?s?)|est (?:déjà |désormais |aujourd['’]hui )?(?:équipée?|cliente?|passée?))(?![\p{L}])/iuy

const US =
  /(?<!\p{L})(?:nous|notre|nos|us|our|ours|merci (?:à|au|aux)|clients? (?:depuis|de longue)|clientes? (?:depuis|de longue|de la première|historique|fidèle))(?!\p{L})/iu

/** Who denies, hopes, funds or is a partner is no customer. */
const NO_CUSTOMER =
  /(?<!\p{L})(?:bientôt|prochainement|rêv\p{L}{2,8}|souhaiterai\p{L}{1,4}|espér\p{L}{2,6}|candidat\p{L}{0,6}|partenari\p{L}{1,4}|partenaires?|partners?|partnership|co-?financ\p{L}{1,6}|financ(?:é|ée|és|ent|e|eur)s?|soutenu\p{L}{0,2}|soutien|subvention\p{L}{0,4}|(?<!plus )anciens? (?:client|dsi|agent|élève|étudiant|cadre|direct|respons|ingénieur)\p{L}{0,6}|(?<!plus )anciennes? (?:cliente|dsi|agente|élève|étudiante|cadre|direct|respons|ingénieure)\p{L}{0,6}|concurrent\p{L}{0,2}|pas encore|si (?:vous|votre)|par exemple|comme si|imagin\p{L}{1,4}|expériment\p{L}{1,6}|soon|would|could|funded|supported by|competitors?|lauréat\p{L}{0,2}|appel à projets|concours|prix)(?!\p{L})|(?<!\p{L})(?:société|entreprise|équipe|bureaux|locaux|siège|coopérative|start-?up|nous sommes|sommes-nous|incub\p{L}{2,6}|spin-?off|issue?s?)(?!\p{L}).{0,60}(?:installée?s?|implantée?s?|située?s?|hébergée?s?) |\?\s*$|(?<!\p{L})(?:ne|n['’]\p{L}{1,6}|n['’]) \S{0,20} ?(?:pas|plus|jamais|aucun)/iu

const MAX_SENTENCE = 600
const OBJECT_REACH = 90

const behind = (lead: RegExp, sentence: string, allowPrivate: boolean): readonly NamedOrganisation[] =>
  [...sentence.matchAll(lead)].flatMap(match => organisationsAt(sentence, match.index + match[0].length, allowPrivate))

const inColonList = (sentence: string): readonly NamedOrganisation[] => {
  if (!sentence.includes(':') || NO_COLON_LIST.test(sentence)) return []
  const named = behind(COLON_LEAD, sentence, true)
  // Two words or more each: single ones are as often places, products or first names.
  return named.length > 1 && named.every(({ name }) => /\S\s\S/u.test(name)) ? named : []
}

/** Public bodies that `link` joins to the clause that begins with `lead`. */
const inClause = (lead: RegExp, link: RegExp, sentence: string): readonly NamedOrganisation[] => {
  const start = sentence.search(lead)
  if (start < 0) return []
  return behind(link, sentence.slice(start).split(/[.;:!?]\s/u, 1)[0] ?? '', false)
}

/** Where an organisation may begin: at the sentence's start, or at a word that opens a public body's name. */
const SUBJECT_START =
  /^(?=\p{L})|(?<=[\s’'])(?=(?:[Vv]ille|[Mm]airie|[Cc]ommun|[MmÉé]|[Aa]ggl|[Dd]épartement|[Cc]onseil|[Cc]ollectiv|[Rr]égion|[Ss]yndicat|[Cc]entre|[Hh][oô]p|[Hh]osp|[Uu]niv|[Aa]cad|[Pp]réf|[Aa]gence|[Rr]ectorat|[Ll]ycée|[Cc]ollège|[Oo]ffice|[Rr]égie|[Gg]rand|\p{Lu}))/gu
const MAX_STARTS = 12

const keyLike = (text: string): string => plainText(text).replace(/[^a-z\d]+/g, '')

/** Whether the firm is spoken of: "notre solution", "nous", or its name. */
const speaksOfFirm = (text: string, ownKeys: ReadonlySet<string>): boolean => {
  if (US.test(text)) return true
  const key = keyLike(text)
  return [...ownKeys].some(own => key.includes(own))
}

/** "La Ville de Lannion et le CHU de Rennes ont choisi notre solution": who stands before the verb. */
const subjects = (sentence: string, { ownKeys, inReferences }: Context): readonly NamedOrganisation[] => {
  let reached = 0
  const found: NamedOrganisation[] = []
  if (!inReferences && !speaksOfFirm(sentence, ownKeys)) return found
  for (const { index } of [...sentence.matchAll(SUBJECT_START)].slice(0, MAX_STARTS)) {
    if (index < reached) continue
    const named = organisationsAt(sentence, index, index === 0)
    const end = named.at(-1)?.end
    if (end === undefined) continue
    reached = end
    DOES.lastIndex = end
    const verb = DOES.exec(sentence)?.[0]
    if (verb === undefined) continue
    const object = sentence.slice(end, end + verb.length + OBJECT_REACH).split(/[.!?;«“"]/u, 1)[0] ?? ''
    const isAll = speaksOfFirm(object, ownKeys)
    found.push(...named.filter(({ name }) => isAll || (inReferences && isPublicBody(name))))
  }
  return found
}

/** What is known of a page that tells how far its sentences can be trusted. */
export interface PageContext {
  readonly ownKeys: ReadonlySet<string>
  /** A post of a blog: what it tells of others is not about the firm unless it says so. */
  readonly isArticle: boolean
  /** A page over the firm itself names schools, places and shareholders. */
  readonly isAbout: boolean
  /** A page of references. */
  readonly isReferences: boolean
}

interface Context extends PageContext {
  /** Under a heading over customers or cases. */
  readonly inReferences: boolean
}

/** Whether a sentence denies, hopes, tells of funds, partners or the past: who it names is no customer. */
export const namesNoCustomer = (sentence: string): boolean => NO_CUSTOMER.test(sentence)

/** What every sentence has that names a customer; most have none of it, and the patterns above are dear. */
const WORTH =
  /client|custom|confi|trust|collectiv|commune|syndicat|hôpita|établiss|universit|départ|ville|utilis|adopt|chois|reten|expl?oit|plébisc|déplo|deploy|install|équip|equip|posé|mise?s? en|en (?:prod|serv|place|fonc)|livr|implant|migr|opérat|accompagn|héberg|host|serv|fourni|assist|conseil|outill|convain|sédui|aid[ée]|suppl|pour le compte|behalf|march[ée]|command|références|travaill|work|développ|réalis|conç|constru|fabriq|built|developed|made|g[èe]re|pilot|supervis|surveil|suiv|mesur|sign|renouv|achet|opt[ée]|dot[ée]|chose|select|uses?|used|rel[iy]|runs?|switch|passé|appui|remplac|appel|chez|nous|nos|tourn|abonn|industr|usine|us |our |run/iu

/** Words that tell of customers where nothing else speaks against it. */
const looselyIn = (sentence: string, context: Context): readonly NamedOrganisation[] => [
  ...behind(SERVED_LEAD, sentence, false),
  ...behind(SUCH_LEAD, sentence, false),
  ...inClause(DONE_LEAD, BEHIND, sentence),
  ...inClause(MADE_LEAD, FOR, sentence),
  ...inClause(RUN_LEAD, OWNED_BY, sentence),
  ...subjects(sentence, context),
]

/** The customers that one sentence names, in its order. */
const customersIn = (sentence: string, context: Context): readonly NamedOrganisation[] => {
  if (!WORTH.test(sentence) || !/\p{Lu}/u.test(sentence.slice(1)) || namesNoCustomer(sentence)) return []
  if (context.isArticle && !speaksOfFirm(sentence, context.ownKeys)) return []
  return [
    ...behind(LIST_LEAD, sentence, true),
    ...behind(AGENT_LEAD, sentence, true),
    ...behind(CHEZ_LEAD, sentence, true).slice(0, 1),
    ...inColonList(sentence),
    ...(hasOtherTies(sentence) ? [] : looselyIn(sentence, context)),
  ]
}

/** The parts of a page in which a firm speaks to visitors. */
const SPEAKS: ReadonlySet<PageBlock['part']> = new Set(['main', 'other', 'caption', 'related', 'aside', 'header'])

/** What a page over the firm says when it speaks of customers. */
const SELLS =
  /(?<!\p{L})(?:client|équip|utilis|install|déploy|confi|command|livr|signé|signe|adopt|premi(?:er|ère)s? (?:contrat|pose|commune|ville|collectivité|hôpital))/iu

/** "C'est flatteur, mais elle n'est pas cliente" speaks of the sentence before. */
const NOT_A_CUSTOMER = /\b(?:pas|plus) (?:encore )?(?:une? |notre )?client/iu

/** The public bodies that a block names, on pages that are about what the firm sells. */
const bodiesInBlock = (sentences: readonly string[], context: Context): readonly CustomerMentionIn[] => {
  const read = (inReferences: boolean) =>
    sentences.flatMap(sentence =>
      (context.isArticle && !speaksOfFirm(sentence, context.ownKeys)) || (context.isAbout && !SELLS.test(sentence))
        ? []
        : bodiesIn(sentence, { inReferences }).map(({ name }) => ({ name, sentence })),
    )
  if (context.isAbout || sentences.some(sentence => /\bpas (?:encore )?(?:une? |notre )?client/iu.test(sentence)))
    return []
  const found = read(context.inReferences || context.isReferences)
  // In a customer's company a university is one too.
  return found.length > 0 ? read(true) : found
}

interface CustomerMentionIn {
  readonly name: string
  readonly sentence: string
}

/** The customers that sentences state: "nous équipons …", "… a choisi notre …", "parmi nos clients : …". */
export const customersInSentences = (
  placed: readonly PlacedBlock[],
  page: PageContext,
  sectionAt: (each: PlacedBlock) => CustomerSection | undefined,
): readonly CustomerMention[] => {
  const read = (each: PlacedBlock, isInCompany: boolean): readonly CustomerMention[] => {
    const section = sectionAt(each)
    if (section === 'others') return []
    const inReferences = isInCompany || section === 'customers' || section === 'cases'
    const context = { ...page, inReferences }
    const sentences = sentencesIn(each.block).map(text => oneLine(text).slice(0, MAX_SENTENCE))
    const isDenied = sentences.some(sentence => NOT_A_CUSTOMER.test(sentence))
    const stated = (isDenied ? [] : sentences).flatMap(sentence =>
      customersIn(sentence, context).map(({ name }) => ({ name, sentence })),
    )
    const named = SPEAKS.has(each.block.part)
      ? bodiesInBlock(sentences, { ...context, inReferences: inReferences || section === 'perhaps' })
      : []
    return [...stated, ...named].map(({ name, sentence }) => mentionIn(name, each.block, sentence))
  }
  // Among headings or entries of one list, one customer tells what the others are.
  const isRow = ({ block, level }: PlacedBlock): boolean => block.kind === 'list-entry' || level !== undefined
  const rowOf = ({ block, level, path }: PlacedBlock): string =>
    `${block.kind} ${level ?? ''} ${path.map(title => title.text).join(' > ')}`
  const found = placed.map(each => read(each, false))
  const rows = new Set(placed.filter((each, i) => isRow(each) && found[i]!.length > 0).map(rowOf))
  return placed.flatMap((each, i) => (isRow(each) && rows.has(rowOf(each)) ? read(each, true) : found[i]!))
}
