import { readFileSync } from 'node:fs'

/** The lines of a file of `mappings/`, without comments (`#`), empty lines and outer spaces. Read once, at start. */
export const mappingLines = (file: string): readonly string[] =>
  readFileSync(new URL(`../../mappings/${file}`, import.meta.url), 'utf8')
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '' && !line.startsWith('#'))

/** A rule `left => right` of `file`; the right side may be empty. */
export const parseRule = (line: string, file: string): readonly [left: string, right: string] => {
  const arrow = line.indexOf('=>')
  if (arrow <= 0) throw new Error(`mappings/${file}: "${line}" needs the form "from => to"`)
  return [line.slice(0, arrow).trim(), line.slice(arrow + 2).trim()]
}

/** The French stop words of Lucene, lower case with accents. */
export const FRENCH_STOP_WORDS: ReadonlySet<string> = new Set(mappingLines('stop-words-fr.txt'))

/** The English stop words of Lucene. */
export const ENGLISH_STOP_WORDS: ReadonlySet<string> = new Set(mappingLines('stop-words-en.txt'))

/** Words whose stem is given, not computed (Lucene's `stemmer_override`): lower-case word → stem before folding. */
export const STEMMER_OVERRIDES: ReadonlyMap<string, string> = new Map(
  mappingLines('stemmer-overrides.txt').flatMap(line => {
    const [words, stem] = parseRule(line, 'stemmer-overrides.txt')
    return words.split(',').map(word => [word.trim(), stem] as const)
  }),
)

/** Framing words and phrases of queries ("qui fournit", "looking for"), as written in their file. */
export const QUERY_STOP_PHRASES: readonly string[] = mappingLines('query-stop-words.txt')
