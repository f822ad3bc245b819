import type { SitePageContent } from '../extractor.ts'
import type { PageBlock } from '../page-document.ts'
import { sentencesIn } from '../sentences.ts'
import { foldInPlace, stanceOfLead } from './claim-context.ts'
import { outlineOf } from './outline.ts'

/** A sentence of a page with all that tells whom it speaks of. */
export interface Statement {
  readonly text: string
  /** The same, folded in place. */
  readonly plain: string
  readonly block: PageBlock
  /** The sentence before it in its block. */
  readonly before?: string
  /** What introduces the list or the cell: "Notre hébergeur dispose de :", "Certification". */
  readonly leadIn?: string
  /** The cell to its right. */
  readonly reply?: string
  /** The headings above, outermost first. */
  readonly path: readonly string[]
  /** A heading, or a line that serves as one. */
  readonly isTitle: boolean
  /** At the page's foot, which is the same on every page whatever this one is about. */
  readonly isFoot: boolean
}

/** Where a firm speaks of other things than itself, and what it says there needs "nous" to count. */
export type PageKind = 'legal' | 'jobs' | 'article' | 'accessibility' | 'story' | 'other'

const KINDS: readonly (readonly [PageKind, RegExp])[] = [
  [
    'accessibility',
    /declaration[ -](?:d'|de[ -])?accessib|accessib\w{0,6}[ -]statement|^\/?accessibilit[ey]\b|\/accessibilite/,
  ],
  [
    'legal',
    /mentions?[ -]legales|legal[ -]notice|\blegal\b|imprint|confidentialite|privacy|\bcgu\b|\bcgv\b|conditions[ -]generales|donnees[ -]personnelles|cookies?\b/,
  ],
  [
    'jobs',
    /recrut|carrieres?\b|careers?\b|\bjobs?\b|\bemplois?\b|offres?[ -]d['-]?emploi|nous[ -]rejoindre|join[ -]us|stages?\b/,
  ],
  ['story', /cas[ -]clients?|etudes?[ -]de[ -]cas|case[ -]stud|temoignages?\b|customer[ -]stor|references?\//],
  [
    'article',
    /\/blog\/.|\/(?:actualites?|actus?|news|articles?|presse|ressources|posts?|magazine|journal)\/.|\/20\d\d\/\d\d\//,
  ],
]

/** What a page is, by its address, then by its title and first heading. */
export const pageKindOf = (page: SitePageContent): PageKind => {
  const { title = '', headings } = page.document
  const path = foldInPlace(decodePath(page.url))
  const byPath = KINDS.find(([, pattern]) => pattern.test(path))?.[0]
  if (byPath !== undefined) return byPath
  if (page.isHome) return 'other'
  if (page.structured.openGraph['og:type']?.includes('article')) return 'article'
  const first = headings.find(heading => heading.level === 1)?.text ?? ''
  const names = foldInPlace(`${title.slice(0, 200)} ${first.slice(0, 200)}`)
  return KINDS.find(([kind, pattern]) => kind !== 'article' && pattern.test(names))?.[0] ?? 'other'
}

const decodePath = (url: string): string => {
  const path = URL.parse(url)?.pathname ?? ''
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** Longer lines are read for themselves. */
const MAX_LEAD = 200
const MAX_LABEL = 60

/** A line that names what comes next to it: a term of a list, the first cell of a row. */
const isLabel = (block: PageBlock): boolean => block.text.length <= MAX_LABEL && !/[.!]$/.test(block.text)

/** A term of a list that its next entry explains. */
const TERM =
  /^(?:hebergeurs?|hebergement|hosting|infogerance|partenaires?|certifications?|labels?|assemblage|fabrication) ?:?$/

/** Nothing but a new section or a paragraph of its own ends what a line with a colon introduced. */
const introduces = (lead: PageBlock, block: PageBlock): boolean => {
  if (lead.part !== block.part) return false
  if (lead.kind === 'cell') return block.kind === 'cell' && isLabel(lead)
  if (TERM.test(foldInPlace(lead.text))) return lead.kind === block.kind
  return lead.text.length <= MAX_LEAD && /:$/.test(lead.text.trimEnd())
}

const LINES_AS_TITLES =
  /^(?:nos |our )?(?:certifications?|labels?|agrements|accreditations?|awards)(?: (?:et|&|and) [a-z]{3,20})?$/

const isTitleLine = (line: string): boolean => line.length <= MAX_LABEL && LINES_AS_TITLES.test(foldInPlace(line))

/** What is longer is no sentence, and rules that look around every mention would be slow in it. */
const MAX_SENTENCE = 2_000

const shortSentencesIn = (block: PageBlock): readonly string[] =>
  sentencesIn(block).map(sentence => sentence.slice(0, MAX_SENTENCE))

const withReplies = (statements: readonly Statement[]): readonly Statement[] =>
  statements.map((statement, i) => {
    const next = statements[i + 1]
    const isRow = statement.block.kind === 'cell' && next?.block.kind === 'cell' && next.block !== statement.block
    return isRow ? { ...statement, reply: next.text } : statement
  })

const NO =
  /^(?:non\b|no\b(?!\.)|✗|✘|❌|x$|[–—-]$|en cours|(?:audit |certification )?(?:prevue?|planifiee?|visee?)|dossier (?:depose|en)|candidature|objectif|a venir|planned|in progress|pas encore|not yet)/

/** What is planned for a certificate that is held: its renewal. */
const HELD = /renouvel|renewal|valable|valide|valid until|obtenue?|depuis|since|n°|certifiee? /

/** Whether the table says no, or not yet: "Version on-premise | Non", "ISO 27701 | audit à blanc fait, visée en 2027". */
export const isNo = ({ reply }: Statement): boolean => {
  if (reply === undefined) return false
  const plain = foldInPlace(reply.trim().slice(0, MAX_LEAD))
  return NO.test(plain) || (!HELD.test(plain) && stanceOfLead(plain) === 'pending')
}

/** Several extractors read the same page: what depends on the page alone is worked out once. */
const READ = new WeakMap<SitePageContent, readonly Statement[]>()

/** What a client says in the first person is not the firm's. */
const isTestimony = (block: PageBlock): boolean =>
  block.kind === 'quote' || (/^\s*[«“"]/.test(block.text) && TOLD.test(foldInPlace(block.text.slice(0, MAX_SENTENCE))))

const TOLD = /[»”"],? ?(?:temoigne|explique|declare|confie|raconte|resume|says|said|[—–-] )/

/** The sentences of a page in its order, with where they stand. Menus and the description come last; quotations of clients, banners and comments are left out. */
export const statementsOf = (page: SitePageContent): readonly Statement[] => {
  const known = READ.get(page)
  if (known !== undefined) return known
  const statements = readStatements(page)
  READ.set(page, statements)
  return statements
}

/** Menus hold badges and short claims too; single words there are only links. */
const MIN_MENU_ENTRY = 15

const menuStatements = (page: SitePageContent): readonly Statement[] =>
  page.document.blocks
    .filter(block => block.part === 'nav' && block.text.length >= MIN_MENU_ENTRY)
    .flatMap(block =>
      shortSentencesIn(block).map(text => ({
        text,
        plain: foldInPlace(text),
        block,
        path: [],
        isTitle: false,
        isFoot: false,
      })),
    )

/** What the page says of itself to search engines, as the text of a block would. */
const descriptionStatements = ({ document }: SitePageContent): readonly Statement[] => {
  const block: PageBlock = { text: document.description ?? '', kind: 'paragraph', part: 'other' }
  return shortSentencesIn(block).map(text => ({
    text,
    plain: foldInPlace(text),
    block,
    path: [],
    isTitle: false,
    isFoot: false,
  }))
}

const FOOT_LINE = /mentions legales|plan du site|©|copyright|tous droits|legal notice|sitemap|all rights/
const FOOT_BLOCKS = 6
const MAX_FOOT_LINE = 200

/** The short last lines around "Mentions légales | Plan du site" of pages that mark no footer. */
const footOf = (blocks: readonly PageBlock[]): ReadonlySet<PageBlock> => {
  const last = blocks.filter(block => block.part !== 'nav').slice(-FOOT_BLOCKS)
  const line = last.findLastIndex(block => block.kind !== 'heading' && FOOT_LINE.test(foldInPlace(block.text)))
  if (line < 0) return new Set()
  const before = last.slice(0, line)
  const start = before.findLastIndex(block => block.kind === 'heading' || block.text.length > MAX_FOOT_LINE)
  return new Set(last.slice(start + 1))
}

const readStatements = (page: SitePageContent): readonly Statement[] => {
  const statements: Statement[] = []
  const foot = footOf(page.document.blocks)
  let lead: PageBlock | undefined
  let previous: PageBlock | undefined
  for (const placed of outlineOf(page.document, isTitleLine)) {
    const { block, level, path } = placed
    if (isTestimony(block)) continue
    const isTitle = level !== undefined
    if (isTitle || (block.kind === 'paragraph' && block.text.length > MAX_LEAD)) lead = undefined
    if (previous !== undefined && introduces(previous, block)) lead = previous
    else if (lead?.kind === 'cell' || (lead !== undefined && !/:$/.test(lead.text)) || lead?.part !== block.part)
      lead = undefined
    const sentences = shortSentencesIn(block)
    for (const [i, text] of sentences.entries()) {
      const before = sentences[i - 1]
      statements.push({
        text,
        plain: foldInPlace(text),
        block,
        path: path.map(title => title.text),
        isTitle,
        isFoot: block.part === 'footer' || foot.has(block),
        ...(before === undefined ? {} : { before }),
        ...(lead === undefined || isTitle ? {} : { leadIn: lead.text }),
      })
    }
    previous = isTitle ? undefined : block
  }
  return [...withReplies(statements), ...menuStatements(page), ...descriptionStatements(page)]
}
