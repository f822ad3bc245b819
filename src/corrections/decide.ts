import { createHash } from 'node:crypto'
import { Type } from 'typebox'
import { Check } from 'typebox/value'
import type { Proof } from '../model/correction.ts'
import type { Siren } from '../model/siren.ts'
import type { CatalogueReader } from '../store/catalogue.ts'
import type { CorrectionStore, StoredRequest } from '../store/corrections.ts'
import { declarationFacts, declarationVersion, foldDeclarations } from './declaration-facts.ts'
import { registeredDomain } from './domain.ts'
import { ownDomains, ownershipOf } from './ownership.ts'

/** The decisions on a request, the same whether a proof or the operator takes them. Each is one transaction. */

export type Decisions = CorrectionStore & Pick<CatalogueReader, 'record'>

/** What came of a decision; `impossible` says why in the operator's words. */
export type Decided =
  | { readonly kind: 'done'; readonly domains: readonly string[] }
  | { readonly kind: 'impossible'; readonly why: string }

const done = (domains: readonly string[] = []): Decided => ({ kind: 'done', domains })
const impossible = (why: string): Decided => ({ kind: 'impossible', why })

const OPEN: ReadonlySet<string> = new Set(['waiting', 'queued'])
export const isOpen = ({ state }: Pick<StoredRequest, 'state'>): boolean => OPEN.has(state)

/** What a request about a site asks for. */
export const SiteContent = Type.Object({ url: Type.String() })

/** The SHA-256 of a domain, under which a removal keeps it. */
export const domainDigest = (domain: string): string => createHash('sha256').update(domain).digest('hex')

/** Puts together again what a firm declares, and makes the facts of it. */
const redeclare = (store: Decisions, siren: Siren, at: string): void => {
  const record = store.record(siren)
  const declared = foldDeclarations(store.declarations(siren))
  const site = record && ownershipOf(store, record).site?.origin
  store.declare(
    siren,
    declarationVersion(declared, site === undefined ? '' : `${site}/`, at),
    declarationFacts(siren, declared),
  )
}

const apply = (store: Decisions, request: StoredRequest, at: string): Decided => {
  const { kind, siren, content } = request
  if (kind === 'correct') {
    if (store.record(siren) === undefined) return impossible(`the catalogue does not know ${siren} any more`)
    store.addDeclaration(request, at)
    redeclare(store, siren, at)
    return done()
  }
  if (kind === 'remove') {
    const domains = ownDomains(store, siren)
    store.removeProfile({ siren, digest: domains.map(domainDigest).join(' '), at })
    return done(domains)
  }
  const url = Check(SiteContent, content) ? URL.parse(content.url) : null
  const domain = url === null ? undefined : registeredDomain(url.hostname)
  if (url === null || domain === undefined) return impossible('the proposed address was erased')
  return store.proposeSite({ siren, url: url.href, domain }, at)
    ? done()
    : impossible(`${domain} was proposed for another firm already`)
}

/**
 * Accepts an open request and does what it asks for. Of a removal, `domains` are those that the crawl has to leave out:
 * named for this firm alone.
 */
export const acceptRequest = (store: Decisions, number: number, proof: Proof | undefined, at: string): Decided =>
  store.write(() => {
    const request = store.requestByNumber(number)
    if (request === undefined) return impossible(`there is no request ${number}`)
    if (!isOpen(request)) return impossible(`request ${number} is ${request.state} already`)
    const applied = apply(store, request, at)
    if (applied.kind === 'impossible') return applied
    // A proof that was shown before the operator looked is what stands behind it.
    const shown = request.proof ?? proof
    store.changeRequest(number, { state: 'accepted', decidedAt: at, ...(shown !== undefined && { proof: shown }) })
    store.dropLinks(number)
    if (request.kind === 'remove') store.eraseContent(number)
    else store.eraseComment(number)
    return applied
  })

/** Refuses an open request; what it said is deleted, the reason is shown to who made it. */
export const refuseRequest = (store: CorrectionStore, number: number, reason: string, at: string): Decided =>
  store.write(() => {
    const request = store.requestByNumber(number)
    if (request === undefined) return impossible(`there is no request ${number}`)
    if (!isOpen(request)) return impossible(`request ${number} is ${request.state} already`)
    store.changeRequest(number, { state: 'refused', reason, decidedAt: at })
    store.dropLinks(number)
    store.eraseContent(number)
    return done()
  })

/**
 * Takes an accepted request back: of a correction the version before it counts again; a removed firm may be imported again;
 * a proposed site is not crawled any more. Of a removal, `domains` holds the digests of those that the crawl left out.
 */
export const undoRequest = (store: Decisions, number: number, at: string): Decided =>
  store.write(() => {
    const request = store.requestByNumber(number)
    if (request === undefined) return impossible(`there is no request ${number}`)
    if (request.state !== 'accepted')
      return impossible(`request ${number} is ${request.state}: only an accepted one is undone`)
    const { kind, siren, content } = request
    const restored = kind === 'remove' ? store.restoreProfile(siren) : undefined
    if (kind === 'correct') {
      store.undoDeclaration(number, at)
      redeclare(store, siren, at)
    }
    if (kind === 'site' && Check(SiteContent, content)) store.withdrawSite(siren, content.url)
    store.changeRequest(number, { state: 'undone', decidedAt: at })
    return done(restored?.digest.split(' ').filter(digest => digest !== '') ?? [])
  })
