import type { Siren } from '../../src/model/siren.ts'
import type { Supplier } from '../../src/model/supplier.ts'

/** A catalogue in memory, with its change log. */
export const memoryCatalogue = (suppliers: readonly Supplier[]) => {
  const held = new Map<Siren, Supplier>(suppliers.map(each => [each.siren, each]))
  const changes: Siren[] = []
  return {
    supplier: (siren: Siren) => held.get(siren),
    counts: () => ({ suppliers: held.size, named: held.size }),
    lastSeq: () => changes.length,
    changesAfter: (seq: number, limit: number) =>
      changes.slice(seq, seq + limit).map((siren, index) => ({ seq: seq + index + 1, siren })),
    *suppliersInOrder() {
      for (const siren of [...held.keys()].sort()) {
        const each = held.get(siren)
        if (each) yield each
      }
    },
    put: (each: Supplier) => {
      held.set(each.siren, each)
      changes.push(each.siren)
    },
    remove: (siren: Siren) => {
      held.delete(siren)
      changes.push(siren)
    },
  }
}
