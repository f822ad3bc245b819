import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { foldAccents } from './folding.ts'
import { wordHash } from './spell-deletes.ts'
import { createFormReader } from './spell-forms.ts'

/**
 * What is a word of French or English: the Hunspell dictionaries of the two languages (`dictionary-fr`, from
 * Grammalecte; `dictionary-en`, from SCOWL), both kept up. Chosen over `an-array-of-french-words`, which lacks "drone",
 * "traçabilité" and "photovoltaïque".
 */
const DICTIONARIES = ['dictionary-fr', 'dictionary-en']

/** Lines read before others get their turn: some 5 ms. */
const LINES_A_TURN = 1000

const resolve = createRequire(import.meta.url).resolve

/** Every so many lines it yields; what it returns are the folded forms as sorted hashes. */
function* readingHashes(): Generator<undefined, Uint32Array> {
  let hashes = new Uint32Array(1 << 20)
  let count = 0
  const add = (form: string): void => {
    if (count === hashes.length) {
      const larger = new Uint32Array(count * 2)
      larger.set(hashes)
      hashes = larger
    }
    hashes[count++] = wordHash(form)
  }
  for (const name of DICTIONARIES) {
    const folder = dirname(resolve(name))
    const read = createFormReader(readFileSync(join(folder, 'index.aff'), 'utf8'))
    const lines = readFileSync(join(folder, 'index.dic'), 'utf8').split('\n')
    for (let at = 0; at < lines.length; at++) {
      read(lines[at] as string, add)
      if (at % LINES_A_TURN === 0) yield
    }
  }
  const sorted = hashes.subarray(0, count).sort()
  return sorted.filter((hash, at) => at === 0 || hash !== sorted[at - 1])
}

/** 32 bits a form: 580,000 forms take 2.3 MB and take one unknown word in 7,000 for known. */
let hashes: Uint32Array | undefined

const readAtOnce = (): Uint32Array => {
  const reading = readingHashes()
  for (;;) {
    const { done, value } = reading.next()
    if (done) return value
  }
}

/**
 * Reads the dictionaries while others get their turns (0.5 s in all). A service calls it at start; without it the
 * first `isWord` reads them at once.
 */
export const loadWordList = async (): Promise<void> => {
  const reading = readingHashes()
  while (hashes === undefined) {
    const { done, value } = reading.next()
    if (done) hashes = value
    else await nextTurn()
  }
}

/** Whether a word is one of French or English in any of its forms; case and accents do not matter. */
export const isWord = (word: string): boolean => {
  hashes ??= readAtOnce()
  const sought = wordHash(foldAccents(word.normalize('NFC').toLowerCase()))
  let low = 0
  let high = hashes.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((hashes[middle] as number) < sought) low = middle + 1
    else high = middle
  }
  return hashes[low] === sought
}
