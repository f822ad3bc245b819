/** Text of others as the HTML of a passage: all of it escaped, one piece between marks. */

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export const escaped = (text: string): string => text.replace(/[&<>"']/g, character => ENTITIES[character] ?? character)

/** `text` with what stands from `start` to `end` (UTF-16) marked. */
export const markedSpan = (text: string, start: number, end: number): string =>
  `${escaped(text.slice(0, start))}<mark>${escaped(text.slice(start, end))}</mark>${escaped(text.slice(end))}`
