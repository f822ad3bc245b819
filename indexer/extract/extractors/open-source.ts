import { claimsCapability } from '../../../src/text/capability.ts'
import type { Extractor, SitePageContent } from '../extractor.ts'
import type { PageBlock } from '../page-document.ts'
import { type ClaimFinding, claim, firstOfEach } from './claim-finding.ts'
import { foldedSentencesOf } from './folded-sentences.ts'
import { licencesIn, MAY_NAME_LICENCE } from './licence-names.ts'
import {
  ABOUT_OTHERS,
  BUILT_ON,
  COMMON_SOFTWARE,
  IS_OPEN_SOURCE,
  MAY_BE_OPEN_SOURCE,
  NOT_PUBLISHED,
  PUBLISHES,
} from './open-source-words.ts'
import { isJobsPage } from './own-site.ts'
import { repositories } from './repository-links.ts'

const MAX_SENTENCE = 1_000

/** Whether what stands at `start` is said of what the firm uses: "Leaflet, sous licence BSD" and not "X est publié sous". */
const isUsed = (words: string, start: number): boolean => {
  const before = words.slice(0, start)
  const last = [...before.matchAll(BUILT_ON)].at(-1)
  if (last === undefined) return COMMON_SOFTWARE.test(before) && !PUBLISHES.test(before)
  const since = before.slice(last.index + last[0].length)
  return !PUBLISHES.test(since)
}

/** What speaks of licences at all: a bare "GPL" in a list of skills does not. */
const ABOUT_LICENCE =
  /licen[cs]e|\bsous\b|\bunder\b|publi|distribu|diffus|liber|release|libre|open[ -]?source|code|\((?:gnu )?(?:[al]?gpl|mpl|apache|mit|eupl|cecill|bsd|cern)/

const licences = (page: SitePageContent): readonly ClaimFinding[] => {
  let label = ''
  return foldedSentencesOf(page.document).flatMap(({ text, block, words, above }) => {
    const isLabelled = /^licen[cs]es?(?: du (?:logiciel|code))?(?: ?:)?$/.test(label) || /^licen[cs]e/.test(above)
    label = words
    const isBare = words.length <= 60 && (isLabelled || /^licen[cs]e/.test(words))
    if (!MAY_NAME_LICENCE.test(words) || !(isBare || ABOUT_LICENCE.test(words)) || NOT_PUBLISHED.test(words)) return []
    const mentions = licencesIn(words).filter(({ id }, i, all) => all.findIndex(other => other.id === id) === i)
    return mentions
      .filter(({ start }) => !isUsed(words, start) && !/third|tiers|credit|remerci|compos/.test(above))
      .filter(({ start }) => claimsCapability(text.slice(0, MAX_SENTENCE), start))
      .map(({ id }) => claim('licence', id, text, block))
  })
}

/** Menus and links to articles are no statement; a sentence of an article must say "notre" or name the product. */
const speaksOfOwn = (words: string, block: PageBlock): boolean =>
  block.part !== 'related' &&
  (!ABOUT_OTHERS.test(words) || /\b(?:notre|nos|our)\b [^.;]{0,60}\b(?:est|sont|is|are)\b|\bediteur\b/.test(words))

const openSourceClaims = (page: SitePageContent): readonly ClaimFinding[] =>
  foldedSentencesOf(page.document).flatMap(({ text, block, words }) => {
    const match = MAY_BE_OPEN_SOURCE.test(words) ? IS_OPEN_SOURCE.exec(words) : null
    if (match === null || NOT_PUBLISHED.test(words) || !speaksOfOwn(words, block)) return []
    if (isUsed(words, match.index) || COMMON_SOFTWARE.test(words)) return []
    return claimsCapability(text.slice(0, MAX_SENTENCE), match.index)
      ? [claim('licence', 'open-source', text, block)]
      : []
  })

const find = (page: SitePageContent): readonly ClaimFinding[] => {
  if (isJobsPage(page)) return firstOfEach(repositories(page))
  const named = licences(page)
  // A named licence says all that "open source" does.
  return firstOfEach([...(named.length > 0 ? named : openSourceClaims(page).slice(0, 1)), ...repositories(page)])
}

/** The licences of the firm's own free software and hardware, and where its code is. */
export const openSource: Extractor = { name: 'open-source', version: 1, find }
