import { splitSentences } from '../../../src/text/passages.ts'
import { redactPersonalData } from '../../../src/text/redact.ts'
import type { Extractor, Finding, SitePageContent } from '../extractor.ts'
import type { PageBlock } from '../page-document.ts'
import { anchorOf, excerptOf } from '../sentences.ts'
import { isSound, namesActivity, saysActivity } from './activity-sentence.ts'
import { ownNames } from './own-organisation.ts'
import { headingPaths } from './page-flow.ts'
import { labelOf, pathParts } from './page-links.ts'

const MAX_TAGLINE = 200
const MIN_TAGLINE = 20
const MIN_DESCRIPTION = 80
/** Paragraphs that go on with a description are added up to this length. */
const MAX_DESCRIPTION = 700
/** The first screen of a home page. */
const HERO_BLOCKS = 6

const ABOUT_PATH =
  /^(?:a-?propos(?:-de-nous)?|qui-sommes-nous|about(?:-us)?|notre-(?:histoire|entreprise|societe|cooperative|equipe|mission|projet|metier)|l-?(?:entreprise|equipe|atelier|association)|la-(?:societe|cooperative|boite|scop|scic)|entreprise|societe|cooperative|company|presentation|nous-connaitre|nous|our-story|who-we-are|la-maison|qui-est-.{1,30}|mission)$/
/** Sections in which others speak, or in which the firm speaks of something else. */
const OTHER_SECTION =
  /actualite|(?<!\p{L})(?:actus?|news|blog|agenda|presse|press)(?!\p{L})|temoignage|avis |ils (?:nous|en) |confiance|references|nos clients|customers|testimonial|cas client|faq|questions frequentes|recrutement|rejoi|carriere|contact|newsletter|mentions|cookies|partenaires|tarif|prix|pricing/u

/** Page builders call every part a widget, which makes it an aside. */
const SPOKEN: ReadonlySet<PageBlock['part']> = new Set(['main', 'other', 'header', 'aside'])

interface Sentence {
  readonly text: string
  readonly block?: PageBlock
}

const finding = (property: 'tagline' | 'description', value: string, { text, block }: Sentence): Finding => ({
  property,
  value,
  excerpt: excerptOf(redactPersonalData(text)),
  ...(block === undefined ? {} : anchorOf(block)),
})

const line = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** The whole of a text when it is short enough, else as many of its sentences as are. */
const fitting = (text: string): string => {
  if (text.length <= MAX_TAGLINE) return text
  let kept = ''
  for (const sentence of splitSentences(text)) {
    const longer = kept === '' ? sentence : `${kept} ${sentence}`
    if (longer.length > MAX_TAGLINE) break
    kept = longer
  }
  return kept
}

/** The page's description for search engines, without what it breaks off. */
const metaDescription = ({ document }: SitePageContent): string | undefined => {
  const sentences = splitSentences(line(document.description ?? ''))
  // "Bienvenue sur le site de Firme. Firme conçoit …": the greeting says nothing, the rest may.
  const sound = sentences.filter(
    (sentence, index) => isSound(sentence) || (index > 0 && !/(?:…|\.\.\.)$/.test(sentence)),
  )
  const first = sound.findIndex(isSound)
  return first < 0 ? undefined : sound.slice(first).join(' ')
}

/** Pages laid out by tables hold their paragraphs in cells. */
const isProse = ({ kind }: PageBlock): boolean => kind === 'paragraph' || kind === 'cell'

const isText = (block: PageBlock): boolean => SPOKEN.has(block.part) && (isProse(block) || block.kind === 'heading')

/** The main title and what stands under it on the first screen. */
const heroOf = ({ document }: SitePageContent): readonly Sentence[] => {
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

const tagline = (page: SitePageContent): readonly Finding[] => {
  const meta = metaDescription(page)
  const hero = heroOf(page)
  const candidates: readonly Sentence[] = [
    ...(meta !== undefined && meta.length >= MIN_TAGLINE ? [{ text: meta }] : []),
    ...hero.filter(({ text }) => saysActivity(text)),
    ...hero.filter(({ text }) => namesActivity(text)),
    ...hero,
  ]
  for (const candidate of candidates) {
    const value = fitting(redactPersonalData(candidate.text))
    if (value.length >= MIN_TAGLINE) return [finding('tagline', value, candidate)]
  }
  return []
}

/** "Nous", "notre", or the firm's name: whom a paragraph is about. */
const createSubjectTest = (page: SitePageContent): ((text: string) => boolean) => {
  const lettersOf = (text: string): string => labelOf(text).replace(/[^a-z0-9]/g, '')
  const names = ownNames(page).map(lettersOf)
  return text => {
    const folded = labelOf(text)
    const letters = lettersOf(text)
    return (
      /(?<!\p{L})(?:nous|notre|nos|we|our|l'entreprise|la societe|la cooperative)(?!\p{L})/u.test(folded) ||
      names.some(name => name.length >= 3 && letters.includes(name))
    )
  }
}

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

const description = (page: SitePageContent): readonly Finding[] => {
  const isAboutFirm = createSubjectTest(page)
  const paragraphs = paragraphsOf(page)
  const isLong = ({ text }: PageBlock): boolean => line(text).length >= MIN_DESCRIPTION && isSound(line(text))
  const best = [
    (block: PageBlock) => isLong(block) && isAboutFirm(block.text) && saysActivity(block.text),
    (block: PageBlock) => isLong(block) && (isAboutFirm(block.text) || page.isHome) && namesActivity(block.text),
  ]
    .map(test => paragraphs.findIndex(test))
    .find(index => index >= 0)
  if (best !== undefined) {
    const block = paragraphs[best]!
    return [finding('description', redactPersonalData(withRest(paragraphs, best)), { text: block.text, block })]
  }
  const meta = page.isHome ? metaDescription(page) : undefined
  return meta !== undefined && meta.length >= MIN_DESCRIPTION && namesActivity(meta)
    ? [finding('description', redactPersonalData(meta), { text: meta })]
    : []
}

const isAbout = ({ url }: SitePageContent): boolean => ABOUT_PATH.test(pathParts(url).at(-1) ?? '')

/** What the firm says it does: one sentence and a paragraph, from its home page, the paragraph also from its about page. */
export const summary: Extractor = {
  name: 'summary',
  version: 1,
  find: page => {
    if (page.isHome) return [...tagline(page), ...description(page)]
    return isAbout(page) ? description(page) : []
  },
}
