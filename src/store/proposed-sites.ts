import type { Siren } from '../model/siren.ts'
import { sirenOf } from './changes.ts'
import { count, type Database, jsonOf, textOf } from './database.ts'
import { mergeSupplier } from './suppliers.ts'

/** A site that somebody named for a firm: crawled like others, and attached only when its pages show the SIREN. */
export interface ProposedSite {
  readonly siren: Siren
  readonly url: string
  /** Registered domain. */
  readonly domain: string
}

/** An address that a live source states as the site of a firm. */
export interface StatedSite {
  readonly siren: Siren
  readonly url: string
  readonly source: string
}

export interface ProposedSites {
  proposedSites(): readonly ProposedSite[]
  countProposedSites(): number
  /** Adds a site, in the place of another one of that firm. False when its domain was proposed for another firm. */
  proposeSite(site: ProposedSite, at: string): boolean
  /** Takes a proposed address back, and what was read there; another one that was proposed for the firm meanwhile stays. */
  withdrawSite(siren: Siren, url: string): void
  /** Forgets the sites proposed before a moment that never showed their SIREN, and those of firms whose site a source names. */
  lapseSites(before: string): number
  /** Who states an address with that text in it: for a domain, the host is the caller's to compare. */
  sitesWith(text: string): readonly StatedSite[]
}

const STATED = `
  SELECT DISTINCT fact.siren, fact.value, version.source
  FROM fact JOIN source_version AS version ON version.id = fact.version
  WHERE fact.property = 'website' AND version.state = 'live' AND instr(fact.value, ?) > 0`

/** What the site of a firm says, when it is attached by its own word alone. */
const READ_THERE = `
  DELETE FROM fact WHERE siren = ?1 AND version IN (SELECT id FROM source_version WHERE source = 'site')
    AND EXISTS (SELECT 1 FROM fact AS own JOIN source_version AS version ON version.id = own.version
      WHERE own.siren = ?1 AND own.property = 'website' AND own.value = ?2 AND version.source = 'site')`

const NAMED = `
  SELECT 1 FROM fact JOIN source_version AS version ON version.id = fact.version
  WHERE fact.siren = proposed_site.siren AND fact.property = 'website' AND version.state = 'live'`
const LAPSED = `
  DELETE FROM proposed_site
  WHERE (at <= ? AND NOT EXISTS (${NAMED})) OR EXISTS (${NAMED} AND version.source <> 'site')`

export const createProposedSites = (database: Database): ProposedSites => ({
  proposedSites: () =>
    database
      .prepare('SELECT siren, url, domain FROM proposed_site ORDER BY siren')
      .all()
      .map(row => ({ siren: sirenOf(row), url: textOf(row, 'url'), domain: textOf(row, 'domain') })),
  countProposedSites: () => count(database, 'SELECT COUNT(*) AS count FROM proposed_site'),
  proposeSite: ({ siren, url, domain }, at) =>
    database.write(() => {
      const other = database.prepare('SELECT 1 FROM proposed_site WHERE domain = ? AND siren <> ?').get(domain, siren)
      if (other !== undefined) return false
      database.prepare('INSERT OR REPLACE INTO proposed_site VALUES (?, ?, ?, ?)').run(siren, url, domain, at)
      return true
    }),
  withdrawSite: (siren, url) =>
    database.write(() => {
      database.prepare('DELETE FROM proposed_site WHERE siren = ? AND url = ?').run(siren, url)
      const { changes } = database.prepare(READ_THERE).run(siren, JSON.stringify(url))
      if (changes > 0) mergeSupplier(database, siren)
    }),
  lapseSites: before => Number(database.prepare(LAPSED).run(before).changes),
  sitesWith: text =>
    database
      .prepare(STATED)
      .all(text)
      .map(row => ({ siren: sirenOf(row), url: String(jsonOf(row, 'value')), source: textOf(row, 'source') })),
})
