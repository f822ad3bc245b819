import type { CLAIM_VALUES } from '../../../src/model/claim.ts'
import type { Extractor, Finding, SitePageContent } from '../extractor.ts'
import type { PageBlock } from '../page-document.ts'
import { anchorOf, excerptOf } from '../sentences.ts'
import { foldInPlace, stanceOf } from './claim-context.ts'
import { hostingOn } from './hosting-places.ts'
import { madeInFrench } from './made-in-france.ts'
import { ownNames } from './own-organisation.ts'
import { FRENCH_ADJECTIVE } from './places.ts'
import { meaningOfPath } from './section-meaning.ts'
import { MADE_IN_FRANCE, NO_FOREIGN_LAW, ON_PREMISES, REGIONS } from './sovereignty-words.ts'
import { isNo, pageKindOf, type Statement, statementsOf } from './statements.ts'

type Sovereignty = keyof (typeof CLAIM_VALUES)['sovereignty']

interface Found {
  readonly start: number
  readonly end: number
}

const found =
  (pattern: RegExp) =>
  (statement: Statement): readonly Found[] =>
    [...statement.plain.matchAll(pattern)].map(match => ({ start: match.index, end: match.index + match[0].length }))

const foundIf =
  (may: RegExp, pattern: RegExp) =>
  (statement: Statement): readonly Found[] =>
    may.test(statement.plain) ? found(pattern)(statement) : []

/** "À installer chez vous", below "Libre" or "Communautaire" in a list of prices; of a device it says nothing. */
const installedAtYours = (statement: Statement): readonly Found[] =>
  /libre|logiciel|communaut|community|open|code|licen[cs]e|serveur|server/.test(
    foldInPlace(statement.path.at(-1) ?? ''),
  )
    ? found(/^a (?:installer|deployer|executer|faire tourner)(?: vous-memes?)? chez (?:vous|soi)\b/g)(statement)
    : []

const MAY_BE_ON_PREMISES =
  /\bon[- ]?prem|heberg|host|serveur|server|infrastructure|data ?cent|centre de donnees|intranet|prive|private|premises|\bsi\b|systeme d'info|machine|salle|chez|locaux|murs|pare-feu|firewall|hypervis|cluster|hardware|local|baie|\bsite\b|reseau|\bplace\b|\bbox\b|etablissement|usine/
/** What `ON_PREMISES` cannot do without: that it runs somewhere, or whose the machines are. */
const SAYS_WHERE =
  /prem|host|heberg|install|deplo|execut|fonctionn|tourn|implant|run|\bsaas\b|reste|\bvit\b|demeure|\ba (?:vous|eux)\b|votre|\bvos\b|your|chez vous|\bleurs?\b|locale/
const MAY_BE_MADE =
  /franc|french|fabri|assembl|usin|ateli|imprim|soud|moul|tiss|cabl|mont|ecrit|conc|dessin|develop|\bcod|manufactur|built|build|design|\bmade\b|makes?\b|workshop|factor|plant|naissent|sort|produi|equipe|sites? de prod|lignes? de prod|chaines? de mont|\bou\b|where|^a /
/** What `MADE_IN_FRANCE` cannot do without. */
const SAYS_FRENCH = new RegExp(`franc|french|brittany|normandy|${REGIONS}|${FRENCH_ADJECTIVE}`)
const MAY_BE_LAW =
  /\bact\b|fisa|territorial|europeen|etranger|american|americain|foreign|non-eu|\bus law|\blois?\b|legislation|juridiction|jurisdiction|droit|\blaws?\b/

/** A short search for words without which there is none, then the pattern. */
const PATTERNS: readonly (readonly [Sovereignty, RegExp, (statement: Statement) => readonly Found[]])[] = [
  [
    'on-premises',
    MAY_BE_ON_PREMISES,
    statement => [...foundIf(SAYS_WHERE, ON_PREMISES)(statement), ...installedAtYours(statement)],
  ],
  [
    'made-in-france',
    MAY_BE_MADE,
    statement => [...foundIf(SAYS_FRENCH, MADE_IN_FRANCE)(statement), ...madeInFrench(statement)],
  ],
  ['no-foreign-law', MAY_BE_LAW, found(NO_FOREIGN_LAW)],
]

/** What speaks of the old way, of others, or of the language. */
const ELSEWHERE: Readonly<Record<Sovereignty, RegExp>> = {
  'on-premises':
    /\bmigr|vers le cloud|to the cloud|plutot qu|au lieu|contrairement|unlike|remplac|besoin|instead|obsolete|vieilliss|\brather than|serveur vocal|\brien a |\baudit|intrusion|infoger|maintenance|supervis/,
  'made-in-france':
    /\bpartenaires?\b|concurren|contrairement|unlike|langue francaise|\bles produits? francais|\bsoutenir|clients? ?:/,
  'no-foreign-law': /concurren(?!.*\bn(?:ous|os|otre)\b)/,
  'data-in-france': /(?!)/,
  'data-in-eu': /(?!)/,
}

/** The website itself. */
const OF_SITE =
  /\bsites?(?: internet| web)? (?:heberge|realise|concu|construit|developpe|fabrique|cree|edite|designed|made|built)/

const SPEAKS_OF_FIRM = /\b(?:nous|notre|nos|we|our)\b/

/** "Your servers" are whose they are; only who speaks and whether it is so counts. */
const withoutYours = (text: string): string =>
  text.replace(/\b(?:your|votre|vos)\b/gi, word => 'the'.padEnd(word.length))

const isSaid = (value: Sovereignty, statement: Statement, { start, end }: Found, names: readonly string[]): boolean => {
  const { text, plain, path, leadIn } = statement
  if (isNo(statement)) return false
  if (ELSEWHERE[value].test(plain.slice(0, end + 20))) return false
  const meaning = meaningOfPath([...path, leadIn])
  const stance = stanceOf({
    sentence: withoutYours(text),
    start,
    end,
    names,
    ...(value === 'made-in-france' ? {} : { ignoring: 'other' as const }),
  })
  if (stance === 'own') return true
  return stance === 'unsaid' && meaning !== 'others' && meaning !== 'pending'
}

interface Said {
  readonly value: Sovereignty
  readonly text: string
  readonly block?: PageBlock
}

const fromStatements = (page: SitePageContent): readonly Said[] => {
  const names = ownNames(page)
  const kind = pageKindOf(page)
  const needsFirm = kind === 'article' || kind === 'jobs' || kind === 'story' || kind === 'legal'
  return statementsOf(page).flatMap(statement => {
    const { plain } = statement
    if (needsFirm && !statement.isFoot && !SPEAKS_OF_FIRM.test(plain)) return []
    if (OF_SITE.test(plain)) return []
    return PATTERNS.flatMap(([value, may, find]) => {
      if (!may.test(plain)) return []
      const isHere = find(statement).some(each => isSaid(value, statement, each, names))
      return isHere ? [{ value, text: statement.text, block: statement.block }] : []
    })
  })
}

const isFranceAlone = (countries: readonly string[]): boolean => countries.length === 1 && countries[0] === 'FR'

const fromHosting = (page: SitePageContent): readonly Said[] => {
  const said = hostingOn(page)
  const inFrance = said.find(({ countries }) => isFranceAlone(countries))
  const inEurope = said.find(({ countries, isEurope }) => isEurope && !isFranceAlone(countries))
  if (inFrance !== undefined) return [{ ...inFrance, value: 'data-in-france' }]
  return inEurope === undefined ? [] : [{ ...inEurope, value: 'data-in-eu' }]
}

const MADE_LOGO = /\bmade in france\b|\bfabrique(?:e|s|es)? en france\b|\bfabrication francaise\b|\blogiciel francais\b/

const fromLogos = (page: SitePageContent): readonly Said[] =>
  page.document.images
    .filter(
      ({ alt, part }) => (part === 'main' || part === 'footer') && alt.length < 80 && MADE_LOGO.test(foldInPlace(alt)),
    )
    .map(({ alt }) => ({ value: 'made-in-france', text: alt }))

const findSovereignty = (page: SitePageContent): readonly Finding[] => {
  const findings = new Map<Sovereignty, Finding>()
  for (const { value, text, block } of [...fromHosting(page), ...fromStatements(page), ...fromLogos(page)]) {
    if (findings.has(value)) continue
    findings.set(value, {
      property: 'claim',
      value: { kind: 'sovereignty', value },
      excerpt: excerptOf(text),
      ...(block === undefined ? {} : anchorOf(block)),
    })
  }
  return [...findings.values()]
}

/** What the firm says of whose law and hands its customers' data and products are in. */
export const sovereignty: Extractor = { name: 'sovereignty', version: 1, find: findSovereignty }
