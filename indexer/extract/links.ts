import { attribute, type Element, elementsOf, textOf } from './dom.ts'
import type { PageLink } from './page-document.ts'
import { pageUrl } from './urls.ts'

const MAX_LINKS = 1_000
const MAX_CONTACTS = 100
const MAX_TEXT = 200

const isLink = (element: Element): boolean =>
  (element.name === 'a' || element.name === 'area') && attribute(element, 'href') !== undefined

/** An image's alternative text on one line, at most 200 characters; empty when it has none. */
export const altOf = (element: Element): string =>
  attribute(element, 'alt')?.replace(/\s+/g, ' ').trim().slice(0, MAX_TEXT) ?? ''

const linkText = (element: Element): string =>
  textOf(element).slice(0, MAX_TEXT) ||
  attribute(element, 'aria-label')?.trim().slice(0, MAX_TEXT) ||
  elementsOf(element.children).map(altOf).find(Boolean) ||
  altOf(element)

/** The first 1,000 links to pages, in document order; what is no http(s) address is left out. */
export const readLinks = (elements: readonly Element[], baseUrl: string): readonly PageLink[] => {
  const links: PageLink[] = []
  for (const element of elements) {
    if (links.length >= MAX_LINKS) break
    if (!isLink(element)) continue
    const url = pageUrl(attribute(element, 'href')!.trim(), baseUrl)
    if (url === undefined) continue
    const nofollow = /\b(?:nofollow|sponsored|ugc)\b/i.test(attribute(element, 'rel') ?? '')
    links.push({ url, text: linkText(element), nofollow })
  }
  return links
}

/** Its `mailto:` and `tel:` links as written: which may be kept is for who reads them to say. */
export const readContacts = (elements: readonly Element[]): readonly string[] => {
  const contacts = elements.filter(isLink).map(element => attribute(element, 'href')!.trim().slice(0, MAX_TEXT))
  return [...new Set(contacts.filter(href => /^(?:mailto|tel):/i.test(href)))].slice(0, MAX_CONTACTS)
}
