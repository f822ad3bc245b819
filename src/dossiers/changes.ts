import { setImmediate as breathe } from 'node:timers/promises'
import type { Dossier, DossierChanges, FrozenFact } from '../model/dossier.ts'
import type { Fact } from '../model/fact.ts'
import { inertText } from '../model/inert-text.ts'
import type { Siren } from '../model/siren.ts'
import type { Status } from '../model/status.ts'
import { canonicalJson } from './canonical-json.ts'
import { frozenFact } from './frozen-fact.ts'
import { inert } from './inert.ts'
import { PROGRAM } from './program.ts'

/** What has changed between a frozen dossier and today: compared, never written into it. */

/** One supplier of the same question asked today, the first having rank 1. */
export interface RankedToday {
  readonly siren: Siren
  readonly name: string
}

export interface Today {
  readonly status: Status
  /** The same question's answer; absent when it cannot be asked again. */
  readonly results?: { readonly total: number; readonly ranked: readonly RankedToday[] } | undefined
  /** A supplier's facts; `undefined` when no source knows it any more. */
  readonly factsOf: (siren: Siren) => readonly Fact[] | undefined
  readonly now: string
}

const sourcesOf = ({ sources }: Dossier, { status }: Today): DossierChanges['sources'] => {
  const before = new Map(sources.map(source => [source.id, source]))
  const after = new Map(status.sources.map(source => [source.id, source]))
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((id): DossierChanges['sources'] => {
    const [then, now] = [before.get(id), after.get(id)]
    if (then?.date === now?.date && then?.version === now?.version) return []
    return [
      {
        ...{ id, name: now?.name ?? then?.name ?? id },
        ...(then && { frozen: then.date }),
        ...(now && { today: now.date }),
      },
    ]
  })
}

const resultsOf = (dossier: Dossier, { results }: Today): DossierChanges['results'] => {
  if (results === undefined) return undefined
  const now = new Map<string, number>(results.ranked.map(({ siren }, index) => [siren, index + 1]))
  const then = new Set<string>(dossier.suppliers.map(each => each.siren))
  const inOrder = dossier.suppliers.toSorted((a, b) => a.rank - b.rank)
  return {
    frozen: dossier.search?.total ?? dossier.suppliers.length,
    today: results.total,
    arrived: results.ranked.flatMap(({ siren, name }, index) =>
      then.has(siren) ? [] : [{ siren, name: inertText(name), rank: index + 1 }],
    ),
    left: inOrder.flatMap(({ siren, name, rank }) => (now.has(siren) ? [] : [{ siren, name, rank }])),
    moved: inOrder.flatMap(({ siren, name, rank }) => {
      const place = now.get(siren)
      return place === undefined || place === rank ? [] : [{ siren, name, frozen: rank, today: place }]
    }),
  }
}

/** What a fact says, whenever it was read and by which version of a reader. */
const said = ({ property, value, evidence, period, provenance }: FrozenFact): string =>
  canonicalJson(inert([property, value, evidence, period ?? null, provenance.source, provenance.sourceUrl]))

const properties = (facts: readonly FrozenFact[], known: ReadonlySet<string>): string[] => [
  ...new Set(facts.filter(fact => !known.has(said(fact))).map(fact => fact.property)),
]

/** Others have their turn after so many suppliers: a few milliseconds. */
const BATCH = 20

const factsChanged = async (dossier: Dossier, { factsOf }: Today): Promise<DossierChanges['suppliers']> => {
  const changed: DossierChanges['suppliers'] = []
  for (const [index, { siren, name, facts: before }] of dossier.suppliers.entries()) {
    if (index % BATCH === 0) await breathe()
    const today = factsOf(siren)
    if (today === undefined) {
      changed.push({ siren, name, gone: true, added: [], removed: [] })
      continue
    }
    const after = today.map(frozenFact)
    const added = properties(after, new Set(before.map(said)))
    const removed = properties(before, new Set(after.map(said)))
    if (added.length + removed.length > 0) changed.push({ siren, name, gone: false, added, removed })
  }
  return changed
}

/** Compares a dossier with today's index, sources and facts. */
export const changesSince = async (dossier: Dossier, today: Today): Promise<DossierChanges> => {
  const { index } = today.status
  const results = resultsOf(dossier, today)
  return {
    computedAt: today.now,
    index: {
      frozen: dossier.index.version,
      ...(index.version !== '' && { today: index.version, builtAt: index.builtAt }),
    },
    program: { frozen: dossier.program.version, today: PROGRAM.version },
    sources: sourcesOf(dossier, today),
    ...(results && { results }),
    suppliers: await factsChanged(dossier, today),
  }
}
