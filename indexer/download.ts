import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { CommandError } from './command.ts'
import type { ProgressStep } from './progress.ts'

export interface DownloadLimits {
  readonly headersTimeoutMs: number
  readonly totalTimeoutMs: number
  readonly maxBytes: number
}

/** Open-data portals prepare an export before they answer: a minute for the first byte. */
export const DOWNLOAD_LIMITS: DownloadLimits = {
  headersTimeoutMs: 60_000,
  totalTimeoutMs: 600_000,
  maxBytes: 2 * 1024 ** 3,
}

const failure = (url: string, reason: string, cause?: unknown): CommandError => {
  const remedy = 'Download the file by hand and give its path instead of the URL'
  return new CommandError(`${url}: ${reason}. ${remedy}`, { cause })
}

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'the download failed'
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'no answer in time'
  // fetch says "fetch failed" and keeps what happened in its cause.
  return error.cause instanceof Error && error.cause.message !== '' ? error.cause.message : error.message
}

const answered = async (url: string, signal: AbortSignal, limits: DownloadLimits): Promise<Response> => {
  const headers = new AbortController()
  const timer = setTimeout(() => headers.abort(new DOMException('headers', 'TimeoutError')), limits.headersTimeoutMs)
  try {
    return await fetch(url, { signal: AbortSignal.any([signal, headers.signal]) })
  } finally {
    clearTimeout(timer)
  }
}

const limited = (maxBytes: number, total: number, step: ProgressStep): Transform => {
  let bytes = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      step.update(bytes, Math.max(total, bytes))
      done(bytes > maxBytes ? new Error(`more than ${maxBytes} bytes`) : null, chunk)
    },
  })
}

/** A name that says what it is and that two URLs never share. */
const fileName = (url: URL): string => {
  const readable = basename(url.pathname).replace(/[^A-Za-z0-9._-]/g, '') || 'download'
  return `${createHash('sha256').update(url.href).digest('hex').slice(0, 8)}-${readable}`
}

/**
 * Downloads `url` into `folder` and returns the file's path; a file of an earlier download is replaced when the new one
 * is complete. Throws `CommandError`, which names the URL and the remedy.
 */
export const download = async (
  url: string,
  folder: string,
  step: ProgressStep,
  limits: DownloadLimits = DOWNLOAD_LIMITS,
): Promise<string> => {
  const path = join(folder, fileName(new URL(url)))
  const partial = `${path}.part`
  try {
    await mkdir(folder, { recursive: true })
    const signal = AbortSignal.timeout(limits.totalTimeoutMs)
    const response = await answered(url, signal, limits)
    if (!response.ok || response.body === null) {
      await response.body?.cancel()
      throw new Error(`the server answered ${response.status} ${response.statusText}`.trimEnd())
    }
    const total = Number(response.headers.get('content-length') ?? 0)
    const body = Readable.fromWeb(response.body)
    await pipeline(body, limited(limits.maxBytes, total, step), createWriteStream(partial), { signal })
    await rename(partial, path)
    return path
  } catch (error) {
    await rm(partial, { force: true })
    throw failure(url, reasonOf(error), error)
  } finally {
    step.end()
  }
}
