/**
 * `read`, run at most once in `maxAgeMs` milliseconds; whoever asks meanwhile shares its answer. A failure is not
 * remembered.
 */
export const remember = <T>(maxAgeMs: number, read: () => Promise<T>): (() => Promise<T>) => {
  let known: { readonly answer: Promise<T>; readonly at: number } | undefined
  return () => {
    const now = performance.now()
    if (known && now - known.at < maxAgeMs) return known.answer
    const answer = read()
    known = { answer, at: now }
    answer.catch(() => {
      known = undefined
    })
    return answer
  }
}
