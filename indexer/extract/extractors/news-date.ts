import type { SitePageContent } from '../extractor.ts'
import type { PageBlock } from '../page-document.ts'
import { datedLines } from './dated-lines.ts'
import { datesIn } from './dates.ts'
import { certainty, contextOf, fold, isDeclaredArticle, isItem, type NewsContext, yearOf } from './news-context.ts'
import { COMING, NEWS_HEADING, NOT_NEWS, OTHER_PAGE } from './news-words.ts'
import { nodesOf, objectsOf, stringsOf, typesOf } from './own-organisation.ts'
import { isJobsPage, isLegalPage } from './own-site.ts'
import { type HeadingPath, headingPaths } from './page-flow.ts'
import { pathParts, type ReadLink, readLinks } from './page-links.ts'

/** A date of a news item and where the page gives it. */
export interface NewsDate {
  /** `YYYY-MM` or `YYYY-MM-DD`. */
  readonly date: string
  readonly excerpt: string
  readonly block?: PageBlock
}

const MUTE: ReadonlySet<PageBlock['part']> = new Set(['comments', 'nav', 'cookie', 'search'])

/** A date that may be of news: 2 and 1 as `certainty` grades it. */
interface GradedDate extends NewsDate {
  readonly certainty: 1 | 2
  /** The section of a list whose heading says nothing: of news when it lists several dates. */
  readonly list?: string
}

/** The headings above each block, folded, but an item's own linked title and the title of the home page. */
const sectionReader = (
  page: SitePageContent,
  context: NewsContext,
  linked: ReadonlySet<string>,
): ((block: PageBlock) => readonly string[]) => {
  const paths = headingPaths(page.document)
  const folded = new Map<HeadingPath, readonly string[]>()
  const homeTitle = context.isHome ? context.labels[context.titleAt] : undefined
  return block => {
    const above = paths.get(block) ?? []
    const known =
      folded.get(above) ??
      above.map(fold).filter((heading, i) => !(i === above.length - 1 && linked.has(heading)) && heading !== homeTitle)
    folded.set(above, known)
    return known
  }
}

/** Whether the headings above forbid news, announce it, or say nothing. */
const judge = (sections: readonly string[], isNews: boolean): 'none' | 'news' | 'unknown' => {
  if (sections.some(heading => COMING.test(heading))) return 'none'
  // What stands under a heading of news is an item's title.
  const newsAt = sections.findIndex(heading => NEWS_HEADING.test(heading))
  const above = sections.slice(0, newsAt < 0 ? undefined : newsAt)
  if (!isNews && above.some(heading => NOT_NEWS.test(heading))) return 'none'
  return newsAt >= 0 ? 'news' : 'unknown'
}

/** Lists of articles are called menus by some systems; menus hold no dates. */
const isMute = ({ part, times }: PageBlock): boolean => MUTE.has(part) && !(part === 'nav' && times !== undefined)

/** More dated blocks than a list of news shows; each is compared with every link of the page. */
const MAX_DATED = 300
/** Cheap to ask of every block: a year, or a day that may be followed by a month. */
const mayDate = ({ text, times }: PageBlock): boolean =>
  times !== undefined || /20[012]\d|\d[./]2\d(?!\d)|^\P{N}{0,12}\d{1,2}(?:er)?(?:$|[ \n]\p{L}{3})/u.test(text)

const gradedDates = (page: SitePageContent, links: readonly ReadLink[]): readonly GradedDate[] => {
  const context = contextOf(page, links)
  if (!context.isNews && isJobsPage(page)) return []
  const linked = new Set(links.map(({ label }) => label))
  const sectionsOf = sectionReader(page, context, linked)
  const isOther = pathParts(page.url).some(part => OTHER_PAGE.test(part))
  // A title that is no heading element: "<div class=title>Actualités</div>".
  let isUnderLine = false
  let dated = 0
  return context.blocks.flatMap((block, index) => {
    const label = context.labels[index] ?? ''
    const sections = sectionsOf(block)
    if (block.kind === 'heading') isUnderLine &&= sections.length > 1
    else if (label !== '' && label.length <= 40 && NEWS_HEADING.test(label) && !linked.has(label)) isUnderLine = true
    const judged = isMute(block) ? 'none' : judge(sections, context.isNews)
    const isFooter = block.part === 'footer'
    const isUnderNews = judged === 'news' || (isUnderLine && !isFooter)
    if (judged === 'none' || (isOther && !isUnderNews) || !mayDate(block) || ++dated > MAX_DATED) return []
    return datedLines(context.blocks, index, links, yearOf(context, index, sections)).flatMap(line => {
      const isNews =
        (context.isNews && !isFooter && !line.isSentence) ||
        (isUnderNews && !line.isLoose) ||
        isItem(context, index, line)
      const mayBeListed = context.isHome && !isFooter && !line.isSentence
      const certain = isNews || mayBeListed ? certainty(context, index, line) : 0
      const list = isNews ? {} : { list: sections.join('\n') }
      return certain === 0 ? [] : [{ date: line.date, excerpt: line.excerpt, block, certainty: certain, ...list }]
    })
  })
}

/** Dates of news lists and of articles, as visitors read them. */
const shownDates = (page: SitePageContent): readonly NewsDate[] => {
  if (isLegalPage(page)) return []
  const dates = gradedDates(page, readLinks(page))
  const isNews = ({ list }: GradedDate): boolean =>
    list === undefined || (list !== '' && dates.filter(each => each.list === list).length > 1)
  const news = dates.filter(isNews)
  const past = news.filter(date => date.certainty === 2)
  return past.length > 0 ? past : news
}

const ARTICLES = new Set('article newsarticle blogposting socialmediaposting report techarticle'.split(' '))

/** Dates that the machine-readable parts give for articles; for pages of other kinds they say when a page was made. */
const statedDates = (page: SitePageContent): readonly NewsDate[] => {
  const lists = nodesOf(page).flatMap(node => [
    node,
    ...['blogPost', 'itemListElement', 'hasPart'].flatMap(name => objectsOf(node, name)),
  ])
  const articles = lists
    .flatMap(node => [node, ...objectsOf(node, 'item')])
    .filter(node => typesOf(node).some(type => ARTICLES.has(type)))
  return [
    ...articles.flatMap(node => stringsOf(node, 'datePublished')),
    ...(isDeclaredArticle(page) ? (page.structured.openGraph['article:published_time'] ?? []) : []),
  ].flatMap(text => {
    const date = datesIn(text.replace(/(?<=^\d{4}-\d\d-\d\d)T.*$/s, ''))[0]?.value
    return date !== undefined && date.length >= 7 ? [{ date, excerpt: text }] : []
  })
}

/** The latest date of news that a page shows: a list of news, an article. Dates of events, notices and copyright are none. */
export const latestNews = (page: SitePageContent): NewsDate | undefined =>
  [...shownDates(page), ...statedDates(page)].reduce<NewsDate | undefined>(
    (latest, each) => (latest === undefined || each.date > latest.date ? each : latest),
    undefined,
  )
