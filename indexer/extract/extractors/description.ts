import { redactPersonalData } from '../../../src/text/redact.ts'
import type { Finding, SitePageContent } from '../extractor.ts'
import type { PageBlock } from '../page-document.ts'
import { isSound, namesActivity, saysActivity, saysFirmActs } from './activity-sentence.ts'
import { createSubjectTest, isProse, line, nameKeys, SPOKEN, statedDescription, summaryFinding } from './firm-text.ts'
import { headingPaths } from './page-flow.ts'
import { isHomePage, labelOf } from './page-links.ts'

const MIN_DESCRIPTION = 80
/** A description shorter than this leaves out what a following paragraph may say. */
const SHORT_DESCRIPTION = 200
/** Paragraphs that go on with a description are added up to this length. */
const MAX_DESCRIPTION = 700
/** Less than this is a paragraph of something else. */
const MIN_SCORE = 3
/** What it counts for to be the first or the second paragraph under a page's title. */
const leading = (place: number): number => [5, 2][place] ?? 0

/** Sections in which others speak, or in which the firm speaks of something else. */
const OTHER_SECTION =
  /actualite|(?<!\p{L})(?:actus?|news|blog|agenda|presse|press)(?!\p{L})|temoignage|avis |ils (?:nous|en) |confiance|references|nos clients|customers|testimonial|cas client|faq|questions frequentes|recrutement|rejoi|carriere|contact|newsletter|mentions|cookies|partenaires|tarif|prix|pricing/u

/** The paragraphs of the firm's own text, in order, sections of news, customers and the like left out. */
const paragraphsOf = (page: SitePageContent): readonly PageBlock[] => {
  const paths = headingPaths(page.document)
  return page.document.blocks.filter(block => {
    // The page's title is no section.
    const sections = paths.get(block)?.slice(1) ?? []
    return (
      isProse(block) &&
      block.text.length >= MIN_DESCRIPTION / 2 &&
      SPOKEN.has(block.part) &&
      !sections.some(section => OTHER_SECTION.test(labelOf(section)))
    )
  })
}

/** A paragraph and those that follow it under the same heading. */
const withRest = (paragraphs: readonly PageBlock[], index: number): string => {
  const [first, ...rest] = paragraphs.slice(index).map(block => ({ ...block, text: line(block.text) }))
  let text = first?.text ?? ''
  for (const block of rest) {
    const goesOn = block.heading === first?.heading && block.text.length >= MIN_DESCRIPTION / 2 && isSound(block.text)
    if (!goesOn || text.length + block.text.length >= MAX_DESCRIPTION) break
    text += ` ${block.text}`
  }
  return text
}

/** The first paragraph that is no banner above the page's title. */
const firstUnderTitle = ({ document }: SitePageContent, paragraphs: readonly PageBlock[]): number => {
  const title = document.headings.find(({ level }) => level === 1)?.text
  const titleAt = document.blocks.findIndex(({ kind, text }) => kind === 'heading' && line(text) === title)
  const below = new Set(document.blocks.slice(titleAt + 1))
  return paragraphs.findIndex(block => below.has(block))
}

/** The paragraph that describes the firm best; the first of equals, since pages begin with what matters. */
const bestParagraph = (page: SitePageContent, paragraphs: readonly PageBlock[]): number | undefined => {
  const isAboutFirm = createSubjectTest(page)
  const names = nameKeys(page)
  const first = firstUnderTitle(page, paragraphs)
  const score = (block: PageBlock, index: number): number => {
    const text = line(block.text)
    if (text.length < MIN_DESCRIPTION || !isSound(text)) return 0
    const says = saysActivity(text) || saysFirmActs(text, names)
    const points = (isAboutFirm(text) ? 2 : 0) + (says ? 2 : 0) + (namesActivity(text) ? 1 : 0)
    // The first paragraph of a home page is about the firm even where it names neither it nor a trade.
    return points + (points > 0 || isHomePage(page) ? leading(index - first) : 0)
  }
  const scores = paragraphs.map(score)
  const best = Math.max(0, ...scores)
  return best < MIN_SCORE ? undefined : scores.indexOf(best)
}

/** A short paragraph with the next that says what the firm or its product does, wherever that stands. */
const withMore = (paragraphs: readonly PageBlock[], index: number): string => {
  const text = withRest(paragraphs, index)
  if (text.length >= SHORT_DESCRIPTION) return text
  const next = paragraphs
    .slice(index + 1)
    .map(block => line(block.text))
    .find(each => !text.includes(each) && each.length >= MIN_DESCRIPTION && isSound(each) && saysActivity(each))
  return next === undefined || text.length + next.length >= MAX_DESCRIPTION ? text : `${text} ${next}`
}

/** The paragraph or two that say what the firm does; on a home page without any, its description for search engines. */
export const descriptionOf = (page: SitePageContent): readonly Finding[] => {
  const paragraphs = paragraphsOf(page)
  const best = bestParagraph(page, paragraphs)
  if (best !== undefined) {
    const block = paragraphs[best]!
    return [summaryFinding('description', redactPersonalData(withMore(paragraphs, best)), { text: block.text, block })]
  }
  const meta = isHomePage(page) ? statedDescription(page) : undefined
  return meta !== undefined && meta.length >= MIN_DESCRIPTION && namesActivity(meta)
    ? [summaryFinding('description', redactPersonalData(meta), { text: meta })]
    : []
}
