import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { setImmediate as breathe } from 'node:timers/promises'
import type { Siren } from '../model/siren.ts'
import { sirenOf } from './changes.ts'
import { jsonOf, numberOf } from './database.ts'

/** Which firms name a site as theirs. */
export interface SiteLookup {
  /**
   * The firms for which a source states a site of this host, or of a host above it, "www." apart. What a merged profile
   * shows may be another source's: ask the catalogue.
   */
  firmsOf(host: string): Promise<readonly Siren[]>
}

/** Sites hardly change between two imports. */
const MAX_AGE_MS = 600_000
/** Rows read at a stretch: about 5 ms. */
const SLICE = 20_000

/** "www.exemple.fr" and "exemple.fr" are one site. */
export const bareHost = (host: string): string => host.toLowerCase().replace(/^www\d?\./, '')

const hostOf = (value: unknown): string | undefined =>
  typeof value === 'string' && URL.canParse(value) ? bareHost(new URL(value).hostname) : undefined

/** Every site that live sources state. Read in slices of a few milliseconds: others are served in between. */
const readSites = async (path: string): Promise<ReadonlyMap<string, readonly Siren[]>> => {
  const sites = new Map<string, Set<Siren>>()
  if (!existsSync(path)) return new Map()
  const connection = new DatabaseSync(path, { readOnly: true, timeout: 500 })
  try {
    const last = numberOf(connection.prepare('SELECT COALESCE(MAX(id), 0) AS last FROM fact').get() ?? {}, 'last')
    const read = connection.prepare(
      `SELECT fact.siren, fact.value FROM fact JOIN source_version AS version ON version.id = fact.version
       WHERE fact.id > ? AND fact.id <= ? AND fact.property = 'website' AND version.state = 'live'`,
    )
    for (let from = 0; from < last; from += SLICE) {
      for (const row of read.all(from, from + SLICE)) {
        const host = hostOf(jsonOf(row, 'value'))
        if (host !== undefined) sites.set(host, (sites.get(host) ?? new Set()).add(sirenOf(row)))
      }
      await breathe()
    }
  } finally {
    connection.close()
  }
  return new Map([...sites].map(([host, sirens]) => [host, [...sirens].sort()]))
}

/** Reads the catalogue's file when it is first asked, and every ten minutes at most. */
export const createSiteLookup = (path: string, now: () => number = Date.now): SiteLookup => {
  let known: { readonly at: number; readonly sites: Promise<ReadonlyMap<string, readonly Siren[]>> } | undefined
  const sites = (): Promise<ReadonlyMap<string, readonly Siren[]>> => {
    if (known && now() - known.at < MAX_AGE_MS) return known.sites
    const reading = readSites(path)
    known = { at: now(), sites: reading }
    reading.catch(() => {
      known = undefined
    })
    return reading
  }
  return {
    firmsOf: async host => {
      const byHost = await sites()
      const labels = bareHost(host).split('.')
      // "boutique.exemple.fr" is asked for, "exemple.fr" is stated; never a bare "fr".
      for (let at = 0; at < labels.length - 1; at++) {
        const firms = byHost.get(labels.slice(at).join('.'))
        if (firms) return firms
      }
      return []
    },
  }
}
