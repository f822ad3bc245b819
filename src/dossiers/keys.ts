import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** Names that cannot be guessed: whoever knows a dossier's may read it, whoever has its key may change or delete it. */

const ID_BYTES = 18
const KEY_BYTES = 32

/** A new name of a dossier: 144 random bits, 24 characters of base64url. */
export const createId = (): string => randomBytes(ID_BYTES).toString('base64url')

/** A new key: 256 random bits, 43 characters of base64url. */
export const createKey = (): string => randomBytes(KEY_BYTES).toString('base64url')

/** Whether a text has the form of a dossier's name; anything else is not looked up. */
export const isId = (text: string): boolean => /^[A-Za-z0-9_-]{24}$/.test(text)

/** What is kept of a key. It is random throughout, so a plain hash cannot be guessed back. */
export const hashOfKey = (key: string): Uint8Array => createHash('sha256').update(key).digest()

/** Whether this is the key, in a time that tells nothing of it. */
export const isKey = (key: string, hash: Uint8Array): boolean => {
  const given = hashOfKey(key)
  return given.length === hash.length && timingSafeEqual(given, hash)
}
