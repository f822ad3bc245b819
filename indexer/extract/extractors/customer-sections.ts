import { hasOtherTies } from './customer-bodies.ts'
import { type CustomerMention, mentionIn } from './customer-mention.ts'
import { namesNoCustomer } from './customer-sentences.ts'
import { type CustomerSection, customerSectionOf } from './customer-titles.ts'
import { namesFunction } from './functions.ts'
import { organisationAt, withoutVerb } from './organisation-lists.ts'
import { isCapitalised, isMostlyCapitalised, isOrganisationName, shortestName } from './organisation-names.ts'
import type { PlacedBlock, Title } from './outline.ts'
import { plainText } from './plain-text.ts'
import { isPublicBody } from './public-bodies.ts'
import { startsWithService } from './service-words.ts'

/** What a part's class or id says where its heading does not. */
const SECTION_OF_PART: ReadonlyMap<string, CustomerSection> = new Map([
  ['customers', 'perhaps'],
  ['testimonials', 'testimonials'],
  ['partners', 'others'],
])

/** A page's title is a promise when it is long: "… et l'équipe garde l'œil ouvert" announces no team. */
const MAX_PAGE_TITLE = 45

const sectionOfTitle = ({ text, level, calledAs }: Title): CustomerSection | undefined => {
  const section = customerSectionOf(text) ?? SECTION_OF_PART.get(calledAs ?? '')
  return section === 'others' && level === 1 && text.length > MAX_PAGE_TITLE ? undefined : section
}

const readPath = (path: readonly Title[]): CustomerSection | undefined => {
  const sections = path.map(sectionOfTitle)
  const stated = sections.findLast(section => section !== undefined && section !== 'perhaps')
  if (stated !== undefined) return stated
  // What may be over customers says nothing of a deeper heading's section, unless that is a name or a trade.
  const at = sections.lastIndexOf('perhaps')
  const isOver =
    at >= 0 && path.slice(at + 1).every(({ text }) => isOrganisationName(text) || DIVISION.test(plainText(text)))
  return isOver ? 'perhaps' : undefined
}

/** The blocks of a section share their path. */
const READ = new WeakMap<readonly Title[], CustomerSection | 'none'>()

/** The innermost heading that says what stands under it; `fallback` when none does. */
export const sectionOf = (path: readonly Title[], fallback?: CustomerSection): CustomerSection | undefined => {
  const known = READ.get(path)
  const section = known ?? readPath(path) ?? 'none'
  if (known === undefined) READ.set(path, section)
  return section === 'none' ? fallback : section
}

/** Headings that divide customers by trade or place. */
const DIVISION =
  /^(?:nos |les |le |la |l'|en |dans l[ae] |secteurs? |domaines? |acteurs? )*(?:collectivit|sante|industri|energ|eau|education|enseignement|communes?$|villes?$|secteur|hopita|etablissement|entreprise|association|banque|assurance|transport|agro|distribution|public|prive|recherche|administration|ess$|economie sociale|cooperat|medico|habitat|bailleurs|logement|etat$|services? publics?|metropoles?$|departements|regions|intercommunalit|syndicats|universites|grands? (?:comptes|groupes)|pme|eti|tpe|retail|commerce|tourisme|culture|defense|agricult|immobilier|btp|logistique|territoires|france|bretagne|international|europe|education|healthcare|local (?:government|authorit)|industry|private)/

/** Private names count directly under a heading over customers or a division of it: elsewhere they may be anything. */
const holdsNames = (path: readonly Title[]): boolean => {
  const last = path.at(-1)
  if (last === undefined || DIVISION.test(plainText(last.text))) return true
  const section = customerSectionOf(last.text)
  return section === 'customers' || section === 'perhaps'
}

const LABEL = /^(?<label>[^:]{2,40}?)\s?:\s(?<rest>\S.*)$/u

const partsOf = (line: string): readonly string[] => {
  const rest = line
    .replace(/[\s.…]+$/u, '')
    .replace(
      /,?\s(?:etc|(?:et|and) (?:(?:bien|beaucoup|many|tant) )?(?:d['’])?(?:\S{1,12} ){0,2}(?:autres?(?: \S{2,20})?|others?|more))\.?$/iu,
      '',
    )
  const marks = rest.split(/\s*[;•·|]\s*|\s+[–—/-]\s+/u).filter(Boolean)
  // "Laiterie Perrin – Pontarlier – 2021" tells of one.
  if (marks.length > 1 && !/[;•·|]/u.test(rest) && marks.slice(1).some(mark => /\d/.test(mark)))
    return marks.slice(0, 1)
  if (marks.length > 2 || (marks.length === 2 && !/[–—-]/u.test(rest))) return marks
  return rest.split(/,\s+(?:et\s|and\s)?|\s+et\s+(?=(?:la |le |les |l['’])?\p{Lu})/u).filter(Boolean)
}

const MAX_ENTRY = 400
const FOOTER = /mentions l[ée]gales|plan du site|tous droits|©|legal notice|sitemap/iu

/** A verb between: a sentence, not an enumeration. */
const IS_PROSE =
  /\s(?:a|ont|est|sont|vient|viennent|fait|font|peut|veut|voulait|n['’]a|s['’]est|se sont|has|have|is|are)\s/u

/** "Lycée Sorbier, Orvalon": behind a public body stands where it is. */
const placesLeft = (parts: readonly string[]): readonly string[] =>
  parts.length === 2 && isPublicBody(parts[0]!) && !/\s/u.test(parts[1]!) ? parts.slice(0, 1) : parts

/** The names in one entry under a heading over customers: the entry is a name, begins with one, or lists several. */
export const namesInEntry = (text: string, allowPrivate: boolean): readonly string[] => {
  const line = text.slice(0, MAX_ENTRY)
  if (FOOTER.test(line)) return []
  const isAccepted = (name: string): boolean =>
    isOrganisationName(name) &&
    (isPublicBody(name) || (allowPrivate && isMostlyCapitalised(name) && !namesFunction(name)))
  const { label, rest } = LABEL.exec(line)?.groups ?? {}
  if (label !== undefined && rest !== undefined && !isOrganisationName(shortestName(label))) {
    return DIVISION.test(plainText(label)) || customerSectionOf(label) === 'customers'
      ? namesInEntry(rest, allowPrivate)
      : []
  }
  const parts = IS_PROSE.test(line) ? [] : placesLeft(partsOf(line).map(shortestName).map(withoutVerb))
  const accepted = parts.filter(isAccepted)
  const named = parts.filter(part => isOrganisationName(part) && !namesFunction(part))
  // Of a long list one entry may be unclear, "et quarante autres".
  const isList = parts.length > 1 && named.length >= (parts.length > 2 ? parts.length - 1 : parts.length)
  if (isList && accepted.length >= parts.length / 2) return allowPrivate ? named : accepted
  const first = withoutVerb(shortestName(line))
  if (isAccepted(first)) return [first]
  const start = /^(?:la |le |l['’]|les )?/iu.exec(line)?.[0].length ?? 0
  const opening = organisationAt(line, start, false)
  return opening === undefined ? [] : [opening.name]
}

/** The lines of a block, each without the dash or bullet that page authors put before it. */
export const linesOf = (text: string): readonly string[] =>
  text.split('\n').map(line => line.replace(/^[\s–—•·*>✓✔→-]+/u, '').trim())

const MIN_SHARE = 0.6

/** Headings or entries of one rank under one heading: how many there are, and how many are or begin with names. */
type Rows = ReadonlyMap<string, { names: number; all: number }>

const rowOf = ({ level, path, block }: PlacedBlock): string => `${level} ${block.kind} ${path.at(-1)?.text}`

const rowsOf = (placed: readonly PlacedBlock[]): Rows => {
  const rows = new Map<string, { names: number; all: number }>()
  for (const each of placed) {
    const row = rows.get(rowOf(each)) ?? { names: 0, all: 0 }
    row.all += 1
    if (isNameFirst(each.text)) row.names += 1
    rows.set(rowOf(each), row)
  }
  return rows
}

/** Whether what stands beside a heading or entry are mostly names: beside promises a single word is none. */
const isAmongNames = (rows: Rows, each: PlacedBlock, min = 1): boolean => {
  const { names, all } = rows.get(rowOf(each)) ?? { names: 0, all: 0 }
  return names >= min && names >= MIN_SHARE * all
}

/** Whether a text is or begins with a name, what follows set off from it. */
export const isNameFirst = (text: string): boolean => {
  const name = shortestName(text)
  return isOrganisationName(name) && isMostlyCapitalised(name) && !startsWithService(name) && !namesFunction(name)
}

/** Under a heading over customers a heading may be a name; under "Cas clients" it says what was done, too. */
const namesInHeading = (
  text: string,
  section: CustomerSection,
  path: readonly Title[],
  isAmong: boolean,
): readonly string[] => {
  const first = shortestName(text)
  if (DIVISION.test(plainText(text)) && !isPublicBody(first)) return []
  const parts = text.split(/\s+[–—|•·-]\s+|\s*:\s+/u).map(shortestName)
  const named = parts.find(part => isOrganisationName(part) && isPublicBody(part))
  if (named !== undefined) return [named]
  const isSetOff =
    section === 'customers' ? holdsNames(path) : section === 'cases' && (isAmong || first.length < text.length)
  return namesInEntry(text, isSetOff && isCapitalised(first) && !startsWithService(first)).slice(0, 1)
}

const MAX_CARD = 80

/** A name alone, or "Laiterie Perrin – 12 sites". */
const isShortName = (each: PlacedBlock | undefined): boolean => {
  if (each === undefined || each.level !== undefined || each.block.kind !== 'paragraph') return false
  const name = shortestName(each.text)
  return each.text.length < MAX_CARD && isOrganisationName(name) && isCapitalised(name)
}

/** In plain blocks a private name needs a neighbour of its kind: alone it may be a person, a product or a tag. */
const isInRun = (placed: readonly PlacedBlock[], i: number): boolean =>
  [-2, -1, 1, 2].every(step => !namesFunction(placed[i + step]?.text ?? '')) &&
  (isShortName(placed[i - 1]) || isShortName(placed[i + 1]))

const namesInBlock = (
  placed: readonly PlacedBlock[],
  rows: Rows,
  i: number,
  section: CustomerSection,
): readonly string[] => {
  const { block, text, path, level } = placed[i]!
  if (level !== undefined) {
    return customerSectionOf(text) === undefined && section !== 'testimonials'
      ? namesInHeading(text, section, path, isAmongNames(rows, placed[i]!, 2)).filter(
          name => /\s/u.test(name) || isAmongNames(rows, placed[i]!),
        )
      : []
  }
  if (section === 'cases' && block.kind === 'list-entry')
    return isNameFirst(text) && isAmongNames(rows, placed[i]!, 2) ? [shortestName(text)] : []
  if (section !== 'customers' || block.kind === 'cell' || block.kind === 'quote' || block.kind === 'preformatted')
    return []
  const isList = /[,;•·|]/u.test(text) || block.text.includes('\n')
  const allowPrivate =
    holdsNames(path) && (block.kind === 'list-entry' || block.part === 'caption' || isList || isInRun(placed, i))
  return linesOf(block.text)
    .filter(line => !namesNoCustomer(line) && !hasOtherTies(line))
    .flatMap(line => namesInEntry(line, allowPrivate))
}

/** Who is named under a heading that may be over customers counts in company only, or as a public body. */
const withCompany = (mentions: readonly Placed[]): readonly CustomerMention[] => {
  const names = new Map<string, Set<string>>()
  for (const { under, mention } of mentions) names.set(under, (names.get(under) ?? new Set()).add(mention.name))
  return mentions
    .filter(({ isSure, under, mention }) => isSure || isPublicBody(mention.name) || names.get(under)!.size > 1)
    .map(({ mention }) => mention)
}

interface Placed {
  readonly mention: CustomerMention
  readonly under: string
  readonly isSure: boolean
}

/** The customers that lists, cards and paragraphs under a heading over customers name. */
export const customersInSections = (
  placed: readonly PlacedBlock[],
  fallback: CustomerSection | undefined,
): readonly CustomerMention[] => {
  const rows = rowsOf(placed)
  return withCompany(
    placed.flatMap((each, i) => {
      const found = sectionOf(each.path, fallback)
      if (found === undefined || found === 'others') return []
      const section = found === 'perhaps' ? 'customers' : found
      const under = each.path.findLast(({ text }) => customerSectionOf(text) !== undefined)?.text ?? ''
      return namesInBlock(placed, rows, i, section).map(name => ({
        mention: mentionIn(name, each.block),
        under,
        isSure: found !== 'perhaps',
      }))
    }),
  )
}
