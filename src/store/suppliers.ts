import { createHash } from 'node:crypto'
import type { Fact } from '../model/fact.ts'
import type { Siren } from '../model/siren.ts'
import type { Supplier } from '../model/supplier.ts'
import type { ListedSupplier } from './catalogue.ts'
import { appendChange, sirenOf } from './changes.ts'
import { count, type Database, jsonOf, textOf } from './database.ts'
import { countStaleWithFacts, factsOf } from './facts.ts'
import { mergeFacts } from './merge.ts'
import { contentText, dropChanges, noteChanges, noteCreation } from './profile-changes.ts'

/** What a batch of merging did to the profiles. `changed` counts what a profile says, not a new date of its source. */
export interface Merged {
  readonly created: number
  readonly changed: number
  readonly unchanged: number
  readonly removed: number
}

const PAGE = 500

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url')

const isStale = (database: Database, siren: Siren): boolean =>
  database.prepare('SELECT 1 FROM stale WHERE siren = ?').get(siren) !== undefined

/**
 * The profile of a supplier, whatever an import has left to merge: a stale one is merged on the fly, so that no reader
 * sees facts of one version and a profile of another.
 */
export const readSupplier = (database: Database, siren: Siren): Supplier | undefined =>
  database.snapshot(() => {
    if (isStale(database, siren)) return mergeFacts(siren, factsOf(database, siren))
    const row = database.prepare('SELECT profile FROM supplier WHERE siren = ?').get(siren)
    return row && (jsonOf(row, 'profile') as Supplier)
  })

const store = (database: Database, supplier: Supplier, facts: readonly Fact[], at: string): keyof Merged => {
  const profile = JSON.stringify(supplier)
  const digest = sha256(profile)
  const content = sha256(contentText(supplier))
  const before = database.prepare('SELECT digest, content, profile FROM supplier WHERE siren = ?').get(supplier.siren)
  if (before && textOf(before, 'digest') === digest) return 'unchanged'
  database
    .prepare('INSERT OR REPLACE INTO supplier (siren, named, digest, content, profile) VALUES (?, ?, ?, ?, ?)')
    .run(supplier.siren, supplier.unnamed ? 0 : 1, digest, content, profile)
  appendChange(database, supplier.siren)
  if (before === undefined) {
    noteCreation(database, supplier, facts, at)
    return 'created'
  }
  if (textOf(before, 'content') === content) return 'unchanged'
  noteChanges(database, { ...(jsonOf(before, 'profile') as Supplier) }, supplier, facts, at)
  return 'changed'
}

const remove = (database: Database, siren: Siren): keyof Merged => {
  const { changes } = database.prepare('DELETE FROM supplier WHERE siren = ?').run(siren)
  if (Number(changes) === 0) return 'unchanged'
  dropChanges(database, siren)
  appendChange(database, siren)
  return 'removed'
}

const mergeOne = (database: Database, siren: Siren, at: string): keyof Merged => {
  const facts = factsOf(database, siren)
  const supplier = mergeFacts(siren, facts)
  const done = supplier ? store(database, supplier, facts, at) : remove(database, siren)
  database.prepare('DELETE FROM stale WHERE siren = ?').run(siren)
  return done
}

/** Merges one supplier now, whoever else waits. Within the caller's transaction or one of its own. */
export const mergeSupplier = (database: Database, siren: Siren): keyof Merged =>
  database.write(() => mergeOne(database, siren, new Date().toISOString()))

/** Merges at most `limit` stale suppliers, in one transaction; `undefined` when none is left. */
export const mergeBatch = (database: Database, limit: number): Merged | undefined =>
  database.write(() => {
    const stale = database.prepare('SELECT siren FROM stale ORDER BY siren LIMIT ?').all(limit).map(sirenOf)
    if (stale.length === 0) return undefined
    const merged = { created: 0, changed: 0, unchanged: 0, removed: 0 }
    const at = new Date().toISOString()
    for (const siren of stale) merged[mergeOne(database, siren, at)] += 1
    return merged
  })

/** How many suppliers wait to be merged. */
export const countStale = (database: Database): number => count(database, 'SELECT COUNT(*) AS count FROM stale')

/** Exact counts, also while an import is being merged. */
export const countSuppliers = (database: Database): { readonly suppliers: number; readonly named: number } =>
  database.snapshot(() => {
    const of = (condition: string): number =>
      count(database, `SELECT COUNT(*) AS count FROM supplier WHERE ${condition}`)
    const suppliers = of('TRUE')
    const named = of('named = 1')
    if (countStale(database) === 0) return { suppliers, named }
    const waiting = countStaleWithFacts(database)
    const isWaiting = 'siren IN (SELECT siren FROM stale)'
    return {
      suppliers: suppliers - of(isWaiting) + waiting.suppliers,
      named: named - of(`named = 1 AND ${isWaiting}`) + waiting.named,
    }
  })

/**
 * SIREN and date of merged profiles, in the order of SIREN. What an import has left to merge is listed as it was before:
 * a list of addresses may be a minute old.
 */
export const listSuppliers = (database: Database, offset: number, limit: number): readonly ListedSupplier[] =>
  database
    .prepare(
      "SELECT siren, COALESCE(json_extract(profile, '$.updatedAt'), '') AS updated FROM supplier ORDER BY siren LIMIT ? OFFSET ?",
    )
    .all(limit, offset)
    .map(row => ({ siren: sirenOf(row), updatedAt: textOf(row, 'updated') }))

const NEXT = `
  SELECT siren FROM (
    SELECT * FROM (SELECT siren FROM supplier WHERE siren > ?1 ORDER BY siren LIMIT ?2)
    UNION SELECT * FROM (SELECT siren FROM stale WHERE siren > ?1 ORDER BY siren LIMIT ?2))
  ORDER BY siren LIMIT ?2`

/**
 * Every profile by SIREN, a page at a time: no iterator stays open in SQLite (one would block its checkpoints).
 * A change during the walk is seen or not; the change log tells which suppliers to read again.
 */
export function* suppliersInOrder(database: Database): IterableIterator<Supplier> {
  let after = ''
  for (;;) {
    const page = database.snapshot(() => {
      const sirens = database.prepare(NEXT).all(after, PAGE).map(sirenOf)
      return sirens.map(siren => ({ siren, supplier: readSupplier(database, siren) }))
    })
    for (const { supplier } of page) if (supplier) yield supplier
    const last = page.at(-1)
    if (last === undefined) return
    after = last.siren
  }
}
