import {
  closeSync,
  createReadStream,
  createWriteStream,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs'
import { rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { parseSiren, type Siren } from '../../src/model/siren.ts'
import { CommandError } from '../command.ts'
import { readJsonLines } from '../sources/json-records.ts'
import { LegalUnit } from './legal-unit.ts'

/** Raised when more of an answer is kept than before: what was kept then is asked again. */
const FORMAT = 1

/** What the register answered of a SIREN, and when; without `unit` when it knows no such company. */
const Answer = Type.Object(
  {
    format: Type.Literal(FORMAT),
    siren: Type.String(),
    askedAt: Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T' }),
    unit: Type.Optional(LegalUnit),
  },
  { additionalProperties: false },
)
const check = Compile(Answer)

export type Answer = Omit<Static<typeof Answer>, 'siren' | 'format'> & { readonly siren: Siren }

/** The answer that a stored line holds; `undefined` for half a line, or one of another format. */
export const parseStoredAnswer = (value: unknown): Answer | undefined => {
  if (!check.Check(value) || Number.isNaN(Date.parse(value.askedAt))) return undefined
  const { siren, askedAt, unit } = value
  const known = parseSiren(siren)
  return known && { siren: known, askedAt, ...(unit && { unit }) }
}

const lineOf = (answer: Answer): string => `${JSON.stringify({ format: FORMAT, ...answer })}\n`

async function* storedAnswers(path: string): AsyncGenerator<Answer | undefined> {
  if (!existsSync(path)) return
  const text = createReadStream(path, 'utf8') as AsyncIterable<string>
  for await (const record of readJsonLines(text)) yield 'broken' in record ? undefined : parseStoredAnswer(record.value)
}

/** Opens for appending; a line that a kill has cut is closed, so that the next one is whole. */
const openForAppend = (path: string): number => {
  mkdirSync(dirname(path), { recursive: true })
  const descriptor = openSync(path, 'a+')
  const { size } = fstatSync(descriptor)
  const last = Buffer.alloc(1)
  if (size > 0 && readSync(descriptor, last, 0, 1, size - 1) === 1 && last[0] !== 0x0a) writeSync(descriptor, '\n')
  return descriptor
}

/**
 * Every answer received, a line each, appended as it comes: a killed run loses at most the one it was waiting for. Only
 * the latest answer of a SIREN counts.
 */
export interface AnswerJournal {
  /** When the SIREN was last answered (ISO 8601). */
  askedAt(siren: Siren): string | undefined
  /** Throws `CommandError` when the file cannot be written. */
  append(answer: Answer): void
  /**
   * Ends the writing and leaves one line for each of `sirens` that was answered. Returns the time of the latest answer,
   * `undefined` when there is none.
   */
  finish(sirens: ReadonlySet<Siren>): Promise<string | undefined>
  close(): void
}

/** Opens the journal in the file `path`, which is created when absent. For one process at a time. */
export const openAnswers = async (path: string): Promise<AnswerJournal> => {
  const latest = new Map<Siren, string>()
  let lines = 0
  for await (const answer of storedAnswers(path)) {
    lines += 1
    if (answer) latest.set(answer.siren, answer.askedAt)
  }
  let descriptor: number | undefined = openForAppend(path)
  const close = (): void => {
    if (descriptor !== undefined) closeSync(descriptor)
    descriptor = undefined
  }
  return {
    askedAt: siren => latest.get(siren),
    append: answer => {
      if (descriptor === undefined) throw new Error('the journal is closed')
      try {
        writeSync(descriptor, lineOf(answer))
      } catch (cause) {
        const why = cause instanceof Error ? cause.message : String(cause)
        throw new CommandError(`${path}: ${why}. Make room, then run the import again: it continues`, { cause })
      }
      lines += 1
      latest.set(answer.siren, answer.askedAt)
    },
    finish: async sirens => {
      close()
      const kept = new Map([...latest].filter(([siren]) => sirens.has(siren)))
      // Left as it is, byte for byte, when nothing is to go: the import then sees that nothing is new.
      if (kept.size !== lines) await keepOnly(path, kept)
      return [...kept.values()].reduce<string | undefined>((a, b) => (a !== undefined && a > b ? a : b), undefined)
    },
    close,
  }
}

async function* keptLines(path: string, kept: ReadonlyMap<Siren, string>): AsyncGenerator<string> {
  for await (const answer of storedAnswers(path)) {
    if (answer && kept.get(answer.siren) === answer.askedAt) yield lineOf(answer)
  }
}

const keepOnly = async (path: string, kept: ReadonlyMap<Siren, string>): Promise<void> => {
  const partial = `${path}.part`
  await pipeline(Readable.from(keptLines(path, kept)), createWriteStream(partial, { flush: true }))
  await rename(partial, path)
}
