import type { SitePageContent } from '../extractor.ts'
import type { PageBlock } from '../page-document.ts'
import { datesIn } from './dates.ts'
import { nodesOf, objectsOf, stringsOf, typesOf } from './own-organisation.ts'
import { type HeadingPath, headingPaths } from './page-flow.ts'
import { labelOf, pathParts } from './page-links.ts'

/** A date of a news item and where the page gives it. */
export interface NewsDate {
  /** `YYYY-MM` or `YYYY-MM-DD`. */
  readonly date: string
  readonly excerpt: string
  readonly block?: PageBlock
}

const NEWS_PATH =
  /^(?:blog|actu|actus|actualites?|actualites-.{1,20}|nos-actualites|news|newsroom|journal|articles?|nouvelles|communiques?|communiques-de-presse|press-releases|le-mag|magazine|carnet|billets|changelog|notes-de-version|nouveautes)$/
const NEWS_HEADING =
  /^(?:(?:nos|les|notre|le|l'|toutes? (?:nos|les)|a la une|en bref|dernieres?|derniers|recentes?) ?){0,3}(?:dernieres? |derniers )?(?:actu|actus|actualites?|news|blog|nouvelles|articles?|billets|communiques?(?: de presse)?|nouveautes|carnet de bord|journal)(?: (?:recente?s?|recents|de .{1,30}|du .{1,30}|et .{1,20}))?$|^quoi de neuf|^(?:latest|recent|our) (?:news|posts|articles|updates)|^from (?:the|our) blog|^what's new|^ca bouge|^on en parle au bureau$/
/** Headings under which dates are of what comes, of others, or of rules. */
const NOT_NEWS =
  /agenda|evenement|\bevents?\b|rendez-vous|calendrier|webinai?r|salons?\b|formations?\b|sessions?\b|ils parlent|parle(?:nt)? de nous|dans la presse|revue de presse|press review|mentions legales|conditions|confidentialite|offres? d'emploi|recrutement|commentaires?/
/** A line that announces something: its date is that of the event. */
const EVENT =
  /(?<!\p{L})(?:rendez-vous|save the date|inscri(?:vez|ption)s?|webinai?re?|salon|evenement|conference|du \d{1,2}(?:er)? au \d{1,2}|de \d{1,2} ?h|a \d{1,2} ?h|\d{1,2} ?h ?\d{0,2} (?:a|-)|retrouvez-nous|venez|date limite|jusqu'au|avant le|a partir du|des le|prochaine?|stand [a-z]?\d|portes ouvertes|valable|expire|until|deadline|join us|register|upcoming|starts? on)(?!\p{L})/u
const UPDATED = /mis(?:e)? a jour|derniere (?:mise a jour|modification)|updated|modifie|version du|en vigueur/
/** What has been is news, whatever it was. */
const PAST = /retour (?:sur|en images)|bilan|compte[- ]rendu|recap|avons participe|etions|looking back/
const COMING =
  /^(?:agenda|(?:nos |les )?evenements?(?: a venir)?|prochaine?s? .{1,30}|a venir|upcoming .{1,20}|calendrier)$/
/** What a line of a date says before it. */
const LEAD =
  /^(?:publiee? |postee? |mise? en ligne |ecrit |redige |posted |published |date |par .{1,40},? |by .{1,40},? |actualites? |news )?(?:: ?)?(?:le |du |on )?(?:(?:lun|mar|mercre|jeu|vendre|same)di |dimanche |(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?$/
/** "Publié le 12 mars 2026, mis à jour le 3 avril 2026": the first is when it was news. */
const UPDATED_TOO = /(?<=\d)[\s,;(·|–—-]{1,4}(?:(?:dernière )?mise? à jour|modifié|(?:last )?updated).*$/iu
const COPYRIGHT = /©|copyright|tous droits/
/** A paragraph that begins with a date tells a story; a line of a list or a card does not. */
const MAX_ITEM = 200

const fold = (text: string): string => labelOf(text.slice(0, 300))

/** Words of an announcement in the lines after a date that stands alone, its title among them. */
const ANNOUNCEMENT =
  /inscrivez-vous|inscriptions? |save the date|rendez-vous le|venez nous|retrouvez-nous|nous serons|register now|meet us/

const isEvent = (line: string): boolean => EVENT.test(line) && !PAST.test(line)

const announces = (blocks: readonly PageBlock[], index: number): boolean =>
  blocks.slice(index + 1, index + 3).some(({ text }) => ANNOUNCEMENT.test(fold(text)))

/** The date that a line begins or ends with, or gives between marks; one inside a sentence is of what it tells. */
const dateOfLine = (line: string): Omit<NewsDate, 'block'> | undefined => {
  if (!/(?:19|20)\d\d/.test(line)) return undefined
  const dates = datesIn(line).filter(({ value }) => value.length >= 7)
  const [date] = dates
  if (date === undefined || dates.length > 1) return undefined
  const before = line.slice(0, date.start)
  const after = line.slice(date.end)
  // "Produit · 12 mars 2026 · 4 min": what stands between the marks around it.
  const lead = fold(before.slice(Math.max(...[...'·•|–—(['].map(mark => before.lastIndexOf(mark))) + 1))
  if (!LEAD.test(lead === '' ? '' : `${lead} `)) return undefined
  const isAlone = /^\s*(?:$|[·•|–—:)\]-])/u.test(after)
  if (!isAlone && (line.length > MAX_ITEM || lead === 'le')) return undefined
  // The date only: who wrote it often stands beside it.
  return { date: date.value, excerpt: line.slice(date.start, date.end) }
}

const isNewsPage = ({ url, structured }: SitePageContent): boolean =>
  pathParts(url).some(part => NEWS_PATH.test(part)) ||
  (structured.openGraph['og:type'] ?? []).some(type => type.toLowerCase() === 'article')

const MUTE: ReadonlySet<PageBlock['part']> = new Set(['comments', 'nav', 'cookie', 'search', 'footer'])

/** The blocks in which a date is of news, with their place in the page. */
const newsBlocks = (page: SitePageContent): readonly (readonly [index: number, block: PageBlock])[] => {
  const { document } = page
  const paths = headingPaths(document)
  const isNews = isNewsPage(page)
  const links = new Set(document.links.map(link => labelOf(link.text)))
  // A title that is no heading element: "<div class=title>Actualités</div>".
  let isUnderLine = false
  const folded = new Map<HeadingPath, readonly string[]>()
  const pathOf = (block: PageBlock): readonly string[] => {
    const path = paths.get(block) ?? []
    const known = folded.get(path) ?? path.map(fold)
    folded.set(path, known)
    return known
  }
  return [...document.blocks.entries()].filter(([, block]) => {
    const label = block.text.length <= 60 ? fold(block.text) : ''
    const path = pathOf(block)
    if (block.kind === 'heading') isUnderLine &&= path.length > 1
    else if (label !== '' && label.length <= 40 && NEWS_HEADING.test(label) && !links.has(label)) isUnderLine = true
    if (MUTE.has(block.part) || path.some(heading => COMING.test(heading))) return false
    if (isNews) return true
    return (
      (isUnderLine || path.some(heading => NEWS_HEADING.test(heading))) && !path.some(heading => NOT_NEWS.test(heading))
    )
  })
}

/** Dates of news lists and of articles, as visitors read them. */
const shownDates = (page: SitePageContent): readonly NewsDate[] =>
  newsBlocks(page).flatMap(([index, block]) =>
    block.text.split('\n').flatMap(line => {
      const found = dateOfLine(line.replace(UPDATED_TOO, ''))
      if (found === undefined || COPYRIGHT.test(line)) return []
      const folded = fold(line.replace(UPDATED_TOO, ''))
      if (UPDATED.test(folded) || isEvent(folded) || announces(page.document.blocks, index)) return []
      return [{ ...found, block }]
    }),
  )

const ARTICLES = new Set('article newsarticle blogposting socialmediaposting report techarticle'.split(' '))

/** Dates that the machine-readable parts give for articles; for pages of other kinds they say when a page was made. */
const statedDates = (page: SitePageContent): readonly NewsDate[] => {
  const lists = nodesOf(page).flatMap(node => [
    node,
    ...['blogPost', 'itemListElement', 'hasPart'].flatMap(name => objectsOf(node, name)),
  ])
  const articles = lists
    .flatMap(node => [node, ...objectsOf(node, 'item')])
    .filter(node => typesOf(node).some(type => ARTICLES.has(type)))
  const isArticle = (page.structured.openGraph['og:type'] ?? []).some(type => type.toLowerCase() === 'article')
  return [
    ...articles.flatMap(node => stringsOf(node, 'datePublished')),
    ...(isArticle ? (page.structured.openGraph['article:published_time'] ?? []) : []),
  ].flatMap(text => {
    const date = datesIn(text.replace(/(?<=^\d{4}-\d\d-\d\d)T.*$/s, ''))[0]?.value
    return date !== undefined && date.length >= 7 ? [{ date, excerpt: text }] : []
  })
}

/** The latest date of news that a page shows: a list of news, an article. Dates of events, notices and copyright are none. */
export const latestNews = (page: SitePageContent): NewsDate | undefined =>
  [...shownDates(page), ...statedDates(page)].reduce<NewsDate | undefined>(
    (latest, each) => (latest === undefined || each.date > latest.date ? each : latest),
    undefined,
  )
