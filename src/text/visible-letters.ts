/** Elements whose text no reader sees when scripts do not run, or ever. */
const UNSEEN = ['script', 'style', 'noscript', 'template', 'svg', 'title'] as const

const NAME = /^<([a-z]+)/

/** Letters and digits of a piece of text; entities count for a letter or two, which does not matter here. */
const letters = (text: string): number => text.match(/[\p{L}\p{N}]/gu)?.length ?? 0

/**
 * How many letters of an HTML page are text that stands in the page itself, counted up to about `enough`: a page that
 * scripts alone fill has next to none. One pass from left to right, whatever the markup is like: no parser.
 */
export const visibleLetters = (html: string, enough: number): number => {
  const page = html.toLowerCase()
  let count = 0
  let at = 0
  while (at < page.length && count < enough) {
    const tag = page.indexOf('<', at)
    if (tag === -1) return count + letters(page.slice(at))
    count += letters(page.slice(at, tag))
    const name = NAME.exec(page.slice(tag, tag + 12))?.[1] ?? ''
    const unseen = UNSEEN.find(each => each === name)
    const end = unseen === undefined ? page.indexOf('>', tag) : page.indexOf(`</${unseen}`, tag)
    if (end === -1) return count
    at = end + 1
  }
  return count
}
