import { brickById } from '../../model/bricks.ts'
import type { Supplier } from '../../model/supplier.ts'
import type { BrickMatch } from '../../text/vocabulary.ts'
import { vocabulary } from '../expand.ts'
import { distinctiveWords, hasLabelWord, isOneWord, normalWordsOf } from './brick-words.ts'
import { plainText } from './tender-words.ts'

/**
 * Whether a mention of a brick stands where a firm says what it supplies: at the opening of the sentence, or right
 * behind a word of making or offering. A mention that stands further away needs something else that speaks for the
 * brick; without it the cell of the matrix stays unknown. The rules were chosen on cells that a reader had judged
 * (test/tenders/README.md): mentions in place were true in 90 %, further away in 73 %.
 */

/** Words by which a firm tells what it makes, does or sells. */
const OFFER =
  /\b(?:develop\w*|concev\w*|concoi\w*|concept\w*|fabri\w*|produi\w*|produc\w*|commercialis\w*|industrialis\w*|edit\w*|propos\w*|fourni\w*|offr\w*|vend\w*|ventes?|distribu\w*|realis\w*|creee?s?|creer|creation|createurs?|construi\w*|construct\w*|assur\w*|specialis\w*|expert\w*|leaders?|acteurs?|pionni\w*|install\w*|mise au point|met\w* au point|mettre en place|inven\w*|elabor\w*|apport\w*|lance\w*|deplo\w*|heberg\w*|oper\w*|exploit\w*|ambition\w*|solutions?|logiciels?|progiciels?|outils?|plate-?formes?|systemes?|services?|dispositifs?|technologies?|procedes?|produits?|gammes?|generation|appareils?|machines?|materiels?|equipements?|applications?|kits?|modules?|moteurs?|composants?|unites?|conseils?|etudes?|prestations?|demarche|projet|maintenance|societe|startup|start-up|entreprise|notre|nos|software|provid\w*|manufactur\w*|our|we)\b/gu

/** Where the phrase of the offer ends: what follows is its use, its means, its place or the next of a list. */
const BREAK =
  /\b(?:pour|dans|avec|par|sur|a|au|aux|qui|que|dont|permet\w*|comme|contre|vers|chez|via|sans|utilis\w*|base(?:e|s|es)?|destin\w*|dedi\w*|adapt\w*|capables?|couplant|servant|afin|grace|ou|est|sont|lors|durant|depuis|entre|se|face|selon|for|with|in|where)\b|[;:.,(]/gu

/** Turns after which the thing may still be what is supplied: "permettant un contrôle de qualité", "un outil pour …". */
const STILL_NEAR = /^(?:pour|permet\w*|a|au|dans|sur|avec)$/u

/** So many words may stand between the word of offering and the thing. */
const BETWEEN = 2
/** So many words may stand before the thing at the opening, or before a colon that introduces it. */
const OPENING = 2
const TITLE = 6
const REACH = 200

const titleEnd = (head: string): number => {
  const colon = head.lastIndexOf(':')
  return colon >= 0 && colon <= 60 && normalWordsOf(head.slice(0, colon)).length <= TITLE ? colon + 1 : 0
}

type Place = 'in place' | 'near' | 'away'

const placeOf = (head: string): Place => {
  if (normalWordsOf(head.slice(titleEnd(head))).length <= OPENING || normalWordsOf(head).length <= OPENING) {
    return 'in place'
  }
  const reach = head.slice(-REACH)
  const offer = [...reach.matchAll(OFFER)].at(-1)
  const between = offer === undefined ? reach : reach.slice(offer.index + offer[0].length)
  const turn = [...between.matchAll(BREAK)].at(-1)
  if (turn !== undefined) return offer !== undefined && STILL_NEAR.test(turn[0]) ? 'near' : 'away'
  return offer !== undefined && normalWordsOf(between).length <= BETWEEN ? 'in place' : 'away'
}

/** Words that praise rather than tell of what a thing is: "une pompe de nouvelle génération". */
const PRAISE = /^(?:nouvel|rupture|haut|faible|type|classe|loisir|precision|pointe|grand|terrain|petit)/u
const COMPLEMENT = /^\)?\s*(?:de |des |du |d')(?:l'|la |le |les )?([a-z0-9]+)/u

/** "Phénotypage de rongeurs" is not what a seed firm does: one word of the trade, and of something else. */
const isOfSomethingElse = (brick: string, span: string, tail: string): boolean => {
  if (!isOneWord(span) || hasLabelWord(brick, span)) return false
  const of = COMPLEMENT.exec(tail)?.[1]
  return of !== undefined && !PRAISE.test(of) && !normalWordsOf(of).every(word => distinctiveWords(brick).has(word))
}

/** "Les circuits intégrés évoluent …" opens a lecture; what a firm has, it says that it makes, proposes or patents. */
const LECTURE = /^(?:les|ces|l'|la|le|des) ?$/u
const VERB =
  /^[^.;]{0,120}? (?:est|sont|ont|ne|se|n'\w+|s'\w+|permet\w*|promet\w*|present\w{1,3}|trouv\w{1,3}|\w{2,}(?<!m)ent|\w{2,}er(?:a|ont)) /u
const OWN_DOING =
  /\bno(?:tre|s|us)\b|develop|propos|conc[ue]|brevet|fabriqu|commercialis|destine|appliqu|robotis|innov/u

/** Words of medicine, and of fields that share its words: there are antibodies for fields, and genomes of plants. */
const MEDICINE =
  /patient|medic|clini|therap|sante|maladie|cancer|tumeur|soins?\b|hopita|chirurg|pharma|vaccin|humain|\bhealth|disease/u
const OTHER_FIELD =
  /agricult|agro-?aliment|vegeta|\bplantes?\b|environnement|pesticide|rongeur|animaux|\bvins?\b|sous-sol/u

const isOfAnotherField = (brick: string, sentence: string): boolean => {
  const themes = brickById(brick)?.themes ?? []
  return themes.length === 1 && themes[0] === 'sante' && OTHER_FIELD.test(sentence) && !MEDICINE.test(sentence)
}

const broader = (id: string): string | undefined => brickById(id)?.broader

/** Whether the profile shows a brick right above, below or beside this one. */
const hasNeighbour = ({ foundBricks = [] }: Supplier, brick: string): boolean =>
  foundBricks.some(
    ({ brick: other }) =>
      other !== brick &&
      (broader(other) === brick ||
        broader(brick) === other ||
        (broader(brick) !== undefined && broader(other) === broader(brick))),
  )

/** Whether the firm's name or its own tags name the brick. */
const isInName = ({ name, tags }: Supplier, brick: string): boolean =>
  [name, ...tags].some(text =>
    vocabulary()
      .find(text, 'document')
      .some(match => match.brick === brick),
  )

const hasOtherWord = (sentence: string, { brick, start, end }: BrickMatch): boolean => {
  const own = new Set(normalWordsOf(sentence.slice(start, end)))
  const others = [...normalWordsOf(sentence.slice(0, start)), ...normalWordsOf(sentence.slice(end))]
  return others.some(word => !own.has(word) && distinctiveWords(brick).has(word))
}

/** Whether what the sentence names at `match` stands as something that the firm supplies. */
export const isSupported = (sentence: string, match: BrickMatch, supplier: Supplier): boolean => {
  const plain = plainText(sentence)
  const [head, span, tail] = [plain.slice(0, match.start), plain.slice(match.start, match.end), plain.slice(match.end)]
  if (isOfSomethingElse(match.brick, span, tail) || isOfAnotherField(match.brick, plain)) return false
  if (LECTURE.test(head) && VERB.test(tail) && !OWN_DOING.test(tail)) return false
  const place = placeOf(head)
  if (place === 'in place' || isInName(supplier, match.brick)) return true
  if (!hasLabelWord(match.brick, span)) return false
  return place === 'near' || hasNeighbour(supplier, match.brick) || hasOtherWord(sentence, match)
}
