import type { Fact } from '../model/fact.ts'
import type { FactProperty } from '../model/supplier.ts'

/**
 * Which fact wins when several speak of the same property of a supplier:
 * 1. the kind of source, by the table below;
 * 2. within a kind, the latest period (a fact without period speaks of today), then the latest data;
 * 3. then an order that favours nobody and that anyone can reproduce: the facts' own text.
 */

/** Kinds of source, by the first part of their id ("file" of "file:my-list"). */
const KINDS: Readonly<Record<string, SourceKind>> = {
  correction: 'correction',
  sirene: 'register',
  site: 'site',
  file: 'file',
  ilab: 'project-award',
  inov: 'company-award',
  demo: 'demo',
}
type SourceKind = 'correction' | 'register' | 'site' | 'file' | 'company-award' | 'project-award' | 'demo'

/**
 * A firm's correction, then a register, then the operator's own file, then awards. The two kinds of award have the same
 * weight here: the later one wins. The demonstration never meets another source.
 */
const GENERAL: readonly (readonly SourceKind[])[] = [
  ['correction'],
  ['register'],
  ['file'],
  ['site'],
  ['company-award', 'project-award'],
  ['demo'],
]

/** What the firm does, best first: its own words of today before an award's; a text on the firm before one on a project. */
const OWN_WORDS: readonly (readonly SourceKind[])[] = [
  ['correction'],
  ['file'],
  ['site'],
  ['company-award'],
  ['project-award'],
  ['register'],
  ['demo'],
]

/** Where the head office is: the register's to say; a firm fills in what no register states. */
const REGISTERED: readonly (readonly SourceKind[])[] = [
  ['register'],
  ['correction'],
  ['file'],
  ['site'],
  ['company-award', 'project-award'],
  ['demo'],
]

const ORDERS: Readonly<Partial<Record<FactProperty, typeof GENERAL>>> = {
  tagline: OWN_WORDS,
  description: OWN_WORDS,
  location: REGISTERED,
}

const kindOf = (source: string): SourceKind => KINDS[source.split(':', 1)[0] ?? ''] ?? 'company-award'

const rankOf = (fact: Fact, order: typeof GENERAL): number => {
  const kind = kindOf(fact.provenance.source)
  const rank = order.findIndex(kinds => kinds.includes(kind))
  return rank === -1 ? order.length : rank
}

/** Whether a fact is what the firm itself has declared here. */
export const isDeclaredHere = ({ provenance }: Pick<Fact, 'provenance'>): boolean =>
  kindOf(provenance.source) === 'correction'

/** The same text for equal values, whatever the order of their keys. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  ) ?? ''

/** Code-unit order: the same on every machine, whatever its locale. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** After every year. */
const TODAY = '~'

/** The facts, which all speak of `property`, the winner first. The order given does not matter. */
export const byPrecedence = <F extends Fact>(property: FactProperty, facts: readonly F[]): readonly F[] => {
  const [first] = facts
  if (first === undefined || facts.length === 1) return facts
  const order = ORDERS[property] ?? GENERAL
  return facts.toSorted(
    (a, b) =>
      rankOf(a, order) - rankOf(b, order) ||
      byText(b.period ?? TODAY, a.period ?? TODAY) ||
      byText(b.provenance.sourceDate, a.provenance.sourceDate) ||
      byText(canonical(a.value), canonical(b.value)) ||
      byText(canonical(a), canonical(b)),
  )
}
