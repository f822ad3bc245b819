import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const DATA = new URL('../../../shared/data/', import.meta.url)

/** Published texts that stand beside the repository: file and the properties that hold text. */
const SOURCES = [
  ['ilab/ilab_laureats.jsonl', ['projet', 'moto', 'resume', 'entreprise', 'unite_recherche', 'structure_liee']],
  ['inov_entreprises/entreprises.jsonl', ['entreprise', 'resume']],
  ['cnil_faq/docs.jsonl', ['title', 'keywords', 'body']],
  ['cnil_faq/queries.jsonl', ['query']],
  ['decp_2019/decp_2019_train.jsonl', ['objet']],
  ['awesome_selfhosted/software.jsonl', ['name', 'description']],
] as const

/** The lines of a text; what the analysis of a line needs to be the same on both sides: no lone surrogate. */
export const linesOf = (text: string): readonly string[] =>
  text
    .toWellFormed()
    .split(/[\r\n]+/)
    .filter(line => line !== '')

const stringOf = (row: unknown, property: string): string => {
  if (typeof row !== 'object' || row === null || !(property in row)) return ''
  const value: unknown = Object.entries(row).find(([key]) => key === property)?.[1]
  return typeof value === 'string' ? value : ''
}

/** All lines of one source; `undefined` when its file is absent. */
const readSource = (file: string, properties: readonly string[]): readonly string[] | undefined => {
  const path = fileURLToPath(new URL(file, DATA))
  if (!existsSync(path)) return undefined
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .flatMap(line => {
      const row: unknown = JSON.parse(line)
      return properties.flatMap(property => linesOf(stringOf(row, property)))
    })
}

export interface Corpus {
  readonly name: string
  /** `undefined`: the data folder is absent. */
  readonly lines: readonly string[] | undefined
}

/** The published texts, source by source. */
export const corpora = (): readonly Corpus[] =>
  SOURCES.map(([file, properties]) => ({ name: file, lines: readSource(file, properties) }))
