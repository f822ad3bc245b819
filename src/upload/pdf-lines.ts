import type { Block } from '../model/document.ts'

/** Lines of a page become paragraphs again, and what every page repeats is left out. */

/** A line with its place, in points from the left and the bottom of the page. */
export interface PageLine {
  readonly text: string
  readonly page: number
  readonly left: number
  readonly right: number
  readonly bottom: number
  readonly height: number
}

/** Running heads stand among the first or last lines of a page, on most pages, but for figures. */
const EDGE_LINES = 4
const REPEATED_SHARE = 0.4
const REPEATED_PAGES = 3

const runningKey = (text: string): string => text.toLowerCase().replace(/[0-9]+/gu, '#')

const byPage = (lines: readonly PageLine[]): PageLine[][] => {
  const pages = new Map<number, PageLine[]>()
  for (const line of lines) {
    const known = pages.get(line.page)
    if (known) known.push(line)
    else pages.set(line.page, [line])
  }
  return [...pages.values()]
}

const edges = (page: readonly PageLine[]): Set<PageLine> =>
  new Set([...page.slice(0, EDGE_LINES), ...page.slice(-EDGE_LINES)])

const withoutRunningLines = (lines: readonly PageLine[], pages: number): PageLine[] => {
  const counts = new Map<string, number>()
  const each = byPage(lines)
  for (const page of each) {
    for (const key of new Set([...edges(page)].map(line => runningKey(line.text)))) {
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
  }
  const least = Math.max(REPEATED_PAGES, Math.ceil(pages * REPEATED_SHARE))
  return each.flatMap(page => {
    const edge = edges(page)
    return page.filter(line => !edge.has(line) || (counts.get(runningKey(line.text)) ?? 0) < least)
  })
}

/** The height of letters that most characters have. */
const bodyHeight = (lines: readonly PageLine[]): number => {
  const counts = new Map<number, number>()
  for (const { height, text } of lines) {
    const rounded = Math.round(height * 2) / 2
    counts.set(rounded, (counts.get(rounded) ?? 0) + text.length)
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0
}

/** A line that begins something: a bullet, "a)", "1.2 Objet", "Article 3". */
const BEGINS =
  /^(?:[•▪●◦‣∙–—\-*✓➢➤o]\s|\(?[a-z0-9]{1,2}[).]\s|[0-9]{1,2}(?:\.[0-9]{1,2}){0,4}\.?\s+\p{Lu}|(?:article|chapitre|lot|annexe|section|titre)\s+[0-9IVX]+)/iu
const ENDS = /[.!?;:…]["»”)]?$/u

/** Letters larger than the body's by this much make a heading; the larger, the higher. */
const HEADING_RATIO = 1.12
const TOP_HEADING_RATIO = 1.45
const LONGEST_HEADING = 160

const headingOf = ({ height, text }: PageLine, body: number): number | undefined => {
  if (body <= 0 || text.length > LONGEST_HEADING || height < body * HEADING_RATIO) return undefined
  return height >= body * TOP_HEADING_RATIO ? 1 : 2
}

/** A gap above a line of more than this many heights begins a paragraph. */
const PARAGRAPH_GAP = 1.9
/** A line that ends before this share of the widest is the last of its paragraph. */
const FULL_WIDTH = 0.8

const continues = (line: PageLine, before: PageLine, width: number): boolean => {
  if (Math.abs(line.height - before.height) > 0.08 * before.height) return false
  if (BEGINS.test(line.text)) return false
  const ended = ENDS.test(before.text)
  if (line.page !== before.page) return !ended && /^\p{Ll}/u.test(line.text)
  const drop = before.bottom - line.bottom
  if (drop < 0 || drop > PARAGRAPH_GAP * before.height) return !ended && /^\p{Ll}/u.test(line.text) && drop >= 0
  const short = before.right < width * FULL_WIDTH
  return ended ? !short : !short || /^[\p{Ll}(]/u.test(line.text)
}

/** "équi-" and "pement" are one word; a dash before a capital or a figure stays. */
const joined = (before: string, next: string): string =>
  /\p{Ll}[-\u00ad]$/u.test(before) && /^\p{Ll}/u.test(next) ? before.slice(0, -1) + next : `${before} ${next}`

/** The paragraphs that lines were broken from, each with the page it begins on. */
export const paragraphs = (all: readonly PageLine[], pages: number): Block[] => {
  const lines = withoutRunningLines(all, pages)
  const body = bodyHeight(lines)
  const width = Math.max(0, ...lines.map(line => line.right))
  const blocks: { text: string; page: number; heading?: number }[] = []
  let before: PageLine | undefined
  for (const line of lines) {
    const current = blocks.at(-1)
    if (current && before && continues(line, before, width)) current.text = joined(current.text, line.text)
    else {
      const heading = headingOf(line, body)
      blocks.push({ text: line.text, page: line.page, ...(heading !== undefined && { heading }) })
    }
    before = line
  }
  return blocks
}
