import { Check } from 'typebox/value'
import type { Mailer } from '../mail/mailer.ts'
import type { CorrectionStatus, Declared, Proof, ProofMethod } from '../model/correction.ts'
import { CORRECTION_LIMITS, Declared as DeclaredSchema } from '../model/correction.ts'
import type { Language } from '../model/language.ts'
import { parseSiren, type Siren } from '../model/siren.ts'
import type { SupplierRecord } from '../model/supplier.ts'
import type { NewRequest, StoredRequest } from '../store/corrections.ts'
import { acceptRequest, type Decisions, domainDigest, isOpen, refuseRequest, SiteContent } from './decide.ts'
import { foldDeclarations } from './declaration-facts.ts'
import { cleanDeclared, cleanParagraphs, currentValues, type DeclaredContext } from './declared.ts'
import { mailDomain, parseSite, registeredDomain } from './domain.ts'
import type { CorrectionRefusal } from './errors.ts'
import { linkMail } from './mail-text.ts'
import { type Ownership, ownershipOf, ownersOf } from './ownership.ts'
import { type ProofPorts, proofAddress, proofLine, shownInDns, shownInFile } from './proofs.ts'
import { hashOfSecret, newSecret } from './tokens.ts'

export type Refused = { readonly kind: 'refused'; readonly field: string; readonly reason: CorrectionRefusal }

/** A request that was made: its secret opens its page, and is stored nowhere. */
export type Submitted = { readonly kind: 'made'; readonly secret: string } | Refused

/** What came of a try to show ownership. */
export type Proving = { readonly kind: 'sent' } | { readonly kind: 'shown' } | Refused

/** What a form needs of a profile. */
export interface CorrectionForm {
  readonly record: SupplierRecord
  readonly values: Required<Declared>
  /** Whether a register says where the head office is: then it is no field of the form. */
  readonly placeRegistered: boolean
  /** Where ownership will have to be shown; absent when an operator must judge. */
  readonly domain?: string
  readonly mail: boolean
}

/** Requests of firms about their profiles, from the form to the decision. */
export interface Corrections {
  form(siren: Siren): CorrectionForm | undefined
  correct(siren: Siren, declared: Declared, comment: string): Submitted
  remove(siren: Siren, comment: string): Submitted
  proposeSite(siren: string, address: string): Submitted
  /** A request by its secret; `undefined` for any other text. */
  status(secret: string): CorrectionStatus | undefined
  prove(secret: string, method: ProofMethod, mail: string, language: Language, signal: AbortSignal): Promise<Proving>
  /** The request that a mailed link is about; looking at it changes nothing. */
  byLink(token: string): CorrectionStatus | undefined
  /** Confirms or declines by a mailed link, which is spent. `undefined` when it is not, or no more, a link. */
  answerLink(token: string, confirms: boolean): CorrectionStatus | undefined
  /** Ends what is past its time; how many requests and proposed sites. */
  sweep(): number
}

export interface CorrectionsOptions extends ProofPorts {
  readonly catalogue: Decisions
  /** Absent without mail settings. */
  readonly mailer?: Mailer
  /** Address of the service in links; mail needs one that no request can change. */
  readonly publicUrl: string
  /** Why the crawler would not go to an address; `undefined` when it would. */
  readonly refusesSite?: (url: URL) => string | undefined
  readonly now?: () => number
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** How long proof is waited for: a link, a record or a file. */
export const PROOF_HOURS = 48
const REVIEW_DAYS = 90
/** How long who made a request can read how it ended. */
const REMEMBERED_DAYS = 365
const MAX_OPEN_A_FIRM = 5
const MAX_OPEN = 10_000
const MAX_SITES = 5_000
const MAX_LINKS_A_REQUEST = 3
const MAX_LINKS_A_FIRM = 15
/** A proposed site that never showed its SIREN makes room for others. */
const SITE_DAYS = 60

const refused = (field: string, reason: CorrectionRefusal): Refused => ({ kind: 'refused', field, reason })

/** The corrections over a catalogue and the ways to show ownership. */
export const createCorrections = (options: CorrectionsOptions): Corrections => {
  const { catalogue, mailer, now = Date.now } = options
  const canMail = mailer !== undefined && options.publicUrl !== ''
  const at = (afterMs = 0): string => new Date(now() + afterMs).toISOString()

  const contextOf = (record: SupplierRecord): DeclaredContext => ({
    supplier: record.supplier,
    before: foldDeclarations(catalogue.declarations(record.supplier.siren)),
    placeRegistered: record.facts.some(
      ({ property, provenance }) => property === 'location' && /^sirene(?::|$)/.test(provenance.source),
    ),
  })

  /** Anybody may ask: what nobody has proven for an hour gives way, or five idle requests would keep the firm itself out. */
  const isFull = (siren: Siren): boolean =>
    catalogue.countOpen() >= MAX_OPEN ||
    (catalogue.countOpen(siren) >= MAX_OPEN_A_FIRM && !catalogue.lapseOldest(siren, at(-HOUR_MS), at()))

  const make = (
    request: Omit<NewRequest, 'secret' | 'createdAt' | 'expiresAt' | 'state'>,
    waits: boolean,
  ): Submitted => {
    const secret = newSecret()
    catalogue.addRequest({
      ...request,
      secret: hashOfSecret(secret) ?? '',
      state: waits ? 'waiting' : 'queued',
      createdAt: at(),
      expiresAt: at(waits ? PROOF_HOURS * HOUR_MS : REVIEW_DAYS * DAY_MS),
    })
    return { kind: 'made', secret }
  }

  /** Where nothing can be shown, or no mail be sent, the operator's queue is the way; proof still shortens it. */
  const ask = (
    record: SupplierRecord,
    ownership: Ownership,
    asked: Pick<NewRequest, 'kind' | 'content' | 'review'>,
    comment: string,
  ): Submitted => {
    const { siren } = record.supplier
    const said = cleanParagraphs(comment)
    if (said.length > CORRECTION_LIMITS.comment) return refused('comment', 'too-long')
    if (isFull(siren)) return refused('siren', 'too-many-open')
    const { domain } = ownership
    return make(
      { ...asked, siren, ...(domain !== undefined && { domain }), ...(said !== '' && { comment: said }) },
      domain !== undefined && canMail,
    )
  }

  const correct: Corrections['correct'] = (siren, declared, comment) => {
    const record = catalogue.record(siren)
    if (record === undefined) return refused('siren', 'unknown-supplier')
    const cleaned = cleanDeclared(declared, contextOf(record))
    if (cleaned.kind === 'refused') return cleaned
    const ownership = ownershipOf(catalogue, record)
    const { website } = cleaned.declared
    const url = URL.parse(website ?? '')
    if (url !== null && options.refusesSite?.(url) !== undefined) return refused('website', 'bad-address')
    const moves = website !== undefined && registeredDomain(url?.hostname ?? '') !== ownership.domain
    const review = ownership.doubtful || moves
    return ask(record, ownership, { kind: 'correct', content: cleaned.declared, review }, comment)
  }

  const remove: Corrections['remove'] = (siren, comment) => {
    const record = catalogue.record(siren)
    if (record === undefined) return refused('siren', 'unknown-supplier')
    return ask(record, ownershipOf(catalogue, record), { kind: 'remove', review: true }, comment)
  }

  /** Domains that were proposed and wait for the operator, which who proposes another one need not know. */
  const waitingSites = () =>
    catalogue
      .requests('queued')
      .flatMap(({ content }) => (Check(SiteContent, content) ? [registeredDomain(new URL(content.url).hostname)] : []))

  const proposeSite: Corrections['proposeSite'] = (text, address) => {
    const siren = parseSiren(text)
    if (siren === undefined) return refused('siren', 'unknown-siren')
    const url = address.length <= CORRECTION_LIMITS.address ? parseSite(address) : undefined
    const domain = url && registeredDomain(url.hostname)
    if (url === undefined || domain === undefined || options.refusesSite?.(url) !== undefined)
      return refused('url', 'not-public-site')
    const known = catalogue.record(siren)?.supplier.website !== undefined || ownersOf(catalogue, domain).size > 0
    if (known || catalogue.proposedSites().some(site => site.domain === domain)) return refused('url', 'known-site')
    if (isFull(siren) || catalogue.countProposedSites() >= MAX_SITES) return refused('siren', 'too-many-open')
    const leftOut = catalogue.removal(siren) !== undefined || catalogue.isRemovedDomain(domainDigest(domain))
    if (leftOut && waitingSites().includes(domain)) return refused('url', 'known-site')
    const made = make({ kind: 'site', siren, content: { url: url.href }, review: leftOut }, false)
    if (made.kind === 'made' && !leftOut) {
      const request = catalogue.requestBySecret(hashOfSecret(made.secret) ?? '')
      // Nobody need vouch for it: what is read there counts only when the site itself shows the SIREN.
      if (request) acceptRequest(catalogue, request.number, undefined, at())
    }
    return made
  }

  /** In the operator's queue a request lives longer than what proves it. */
  const isLate = (createdAt: string): boolean => createdAt <= at(-PROOF_HOURS * HOUR_MS)

  const instructionsOf = (request: StoredRequest, secret: string): CorrectionStatus['instructions'] => {
    const { domain, siren, createdAt } = request
    if (domain === undefined || !isOpen(request) || request.proof !== undefined) return undefined
    if (isLate(createdAt)) return undefined
    const record = catalogue.record(siren)
    const { site } = record ? ownershipOf(catalogue, record) : {}
    if (site === undefined || registeredDomain(site.hostname) !== domain) return undefined
    const line = proofLine(secret)
    return {
      domain,
      mail: canMail,
      dns: { name: domain, value: line },
      file: { url: proofAddress(site), content: line },
    }
  }

  /** That a firm asked to be left out is told to nobody: a site proposed for it looks like any other while it waits. */
  const publicly = (request: StoredRequest): StoredRequest =>
    request.kind === 'site' && (request.state === 'queued' || request.state === 'expired')
      ? { ...request, state: 'accepted', review: false, decidedAt: request.createdAt }
      : request

  const statusOf = (request: StoredRequest, secret?: string): CorrectionStatus => {
    const { kind, siren, state, reason, review, proof, content, createdAt, expiresAt, decidedAt } = publicly(request)
    const name = catalogue.record(siren)?.supplier.name
    const instructions = secret === undefined ? undefined : instructionsOf(request, secret)
    return {
      ...{ kind, siren, state, review, createdAt },
      ...(name !== undefined && { name }),
      ...(reason !== undefined && { reason }),
      ...(proof !== undefined && { proof }),
      ...(kind === 'correct' && Check(DeclaredSchema, content) && { declared: content }),
      ...(kind === 'site' && Check(SiteContent, content) && { address: content.url }),
      ...(isOpen({ state }) && proof === undefined && { expiresAt }),
      ...(decidedAt !== undefined && { decidedAt }),
      ...(instructions && { instructions }),
    }
  }

  /** What is past its time without proof has ended, whenever the next sweep is. */
  const current = (request: StoredRequest | undefined): StoredRequest | undefined => {
    if (request === undefined || !isOpen(request) || request.proof !== undefined || request.expiresAt > at())
      return request
    const { content: _content, comment: _comment, ...rest } = request
    return { ...rest, state: 'expired' }
  }

  const find = (secret: string): StoredRequest | undefined => {
    const hash = hashOfSecret(secret)
    return hash === undefined ? undefined : current(catalogue.requestBySecret(hash))
  }

  /** Ownership is shown: the change is made, or goes to the operator where one must look. */
  const settle = (number: number, proof: Proof): void =>
    catalogue.write(() => {
      const request = current(catalogue.requestByNumber(number))
      if (request === undefined || !isOpen(request)) return
      catalogue.dropLinks(number)
      const record = catalogue.record(request.siren)
      // What sources say may have changed since the request was made.
      if (request.review || (record !== undefined && ownershipOf(catalogue, record).doubtful)) {
        catalogue.changeRequest(number, { state: 'queued', proof, expiresAt: at(REVIEW_DAYS * DAY_MS) })
        return
      }
      const decided = acceptRequest(catalogue, number, proof, at())
      if (decided.kind === 'impossible') refuseRequest(catalogue, number, 'gone', at())
    })

  const proveByMail = async (request: StoredRequest, address: string, language: Language): Promise<Proving> => {
    if (!canMail || mailer === undefined) return refused('method', 'mail-unavailable')
    if (address.length > CORRECTION_LIMITS.mail || mailDomain(address) !== request.domain)
      return refused('email', 'mail-domain')
    const { siren, number, kind, state } = request
    if (catalogue.countLinks(number) >= MAX_LINKS_A_REQUEST || catalogue.countLinksOf(siren) >= MAX_LINKS_A_FIRM)
      return refused('email', 'too-many-mails')
    const token = newSecret()
    const path = `/corrections/confirmer/${token}`
    const { publicUrl: service } = options
    const links = { fr: service + path, en: `${service}/en${path}` }
    const name = catalogue.record(siren)?.supplier.name ?? siren
    // Before the message leaves: it must not arrive ahead of what it confirms, and a failed try counts as one.
    const expiresAt = at(PROOF_HOURS * HOUR_MS)
    catalogue.addLink(hashOfSecret(token) ?? '', number, expiresAt)
    // The message promises the link its whole time.
    if (state === 'waiting') catalogue.changeRequest(number, { expiresAt })
    const mail = linkMail({ kind, siren, name, service, links, hours: PROOF_HOURS }, language)
    return (await mailer.send({ to: address, ...mail })) ? { kind: 'sent' } : refused('email', 'mail-failed')
  }

  const prove: Corrections['prove'] = async (secret, method, mail, language, signal) => {
    const request = find(secret)
    if (request === undefined || !isOpen(request) || request.proof !== undefined) return refused('id', 'ended')
    const instructions = instructionsOf(request, secret)
    const record = catalogue.record(request.siren)
    const { site, domain } = record ? ownershipOf(catalogue, record) : {}
    if (request.domain !== undefined && isLate(request.createdAt)) return refused('id', 'ended')
    if (instructions === undefined || site === undefined || domain === undefined) return refused('method', 'no-domain')
    if (method === 'mail') return proveByMail(request, mail.trim(), language)
    const finding =
      method === 'dns' ? await shownInDns(options, domain, secret) : await shownInFile(options, site, secret, signal)
    if (finding !== 'shown') return refused('method', finding)
    settle(request.number, method)
    return { kind: 'shown' }
  }

  const requestOfLink = (token: string): StoredRequest | undefined => {
    const hash = hashOfSecret(token)
    const request = hash === undefined ? undefined : current(catalogue.requestOfLink(hash, at()))
    return request && isOpen(request) ? request : undefined
  }

  return {
    form: siren => {
      const record = catalogue.record(siren)
      if (record === undefined) return undefined
      const context = contextOf(record)
      const { domain } = ownershipOf(catalogue, record)
      const { placeRegistered } = context
      const values = currentValues(context)
      return { record, values, placeRegistered, mail: canMail, ...(domain !== undefined && { domain }) }
    },
    correct,
    remove,
    proposeSite,
    status: secret => {
      const request = find(secret)
      return request && statusOf(request, secret)
    },
    prove,
    byLink: token => {
      const request = requestOfLink(token)
      return request && statusOf(request)
    },
    answerLink: (token, confirms) => {
      const request = requestOfLink(token)
      if (request === undefined) return undefined
      if (confirms) settle(request.number, 'mail')
      else refuseRequest(catalogue, request.number, 'declined', at())
      const after = catalogue.requestByNumber(request.number)
      return after && statusOf(after)
    },
    sweep: () => catalogue.sweep(at(), at(-REMEMBERED_DAYS * DAY_MS)) + catalogue.lapseSites(at(-SITE_DAYS * DAY_MS)),
  }
}
