import { queryWords } from '../../text/analyse.ts'
import { foldAccents } from '../../text/folding.ts'
import { singular } from '../../text/vocabulary.ts'
import { FRENCH_STOP_WORDS } from '../../text/word-lists.ts'
import { isDemand } from './sentence-status.ts'
import type { TenderSentence } from './sentences.ts'
import { brickMatches } from './tender-vocabulary.ts'

/**
 * Terms that a tender uses and the vocabulary lacks, by C-value (Frantzi, Ananiadou & Mima 2000): groups of words that
 * come back, less those that only live inside longer ones. They are offered to be ticked, never counted by themselves.
 */

/** A term and the first sentence that demands it. */
export interface SuggestedTerm {
  readonly term: string
  readonly sentence: string
}

const MOST_TERMS = 12
/** The best, among which repetitions are looked for. */
const MOST_COMPARED = 200
const LONGEST_TERM = 5
const LONGEST_RUN = 12
/** A term of one sentence alone is a matter of chance. */
const LEAST_VALUE = 1.5

/** Words that hold two others together inside a term: "gestion de la relation". */
const INNER = new Set('de d du des la le l les a au aux en et pour'.split(' '))

/** What every tender speaks of. A term does not begin or end with them. */
const COMMON = new Set(
  (
    'marche titulaire candidat prestataire soumissionnaire fournisseur acheteur collectivite ville commune departement region metropole syndicat ' +
    'etablissement maitre ouvrage prestation service solution systeme dispositif offre lot article annexe document cahier charge clause exigence ' +
    'besoin objet cadre mise oeuvre place ensemble type nombre niveau delai jour mois an annee date heure semaine projet phase etape modalite ' +
    'condition qualite mesure utilisateur agent personne equipe interlocuteur responsable reunion comite site lieu batiment point element fonction ' +
    'fonctionnalite caracteristique gestion suivi acces donnee information possibilite cas partie liste tableau present suivant different chaque ' +
    'tout autre meme minimum maximum notamment afin travail travaux execution livraison fourniture installation realisation reception euro ht ttc ' +
    'technique general particulier supplementaire eventuel eventuelle principal nouveau existant necessaire ecole salle classe mairie'
  ).split(' '),
)

/** Endings of verbs: no term has them, but for the nouns below. */
const NO_NOUN = /(?:er|ir|era|ront|aient|ait|ant|ez|ons|oir)$/u
const NOUN_ENDINGS =
  /(?:courant|habitant|etudiant|montant|avenir|papier|chantier|dossier|courrier|metier|quartier|clavier|atelier|calendrier|carburant|restaurant|reservoir|trottoir|couloir|miroir|volant|plafonnier|foncier|immobilier|hospitalier|routier|fruitier)$/u
/** "Automatiquement" and "quotidiennement" are no "classement". */
const ADVERB = /(?:iqu|ell|iv|abl|ibl|eus|al|air|ier|enn|ain|in|ect|ort|alabl|emm|amm)e?ment$/u

interface Piece {
  readonly term: string
  readonly surface: string
  readonly inner: boolean
}

const isContent = (term: string): boolean =>
  term.length > 2 && !/^[0-9]/u.test(term) && !ADVERB.test(term) && (!NO_NOUN.test(term) || NOUN_ENDINGS.test(term))

/** Runs of words that no sign and no word of grammar interrupts. */
const runsOf = (sentence: string): Piece[][] => {
  const taken = brickMatches(sentence)
  const runs: Piece[][] = []
  let run: Piece[] = []
  let end = -1
  for (const match of sentence.matchAll(/[\p{L}\p{N}][\p{L}\p{N}-]*/gu)) {
    const surface = match[0]
    const start = match.index
    const folded = singular(foldAccents(surface.toLowerCase()))
    const covered = taken.some(each => start >= each.start && start < each.end)
    const apart = end >= 0 && !/^(?:\s|['’])+$/u.test(sentence.slice(end, start))
    const inner = INNER.has(folded)
    if (apart || covered || (!inner && (!isContent(folded) || FRENCH_STOP_WORDS.has(surface.toLowerCase())))) {
      if (run.length > 0) runs.push(run)
      run = []
    }
    if (!covered && (inner || (isContent(folded) && !FRENCH_STOP_WORDS.has(surface.toLowerCase())))) {
      run.push({ term: folded, surface, inner })
    }
    end = start + surface.length
  }
  if (run.length > 0) runs.push(run)
  return runs
}

const edge = (piece: Piece | undefined): boolean => piece !== undefined && !piece.inner && !COMMON.has(piece.term)

interface Counted {
  readonly surface: string
  readonly sentence: string
  readonly words: number
  points: number
}

/** Counts terms sentence by sentence. */
export interface TermReading {
  add(sentence: TenderSentence): void
  /** The terms with the highest C-value, at most a dozen. */
  terms(): SuggestedTerm[]
}

const surfaceOf = (sentence: string, pieces: readonly Piece[]): string => {
  const first = sentence.indexOf(pieces[0]?.surface ?? '')
  const last = pieces.at(-1)?.surface ?? ''
  const end = sentence.indexOf(last, first) + last.length
  return sentence.slice(first, end).toLowerCase()
}

/** For each term, how many longer ones hold it, and their points: each term names its own parts, so that none is sought. */
const containers = (counted: ReadonlyMap<string, Counted>) => {
  const longer = new Map<string, { points: number; count: number }>()
  for (const [key, { points }] of counted) {
    const words = key.split(' ')
    for (let from = 0; from < words.length; from++) {
      for (let to = from + 2; to <= words.length; to++) {
        const part = words.slice(from, to).join(' ')
        if (part === key || !counted.has(part)) continue
        const known = longer.get(part) ?? { points: 0, count: 0 }
        known.points += points
        known.count++
        longer.set(part, known)
      }
    }
  }
  return longer
}

export const createTermReading = (): TermReading => {
  const counted = new Map<string, Counted>()
  return {
    add(sentence) {
      const points = sentence.isTitle ? 2 : isDemand(sentence.text) ? 1 : 0.5
      for (const run of runsOf(sentence.text)) {
        // A list of keywords, not a phrase.
        if (run.length > LONGEST_RUN) continue
        for (let from = 0; from < run.length; from++) {
          for (let to = from + 2; to <= Math.min(run.length, from + LONGEST_TERM); to++) {
            const pieces = run.slice(from, to)
            if (!edge(pieces[0]) || !edge(pieces.at(-1))) continue
            const key = pieces.map(piece => piece.term).join(' ')
            const known = counted.get(key)
            if (known) known.points += points
            else {
              const words = pieces.filter(piece => !piece.inner).length
              counted.set(key, { surface: surfaceOf(sentence.text, pieces), sentence: sentence.text, words, points })
            }
          }
        }
      }
    },
    terms() {
      const longer = containers(counted)
      const valued = [...counted]
        .filter(([, each]) => each.points >= LEAST_VALUE && each.words > 1)
        .map(([key, each]) => {
          const { points = 0, count = 0 } = longer.get(key) ?? {}
          return { ...each, value: Math.log2(each.words + 1) * (each.points - points / Math.max(1, count)) }
        })
        .filter(({ value }) => value > 1)
        .sort((a, b) => b.value - a.value)
        .slice(0, MOST_COMPARED)
      const kept: typeof valued = []
      for (const each of valued) {
        const words = new Set(queryWords(each.surface).map(token => token.term))
        const repeats = kept.some(other => queryWords(other.surface).filter(token => words.has(token.term)).length > 1)
        if (!repeats) kept.push(each)
        if (kept.length === MOST_TERMS) break
      }
      return kept.map(({ surface, sentence }) => ({ term: surface, sentence }))
    },
  }
}
