import { splitSentences } from '../../../src/text/passages.ts'
import type { SitePageContent } from '../extractor.ts'
import type { PageBlock } from '../page-document.ts'
import { plain } from './folded-text.ts'
import { announcesPrice } from './price-context.ts'
import { createNamer } from './price-name.ts'
import { priceHeaders } from './price-table.ts'
import { mergeUnits, unitIn } from './price-units.ts'

const MUTE: ReadonlySet<PageBlock['part']> = new Set(['nav', 'search', 'cookie', 'comments', 'social', 'advertisement'])

const MAX_SENTENCE = 1_000
/** A price tag, and what may belong to it in the next block. */
export const MAX_TAG = 80
const MAX_REST = 60

/** The beginning of what completes a price tag: "/ mois", "HT par utilisateur", "€ / an". */
const REST = /^(?:€|\/|par |per |a month|a year|h\.?t\b|ttc\b|mensuel|annuel|factur|billed|\((?:ht|ttc|par|hors))/

/** A sentence or tag that may hold prices, and what explains them. */
export interface Tagged {
  readonly text: string
  readonly block: PageBlock
  /** The blocks before and behind, and the header of a cell: what a bare amount is explained by. */
  readonly around: () => string
  readonly header: string
  /** The short block before, without digits: "Abonnement annuel", whose price stands below. */
  readonly label: string
  /** What a bare tag is the price of: the label of its row, the title of its card. */
  readonly name: () => string
}

const LABEL = /^[^\p{N}?€]{3,60}$/u

/** Columns side by side in boxes of their own have no blank between them: "Boîtier, pile comprise138 €". */
const GLUED = /([\p{Ll})])(?=\d{1,3}(?:[\s.]\d{3}){0,2}(?:,\d\d)?\s?€)/gu

/** A tag's lines as one: "0,90 €", then "par compte et par mois". */
const joined = (text: string): string =>
  text.split('\n').reduce((before, line) => `${before}${REST.test(plain(line)) ? ' ' : '\n'}${line}`)

/** The sentences that may hold prices, a tag with what completes it in the next blocks. */
export const taggedIn = (page: SitePageContent): readonly Tagged[] => {
  const blocks = page.document.blocks.filter(({ part }) => !MUTE.has(part))
  const headers = priceHeaders(blocks)
  const nameOf = createNamer(blocks)
  const at = (i: number): string => blocks[i]?.text.slice(0, MAX_SENTENCE) ?? ''
  return blocks.flatMap((block, i) => {
    if (!/\d/.test(block.text)) return []
    const header = headers.get(block) ?? ''
    // The next heading opens another subject, and what has an amount of its own speaks of that.
    const around = (): string => {
      const beside = [at(i - 1), blocks[i + 1]?.kind === 'heading' ? '' : at(i + 1)]
      return plain(beside.filter(text => !/\d\s?€/.test(text)).join(' | '))
    }
    const label = LABEL.test(at(i - 1)) ? plain(at(i - 1)) : ''
    const rests: string[] = []
    for (let next = i + 1; rests.length < 2; next++) {
      const rest = at(next)
      if (block.kind === 'cell' || block.text.length > MAX_TAG || rest.length > MAX_REST || !REST.test(plain(rest)))
        break
      rests.push(rest)
    }
    const own = block.text.replace(GLUED, '$1 ')
    const texts = rests.length > 0 ? [[own, ...rests].join(' ')] : splitSentences(joined(own))
    const name = (): string => nameOf(i)
    return texts.map(text => ({ text: text.slice(0, MAX_SENTENCE), block, around, header, label, name }))
  })
}

/** The unit of a cell: its own, what its column or row states, else what the table's caption does. */
export const unitOfCell = (unit: string, header: string): string => {
  if (header === '') return unit
  const [column = '', row = '', caption = ''] = header.split(' | ')
  const stated = mergeUnits(unit, mergeUnits(unitIn(column), unitIn(row)))
  return stated === '' && !/pose|installation|mise en service|materiel/.test(`${column} ${row}`)
    ? unitIn(caption)
    : stated
}

/** What is due once, whatever the heading says of the rest. */
const ONCE =
  /\b(?:pose|installation|mise en (?:service|place|route)|parametrage|materiel|boitier|achat|une (?:seule )?fois|audit|formation|setup)\b/

const MAX_BARE = 40
/** A heading that is hardly more than its period: "Annuel", "Par mois". */
const MAX_PERIOD = 25

const BEGINS = /^(?:a partir de |des |from )?(?:€ ?)?\d/
/** "jusqu'à 50 000 pages 4 800 € HT" */
const ENDS = /\d ?€(?: (?:ht|ttc))?$/

/** A bare tag or row under "Abonnement annuel" or "Prix par mois" is due as often. */
export const unitOfTag = (unit: string, words: string, { block, header, label }: Tagged): string => {
  const isRow = block.kind === 'list-entry' && words.length <= MAX_TAG && ENDS.test(words)
  if (unit !== '' || !(isRow || (words.length <= MAX_BARE && BEGINS.test(words)))) return unit
  const heading = plain(block.heading ?? '')
  const says = announcesPrice(heading) || heading.length <= MAX_PERIOD ? heading : ''
  const stated = label === heading || header !== '' ? '' : label
  if (ONCE.test(`${words} ${stated}`)) return ''
  return unitIn(stated) || (ONCE.test(says) ? '' : unitIn(says))
}
