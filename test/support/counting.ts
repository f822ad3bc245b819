/** Checks that are counted, for the command whose last line is "N passed, N failed". */
let passed = 0
let failed = 0

export const check = (what: string, ok: boolean): void => {
  if (ok) passed++
  else failed++
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${what}`)
}

/** A part of the command; an error in it is one failure, and the other parts go on. */
export const part = async (title: string, work: () => Promise<void>): Promise<void> => {
  console.log(`\n${title}`)
  try {
    await work()
  } catch (error) {
    failed++
    console.log(`FAILED ${error instanceof Error ? error.stack : error}`)
  }
}

export const printCounts = (): void => {
  console.log(`\n${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
}
