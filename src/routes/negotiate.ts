import type { FastifyRequest } from 'fastify'
import type { Language } from '../model/language.ts'

/** Which language and which form an answer takes. Pages follow their address; the API follows the headers. */

export const LANGUAGES: readonly Language[] = ['fr', 'en']

const ENGLISH_PREFIX = /^\/en(?=[/?]|$)/

/** The address of a page in a language: French at `/`, English under `/en/`, the same slugs. */
export const localPath = (language: Language, path: string): string => (language === 'en' ? `/en${path}` : path)

/**
 * The address of the request without its language prefix. One leading slash is kept: "//host" would be a link to
 * another site where a page shows its twin's address.
 */
export const neutralPath = (url: string): string => `/${url.replace(ENGLISH_PREFIX, '').replace(/^[/\\]+/, '')}`

/** The values of an `Accept…` header with their weights (RFC 9110 12.4.2), lower case. */
const weights = (header: string | undefined): { readonly value: string; readonly weight: number }[] =>
  (header ?? '').split(',').map(part => {
    const [value = '', ...parameters] = part.trim().toLowerCase().split(';')
    const q = parameters.map(each => each.trim()).find(each => each.startsWith('q='))
    const weight = q === undefined ? 1 : Number(q.slice(2))
    return { value: value.trim(), weight: weight >= 0 && weight <= 1 ? weight : 0 }
  })

const best = (header: string | undefined, accepts: (value: string) => boolean): number =>
  Math.max(0, ...weights(header).flatMap(({ value, weight }) => (accepts(value) ? [weight] : [])))

/** The language of `Accept-Language`: French unless English is wanted more. */
export const acceptedLanguage = (header: string | undefined): Language => {
  const wanted = (language: Language) => best(header, value => value === language || value.startsWith(`${language}-`))
  return wanted('en') > wanted('fr') ? 'en' : 'fr'
}

const isApi = (url: string): boolean => /^\/(?:api|health)(?:[/?]|$)|^\/openapi\.json/.test(url)

const JSON_TYPE = /^application\/(?:[a-z.-]+\+)?json$/
/** Whether errors go out as JSON: the API always, a page when its reader wants JSON more than HTML. */
export const wantsJson = (request: FastifyRequest): boolean => {
  if (isApi(request.url)) return true
  const { accept } = request.headers
  const html = best(accept, value => value === 'text/html' || value === 'text/*' || value === '*/*')
  return best(accept, value => JSON_TYPE.test(value)) > html
}

/** The language of the answer: of the address for pages, of `Accept-Language` for the API. */
export const languageOf = (request: FastifyRequest): Language => {
  if (isApi(request.url)) return acceptedLanguage(request.headers['accept-language'])
  return ENGLISH_PREFIX.test(request.url) ? 'en' : 'fr'
}

/** Path and query of the page of this very service that the reader comes from. */
export const ownReferer = (request: FastifyRequest): string | undefined => {
  const referer = URL.parse(request.headers.referer ?? '')
  return referer?.host === request.host ? referer.pathname + referer.search : undefined
}
