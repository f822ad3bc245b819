import { fromOctets, type RobotsLine, robotsLines, toOctets } from './robots-lines.ts'
import {
  compilePattern,
  escapeOctets,
  matchesPattern,
  normalisePath,
  normalisePattern,
  type Pattern,
  pathToMatch,
} from './robots-pattern.ts'
import { canonicalUrl } from './urls.ts'

/** Names kept of one file, so that a hostile one cannot fill the frontier with sitemaps. */
const MAX_SITEMAPS = 100

/**
 * Octets times rules with wildcards that one decision may compare, some 40 ms: 2,000 such rules on an address as long as any
 * may be. Beyond, in doubt, the address is not allowed. The largest sensible files stay at a hundredth of it.
 */
const MAX_COMPARISONS = 4_000_000

interface Rule {
  readonly allow: boolean
  /** The two readings of percent-encoding, see `isAllowed`. */
  readonly asWritten: Pattern
  readonly normal: Pattern
}

interface Group {
  /** Product tokens in lower case, or `*`. */
  readonly agents: readonly string[]
  readonly rules: readonly Rule[]
}

/** What a robots.txt says, for every robot. Read it with `isAllowed`, `crawlDelayMs` and `sitemaps`. */
export interface Robots {
  readonly groups: readonly Group[]
  /** Seconds by product token in lower case; the longest one named. */
  readonly delays: ReadonlyMap<string, number>
  /** As written: perhaps relative, perhaps not a URL. */
  readonly sitemaps: readonly string[]
}

/** What a crawler may do given the answer to its request for robots.txt. */
export type RobotsPolicy = 'rules' | 'allow-all' | 'disallow-all'

/**
 * What the answer to a request for robots.txt means, redirects followed (RFC 9309 §2.3.1): 2xx its rules; 4xx no rules;
 * 5xx, 429 (too busy to say) and no answer, nothing may be fetched. A redirect that leads nowhere is in doubt: nothing.
 */
export const policyForStatus = (status: number | 'no-answer'): RobotsPolicy => {
  if (status === 'no-answer' || status === 429) return 'disallow-all'
  if (status >= 200 && status < 300) return 'rules'
  return status >= 400 && status < 500 ? 'allow-all' : 'disallow-all'
}

/** The product token a `User-agent` line names: letters, `_` and `-` up to the first other character (RFC 9309 §2.2.1). */
const agentOf = (value: string): string =>
  (/^\*(\s|$)/.test(value) ? '*' : (/^[a-z_-]*/i.exec(value)?.[0] ?? '')).toLowerCase()

const ruleOf = (allow: boolean, value: string): Rule => {
  const [written, normal] = [escapeOctets(value), normalisePattern(value)]
  const asWritten = compilePattern(written)
  return { allow, asWritten, normal: normal === written ? asWritten : compilePattern(normal) }
}

const rulesOf = (allow: boolean, value: string): Rule[] => {
  if (value === '') return []
  const rules = [ruleOf(allow, value)]
  // Who allows a folder's index page allows the folder's address (Google).
  const index = allow ? value.lastIndexOf('/index.htm') : -1
  if (index >= 0 && index === value.lastIndexOf('/')) rules.push(ruleOf(true, `${value.slice(0, index + 1)}$`))
  return rules
}

/** Gathers a file's lines into groups, sitemaps and delays. */
const createReader = () => {
  const groups: { agents: string[]; rules: Rule[] }[] = []
  const delays = new Map<string, number>()
  const sitemaps: string[] = []
  // A rule ends the list of names above it, even one that says nothing ("Disallow:").
  let named = false
  // Crawl-delay is no part of the RFC and may not end a list of names for the rules (§2.2.4), but does for the delays.
  let delayed: string[] = []
  let delayNamed = false

  const addAgent = (agent: string): void => {
    if (named) groups.at(-1)?.agents.push(agent)
    else groups.push({ agents: [agent], rules: [] })
    if (delayNamed) delayed.push(agent)
    else delayed = [agent]
    named = delayNamed = true
  }
  const addRules = (rules: readonly Rule[]): void => {
    groups.at(-1)?.rules.push(...rules)
    named = delayNamed = false
  }
  const addDelay = (value: string): void => {
    const seconds = Number(/^\d+(\.\d+)?|^\.\d+/.exec(value)?.[0])
    if (seconds >= 0) for (const agent of delayed) delays.set(agent, Math.max(seconds, delays.get(agent) ?? 0))
    delayNamed = false
  }
  const addLine = ({ kind, value }: RobotsLine): void => {
    if (kind === 'agent') addAgent(agentOf(value))
    else if (kind === 'allow' || kind === 'disallow') addRules(rulesOf(kind === 'allow', value))
    else if (kind === 'delay') addDelay(value)
    else if (kind === 'sitemap' && sitemaps.length < MAX_SITEMAPS) sitemaps.push(fromOctets(value))
  }
  return { addLine, robots: { groups, delays, sitemaps } satisfies Robots }
}

/**
 * Reads a robots.txt (RFC 9309, as lenient as Google's parser). It never fails: lines it does not know are ignored, so a
 * page of HTML has no rules. `body` is the file as received, of which the first 500 KiB count.
 */
export const parseRobots = (body: Uint8Array): Robots => {
  const reader = createReader()
  for (const line of robotsLines(body)) reader.addLine(line)
  return reader.robots
}

/** The rules for a robot: those of every group that names it, else those of `*` (RFC 9309 §2.2.1). */
const rulesFor = ({ groups }: Robots, agent: string): Rule[] => {
  const own = groups.filter(group => group.agents.includes(agent))
  return (own.length > 0 ? own : groups.filter(group => group.agents.includes('*'))).flatMap(group => group.rules)
}

/** The longest matching pattern decides; of two equally long, the one that allows (RFC 9309 §2.2.2). */
const allows = (rules: readonly Rule[], reading: 'asWritten' | 'normal', path: string): boolean => {
  const longest = { allow: 0, disallow: 0 }
  for (const rule of rules) {
    const pattern = rule[reading]
    const side = rule.allow ? 'allow' : 'disallow'
    if (pattern.length > longest[side] && matchesPattern(pattern, path)) longest[side] = pattern.length
  }
  return longest.disallow <= longest.allow
}

/**
 * Whether the robot with this product token (`Brique`: no version, no comment) may fetch `url`.
 *
 * Percent-encoding has two readings, Google's (octet by octet, as written) and the RFC's (unreserved characters unescaped
 * first): an address must be allowed by both, since a site may have been tried with either. The file itself is no
 * exception, as in Google's parser: RFC 9309 §2.2.2 allows /robots.txt in order that it be read, which asks nobody.
 */
export const isAllowed = (robots: Robots, userAgentToken: string, url: string): boolean => {
  const rules = rulesFor(robots, userAgentToken.toLowerCase())
  const path = pathToMatch(url)
  if (path.length * rules.filter(rule => rule.asWritten.middle.length > 0).length > MAX_COMPARISONS) return false
  if (!allows(rules, 'asWritten', path)) return false
  const normal = normalisePath(toOctets(path))
  const sameReading = normal === path && rules.every(rule => rule.normal === rule.asWritten)
  return sameReading || allows(rules, 'normal', normal)
}

/** The delay a site asks of this robot between two requests, in milliseconds: its own, else that of `*`; perhaps absurd. */
export const crawlDelayMs = ({ groups, delays }: Robots, userAgentToken: string): number | undefined => {
  const agent = userAgentToken.toLowerCase()
  const named = groups.some(group => group.agents.includes(agent))
  const seconds = delays.get(named ? agent : '*')
  return seconds === undefined ? undefined : seconds * 1000
}

/** The sitemaps a robots.txt names, resolved against its own address; those that are no web address are left out. */
export const sitemaps = (robots: Robots, robotsUrl: string): string[] => [
  ...new Set(robots.sitemaps.flatMap(each => canonicalUrl(each, robotsUrl) ?? [])),
]
