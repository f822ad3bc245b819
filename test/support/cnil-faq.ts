import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inventedSiren } from './suppliers.ts'

/**
 * Turns the question set `cnil_faq` into what the `file` connector and `evaluate` read: each document a supplier with
 * an invented SIREN (title as name, keywords as tags, body as description), each question a judged query.
 */

const readLines = (path: string): Record<string, unknown>[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line))

const writeLines = (path: string, rows: readonly unknown[]): void =>
  writeFileSync(path, `${rows.map(row => JSON.stringify(row)).join('\n')}\n`)

const sirenOf = (id: unknown): string => inventedSiren(Number(id) + 1)

export const convertCnilFaq = (source: string, target: string): { readonly list: string; readonly queries: string } => {
  const list = join(target, 'documents.jsonl')
  const queries = join(target, 'queries.jsonl')
  writeLines(
    list,
    readLines(join(source, 'docs.jsonl')).map(({ id, title, keywords, body }) => ({
      siren: sirenOf(id),
      name: title,
      tags: String(keywords).split(/,\s*/),
      description: body,
    })),
  )
  writeLines(
    queries,
    readLines(join(source, 'queries.jsonl')).map(({ query, relevant }) => ({
      query,
      relevant: (relevant as unknown[]).map(sirenOf),
    })),
  )
  return { list, queries }
}
