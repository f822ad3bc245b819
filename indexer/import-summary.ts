import type { Merged } from '../src/store/suppliers.ts'

/** What an import has met, counted as it goes. */
export interface ImportCounts {
  records: number
  facts: number
  withoutSiren: number
  bad: number
  /** The first bad records, "file:line: reason". */
  readonly firstBad: string[]
  /** What the operator should know, and how many records showed it. */
  readonly notes: Map<string, number>
}

const SHOWN = 20

export const createCounts = (): ImportCounts => ({
  records: 0,
  facts: 0,
  withoutSiren: 0,
  bad: 0,
  firstBad: [],
  notes: new Map(),
})

export const countBad = (counts: ImportCounts, where: string, reason: string): void => {
  counts.bad += 1
  if (counts.firstBad.length < SHOWN) counts.firstBad.push(`${where}: ${reason}`)
}

export const countNote = (counts: ImportCounts, note: string): void => {
  counts.notes.set(note, (counts.notes.get(note) ?? 0) + 1)
}

const amount = (number: number): string => number.toLocaleString('en-GB')

const shown = (lines: readonly string[], total: number): string[] => [
  ...lines.slice(0, SHOWN).map(line => `  ${line}`),
  ...(total > SHOWN ? [`  … and ${amount(total - SHOWN)} more`] : []),
]

/** What was read, skipped and why, ready to print. */
export const readingSummary = (counts: ImportCounts): readonly string[] => {
  const notes = [...counts.notes].sort((a, b) => b[1] - a[1]).map(([note, times]) => `${note} (${amount(times)} ×)`)
  return [
    `${amount(counts.records)} records read, ${amount(counts.facts)} facts`,
    `${amount(counts.withoutSiren)} records without SIREN: not imported, since nobody can be identified`,
    `${amount(counts.bad)} bad records skipped`,
    ...shown(counts.firstBad, counts.bad),
    ...(notes.length > 0 ? [`${amount(notes.length)} notes`, ...shown(notes, notes.length)] : []),
  ]
}

/** What an import did to the profiles, ready to print. */
export const mergedSummary = (merged: Merged): string =>
  `Suppliers: ${amount(merged.created)} new, ${amount(merged.changed)} changed, ${amount(merged.unchanged)} unchanged` +
  `, ${amount(merged.removed)} removed`
