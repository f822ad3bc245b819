import { html } from 'ghtml'
import type { Texts } from '../locales/texts.ts'
import { type Fragment, NOTHING } from '../markup.ts'
import { asList, asRecord, asText, type Json, resolve } from './openapi.ts'

/** Deeper objects are named, not unfolded; recursive schemas end here too. */
const MAX_DEPTH = 6

const typeNames = (schema: Json): readonly string[] => {
  const type = schema['type']
  return typeof type === 'string' ? [type] : asList(type).filter(each => typeof each === 'string')
}

const alternatives = (schema: Json): readonly unknown[] => [...asList(schema['anyOf']), ...asList(schema['oneOf'])]

const literal = (value: unknown): string => (typeof value === 'string' ? `"${value}"` : (JSON.stringify(value) ?? ''))

/** The type of a schema in words: "liste de texte", "l’un de "a", "b"". */
export const typeText = (document: Json, value: unknown, texts: Texts, depth = 0): string => {
  const { docs } = texts
  const schema = resolve(document, value)
  if (depth > MAX_DEPTH) return docs.anyValue
  if (schema['const'] !== undefined) return literal(schema['const'])
  const values = asList(schema['enum'])
  if (values.length > 0) return `${docs.oneOf} ${values.map(literal).join(', ')}`
  const options = alternatives(schema)
  if (options.length > 0) {
    return [...new Set(options.map(option => typeText(document, option, texts, depth + 1)))].join(' | ')
  }
  const names = typeNames(schema)
  if (names.includes('array')) return `${docs.listOf} ${typeText(document, schema['items'], texts, depth + 1)}`
  const known = Object.entries(docs.types)
  const shown = names.map(name => known.find(([key]) => key === name)?.[1] ?? name)
  if (shown.length > 0) return shown.join(' | ')
  return schema['properties'] === undefined ? docs.anyValue : docs.types.object
}

/** Bounds and default of a schema, as short phrases. */
export const constraints = (document: Json, value: unknown, { docs }: Texts): readonly string[] => {
  const schema = resolve(document, value)
  const phrase = (key: string, say: (value: string) => string): readonly string[] =>
    schema[key] === undefined ? [] : [say(literal(schema[key]))]
  return [
    ...phrase('minimum', docs.atLeast),
    ...phrase('maximum', docs.atMost),
    ...phrase('maxLength', docs.maxLength),
    ...phrase('default', docs.defaultValue),
  ]
}

/** The schema whose properties are worth listing: through lists, references and nullable alternatives. */
const unfolded = (document: Json, value: unknown, depth = 0): Json => {
  const schema = resolve(document, value)
  if (depth > MAX_DEPTH) return {}
  if (schema['items'] !== undefined) return unfolded(document, schema['items'], depth + 1)
  const objects = [...alternatives(schema), ...asList(schema['allOf'])]
    .map(option => unfolded(document, option, depth + 1))
    .filter(option => option['properties'] !== undefined)
  return schema['properties'] === undefined && objects[0] !== undefined ? objects[0] : schema
}

const members = (schema: Json, { docs }: Texts): readonly (readonly [string, unknown])[] => {
  const named = Object.entries(asRecord(schema['properties']))
  const free = schema['additionalProperties'] ?? Object.values(asRecord(schema['patternProperties']))[0]
  return typeof free === 'object' ? [...named, [docs.anyKey, free]] : named
}

/** The properties of a schema as a nested list. */
export const schemaOutline = (document: Json, value: unknown, texts: Texts, depth = 0): Fragment => {
  const schema = unfolded(document, value)
  const rows = members(schema, texts)
  if (rows.length === 0 || depth >= MAX_DEPTH) return NOTHING
  const required = new Set(asList(schema['required']))
  const row = ([name, member]: readonly [string, unknown]): Fragment => {
    const description = asText(resolve(document, member)['description'])
    const optional = required.has(name) || name === texts.docs.anyKey ? NOTHING : html`, ${texts.docs.optional}`
    const meaning = description === undefined ? NOTHING : html`<br><span lang="fr">${description}</span>`
    return html`<li><code>${name}</code> <span class="soft">${typeText(document, member, texts)}!${optional}</span>!${meaning}!${schemaOutline(document, member, texts, depth + 1)}</li>`
  }
  return html`<ul class="tree">!${rows.map(row)}</ul>`
}
