import { analyseProfile } from '../../../src/engine/embedded/analysed.ts'
import type { EngineQuery } from '../../../src/engine/engine.ts'
import { FIELD_NAMES, type FieldName, PROFILE_FIELDS } from '../../../src/engine/fields.ts'
import { wordsOf } from '../../../src/engine/query-words.ts'
import type { Supplier } from '../../../src/model/supplier.ts'

/**
 * The tokens of the product's own analysis as text for engines that take text: `f:` French stems, `e:` English stems,
 * `x:` exact forms, `k:` bricks, a blank between two. Phrases, which only add to scores, are spared them; exact forms are
 * not: "lettres" finds "lettrés" by them alone.
 */
export interface OwnTokens {
  readonly fields: Readonly<Record<FieldName, string>>
  /** Words as they are written, for completion. */
  readonly written: { readonly name: string; readonly words: string }
}

const WORD = /^[fex]:/

/** A profile's tokens, each as often as it occurs; their order within a field is not kept. */
export const ownTokens = (supplier: Supplier): OwnTokens => {
  const { terms, passages } = analyseProfile(supplier)
  const tokens = new Map<FieldName, string[]>(FIELD_NAMES.map(field => [field, []]))
  const written = { name: [] as string[], words: [] as string[] }
  const add = (field: FieldName, token: string, count: number): void => {
    for (let n = 0; n < count; n++) tokens.get(field)?.push(token)
  }
  for (const [key, counts] of terms) {
    if (key.startsWith('k:')) add('bricks', key, counts[0] ?? 0)
    else if (WORD.test(key)) for (const [index, field] of PROFILE_FIELDS.entries()) add(field, key, counts[index] ?? 0)
    if (key.startsWith('x:')) {
      const [name = 0, tagline = 0, tags = 0] = counts
      if (name > 0) written.name.push(key.slice(2))
      if (tagline + tags > 0) written.words.push(key.slice(2))
    }
  }
  for (const passage of passages) for (const [key, count] of passage.terms) add('passages', key.toLowerCase(), count)
  const joined = FIELD_NAMES.map(field => [field, (tokens.get(field) ?? []).join(' ')])
  return {
    fields: Object.fromEntries(joined) as Record<FieldName, string>,
    written: { name: written.name.join(' '), words: written.words.join(' ') },
  }
}

/** For each concept of a query the tokens of which one must match: its words' forms, and the bricks that answer it. */
export const tokenGroups = (query: EngineQuery): string[][] =>
  query.concepts
    .map(({ text }, index) => {
      const words = wordsOf(text).flatMap(({ french, english, exact }) => [
        ...(french === undefined ? [] : [`f:${french}`]),
        ...(english === undefined ? [] : [`e:${english}`]),
        ...(exact === undefined ? [] : [`x:${exact}`]),
      ])
      const bricks = query.bricks
        .filter(({ covers }) => covers.includes(index))
        .flatMap(({ ids }) => [...ids.keys()].map(id => `k:${id}`))
      return words.length > 0 ? [...new Set([...words, ...bricks])] : []
    })
    .filter(group => group.length > 0)
