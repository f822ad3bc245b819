import { attribute, type Element, isElement, MAX_DEPTH, textOf } from './dom.ts'
import { absoluteUrl } from './urls.ts'

/** A microdata item (HTML standard, 5.2): what it is, and the values of each property in document order. */
export interface MicrodataItem {
  readonly type: readonly string[]
  readonly id?: string
  readonly properties: Readonly<Record<string, readonly MicrodataValue[]>>
}

export type MicrodataValue = string | MicrodataItem

/** Beyond these a page is playing: real ones stay below 300 items, 6 deep. */
const MAX_ITEMS = 2_000
const MAX_ITEM_DEPTH = 16
const MAX_VALUE_LENGTH = 20_000

const URL_ATTRIBUTES: ReadonlyMap<string, string> = new Map([
  ...['audio', 'embed', 'iframe', 'img', 'source', 'track', 'video'].map(name => [name, 'src'] as const),
  ...['a', 'area', 'link'].map(name => [name, 'href'] as const),
  ['object', 'data'],
])

/** The value of a property by its element; `content` counts on every element, as schema.org's own examples use it. */
const simpleValue = (element: Element, baseUrl: string): string => {
  const urlAttribute = URL_ATTRIBUTES.get(element.name)
  if (element.name === 'meta') return attribute(element, 'content') ?? ''
  if (urlAttribute !== undefined) return absoluteUrl(attribute(element, urlAttribute) ?? '', baseUrl) ?? ''
  if (element.name === 'data' || element.name === 'meter') return attribute(element, 'value') ?? ''
  if (element.name === 'time') return attribute(element, 'datetime') ?? textOf(element)
  return attribute(element, 'content') || textOf(element)
}

const words = (text: string | undefined): readonly string[] => text?.split(/\s+/).filter(Boolean) ?? []

/** The elements that give an item its properties: below it, below what `itemref` names, not inside other items. */
const propertyElements = (root: Element, byId: ReadonlyMap<string, Element>): readonly Element[] => {
  const found = new Set<Element>()
  const visit = (element: Element, depth: number): void => {
    if (element === root || found.has(element) || depth > MAX_DEPTH) return
    if (attribute(element, 'itemprop') !== undefined) found.add(element)
    if (attribute(element, 'itemscope') === undefined) visitChildren(element, depth)
  }
  const visitChildren = (element: Element, depth: number): void => {
    for (const child of element.children) if (isElement(child)) visit(child, depth + 1)
  }
  visitChildren(root, 0)
  for (const id of words(attribute(root, 'itemref')).slice(0, 100)) {
    const referred = byId.get(id)
    // The standard takes nothing from another item; extruct and real pages take its properties.
    if (referred && attribute(referred, 'itemprop') === undefined) visitChildren(referred, 0)
    else if (referred) visit(referred, 0)
  }
  return [...found]
}

const isInsideItem = (element: Element): boolean => {
  for (let each = element.parent; each && isElement(each); each = each.parent) {
    if (attribute(each, 'itemscope') !== undefined) return true
  }
  return false
}

/**
 * The top-level items of a page, at most 2,000 with all they hold. Items in a circle or too deep are cut there;
 * `__proto__` is no property name.
 */
export const readMicrodata = (elements: readonly Element[], baseUrl: string): readonly MicrodataItem[] => {
  const scopes = elements.filter(element => attribute(element, 'itemscope') !== undefined)
  if (scopes.length === 0) return []
  const byId = new Map<string, Element>()
  for (const element of elements) {
    const id = attribute(element, 'id')
    if (id !== undefined && !byId.has(id)) byId.set(id, element)
  }
  const seen = new Set<Element>()
  let reads = 0

  const readItem = (scope: Element, parents: readonly Element[]): MicrodataItem | undefined => {
    if (parents.includes(scope) || parents.length >= MAX_ITEM_DEPTH || ++reads > MAX_ITEMS) return undefined
    seen.add(scope)
    const properties: Record<string, MicrodataValue[]> = {}
    for (const element of propertyElements(scope, byId)) {
      const isItem = attribute(element, 'itemscope') !== undefined
      const value = isItem
        ? readItem(element, [...parents, scope])
        : simpleValue(element, baseUrl).slice(0, MAX_VALUE_LENGTH)
      if (value === undefined) continue
      for (const name of words(attribute(element, 'itemprop'))) {
        if (name === '__proto__') continue
        if (Object.hasOwn(properties, name)) properties[name]?.push(value)
        else properties[name] = [value]
      }
    }
    const id = attribute(scope, 'itemid')?.trim()
    return { type: words(attribute(scope, 'itemtype')), ...(id ? { id } : {}), properties }
  }

  const items: MicrodataItem[] = []
  const readAll = (some: readonly Element[]): void => {
    for (const scope of some) {
      const item = seen.has(scope) ? undefined : readItem(scope, [])
      if (item) items.push(item)
    }
  }
  const isProperty = (element: Element): boolean => attribute(element, 'itemprop') !== undefined
  readAll(scopes.filter(element => !isProperty(element)))
  // A property of no item is none by the standard; pages that write one mean an item (schema.org's examples do).
  readAll(scopes.filter(element => isProperty(element) && !isInsideItem(element)))
  return items
}
