import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { FACET_NAMES } from '../../model/facets.ts'
import { CHARACTER_MAPPINGS } from '../../text/character-mapping.ts'
import { ENGLISH_STOP_WORDS, FRENCH_STOP_WORDS, STEMMER_OVERRIDES } from '../../text/word-lists.ts'

/** The body of an index or of an index template's `template`. */
export interface IndexBody {
  readonly settings: object
  readonly mappings: object
}

type Json = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** `object` with the value at `path` put in place; a part of the path that the object lacks is a mistake of the file. */
const filled = (object: unknown, path: readonly string[], value: unknown): unknown => {
  const [key, ...rest] = path
  if (key === undefined) return value
  if (!isObject(object) || !(key in object)) throw new Error(`mappings/suppliers.json has no ${path.join('.')}`)
  return { ...object, [key]: filled(object[key], rest, value) }
}

/** Every UTF-16 unit as an escape: nothing is left for the server's parser to trim or to take for an arrow. */
const escaped = (text: string): string =>
  text
    .split('')
    .map(unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')

const characterRules = (): string[] => [...CHARACTER_MAPPINGS].map(([from, to]) => `${escaped(from)} => ${escaped(to)}`)

const read = (file: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../mappings/${file}`, import.meta.url), 'utf8'))

const bodyOf = (json: unknown, file: string): IndexBody => {
  if (!isObject(json) || !isObject(json['settings']) || !isObject(json['mappings']))
    throw new Error(`mappings/${file} needs "settings" and "mappings"`)
  return { settings: json['settings'], mappings: json['mappings'] }
}

/**
 * The index of profiles: `mappings/suppliers.json` with what other tables own: the word lists of the analysis and a
 * keyword column a facet.
 */
export const suppliersIndex = (): IndexBody => {
  const analysis = ['settings', 'index', 'analysis']
  const values: readonly (readonly [path: readonly string[], value: unknown])[] = [
    [[...analysis, 'char_filter', 'brique_characters', 'mappings'], characterRules()],
    [[...analysis, 'filter', 'brique_stop_french', 'stopwords'], [...FRENCH_STOP_WORDS]],
    [[...analysis, 'filter', 'brique_stop_english', 'stopwords'], [...ENGLISH_STOP_WORDS]],
    [
      [...analysis, 'filter', 'brique_overrides', 'rules'],
      [...STEMMER_OVERRIDES].map(([word, stem]) => `${word} => ${stem}`),
    ],
    [
      ['mappings', 'properties', 'facets', 'properties'],
      Object.fromEntries(FACET_NAMES.map(name => [name, { type: 'keyword' }])),
    ],
  ]
  const json = values.reduce((body: unknown, [path, value]) => filled(body, path, value), read('suppliers.json'))
  return bodyOf(json, 'suppliers.json')
}

/** The index of words (`lexicon.ts`): `mappings/lexicon.json`. */
export const lexiconIndex = (): IndexBody => bodyOf(read('lexicon.json'), 'lexicon.json')

/** Documents of another form than this are rebuilt: raised when `document.ts` changes what it writes. */
const DOCUMENT_VERSION = 2

let known: string | undefined
/** What an index must have been built with to be searched by this version: changes with mapping, lists and facets. */
export const signature = (): string => {
  known ??= createHash('sha256')
    .update(JSON.stringify([DOCUMENT_VERSION, suppliersIndex(), lexiconIndex()]))
    .digest('hex')
    .slice(0, 16)
  return known
}
