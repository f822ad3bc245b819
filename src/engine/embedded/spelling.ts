import type { Supplier } from '../../model/supplier.ts'
import { analyseEnglish, analyseExact, analyseFrench } from '../../text/analyse.ts'
import { bigrams } from '../../text/bigrams.ts'
import { forEachDelete, isSpellable } from '../../text/spell-deletes.ts'
import { editDistance, spellReach } from '../../text/spell-distance.ts'
import type { CorrectionCandidate, WordCorrection } from '../engine.ts'
import { fieldTexts, PROFILE_FIELDS } from '../fields.ts'
import { fieldsOfKey, passageKey, termKey } from './analysed.ts'
import { END, PostingCursor } from './postings.ts'
import { spellingTerms } from './spelling-index.ts'
import type { LiveSegment } from './statistics.ts'

/** Candidates a word: a reader is shown one, the decision compares the first few. */
export const MAX_CANDIDATES = 6

/** A word in more profiles than this is in use, whatever else is spelt like it. */
export const RARE = 2

/** So many profiles are asked how they write a term. */
export const SAMPLED_PROFILES = 2

/** Both halves of a word without its space are at least so long: shorter ones are found inside any word. */
export const SHORTEST_HALF = 3

function* documentsIn(list: Uint8Array, key: string): Generator<number> {
  const cursor = new PostingCursor(list, fieldsOfKey(key))
  for (let document = cursor.next(); document !== END; document = cursor.next()) yield document
}

/** How a profile writes a term, each time it does. */
export const writtenForms = (supplier: Supplier, term: string): string[] =>
  PROFILE_FIELDS.flatMap(field => fieldTexts(supplier, field)).flatMap(text =>
    analyseExact(text).flatMap(token => (token.term === term ? [text.slice(token.start, token.end)] : [])),
  )

/** The commonest of some written forms; of equals the one with fewest capitals, for a sentence's first word has one. */
export const commonest = (forms: readonly string[]): string | undefined => {
  const counts = new Map<string, number>()
  for (const form of forms) counts.set(form, (counts.get(form) ?? 0) + 1)
  const capitals = (form: string): number => form.match(/\p{Lu}/gu)?.length ?? 0
  return [...counts].sort(([a, n], [b, m]) => m - n || capitals(a) - capitals(b))[0]?.[0]
}

export const byDistance = (a: CorrectionCandidate, b: CorrectionCandidate): number =>
  a.distance - b.distance || b.frequency - a.frequency || (a.term < b.term ? -1 : 1)

/** Answers `Searcher.corrections` from the segments of one index. */
export class Corrector {
  readonly #segments: readonly LiveSegment[]

  constructor(segments: readonly LiveSegment[]) {
    this.#segments = segments
  }

  correct(word: string): WordCorrection {
    const [first, second, ...more] = analyseExact(word).map(token => token.term)
    // Nothing that is looked for: stop words, punctuation.
    if (first === undefined || more.length > 0) return { word, known: true, frequency: 0, candidates: [] }
    if (second !== undefined) return this.#joined(word, first + second)
    const frequency = this.#documents(termKey.exact(first))
    const candidates = frequency > RARE || !isSpellable(first) ? [] : this.#candidates(first)
    return { word, known: frequency > 0 || this.#hasStem(word), frequency, candidates }
  }

  #documents(key: string): number {
    return this.#segments.reduce((sum, live) => sum + live.documents(key), 0)
  }

  #hasStem(word: string): boolean {
    const [french, english] = [analyseFrench(word)[0]?.term, analyseEnglish(word)[0]?.term]
    return (
      (french !== undefined && this.#anyDocuments(termKey.french(french), passageKey.french(french))) ||
      (english !== undefined && this.#anyDocuments(termKey.english(english), passageKey.english(english)))
    )
  }

  #anyDocuments(...keys: readonly string[]): boolean {
    return keys.some(key => this.#documents(key) > 0)
  }

  #joined(word: string, term: string): WordCorrection {
    const frequency = this.#documents(termKey.exact(term))
    const candidates = frequency > 0 ? [{ term, surface: this.#surface(term), frequency, distance: 1 as const }] : []
    return { word, known: false, frequency: 0, candidates }
  }

  #candidates(word: string): CorrectionCandidate[] {
    const found = [...this.#near(word), ...this.#split(word)].sort(byDistance).slice(0, MAX_CANDIDATES)
    return found.map(candidate => ({ ...candidate, surface: this.#surface(candidate.term) }))
  }

  #near(word: string): CorrectionCandidate[] {
    const hashes = new Set<number>()
    forEachDelete(word, hash => hashes.add(hash))
    const terms = new Set(this.#segments.flatMap(live => [...spellingTerms(live.segment, hashes)]))
    const found: CorrectionCandidate[] = []
    for (const term of terms) {
      // As far as both words reach: a short one is not two letters from anything.
      const distance = editDistance(word, term, Math.min(spellReach(word.length), spellReach(term.length)))
      const candidate = distance === 1 || distance === 2 ? this.#candidate(term, distance) : undefined
      if (candidate) found.push(candidate)
    }
    return found
  }

  #candidate(term: string, distance: 1 | 2): CorrectionCandidate | undefined {
    const frequency = this.#documents(termKey.exact(term))
    return frequency > 0 ? { term, surface: term, frequency, distance } : undefined
  }

  /** Two words that stand side by side in some name, tagline or tag, written as one. */
  #split(word: string): CorrectionCandidate[] {
    const found: CorrectionCandidate[] = []
    for (let at = SHORTEST_HALF; at <= word.length - SHORTEST_HALF; at++) {
      const [left, right] = [word.slice(0, at), word.slice(at)]
      if (this.#documents(termKey.exact(left)) === 0 || this.#documents(termKey.exact(right)) === 0) continue
      const text = `${left} ${right}`
      const pairs = new Set([...bigrams(stems(analyseFrench, text)), ...bigrams(stems(analyseEnglish, text))])
      const frequency = Math.max(0, ...[...pairs].map(pair => this.#documents(termKey.bigram(pair))))
      if (frequency > 0) found.push({ term: text, surface: text, frequency, distance: 1 })
    }
    return found
  }

  /** How the first profiles that hold a term write it; a pair word by word. */
  #surface(term: string): string {
    return term
      .split(' ')
      .map(word => commonest(this.#sample(word)) ?? word)
      .join(' ')
  }

  #sample(term: string): string[] {
    const key = termKey.exact(term)
    const forms: string[] = []
    let sampled = 0
    for (const live of this.#segments) {
      const list = live.segment.get(key)
      for (const document of list ? documentsIn(list, key) : []) {
        if (sampled >= SAMPLED_PROFILES) return forms
        if (live.dead[document]) continue
        forms.push(...writtenForms(live.segment.profile(document), term))
        sampled++
      }
    }
    return forms
  }
}

const stems = (analyse: typeof analyseFrench, text: string): string[] => analyse(text).map(token => token.term)
