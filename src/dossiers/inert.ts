import { inertText } from '../model/inert-text.ts'

/** The value with every text in it made inert (`inertText`): what is frozen steers no screen, file or terminal. */
export const inert = (value: unknown): unknown => {
  if (typeof value === 'string') return inertText(value)
  if (Array.isArray(value)) return value.map(inert)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [inertText(key), inert(each)]))
}
