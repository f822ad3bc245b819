/** How long a `Retry-After` header asks to wait (RFC 9110 §10.2.3: seconds or a date), between 0 and `maxMs`; undefined when it does not say. */
export const retryAfterMs = (header: string | undefined, maxMs: number, now = Date.now()): number | undefined => {
  const value = header?.trim() ?? ''
  if (value === '') return undefined
  const waitMs = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - now
  return Number.isNaN(waitMs) ? undefined : Math.min(Math.max(0, waitMs), maxMs)
}
