import type { EngineQuery } from '../../../src/engine/engine.ts'
import { FACETS, type FacetName } from '../../../src/model/facets.ts'
import { distanceKm } from '../../../src/model/geography.ts'
import type { Siren } from '../../../src/model/siren.ts'
import type { Supplier } from '../../../src/model/supplier.ts'
import { BestRows } from './best-rows.ts'
import type { Found } from './engine.ts'
import { FacetColumn, facetCounts, some } from './facet-column.ts'

interface Filter {
  readonly facet: FacetName
  readonly column: FacetColumn
  readonly passes: Uint8Array
}

/**
 * Facets and places of profiles in columns, for engines that only find: the same counting as the embedded engine's,
 * one pass over the hits. A changed profile gets a new row, and its old one is dead.
 */
export class ProfileColumns {
  readonly #facets = new Map(FACETS.map(facet => [facet.name, { facet, column: new FacetColumn() }]))
  readonly #sirens: Siren[] = []
  readonly #dead = new Set<number>()
  readonly #rows = new Map<Siren, number>()
  readonly #latitudes: number[] = []
  readonly #longitudes: number[] = []

  /** The row of the profile, and the one that it replaces. */
  add(supplier: Supplier): { readonly row: number; readonly replaced: number | undefined } {
    const row = this.#sirens.push(supplier.siren) - 1
    for (const { facet, column } of this.#facets.values()) column.add(facet.values(supplier))
    // Single precision, as the embedded engine's columns have it: the same profiles lie within a radius.
    this.#latitudes.push(Math.fround(supplier.location.latitude ?? Number.NaN))
    this.#longitudes.push(Math.fround(supplier.location.longitude ?? Number.NaN))
    const replaced = this.#rows.get(supplier.siren)
    if (replaced !== undefined) this.#dead.add(replaced)
    this.#rows.set(supplier.siren, row)
    return { row, replaced }
  }

  siren(row: number): Siren {
    return this.#sirens[row] as Siren
  }

  /** Every row that is not dead. */
  *all(): Generator<number> {
    for (let row = 0; row < this.#sirens.length; row++) if (!this.#dead.has(row)) yield row
  }

  /** Those of `rows` that lie within the radius, the nearest first. */
  within(rows: Iterable<number>, near: NonNullable<EngineQuery['near']>): number[] {
    const found: { readonly row: number; readonly distance: number }[] = []
    for (const row of rows) {
      const [latitude, longitude] = [this.#latitudes[row] as number, this.#longitudes[row] as number]
      const distance = distanceKm(near.latitude, near.longitude, latitude, longitude)
      if (distance <= near.radiusKm) found.push({ row, distance })
    }
    return found.sort((a, b) => a.distance - b.distance).map(({ row }) => row)
  }

  /** Total, best and disjunctive counts of the hits; without `scores` (the lower the better) they come best first. */
  collect(rows: Iterable<number>, query: EngineQuery, scores?: readonly number[]): Found {
    const filters = this.#filters(query)
    const counted = query.facets.map(name => {
      const column = this.#column(name)
      return { name, column, counts: new Uint32Array(column.size) }
    })
    const count = ({ column, counts }: (typeof counted)[number], row: number): void => {
      some(column, row, value => {
        counts[value] = (counts[value] as number) + 1
        return false
      })
    }
    const best = new BestRows(query.limit)
    let total = 0
    let at = 0
    for (const row of rows) {
      const score = scores?.[at++] ?? 0
      const failed = filters.filter(({ column, passes }) => !some(column, row, value => passes[value] === 1))
      if (failed.length > 0) {
        const only = failed.length === 1 && counted.find(({ name }) => name === failed[0]?.facet)
        if (only) count(only, row)
        continue
      }
      total++
      best.add(row, score)
      for (const each of counted) count(each, row)
    }
    const facets = Object.fromEntries(counted.map(each => [each.name, facetCounts(each, query)]))
    return { total, sirens: best.rows.map(row => this.siren(row)), facets }
  }

  #column(name: FacetName): FacetColumn {
    return this.#facets.get(name)?.column ?? new FacetColumn()
  }

  #filters({ filters }: EngineQuery): Filter[] {
    return FACETS.flatMap(({ name }) => {
      const wanted = filters[name] ?? []
      if (wanted.length === 0) return []
      const column = this.#column(name)
      const passes = new Uint8Array(column.size)
      for (const value of wanted) {
        const number = column.find(value)
        if (number !== undefined) passes[number] = 1
      }
      return [{ facet: name, column, passes }]
    })
  }
}
