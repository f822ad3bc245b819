import { createHash } from 'node:crypto'
import { html } from 'ghtml'
import type { Fragment } from '../markup.ts'
import { xmlText } from './plain.ts'

/** What the feeds have in common. */

/** Namespace of the identifiers below, drawn once: nothing else may change them. */
const NAMESPACE = Buffer.from('5b0c5a2e7d3f4e0f9a61c2b7a4d8e913', 'hex')
const VERSION_5 = 0x50
const VARIANT = 0x80

/** A name-based UUID (RFC 9562, version 5): the same name has the same identifier on every machine, for ever. */
export const nameUuid = (name: string): string => {
  const bytes = createHash('sha1').update(NAMESPACE).update(name).digest().subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | VERSION_5
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | VARIANT
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, 'urn:uuid:$1-$2-$3-$4-')
}

/** An RFC 3339 date and time of a date that may be a day alone, or nothing at all. */
export const instant = (text: string, otherwise: string): string => {
  for (const each of [text, otherwise]) {
    const date = new Date(each)
    if (each !== '' && !Number.isNaN(date.getTime())) return date.toISOString()
  }
  return new Date(0).toISOString()
}

/** Text of an XML document, without what no XML may hold. */
export const x = (text: string): Fragment => html`${xmlText(text)}`
