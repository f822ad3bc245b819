import { MessageChannel, type MessagePort, receiveMessageOnPort } from 'node:worker_threads'
import type { Candidate } from '../engine.ts'
import type { GatheredPart } from './collect.ts'

/**
 * One search done by several threads: each takes the next sealed segment that nobody has taken. The thread that was
 * asked (the owner) takes part itself, so that a helper that comes late or not at all costs nothing; it waits only for
 * helpers that are at work on a segment. Everything goes from thread to thread: the service's own is not passed through.
 */

/** Of the control block, 32-bit integers: the next segment, then the state of each helper. */
const NEXT = 0
const STATES = 1
const WORKING = 1
const DONE = 2

/** What is found in some segments: `candidates` are those of `top`, one by one. */
export interface FoundPart extends GatheredPart {
  readonly candidates: readonly Candidate[]
}

/** What a helper has found in the segments that it took. */
export interface HelperPart extends FoundPart {
  /** Of which version of the index; −1 when the helper failed. */
  readonly generation: number
  readonly segments: readonly number[]
}

/** What the owner of a search is given. */
export interface OwnerShare {
  readonly control: SharedArrayBuffer
  /** From each helper. */
  readonly ports: readonly MessagePort[]
}

/** What a helper is given. */
export interface HelperShare {
  readonly control: SharedArrayBuffer
  readonly helper: number
  /** To the owner. */
  readonly port: MessagePort
}

export const createShare = (
  helpers: number,
): { readonly owner: OwnerShare; readonly helpers: readonly HelperShare[] } => {
  const control = new SharedArrayBuffer((STATES + helpers) * Int32Array.BYTES_PER_ELEMENT)
  const channels = Array.from({ length: helpers }, () => new MessageChannel())
  return {
    owner: { control, ports: channels.map(({ port1 }) => port1) },
    helpers: channels.map(({ port2: port }, helper) => ({ control, helper, port })),
  }
}

/** Takes the next segment below `count`; −1 when none is left. */
const claim = (states: Int32Array, count: number): number => {
  const next = Atomics.add(states, NEXT, 1)
  return next < count ? next : -1
}

/** How long a helper is waited for before the owner asks again whether it should go on. */
const LOOK_EVERY_MS = 20

/**
 * Calls `gather` for each of `count` segments that no helper takes. What the helpers found, once they are done; `goOn`
 * throws when they have had their time.
 */
export const gatherAsOwner = (
  { control, ports }: OwnerShare,
  count: number,
  gather: (segment: number) => void,
  goOn: () => void,
): readonly HelperPart[] => {
  const states = new Int32Array(control)
  try {
    for (let segment = claim(states, count); segment >= 0; segment = claim(states, count)) gather(segment)
    return ports.flatMap((port, helper) => {
      // Who has not begun finds nothing left.
      while (Atomics.load(states, STATES + helper) === WORKING) {
        goOn()
        Atomics.wait(states, STATES + helper, WORKING, LOOK_EVERY_MS)
      }
      // Sent by `gatherAsHelper`.
      return (receiveMessageOnPort(port)?.message as HelperPart | undefined) ?? []
    })
  } finally {
    for (const port of ports) port.close()
  }
}

/**
 * Calls `gather` for the segments that this helper takes, and sends the owner what `part` makes of them. A helper that
 * fails says so: the owner does its segments again, and meets the fault itself.
 */
export const gatherAsHelper = (
  { control, helper, port }: HelperShare,
  count: number,
  generation: number,
  gather: (segment: number) => void,
  part: () => FoundPart,
): void => {
  const states = new Int32Array(control)
  const segments: number[] = []
  const send = (message: HelperPart): void => {
    if (segments.length > 0) port.postMessage(message)
  }
  // Before anything is taken: whoever is at work is waited for.
  Atomics.store(states, STATES + helper, WORKING)
  try {
    for (let segment = claim(states, count); segment >= 0; segment = claim(states, count)) {
      segments.push(segment)
      gather(segment)
    }
    send({ generation, segments, ...part() })
  } catch {
    send({ generation: -1, segments, total: 0, top: [], counts: [], candidates: [] })
  } finally {
    port.close()
    Atomics.store(states, STATES + helper, DONE)
    Atomics.notify(states, STATES + helper)
  }
}
