import { analyseEnglish, analyseExact, analyseFrench } from '../../src/text/analyse.ts'
import { stemEnglish } from '../../src/text/english-stemmer.ts'
import { stemFrench } from '../../src/text/french-stemmer.ts'
import type { Token } from '../../src/text/tokens.ts'
import { adversarialLines, stemmerWords } from './adversarial.ts'
import { corpora } from './corpora.ts'
import { type Chain, type Lucene, LuceneMissingError, openLucene } from './lucene.ts'

const MAX_SHOWN = 20
let passed = 0
let failed = 0

const compare = (
  lucene: Lucene,
  name: string,
  chain: Chain,
  lines: readonly string[],
  ours: (line: string) => readonly string[],
) => {
  const theirs = lucene.terms(chain, lines)
  let equal = 0
  for (const [index, line] of lines.entries()) {
    const [a, b] = [ours(line).join(' | '), (theirs[index] ?? ['no answer']).join(' | ')]
    if (a === b) equal++
    else if (failed++ < MAX_SHOWN)
      console.log(
        `  ${JSON.stringify(line.slice(0, 200))}\n    ours:   ${a.slice(0, 400)}\n    Lucene: ${b.slice(0, 400)}`,
      )
  }
  passed += equal
  console.log(`${name}, ${chain}: ${equal} of ${lines.length} equal`)
}

const terms = (analyse: (text: string) => readonly Token[]) => (line: string) => analyse(line).map(token => token.term)

const compareChains = (lucene: Lucene, name: string, lines: readonly string[]): void => {
  compare(lucene, name, 'french', lines, terms(analyseFrench))
  compare(lucene, name, 'exact', lines, terms(analyseExact))
  compare(lucene, name, 'english', lines, terms(analyseEnglish))
}

const run = (lucene: Lucene): void => {
  compareChains(lucene, 'adversarial lines', adversarialLines())
  const words = new Set(stemmerWords())
  for (const { name, lines } of corpora()) {
    if (lines === undefined) console.log(`${name}: absent, left out`)
    else {
      compareChains(lucene, name, lines)
      for (const line of lines) for (const [word] of line.toLowerCase().matchAll(/[\p{L}\p{M}]+/gu)) words.add(word)
    }
  }
  compare(lucene, 'words', 'french-stemmer', [...words], word => [stemFrench(word)])
  compare(lucene, 'words', 'english-stemmer', [...words], word => [stemEnglish(word)])
}

try {
  const lucene = openLucene()
  try {
    run(lucene)
  } finally {
    lucene.close()
  }
} catch (error) {
  if (!(error instanceof LuceneMissingError)) throw error
  console.error(`${error.message}: apt-get install default-jdk-headless liblucene8-java`)
  failed++
}
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
