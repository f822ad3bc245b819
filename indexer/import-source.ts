import type { StatedFact } from '../src/store/fact-values.ts'
import type { Catalogue, Staging } from '../src/store/open-catalogue.ts'
import type { SourceVersion } from '../src/store/sources.ts'
import type { Merged } from '../src/store/suppliers.ts'
import { CommandError } from './command.ts'
import { countBad, countNote, createCounts, type ImportCounts, readingSummary } from './import-summary.ts'
import type { ProgressReporter } from './progress.ts'
import type { Connector } from './sources/connector.ts'
import type { SourceFile } from './sources/source-file.ts'

/** Facts a transaction stages: some 20 ms each, so that no other writer waits long. */
const BATCH = 2000

export interface Import {
  readonly catalogue: Catalogue
  readonly connector: Connector
  readonly files: readonly SourceFile[]
  readonly version: SourceVersion
  /** Switch even when most records are bad, or none is good. */
  readonly force: boolean
  readonly progress: ProgressReporter
}

export type ImportOutcome =
  /** The live version was read from the same file in the same way: nothing to do. */
  { readonly kind: 'unchanged' } | { readonly kind: 'imported'; readonly counts: ImportCounts; readonly merged: Merged }

/** Merges what waits and deletes what is no longer needed: also what an interrupted command has left. */
export const settle = (catalogue: Catalogue, progress: ProgressReporter): Merged => {
  const step = progress.step('Merging suppliers')
  const merged = catalogue.mergeStale((done, total) => step.update(done, total))
  step.end()
  catalogue.cleanUp()
  return merged
}

const stageAll = async (task: Import, staging: Staging): Promise<ImportCounts> => {
  const counts = createCounts()
  const step = task.progress.step(`Reading ${task.version.source.id}`)
  const totalBytes = task.files.reduce((sum, file) => sum + file.bytes, 0)
  let bytesBefore = 0
  let batch: StatedFact[] = []
  const flush = (): void => {
    task.catalogue.add(staging, batch)
    counts.facts += batch.length
    batch = []
  }
  for (const file of task.files) {
    const onBytes = (bytes: number) => step.update(bytesBefore + bytes, totalBytes)
    for await (const reading of task.connector.read(file, { onBytes, onNote: note => countNote(counts, note) })) {
      counts.records += 1
      if (reading.kind === 'facts') batch.push(...reading.facts)
      else if (reading.kind === 'bad') countBad(counts, reading.where, reading.reason)
      else counts.withoutSiren += 1
      if (batch.length >= BATCH) flush()
    }
    bytesBefore += file.bytes
  }
  flush()
  step.end()
  return counts
}

const refuseDoubtful = (counts: ImportCounts): void => {
  const why =
    counts.facts === 0
      ? 'no record names a supplier'
      : counts.bad * 2 > counts.records
        ? 'more than half of its records are bad'
        : undefined
  if (why === undefined) return
  const remedy = 'The catalogue is as it was. Check the file, or import it as it is with --force'
  throw new CommandError([`The file was not imported: ${why}. ${remedy}`, ...readingSummary(counts)].join('\n'))
}

/**
 * Reads files into a new version of their source and switches it live: readers see all of it or nothing. Killed at any
 * moment, the same import run again ends in the same catalogue.
 * Throws `WrongFormatError`, `CatalogueRuleError` or `CommandError`, each with its remedy; the catalogue is then as before.
 */
export const importSource = async (task: Import): Promise<ImportOutcome> => {
  const { catalogue, version, progress } = task
  settle(catalogue, progress)
  const live = catalogue.liveVersion(version.source.id)
  if (live?.digest === version.digest && live.reading === version.reading) return { kind: 'unchanged' }
  const staging = catalogue.stage(version)
  try {
    const counts = await stageAll(task, staging)
    if (!task.force) refuseDoubtful(counts)
    catalogue.switch(staging)
    return { kind: 'imported', counts, merged: settle(catalogue, progress) }
  } catch (error) {
    catalogue.cleanUp()
    throw error
  }
}
