import { analyseAll } from './analyse.ts'

/**
 * Whether a mention in a sentence claims a capability. "Nous ne fournissons pas de capteurs", "sans abonnement", a list
 * of clients or a partner's product name a thing that the firm does not supply.
 */

/** Words before a mention that deny it, and how many words away they still do. */
const DENIALS = new Set(
  'sans ni aucun aucune hors excepte sauf jamais without not no nor never neither except pas'.split(' '),
)
const DENIAL_REACH = 6

/** "ne … pas": the first half denies what comes until the next clause. */
const NEGATORS = new Set(['ne', 'n'])

/** Words that end the reach of a denial: "pas de capteur mais un logiciel". */
const TURNS = new Set('mais cependant toutefois but however'.split(' '))

/** Sentences that speak of others: clients, partners, competitors, integrations. */
const OTHERS =
  /\b(?:nos clients|clients? :|ils nous font confiance|nous font confiance|références? :|nos partenaires|partenaires? :|sous-traité|confié à|confions|our (?:clients|customers|partners)|trusted by|concurrents?|contrairement aux?|à la différence d|compatible avec|compatible with|interfaçable avec|s’interface avec|s'interface avec)/iu

/** Only " -, blanks and words may lie between a denial and what it denies. */
const CLAUSE_END = /[;:!?()]/u

/** True unless the sentence denies the mention at `start` or speaks of somebody else there. */
export const claimsCapability = (sentence: string, start: number): boolean => {
  const others = OTHERS.exec(sentence)
  if (others && others.index < start) return false
  const before = analyseAll(sentence).filter(token => token.end <= start)
  for (let i = before.length - 1, away = 0; i >= 0 && away < DENIAL_REACH; i--, away++) {
    const token = before[i]
    if (!token || TURNS.has(token.term) || CLAUSE_END.test(sentence.slice(token.end, before[i + 1]?.start ?? start))) {
      return true
    }
    // "n’est" is one word of the tokenizer, elided: its apostrophe stands just before the token.
    const elidedNegator = /n['’]$/iu.test(sentence.slice(Math.max(0, token.start - 2), token.start))
    if (DENIALS.has(token.term) || NEGATORS.has(token.term) || elidedNegator) return false
  }
  return true
}
