import { SingleBar } from 'cli-progress'

/** One step of a command, from its start to its end. */
export interface ProgressStep {
  /** `done` of `total`, in the step's own unit; `detail` in words. */
  update(done: number, total: number, detail?: string): void
  /** Ends the step, whatever its outcome. */
  end(): void
}

export interface ProgressReporter {
  step(title: string): ProgressStep
}

/** Often enough to see life in a log file, seldom enough not to fill it. */
const LINE_EVERY_MS = 5000

const bar = (stream: NodeJS.WriteStream, title: string): ProgressStep => {
  const format = `${title.padEnd(28)} {bar} {percentage} % | {duration_formatted} {detail}`
  const single = new SingleBar({ format, hideCursor: true, clearOnComplete: true, stream })
  let started = false
  return {
    update: (done, total, detail = '') => {
      if (!started) single.start(total, done, { detail })
      else single.setTotal(total)
      started = true
      single.update(done, { detail })
    },
    end: () => {
      if (started) single.stop()
    },
  }
}

const lines = (stream: NodeJS.WritableStream, title: string): ProgressStep => {
  let last = Date.now()
  return {
    update: (done, total, detail) => {
      if (Date.now() - last < LINE_EVERY_MS) return
      last = Date.now()
      stream.write(
        `${title}: ${total === 0 ? 100 : Math.floor((100 * done) / total)} %${detail === undefined ? '' : `, ${detail}`}\n`,
      )
    },
    end: () => undefined,
  }
}

const MESSAGE_EVERY_MS = 500

/** For the service that has started this command. */
const messages = (send: (message: { readonly share: number }) => void): ProgressStep => {
  let last = Number.NEGATIVE_INFINITY
  return {
    update: (done, total) => {
      if (performance.now() - last < MESSAGE_EVERY_MS || !process.connected) return
      last = performance.now()
      send({ share: total === 0 ? 1 : done / total })
    },
    end: () => undefined,
  }
}

/**
 * A bar on a terminal; elsewhere a line now and then, so that logs stay readable. Messages to a process that has opened
 * a channel for them.
 */
export const createProgress = (stream: NodeJS.WriteStream = process.stderr): ProgressReporter => ({
  step: title => {
    if (process.send) return messages(message => process.send?.(message))
    return stream.isTTY ? bar(stream, title) : lines(stream, title)
  },
})
