import type { Refusal } from '../model/document.ts'

/** A file that cannot be read. Thrown by the readers of this folder, named for the route that answers. */
export class RefusedFileError extends Error {
  override readonly name = 'RefusedFileError'
  readonly refusal: Refusal
  constructor(refusal: Refusal, options?: ErrorOptions) {
    super(`the file is refused: ${refusal}`, options)
    this.refusal = refusal
  }
}
