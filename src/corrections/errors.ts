import type { DeclaredRefusal } from './declared.ts'

/** Why a request cannot be made, or a proof not be taken. Nothing has changed then. */
export type CorrectionRefusal =
  | DeclaredRefusal
  | 'unknown-supplier'
  | 'too-many-open'
  | 'not-public-site'
  | 'known-site'
  | 'unknown-siren'
  | 'ended'
  | 'no-domain'
  | 'mail-unavailable'
  | 'mail-domain'
  | 'too-many-mails'
  | 'mail-failed'
  | 'not-shown'
  | 'no-answer'
  | 'no-request'
  | 'dead-link'
  | 'too-many-requests'
  | 'other-site'
  | 'not-confirmed'

/** What a request asks for cannot be done, for a reason that its answer names. */
export class CorrectionRefusedError extends Error {
  override readonly name = 'CorrectionRefusedError'
  readonly code: CorrectionRefusal
  /** The parameter or the form's field. */
  readonly field: string
  /** Seconds after which a new try makes sense. */
  readonly retryAfter: number | undefined
  constructor(code: CorrectionRefusal, field = '', retryAfter?: number) {
    super(`${field}: ${code}`)
    this.code = code
    this.field = field
    this.retryAfter = retryAfter
  }
}
