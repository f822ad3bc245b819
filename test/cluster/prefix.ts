import { randomBytes } from 'node:crypto'
import type { Cluster } from '../../src/engine/elasticsearch/client.ts'
import { namesFor } from '../../src/engine/elasticsearch/names.ts'

/** A name that no other test uses on the cluster. */
export const newPrefix = (): string => `t${randomBytes(6).toString('hex')}`

const indexNames = (answer: unknown): string[] =>
  Array.isArray(answer) ? answer.flatMap(row => (typeof row?.index === 'string' ? [row.index] : [])) : []

/** Removes every index and template of a prefix. */
export const removePrefix = async (cluster: Cluster, prefix: string): Promise<void> => {
  const { suppliers, lexicon } = namesFor(prefix)
  const path = `/_cat/indices/${suppliers}-*,${lexicon}-*`
  const indexes = indexNames(await cluster.request({ method: 'GET', path, query: { format: 'json', h: 'index' } }))
  for (const index of indexes) await cluster.request({ method: 'DELETE', path: `/${index}` })
  for (const name of [suppliers, lexicon]) {
    await cluster.request({ method: 'DELETE', path: `/_index_template/${name}` }).catch(() => {})
  }
}
