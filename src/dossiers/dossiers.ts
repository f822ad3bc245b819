import type { Annotation, Annotations, Dossier } from '../model/dossier.ts'

/** What is frozen, but for what freezing itself adds. */
export type Draft = Omit<Dossier, 'format' | 'id' | 'createdAt' | 'expiresAt' | 'program'>

/** A dossier that was just made. The key is told here and nowhere else: only its hash is kept. */
export interface Frozen {
  readonly id: string
  readonly key: string
  /** SHA-256 of the frozen document, in hexadecimal. */
  readonly hash: string
  readonly createdAt: string
  readonly expiresAt: string
  /** Bytes of the frozen document. */
  readonly size: number
}

/** A dossier's bytes as they were frozen. */
export interface FrozenBytes {
  readonly bytes: Buffer
  readonly hash: string
  readonly createdAt: string
  readonly expiresAt: string
}

/** A dossier as pages and files show it. */
export interface OpenedDossier extends FrozenBytes {
  readonly dossier: Dossier
  readonly annotations: Annotations
}

/** The dossiers of this installation. All but `freeze` throw a `DossierRefusedError` for one that is not there. */
export interface Dossiers {
  /** Throws a `DossierRefusedError` when it is too large, or there is no room. */
  freeze(draft: Draft, signal?: AbortSignal): Promise<Frozen>
  bytes(id: string): Promise<FrozenBytes>
  open(id: string): Promise<OpenedDossier>
  annotations(id: string): Annotations
  /** Throws when the key is not the dossier's: refused before anything is read. */
  check(id: string, key: string): void
  /**
   * Replaces the annotations. A supplier that the dossier does not list is refused; so is everything when `version`, the
   * one that the writer has read, is not the last any more.
   */
  annotate(id: string, key: string, entries: readonly Annotation[], version?: number): Promise<Annotations>
  remove(id: string, key: string): void
  /** Deletes what is past its date; returns how many. */
  sweep(): number
  close(): void
}
