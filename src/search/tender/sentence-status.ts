import type { BrickStatus } from '../../model/tender.ts'
import {
  DEMANDED,
  EXCLUDED_AFTER,
  EXCLUDED_BEFORE,
  FUTURE_SUBJECT,
  IN_PLACE,
  MEANS_BEFORE,
  OTHERS_PART,
  plainText,
  RENEWAL,
  WANTED,
  WISHED,
  WORKING_TOGETHER,
  WORKS_WITH,
} from './tender-words.ts'

/** How a sentence speaks of something it names. Rules, not grammar: the reader sees the sentence beside the status. */

/** `means`: a way of working together, which is not bought. */
export type MentionStatus = BrickStatus | 'means'

/** Where a clause ends for what is denied before: "pas de radon mais une sonde", "hors serveurs, la solution …". */
const CLAUSE_END = /[;:()]|\bmais\b|\bcependant\b|\btoutefois\b|\ben revanche\b|\bbut\b|\bhowever\b/u
/** A comma and an article begin what the denial no longer reaches, unless the list goes on with "ni". */
const NEW_START = /, (?:la|le|les|l'|une?|notre|par|avec|via|grace|the|an?|by|with) /u

const lastMatchEnd = (text: string, pattern: RegExp): number => {
  const all = [...text.matchAll(new RegExp(pattern.source, 'gu'))].at(-1)
  return all === undefined ? -1 : all.index + all[0].length
}

const deniedBefore = (head: string): boolean => {
  const end = lastMatchEnd(head, EXCLUDED_BEFORE)
  if (end < 0) return false
  const between = head.slice(end)
  // "Sont hors périmètre : les serveurs, les postes": the colon opens the list of what is denied.
  const [opening = ''] = /^[^:;,.]{0,30}:\s*/u.exec(between) ?? []
  const listed = between.slice(opening.length)
  return opening === '' ? !CLAUSE_END.test(listed) && !NEW_START.test(listed) : !CLAUSE_END.test(listed)
}

const deniedAfter = (tail: string): boolean => {
  const [clause = ''] = tail.split(/;|\bmais\b|\bbut\b/u)
  return EXCLUDED_AFTER.test(clause)
}

/** Whether the buyer says before that it wants what follows, in the same breath. */
export const isWanted = (head: string): boolean => {
  const end = lastMatchEnd(head, WANTED)
  return end >= 0 && !/[;.]|\b(?:car|puisque|existante?s?|actuel)\b/u.test(head.slice(end))
}

const isRenewed = (head: string): boolean => RENEWAL.test(head)

const worksWith = (head: string): boolean => {
  const end = lastMatchEnd(head, WORKS_WITH)
  // Nothing but the objects of the verb stands between: another clause is about something else.
  return end >= 0 && !/[;:.]|\b(?:afin|pour|qui|que|et (?:de|d')|permett)\b/u.test(head.slice(end))
}

const WANTED_ANYWHERE = new RegExp(WANTED.source, 'gu')

/** The status of what stands at `start` to `end` (UTF-16) of a sentence, by its words alone. */
export const mentionStatus = (sentence: string, start: number, end: number): MentionStatus => {
  const plain = plainText(sentence)
  const head = plain.slice(0, start)
  const tail = plain.slice(end)
  if (MEANS_BEFORE.test(head) && WORKING_TOGETHER.test(plain)) return 'means'
  if (deniedBefore(head) || deniedAfter(tail)) return 'excluded'
  if (worksWith(head) || OTHERS_PART.test(plain)) return 'context'
  // "La ville souhaite se doter de X en complément de l’existant": what is wished for comes first.
  if (IN_PLACE.test(plain) && !isWanted(head) && !isRenewed(head) && !FUTURE_SUBJECT.test(plain)) return 'context'
  // "Boutique : à prévoir ?" is not decided yet.
  if (plain.endsWith('?')) return 'optional'
  // "Souhaite la mise en place de" wants, "est souhaité" would be nice.
  if (WISHED.test(plain.replace(WANTED_ANYWHERE, ''))) return 'optional'
  return 'required'
}

/** Whether the sentence demands something in so many words: then what it names weighs more. */
export const isDemand = (sentence: string): boolean => DEMANDED.test(plainText(sentence))
