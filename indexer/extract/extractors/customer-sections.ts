import type { PageImage } from '../page-document.ts'
import { excerptOf } from '../sentences.ts'
import { type CustomerMention, mentionIn } from './customer-mention.ts'
import { type CustomerSection, customerSectionOf } from './customer-titles.ts'
import { namesFunction } from './functions.ts'
import { organisationAt } from './organisation-lists.ts'
import { isCapitalised, isOrganisationName, nameInAlt, shortestName } from './organisation-names.ts'
import type { PlacedBlock, Title } from './outline.ts'
import { plainText } from './plain-text.ts'
import { isPublicBody } from './public-bodies.ts'
import { startsWithService } from './service-words.ts'
import { tablesOf } from './table-columns.ts'

/** The innermost heading that says what stands under it; `fallback` when none does. */
export const sectionOf = (path: readonly Title[], fallback?: CustomerSection): CustomerSection | undefined => {
  for (const title of path.toReversed()) {
    const section = customerSectionOf(title.text)
    if (section !== undefined) return section
  }
  return fallback
}

/** Headings that divide customers by trade or place. */
const DIVISION =
  /^(?:nos |les |le |la |l'|en |dans l[ae] |secteurs? |domaines? |acteurs? )*(?:collectivit|sante|industri|energ|eau|education|enseignement|communes?$|villes?$|secteur|hopita|etablissement|entreprise|association|banque|assurance|transport|agro|distribution|public|prive|recherche|administration|ess$|economie sociale|cooperat|medico|habitat|bailleurs|logement|etat$|services? publics?|metropoles?$|departements|regions|intercommunalit|syndicats|universites|grands? (?:comptes|groupes)|pme|eti|tpe|retail|commerce|tourisme|culture|defense|agricult|immobilier|btp|logistique|territoires|france|bretagne|international|europe|education|healthcare|local (?:government|authorit)|industry|private)/



/** Private names count directly under a heading over customers or a division of it: elsewhere they may be anything. */
const holdsNames = (path: readonly Title[]): boolean => {
  const last = path.at(-1)
  return last === undefined || customerSectionOf(last.text) === 'customers' || DIVISION.test(plainText(last.text))
}

const LABEL = /^(?<label>[^:]{2,40}?)\s?:\s(?<rest>\S.*)$/u

const partsOf = (line: string): readonly string[] => {
  const rest = line.replace(/[\s.…]+$/u, '').replace(/\s(?:etc|et bien d'autres|et beaucoup d'autres|and many more)\.?$/iu, '')
  const marks = rest.split(/\s*[;•·|]\s*|\s+[–—/-]\s+/u).filter(Boolean)
  if (marks.length > 2 || (marks.length === 2 && !/[–—-]/u.test(rest))) return marks
  return rest.split(/,\s+(?:et\s|and\s)?|\s+et\s+(?=(?:la |le |les |l['’])?\p{Lu})/u).filter(Boolean)
}

const MAX_ENTRY = 400

/** The names in one entry under a heading over customers: the entry is a name, begins with one, or lists several. */
const namesInEntry = (text: string, allowPrivate: boolean): readonly string[] => {
  const line = text.slice(0, MAX_ENTRY)
  const isAccepted = (name: string): boolean => isOrganisationName(name) && (allowPrivate || isPublicBody(name))
  const { label, rest } = LABEL.exec(line)?.groups ?? {}
  if (label !== undefined && rest !== undefined && !isOrganisationName(label)) {
    return DIVISION.test(plainText(label)) || customerSectionOf(label) === 'customers' ? namesInEntry(rest, allowPrivate) : []
  }
  const parts = partsOf(line).map(shortestName)
  if (parts.length > 1 && parts.filter(isAccepted).length === parts.length) return parts
  const first = shortestName(line)
  if (isAccepted(first) && !namesFunction(first)) return [first]
  const start = /^(?:la |le |l['’]|les )?/iu.exec(line)?.[0].length ?? 0
  const opening = organisationAt(line, start, false)
  return opening === undefined ? [] : [opening.name]
}

/** The lines of a block, each without the dash or bullet that page authors put before it. */
const linesOf = (text: string): readonly string[] =>
  text.split('\n').map(line => line.replace(/^[\s–—•·*>✓✔→-]+/u, '').trim())

const CLIENT_COLUMN =
  /^(?:nos |notre )?(?:clients?|collectivites?|etablissements?|organismes?|organisations?|structures?|references?|maitres? d'ouvrage|communes?|customers?|noms?)$/

const fromTables = (placed: readonly PlacedBlock[], fallback: CustomerSection | undefined): readonly CustomerMention[] =>
  tablesOf(placed, header => CLIENT_COLUMN.test(header)).flatMap(({ cells, isColumn }) => {
    const section = sectionOf(cells[0]?.path ?? [], fallback)
    if (section !== 'customers' && section !== 'cases') return []
    const names = cells.map(cell => linesOf(cell.block.text).flatMap(line => namesInEntry(line, true)))
    // A grid of names, as pages of 2009 have them in place of logos; otherwise cells hold years and projects too.
    const isGrid = names.filter(each => each.length > 0).length >= 0.8 * cells.length && section === 'customers'
    return cells.flatMap((cell, i) =>
      (isColumn || isGrid ? names[i]! : names[i]!.filter(isPublicBody)).map(name => mentionIn(name, cell.block)),
    )
  })

/** Under a heading over customers a heading may be a name; under "Cas clients" it says what was done, too. */
const namesInHeading = (text: string, section: CustomerSection, path: readonly Title[]): readonly string[] => {
  const first = shortestName(text)
  if (DIVISION.test(plainText(text)) && !isPublicBody(first)) return []
  const parts = text.split(/\s+[–—|•·-]\s+|\s*:\s+/u).map(shortestName)
  const named = parts.find(part => isOrganisationName(part) && isPublicBody(part))
  if (named !== undefined) return [named]
  const isSetOff = section === 'customers' ? holdsNames(path) : section === 'cases' && first.length < text.length
  return namesInEntry(text, isSetOff && isCapitalised(first) && !startsWithService(first)).slice(0, 1)
}

const isShortName = (each: PlacedBlock | undefined): boolean =>
  each !== undefined && each.level === undefined && each.block.kind === 'paragraph' && isOrganisationName(each.text) && isCapitalised(each.text)

/** In plain blocks a private name needs a neighbour of its kind: alone it may be a person, a product or a tag. */
const isInRun = (placed: readonly PlacedBlock[], i: number): boolean =>
  [-2, -1, 1, 2].every(step => !namesFunction(placed[i + step]?.text ?? '')) &&
  (isShortName(placed[i - 1]) || isShortName(placed[i + 1]))

const namesInBlock = (
  placed: readonly PlacedBlock[],
  i: number,
  section: CustomerSection,
): readonly string[] => {
  const { block, text, path, level } = placed[i]!
  if (level !== undefined) {
    return customerSectionOf(text) === undefined && section !== 'testimonials' ? namesInHeading(text, section, path) : []
  }
  if (section !== 'customers' || block.kind === 'cell' || block.kind === 'quote' || block.kind === 'preformatted') return []
  const isList = /[,;•·|]/u.test(text) || block.text.includes('\n')
  const allowPrivate = holdsNames(path) && (block.kind === 'list-entry' || block.part === 'caption' || isList || isInRun(placed, i))
  return linesOf(block.text).flatMap(line => namesInEntry(line, allowPrivate))
}

/** Logos stand under the heading that `PageImage` names; the outline knows the headings over it. */
const pathsByHeading = (placed: readonly PlacedBlock[]): ReadonlyMap<string, readonly Title[]> =>
  new Map(
    placed.flatMap(({ text, level, path }) =>
      level !== undefined && Number.isInteger(level) ? [[text, [...path, { text, level }]] as const] : [],
    ),
  )

/** Lines that serve as headings are unknown to images: a logo counts when all such lines of its section are of one kind. */
const lineSectionUnder = (placed: readonly PlacedBlock[], heading: string | undefined): CustomerSection | undefined => {
  const lines = placed.filter(
    ({ level, block, path }) =>
      level !== undefined && !Number.isInteger(level) && (block.heading === heading || path.findLast(title => Number.isInteger(title.level))?.text === heading),
  )
  const sections = new Set(lines.map(({ text }) => customerSectionOf(text)))
  return sections.size === 1 ? [...sections][0] : undefined
}

const MUTE: ReadonlySet<PageImage['part']> = new Set(['nav', 'search', 'cookie', 'comments', 'social', 'dialog'])

const fromImages = (
  images: readonly PageImage[],
  placed: readonly PlacedBlock[],
  fallback: CustomerSection | undefined,
): readonly CustomerMention[] => {
  const paths = pathsByHeading(placed)
  return images.flatMap(({ alt, part, heading }) => {
    const name = nameInAlt(alt)
    if (MUTE.has(part) || !isOrganisationName(name)) return []
    const saysLogo = /\blogo/iu.test(alt)
    const saysClient = /^(?:logo (?:du |de )?(?:notre )?)?client\b|\bclient$/iu.test(alt)
    const path = (heading !== undefined && paths.get(heading)) || []
    const section = sectionOf(path) ?? (saysLogo || heading === undefined ? lineSectionUnder(placed, heading) : undefined) ?? (path.length < 2 ? fallback : undefined)
    const isNamed = section === 'customers' || ((section === 'cases' || section === 'testimonials') && (saysLogo || isPublicBody(name)))
    return isNamed || (saysClient && section !== 'others') ? [{ name, excerpt: excerptOf(alt) }] : []
  })
}

/** The customers that lists, cards, tables and logos under a heading over customers name. */
export const customersInSections = (
  images: readonly PageImage[],
  placed: readonly PlacedBlock[],
  fallback: CustomerSection | undefined,
): readonly CustomerMention[] => [
  ...placed.flatMap((each, i) => {
    const section = sectionOf(each.path, fallback)
    if (section === undefined || section === 'others') return []
    return namesInBlock(placed, i, section).map(name => mentionIn(name, each.block))
  }),
  ...fromTables(placed, fallback),
  ...fromImages(images, placed, fallback),
]
