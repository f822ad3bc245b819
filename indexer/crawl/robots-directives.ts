/** What a page itself allows a robot: the page's word, where robots.txt is the site's. */
export interface Directives {
  /** The page may not be found through us: it is neither stored nor extracted from. */
  readonly noindex: boolean
  /** Its links may not be followed. */
  readonly nofollow: boolean
  /** No sentence of it may be quoted. */
  readonly nosnippet: boolean
}

/** One `<meta name content>` of a page's head. */
export interface Meta {
  readonly name: string
  readonly content: string
}

/** Directives whose value follows a colon: they look like a robot's name and are none. */
const VALUED = new Set(['unavailable_after', 'max-snippet', 'max-image-preview', 'max-video-preview'])

/** The directives of one `X-Robots-Tag` that apply to a robot: those after its name, and those after none. */
const applicable = (header: string, token: string): string[] => {
  let applies = true
  return header.split(',').flatMap(part => {
    const [, name, directive] = /^\s*([a-z*_-]+)\s*:(.*)$/i.exec(part) ?? []
    if (name === undefined || directive === undefined || VALUED.has(name.toLowerCase())) return applies ? [part] : []
    applies = name === '*' || name.toLowerCase() === token
    return applies ? [directive] : []
  })
}

const headerDirectives = (headers: Readonly<Record<string, string>>, token: string): string[] =>
  Object.entries(headers)
    .filter(([name]) => name.toLowerCase() === 'x-robots-tag')
    .flatMap(([, value]) => value.split('\n').flatMap(line => applicable(line, token)))

const metaDirectives = (metas: readonly Meta[], token: string): string[] =>
  metas
    .filter(({ name }) => ['robots', token].includes(name.trim().toLowerCase()))
    .flatMap(({ content }) => content.split(','))

/**
 * What `X-Robots-Tag` and the robots metas of a page say to the robot with this product token. Where several speak, for all
 * robots or for this one, the strictest holds, as Google does. Several headers of that name are best handed over joined by
 * a line feed: joined by a comma, what follows another robot's name is taken as said to that robot.
 */
export const directives = (
  headers: Readonly<Record<string, string>>,
  metas: readonly Meta[],
  userAgentToken: string,
): Directives => {
  const token = userAgentToken.toLowerCase()
  const said = new Set(
    [...headerDirectives(headers, token), ...metaDirectives(metas, token)].map(each =>
      each.toLowerCase().replace(/\s/g, ''),
    ),
  )
  const none = said.has('none')
  return {
    noindex: none || said.has('noindex'),
    nofollow: none || said.has('nofollow'),
    nosnippet: said.has('nosnippet') || said.has('max-snippet:0'),
  }
}
