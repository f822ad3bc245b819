import { foldAccents } from '../../../src/text/folding.ts'
import { memoisedPhrases } from '../../../src/text/memo.ts'
import type { SitePageContent } from '../extractor.ts'
import { bareHost, isSameSite, siteHost } from './own-organisation.ts'

/** What a link says and where it leads, ready to be judged. */
export interface ReadLink {
  readonly url: string
  /** Its text as it stands on the page. */
  readonly text: string
  /** The text in lower case without accents, arrows, icons and punctuation at its ends. */
  readonly label: string
  /** The parts of the path, lower case, without extension: ["fr", "nous-contacter"]; none of a link that leaves the site. */
  readonly path: readonly string[]
  /** Whether it stays on the site. */
  readonly isOwn: boolean
}

const fold = (text: string): string =>
  foldAccents(text)
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/[^\S ]/g, ' ')

/** A text as labels are compared: lower case, no accents, nothing but letters, digits and what stands between them. */
export const labelOf: (text: string) => string = memoisedPhrases(text => {
  const label = fold(text).replace(/^[^\p{L}\p{N}]+/u, '')
  // Most end with a letter: looking for anything else at the end looks through the whole.
  return /[a-z\d]/.test(label.at(-1) ?? '') ? label : label.replace(/[^\p{L}\p{N}]{1,20}$/u, '')
}, 100)

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

const QUERY_PAGES = ['page', 'p', 'rub', 'rubrique', 'view']

const partsOf = ({ pathname, search, searchParams }: URL): readonly string[] => {
  const named = search === '' ? [] : QUERY_PAGES.flatMap(name => searchParams.get(name) ?? [])
  return [...pathname.split('/'), ...named]
    .filter(part => part !== '')
    .map(part =>
      fold(decoded(part))
        .replace(/\.(?:html?|php\d?|aspx?|jsp)$/, '')
        .replaceAll('_', '-'),
    )
}

/** The parts of an address's path as `ReadLink` has them; of `index.php?page=contact` also what the query names. */
export const pathParts = (url: string): readonly string[] => {
  const parsed = URL.parse(url)
  return parsed === null ? [] : partsOf(parsed)
}

/** The links of a page, ready to be judged; the same link again is left out. */
export const readLinks = (page: SitePageContent): readonly ReadLink[] => {
  const host = siteHost(page)
  const seen = new Set<string>()
  return page.document.links.flatMap(({ url, text }) => {
    const parsed = seen.size < seen.add(`${url} ${text}`).size ? URL.parse(url) : null
    if (parsed === null) return []
    const isOwn = isSameSite(bareHost(parsed), host)
    return [{ url, text, label: labelOf(text), path: isOwn ? partsOf(parsed) : [], isOwn }]
  })
}

/** Whether a page is a home page: the site's, or that of one of its languages ("/en/"). */
export const isHomePage = ({ isHome, url }: Pick<SitePageContent, 'isHome' | 'url'>): boolean => {
  const path = pathParts(url)
  return isHome || (path.length === 1 && /^(?:fr|en|de|es|it|nl|pt|br)(?:-[a-z]{2})?$/.test(path[0] ?? ''))
}

/** The page's own title, for an excerpt: its first heading, else its title. */
export const titleOf = ({ document, url }: SitePageContent): string =>
  document.headings.find(heading => heading.level === 1)?.text ?? document.title ?? document.headings[0]?.text ?? url
