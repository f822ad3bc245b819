import { splitSentences } from '../../../src/text/passages.ts'
import { redactPersonalData } from '../../../src/text/redact.ts'
import type { Finding, SitePageContent } from '../extractor.ts'
import type { PageBlock } from '../page-document.ts'
import { isSound, namesActivity, saysActivity, saysFirmActs } from './activity-sentence.ts'
import {
  createSubjectTest,
  type FirmText,
  isProse,
  line,
  nameKeys,
  SPOKEN,
  statedDescription,
  summaryFinding,
} from './firm-text.ts'

const MAX_TAGLINE = 200
const MIN_TAGLINE = 20
/** A title shorter than this that speaks of "nous" or of a trade is a slogan or a label. */
const MIN_CLAIM = 40
const MIN_CLAUSE = 60
/** A line to call or write to. */
const REDACTED = /\[(?:numéro|adresse) /
/** The first screen of a home page. */
const HERO_BLOCKS = 6

/** The beginning of a sentence too long for a tagline, up to where it takes breath. */
const firstClause = (text: string): string => {
  const head = text.slice(0, MAX_TAGLINE)
  const end = Math.max(...[' : ', ' ; ', ' – ', ' — ', '; ', ': ', ', '].map(mark => head.lastIndexOf(mark)))
  return end < MIN_CLAUSE ? '' : head.slice(0, end)
}

/** The whole of a text when it is short enough, else as many of its sentences as are. */
const fitting = (text: string): string => {
  if (text.length <= MAX_TAGLINE) return text
  let kept = ''
  for (const sentence of splitSentences(text)) {
    const longer = kept === '' ? sentence : `${kept} ${sentence}`
    if (longer.length > MAX_TAGLINE) break
    kept = longer
  }
  return kept === '' ? firstClause(text) : kept
}

const isText = (block: PageBlock): boolean => SPOKEN.has(block.part) && (isProse(block) || block.kind === 'heading')

/** The main title and what stands under it on the first screen. */
const heroOf = ({ document }: SitePageContent): readonly FirmText[] => {
  const title = document.headings.find(heading => heading.level === 1)?.text ?? document.headings[0]?.text
  const texts = document.blocks.filter(isText)
  const from = Math.max(
    0,
    texts.findIndex(block => block.kind === 'heading' && line(block.text) === title),
  )
  return texts.slice(from, from + HERO_BLOCKS).flatMap(block => {
    const text = line(block.text)
    return text.length < MIN_TAGLINE || !isSound(text) ? [] : [{ text, block }]
  })
}

/** One sentence, or what fits of a text, that says what the firm does: its own description of the page, else the hero's. */
export const taglineOf = (page: SitePageContent): readonly Finding[] => {
  const meta = statedDescription(page)
  const hero = heroOf(page)
  const isAboutFirm = createSubjectTest(page)
  const names = nameKeys(page)
  const candidates: readonly FirmText[] = [
    ...(meta !== undefined && meta.length >= MIN_TAGLINE ? [{ text: meta }] : []),
    // The first that says something, since the title comes first: "Nos sondes disent aux irrigants …".
    ...hero.filter(
      ({ text }) =>
        saysActivity(text) ||
        saysFirmActs(text, names) ||
        (text.length >= MIN_CLAIM && (isAboutFirm(text) || namesActivity(text))),
    ),
    ...hero.filter(({ text }) => namesActivity(text)),
    ...hero,
  ]
  for (const candidate of candidates) {
    const value = fitting(redactPersonalData(candidate.text))
    if (value.length >= MIN_TAGLINE && !REDACTED.test(value)) return [summaryFinding('tagline', value, candidate)]
  }
  return []
}
