import type { EngineName } from './engine-client.ts'
import type { Measured, Samples } from './measure.ts'
import type { LoadFigures } from './messages.ts'
import { percentile } from './percentile.ts'
import { COMPARED, OPERATION_NAMES, OPERATIONS, type OperationName } from './tasks.ts'

/** What was measured of one engine beside its answers. */
export interface EngineFigures {
  readonly name: EngineName
  readonly title: string
  readonly buildSeconds: number
  /** Bytes, `undefined` where they cannot be known. */
  readonly buildPeakBytes: number | undefined
  readonly servingPeakBytes: number | undefined
  readonly diskBytes: number | undefined
  /** From opening the files that were built, in a new process, to the answer to a first search. */
  readonly openMs: number | undefined
  readonly loads: readonly LoadFigures[]
}

/** Times of an operation in ms; `ratio50` and `ratio95` are to the first engine. */
export interface Times {
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly ratio50: number | undefined
  readonly ratio95: number | undefined
  readonly samples: number
  readonly meanHits: number
}

const timesOf = (samples: Samples): Omit<Times, 'ratio50' | 'ratio95'> | undefined => {
  const done = samples.filter(sample => sample !== undefined)
  if (done.length === 0) return undefined
  const sorted = done.map(({ ms }) => ms).sort((a, b) => a - b)
  return {
    p50: percentile(sorted, 0.5),
    p95: percentile(sorted, 0.95),
    p99: percentile(sorted, 0.99),
    samples: done.length,
    meanHits: done.reduce((sum, { hits }) => sum + hits, 0) / done.length,
  }
}

/** The times of one operation on one engine beside those of the reference; `undefined` for what it cannot do. */
export const operationTimes = (
  measured: Measured,
  reference: EngineName,
  engine: EngineName,
  operation: OperationName,
): Times | undefined => {
  const times = timesOf(measured.get(engine)?.get(operation) ?? [])
  const first = timesOf(measured.get(reference)?.get(operation) ?? [])
  return times && { ...times, ratio50: first && times.p50 / first.p50, ratio95: first && times.p95 / first.p95 }
}

/** Answers of an engine whose totals or counts are not those of the reference, by operation. */
export const differences = (measured: Measured, reference: EngineName, engine: EngineName): string[] =>
  [...COMPARED].flatMap(operation => {
    const expected = measured.get(reference)?.get(operation) ?? []
    const found = measured.get(engine)?.get(operation) ?? []
    const differing = found.filter((sample, at) => sample && expected[at] && sample.digest !== expected[at].digest)
    return differing.length > 0 ? [`${OPERATIONS[operation]}: ${differing.length} of ${found.length}`] : []
  })

const three = (value: number | undefined): string =>
  value === undefined || Number.isNaN(value)
    ? '–'
    : value >= 100
      ? value.toFixed(0)
      : value >= 10
        ? value.toFixed(1)
        : value.toFixed(2)
const times = (value: number | undefined): string => (value === undefined ? '–' : `×${three(value)}`)
const megabytes = (bytes: number | undefined): string => (bytes === undefined ? '–' : (bytes / 1e6).toFixed(0))

const row = (cells: readonly string[], widths: readonly number[]): string =>
  cells
    .map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
    .join('  ')
    .trimEnd()

const table = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(cells => cells[column]?.length ?? 0)))
  return rows.map(cells => row(cells, widths)).join('\n')
}

const loadRows = (engines: readonly EngineFigures[]): string[][] =>
  engines.flatMap(({ title, loads }) =>
    loads.map(({ clients, aSecond, p50, p95, p99, loopDelay99 }) => [
      '',
      title,
      String(clients),
      ...[aSecond, p50, p95, p99, loopDelay99].map(three),
    ]),
  )

/** The tables that the bench prints. */
export const tables = (engines: readonly EngineFigures[], measured: Measured, reference: EngineName): string => {
  const operations = OPERATION_NAMES.flatMap(operation =>
    engines.map(({ name, title }, index) => {
      const found = operationTimes(measured, reference, name, operation)
      const label = index === 0 ? OPERATIONS[operation] : ''
      if (!found) return [label, title, '–', '–', '–', '–', '–', '–', '–']
      const { p50, p95, p99, ratio50, ratio95, samples, meanHits } = found
      const counts = [String(samples), meanHits.toFixed(0)]
      return [label, title, three(p50), three(p95), three(p99), times(ratio50), times(ratio95), ...counts]
    }),
  )
  const sizes = engines.map(({ title, buildSeconds, buildPeakBytes, servingPeakBytes, diskBytes, openMs }) => [
    title,
    '',
    three(buildSeconds),
    megabytes(buildPeakBytes),
    megabytes(servingPeakBytes),
    megabytes(diskBytes),
    three(openMs),
  ])
  return [
    table([['times in ms', '', 'p50', 'p95', 'p99', 'p50', 'p95', 'queries', 'mean hits'], ...operations]),
    table([['', '', 'build, s', 'building, MB', 'serving, MB', 'disk, MB', 'open, ms'], ...sizes]),
    table([['OR + 8 facets', '', 'clients', 'a second', 'p50', 'p95', 'p99', 'event loop p99'], ...loadRows(engines)]),
  ].join('\n\n')
}
