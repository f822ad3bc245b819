/** Why a dossier is not made, read or changed. Each is answered with a status and a remedy of its own. */
export const DOSSIER_REFUSALS = [
  'unknown',
  'expired',
  'deleted',
  'wrong-key',
  'too-large',
  'body-too-large',
  'store-full',
  'too-many',
  'not-listed',
  'stale',
] as const
export type DossierRefusal = (typeof DOSSIER_REFUSALS)[number]

/** What a refusal says beside its name. */
export interface RefusalDetail {
  /** When a dossier went (ISO 8601). */
  readonly at?: string
  /** The limit that was passed, in MiB, or how many there may be. */
  readonly limit?: number
  /** Seconds until it may be tried again. */
  readonly retryAfter?: number
  /** The version of the annotations that was saved meanwhile. */
  readonly version?: number
  /** The SIREN that the dossier does not list. */
  readonly siren?: string
  readonly cause?: unknown
}

/** A dossier that is not made, read or changed, and why. */
export class DossierRefusedError extends Error {
  override readonly name = 'DossierRefusedError'
  readonly code: DossierRefusal
  readonly detail: RefusalDetail
  constructor(code: DossierRefusal, detail: RefusalDetail = {}) {
    super(`the dossier is refused: ${code}`, detail.cause === undefined ? undefined : { cause: detail.cause })
    this.code = code
    this.detail = detail
  }
}
