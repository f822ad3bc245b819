import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const JARS = '/usr/share/java'

/** The chains that `Chains.java` knows. */
export type Chain = 'words' | 'french' | 'exact' | 'english' | 'french-stemmer' | 'english-stemmer'

/** No JDK or no Lucene on this machine. */
export class LuceneMissingError extends Error {
  override readonly name = 'LuceneMissingError'
}

const luceneJars = (): readonly string[] => {
  const files = existsSync(JARS) ? readdirSync(JARS) : []
  const jars = ['core', 'analyzers-common'].map(module =>
    files.find(file => new RegExp(`^lucene-${module}(?:-\\d[\\d.]*)?\\.jar$`).test(file)),
  )
  return jars.filter(jar => jar !== undefined).map(jar => join(JARS, jar))
}

/** Lucene's analysis, compiled for this run. `close` removes its folder. */
export interface Lucene {
  /** The terms of each line. Lines hold no line break. */
  terms(chain: Chain, lines: readonly string[]): readonly (readonly string[])[]
  close(): void
}

/** Compiles `Chains.java`; throws `LuceneMissingError` where a JDK or the jars of Lucene are missing. */
export const openLucene = (): Lucene => {
  const jars = luceneJars()
  if (jars.length < 2) throw new LuceneMissingError(`${JARS} has no lucene-core and lucene-analyzers-common jar`)
  const folder = mkdtempSync(join(tmpdir(), 'brique-lucene-'))
  const classPath = [...jars, folder].join(delimiter)
  try {
    execFileSync('javac', ['-encoding', 'UTF-8', '-cp', classPath, '-d', folder, join(ROOT, 'test/lucene/Chains.java')])
  } catch (cause) {
    rmSync(folder, { recursive: true })
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') {
      throw new LuceneMissingError('javac is not on the path', { cause })
    }
    throw cause
  }
  return {
    terms(chain, lines) {
      const [input, output] = [join(folder, 'lines'), join(folder, 'terms')]
      writeFileSync(input, lines.map(line => `${line}\n`).join(''))
      execFileSync('java', ['-cp', classPath, 'Chains', chain, join(ROOT, 'mappings'), input, output])
      const answers = readFileSync(output, 'utf8').split('\n').slice(0, -1)
      return answers.map(answer => (answer === '' ? [] : answer.split('\t')))
    },
    close() {
      rmSync(folder, { recursive: true })
    },
  }
}
