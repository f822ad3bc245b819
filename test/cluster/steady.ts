/**
 * Starts `work` so many times a second, also after the process was held up: what fell due meanwhile is started then.
 * `stop` resolves when all that was started has ended.
 */
export const steadily = (aSecond: number, work: () => Promise<void>): { stop(): Promise<void> } => {
  const under = new Set<Promise<void>>()
  const begun = performance.now()
  let started = 0
  const timer = setInterval(() => {
    for (const due = ((performance.now() - begun) / 1000) * aSecond; started < due; started++) {
      const one = work().finally(() => under.delete(one))
      under.add(one)
    }
  }, 1000 / aSecond)
  return {
    async stop() {
      clearInterval(timer)
      await Promise.all(under)
    },
  }
}
