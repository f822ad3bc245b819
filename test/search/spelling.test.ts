import { execFile } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import t from 'tap'
import { openEmbeddedEngine } from '../../src/engine/embedded/embedded-engine.ts'
import type { CorrectionCandidate, WordCorrection } from '../../src/engine/engine.ts'
import { spellingOf, spellingQuestions } from '../../src/search/spelling.ts'
import { analyseExact, analyseFrench } from '../../src/text/analyse.ts'
import { isWord } from '../../src/text/word-list.ts'

const FRENCH = 'fille filme ville famille paternité maternité capteur capture télé surveillance pression drone'.split(
  ' ',
)
const isFrench = (word: string): boolean => FRENCH.some(each => each === word || folded(each) === folded(word))
const folded = (word: string): string => analyseExact(word)[0]?.term ?? ''

/** "capteur 1 29": as written, distance, frequency. */
const candidate = (text: string): CorrectionCandidate => {
  const [, surface = '', distance, frequency] = /^(.+) (\d+) (\d+)$/.exec(text) ?? []
  const term = surface.split(' ').map(folded).join(' ')
  return { term, surface, distance: distance === '1' ? 1 : 2, frequency: Number(frequency) }
}

const unknown = (word: string, ...candidates: string[]): WordCorrection => ({
  word,
  known: false,
  frequency: 0,
  candidates: candidates.map(candidate),
})
const known = (word: string, frequency: number, ...candidates: string[]): WordCorrection => ({
  ...unknown(word, ...candidates),
  known: true,
  frequency,
})
const spelling = (query: string, ...answers: WordCorrection[]) => spellingOf(query, answers, isFrench)

t.test('a word that nobody knows is corrected when one indexed word is clearly meant', async t => {
  t.same(spelling('captuer de pression', unknown('captuer', 'capteur 1 29', 'capture 1 2')), {
    corrected: { text: 'capteur de pression', changes: [{ from: 'captuer', to: 'capteur' }] },
  })
  t.same(
    spelling("l'enrgie", unknown('enrgie', 'Énergie 1 3')).corrected?.text,
    "l'énergie",
    'in the case of the query',
  )
  t.same(spelling('Dorne agricole', unknown('Dorne', 'drone 1 9')).corrected?.text, 'Drone agricole')
})

t.test('in doubt it is only asked about', async t => {
  t.same(spelling('captuer', unknown('captuer', 'capteur 1 29', 'capture 1 18')), { didYouMean: 'capteur' })
  t.same(spelling('fapteur', unknown('fapteur', 'capteur 1 29', 'facteur 1 5')), { didYouMean: 'capteur' })
  t.same(spelling('capteur', known('capteur', 4)), {})
  t.same(spelling('zzzzz', unknown('zzzzz')), {})
})

t.test('singular and plural of one word are no doubt', async t => {
  const answer = unknown('capetur', 'capteur 1 29', 'capteurs 2 40')
  t.equal(spelling('capetur', answer).corrected?.text, 'capteur')
})

t.test('one valid word is never taken for another', async t => {
  t.same(spelling('fille', unknown('fille', 'filme 1 40')), { didYouMean: 'filme' })
  t.same(spelling('paternité', unknown('paternité', 'maternité 1 40')), { didYouMean: 'maternité' })
  t.same(spelling('fille', known('fille', 1, 'ville 1 900')), {}, 'nor questioned when profiles have it')
})

t.test('the mistake of a profile is questioned, not corrected', async t => {
  t.same(spelling('drnoe', known('drnoe', 1, 'drone 1 60')), { didYouMean: 'drone' })
  t.same(spelling('Captio', known('Captio', 1, 'capteur 2 60')), {}, 'a name two letters away is left alone')
})

t.test('numbers, short words, acronyms and names in camel case are meant as they are', async t => {
  for (const query of ['552081317', 'H2020', 'eua', 'RGPD', 'LoRaWAN', 'norme SIEMM', '3,5']) {
    t.notOk(
      spellingQuestions(query).some(word => !word.includes(' ') && word !== 'norme'),
      query,
    )
    const answers = query.split(' ').map(word => unknown(word, 'drone 1 60'))
    t.same(
      spelling(query, ...answers.filter(({ word }) => spellingQuestions(query).includes(word) && word !== 'norme')),
      {},
    )
  }
  t.ok(spellingQuestions('MAINTENANSE PREDICTIVE').includes('MAINTENANSE'), 'a query all in capitals is not acronyms')
})

t.test('forgotten and needless spaces are seen', async t => {
  t.ok(spellingQuestions('télé-surveillance à domicile').includes('télé surveillance'))
  t.same(
    spelling(
      'télé surveillance',
      known('télé', 3),
      known('surveillance', 9),
      unknown('télé surveillance', 'télésurveillance 1 9'),
    ),
    { didYouMean: 'télésurveillance' },
    'both words find something: asked',
  )
  t.same(
    spelling('photo voltaik', known('photo', 3), unknown('voltaik'), unknown('photo voltaik', 'photovoltaik 1 9'))
      .corrected,
    { text: 'photovoltaik', changes: [{ from: 'photo voltaik', to: 'photovoltaik' }] },
    'one finds nothing: joined',
  )
  t.equal(spelling('totalenergies', unknown('totalenergies', 'Total Énergies 1 4')).corrected?.text, 'total énergies')
})

t.test('several words are settled in one answer, and what is doubtful is added to what is certain', async t => {
  const answers = [unknown('dorne', 'drone 1 60'), unknown('captuer', 'capteur 1 9', 'capture 1 8')]
  t.same(spelling('dorne captuer', ...answers), {
    corrected: { text: 'drone captuer', changes: [{ from: 'dorne', to: 'drone' }] },
    didYouMean: 'drone capteur',
  })
  t.ok(spellingQuestions('mot '.repeat(300)).length < 30, 'a pasted text is not asked about word by word')
})

const stem = (word: string): string | undefined => analyseFrench(word)[0]?.term

/** The same numbers everywhere (linear congruential, Numerical Recipes). */
const randomFrom = (seed: number): ((below: number) => number) => {
  let state = seed
  return below => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const misspelt = (word: string, random: (below: number) => number): string => {
  const at = random(word.length)
  const letter = 'abcdefghijklmnopqrstuvwxyz'[random(26)] ?? ''
  const [before, after] = [word.slice(0, at), word.slice(at)]
  return [
    before + after.slice(1),
    before + letter + after,
    before + letter + after.slice(1),
    before + (after[1] ?? '') + (after[0] ?? '') + after.slice(2),
  ][random(4)] as string
}

const dictionaries = ((): boolean => {
  try {
    return createRequire(import.meta.url).resolve('dictionary-fr') !== ''
  } catch {
    return false
  }
})()

t.test(
  'of words of the demonstration catalogue with one random mistake, most are put right and few put wrong',
  { skip: !dictionaries && 'dictionary-fr is not installed' },
  async t => {
    const root = fileURLToPath(new URL('../..', import.meta.url))
    const state = mkdtempSync(join(tmpdir(), 'brique-spelling-'))
    t.teardown(() => rmSync(state, { recursive: true, force: true }))
    const run = (command: string) =>
      promisify(execFile)(process.execPath, [join(root, 'indexer/main.ts'), command], {
        env: { ...process.env, BRIQUE_DATA: state },
      })
    await run('demo')
    await run('index')
    const engine = openEmbeddedEngine(state)
    t.teardown(() => engine.close())

    const texts = globSync(join(root, 'seed/suppliers/*.json'))
      .sort()
      .map(path => readFileSync(path, 'utf8'))
    const words = texts
      .flatMap(text => [...text.matchAll(/"(?:tagline|description)": "(.*)"/g)].map(match => match[1] ?? ''))
      .flatMap(text => analyseExact(text).map(({ start, end }) => text.slice(start, end).toLowerCase()))
      .filter(word => /^\p{L}{4,}$/u.test(word))
    const random = randomFrom(7)
    const counts = { right: 0, found: 0, asked: 0, wrong: 0, left: 0 }
    const same = (a: string, b: string) => folded(a) === folded(b) || stem(a) === stem(b)
    for (let n = 0; n < 1000; ) {
      const word = words[random(words.length)] as string
      const typed = misspelt(word, random)
      // A mistake that makes another word, or one too short, is not to be corrected.
      if (typed.length < 4 || folded(typed) === folded(word) || isWord(typed)) continue
      n++
      const answers = await engine.corrections(spellingQuestions(typed))
      const { corrected, didYouMean } = spellingOf(typed, answers)
      if (corrected) counts[same(corrected.text, word) ? 'right' : 'wrong']++
      else if (stem(typed) === stem(word)) counts.found++
      else if (didYouMean !== undefined && same(didYouMean, word)) counts.asked++
      else counts.left++
    }
    t.comment(counts)
    t.ok(counts.right + counts.found >= 920, `${counts.right} put right, ${counts.found} found all the same`)
    t.ok(counts.right + counts.found + counts.asked >= 935, `${counts.asked} asked about`)
    t.ok(counts.wrong <= 15, `${counts.wrong} put wrong`)
  },
)
