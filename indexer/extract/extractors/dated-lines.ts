import type { PageBlock } from '../page-document.ts'
import { datesIn } from './dates.ts'
import { IN_SENTENCE, LEAD, PUBLISHED, UPDATED, UPDATED_TOO } from './news-words.ts'
import { labelOf, type ReadLink } from './page-links.ts'

/** A date that a line of a page is about, as lists of news and bylines give it. */
export interface DatedLine {
  /** `YYYY-MM` or `YYYY-MM-DD`. */
  readonly date: string
  /** The date as it stands on the page, and no more: who wrote it often stands beside it. */
  readonly excerpt: string
  /** The line, folded as labels are. */
  readonly folded: string
  /** The page marks it as a date (`time`, `abbr`). */
  readonly isMarked: boolean
  /** Nothing but a link's text or an author stands beside it. */
  readonly isAlone: boolean
  /** "Publié le …" */
  readonly saysPublished: boolean
  /** It may as well tell of the date ("Le 12 mars 2026, nous …"): where no heading announces news it is none. */
  readonly isSentence: boolean
  /** Words that say nothing stand before it: only a link to news in the same block makes it a date of news. */
  readonly isLoose: boolean
}

const COPYRIGHT = /©|copyright|tous droits/i
/** A paragraph that begins with a date tells a story; a line of a list or a card does not. */
const MAX_ITEM = 200
const MIN_TITLE = 10
/** A title with its date behind it. */
const MAX_TITLED = 160
/** A state that began then, or what is still to come. */
const NOT_THEN = /(?:^| )(?:depuis(?: le)?|since|jusqu'au|until|avant le|before|d'ici)$/
const MAX_BYLINE = 80
/** "Lorient, le 3 novembre 2026." */
const PLACE = /^[\p{L}' -]{3,30}, le$/u
const MAX_PLACED = 60
const MAX_LINE = 1_000
const REACH_UPDATED = 40

const fold = (text: string): string => labelOf(text.slice(0, 300))

const MONTH =
  '(?:janv|jan|f[ée]vr?|mars|mar|avr|apr|mai|may|juin|june?|juil|july?|ao[uû]t|aug|sept?|oct|nov|d[ée]c)(?:\\p{L}{0,6}\\.?)'
const DAY_AND_MONTH = new RegExp(String.raw`^((?:\p{L}{3,9}\.? )?\d{1,2}(?:er)? ${MONTH})(?! ?\d)(?!\p{L})`, 'iu')

/** Words that stand side by side in boxes of their own have no blank between them. */
const GLUED_DAY = new RegExp(String.raw`(?<!\d)(\d{1,2}) ?(${MONTH}) ?(20\d\d)(?!\d)`, 'giu')
const GLUED_TITLE = new RegExp(String.raw`(\p{L}|[?!»)])(\d{1,2}(?:er)? ${MONTH} 20\d\d)`, 'giu')

/**
 * Ways to write a date that mean one in a line of news, elsewhere anything: "12/03/26", "2026.03.12", and "12 mars" where
 * the year stands in the heading above or in the item's address.
 */
const unfolded = (line: string, year: string | undefined): string => {
  const whole = line
    .replace(/(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2(2\d)(?![\d./-])/g, '$1$2$3$220$4')
    .replace(GLUED_DAY, '$1 $2 $3')
    .replace(GLUED_TITLE, '$1 $2')
    .replace(/(?<![\d./-])(20\d\d)[./](\d\d)[./](\d\d)(?![\d./-])/g, '$1-$2-$3')
  return year === undefined || /(?:19|20)\d\d/.test(whole) ? whole : whole.replace(DAY_AND_MONTH, `$1 ${year}`)
}

/** What says where a line's own words end: the text of the links in it is the item's title. */
const withoutTitles = (line: string, links: readonly ReadLink[]): string => {
  const title = links
    .map(({ text }) => text)
    .filter(
      text => text.length >= MIN_TITLE && line.length > text.length && line.includes(text) && !/20\d\d/.test(text),
    )
    .reduce((longest, text) => (text.length > longest.length ? text : longest), '')
  return title === '' ? line : line.replace(title, ' ').trim()
}

const isEnd = (after: string): boolean => /^[\s.)\]»]*$/u.test(after)
/** "3 novembre 2026 | Produit | 4 min", "…, par Anne" */
const isByline = (after: string, line: string): boolean =>
  line.length <= MAX_BYLINE && /^\s*(?:[|·•–—-] |,? ?(?:par|by) )/u.test(after)
const isBare = (after: string): boolean => /^\s*(?:$|[·•|–—:)\]-]|,? ?(?:par|by) )/u.test(after)

/** The date that a line begins or ends with, or gives between marks; one inside a sentence is of what it tells. */
const readLine = (whole: string, links: readonly ReadLink[], year: string | undefined): DatedLine | undefined => {
  const written = unfolded(whole.replace(UPDATED_TOO, ''), year)
  if (!/(?:19|20)\d\d/.test(written) || COPYRIGHT.test(written)) return undefined
  const line = withoutTitles(written, links)
  const dates = datesIn(line).filter(({ value }) => value.length >= 7)
  const [date] = dates
  if (date === undefined || line.length > MAX_LINE) return undefined
  const before = line.slice(0, date.start)
  const after = line.slice(date.end)
  if (UPDATED.test(fold(before.slice(-REACH_UPDATED))) || (dates.length > 1 && before.trim() !== '')) return undefined
  // "Produit · 12 mars 2026 · 4 min": what stands between the marks around it.
  const marked = fold(before.slice(Math.max(...[...'·•|–—(['].map(mark => before.lastIndexOf(mark))) + 1))
  const isPlaced = isEnd(after) && line.length <= MAX_PLACED && PLACE.test(fold(before))
  const isLed = isPlaced || LEAD.test(marked === '' ? '' : `${marked} `)
  const isLast = isEnd(after) && line.length <= MAX_TITLED && !IN_SENTENCE.test(fold(before))
  const isLoose = !isLed && !isLast
  if (isLoose && (line.length > MAX_TITLED || NOT_THEN.test(fold(before)))) return undefined
  const asWritten = line.slice(date.start, date.end)
  return {
    date: date.value,
    excerpt: whole.includes(asWritten) ? asWritten : whole.slice(0, MAX_TITLED),
    folded: fold(written),
    isMarked: false,
    isAlone: isLed && (isPlaced || fold(before) === marked) && (isEnd(after) || isByline(after, line)),
    saysPublished: isLed && PUBLISHED.test(`${marked} `),
    isLoose,
    isSentence: !isLed || (!isBare(after) && (line.length > MAX_ITEM || marked === 'le')),
  }
}

/** The dates that a block marks, each with the words up to the next, or from the one before where dates follow titles. */
const readMarked = ({ text, times = [] }: PageBlock): readonly DatedLine[] => {
  let from = 0
  const places = times.map(time => {
    const at = time.text === '' ? from : Math.max(from, text.indexOf(time.text, from))
    from = at + time.text.length
    return { time, start: at, end: from }
  })
  const isFirst = (places[0]?.start ?? 0) === 0
  return places.flatMap(({ time, start, end }, index) => {
    const value = datesIn(time.date.replace(/(?<=^\s*\d{4}-\d\d-\d\d)[T ]\d.*$/s, ''))[0]?.value
    const words = isFirst ? text.slice(start, places[index + 1]?.start) : text.slice(places[index - 1]?.end ?? 0, end)
    const before = fold(text.slice(Math.max(places[index - 1]?.end ?? 0, start - REACH_UPDATED), start))
    if (value === undefined || value.length < 7 || UPDATED.test(before) || COPYRIGHT.test(words)) return []
    const isAlone = words.length <= time.text.length + 3
    const line = {
      folded: fold(words),
      isMarked: true,
      isAlone,
      saysPublished: false,
      isSentence: false,
      isLoose: false,
    }
    return [{ ...line, date: value, excerpt: time.text || time.date }]
  })
}

const MONTH_FIRST = /^\p{L}{3,9}\.?(?: (?:19|20)\d\d)?$/u
const isDay = (text: string): boolean => /^(?:0?[1-9]|[12]\d|3[01])(?:er)?$/.test(text)

/** A date laid out as a calendar sheet, "12", "mars", "2026" in boxes of their own. */
const sheetOf = (blocks: readonly PageBlock[], index: number): string | undefined => {
  const [day = '', month = '', year = ''] = blocks.slice(index, index + 3).map(({ text }) => text.replace(/\s+/g, ' '))
  if (!isDay(day) || !MONTH_FIRST.test(month)) return undefined
  return /\d{4}$/.test(month) ? `${day} ${month}` : `${day} ${month} ${year.slice(0, 4)}`
}

/** The dates that the lines of a block are about; those inside a sentence are none. `year` is of dates without one. */
export const datedLines = (
  blocks: readonly PageBlock[],
  index: number,
  links: readonly ReadLink[],
  year: string | undefined,
): readonly DatedLine[] => {
  const block = blocks[index]!
  if (block.times !== undefined) return readMarked(block)
  const sheet = sheetOf(blocks, index)
  if (sheet !== undefined) {
    const line = readLine(sheet, [], year)
    return line === undefined ? [] : [{ ...line, excerpt: block.text }]
  }
  return block.text.split('\n').flatMap(line => readLine(line, links, year) ?? [])
}
