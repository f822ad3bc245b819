import { type CheerioAPI, load } from 'cheerio'
import type { AnyNode, Element, Text } from 'domhandler'

export type { AnyNode, Element }

/** Deeper elements are left out, as browsers flatten them (Blink and WebKit stop at 512): no walk can overflow the stack. */
export const MAX_DEPTH = 512

/** A page's DOM by the HTML standard (parse5). Scripting counts as on: what is in `noscript` is not part of the page. */
export const parseHtml = (html: string): CheerioAPI => load(html, { scriptingEnabled: true })

export const isElement = (node: AnyNode): node is Element =>
  node.type === 'tag' || node.type === 'script' || node.type === 'style'

export const isText = (node: AnyNode): node is Text => node.type === 'text'

/** An attribute's value; `undefined` when it is absent. Never a property of `Object.prototype`. */
export const attribute = (element: Element, name: string): string | undefined =>
  Object.hasOwn(element.attribs, name) ? element.attribs[name] : undefined

/** Every element of the page in document order, down to `MAX_DEPTH`. */
export const elementsOf = (roots: readonly AnyNode[]): readonly Element[] => {
  const elements: Element[] = []
  const visit = (nodes: readonly AnyNode[], depth: number): void => {
    for (const node of nodes) {
      if (isElement(node)) elements.push(node)
      if ('children' in node && depth < MAX_DEPTH) visit(node.children, depth + 1)
    }
  }
  visit(roots, 0)
  return elements
}

const NOT_TEXT = new Set(['script', 'style', 'noscript', 'template'])

const BREAKING = new Set(
  'address article blockquote br dd div dl dt figure footer h1 h2 h3 h4 h5 h6 header hr li main ol p pre section table td th tr ul'.split(
    ' ',
  ),
)

/** The text in an element on one line: scripts and styles left out, a space between what stands on different lines. */
export const textOf = (element: Element): string => {
  const parts: string[] = []
  const visit = (nodes: readonly AnyNode[], depth: number): void => {
    for (const node of nodes) {
      if (isText(node)) parts.push(node.data)
      else if (isElement(node) && !NOT_TEXT.has(node.name) && depth < MAX_DEPTH) {
        const gap = BREAKING.has(node.name) ? ' ' : ''
        parts.push(gap)
        visit(node.children, depth + 1)
        parts.push(gap)
      }
    }
  }
  visit(element.children, 0)
  return parts.join('').replace(/\s+/g, ' ').trim()
}
