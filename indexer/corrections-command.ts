import { existsSync } from 'node:fs'
import { acceptRequest, type Decided, domainDigest, refuseRequest, undoRequest } from '../src/corrections/decide.ts'
import { CORRECTION_STATES } from '../src/model/correction.ts'
import { formatSiren } from '../src/model/siren.ts'
import type { StoredRequest } from '../src/store/corrections.ts'
import { openCrawlStore } from '../src/store/crawl-store.ts'
import { type Catalogue, openCatalogue } from '../src/store/open-catalogue.ts'
import { openPageStore } from '../src/store/page-store.ts'
import { type Command, type CommandContext, CommandError, option } from './command.ts'
import { crawlPathOf, pagesPathOf } from './crawl-paths.ts'

/** The operator's side of the requests of firms. */

const MAX_REASON = 500

const day = (iso: string): string => iso.slice(0, 10)

const line = ({ number, kind, siren, state, domain, proof, createdAt }: StoredRequest, name: string): string =>
  `${String(number).padStart(5)}  ${state.padEnd(9)}${kind.padEnd(8)}${siren}  ${day(createdAt)}  ` +
  `${(proof ?? '-').padEnd(9)}${domain ?? '-'}  ${name}`

/** Texts of strangers go to a terminal: no control characters, so none of its commands. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
const inert = (text: string): string => text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, ' ')

const nameOf = (catalogue: Catalogue, { siren }: StoredRequest): string =>
  inert(catalogue.supplier(siren)?.name ?? '(not in the catalogue)')

const list = ({ args, write }: CommandContext, catalogue: Catalogue): void => {
  const wanted = option(args, 'state')
  const state = CORRECTION_STATES.find(each => each === wanted)
  if (wanted !== undefined && wanted !== 'all' && state === undefined) {
    throw new CommandError(`--state ${wanted}: give one of ${CORRECTION_STATES.join(', ')}, all`)
  }
  const open = (request: StoredRequest) => request.state === 'queued' || request.state === 'waiting'
  const requests = catalogue.requests(state).filter(request => wanted !== undefined || open(request))
  if (requests.length === 0) write('No request.')
  else write('   no  state    kind    SIREN      made on     proof    domain  name')
  for (const request of requests) write(line(request, nameOf(catalogue, request)))
}

const show = ({ write }: CommandContext, catalogue: Catalogue, request: StoredRequest): void => {
  const { number, kind, siren, state, domain, review, proof, reason, comment, content } = request
  write(`Request ${number}: ${kind}, ${state}`)
  write(`Firm: ${formatSiren(siren)} ${nameOf(catalogue, request)}`)
  write(`Domain that another source names: ${domain ?? 'none: nothing but your own judgement shows ownership'}`)
  write(`Ownership: ${proof ?? 'not shown'}${review ? '; needs your decision even when it is shown' : ''}`)
  write(
    `Made ${request.createdAt}, open until ${request.expiresAt}${request.decidedAt ? `, ended ${request.decidedAt}` : ''}`,
  )
  if (reason !== undefined) write(`Reason: ${inert(reason)}`)
  if (comment !== undefined) write(`Comment: ${inert(comment)}`)
  if (content !== undefined) write(inert(JSON.stringify(content, undefined, 2)))
}

/** Leaves out of the crawl what a removed firm alone had, or takes it back. What was never crawled needs neither. */
const leaveOut = (context: CommandContext, domains: readonly string[]): void => {
  if (domains.length === 0) return
  const store = openCrawlStore(crawlPathOf(context))
  const pages = openPageStore(pagesPathOf(context))
  try {
    for (const domain of domains) {
      store.optOut(domain, Date.now())
      context.write(`${domain} is left out of the crawl; ${pages.removeSite(domain)} pages removed`)
    }
  } finally {
    pages.close()
    store.close()
  }
}

const takeBack = (context: CommandContext, digests: readonly string[]): void => {
  if (digests.length === 0 || !existsSync(crawlPathOf(context))) return
  const store = openCrawlStore(crawlPathOf(context))
  try {
    for (const domain of store.optedOut().filter(each => digests.includes(domainDigest(each)))) {
      store.optIn(domain)
      context.write(`${domain} may be crawled again`)
    }
  } finally {
    store.close()
  }
}

const ensure = (decided: Decided): readonly string[] => {
  if (decided.kind === 'done') return decided.domains
  throw new CommandError(`Nothing was changed: ${decided.why}`)
}

const now = (): string => new Date().toISOString()

const accept = (context: CommandContext, catalogue: Catalogue, request: StoredRequest): void => {
  const { number, kind } = request
  const domains = ensure(acceptRequest(catalogue, number, 'operator', now()))
  context.write(`Request ${number} is accepted; a running service shows it within a second`)
  if (kind === 'remove') leaveOut(context, domains)
}

const refuse = (context: CommandContext, catalogue: Catalogue, { number }: StoredRequest): void => {
  const reason = inert(option(context.args, 'reason') ?? '').trim()
  if (reason === '' || reason.length > MAX_REASON) {
    throw new CommandError(`Give --reason "…" (up to ${MAX_REASON} characters): who made the request reads it`)
  }
  ensure(refuseRequest(catalogue, number, reason, now()))
  context.write(`Request ${number} is refused; what it said is deleted`)
}

const undo = (context: CommandContext, catalogue: Catalogue, { number, kind }: StoredRequest): void => {
  const digests = ensure(undoRequest(catalogue, number, now()))
  context.write(`Request ${number} is undone`)
  if (kind !== 'remove') return
  takeBack(context, digests)
  context.write('The profile comes back with the next import of each source (npm run import -- …), then of the crawl')
}

/** Ownership seen by the operator (a letter, a call back): as if it had been shown. */
const prove = (context: CommandContext, catalogue: Catalogue, request: StoredRequest): void => {
  if (request.state !== 'waiting' && request.state !== 'queued') {
    throw new CommandError(`Nothing was changed: request ${request.number} is ${request.state} already`)
  }
  if (!request.review) {
    accept(context, catalogue, request)
    return
  }
  catalogue.write(() => {
    // The service may have settled it meanwhile.
    const state = catalogue.requestByNumber(request.number)?.state
    if (state !== 'waiting' && state !== 'queued') throw new CommandError(`Nothing was changed: it is ${state} by now`)
    catalogue.changeRequest(request.number, { state: 'queued', proof: 'operator' })
  })
  context.write(`Ownership is noted. This request still needs: npm run corrections -- accept ${request.number}`)
}

type Action = (context: CommandContext, catalogue: Catalogue, request: StoredRequest) => void

const ACTIONS: Readonly<Record<string, Action>> = { show, accept, refuse, undo, prove }

const requestOf = (context: CommandContext, catalogue: Catalogue): StoredRequest => {
  const [, text = ''] = context.args.positionals
  const request = /^[1-9][0-9]{0,9}$/.test(text) ? catalogue.requestByNumber(Number(text)) : undefined
  if (request !== undefined) return request
  throw new CommandError(`"${text}" is no request: "npm run corrections -- list --state all" shows their numbers`)
}

/** `corrections list | show | accept | refuse | undo | prove`: the operator's decisions on the requests of firms. */
export const runCorrections: Command = async context => {
  const [action = 'list'] = context.args.positionals
  const known = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined
  if (known === undefined && action !== 'list') {
    throw new CommandError(`Unknown action "${action}": give list, show, accept, refuse, undo or prove`)
  }
  const catalogue = openCatalogue(context.cataloguePath)
  try {
    catalogue.sweep(now(), '')
    if (known === undefined) list(context, catalogue)
    else known(context, catalogue, requestOf(context, catalogue))
    return 0
  } finally {
    catalogue.close()
  }
}
