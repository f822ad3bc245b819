import { html } from 'ghtml'

/**
 * The two ways in which text becomes markup apart from `html`. A fragment is a string that came out of one of the
 * three; in templates, `!` stands before fragments alone.
 */
export type Fragment = string

/** Nothing at all: the other branch of a condition. */
export const NOTHING: Fragment = ''

export const fragments = (list: readonly Fragment[], separator: Fragment = ''): Fragment => list.join(separator)

/** A display text with `{name}` replaced by fragments; the text itself is escaped. An unknown name stays as it is. */
export const rich = (text: string, slots: Readonly<Record<string, Fragment>>): Fragment =>
  text
    .split(/(\{[a-z]+\})/)
    .map(piece => {
      const name = piece.slice(1, -1)
      return Object.hasOwn(slots, name) ? slots[name] : html`${piece}`
    })
    .join('')

/** What may not stand in a passage: markup, quotes, and an ampersand that begins no entity of the escaper. */
const UNESCAPED = /[<>"']|&(?!(?:#[0-9]{1,6}|#x[0-9a-f]{1,6}|amp|lt|gt|quot|apos);)/gi

/**
 * A passage of a search result: text escaped by its maker, with matched words between `<mark>` and `</mark>`.
 * Its maker is not believed: everything else is escaped here, and the marks always pair up.
 */
export const markedText = (text: string): Fragment => {
  let open = false
  const safe = text.split(/(<\/?mark>)/).map(piece => {
    if (piece !== '<mark>' && piece !== '</mark>') return piece.replace(UNESCAPED, found => html`${found}`)
    const opens = piece === '<mark>'
    if (opens === open) return ''
    open = opens
    return piece
  })
  return safe.join('') + (open ? '</mark>' : '')
}
