import type { Dossiers } from './dossiers.ts'

const HOUR_MS = 3_600_000

/** Deletes the dossiers past their date, now and every hour, until it is stopped. A failure is told and tried again. */
export const startSweep = (dossiers: Pick<Dossiers, 'sweep'>, onError: (error: unknown) => void): (() => void) => {
  const sweep = (): void => {
    try {
      dossiers.sweep()
    } catch (error) {
      onError(error)
    }
  }
  sweep()
  const timer = setInterval(sweep, HOUR_MS).unref()
  return () => clearInterval(timer)
}
