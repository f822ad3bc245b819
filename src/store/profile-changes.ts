import type { ProfileChange } from '../model/correction.ts'
import type { Fact } from '../model/fact.ts'
import type { Siren } from '../model/siren.ts'
import type { Supplier } from '../model/supplier.ts'
import { type Database, textOf } from './database.ts'

/** What changed in a profile, and when: written by the merge, read by feeds. */
export interface ProfileChanges {
  /** The changes of a profile, the latest first, at most 50. */
  profileChanges(siren: Siren): readonly ProfileChange[]
  /** When what the profile says changed last (ISO 8601); `undefined` for one merged before changes were kept. */
  changedAt(siren: Siren): string | undefined
}

/** More than a feed shows: a profile that changes every day keeps its last weeks. */
const KEPT = 50

/** What every new version of a source changes, without the profile saying anything else. */
const DATES: ReadonlySet<string> = new Set(['retrievedAt', 'updatedAt', 'sources'])

/** What a profile says, as text: without the dates of its sources. */
export const contentText = (value: unknown): string =>
  JSON.stringify(value, (key, inner: unknown) => (DATES.has(key) ? undefined : inner)) ?? ''

/** The facts that a property of the profile is merged of, where the two have other names. */
const FACT_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  otherNames: ['name'],
  unnamed: ['name'],
  themes: ['theme'],
  bricks: ['brick', 'offer'],
  tags: ['tag'],
  offers: ['offer'],
  roles: ['role'],
  labels: ['label'],
  certifications: ['certification'],
  claims: ['claim'],
  texts: ['text'],
}

const newestSource = (property: string, facts: readonly Fact[]): string => {
  const of = FACT_PROPERTIES[property] ?? [property]
  return facts
    .filter(fact => of.includes(fact.property))
    .map(({ provenance }) => provenance)
    .reduce((newest, each) => (each.retrievedAt > newest.at ? { at: each.retrievedAt, source: each.source } : newest), {
      at: '',
      source: '',
    }).source
}

const insert = (database: Database, siren: Siren, { property, source, at }: ProfileChange): void => {
  database
    .prepare('INSERT INTO profile_change (siren, at, property, source) VALUES (?, ?, ?, ?)')
    .run(siren, at, property, source)
}

/** Notes that a profile is new: one entry, however much it says. Within the transaction that stores it. */
export const noteCreation = (database: Database, { siren }: Supplier, facts: readonly Fact[], at: string): void =>
  insert(database, siren, {
    property: 'created',
    source: newestSource('name', facts) || (facts[0]?.provenance.source ?? ''),
    at,
  })

/** Notes each property of a profile that says something else than before. Within the transaction that stores it. */
export const noteChanges = (
  database: Database,
  before: Readonly<Record<string, unknown>>,
  after: Supplier,
  facts: readonly Fact[],
  at: string,
): void => {
  const now: Readonly<Record<string, unknown>> = { ...after }
  for (const property of new Set([...Object.keys(before), ...Object.keys(now)])) {
    if (DATES.has(property) || contentText(before[property]) === contentText(now[property])) continue
    insert(database, after.siren, { property, source: newestSource(property, facts), at })
  }
  database
    .prepare(
      `DELETE FROM profile_change WHERE siren = ?1
         AND id NOT IN (SELECT id FROM profile_change WHERE siren = ?1 ORDER BY id DESC LIMIT ${KEPT})`,
    )
    .run(after.siren)
}

/** Forgets the changes of a profile that is no more. */
export const dropChanges = (database: Database, siren: Siren): void => {
  database.prepare('DELETE FROM profile_change WHERE siren = ?').run(siren)
}

/** The reading side. */
export const createProfileChanges = (database: Database): ProfileChanges => ({
  profileChanges: siren =>
    database
      .prepare('SELECT property, source, at FROM profile_change WHERE siren = ? ORDER BY id DESC')
      .all(siren)
      .map(row => ({ property: textOf(row, 'property'), source: textOf(row, 'source'), at: textOf(row, 'at') })),
  changedAt: siren => {
    const row = database.prepare('SELECT at FROM profile_change WHERE siren = ? ORDER BY id DESC LIMIT 1').get(siren)
    return row && textOf(row, 'at')
  },
})
