/**
 * The tags of a page with the names of their attributes, and the scheme of each address: what a text that is echoed
 * must not change. Read by the rules that browsers follow for well-formed markup.
 */
export const markup = (html: string): readonly string[] =>
  [
    ...html.matchAll(
      /<!--.*?-->|<\/?[a-zA-Z][^\s/>]*(?:[\s/]+[^\s=/>]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+))?)*[\s/]*>/gs,
    ),
  ].map(([tag]) => tag.replace(ATTRIBUTE, (_, name: string, value: string) => `${name}=${addressScheme(name, value)}`))

const ATTRIBUTE = /([^\s=/>]+)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/g

/** Only there does a scheme do anything: a search box may well hold the text "javascript:". */
const addressScheme = (name: string, value: string): string =>
  /^(?:href|src|action|formaction|data)$/i.test(name)
    ? (/^["']?[\s\0]*([a-z][a-z0-9+.-]*:)/i.exec(value)?.[1]?.toLowerCase() ?? '')
    : ''
