import { correctionProblem } from './correction-refusal.ts'
import { CorrectionRefusedError } from './corrections/errors.ts'
import { DocumentRefusedError, refusalProblem } from './document-refusal.ts'
import { dossierProblem } from './dossier-refusal.ts'
import { DossierRefusedError } from './dossiers/errors.ts'
import { EngineTroubleError, EngineUnavailableError, IndexDamagedError } from './engine/engine.ts'
import type { Language, Localised } from './model/language.ts'
import type { IndexRepairState } from './model/status.ts'
import { inLanguage, isProblemStatus, type Problem, problemOfStatus } from './problem.ts'
import { CatalogueBusyError } from './store/errors.ts'
import { isValidationError, type ParameterFinding, parameterFindings } from './validation-errors.ts'

/** What each failure is answered with, in one place; nothing of an unexpected one leaves the process. */

/** A request parameter that passes its schema and still cannot be served. */
export class InvalidParameterError extends Error {
  override readonly name = 'InvalidParameterError'
  readonly parameter: string
  readonly detail: Localised
  constructor(parameter: string, detail: Localised) {
    super(`${parameter}: ${detail.en}`)
    this.parameter = parameter
    this.detail = detail
  }
}

/** What was asked for does not exist. */
export class NotFoundError extends Error {
  override readonly name = 'NotFoundError'
  readonly detail: Localised | undefined
  constructor(detail?: Localised) {
    super(detail?.en ?? 'no such page')
    this.detail = detail
  }
}

/** A limit of the service was passed. */
export class LimitError extends Error {
  override readonly name = 'LimitError'
  readonly status: 414 | 429 | 503
  constructor(status: 414 | 429 | 503) {
    super(`limit passed: ${status}`)
    this.status = status
  }
}

/** How to answer a failure. */
export interface Failure {
  readonly problem: Problem
  /** Seconds for `Retry-After`, when waiting helps. */
  readonly retryAfter?: number
  /** Whether the operator must look: the stack is logged. */
  readonly unexpected: boolean
}

/** Long enough to let a burst pass, short enough for a reader to wait. */
const RETRY_AFTER_SECONDS = 5

const NO_INDEX: Localised = {
  fr: 'Le moteur de recherche ne peut pas répondre : son index est absent ou en cours de construction. Réessayez dans quelques secondes.',
  en: 'The search engine cannot answer: its index is missing or being built. Try again in a few seconds.',
}
const DAMAGED = 'La recherche a rencontré une partie endommagée de l’index, ou un index d’un format plus ancien'
const DAMAGED_EN = 'The search met a damaged part of the index, or an index of an older format'
const READABLE = 'Les fiches restent lisibles, et les recherches qui ne touchent pas cette partie aboutissent.'
const READABLE_EN = 'Profiles can still be read, and searches that do not meet that part are answered.'

/** What is done about it, and what the reader can do. */
const damagedDetail = ({ state, progress = 0 }: IndexRepairState): Localised => {
  const percent = Math.floor(100 * progress)
  if (state === 'rebuilding')
    return {
      fr: `${DAMAGED} : il est reconstruit en ce moment à partir du catalogue (${percent} %). ${READABLE} Réessayez dans quelques instants.`,
      en: `${DAMAGED_EN}: it is being rebuilt from the catalogue (${percent} %). ${READABLE_EN} Try again in a few moments.`,
    }
  if (state === 'waiting')
    return {
      fr: `${DAMAGED} : il n’a pas encore pu être reconstruit à partir du catalogue, un nouvel essai est prévu. ${READABLE} Réessayez plus tard.`,
      en: `${DAMAGED_EN}: it could not be rebuilt from the catalogue yet and will be tried again. ${READABLE_EN} Try again later.`,
    }
  return {
    fr: `${DAMAGED} : l’exploitant du service doit le reconstruire (npm run index). ${READABLE}`,
    en: `${DAMAGED_EN}: the operator of the service must rebuild it (npm run index). ${READABLE_EN}`,
  }
}

const TROUBLE: Localised = {
  fr: 'Le moteur de recherche ne répond pas pour le moment. Les fiches restent lisibles. Réessayez dans quelques secondes.',
  en: 'The search engine does not answer for the moment. Profiles can still be read. Try again in a few seconds.',
}
const TOO_SLOW: Localised = {
  fr: 'La recherche a pris trop de temps et a été interrompue. Réessayez, ou précisez-la.',
  en: 'The search took too long and was stopped. Try again, or narrow it down.',
}
const BUSY: Localised = {
  fr: 'Le service reçoit plus de requêtes qu’il ne peut en traiter. Réessayez dans quelques secondes.',
  en: 'The service receives more requests than it can handle. Try again in a few seconds.',
}

const invalid = (findings: readonly ParameterFinding[], language: Language): Failure => {
  const errors = findings.map(({ parameter, detail }) => ({ parameter, detail: inLanguage(detail, language) }))
  const detail = errors.map(error => error.detail).join(' ')
  return { problem: { ...problemOfStatus(400, language), detail, errors }, unexpected: false }
}

const unavailable = (detail: Localised | undefined, language: Language, unexpected = false): Failure => ({
  problem: problemOfStatus(503, language, detail),
  retryAfter: RETRY_AFTER_SECONDS,
  unexpected,
})

/**
 * The code and status that Fastify gives its failures. Of other errors they are not believed: that of a database or of
 * a cluster's client would reach the reader as if the request were at fault.
 */
const frameworkFailure = (error: unknown): { readonly code: string; readonly status: number } | undefined => {
  if (!(error instanceof Error) || !('code' in error) || !('statusCode' in error)) return undefined
  const { code, statusCode } = error
  if (typeof code !== 'string' || !code.startsWith('FST_') || typeof statusCode !== 'number') return undefined
  return { code, status: statusCode }
}

/** A refusal that its reader can do something about. */
const refused = (problem: Failure['problem'], retryAfter: number | undefined): Failure => ({
  problem,
  ...(retryAfter !== undefined && { retryAfter }),
  unexpected: false,
})

/** The answer to anything that a route or a plugin threw. `repair`: what is done about a damaged index. */
export const failureOf = (error: unknown, language: Language, repair?: IndexRepairState): Failure => {
  if (error instanceof InvalidParameterError) return invalid([error], language)
  if (isValidationError(error)) return invalid(parameterFindings(error.validation), language)
  if (error instanceof DocumentRefusedError) return refused(refusalProblem(error, language), error.retryAfter)
  if (error instanceof DossierRefusedError) {
    // A full store or disk is for the operator to enlarge.
    const unexpected = error.code === 'store-full'
    return { ...refused(dossierProblem(error, language), error.detail.retryAfter), unexpected }
  }
  if (error instanceof CorrectionRefusedError) return refused(correctionProblem(error, language), error.retryAfter)
  // Another process holds the catalogue for longer than a request may wait: an import that switches.
  if (error instanceof CatalogueBusyError) return unavailable(BUSY, language)
  if (error instanceof NotFoundError)
    return { problem: problemOfStatus(404, language, error.detail), unexpected: false }
  // What keeps the engine is in the log once, from the synchronisation: not again for every reader.
  if (error instanceof EngineTroubleError) return unavailable(TROUBLE, language)
  // So is damage, from the repair.
  if (error instanceof IndexDamagedError && repair) return unavailable(damagedDetail(repair), language)
  if (error instanceof EngineUnavailableError) return unavailable(NO_INDEX, language, true)
  if (error instanceof LimitError && error.status === 503) return unavailable(BUSY, language)
  if (error instanceof LimitError) return { problem: problemOfStatus(error.status, language), unexpected: false }
  const { code, status = 500 } = frameworkFailure(error) ?? {}
  if (code === 'FST_ERR_HANDLER_TIMEOUT') return unavailable(TOO_SLOW, language)
  if (code === 'FST_UNDER_PRESSURE') return unavailable(BUSY, language)
  // The reader left: nobody sees this answer, and it is no fault of the service.
  if (error instanceof Error && error.name === 'AbortError') return unavailable(undefined, language)
  return status < 500 && isProblemStatus(status)
    ? { problem: problemOfStatus(status, language), unexpected: false }
    : { problem: problemOfStatus(500, language), unexpected: true }
}
