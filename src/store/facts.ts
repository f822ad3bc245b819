import type { Fact } from '../model/fact.ts'
import type { Siren } from '../model/siren.ts'
import { count, type Database, jsonOf, optionalTextOf, textOf } from './database.ts'
import { isValueOf, type StatedFact } from './fact-values.ts'
import { removedSirens } from './removals.ts'

/**
 * Adds facts to a version, in one transaction; those of firms that asked to be left out are not kept. Throws when a value is
 * not what its property holds.
 */
export const insertFacts = (database: Database, version: number, facts: readonly StatedFact[]): void =>
  database.write(() => {
    const insert = database.prepare(
      `INSERT INTO fact (version, siren, property, value, evidence, period, url, retrieved_at, record, excerpt)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    const removed = removedSirens(database)
    for (const fact of facts) {
      if (removed.has(fact.siren)) continue
      const value = JSON.stringify(fact.value)
      if (!isValueOf(fact.property, fact.value)) {
        throw new TypeError(`${fact.siren}, ${fact.record ?? ''}: ${value} is not a value of "${fact.property}"`)
      }
      insert.run(
        version,
        fact.siren,
        fact.property,
        value,
        fact.evidence,
        fact.period ?? null,
        fact.url ?? null,
        fact.retrievedAt ?? null,
        fact.record ?? null,
        fact.excerpt ?? null,
      )
    }
  })

const OF_SUPPLIER = `
  SELECT fact.property, fact.value, fact.evidence, fact.period, fact.record, fact.excerpt,
         COALESCE(fact.url, version.url) AS url, COALESCE(fact.retrieved_at, version.imported_at) AS retrieved_at,
         version.source, version.date, version.extractor, version.licence
  FROM fact JOIN source_version AS version ON version.id = fact.version
  WHERE fact.siren = ? AND version.state = 'live'
  ORDER BY version.source, fact.id`

/** The name under which `liveSources` lists a source: what firms declare is one of them. */
const listedSource = (id: string): string => (id.startsWith('correction:') ? 'correction' : id)

/** The facts that live sources state of a supplier, by source, in the order of their reading. */
export const factsOf = (database: Database, siren: Siren): readonly Fact[] =>
  database
    .prepare(OF_SUPPLIER)
    .all(siren)
    .map(row => {
      const period = optionalTextOf(row, 'period')
      const record = optionalTextOf(row, 'record')
      const excerpt = optionalTextOf(row, 'excerpt')
      return {
        siren,
        property: textOf(row, 'property'),
        value: jsonOf(row, 'value'),
        evidence: textOf(row, 'evidence') === 'attested' ? 'attested' : 'declared',
        ...(period !== undefined && { period }),
        provenance: {
          source: listedSource(textOf(row, 'source')),
          sourceUrl: textOf(row, 'url'),
          sourceDate: textOf(row, 'date'),
          retrievedAt: textOf(row, 'retrieved_at'),
          extractor: textOf(row, 'extractor'),
          licence: textOf(row, 'licence'),
          ...(record !== undefined && { record }),
          ...(excerpt !== undefined && { excerpt }),
        },
      }
    })

/** How many stale suppliers have live facts, and how many of those a live name. */
export const countStaleWithFacts = (database: Database): { readonly suppliers: number; readonly named: number } => {
  const having = (condition: string): number =>
    count(
      database,
      `SELECT COUNT(*) AS count FROM stale WHERE EXISTS (
         SELECT 1 FROM fact JOIN source_version AS version ON version.id = fact.version
         WHERE fact.siren = stale.siren AND version.state = 'live' ${condition})`,
    )
  return { suppliers: having(''), named: having("AND fact.property = 'name'") }
}
