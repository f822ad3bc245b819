import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** Secrets that open a request or confirm it: 256 random bits each, of which only the SHA-256 is stored. */

const BYTES = 32

/** What a secret looks like in an address: anything else need not be looked up. */
export const SECRET_PATTERN = '^[A-Za-z0-9_-]{43}$'
const SECRET = new RegExp(SECRET_PATTERN)

/** A new secret of 256 random bits, 43 characters that an address may hold. */
export const newSecret = (): string => randomBytes(BYTES).toString('base64url')

/** The SHA-256 under which a secret is stored; `undefined` for what cannot be one. */
export const hashOfSecret = (secret: string): string | undefined =>
  SECRET.test(secret) ? createHash('sha256').update(secret).digest('hex') : undefined

/**
 * The token that a request's owner publishes in the DNS or in a file. It follows from the request's secret (HMAC-SHA-256),
 * so that its page can show it again although it is stored nowhere, and whoever reads it there learns nothing of the secret.
 */
export const publishedToken = (secret: string): string =>
  createHmac('sha256', secret).update('brique-verification').digest('base64url')

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Whether two secrets are the same, in a time that does not tell how far they agree. */
export const sameSecret = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b))
