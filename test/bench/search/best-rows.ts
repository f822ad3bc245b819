/** The best rows so far; a lower score is better, and without scores the first rows are the best. */
export class BestRows {
  readonly rows: number[] = []
  readonly #scores: number[] = []
  readonly #limit: number

  constructor(limit: number) {
    this.#limit = limit
  }

  add(row: number, score: number): void {
    if (this.rows.length === this.#limit && !(score < (this.#scores.at(-1) ?? 0))) return
    let at = this.rows.length
    while (at > 0 && score < (this.#scores[at - 1] as number)) at--
    this.rows.splice(at, 0, row)
    this.#scores.splice(at, 0, score)
    if (this.rows.length > this.#limit) {
      this.rows.pop()
      this.#scores.pop()
    }
  }
}
