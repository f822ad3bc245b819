/** A name with a dot and letters after it: "localhost" and bare addresses are nobody's public site. */
const PUBLIC_HOST = /\.[a-z][a-z0-9-]*$/i

/**
 * A web address as sources write it ("www.x.fr", "HTTP://X.fr/a#b"), made an `http` or `https` URL without fragment;
 * `undefined` when it is not one, or carries a user name.
 */
export const parseWebsite = (text: string): string | undefined => {
  const trimmed = text.trim()
  if (trimmed === '' || /\s/.test(trimmed)) return undefined
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`)
  if (url === null || !/^https?:$/.test(url.protocol)) return undefined
  if (url.username !== '' || url.password !== '' || !PUBLIC_HOST.test(url.hostname)) return undefined
  url.hash = ''
  return url.href
}
