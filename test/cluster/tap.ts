import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { check } from '../support/counting.ts'
import type { Cluster } from './servers/cluster.ts'

const PART = fileURLToPath(new URL('tap-part.ts', import.meta.url))
const SHOWN_OF_A_FAILURE = 40

/** Runs a part that is written in TAP, in a process of its own, and counts its tests; says figures and failures alone. */
export const tapPart = async (part: 'contract' | 'tokens' | 'parity', { name, urls }: Cluster): Promise<void> => {
  const begun = performance.now()
  const child = spawn(process.execPath, [PART, part, name, urls.join(',')], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<number | null>(resolve => child.once('close', resolve))
  let failed = 0
  let passed = 0
  let shown = 0
  for await (const line of createInterface({ input: child.stdout })) {
    const [, not, title] = /^(not )?ok \d+ - (.*?)(?: # time=.*)?(?: \{)?$/.exec(line) ?? []
    if (title === undefined) {
      if (/^ +not ok /.test(line)) shown = SHOWN_OF_A_FAILURE
      const isFigure = /^ +# (?!Subtest|time)/.test(line)
      if (isFigure || shown-- > 0) console.log(`  ${line.trim()}`)
    } else if (not) {
      failed++
      check(`${part}: ${title.replace(`${name}: `, '')}`, false)
    } else {
      passed++
      check(`${part}: ${title.replace(`${name}: `, '')}`, true)
    }
  }
  const code = await ended
  const seconds = ((performance.now() - begun) / 1000).toFixed(0)
  console.log(`  ${part}: ${passed} tests in ${seconds} s`)
  // A part that breaks off, or that tests nothing, must not pass for one that succeeded.
  if (failed === 0 && (code !== 0 || passed === 0)) check(`${part} ended with code ${code}`, false)
}
