import type { SitePageContent } from '../extractor.ts'
import type { PageBlock } from '../page-document.ts'
import type { DatedLine } from './dated-lines.ts'
import { ANNOUNCEMENT, isEvent, NEWS_HEADING, NEWS_PATH, OTHER_PAGE } from './news-words.ts'
import { isHomePage, labelOf, pathParts, type ReadLink } from './page-links.ts'

// What stands around a date, by which it is told to be of news.

/** How far from its date the link of an item may stand, in blocks. */
const LINK_REACH = [0, 1, -1, 2, -2, 3]
/** How far from the page's title a date is that of the page. */
const TITLE_REACH = 3
const MIN_LABEL = 8

/** A heading or a line as patterns compare it. */
export const fold = (text: string): string => labelOf(text.slice(0, 300))

/** Whether the page says in its head that it is an article, and when it was published. */
export const isDeclaredArticle = ({ structured: { openGraph } }: SitePageContent): boolean =>
  (openGraph['og:type'] ?? []).some(type => type.toLowerCase() === 'article') &&
  openGraph['article:published_time'] !== undefined

/** Under a path of news, or under that of a year ("/2026/10/un-chat"). */
const isNewsPath = (path: readonly string[]): boolean =>
  path.some((part, index) => NEWS_PATH.test(part) || (/^20[12]\d$/.test(part) && index < path.length - 1))

/** Where a date of news may stand, and what leads to an item. */
export interface NewsContext {
  /** Every date of the page is one of news. */
  readonly isNews: boolean
  readonly isHome: boolean
  /** The block of the page's title. */
  readonly titleAt: number
  readonly titleIsEvent: boolean
  readonly blocks: readonly PageBlock[]
  readonly labels: readonly string[]
  readonly links: readonly ReadLink[]
}

/** Reads a page once for all its dates. */
export const contextOf = (page: SitePageContent, links: readonly ReadLink[]): NewsContext => {
  const { blocks, headings } = page.document
  const title = headings.find(({ level }) => level === 1)?.text
  return {
    isNews: isNewsPath(pathParts(page.url)) || isDeclaredArticle(page),
    isHome: isHomePage(page),
    titleAt:
      title === undefined
        ? -1
        : blocks.findIndex(each => each.kind === 'heading' && each.text.replaceAll('\n', ' ') === title),
    titleIsEvent: isEvent(fold(title ?? '')),
    blocks,
    labels: blocks.map(({ text }) => (text.length <= 400 ? fold(text) : '')),
    links: links.filter(({ isOwn, label }) => isOwn && label.length >= MIN_LABEL),
  }
}

/** The links of an item: one that the block holds, one that holds the block (a card), or that of a title beside it. */
const itemLinks = ({ labels, links }: NewsContext, index: number, reach = LINK_REACH): readonly ReadLink[] =>
  reach.flatMap(step => {
    const label = labels[index + step] ?? ''
    if (label.length < MIN_LABEL) return []
    return links.filter(
      link => link.label === label || (step === 0 && (link.label.includes(label) || label.includes(link.label))),
    )
  })

/** Whether what stands around a date makes it one of news where no heading says so. */
export const isItem = (context: NewsContext, index: number, line: DatedLine): boolean => {
  // A date in the title itself is of what the item tells.
  if (line.isLoose) {
    return itemLinks(context, index, [0]).some(({ path, text }) => isNewsPath(path) && !text.includes(line.excerpt))
  }
  if (line.saysPublished) return true
  const { titleAt, titleIsEvent, isHome } = context
  const stands = line.isMarked || line.isAlone
  if (!isHome && stands && titleAt >= 0 && Math.abs(index - titleAt) <= TITLE_REACH) return !titleIsEvent
  const links = itemLinks(context, index)
  if (links.some(({ path }) => isNewsPath(path))) return true
  return isHome && stands && links.some(({ path }) => path.length > 0 && !path.some(part => OTHER_PAGE.test(part)))
}

/** The year of an item's date that gives none: of the heading above, else of the address of its link. */
export const yearOf = (context: NewsContext, index: number, sections: readonly string[]): string | undefined => {
  const isYear = (text: string): boolean => /^20[12]\d$/.test(text)
  const text = context.blocks[index]?.text ?? ''
  if (text.length > 200 || !/^\P{N}{0,12}\d{1,2}(?:er)? \p{L}{3}/u.test(text)) return undefined
  return (
    sections.findLast(isYear) ??
    itemLinks(context, index)
      .flatMap(({ path }) => path.slice(0, -1))
      .find(isYear)
  )
}

/** "12 mars 2026 à 10h30" says when something was published, where it is known to be news. */
const HOUR = /(?<=20\d\d,? )(?:a |at )?\d{1,2} ?[h:] ?\d\d/

/** Whether nothing but the date itself can be what a line of news speaks of. */
const isSurelyNews = (context: NewsContext, index: number, line: DatedLine): boolean =>
  line.saysPublished ||
  (context.isNews && (line.isMarked || line.isAlone)) ||
  itemLinks(context, index).some(({ path }) => isNewsPath(path))

/** The title of the item a date stands with: in its line, in the heading above, else in the block below. */
const titlesOf = ({ blocks, labels }: NewsContext, index: number, line: DatedLine): readonly string[] => {
  const above = blocks[index - 1]?.kind === 'heading' ? (labels[index - 1] ?? '') : ''
  return [above === '' && line.isAlone ? (labels[index + 1] ?? '') : above].filter(title => !NEWS_HEADING.test(title))
}

/** How well a date is known to be past: 2; 1 where the item speaks of a fair or a meeting; 0: it is the date of one. */
export const certainty = (context: NewsContext, index: number, line: DatedLine): 0 | 1 | 2 => {
  const { blocks, labels, titleAt } = context
  const below = labels.slice(index + 1, index + 3)
  // What stands below the next date is said of that.
  const next = below.findIndex((label, i) => blocks[index + 1 + i]?.times !== undefined || /20[12]\d/.test(label))
  if (below.slice(0, next < 0 ? undefined : next).some(label => ANNOUNCEMENT.test(label))) return 0
  const isSure = isSurelyNews(context, index, line)
  const isByline = line.saysPublished || (context.isNews && Math.abs(index - titleAt) <= TITLE_REACH)
  const words = [isByline ? line.folded.replace(HOUR, '') : line.folded, ...titlesOf(context, index, line)]
  if (!words.some(isEvent)) return 2
  return isSure && !words.some(each => ANNOUNCEMENT.test(each)) ? 1 : 0
}
