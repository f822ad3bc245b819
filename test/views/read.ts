const INLINE = /<\/?(?:a|code|small|span|strong|sup|time|mark|q)(?: [^>]*)?>/g

/** A page's text as it is read: tags gone, entities decoded, blanks of every width collapsed. */
export const textOf = (html: string): string =>
  html
    .slice(Math.max(0, html.indexOf('<body>')))
    .replace(INLINE, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#([0-9]+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(/\s+/g, ' ')

/** A page's title, blanks collapsed. */
export const titleOf = (html: string): string => (/<title>([^<]*)/.exec(html)?.[1] ?? '').replace(/\s+/g, ' ')

/** The searches that a page links to, as parameters. */
export const searchLinks = (html: string): readonly URLSearchParams[] =>
  [...html.matchAll(/href="(?:\/en)?\/recherche\?([^"]*)"/g)].map(
    ([, query = '']) => new URLSearchParams(query.replaceAll('&#38;', '&').replaceAll('&#61;', '=')),
  )
