/** Bytes of robots.txt that are read (RFC 9309 §2.5: at least 500 KiB); a line cut by the limit is not. */
export const MAX_ROBOTS_BYTES = 500 * 1024

/** Longest line, of which the rest is dropped: eight times the longest URL, as Google's parser does. */
const MAX_LINE_BYTES = 2083 * 8 - 1

/** One line that says something; its value is a string of octets. */
export interface RobotsLine {
  readonly kind: 'agent' | 'allow' | 'disallow' | 'sitemap' | 'delay'
  readonly value: string
}

// Spellings that Google's parser accepts too. Only those that restrict: a misspelt Allow opens nothing.
const KINDS: ReadonlyMap<string, RobotsLine['kind']> = new Map([
  ...['user-agent', 'useragent', 'user agent'].map(name => [name, 'agent'] as const),
  ...['disallow', 'dissallow', 'dissalow', 'disalow', 'diasllow', 'disallaw'].map(name => [name, 'disallow'] as const),
  ...['crawl-delay', 'crawldelay'].map(name => [name, 'delay'] as const),
  ...['sitemap', 'site-map'].map(name => [name, 'sitemap'] as const),
  ['allow', 'allow'],
])

/** A string of octets, one a character, as robots.txt is compared; and back. */
export const toOctets = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')
export const fromOctets = (text: string): string => Buffer.from(text, 'latin1').toString('utf8')

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf]

/** The file as a string of octets: patterns are compared octet by octet, whatever their charset. */
const fileOctets = (body: Uint8Array): string => {
  const bytes = body.subarray(0, MAX_ROBOTS_BYTES)
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff && 'utf-16be'
  if (utf16) return toOctets(new TextDecoder(utf16).decode(bytes))
  let start = 0
  while (start < 3 && bytes[start] === BYTE_ORDER_MARK[start]) start++
  return Buffer.from(bytes.subarray(start)).toString('latin1')
}

const linesOf = (body: Uint8Array): string[] => {
  const lines = fileOctets(body).split(/\r\n|\r|\n/)
  return body.length > MAX_ROBOTS_BYTES ? lines.slice(0, -1) : lines
}

const isBlank = (character: string | undefined): boolean => character !== undefined && ' \t\v\f'.includes(character)

/** Without white space of ASCII around it: `trim` would also take U+00A0, the last octet of a UTF-8 `à`. */
const trimmed = (octets: string): string => {
  let [start, end] = [0, octets.length]
  while (start < end && isBlank(octets[start])) start++
  while (end > start && isBlank(octets[end - 1])) end--
  return octets.slice(start, end)
}

/** Name and value of a line. A missing colon is forgiven when the line has just two words (Google's parser). */
const parseLine = (line: string): readonly [name: string, value: string] | undefined => {
  const [text = ''] = line.slice(0, MAX_LINE_BYTES).split('#', 1)
  const colon = text.indexOf(':')
  if (colon >= 0) return [trimmed(text.slice(0, colon)).toLowerCase(), trimmed(text.slice(colon + 1))]
  const [name, value, ...more] = trimmed(text).split(/[ \t]+/)
  return name !== undefined && value !== undefined && more.length === 0 ? [name.toLowerCase(), value] : undefined
}

/** The lines of a robots.txt that a robot may know, in their order. */
export function* robotsLines(body: Uint8Array): Generator<RobotsLine> {
  for (const line of linesOf(body)) {
    const [name = '', value = ''] = parseLine(line) ?? []
    const kind = KINDS.get(name)
    if (kind !== undefined) yield { kind, value }
  }
}
