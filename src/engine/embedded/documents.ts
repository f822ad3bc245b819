/** Some profiles of a segment, in memory that is used again. */
export class Documents {
  numbers = new Uint32Array(0)
  size = 0

  begin(capacity: number): void {
    // One place more: what is written and then not counted.
    if (this.numbers.length <= capacity) this.numbers = new Uint32Array(capacity + 1)
    this.size = 0
  }

  add(document: number): void {
    this.numbers[this.size++] = document
  }
}
