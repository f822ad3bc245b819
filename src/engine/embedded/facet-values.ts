import { FACETS } from '../../model/facets.ts'
import type { Segment } from './segment.ts'

/**
 * The values of every facet over all segments, each with one number: segments number their own. It only grows while an
 * index is open.
 */
export class FacetValues {
  readonly #values: string[][] = FACETS.map(() => [])
  readonly #numbers: Map<string, number>[] = FACETS.map(() => new Map())
  /** By the values of a segment, of which one in memory gets more. */
  readonly #bySegment = new WeakMap<Segment['values'], readonly Uint32Array[]>()

  size(facet: number): number {
    return this.#values[facet]!.length
  }

  value(facet: number, number: number): string {
    return this.#values[facet]![number]!
  }

  find(facet: number, value: string): number | undefined {
    return this.#numbers[facet]!.get(value)
  }

  /** For each facet, the number here of each value of a segment. */
  ofSegment(segment: Segment): readonly Uint32Array[] {
    const known = this.#bySegment.get(segment.values)
    if (known?.every((numbers, facet) => numbers.length === segment.values[facet]!.length)) return known
    const numbers = FACETS.map((_, facet) =>
      Uint32Array.from(segment.values[facet]!, value => this.#number(facet, value)),
    )
    this.#bySegment.set(segment.values, numbers)
    return numbers
  }

  #number(facet: number, value: string): number {
    const known = this.find(facet, value)
    if (known !== undefined) return known
    const values = this.#values[facet]!
    values.push(value)
    this.#numbers[facet]!.set(value, values.length - 1)
    return values.length - 1
  }
}
