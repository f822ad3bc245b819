import { Resolver } from 'node:dns/promises'
import { publishedToken, sameSecret } from './tokens.ts'

/** Ownership by what only the owner of a domain can publish: a TXT record, or a file on its site. */

/** The way to the network; tests hand in answers of their own. */
export interface ProofPorts {
  /** The TXT records of a name, each in its pieces; none when there is no such name. Rejects when the DNS does not answer. */
  readonly resolveTxt: (name: string) => Promise<readonly (readonly string[])[]>
  /** The text at an address, by the crawler's guarded way; `undefined` when it cannot be had. */
  readonly fetchFile: (address: string, signal: AbortSignal) => Promise<string | undefined>
}

/** What was found where the token should be. */
export type Finding = 'shown' | 'not-shown' | 'no-answer'

const FILE_PATH = '/.well-known/brique-verification.txt'
const PREFIX = 'brique-verification='

/** The line that a request's owner publishes, in the DNS or in the file. */
export const proofLine = (secret: string): string => PREFIX + publishedToken(secret)

/** Where the file is looked for: on the very host that the source names. */
export const proofAddress = (site: URL): string => new URL(FILE_PATH, site.origin).href

const DNS_ABSENT: ReadonlySet<unknown> = new Set(['ENOTFOUND', 'ENODATA'])
/** c-ares doubles the wait at the second try: 1.5 + 3 s, under the 5 s that a name may take. */
const DNS_TRY_MS = 1_500

/** Asks the machine's DNS servers, for 5 s at most. */
export const createTxtResolver = (): ProofPorts['resolveTxt'] => {
  const resolver = new Resolver({ timeout: DNS_TRY_MS, tries: 2 })
  return async name => {
    try {
      return await resolver.resolveTxt(name)
    } catch (error) {
      if (error instanceof Error && 'code' in error && DNS_ABSENT.has(error.code)) return []
      throw error
    }
  }
}

/** Whether a TXT record of the domain holds the token of a request. */
export const shownInDns = async ({ resolveTxt }: ProofPorts, domain: string, secret: string): Promise<Finding> => {
  const expected = proofLine(secret)
  try {
    const records = await resolveTxt(domain)
    return records.some(pieces => sameSecret(pieces.join('').trim(), expected)) ? 'shown' : 'not-shown'
  } catch {
    return 'no-answer'
  }
}

/** Whether the file on the site holds the token of a request, alone on one of its lines. */
export const shownInFile = async (
  { fetchFile }: ProofPorts,
  site: URL,
  secret: string,
  signal: AbortSignal,
): Promise<Finding> => {
  const expected = proofLine(secret)
  const text = await fetchFile(proofAddress(site), signal)
  if (text === undefined) return 'no-answer'
  return text.split(/\r?\n/, 100).some(line => sameSecret(line.trim(), expected)) ? 'shown' : 'not-shown'
}
