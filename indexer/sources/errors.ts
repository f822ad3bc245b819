/** The file is not what the source publishes. Nothing has changed; the message names the remedy. */
export class WrongFormatError extends Error {
  override readonly name = 'WrongFormatError'
}
