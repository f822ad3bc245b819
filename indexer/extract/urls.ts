/** Longer addresses are no page's (a common limit of browsers and crawlers). */
const MAX_URL_LENGTH = 2_083

/** `reference` against `base`, as browsers resolve it; `undefined` when that is no address or too long. */
export const absoluteUrl = (reference: string, base: string): string | undefined => {
  const url = reference.length <= MAX_URL_LENGTH ? URL.parse(reference, base)?.href : undefined
  return url !== undefined && url.length <= MAX_URL_LENGTH ? url : undefined
}

/** The same, for pages only: http and https, without fragment. */
export const pageUrl = (reference: string, base: string): string | undefined => {
  const url = absoluteUrl(reference, base)
  if (url === undefined || !/^https?:/.test(url)) return undefined
  const hash = url.indexOf('#')
  return hash === -1 ? url : url.slice(0, hash)
}
