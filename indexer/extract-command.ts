import { availableParallelism } from 'node:os'
import type { Siren } from '../src/model/siren.ts'
import { type CrawlStore, openCrawlStore, type Seed } from '../src/store/crawl-store.ts'
import type { StatedFact } from '../src/store/fact-values.ts'
import { type Catalogue, openCatalogue } from '../src/store/open-catalogue.ts'
import { type KeptPage, openPageStore, type PageStore } from '../src/store/page-store.ts'
import type { SourceVersion } from '../src/store/sources.ts'
import { lockCatalogue } from '../src/store/write-lock.ts'
import { type Command, type CommandContext, CommandError } from './command.ts'
import { crawlPathOf, pagesPathOf } from './crawl-paths.ts'
import { createPageReader, type PageReader } from './extract/page-reader.ts'
import { settle } from './import-source.ts'
import { mergedSummary } from './import-summary.ts'
import { SITE_EXTRACTOR, SITE_READING, siteFacts, sitePage, siteSource } from './sources/site.ts'
import { identify, type SiteIdentity } from './sources/site-identity.ts'
import type { SitePage } from './sources/site-page.ts'
import { siteStateFacts } from './sources/site-state.ts'

/** What became of the sites and their pages. */
interface Tally {
  pages: number
  readonly unreadable: string[]
  facts: number
  /** Sites that are gone, moved or silent. */
  lost: number
  readonly identities: Record<SiteIdentity['kind'] | 'shared', number>
}

const readSite = async (
  pages: Iterable<KeptPage>,
  homes: ReadonlySet<string>,
  reader: PageReader,
  tally: Tally,
): Promise<readonly SitePage[]> => {
  const read: (SitePage | undefined)[] = []
  // In the order of their addresses whichever is read first: facts must not depend on which worker was quicker.
  const take = async (page: KeptPage): Promise<void> => {
    const place = read.push(undefined) - 1
    const contentType = page.headers['content-type']
    const raw = { url: page.finalUrl, body: page.body, ...(contentType !== undefined && { contentType }) }
    const isHome = homes.has(page.url)
    const first = await reader.read(raw, { isHome })
    // On a machine that is busy with something else an innocent page may take too long: a second try costs 2 s.
    const isLate = first.kind === 'unreadable' && first.reason === 'timeout'
    const reading = isLate ? await reader.read(raw, { isHome }) : first
    tally.pages += 1
    if (reading.kind === 'read') {
      read[place] = sitePage({ ...page, isHome }, page.headers, reading.facts.document, reading.findings)
    } else tally.unreadable.push(`${page.url}: ${reading.reason} (${reading.detail})`)
  }
  // As many as there are workers: a site's hundred pages of two megabytes are never in memory at once.
  const queue = pages[Symbol.iterator]()
  const worker = async (): Promise<void> => {
    for (let next = queue.next(); next.done !== true; next = queue.next()) await take(next.value)
  }
  await Promise.all(Array.from({ length: availableParallelism() }, worker))
  return read.filter(page => page !== undefined)
}

/** What no other source than the sites states of a supplier; undefined for a supplier that no other source knows. */
const missingOf = (catalogue: Catalogue, siren: Siren) => {
  const facts = catalogue.record(siren)?.facts.filter(fact => fact.provenance.source !== 'site') ?? []
  if (facts.length === 0) return undefined
  const states = (property: string): boolean => facts.some(fact => fact.property === property)
  return { tagline: !states('tagline'), description: !states('description') }
}

const NOTHING_STATED = { tagline: true, description: true }

const someoneElse = (siren: Siren, { url, fetchedAt, sirens }: SitePage): StatedFact => ({
  siren,
  property: 'websiteState',
  value: 'someone-else',
  evidence: 'attested',
  record: `SIREN shown: ${sirens.join(', ')}`,
  url,
  retrievedAt: fetchedAt,
})

/** A site that somebody proposed is the firm's when it shows the SIREN, and then names itself. */
const proposedFacts = (siren: Siren, identity: SiteIdentity, { url }: Seed, pages: readonly SitePage[]) => {
  if (identity.kind !== 'shown') return []
  const shown = pages.find(page => page.url === identity.url)
  const website: StatedFact = {
    siren,
    property: 'website',
    value: url,
    evidence: 'declared',
    record: `SIREN: ${identity.url}`,
    url: identity.url,
    ...(shown && { retrievedAt: shown.fetchedAt }),
  }
  return [website]
}

/** The facts of one site for each supplier that it is known to belong to. */
const factsOfSite = (
  catalogue: Catalogue,
  owners: readonly Seed[],
  pages: readonly SitePage[],
  tally: Tally,
  proposed: ReadonlySet<Siren>,
) =>
  owners.flatMap(seed => {
    const { siren } = seed
    const isProposed = proposed.has(siren)
    const missing = missingOf(catalogue, siren) ?? (isProposed ? NOTHING_STATED : undefined)
    if (missing === undefined || pages.length === 0) return []
    const identity = identify(siren, pages)
    if (isProposed) {
      tally.identities[identity.kind] += 1
      const own = proposedFacts(siren, identity, seed, pages)
      return own.length === 0 ? [] : [...own, ...siteFacts(siren, identity, pages, missing)]
    }
    const shownElsewhere = identity.kind === 'other' ? pages.find(page => page.sirens.length > 0) : undefined
    // A domain that several suppliers name belongs to the one whose number it shows.
    const refused = identity.kind === 'other' || (identity.kind === 'silent' && owners.length > 1)
    tally.identities[refused && identity.kind === 'silent' ? 'shared' : identity.kind] += 1
    if (shownElsewhere !== undefined) return [someoneElse(siren, shownElsewhere)]
    return refused ? [] : siteFacts(siren, identity, pages, missing)
  })

const versionOf = (pages: PageStore, fictitious: boolean): SourceVersion => {
  const importedAt = new Date().toISOString()
  return {
    source: siteSource(fictitious),
    digest: pages.fingerprint(),
    reading: SITE_READING,
    extractor: SITE_EXTRACTOR,
    date: importedAt.slice(0, 10),
    url: '',
    licence: 'Contenu de l’entreprise, cité avec sa source',
    importedAt,
  }
}

const summary = ({ pages, unreadable, facts, lost, identities }: Tally): readonly string[] => [
  `${pages} pages read, ${facts} facts`,
  `${identities.shown} sites show their supplier's SIREN`,
  `${identities.silent} show no SIREN: attached, since nothing contradicts the source that names them`,
  `${identities.other} show other companies' SIREN only: not attached`,
  `${identities.shared} are named by several suppliers and show no SIREN: not attached`,
  `${lost} sites are gone, moved to another domain or have not answered for days: said on the profile`,
  ...unreadable.map(each => `  not readable: ${each}`),
]

const extract = async (context: CommandContext, catalogue: Catalogue, pages: PageStore, store: CrawlStore) => {
  const seeds = store.seeds()
  const troubles = store.troubledSites()
  // With a live version, no pages is a result: the last site has asked to be left out.
  if (pages.counts().pages === 0 && troubles.length === 0 && catalogue.liveVersion('site') === undefined) {
    throw new CommandError('No page has been read yet: run npm run crawl first')
  }
  settle(catalogue, context.progress)
  const tally: Tally = {
    pages: 0,
    unreadable: [],
    facts: 0,
    lost: 0,
    identities: { shown: 0, other: 0, silent: 0, shared: 0 },
  }
  const staging = catalogue.stage(
    versionOf(
      pages,
      catalogue.sources().some(source => source.fictitious),
    ),
  )
  const owners = Map.groupBy(seeds, seed => seed.domain)
  const homes = new Set(seeds.map(seed => seed.url))
  const proposed = new Set(catalogue.proposedSites().map(({ siren }) => siren))
  const step = context.progress.step('Reading pages')
  const reader = createPageReader()
  try {
    const domains = pages.domains()
    const troubled = new Map(troubles.map(trouble => [trouble.url, trouble]))
    for (const seed of seeds) {
      const trouble = troubled.get(seed.url)
      const known = trouble !== undefined && missingOf(catalogue, seed.siren) !== undefined
      const facts = known ? siteStateFacts(seed.siren, trouble) : []
      catalogue.add(staging, facts)
      tally.facts += facts.length
      tally.lost += facts.length
    }
    for (const [index, domain] of domains.entries()) {
      const read = await readSite(pages.pagesOf(domain), homes, reader, tally)
      const facts = factsOfSite(catalogue, owners.get(domain) ?? [], read, tally, proposed)
      catalogue.add(staging, facts)
      tally.facts += facts.length
      step.update(index + 1, domains.length)
    }
    catalogue.switch(staging)
  } catch (error) {
    catalogue.cleanUp()
    throw error
  } finally {
    step.end()
    await reader.close()
  }
  for (const line of summary(tally)) context.write(line)
  context.write(mergedSummary(settle(catalogue, context.progress)))
  context.write('Next: npm run index')
}

/** `extract`: the stored pages into facts, without asking any site; the facts replace those of the extraction before. */
export const runExtract: Command = async context => {
  const lock = lockCatalogue(context.config.dataDir)
  const catalogue = openCatalogue(context.cataloguePath)
  const pages = openPageStore(pagesPathOf(context))
  const store = openCrawlStore(crawlPathOf(context))
  try {
    await extract(context, catalogue, pages, store)
    return 0
  } finally {
    store.close()
    pages.close()
    catalogue.close()
    lock.release()
  }
}
