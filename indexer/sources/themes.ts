import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { placeKey } from '../../src/model/geography.ts'
import { THEMES, themeById } from '../../src/model/themes.ts'
import type { FactList } from './connector.ts'

/** The shape of `mappings/themes.json`: a spelling of any source → ids of `src/model/themes.ts`. */
const ThemeMapping = Type.Object({
  description: Type.String(),
  spellings: Type.Record(Type.String(), Type.Array(Type.String(), { minItems: 1 })),
})

const content = readFileSync(new URL('../../mappings/themes.json', import.meta.url))
const { spellings } = Value.Parse(ThemeMapping, JSON.parse(content.toString('utf8')))

/** Changes with the mapping: a source is read again when its themes may come out differently. */
export const themesDigest: string = createHash('sha256').update(content).digest('hex').slice(0, 12)

const idsByKey = new Map<string, readonly string[]>([
  ...THEMES.flatMap(({ id, label }) => [id, label.fr, label.en].map(name => [placeKey(name), [id]] as const)),
  ...Object.entries(spellings).map(([spelling, ids]) => [placeKey(spelling), ids] as const),
])

for (const [spelling, ids] of Object.entries(spellings)) {
  const unknown = ids.find(id => themeById(id) === undefined)
  if (unknown !== undefined) throw new Error(`mappings/themes.json: "${spelling}" names the unknown theme "${unknown}"`)
}

/**
 * The themes of a source's spelling, whatever its case, accents and punctuation; `undefined` when the mapping lacks it.
 * "Santé - Chirurgie du futur" is looked up whole, then by what stands before the dash.
 */
export const themesOf = (spelling: string): readonly string[] | undefined =>
  idsByKey.get(placeKey(spelling)) ?? idsByKey.get(placeKey(spelling.split(/\s[-–—]\s/, 1)[0] ?? ''))

/** States the themes of a spelling; one that the mapping lacks is not lost: a tag, and a note to the operator. */
export const addThemes = (list: FactList, spelling: string, onNote?: (note: string) => void): void => {
  if (spelling === '') return
  const themes = themesOf(spelling)
  for (const theme of themes ?? []) list.add('theme', theme)
  if (themes !== undefined) return
  onNote?.(`theme "${spelling}" is not in mappings/themes.json: kept as a tag`)
  list.add('tag', spelling)
}
