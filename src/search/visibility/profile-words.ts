import { type FieldName, fieldTexts, PROFILE_FIELDS } from '../../engine/fields.ts'
import { wordsOf } from '../../engine/query-words.ts'
import type { Supplier } from '../../model/supplier.ts'
import { analyseEnglish, analyseExact, analyseFrench } from '../../text/analyse.ts'
import { detectLanguage } from '../../text/language.ts'
import type { Understanding } from '../understand.ts'

/** Which words of a query a profile holds, read from the profile itself: who is not found has no contributions to read. */

/** The terms of a field's texts in the forms that engines index. */
interface FieldTerms {
  readonly french: Set<string>
  readonly english: Set<string>
  readonly exact: Set<string>
}

export type TextField = Exclude<FieldName, 'bricks'>

/** A profile's terms by field, and the words as they are written. */
export interface ProfileWords {
  readonly fields: ReadonlyMap<TextField, FieldTerms>
  /** Folded form to the word as the profile writes it. */
  readonly written: ReadonlyMap<string, string>
  readonly bricks: ReadonlySet<string>
}

const addText = (terms: FieldTerms, text: string): void => {
  // As engines do: a text of certain language is indexed in that one alone.
  const language = detectLanguage(text)
  if (language !== 'en') for (const { term } of analyseFrench(text)) terms.french.add(term)
  if (language !== 'fr') for (const { term } of analyseEnglish(text)) terms.english.add(term)
}

/** Reads a profile as it is indexed (`expandSupplier`). */
export const profileWords = (supplier: Supplier): ProfileWords => {
  const fields = new Map<TextField, FieldTerms>()
  const written = new Map<string, string>()
  const termsOf = (field: TextField): FieldTerms => {
    const known = fields.get(field)
    if (known) return known
    const made = { french: new Set<string>(), english: new Set<string>(), exact: new Set<string>() }
    fields.set(field, made)
    return made
  }
  const write = (text: string): void => {
    for (const { term, start, end } of analyseExact(text))
      if (!written.has(term)) written.set(term, text.slice(start, end))
  }
  for (const field of PROFILE_FIELDS) {
    for (const text of fieldTexts(supplier, field)) {
      addText(termsOf(field), text)
      for (const { term } of analyseExact(text)) termsOf(field).exact.add(term)
      write(text)
    }
  }
  for (const text of supplier.texts.flatMap(each => each.passages)) {
    addText(termsOf('passages'), text)
    write(text)
  }
  return {
    fields,
    written,
    bricks: new Set([...supplier.bricks, ...(supplier.foundBricks ?? []).map(found => found.brick)]),
  }
}

/** The text fields that hold any word of a concept, in any form. */
export const fieldsWith = (words: ProfileWords, text: string): TextField[] => {
  const forms = wordsOf(text)
  return [...words.fields].flatMap(([field, { french, english, exact }]) => {
    const has = forms.some(
      form =>
        (form.french !== undefined && french.has(form.french)) ||
        (form.english !== undefined && english.has(form.english)) ||
        (form.exact !== undefined && exact.has(form.exact)),
    )
    return has ? [field] : []
  })
}

/** Where each concept of a query is answered, by its index: text fields, and `bricks` when a brick of the profile covers it. */
export const heldConcepts = (
  words: ProfileWords,
  { concepts, bricks }: Pick<Understanding, 'concepts' | 'bricks'>,
): readonly FieldName[][] => {
  const covered = new Set(
    bricks.filter(({ ids }) => [...ids.keys()].some(id => words.bricks.has(id))).flatMap(({ covers }) => covers),
  )
  return concepts.map(({ text }, index) => [
    ...(covered.has(index) ? (['bricks'] as const) : []),
    ...fieldsWith(words, text),
  ])
}

/** The words that a search requires, how many of them a profile holds, those it lacks, and whether it has anything asked for. */
export const requiredWords = (
  words: ProfileWords,
  understanding: Pick<Understanding, 'concepts' | 'bricks'>,
): {
  readonly of: number
  readonly held: number
  readonly missing: readonly string[]
  readonly anything: boolean
} => {
  const { concepts, bricks } = understanding
  const held = heldConcepts(words, understanding)
  const required = concepts.map((concept, index) => ({ concept, held: (held[index] ?? []).length > 0 }))
  const counted = required.filter(({ concept }) => concept.optional !== true)
  return {
    of: counted.length,
    held: counted.filter(each => each.held).length,
    missing: counted.filter(each => !each.held).map(({ concept }) => concept.text),
    anything:
      held.some(fields => fields.length > 0) ||
      bricks.some(({ ids }) => [...ids.keys()].some(id => words.bricks.has(id))),
  }
}
