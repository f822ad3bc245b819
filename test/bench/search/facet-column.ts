import type { EngineQuery, FacetCount } from '../../../src/engine/engine.ts'
import type { FacetName } from '../../../src/model/facets.ts'

/** The values of one facet as numbers: those of row `n` stand from `starts[n]` to `starts[n + 1]`. */
export class FacetColumn {
  readonly #numbers = new Map<string, number>()
  readonly #names: string[] = []
  readonly starts: number[] = [0]
  readonly values: number[] = []

  get size(): number {
    return this.#names.length
  }

  find(value: string): number | undefined {
    return this.#numbers.get(value)
  }

  name(number: number): string {
    return this.#names[number] ?? ''
  }

  add(values: readonly string[]): void {
    for (const value of values) {
      const known = this.#numbers.get(value) ?? this.#names.push(value) - 1
      this.#numbers.set(value, known)
      this.values.push(known)
    }
    this.starts.push(this.values.length)
  }
}

/** Calls `take` with each value of a row until it returns true; whether it did. */
export const some = ({ starts, values }: FacetColumn, row: number, take: (value: number) => boolean): boolean => {
  const end = starts[row + 1] as number
  for (let at = starts[row] as number; at < end; at++) if (take(values[at] as number)) return true
  return false
}

/** A facet with how often each of its numbers was counted. */
export interface Counted {
  readonly name: FacetName
  readonly column: FacetColumn
  readonly counts: Uint32Array
}

/** Its values with suppliers, the most frequent first; at most `facetSize`, and the selected ones. */
export const facetCounts = ({ name, column, counts }: Counted, { filters, facetSize }: EngineQuery): FacetCount[] => {
  const selected = filters[name] ?? []
  return [...counts]
    .map((count, number) => ({ value: column.name(number), count }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .filter(({ value }, index) => index < facetSize || selected.includes(value))
}
