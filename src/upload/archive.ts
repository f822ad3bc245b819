import { type Entry, fromBuffer, type ZipFile } from 'yauzl'
import { DOCUMENT_LIMITS } from '../model/document.ts'
import { RefusedFileError } from './refused.ts'

/** Packed documents (DOCX, ODT), opened without trusting what they say of themselves. */

const open = (bytes: Uint8Array): Promise<ZipFile> =>
  new Promise((resolve, reject) => {
    // Names are checked by yauzl (no "..", no absolute path); nothing is ever written to a disk either.
    fromBuffer(Buffer.from(bytes), { lazyEntries: true, validateEntrySizes: true, autoClose: false }, (error, zip) =>
      error === null ? resolve(zip) : reject(new RefusedFileError('damaged', { cause: error })),
    )
  })

const entriesOf = (zip: ZipFile): Promise<Entry[]> =>
  new Promise((resolve, reject) => {
    const entries: Entry[] = []
    let unpacked = 0
    zip.on('entry', (entry: Entry) => {
      entries.push(entry)
      unpacked += entry.uncompressedSize
      if (entries.length > DOCUMENT_LIMITS.entries) reject(new RefusedFileError('too-many-entries'))
      else if (unpacked > DOCUMENT_LIMITS.unpackedBytes) reject(new RefusedFileError('unpacked-too-large'))
      else if (entry.isEncrypted()) reject(new RefusedFileError('encrypted'))
      else zip.readEntry()
    })
    zip.on('end', () => resolve(entries))
    zip.on('error', (cause: unknown) => reject(new RefusedFileError('damaged', { cause })))
    zip.readEntry()
  })

/** An opened archive: which files it has, and the text of one. */
export interface Archive {
  has(name: string): boolean
  /** The file as UTF-8 text; counted while it is unpacked, whatever size was declared. */
  text(name: string): Promise<string>
}

/** Reads the directory of an archive and refuses what is encrypted, too large unpacked, or has too many files. */
export const openArchive = async (bytes: Uint8Array): Promise<Archive> => {
  const zip = await open(bytes)
  if (zip.entryCount > DOCUMENT_LIMITS.entries) throw new RefusedFileError('too-many-entries')
  const entries = new Map((await entriesOf(zip)).map(entry => [entry.fileName, entry]))
  let unpacked = 0
  const read = (entry: Entry): Promise<string> =>
    new Promise((resolve, reject) => {
      zip.openReadStream(entry, (error, stream) => {
        if (error !== null) return void reject(new RefusedFileError('damaged', { cause: error }))
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => {
          unpacked += chunk.length
          if (unpacked > DOCUMENT_LIMITS.unpackedBytes) stream.destroy(new RefusedFileError('unpacked-too-large'))
          else chunks.push(chunk)
        })
        stream.on('error', (cause: unknown) =>
          reject(cause instanceof RefusedFileError ? cause : new RefusedFileError('damaged', { cause })),
        )
        stream.on('end', () => resolve(new TextDecoder().decode(Buffer.concat(chunks))))
      })
    })
  return {
    has: name => entries.has(name),
    text: async name => {
      const entry = entries.get(name)
      return entry === undefined ? '' : read(entry)
    },
  }
}
