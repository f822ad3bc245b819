import type { Block, Region } from './blocks.ts'

/** What scoring finds in a page's labels, as Readability does (Arc90, Mozilla): 25 points either way. */
const POSITIVE = /article|body|content|entry|hentry|main|page|post|text|blog|story/
const NEGATIVE =
  /-ad-|banner|combx|comment|com-|contact|footer|gdpr|masthead|media|meta|outbrain|promo|related|scroll|share|shoutbox|sidebar|skyscraper|sponsor|shopping|tags|widget/
const LABEL_POINTS = 25
const ARTICLE_POINTS = 10

/** A part holding less than this share of the page's prose is one of several: the page is no article. */
const ARTICLE_SHARE = 0.5
/** Without a word from the page that it is one ("og:type": "article"), nearly all of its prose must be there. */
const UNDECLARED_SHARE = 0.8

/** Shorter blocks say nothing about where the text is. */
const MIN_SCORED_LENGTH = 25
/** A paragraph: enough to make a like-built part a continuation, or a link around a card's text worth reading. */
const PARAGRAPH_LENGTH = 80
const MAX_LEVELS = 6

const SCORED = new Set(['p', 'pre', 'td', 'blockquote', 'section', 'h2', 'h3', 'h4', 'div', 'li'])
const LOOSE = new Set(['div', 'section'])

const COOKIE_SENTENCE =
  /(?:utilis\w+|use[sd]?|using|dépos\w+) (?:\S+ ){0,3}cookies|cookies (?:\S+ ){0,4}(?:continu|accept|améliorer|improve)/i

const weightOf = ({ label, element }: Region): number =>
  (NEGATIVE.test(label) ? -LABEL_POINTS : 0) +
  (POSITIVE.test(label) ? LABEL_POINTS : 0) +
  (label.includes('articlebody') ? LABEL_POINTS : 0) +
  (element.name === 'article' ? ARTICLE_POINTS : 0)

const pointsOf = ({ text }: Block): number =>
  1 + (text.match(/[,،、，]/g)?.length ?? 0) + Math.min(3, Math.floor(text.length / 100))

/** Each paragraph votes for its parent, half as much for the parent's parent, and ever less above. */
const scoreRegions = (blocks: readonly Block[]): ReadonlyMap<Region, number> => {
  const scores = new Map<Region, number>()
  for (const block of blocks) {
    const { name } = block.region.element
    if (block.text.length < MIN_SCORED_LENGTH || block.region.boilerplate || !SCORED.has(name)) continue
    const points = pointsOf(block)
    let level = 1
    let region = LOOSE.has(name) ? block.region : block.region.parent
    for (; region && level < MAX_LEVELS; region = region.parent, level++) {
      const divisor = level === 1 ? 1 : level === 2 ? 2 : (level - 1) * 3
      scores.set(region, (scores.get(region) ?? weightOf(region)) + points / divisor)
    }
  }
  for (const [region, score] of scores) scores.set(region, score * (1 - region.linkChars / Math.max(1, region.chars)))
  return scores
}

const highest = (scores: ReadonlyMap<Region, number>): Region | undefined => {
  let best: Region | undefined
  let bestScore = Number.NEGATIVE_INFINITY
  for (const [region, score] of scores) {
    if (score > bestScore) {
      best = region
      bestScore = score
    }
  }
  return best
}

const isHeading = (block: Block): boolean => /^h[1-6]$/.test(block.region.element.name)

const isLinkLine = (block: Block): boolean => block.linkChars > 0.6 * block.text.length

const isOwnText = (block: Block): boolean => !block.region.boilerplate && !isLinkLine(block)

/** Parts built as the top one, or as what holds it, beside it: an article cut up by its advertisements. */
const twinsOf = (top: Region, blocks: readonly Block[]): ReadonlySet<Region> => {
  const chain: Region[] = []
  for (let each: Region | undefined = top; each && chain.length < 4; each = each.parent) chain.push(each)
  const twins = new Set<Region>([top])
  for (const block of blocks) {
    if (block.text.length < PARAGRAPH_LENGTH) continue
    for (let each: Region | undefined = block.region; each; each = each.parent) {
      const { parent, label } = each
      if (chain.some(one => one !== each && one.parent === parent && one.label === label)) twins.add(each)
    }
  }
  return twins
}

const isWithin = (block: Block, regions: ReadonlySet<Region>): boolean => {
  for (let each: Region | undefined = block.region; each; each = each.parent) if (regions.has(each)) return true
  return false
}

const proseLength = (blocks: readonly Block[]): number =>
  blocks.reduce((length, block) => length + block.text.length - block.linkChars, 0)

/** A linked heading or a card that is one link is text of a company page; a short linked line is a menu. */
const isPageText = (block: Block): boolean =>
  !block.region.boilerplate &&
  (!isLinkLine(block) || isHeading(block) || block.text.length >= PARAGRAPH_LENGTH) &&
  !(block.text.length < 600 && COOKIE_SENTENCE.test(block.text))

/**
 * The blocks a visitor came for. An article where one part of the page holds most of its prose: that part, without its
 * title (`declaredArticle`: the page says it is one). Else, as on a company's home page, all that is no boilerplate.
 */
export const mainBlocks = (blocks: readonly Block[], declaredArticle: boolean): readonly Block[] => {
  const own = blocks.filter(isOwnText)
  const top = highest(scoreRegions(blocks))
  if (top) {
    const kept = twinsOf(top, own)
    const article = own.filter(block => isWithin(block, kept) && block.region.element.name !== 'h1')
    const share = proseLength(article) / Math.max(1, proseLength(own))
    if (share >= (declaredArticle ? ARTICLE_SHARE : UNDECLARED_SHARE)) return article
  }
  return blocks.filter(isPageText)
}
