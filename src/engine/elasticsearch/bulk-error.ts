import { EngineUnavailableError } from '../engine.ts'
import type { BulkFailure } from './bulk.ts'

/** Some documents of a bulk were refused; the others were taken. */
export class BulkError extends EngineUnavailableError {
  override readonly name = 'BulkError'
  readonly failures: readonly BulkFailure[]

  constructor(failures: readonly BulkFailure[]) {
    const [first] = failures
    const example = first ? `: ${first.id} in ${first.index} (${first.status}, ${first.reason})` : ''
    super(`The cluster refused ${failures.length} documents${example}`)
    this.failures = failures
  }
}
