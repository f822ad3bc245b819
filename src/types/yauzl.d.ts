/** The part of yauzl 3 that is used here: the package has no types of its own. */
declare module 'yauzl' {
  import type { EventEmitter } from 'node:events'
  import type { Readable } from 'node:stream'

  export interface Entry {
    readonly fileName: string
    readonly uncompressedSize: number
    isEncrypted(): boolean
  }
  export interface ZipFile extends EventEmitter {
    readonly entryCount: number
    readEntry(): void
    openReadStream(entry: Entry, callback: (error: Error | null, stream: Readable) => void): void
  }
  export const fromBuffer: (
    buffer: Buffer,
    options: { readonly lazyEntries: boolean; readonly validateEntrySizes: boolean; readonly autoClose: boolean },
    callback: (error: Error | null, zip: ZipFile) => void,
  ) => void
}
