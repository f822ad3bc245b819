/** The part of cli-progress 3 that `progress.ts` uses; the package brings no types. */
declare module 'cli-progress' {
  interface Options {
    readonly format?: string
    readonly hideCursor?: boolean
    readonly clearOnComplete?: boolean
    readonly stream?: NodeJS.WritableStream
  }
  export class SingleBar {
    constructor(options: Options)
    start(total: number, startValue: number, payload?: object): void
    update(current: number, payload?: object): void
    setTotal(total: number): void
    stop(): void
  }
}
