import type { CorrectionKind, CorrectionState, Proof } from '../model/correction.ts'
import { CORRECTION_KINDS, CORRECTION_STATES, PROOFS } from '../model/correction.ts'
import type { Siren } from '../model/siren.ts'
import { sirenOf } from './changes.ts'
import { count, type Database, jsonOf, numberOf, optionalTextOf, textOf } from './database.ts'
import { CatalogueError } from './errors.ts'
import type { StatedFact } from './fact-values.ts'
import { insertFacts } from './facts.ts'
import { createProposedSites, type ProposedSites } from './proposed-sites.ts'
import { createRemovals, type Removals } from './removals.ts'
import {
  createStagingVersion,
  liveSources,
  liveVersion,
  makeLive,
  retireSource,
  type SourceVersion,
} from './sources.ts'
import { mergeSupplier } from './suppliers.ts'

/** A request as it is stored. Times in ISO 8601. */
export interface StoredRequest {
  /** How the operator names it. */
  readonly number: number
  readonly kind: CorrectionKind
  readonly siren: Siren
  readonly state: CorrectionState
  /** What is asked for, as JSON; `undefined` once it was erased. */
  readonly content?: unknown
  /** To the operator. */
  readonly comment?: string
  /** Where ownership may be shown; absent when no source but the firm itself names a site. */
  readonly domain?: string
  /** The operator decides even when ownership is shown. */
  readonly review: boolean
  readonly proof?: Proof
  readonly reason?: string
  readonly createdAt: string
  readonly expiresAt: string
  readonly decidedAt?: string
}

/** A new request; `secret` is a SHA-256. */
export type NewRequest = Omit<StoredRequest, 'number' | 'proof' | 'reason' | 'decidedAt'> & { readonly secret: string }

/** What a step changes of a request. */
export type RequestChange = Partial<Pick<StoredRequest, 'state' | 'proof' | 'reason' | 'expiresAt' | 'decidedAt'>>

/** Requests, links, and every version of what firms declare. */
export interface CorrectionStore extends Removals, ProposedSites {
  /** Runs `work` in one transaction: all of it or nothing. */
  write<T>(work: () => T): T
  addRequest(request: NewRequest): StoredRequest
  requestBySecret(secret: string): StoredRequest | undefined
  requestByNumber(number: number): StoredRequest | undefined
  /** In the order of their numbers; those of one state, or all. */
  requests(state?: CorrectionState): readonly StoredRequest[]
  /** Requests that wait for proof or for the operator: of a firm, or of all. */
  countOpen(siren?: Siren): number
  changeRequest(number: number, change: RequestChange): void
  /** Deletes what a request asked for and said; that it was made is kept. */
  eraseContent(number: number): void
  /** Deletes what a request said to the operator. */
  eraseComment(number: number): void
  /** Ends the oldest request of a firm that waits for proof since before `madeBefore`; false when there is none. */
  lapseOldest(siren: Siren, madeBefore: string, now: string): boolean
  addLink(token: string, request: number, expiresAt: string): void
  countLinks(request: number): number
  /** Links that were sent for a firm and whose time is not over. */
  countLinksOf(siren: Siren): number
  /** The request that an unexpired link confirms. */
  requestOfLink(token: string, now: string): StoredRequest | undefined
  /** Makes a request's links unusable. */
  dropLinks(request: number): void
  /** Ends requests whose time is over without proof, deletes their content and dead links, and forgets ends older than `forgetBefore`. */
  sweep(now: string, forgetBefore: string): number
  /** What a firm's accepted declarations say, the earliest first; undone ones left out. */
  declarations(siren: Siren): readonly unknown[]
  addDeclaration(request: StoredRequest, at: string): void
  undoDeclaration(request: number, at: string): void
  /** Puts a firm's declared facts in the place of those before them; none takes the source out. Merged at once. */
  declare(siren: Siren, version: Omit<SourceVersion, 'source'>, facts: readonly StatedFact[]): void
}

const oneOf = <T extends string>(values: readonly T[], text: string): T => {
  const found = values.find(value => value === text)
  if (found !== undefined) return found
  throw new CatalogueError(`The catalogue is damaged (a request is "${text}"): restore it from its backup`)
}

const requestOf = (row: Readonly<Record<string, unknown>>): StoredRequest => {
  const text = (column: string): string | undefined => optionalTextOf(row, column)
  const [comment, domain, proof, reason, decidedAt] = ['comment', 'domain', 'proof', 'reason', 'decided_at'].map(text)
  return {
    number: numberOf(row, 'number'),
    kind: oneOf(CORRECTION_KINDS, textOf(row, 'kind')),
    siren: sirenOf(row),
    state: oneOf(CORRECTION_STATES, textOf(row, 'state')),
    ...(row['content'] !== null && { content: jsonOf(row, 'content') }),
    ...(comment !== undefined && { comment }),
    ...(domain !== undefined && { domain }),
    review: numberOf(row, 'review') === 1,
    ...(proof !== undefined && { proof: oneOf(PROOFS, proof) }),
    ...(reason !== undefined && { reason }),
    createdAt: textOf(row, 'created_at'),
    expiresAt: textOf(row, 'expires_at'),
    ...(decidedAt !== undefined && { decidedAt }),
  }
}

const OPEN = "state IN ('waiting', 'queued')"

/** The name under which readers see what firms declare. */
export const DECLARED_SOURCE = {
  name: 'Déclaré par l’entreprise',
  publisher: 'Chaque entreprise, pour sa propre fiche',
}

/** A firm's own source. Invented where the catalogue is, so that the demonstration and its corrections go together. */
const sourceOf = (database: Database, siren: Siren) => ({
  id: `correction:${siren}`,
  ...DECLARED_SOURCE,
  url: '',
  fictitious: liveSources(database).some(source => source.fictitious),
})

const requests = (database: Database) => {
  const byNumber = (number: number): StoredRequest | undefined => {
    const row = database.prepare('SELECT * FROM correction_request WHERE number = ?').get(number)
    return row && requestOf(row)
  }
  const addRequest = (request: NewRequest): StoredRequest => {
    const { secret, kind, siren, state, content, comment, domain, review, createdAt, expiresAt } = request
    const { lastInsertRowid } = database
      .prepare(
        `INSERT INTO correction_request (secret, kind, siren, state, content, comment, domain, review, created_at, expires_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        ...[secret, kind, siren, state, content === undefined ? null : JSON.stringify(content), comment ?? null],
        ...[domain ?? null, review ? 1 : 0, createdAt, expiresAt],
      )
    const { secret: _secret, ...rest } = request
    return { number: Number(lastInsertRowid), ...rest }
  }
  return {
    addRequest,
    requestByNumber: byNumber,
    requestBySecret: (secret: string) => {
      const row = database.prepare('SELECT * FROM correction_request WHERE secret = ?').get(secret)
      return row && requestOf(row)
    },
    requests: (state?: CorrectionState) =>
      database
        .prepare('SELECT * FROM correction_request WHERE ?1 IS NULL OR state = ?1 ORDER BY number')
        .all(state ?? null)
        .map(requestOf),
    countOpen: (siren?: Siren) =>
      siren === undefined
        ? count(database, `SELECT COUNT(*) AS count FROM correction_request WHERE ${OPEN}`)
        : count(database, `SELECT COUNT(*) AS count FROM correction_request WHERE siren = ? AND ${OPEN}`, siren),
    changeRequest: (number: number, change: RequestChange) => {
      database
        .prepare(
          `UPDATE correction_request SET state = COALESCE(?, state), proof = COALESCE(?, proof), reason = COALESCE(?, reason),
             expires_at = COALESCE(?, expires_at), decided_at = COALESCE(?, decided_at) WHERE number = ?`,
        )
        .run(
          ...[change.state ?? null, change.proof ?? null, change.reason ?? null, change.expiresAt ?? null],
          ...[change.decidedAt ?? null, number],
        )
    },
    eraseContent: (number: number) => {
      database.prepare('UPDATE correction_request SET content = NULL, comment = NULL WHERE number = ?').run(number)
    },
    eraseComment: (number: number) => {
      database.prepare('UPDATE correction_request SET comment = NULL WHERE number = ?').run(number)
    },
    lapseOldest: (siren: Siren, madeBefore: string, now: string) => {
      const { changes } = database
        .prepare(
          `UPDATE correction_request SET state = 'expired', content = NULL, comment = NULL, decided_at = ?3
           WHERE number = (SELECT MIN(number) FROM correction_request
             WHERE siren = ?1 AND state = 'waiting' AND proof IS NULL AND created_at < ?2)`,
        )
        .run(siren, madeBefore, now)
      return Number(changes) > 0
    },
  }
}

const links = (database: Database) => ({
  addLink: (token: string, request: number, expiresAt: string) => {
    database.prepare('INSERT INTO correction_link VALUES (?, ?, ?)').run(token, request, expiresAt)
  },
  countLinks: (request: number) =>
    count(database, 'SELECT COUNT(*) AS count FROM correction_link WHERE request = ?', request),
  countLinksOf: (siren: Siren) =>
    count(
      database,
      'SELECT COUNT(*) AS count FROM correction_link JOIN correction_request ON number = request WHERE siren = ?',
      siren,
    ),
  requestOfLink: (token: string, now: string) => {
    const row = database
      .prepare(
        `SELECT correction_request.* FROM correction_link JOIN correction_request ON number = request
         WHERE token = ? AND correction_link.expires_at > ?`,
      )
      .get(token, now)
    return row && requestOf(row)
  },
  dropLinks: (request: number) => {
    database.prepare('DELETE FROM correction_link WHERE request = ?').run(request)
  },
})

const sweep = (database: Database, now: string, forgetBefore: string): number =>
  database.write(() => {
    database.prepare('DELETE FROM correction_link WHERE expires_at <= ?').run(now)
    database.prepare("DELETE FROM correction_request WHERE decided_at < ? AND state <> 'accepted'").run(forgetBefore)
    const { changes } = database
      .prepare(
        `UPDATE correction_request SET state = 'expired', content = NULL, comment = NULL, decided_at = ?1
         WHERE ${OPEN} AND proof IS NULL AND expires_at <= ?1`,
      )
      .run(now)
    return Number(changes)
  })

const declarations = (database: Database) => ({
  declarations: (siren: Siren) =>
    database
      .prepare('SELECT content FROM declaration WHERE siren = ? AND undone_at IS NULL ORDER BY at, request')
      .all(siren)
      .map(row => jsonOf(row, 'content')),
  addDeclaration: ({ number, siren, content }: StoredRequest, at: string) => {
    database
      .prepare('INSERT INTO declaration (request, siren, content, at) VALUES (?, ?, ?, ?)')
      .run(number, siren, JSON.stringify(content ?? {}), at)
  },
  undoDeclaration: (request: number, at: string) => {
    database.prepare('UPDATE declaration SET undone_at = ? WHERE request = ?').run(at, request)
  },
  declare: (siren: Siren, version: Omit<SourceVersion, 'source'>, facts: readonly StatedFact[]) =>
    database.write(() => {
      const source = sourceOf(database, siren)
      const before = liveVersion(database, source.id)
      if (facts.length === 0) retireSource(database, source.id)
      else {
        const id = createStagingVersion(database, { ...version, source })
        insertFacts(database, id, facts)
        makeLive(database, id, source)
      }
      // What it said before is in "declaration"; no import need come to clean its facts up.
      if (before !== undefined) {
        database.prepare('DELETE FROM fact WHERE version = ?').run(before.id)
        database.prepare('DELETE FROM source_version WHERE id = ?').run(before.id)
      }
      mergeSupplier(database, siren)
    }),
})

/** The corrections of a catalogue. */
export const createCorrectionStore = (database: Database): CorrectionStore => ({
  ...createRemovals(database),
  ...createProposedSites(database),
  ...requests(database),
  ...links(database),
  ...declarations(database),
  write: work => database.write(work),
  sweep: (now, forgetBefore) => sweep(database, now, forgetBefore),
})
