import type { Fact } from '../model/fact.ts'
import type { Siren } from '../model/siren.ts'
import type { Supplier, SupplierRecord } from '../model/supplier.ts'
import type { CatalogueReader } from '../store/catalogue.ts'
import { isFactOf } from '../store/fact-values.ts'
import { byPrecedence } from '../store/merge-rules.ts'
import type { ProposedSites } from '../store/proposed-sites.ts'
import { bareHost } from '../store/site-lookup.ts'
import { isPublicMail, parseSite, registeredDomain } from './domain.ts'

/** Where a firm can show that a request is its own. */
export interface Ownership {
  /** The site that a source other than the firm itself states; absent when none does, or when it shows nothing. */
  readonly site?: URL
  /** Its registered domain. */
  readonly domain?: string
  /** Others have the domain too, or the firm may have it no more: an operator decides even after proof. */
  readonly doubtful: boolean
}

/** The rule of the crawl: a domain that more suppliers name is a platform, and its people speak for none of them. */
const MAX_SUPPLIERS_A_DOMAIN = 3

/** The firm's own word, or its site's about itself, proves nothing: whoever asks could have put it there. */
const isIndependent = ({ provenance: { source } }: Fact): boolean => !/^(?:correction(?::|$)|site$)/.test(source)

/** The firms for which a live source names a site on that domain. */
export const ownersOf = (catalogue: Pick<ProposedSites, 'sitesWith'>, domain: string): ReadonlySet<Siren> =>
  new Set(
    catalogue
      .sitesWith(domain)
      .filter(({ url }) => registeredDomain(URL.parse(url)?.hostname ?? '') === domain)
      .map(({ siren }) => siren),
  )

/**
 * Whether whoever holds a domain need not be the firm: others name it too; the site is a part of it (a university, a host of
 * sites), so that its mail boxes are those of many; the site is lost or has moved; the firm has ceased, and its domain may
 * be bought.
 */
const isDoubtful = ({ state, website, websiteState }: Supplier, site: URL, domain: string, owners: number): boolean =>
  owners > 1 ||
  bareHost(site.hostname) !== domain ||
  websiteState !== undefined ||
  state === 'ceased' ||
  (website !== undefined && registeredDomain(URL.parse(website)?.hostname ?? '') !== domain)

/** Where the firm of a profile can show that it is itself. */
export const ownershipOf = (
  catalogue: Pick<ProposedSites, 'sitesWith'>,
  { supplier, facts }: SupplierRecord,
): Ownership => {
  const stated = facts.filter(fact => isFactOf(fact, 'website')).filter(isIndependent)
  const [winner] = byPrecedence('website', stated)
  const site = winner && parseSite(String(winner.value))
  const domain = site && registeredDomain(site.hostname)
  if (site === undefined || domain === undefined || isPublicMail(domain)) return { doubtful: true }
  const owners = ownersOf(catalogue, domain)
  if (owners.size > MAX_SUPPLIERS_A_DOMAIN) return { doubtful: true }
  return { site, domain, doubtful: isDoubtful(supplier, site, domain, owners.size) }
}

/** Every registered domain that a live source names for a firm, and for nobody else. */
export const ownDomains = (
  catalogue: Pick<ProposedSites, 'sitesWith'> & Pick<CatalogueReader, 'record'>,
  siren: Siren,
): readonly string[] => {
  const facts = catalogue.record(siren)?.facts ?? []
  const hosts = facts
    .filter(fact => isFactOf(fact, 'website'))
    .map(fact => parseSite(String(fact.value))?.hostname ?? '')
  const domains = new Set(hosts.flatMap(host => registeredDomain(host) ?? []))
  return [...domains].filter(domain => [...ownersOf(catalogue, domain)].every(owner => owner === siren))
}
