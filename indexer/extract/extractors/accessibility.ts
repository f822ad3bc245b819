import type { Extractor, SitePageContent } from '../extractor.ts'
import { type ClaimFinding, claim, firstOfEach } from './claim-finding.ts'
import { readDate } from './dates.ts'
import { type FoldedSentence, foldedSentencesOf } from './folded-sentences.ts'
import { plain } from './folded-text.ts'
import { pathOf, subjectOf } from './own-site.ts'

/** What a statement says of its site by law: RGAA's three states, and their English names. */
const STATES: readonly (readonly [string, RegExp])[] = [
  [
    'full',
    /\b(?:totalement|entierement|integralement|pleinement|fully)[ -](?:compatible et )?(?:conforme|compliant|conformant)\b|\bconformite totale\b|\bfull (?:compliance|conformance)\b|\bfully (?:conforms|complies)\b|\b100 ?% conforme\b|\bconforme a 100 ?%|\baccessibilite ?: ?conforme\b/,
  ],
  [
    'partial',
    /\bpartiellement[ -]conforme\b|\ben partie conforme\b|\bconformite partielle\b|\b(?:partially|partly)[ -](?:compliant|conformant)\b|\bpartial (?:compliance|conformance)\b|\b(?:partially|partly) (?:conforms|complies)\b/,
  ],
  [
    'none',
    /\bnon[ -]conforme\b|\bn'est (?:pas|pas encore|a ce jour pas) conforme\b|\b(?:not|not yet) (?:compliant|conformant)\b|\bnon-?(?:compliant|conformant)\b(?! (?:content|item|element|criteri|page))|\bdoes not (?:yet )?(?:conform|comply)\b/,
  ],
]

const TOPIC = /accessibil|rgaa|wcag|en 301 ?549|\ba11y\b/

/** Speaks of others, explains the law or names one criterion. */
const NOT_OWN =
  /\b(?:votre|vos|your|nos clients|des clients|concurrents?|est dite?|sont dits|est considere\w*|lorsqu\w*|si (?:le|la|un|votre|vous)|if (?:your|a|the)|peut etre|doi(?:t|vent)|must|aidons|accompagn\w+|criteres? \d|obligatoire|obligation|said to be)\b|\?/

/** What comes behind such words is not yet so. */
const WISH =
  /\b(?:visons|viser?|vise|objectifs?|d'ici|prochaine?(?:ment)?s?|atteindre|devenir|a terme|ambition\w*|prevu\w*|prevoyons|en vue d|souhait\w*|aim(?:s|ing)?|goal|target\w*|by 20\d\d|will be|plan(?:s|ned)? to)\b/

const stateOf = (sentence: string): string | undefined => {
  const wish = WISH.exec(sentence)
  const now = wish === null ? sentence : sentence.slice(0, wish.index)
  const states = STATES.filter(([, pattern]) => pattern.test(now))
  // A sentence that names two explains what the words mean.
  return NOT_OWN.test(now) || states.length !== 1 ? undefined : states[0]?.[0]
}

/** The share of criteria that are met gives the state by RGAA's own rule: all, half of them, fewer. */
const RATE =
  /(?:taux (?:moyen |global )?de conformite|conforme a(?: hauteur de)?|compliance (?:rate|score)|respecte)[^.%?]{0,60}?\b(\d{1,3})(?:[.,]\d{1,2})? ?%|\b(\d{1,3})(?:[.,]\d{1,2})? ?% des (?:\d{2,3} )?criteres/

const rateState = (sentence: string): string | undefined => {
  const match = WISH.test(sentence) || NOT_OWN.test(sentence) ? null : RATE.exec(sentence)
  const rate = Number(match?.[1] ?? match?.[2] ?? Number.NaN)
  if (Number.isNaN(rate) || rate > 100) return undefined
  return rate === 100 ? 'full' : rate >= 50 ? 'partial' : 'none'
}

const ESTABLISHED =
  /\b(?:etablie?|redigee?|realisee?|prepared|created|published|publiee?|en date du|drawn up|made on)\b/
const STATEMENT = /declaration|statement/

const DATED =
  /declaration|statement|etablie?|redigee?|publiee?|mise? a jour|prepared|created|published|updated|reviewed/

/** When the statement was drawn up; else when it was last revised. */
const statementDate = (sentences: readonly FoldedSentence[]): string | undefined => {
  const dated = sentences.flatMap(({ text, words }) => {
    const date = DATED.test(words) && !/\baudit/.test(words) ? readDate(text) : undefined
    return date === undefined ? [] : [{ date, words }]
  })
  const established = dated.filter(({ words }) => ESTABLISHED.test(words))
  return (established.find(({ words }) => STATEMENT.test(words)) ?? established[0] ?? dated[0])?.date
}

const find = (page: SitePageContent): readonly ClaimFinding[] => {
  const isStatement = /accessib|a11y|rgaa/.test(`${pathOf(page.url)} ${subjectOf(page)}`)
  const sentences = foldedSentencesOf(page.document)
  const date = isStatement ? statementDate(sentences) : undefined
  const attributes = date === undefined ? {} : { date }
  const stated = (read: (sentence: string) => string | undefined): readonly ClaimFinding[] =>
    sentences.flatMap(({ text, block, words, above }) => {
      const state = isStatement || TOPIC.test(words) || TOPIC.test(above) ? read(words) : undefined
      return state === undefined ? [] : [claim('accessibility', state, text, block, attributes)]
    })
  const explicit = stated(stateOf)
  if (explicit.length > 0) return firstOfEach(explicit)
  // The law asks every public site for these words in a link, which may stand in a menu.
  const links = page.document.links.flatMap(({ text }) => {
    const words = plain(text)
    const state = /^accessibilit/.test(words) ? stateOf(words) : undefined
    return state === undefined ? [] : [claim('accessibility', state, text)]
  })
  return firstOfEach(links.length > 0 ? links : stated(rateState).slice(0, 1))
}

/** The state of accessibility that a statement or a footer declares of the firm's site or product. */
export const accessibility: Extractor = { name: 'accessibility', version: 1, find }
