import { claimsCapability } from '../../../src/text/capability.ts'
import type { Extractor, SitePageContent } from '../extractor.ts'
import type { PageBlock } from '../page-document.ts'
import { type ClaimFinding, claim, firstOfEach } from './claim-finding.ts'
import { foldedSentencesOf } from './folded-sentences.ts'
import { plain } from './folded-text.ts'
import { isJobsPage, isLegalPage } from './own-site.ts'
import { SERVICE_PATTERNS, type ServicePattern } from './service-patterns.ts'

/** Longer sentences are read to here. */
const MAX_SENTENCE = 1_000

/** What is asked, planned, or said of somebody else's service. */
const NOT_OFFERED =
  /\?\s*$|\b(?:prochainement|bientot|coming soon|a venir|en cours de creation|anciennement|n'assurons plus)\b|\b(?:notre|nos|l'|par l'|de l'|de notre|our) ?(?:hebergeur|fournisseur|hosting provider|host)\b|\brecherch(?:ons|e) une?\b|\bposte de\b/

/** One general word is enough for a card or a cell; "24/7" and delays need a sentence. */
const NAMES: ReadonlyMap<string, Pick<ServicePattern, 'kind' | 'value'>> = new Map(
  (
    [
      ['training', 'formation|formations|formation utilisateurs|training|trainings'],
      [
        'support',
        'support|assistance|hotline|support technique|support client|helpdesk|help desk|sav|technical support',
      ],
      ['maintenance', 'maintenance|mco|tma'],
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
    'mises a jour,documentation,consulting,hosting,deployment,onboarding,commissioning,prise en main,migration,etude,etudes'
  ).split(','),
)

const MAX_LIST = 100

/** The services that a block is nothing but a list of; none when it holds another word. */
const listed = (text: string): readonly Pick<ServicePattern, 'kind' | 'value'>[] => {
  if (text.length > MAX_LIST) return []
  const parts = plain(text)
    .replace(/^(?:nos services|services|our services) ?: ?/, '')
    .split(/\s*[,;/&•·|+–—✓✔]\s*|\s+(?:et|and|-)\s+|[.:]$/)
    .filter(Boolean)
  const known = parts.every(part => NAMES.has(part) || OTHER_NAMES.has(part))
  return known ? parts.flatMap(part => NAMES.get(part) ?? []) : []
}

/** Menus also list services, and say nothing with it: only what stands in the page's text, or is not itself a link. */
const mayList = (block: PageBlock, links: ReadonlySet<string>): boolean =>
  block.part === 'main' || ((block.part === 'other' || block.part === 'related') && !links.has(plain(block.text)))

const offers = (pattern: ServicePattern, sentence: string, words: string, heading: string): boolean => {
  const match = pattern.offered.exec(words)
  if (match === null || pattern.not.test(words) || NOT_OFFERED.test(words)) return false
  if (pattern.needs && !pattern.needs.test(words) && !pattern.needs.test(heading)) return false
  return claimsCapability(sentence, match.index)
}

const find = (page: SitePageContent): readonly ClaimFinding[] => {
  // There it is for staff; general terms speak of support that they exclude.
  if (isJobsPage(page) || isLegalPage(page)) return []
  const links = new Set(page.document.links.map(({ text }) => plain(text)))
  const stated = foldedSentencesOf(page.document).flatMap(({ text, block, words, above }) => {
    const sentence = text.slice(0, MAX_SENTENCE)
    const found = SERVICE_PATTERNS.filter(pattern => offers(pattern, sentence, words, above))
    // "Support 24/7": the particular says it all.
    const isParticular = found.some(({ value }) => value === 'support-24-7' || value === 'support-sla')
    return found
      .filter(({ value }) => !(isParticular && value === 'support'))
      .map(({ kind, value }) => claim(kind, value, text, block))
  })
  const named = page.document.blocks
    .filter(block => mayList(block, links))
    .flatMap(block => listed(block.text).map(({ kind, value }) => claim(kind, value, block.text, block)))
  return firstOfEach([...stated, ...named])
}

/** Training, help to users and maintenance that the firm offers its customers. */
export const trainingSupport: Extractor = { name: 'training-support', version: 1, find }
