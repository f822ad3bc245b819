import type { CrawlLimits } from './limits.ts'
import type { RobotsGate } from './robots-gate.ts'
import { readSitemap } from './sitemap.ts'
import type { Visit } from './visit.ts'

/**
 * Hands over the pages that a site's sitemaps list: those its robots.txt names, else `/sitemap.xml`. Each file is asked
 * for once, in its host's turn, and only where robots.txt allows it; a broken one ends nothing.
 */
export const readSiteSitemaps = async (
  home: URL,
  { gate, visit, limits }: { readonly gate: RobotsGate; readonly visit: Visit; readonly limits: CrawlLimits },
  onUrl: (url: string) => void,
): Promise<void> => {
  const named = await gate.sitemapsOf(home)
  const queue = (named.length > 0 ? named : [`${home.origin}/sitemap.xml`]).map(url => ({ url, depth: 1 }))
  const seen = new Set<string>()
  for (let next = queue.shift(); next !== undefined && seen.size < limits.sitemapFiles; next = queue.shift()) {
    const { url, depth } = next
    if (seen.has(url) || !(await gate.check(new URL(url))).allowed) continue
    seen.add(url)
    const outcome = await visit(url, { purpose: 'sitemap' }, async to =>
      (await gate.check(to)).allowed ? undefined : 'robots',
    )
    if (outcome.kind !== 'fetched') continue
    const onSitemap = (found: string): void => {
      if (depth < limits.sitemapDepth && queue.length < limits.sitemapFiles)
        queue.push({ url: found, depth: depth + 1 })
    }
    await readSitemap(outcome.page.body, {
      url: outcome.page.finalUrl,
      onUrl,
      onSitemap,
      limits: { entries: limits.sitemapEntries },
    })
  }
}
