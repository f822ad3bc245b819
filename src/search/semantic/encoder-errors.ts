/** What can be wrong with the endpoint. No message ever holds a text that was sent: one of them may be a query. */
export type EncoderFault = 'unreachable' | 'slow' | 'overloaded' | 'refused' | 'nonsense' | 'paused'

/** The endpoint gave no vectors. */
export class EncoderError extends Error {
  override readonly name: string = 'EncoderError'
  readonly fault: EncoderFault
  /** Whether other texts might have been answered: the status blames the request, or the answer is wrong. */
  readonly perhapsTheTexts: boolean

  constructor(
    fault: EncoderFault,
    message: string,
    options: ErrorOptions & { readonly perhapsTheTexts?: boolean } = {},
  ) {
    super(message, options)
    this.fault = fault
    this.perhapsTheTexts = options.perhapsTheTexts ?? false
  }
}

/** Unreachable, slow, overloaded: the same request may be answered later. */
export class EncoderUnavailableError extends EncoderError {
  override readonly name = 'EncoderUnavailableError'
}

/** The endpoint does not want this request: a wrong key, model or address, a redirect, or texts too long for it. */
export class EncoderRefusedError extends EncoderError {
  override readonly name = 'EncoderRefusedError'
}

/** What came back is not the vectors that were asked for. */
export class EncoderAnswerError extends EncoderError {
  override readonly name = 'EncoderAnswerError'
}
