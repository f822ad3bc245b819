import { EngineTroubleError, EngineUnavailableError, IndexDamagedError, type TroubleKind } from '../engine.ts'

/** What the service's thread and the threads of an engine say to each other. */

/** What may be asked of a reading or the writing thread, by its name in the engine's port; `help`: a part of a search. */
export const METHODS = [
  'search',
  'help',
  'suppliers',
  'complete',
  'corrections',
  'state',
  'apply',
  'appliedSeq',
] as const
export type Method = (typeof METHODS)[number]

/** One call; a thread has one at a time. */
export interface Order {
  readonly id: number
  readonly method: Method
  readonly args: readonly unknown[]
  /** The thread stops by itself when the call has taken so many ms. */
  readonly budgetMs: number
}

/** An error as it crosses between threads: its class is made anew on the other side. */
export interface PortableError {
  readonly name: string
  readonly message: string
  readonly stack: string | undefined
  readonly kind?: TroubleKind
  readonly isUnavailable: boolean
}

export interface Reply {
  readonly id: number
  readonly value?: unknown
  readonly error?: PortableError
}

/** What a thread is given when it starts. */
export interface ThreadData {
  readonly stateFolder: string
  /** Only one writes; the others follow what it has committed. */
  readonly role: 'reader' | 'writer'
  /** Int32: [0] the number of the order that is to stop. */
  readonly stop: SharedArrayBuffer
}

/** The columns that the writer has in shared memory, so that readers need none of their own. */
export interface Columns {
  readonly index: string
  readonly segments: ReadonlyMap<string, Uint8Array>
}

/** Damage that a thread has met, in an order or on its own: an `IndexDamage` as it crosses. */
export interface DamageNote {
  readonly damagedIndex: string
  readonly error: PortableError
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** Both ends are this program: what has the shape of a reply is one. */
export const isReply = (message: unknown): message is Reply => isObject(message) && typeof message['id'] === 'number'
export const isColumns = (message: unknown): message is Columns => isObject(message) && 'segments' in message
export const isDamageNote = (message: unknown): message is DamageNote => isObject(message) && 'damagedIndex' in message
export const isOrder = (message: unknown): message is Order => isReply(message) && 'method' in message

export const toPortable = (error: unknown): PortableError => {
  if (!(error instanceof Error))
    return { name: 'Error', message: String(error), stack: undefined, isUnavailable: false }
  return {
    name: error.name,
    message: error.message,
    stack: error.stack,
    ...(error instanceof EngineTroubleError && { kind: error.kind }),
    isUnavailable: error instanceof EngineUnavailableError,
  }
}

export const fromPortable = ({ name, message, stack, kind, isUnavailable }: PortableError): Error => {
  if (kind) return new EngineTroubleError(kind, message)
  const isDamage = name === IndexDamagedError.name
  const error = isDamage
    ? new IndexDamagedError(message)
    : isUnavailable
      ? new EngineUnavailableError(message)
      : new Error(message)
  Object.defineProperty(error, 'name', { value: name, configurable: true, writable: true })
  if (stack !== undefined) error.stack = stack
  return error
}
