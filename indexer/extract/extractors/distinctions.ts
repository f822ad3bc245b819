import type { SitePageContent } from '../extractor.ts'
import type { PageImage } from '../page-document.ts'
import { anchorOf, excerptOf } from '../sentences.ts'
import type { Naming } from './certificate-names.ts'
import { foldInPlace, isClaimed, type Stance, stanceOf, stanceOfLead } from './claim-context.ts'
import { type DistinctionDetails, detailsIn, joinDetails } from './distinction-details.ts'
import {
  HELD_AFTER,
  HELD_BEFORE,
  JOINED,
  LOGO,
  NAMED_BEFORE,
  PREDICATE,
  STARTS_LABEL,
  STARTS_LIST,
} from './distinction-words.ts'
import { ownNames } from './own-organisation.ts'
import { meaningOf, meaningOfPath, type SectionMeaning } from './section-meaning.ts'
import { isNo, type PageKind, pageKindOf, type Statement, statementsOf } from './statements.ts'

/** A certificate, label or status that the page says the firm has. */
export interface Distinction {
  readonly id: string
  readonly excerpt: string
  readonly anchor?: string
  readonly details: DistinctionDetails
  /** The text that tells of it alone: from its name to the next one. */
  readonly about: string
}

/** Which names a text holds. */
export type FindNamings = (text: string, plain?: string) => readonly Naming[]

/** How far before its name a verb still speaks of it. */
const REACH = 140
const SHORT = 110

interface Read {
  readonly naming: Naming
  readonly statement: Statement
  readonly stance: Stance
  readonly about: string
  readonly details: DistinctionDetails
  readonly excerpt: string
}

const aboutOf = (text: string, namings: readonly Naming[], index: number): string => {
  const end = namings[index]?.end ?? 0
  const next = namings[index + 1]
  if (next === undefined) return text.slice(end)
  const between = text.slice(end, next.start)
  return JOINED.test(foldInPlace(between)) ? aboutOf(text, namings, index + 1) : between
}

/** What else is said of a single name: what goes before it, what follows in the same card, row or paragraph. */
const detailsOf = (about: string, before: string, following: readonly string[]): DistinctionDetails => {
  const own = detailsIn(about)
  const earlier = detailsIn(before)
  return following.map(detailsIn).reduce(joinDetails, joinDetails(own, earlier))
}

const MAX_FOLLOWING = 4
const MAX_ROWS = 100

const isCell = (statement: Statement): boolean => statement.block.kind === 'cell'

/** The cells before the first name in a table: its columns' titles, when there are several. */
const columnsOf = (statements: readonly Statement[], from: number, find: FindNamings): readonly string[] => {
  let start = from
  while (start > 0 && from - start < MAX_ROWS && isCell(statements[start - 1]!)) start--
  const cells = statements.slice(start, from)
  const first = cells.findIndex(each => find(each.text, each.plain).length > 0)
  const titles = first < 0 ? cells : cells.slice(0, first)
  return titles.length > 1 ? titles.map(each => each.text) : []
}

/** Statements of the same card, row or block that name nothing themselves; cells after the title of their column. */
const followingOf = (statements: readonly Statement[], from: number, find: FindNamings): readonly string[] => {
  const first = statements[from]
  if (first === undefined) return []
  const rest = statements.slice(from + 1, from + 1 + MAX_FOLLOWING)
  const belongs = (each: Statement): boolean =>
    each.block === first.block ||
    (first.isTitle && each.path.at(-1) === first.text && !each.isTitle) ||
    (isCell(first) && isCell(each)) ||
    (first.block.kind === 'list-entry' &&
      first.text.length < 60 &&
      each.block.kind === 'paragraph' &&
      each.text.length < 120)
  const end = rest.findIndex(each => !belongs(each) || find(each.text, each.plain).length > 0)
  const columns = isCell(first) ? columnsOf(statements, from, find) : []
  return (end < 0 ? rest : rest.slice(0, end)).map(({ text }, i) => {
    const column = columns[i + 1]
    return column === undefined ? text : `${column} ${text}`
  })
}

/** A sentence that goes on speaking of who the sentence before named; others have a subject of their own. */
const CONTINUES =
  /^(?:ils?|elles?|celui|celle|ce dernier|cette derniere|ce prestataire|cet hebergeur|leurs?|son|sa|ses|it|they|its|their|certifi|agre|labelli|qualifi|egalement|par ailleurs|the latter|iso|hds|secnum)/

const contextStance = (statement: Statement, names: readonly string[]): Stance => {
  for (const lead of [statement.leadIn, CONTINUES.test(statement.plain) ? statement.before : undefined]) {
    const stance = lead === undefined ? 'unsaid' : stanceOfLead(lead, names)
    if (stance === 'other' || (lead === statement.leadIn && stance !== 'unsaid')) return stance
  }
  return 'unsaid'
}

/** "ISO 9001 · ISO 14001" at a page's foot, where links to services are list entries. */
const BADGES =
  /^(?:(?:nf )?(?:en )?iso[ /]|qualiopi|hds\b|b corp|ecovadis|rge\b|mase\b|expertcyber|secnumcloud)[^.;:!]{0,70}$/

const isHeldBySection = (meaning: SectionMeaning | undefined, statement: Statement, naming: Naming): boolean =>
  STARTS_LIST.test(statement.plain) ||
  (statement.block.part === 'footer' && statement.block.kind === 'paragraph' && BADGES.test(statement.plain)) ||
  (meaning !== 'offered' && statement.text.length <= SHORT && STARTS_LABEL.test(statement.plain)) ||
  (meaning === 'distinctions' && (naming.start <= 40 || statement.text.length <= SHORT))

const NEEDS_FIRM: ReadonlySet<PageKind> = new Set(['article', 'jobs', 'legal', 'story', 'accessibility'])

/** Whether a sentence that names it claims it for the firm. */
const isHeld = (read: Read, kind: PageKind, meaning: SectionMeaning | undefined): boolean => {
  const { naming, statement, stance, about } = read
  if (!isClaimed(stance) || isNo(statement)) return false
  // Declarations of accessibility name products: what of these are full claims is told elsewhere.
  const needsFirm = NEEDS_FIRM.has(kind) && !(kind === 'accessibility' && naming.claims === true)
  if (needsFirm && stance !== 'own' && !statement.isFoot) return false
  if (stance === 'unsaid' && (meaning === 'others' || meaning === 'pending')) return false
  const { plain } = statement
  const before = plain.slice(Math.max(0, naming.start - REACH), naming.start)
  const after = foldInPlace(about)
  if (naming.claims === true) return stance === 'own' || meaning !== 'offered'
  const held = HELD_BEFORE.test(before) || HELD_AFTER.test(after)
  if (held) return stance === 'own' || meaning !== 'offered' || /\bcertifie/.test(before)
  if (PREDICATE.test(before)) return stance === 'own' || meaning !== 'offered'
  if (Object.keys(read.details).length > 0 && (NAMED_BEFORE.test(before) || naming.start <= 12))
    return meaning !== 'offered'
  if (isHeldBySection(meaning, statement, naming)) return true
  return stance === 'own' && NAMED_BEFORE.test(before)
}

const readStatement = (
  statements: readonly Statement[],
  index: number,
  find: FindNamings,
  names: readonly string[],
): readonly Read[] => {
  const statement = statements[index]
  if (statement === undefined) return []
  const { text, block } = statement
  const namings = find(text, statement.plain)
  if (namings.length === 0) return []
  const following = followingOf(statements, index, find)
  return namings.map((naming, i) => {
    const next = namings.find(each => each.start >= naming.end)?.start
    const said = stanceOf({ sentence: text, ...naming, names, ...(next === undefined ? {} : { next }) })
    const stance = said === 'unsaid' ? contextStance(statement, names) : said
    const about = aboutOf(text, namings, i)
    const isLast = i === namings.length - 1
    const before = namings.length === 1 || i === 0 ? text.slice(0, naming.start) : ''
    const details = detailsOf(about, before, isLast ? following : [])
    const excerpt = statement.isTitle && following.length > 0 ? `${text} ${following.join(' ')}` : text
    return {
      naming,
      statement,
      stance,
      about: about.length > 3 ? about : `${about} ${following.join(' ')}`,
      details,
      excerpt: excerptOf(excerpt || block.text),
    }
  })
}

/** "Êtes-vous certifiés X ? Oui, depuis 2021." */
const readAnswer = (statements: readonly Statement[], index: number, find: FindNamings): readonly Distinction[] => {
  const question = statements[index]
  const answer = statements[index + 1]
  if (question === undefined || answer === undefined || !/\?[\s»"]*$/.test(question.text)) return []
  const { plain } = question
  // "ISO 27001 ? Oui": a name and nothing else asks whether the firm has it.
  const isName = plain.length <= MAX_BADGE_EXTRA * 2
  if (
    !/^(?:oui|yes)\b/.test(answer.plain) ||
    (!isName && !/certifi|labelli|qualifi|agree|accredit|dispose|member|statut/.test(plain))
  )
    return []
  if (
    (!isName && !/\b(?:etes|avez|vous|votre|are you|you|your|est-elle|est-il|sont-ils|is)\b/.test(plain)) ||
    find(answer.text, answer.plain).length > 0
  )
    return []
  if (stanceOfLead(answer.text) === 'other' || stanceOfLead(answer.text) === 'pending') return []
  return find(question.text).map(({ id }) => ({
    id,
    excerpt: excerptOf(`${question.text} ${answer.text}`),
    ...anchorOf(answer.block),
    details: detailsIn(answer.text),
    about: answer.text,
  }))
}

const LOGO_PARTS: ReadonlySet<PageImage['part']> = new Set<PageImage['part']>([
  'main',
  'footer',
  'aside',
  'header',
  'nav',
  'caption',
])
const MAX_BADGE_EXTRA = 12

/** Logos count under a heading that says so, in the footer, or when they say it themselves. */
const isOwnLogo = (image: PageImage, naming: Naming, kind: PageKind): boolean => {
  const alt = foldInPlace(image.alt)
  const meaning = image.heading === undefined ? undefined : meaningOf(image.heading)
  if (!isClaimed(stanceOf({ sentence: image.alt, start: naming.start, end: naming.end }))) return false
  if (image.alt.length > SHORT || meaning === 'others' || meaning === 'pending') return false
  if (!LOGO_PARTS.has(image.part)) return false
  if (image.part === 'footer' || meaning === 'distinctions') return true
  if (kind === 'article' || kind === 'jobs' || kind === 'story') return false
  if (meaning === 'offered') return naming.id === 'qualiopi' || /certifi[eé]/.test(alt)
  // A name and nothing else is a badge.
  return meaning === 'trust' || LOGO.test(alt) || image.alt.length - (naming.end - naming.start) <= MAX_BADGE_EXTRA
}

const fromImages = (page: SitePageContent, find: FindNamings, kind: PageKind): readonly Distinction[] =>
  page.document.images.flatMap(image =>
    find(image.alt)
      .filter(naming => isOwnLogo(image, naming, kind))
      .map(({ id, end }) => ({
        id,
        excerpt: excerptOf(image.alt),
        details: detailsIn(image.alt.slice(end)),
        about: image.alt.slice(end),
      })),
  )

const fromText = (page: SitePageContent, find: FindNamings, kind: PageKind): readonly Distinction[] => {
  const statements = statementsOf(page)
  const names = ownNames(page)
  return statements.flatMap((statement, index) => {
    if (find(statement.text, statement.plain).length === 0) return []
    const meaning = meaningOfPath([...statement.path, statement.leadIn])
    const held = readStatement(statements, index, find, names)
      .filter(read => isHeld(read, kind, meaning))
      .map(({ naming, about, details, excerpt }) => ({
        id: naming.id,
        excerpt,
        ...anchorOf(statement.block),
        details,
        about,
      }))
    return [...held, ...(NEEDS_FIRM.has(kind) ? [] : readAnswer(statements, index, find))]
  })
}

/** The clearest of each: that with most details, text before logos, the first of equals. */
const clearest = (distinctions: readonly Distinction[]): readonly Distinction[] => {
  const best = new Map<string, Distinction>()
  for (const each of distinctions) {
    const known = best.get(each.id)
    if (known === undefined || Object.keys(each.details).length > Object.keys(known.details).length)
      best.set(each.id, each)
  }
  return [...best.values()]
}

/** Each sentence is read for itself, as what follows another, and as an answer: its names are looked for once. */
const once = (find: FindNamings): FindNamings => {
  const known = new Map<string, readonly Naming[]>()
  return (text, plain) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const namings = find(text, plain)
    known.set(text, namings)
    return namings
  }
}

/** What the page says the firm holds among the names that `find` knows, one a name. */
export const distinctionsOn = (page: SitePageContent, find: FindNamings): readonly Distinction[] => {
  const kind = pageKindOf(page)
  const findOnce = once(find)
  return clearest([...fromText(page, findOnce, kind), ...fromImages(page, findOnce, kind)])
}
