import { claimsCapability } from '../../../src/text/capability.ts'
import type { Extractor, SitePageContent } from '../extractor.ts'
import type { PageBlock, PageDocument } from '../page-document.ts'
import { type ClaimFinding, claim, firstOfEach } from './claim-finding.ts'
import { type FoldedSentence, foldedSentencesOf } from './folded-sentences.ts'
import { plain } from './folded-text.ts'
import { isJobsPage, isLegalPage, isSameSite, pathOf } from './own-site.ts'
import { type ServicePattern, USERS } from './service-pattern.ts'
import { SERVICE_PATTERNS } from './service-patterns.ts'
import { IN_TERMS, SPEAKS_OF_HELP } from './support-patterns.ts'
import { IS_REGISTERED } from './training-patterns.ts'

/** Longer sentences are read to here. */
const MAX_SENTENCE = 1_000

/** What is asked, planned, or said of somebody else's service. */
const NOT_OFFERED =
  /\b(?:prochainement|bientot|coming soon|a venir|en cours de creation|anciennement|n'assurons plus)\b|\b(?:notre|nos|l'|par l'|de l'|de notre|our) ?(?:hebergeur|fournisseur|hosting provider|host)\b|\brecherch(?:ons|e) une?\b|\bposte de (?!travail\b)/

/** One general word is enough for a card or a cell; "24/7" and delays need a sentence. */
const NAMES: ReadonlyMap<string, Pick<ServicePattern, 'kind' | 'value'>> = new Map(
  (
    [
      [
        'training',
        'formation|formations|formation utilisateurs|training|trainings|nos formations|les formations|la formation|se former|formez-vous|training courses|formation des utilisateurs|centre de formation|organisme de formation',
      ],
      [
        'support',
        'support|assistance|hotline|support technique|support client|helpdesk|help desk|sav|s.a.v|technical support|depannage|service apres-vente|tele-assistance|telemaintenance|notre support|support utilisateurs|support et assistance',
      ],
      [
        'maintenance',
        'maintenance|mco|tma|tierce maintenance|contrat de maintenance|contrats de maintenance|entretien',
      ],
    ] as const
  ).flatMap(([value, names]) =>
    names.split('|').map(name => [name, { kind: value === 'training' ? 'training' : 'support', value }] as const),
  ),
)

/** Other services that stand in such lists: "Conseil, intégration, formation". */
const OTHER_NAMES = new Set(
  (
    'conseil,conseils,audit,audits,installation,pose,deploiement,integration,parametrage,accompagnement,hebergement,' +
    'exploitation,infogerance,mise en service,developpement,depannage,certification,conduite du changement,evolutions,' +
    'mises a jour,documentation,ateliers,vente,location,reparation,reparations,conception,etalonnage,fabrication,supervision,securite,suivi,diagnostic,' +
    'pieces detachees,garantie,garanties,faq,conseil et audit,reprise,hotline telephonique,ressources,training days,repairs,calibration,' +
    'consulting,hosting,deployment,onboarding,commissioning,prise en main,migration,etude,etudes'
  ).split(','),
)

const MAX_LIST = 100
/** Longer links are titles. */
const MAX_NAME = 60

/** The services that a block is nothing but a list of; none when it holds another word. */
const listed = (text: string): readonly Pick<ServicePattern, 'kind' | 'value'>[] => {
  if (text.length > MAX_LIST) return []
  const parts = plain(text)
    .replace(/^(?:nos services|services|our services) ?: ?/, '')
    .split(/\s*[,;/&•·|+–—✓✔]\s*|\s+(?:et|and|-)\s+|[.:]$/)
    .filter(Boolean)
  // "Reprise des données" begins with what such lists hold.
  const known = parts.every(part => NAMES.has(part) || OTHER_NAMES.has(part) || OTHER_NAMES.has(part.split(' ', 1)[0]!))
  return known ? parts.flatMap(part => NAMES.get(part) ?? []) : []
}

/** Menus also list services, and say nothing with it: only what stands in the page's text, or is not itself a link. */
const mayList = (block: PageBlock, links: ReadonlySet<string>): boolean =>
  block.part === 'main' ||
  block.kind === 'heading' ||
  ((block.part === 'other' || block.part === 'related') && !links.has(plain(block.text)))

/** "Une journée sans ordinateur, maire compris, pour former les élus": what is left out ends at the comma. */
const ASIDE = /(?<=[^,]) sans [^,;.]{2,40},(?! ?(?:ni|sans|aucun))/giu

/** The sentence with its asides blanked before `start`: what they deny is not what comes later. */
const withoutAsides = (sentence: string, start: number): string =>
  sentence.slice(0, start).replace(ASIDE, match => ' '.repeat(match.length)) + sentence.slice(start)

const offers = (pattern: ServicePattern, sentence: string, words: string, heading: string): boolean => {
  if (pattern.hint?.test(words) === false) return false
  const match = pattern.offered.exec(words)
  if (match === null || pattern.not.test(words) || NOT_OFFERED.test(words)) return false
  if (pattern.needs && !pattern.needs.test(words) && !pattern.needs.test(heading)) return false
  return claimsCapability(withoutAsides(sentence, match.index), match.index)
}

/** "Formation Trousseau", "Support GLPI" as a card or heading: the service, then the name of what it is for. */
const NAMED =
  /^(Formation|Support|Assistance|Maintenance|Hotline|Training)s? (?:technique |on |à |sur )?(?:« |"|“)?\p{Lu}[\p{L}\d.-]{2,30}(?: \p{Lu}?[\p{L}\d.-]{1,30}){0,2}(?: »|"|”)?$/u

const namedIn = ({ text, kind }: PageBlock): readonly Pick<ServicePattern, 'kind' | 'value'>[] => {
  const name = kind === 'heading' || kind === 'list-entry' || kind === 'cell' ? NAMED.exec(text)?.[1] : undefined
  return name === undefined ? [] : [NAMES.get(name.toLowerCase()) ?? []].flat()
}

/** "Proposez-vous des formations ?" says nothing, unless "Oui" follows. */
const isSaid = ({ words }: FoldedSentence, at: number, all: readonly FoldedSentence[]): boolean =>
  !/\?\s*$/.test(words) || /^(?:oui|yes|bien sur|tout a fait|absolument|of course)\b/.test(all[at + 1]?.words ?? '')

/** Shorter entries of a menu are names of pages. */
const MIN_MENU = 25

/** What a menu describes: "Craie : ateliers et formation de vos relais". */
const menuSentences = (document: PageDocument): readonly FoldedSentence[] =>
  document.blocks
    .filter(({ part, kind, text }) => part === 'nav' && kind === 'list-entry' && text.length >= MIN_MENU)
    .map(block => ({ text: block.text, block, words: plain(block.text.slice(0, MAX_SENTENCE)), above: '' }))

/** What a menu calls the firm's courses: "Formations", "Formations installateurs". */
const COURSES = new RegExp(
  `^(?:nos |les |notre offre de )?(?:formations|formations? (?:des |pour les )?${USERS}|formations? (?:et|&) (?:ateliers?|certifications?|accompagnement|conseils?)|formation professionnelle|trainings?|training (?:courses?|cent(?:er|re)|catalogue)|(?:our )?courses)$`,
)
const COURSES_PATH = /\/(?:nos-|les-)?formations?(?:\.\w{3,5})?\/?$/
/** There the word is a line of business of customers, or staff's. */
const ELSEWHERE =
  /\/(?:secteurs?|metiers?|industr\w+|clients?|references?|blog|actualites?|actus?|news|articles?|carrieres?|recrutement|emplois?|jobs?)(?:[/.-]|$)/

/** The firm's page of courses, where a link of the page leads to it. */
const coursesLinked = (page: SitePageContent): readonly ClaimFinding[] => {
  const link = page.document.links.find(({ url, text }) => {
    if (text.length > MAX_NAME || !/form|train|cours/i.test(text)) return false
    const words = plain(text)
    const path = pathOf(url)
    return (
      (COURSES.test(words) || (words === 'formation' && COURSES_PATH.test(path))) &&
      !ELSEWHERE.test(path) &&
      isSameSite(url, page)
    )
  })
  return link === undefined ? [] : [claim('training', 'training', link.text)]
}

/** Help round the clock is help; so is a guarantee that names it. */
const withHelp = (
  found: readonly ServicePattern[],
  words: string,
): readonly Pick<ServicePattern, 'kind' | 'value'>[] =>
  found.some(({ value }) => value === 'support-24-7' || (value === 'support-sla' && SPEAKS_OF_HELP.test(words)))
    ? [...found, { kind: 'support', value: 'support' }]
    : found

const find = (page: SitePageContent): readonly ClaimFinding[] => {
  const isLegal = isLegalPage(page)
  // There it is for staff, and general terms speak of support that they exclude or define; a footer says the same everywhere.
  const isApart = isLegal || isJobsPage(page)
  const mayState = ({ block, words }: FoldedSentence): boolean =>
    !isApart || block.part === 'footer' || (isLegal && (IS_REGISTERED.test(words) || IN_TERMS.test(words)))
  const links = new Set(page.document.links.map(({ text }) => plain(text)))
  const stated = [...foldedSentencesOf(page.document), ...menuSentences(page.document)]
    .filter(isSaid)
    .filter(mayState)
    .flatMap(({ text, block, words, above }) => {
      const sentence = text.slice(0, MAX_SENTENCE)
      const found = SERVICE_PATTERNS.filter(pattern => offers(pattern, sentence, words, above))
      const isTerm = isApart && block.part !== 'footer'
      return withHelp(found, words)
        .filter(({ value }) => !isTerm || value === 'support' || value === 'training')
        .map(({ kind, value }) => claim(kind, value, text, block))
    })
  const named = page.document.blocks
    .filter(block => !isApart && mayList(block, links))
    .flatMap(block =>
      [...listed(block.text), ...namedIn(block)].map(({ kind, value }) => claim(kind, value, block.text, block)),
    )
  return firstOfEach([...stated, ...named, ...coursesLinked(page)])
}

/** Training, help to users and maintenance that the firm offers its customers. */
export const trainingSupport: Extractor = { name: 'training-support', version: 1, find }
