import { createHash } from 'node:crypto'
import { setImmediate as breathe } from 'node:timers/promises'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import {
  ANNOTATIONS_FORMAT,
  type Annotation,
  type Annotations,
  DOSSIER_FORMAT,
  type Dossier,
  isAnnotations,
  isDossier,
} from '../model/dossier.ts'
import { inertText } from '../model/inert-text.ts'
import { DossierDiskFullError } from '../store/dossier-file.ts'
import type { DossierStore, KeptVersions, StoredDossier } from '../store/dossiers.ts'
import { canonicalJson, canonicalPieces, sha256 } from './canonical-json.ts'
import type { Dossiers, Draft, FrozenBytes } from './dossiers.ts'
import { DossierRefusedError } from './errors.ts'
import { inert } from './inert.ts'
import { createId, createKey, hashOfKey, isId, isKey } from './keys.ts'
import { neutralOrder } from './neutral-order.ts'
import { PROGRAM } from './program.ts'

const MIB = 1024 * 1024
const DAY_MS = 86_400_000
/** Others have their turn after so many milliseconds. */
const SLICE_MS = 10
/** Versions of the annotations that are kept: those of a working week and more, but the last alone when they are long. */
const KEPT: KeptVersions = { versions: 50, bytes: MIB }

const pack = promisify(gzip)
const unpack = promisify(gunzip)

export interface DossierLimits {
  readonly retentionDays: number
  /** One frozen document, before compression. */
  readonly dossierMb: number
  /** All that is kept, compressed. */
  readonly storeMb: number
}

/** The clock, for tests of what time does. */
type Now = () => Date

const instantAfter = (from: Date, days: number): string => new Date(from.getTime() + days * DAY_MS).toISOString()

const documentOf = (draft: Draft, id: string, now: Date, retentionDays: number): Dossier => ({
  format: DOSSIER_FORMAT,
  id,
  ...draft,
  suppliers: draft.order.by === 'neutral' ? neutralOrder(draft.suppliers, id) : draft.suppliers,
  createdAt: now.toISOString(),
  expiresAt: instantAfter(now, retentionDays),
  program: { ...PROGRAM },
})

/** The canonical bytes of a document and their hash, written in slices. */
const canonicalBytes = async (
  document: Dossier,
  limitMb: number,
  signal?: AbortSignal,
): Promise<{ readonly bytes: Buffer; readonly hash: string }> => {
  const hash = createHash('sha256')
  const pieces: Buffer[] = []
  let size = 0
  let sliceEnds = performance.now() + SLICE_MS
  for (const piece of canonicalPieces(document, inert)) {
    const bytes = Buffer.from(piece)
    size += bytes.length
    if (size > limitMb * MIB) throw new DossierRefusedError('too-large', { limit: limitMb })
    hash.update(bytes)
    pieces.push(bytes)
    if (performance.now() < sliceEnds) continue
    await breathe(undefined, signal && { signal })
    sliceEnds = performance.now() + SLICE_MS
  }
  return { bytes: Buffer.concat(pieces), hash: hash.digest('hex') }
}

/** The bytes that were stored, checked: a damaged dossier is no evidence. */
const unpacked = async ({ id, packed, hash }: StoredDossier): Promise<Buffer> => {
  const bytes = await unpack(packed)
  if (sha256(bytes) === hash) return bytes
  throw new Error(`dossiers.db: a dossier has not the hash it was stored with: ${id.slice(0, 4)}…`)
}

const emptyAnnotations = (id: string): Annotations => ({
  format: ANNOTATIONS_FORMAT,
  dossier: id,
  version: 0,
  entries: [],
})

/** One entry a supplier that has something to say, in the order of the dossier; a reason is one line. */
const cleaned = (entries: readonly Annotation[], listed: readonly string[]): Annotation[] => {
  const known = new Map(entries.map(each => [each.siren as string, each]))
  for (const { siren } of entries) {
    if (!listed.includes(siren)) throw new DossierRefusedError('not-listed', { siren })
  }
  return listed.flatMap(siren => {
    const entry = known.get(siren)
    if (entry === undefined) return []
    const reason = inertText(entry.reason).replace(/\s+/g, ' ').trim()
    return entry.decision === 'undecided' && reason === '' ? [] : [{ ...entry, reason }]
  })
}

/** Dossiers over a store. `now` is the clock. */
export const createDossiers = (store: DossierStore, limits: DossierLimits, now: Now = () => new Date()): Dossiers => {
  const stored = (id: string): StoredDossier => {
    const lookup = isId(id) ? store.find(id, now().toISOString()) : ({ kind: 'unknown' } as const)
    if (lookup.kind === 'found') return lookup.dossier
    throw lookup.kind === 'gone'
      ? new DossierRefusedError(lookup.reason, { at: lookup.at })
      : new DossierRefusedError('unknown')
  }

  const check = (id: string, key: string): void => {
    stored(id)
    const hash = store.keyHash(id)
    if (hash === undefined || !isKey(key, hash)) throw new DossierRefusedError('wrong-key')
  }

  const room = (wanted: number): void => {
    if (store.usedBytes() + wanted > limits.storeMb * MIB) {
      throw new DossierRefusedError('store-full', { limit: limits.storeMb })
    }
  }

  /** A disk without room is told like a store without room. */
  const kept = <T>(write: () => T): T => {
    try {
      return write()
    } catch (cause) {
      if (cause instanceof DossierDiskFullError) throw new DossierRefusedError('store-full', { cause })
      throw cause
    }
  }

  const bytes = async (id: string): Promise<FrozenBytes> => {
    const found = stored(id)
    const { hash, createdAt, expiresAt } = found
    return { bytes: await unpacked(found), hash, createdAt, expiresAt }
  }

  const annotations = (id: string): Annotations => {
    stored(id)
    const last = store.annotations(id)
    if (last === undefined) return emptyAnnotations(id)
    const parsed: unknown = JSON.parse(last.content)
    if (!isAnnotations(parsed)) throw new Error('dossiers.db: annotations of an unknown format')
    return { ...parsed, version: last.version, savedAt: last.savedAt }
  }

  const open: Dossiers['open'] = async id => {
    const frozen = await bytes(id)
    // Checking, reading and showing a large one take some hundredths of a second each: others have their turn between.
    await breathe()
    const dossier: unknown = JSON.parse(frozen.bytes.toString('utf8'))
    if (!isDossier(dossier)) throw new Error('dossiers.db: a dossier of an unknown format: update Brique')
    return { ...frozen, dossier, annotations: annotations(id) }
  }

  return {
    freeze: async (draft, signal) => {
      room(0)
      const id = createId()
      const key = createKey()
      const made = now()
      const document = documentOf(draft, id, made, limits.retentionDays)
      const { bytes: frozen, hash } = await canonicalBytes(document, limits.dossierMb, signal)
      const packed = await pack(frozen)
      room(packed.length)
      // Nobody would be told the key.
      signal?.throwIfAborted()
      const { createdAt, expiresAt } = document
      kept(() => store.add({ id, createdAt, expiresAt, hash, packed, size: frozen.length }, hashOfKey(key)))
      return { id, key, hash, createdAt, expiresAt, size: frozen.length }
    },
    bytes,
    open,
    annotations,
    check,
    annotate: async (id, key, entries, read) => {
      check(id, key)
      const { dossier } = await open(id)
      // It may have been deleted while it was read.
      const { version } = annotations(id)
      if (read !== undefined && read !== version) throw new DossierRefusedError('stale', { version })
      const document: Annotations = {
        ...emptyAnnotations(id),
        entries: cleaned(
          entries,
          dossier.suppliers.map(each => each.siren),
        ),
      }
      const content = canonicalJson(document)
      room(Buffer.byteLength(content))
      kept(() => store.annotate(id, now().toISOString(), content, KEPT))
      return annotations(id)
    },
    remove: (id, key) => {
      check(id, key)
      store.remove(id, 'deleted', now().toISOString())
    },
    sweep: () => store.sweep(now().toISOString()),
    close: () => store.close(),
  }
}
