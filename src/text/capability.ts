import { analyseAll } from './analyse.ts'

/**
 * Whether a mention in a sentence claims a capability. "Nous ne fournissons pas de capteurs", "sans abonnement", a list
 * of clients or a partner's product name a thing that the firm does not supply. Rules, not grammar: what they cannot
 * decide counts as a claim, whose sentence the reader sees.
 */

/** Words before a mention that deny it, and how many words away they still do. */
const DENIALS = new Set(
  'sans ni aucun aucune hors hormis excepte sauf jamais without no nor never neither except'.split(' '),
)
const DENIAL_REACH = 6

/** "ne … pas": the first half denies what comes until the next clause. */
const NEGATORS = new Set(['ne', 'n', 'not', 'pas'])

/** Words that end the reach of a denial: "pas de capteur mais un logiciel". */
const TURNS = new Set('mais cependant toutefois but however'.split(' '))

/** What starts a new clause after a comma: "Sans installation lourde, notre borne …". */
const CLAUSE_STARTERS = new Set('notre nos le la les l un une our the a'.split(' '))

/** Words of denial that deny nothing. */
const NO_DENIAL =
  /ne se limite(?:nt)? pas|sans oublier|n['’]a(?:vons|i|ont)? cess[ée] d|n['’]attendez (?:plus|pas)|n['’]y a pas plus|non seulement|not only/giu

/** Expressions that deny what follows, beyond single words. */
const DENYING_PHRASE =
  /(?:à l['’]exception d|à la différence d|à l['’]exclusion d|\bexcluding\b|\bno longer\b|n['’]t\b)/giu

/** Denials that come after the mention. */
const DENIED_AFTER =
  /^[\s,]*(?:n['’](?:est|étai[ts]?)|ne (?:sont|seront|sera)) pas (?:propos|compris|inclus|fourni|disponible|prévu|pris)|^[\s,]*ne (?:fait|font) pas partie|^[\s,]*(?:is|are) not (?:included|part|provided|offered|available)|^[\s,]*(?:est|sont) (?:sous-trait|confi)/iu

/** Openings of sentences that go on to speak of others: lists of clients and partners, competitors, what is worked with. */
const OTHERS =
  /clients? ?:|customers? ?:|partenaires? ?:|partners? ?:|références? ?:|nous font confiance ?:|trusted by|concurrents? |contrairement aux? |à la différence d|compatible (?:avec|with) |interfaçable|s['’]interface avec|confiée? à |sous-trait/iu

/** The firm speaks of its own: "notre ENT", "nos capteurs de niveau". */
const OWN = new Set(['notre', 'nos', 'our'])
const OWN_REACH = 2

const CLAUSE_END = /[;:!?()]/u

/** Whether only the firm's own word and an adjective or two stand before the mention. */
const isOwn = (before: readonly { readonly term: string }[]): boolean =>
  before.slice(-OWN_REACH).some(token => OWN.has(token.term))

const MENTION_WORDS = 5

/** Where the first words of a mention end: at white space, or with the mention. */
const wordEnds = (mention: string): readonly number[] => {
  const ends: number[] = []
  for (let at = 1; at < mention.length && ends.length < MENTION_WORDS; at++) if (/\s/.test(mention[at]!)) ends.push(at)
  return ends
}

/** True unless the sentence denies the mention at `start` (UTF-16 offset) or speaks of somebody else there. */
export const claimsCapability = (sentence: string, start: number): boolean => {
  const before = analyseAll(sentence).filter(token => token.end <= start)
  const own = isOwn(before)
  const others = OTHERS.exec(sentence)
  if (others && others.index < start && !own) return false
  const mention = sentence.slice(start)
  // The mention itself may be several words: the denial follows within the next few.
  if (wordEnds(mention).some(end => DENIED_AFTER.test(mention.slice(end)))) return false
  const head = sentence.slice(0, start).replace(NO_DENIAL, match => ' '.repeat(match.length))
  const tokens = analyseAll(head)
  for (const phrase of head.matchAll(DENYING_PHRASE)) {
    const between = tokens.filter(token => token.start >= phrase.index)
    if (
      between.length <= DENIAL_REACH &&
      !endsClause(
        head.slice(phrase.index),
        between.map(token => token.term),
      )
    ) {
      return false
    }
  }
  for (let i = tokens.length - 1, away = 0; i >= 0 && away < DENIAL_REACH; i--, away++) {
    const token = tokens[i]
    if (!token) break
    const gap = head.slice(token.end, tokens[i + 1]?.start ?? start)
    const next = tokens[i + 1]?.term
    if (TURNS.has(token.term) || CLAUSE_END.test(gap)) return true
    // "N’est" is one word of the tokenizer, elided: its apostrophe stands just before the token.
    const elidedNegator = /n['’]$/iu.test(head.slice(Math.max(0, token.start - 2), token.start))
    // A comma and an article begin what is no longer denied; "ni" and "pas" go on over it.
    if (gap.includes(',') && next !== undefined && CLAUSE_STARTERS.has(next)) return true
    if (DENIALS.has(token.term) || NEGATORS.has(token.term) || elidedNegator) return false
  }
  return true
}

const endsClause = (text: string, terms: readonly string[]): boolean =>
  CLAUSE_END.test(text) || (text.includes(',') && terms.some(term => CLAUSE_STARTERS.has(term)))
