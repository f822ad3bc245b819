import { readFileSync } from 'node:fs'

const packageFile = new URL('../../package.json', import.meta.url)

const readVersion = (): string => {
  const parsed: unknown = JSON.parse(readFileSync(packageFile, 'utf8'))
  const version = typeof parsed === 'object' && parsed !== null && 'version' in parsed ? parsed.version : undefined
  return typeof version === 'string' ? version : 'unknown'
}

/** The program as a dossier names it. */
export const PROGRAM = { name: 'Brique', version: readVersion() } as const
