import { detectLanguage } from '../../../src/text/language.ts'
import { splitSentences } from '../../../src/text/passages.ts'
import { redactPersonalData } from '../../../src/text/redact.ts'
import type { Finding, SitePageContent } from '../extractor.ts'
import type { PageBlock } from '../page-document.ts'
import { anchorOf, excerptOf } from '../sentences.ts'
import { isSound } from './activity-sentence.ts'
import { ownNames, ownOrganisations, stringsOf } from './own-organisation.ts'
import { labelOf } from './page-links.ts'

// What taglines and descriptions are taken from.

/** A text of the page, with its block unless it is of the page's head. */
export interface FirmText {
  readonly text: string
  readonly block?: PageBlock
}

/** The finding that a text gives; its excerpt names no person. */
export const summaryFinding = (
  property: 'tagline' | 'description',
  value: string,
  { text, block }: FirmText,
): Finding => ({
  property,
  value,
  excerpt: excerptOf(redactPersonalData(text)),
  ...(block === undefined ? {} : anchorOf(block)),
})

/** A text on one line. */
export const line = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** The parts of a page in which the firm speaks. */
export const SPOKEN: ReadonlySet<PageBlock['part']> = new Set(['main', 'other', 'header', 'aside'])

/** Whether a block is a paragraph: pages laid out by tables hold theirs in cells. */
export const isProse = ({ kind }: PageBlock): boolean => kind === 'paragraph' || kind === 'cell'

/** The sentences of a text that say something, without what it breaks off; `undefined` when there are none. */
const soundPart = (text: string): string | undefined => {
  const sentences = splitSentences(line(text))
  // "Bienvenue sur le site de Firme. Firme conçoit …": the greeting says nothing, the rest may.
  const sound = sentences.filter(
    (sentence, index) => isSound(sentence) || (index > 0 && !/(?:…|\.\.\.)$/.test(sentence)),
  )
  const first = sound.findIndex(isSound)
  return first < 0 ? undefined : sound.slice(first).join(' ')
}

/** What the page gives as its description to search engines, social networks or others; the first that says something. */
export const statedDescription = (page: SitePageContent): string | undefined => {
  const { document, structured } = page
  const texts = [
    document.description ?? '',
    ...(structured.openGraph['og:description'] ?? []),
    ...ownOrganisations(page).flatMap(node => stringsOf(node, 'description')),
  ]
  for (const text of texts) {
    // A template's description is often in the language of who made it.
    const language = detectLanguage(text)
    const isForeign = language !== undefined && document.language !== undefined && language !== document.language
    const sound = isForeign ? undefined : soundPart(text)
    if (sound !== undefined) return sound
  }
  return undefined
}

const lettersOf = (text: string): string => labelOf(text).replace(/[^a-z0-9]/g, '')

/** The firm's names as letters and digits. */
export const nameKeys = (page: SitePageContent): readonly string[] =>
  ownNames(page)
    .map(lettersOf)
    .filter(name => name.length >= 3)

/** Tells whether a text is about the firm: "nous", "notre", or its name stand in it. */
export const createSubjectTest = (page: SitePageContent): ((text: string) => boolean) => {
  const names = nameKeys(page)
  return text => {
    const folded = labelOf(text)
    const letters = lettersOf(text)
    return (
      /(?<!\p{L})(?:nous|notre|nos|we|our|l'entreprise|la societe|la cooperative)(?!\p{L})/u.test(folded) ||
      names.some(name => letters.includes(name))
    )
  }
}
