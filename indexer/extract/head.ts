import { attribute, type Element, textOf } from './dom.ts'
import type { PageDocument } from './page-document.ts'
import { pageUrl } from './urls.ts'

type Head = Pick<PageDocument, 'title' | 'description' | 'canonical' | 'declaredLanguage' | 'alternates' | 'robots'> & {
  /** The page calls itself an article (`og:type`). */
  readonly isArticle: boolean
}

const MAX_TITLE = 300
const MAX_DESCRIPTION = 2_000
const MAX_ALTERNATES = 100

/** What robots metas say; a `meta` of any name that says so speaks to the robot of that name. */
const ROBOT_WORDS = /\b(?:noindex|nofollow|none|noarchive|nosnippet|noimageindex|unavailable_after)\b/i

const line = (text: string | undefined, maxLength: number): string | undefined =>
  text?.replace(/\s+/g, ' ').trim().slice(0, maxLength) || undefined

const rels = (element: Element): readonly string[] => attribute(element, 'rel')?.toLowerCase().split(/\s+/) ?? []

const metaNames = (element: Element): string =>
  (attribute(element, 'name') ?? attribute(element, 'property') ?? '').trim().toLowerCase()

const isInSvg = (element: Element): boolean => element.parent?.type === 'tag' && element.parent.name === 'svg'

const optional = <Key extends string, Value>(key: Key, value: Value | undefined): { readonly [key in Key]?: Value } =>
  (value === undefined ? {} : { [key]: value }) as { readonly [key in Key]?: Value }

/** The address that relative ones start from: the first `base` that has one, else the page's own. */
export const baseUrlOf = (elements: readonly Element[], url: string): string => {
  const base = elements.find(element => element.name === 'base' && attribute(element, 'href') !== undefined)
  return (base && pageUrl(attribute(base, 'href') ?? '', url)) ?? url
}

/** What the page's head says. The first of each kind counts; Open Graph stands in for a missing title or description. */
export const readHead = (elements: readonly Element[], baseUrl: string): Head => {
  const metas = elements.filter(({ name }) => name === 'meta')
  const links = elements.filter(({ name }) => name === 'link')
  const meta = (...names: readonly string[]): string | undefined => {
    for (const name of names) {
      const found = metas.find(each => metaNames(each) === name && attribute(each, 'content')?.trim())
      if (found) return attribute(found, 'content')
    }
    return undefined
  }
  const titleElement = elements.find(element => element.name === 'title' && !isInSvg(element))
  const canonical = links.find(element => rels(element).includes('canonical'))
  const html = elements.find(({ name }) => name === 'html')
  const declared = /^\s*([a-z]{2,3})(?:[-_]|\s*$)/i.exec(
    attribute(html ?? elements[0]!, 'lang')?.slice(0, 100) ?? '',
  )?.[1]
  return {
    ...optional('title', line(titleElement && textOf(titleElement), MAX_TITLE) ?? line(meta('og:title'), MAX_TITLE)),
    ...optional('description', line(meta('description', 'og:description', 'twitter:description'), MAX_DESCRIPTION)),
    ...optional('canonical', canonical && pageUrl(attribute(canonical, 'href') ?? '', baseUrl)),
    ...optional('declaredLanguage', declared?.toLowerCase()),
    alternates: links
      .filter(element => rels(element).includes('alternate') && attribute(element, 'hreflang'))
      .slice(0, MAX_ALTERNATES)
      .flatMap(element => {
        const url = pageUrl(attribute(element, 'href') ?? '', baseUrl)
        return url === undefined ? [] : [{ language: attribute(element, 'hreflang')!.trim().toLowerCase(), url }]
      }),
    robots: metas.flatMap(element => {
      const name = metaNames(element)
      const content = attribute(element, 'content')?.slice(0, 1_000) ?? ''
      return name === 'robots' ||
        (name !== '' && !/[:.]|description|keywords|title/.test(name) && ROBOT_WORDS.test(content))
        ? [{ name, content }]
        : []
    }),
    isArticle: /article|blog/i.test(meta('og:type') ?? ''),
  }
}
