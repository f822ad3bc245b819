import type { FastifyRequest } from 'fastify'
import { CorrectionRefusedError } from '../corrections/errors.ts'
import { InvalidParameterError } from '../errors.ts'
import { BRICKS, brickById } from '../model/bricks.ts'
import type { Declared, DeclaredOffer, ProofMethod } from '../model/correction.ts'
import { PROOF_METHODS } from '../model/correction.ts'
import { placeKey } from '../model/geography.ts'
import { ROLES, type Role } from '../model/supplier.ts'
import type { Services } from './services.ts'

/** The forms of corrections, read without script: fields → what the API takes as JSON. */

const unknownField = (name: string): InvalidParameterError =>
  new InvalidParameterError(name.slice(0, 60), {
    fr: `« ${name.slice(0, 60)} » : champ ou valeur inconnus.`,
    en: `“${name.slice(0, 60)}”: unknown field or value.`,
  })

const KNOWN = new Set(
  'kind tagline description website commune roles role tags bricks offerKind offerName offerDescription comment confirm'.split(
    ' ',
  ),
)

/** More lines than any list may have are not read one by one. */
const MAX_LINES = 200

const linesOf = (text: string): string[] =>
  text
    .split(/[\r\n]+/, MAX_LINES)
    .map(line => line.trim())
    .filter(line => line !== '')

/** Labels in both languages, folded, to their bricks: made at the first form, not at the start. */
let bricksByLabel: ReadonlyMap<string, string> | undefined
const brickId = (line: string): string => {
  if (brickById(line) !== undefined) return line
  bricksByLabel ??= new Map(BRICKS.flatMap(({ id, fr, en }) => [fr, en].map(label => [placeKey(label), id] as const)))
  return bricksByLabel.get(placeKey(line)) ?? line
}

const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text)
const roleOf = (text: string): Role => {
  if (isRole(text)) return text
  throw unknownField('role')
}

const offersOf = (fields: URLSearchParams): DeclaredOffer[] => {
  const kinds = fields.getAll('offerKind')
  const texts = fields.getAll('offerDescription')
  return fields.getAll('offerName').flatMap((name, i): DeclaredOffer[] => {
    if (name.trim() === '') return []
    const kind = kinds[i] ?? 'product'
    if (kind !== 'product' && kind !== 'service') throw unknownField('offerKind')
    const description = texts[i] ?? ''
    return [{ kind, name, ...(description.trim() !== '' && { description }) }]
  })
}

/** What a form's fields declare; a field that the form did not have stays absent. An unknown one is a 400 that names it. */
export const declaredOfFields = (fields: URLSearchParams): Declared => {
  for (const name of fields.keys()) if (!KNOWN.has(name)) throw unknownField(name)
  const text = <Name extends 'tagline' | 'description' | 'website' | 'commune'>(name: Name) => {
    const value = fields.get(name)
    return value === null ? {} : { [name]: value }
  }
  return {
    ...text('tagline'),
    ...text('description'),
    ...text('website'),
    ...text('commune'),
    ...(fields.has('roles') && { roles: fields.getAll('role').map(roleOf) }),
    ...(fields.has('tags') && { tags: linesOf(fields.get('tags') ?? '') }),
    ...(fields.has('bricks') && { bricks: linesOf(fields.get('bricks') ?? '').map(brickId) }),
    ...(fields.has('offerName') && { offers: offersOf(fields) }),
  }
}

/** The way to show ownership that a form names. */
export const methodOf = (fields: URLSearchParams): ProofMethod => {
  const method = PROOF_METHODS.find(each => each === fields.get('method'))
  if (method !== undefined) return method
  throw unknownField('method')
}

/** The fields of a form that was sent as such. */
export const fieldsOf = ({ body }: FastifyRequest): URLSearchParams =>
  body instanceof URLSearchParams ? body : new URLSearchParams()

/**
 * Refuses a form that another site has sent. There are no cookies and no accounts, so nobody's rights could be used that
 * way; it only keeps other pages from sending requests with their readers' addresses. Browsers say it in `Sec-Fetch-Site`;
 * older ones in `Origin`, which is "null" where a page sends no referrer, as ours with a secret in its address do.
 */
export const refuseOtherSites = ({ headers, host }: FastifyRequest, { config }: Pick<Services, 'config'>): void => {
  const from = headers['sec-fetch-site']
  if (typeof from === 'string') {
    if (from === 'same-origin' || from === 'none') return
    throw new CorrectionRefusedError('other-site')
  }
  const { origin } = headers
  if (origin === undefined || origin === 'null') return
  if (origin !== config.publicUrl && URL.parse(origin)?.host !== host) throw new CorrectionRefusedError('other-site')
}
