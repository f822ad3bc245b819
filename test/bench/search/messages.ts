import type { Supplier } from '../../../src/model/supplier.ts'
import type { Task } from './tasks.ts'

/** What the bench and the process of an engine say to each other. */

export type Request =
  | { readonly kind: 'open'; readonly engine: string; readonly folder: string; readonly urls: readonly string[] }
  | { readonly kind: 'add'; readonly suppliers: readonly Supplier[] }
  | { readonly kind: 'finish' }
  /** Stops after `maxMs`, whatever is left. */
  | { readonly kind: 'run'; readonly tasks: readonly Task[]; readonly maxMs: number }
  /** A closed loop: each of so many clients asks again as soon as it is answered. */
  | { readonly kind: 'load'; readonly tasks: readonly Task[]; readonly clients: number; readonly ms: number }
  | { readonly kind: 'disk' }
  | { readonly kind: 'close' }

/** One measured task. */
export interface Sample {
  readonly ms: number
  readonly hits: number
  /** Of total and facet counts: equal for equal answers. */
  readonly digest: string
}

/** A closed loop of some clients; times in ms. */
export interface LoadFigures {
  readonly clients: number
  readonly aSecond: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  /** How late the process's event loop came, at the 99th percentile: what every other request waits. */
  readonly loopDelay99: number
}

export interface Reply {
  readonly version?: string
  readonly notes?: readonly string[]
  /** What adding or finishing took. */
  readonly ms?: number
  /** In the order of the tasks; `undefined`: the engine cannot do it. */
  readonly samples?: readonly (Sample | undefined)[]
  readonly bytes?: number
  readonly load?: LoadFigures
  readonly error?: string
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** Both ends are this program: what has a kind is a request. */
export const isRequest = (message: unknown): message is Request =>
  isObject(message) && typeof message['kind'] === 'string'
export const isReply = (message: unknown): message is Reply => isObject(message) && !('kind' in message)
