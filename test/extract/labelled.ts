import type { Finding } from '../../indexer/extract/extractor.ts'
import { findAll } from '../../indexer/extract/extractors.ts'
import { readPage } from '../../indexer/extract/page-facts.ts'
import type { Label, LabelledPage, LabelledSite } from '../support/labelled-sites.ts'

/** What the extractors find on the labelled pages, against what a person read there. */

/** A found or a labelled fact, reduced to what is compared. */
export interface Judged {
  readonly kind: string
  readonly value: string
  readonly page: string
  readonly excerpt?: string
}

export interface KindFigures {
  readonly kind: string
  readonly right: number
  readonly wrong: readonly Judged[]
  readonly missed: readonly Judged[]
  readonly precision: number
  readonly recall: number
}

const SUMMARIES: ReadonlySet<string> = new Set(['tagline', 'description'])

const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\s\u2019'"«»“”.,:;!?()-]+/gu, ' ')
    .trim()

const valueText = ({ property, value }: Finding): string => {
  if (property === 'claim') return value.value
  if (typeof value !== 'object') return String(value)
  if ('id' in value) return value.id
  return 'name' in value ? value.name : JSON.stringify(value)
}

const foundOn = (page: string, finding: Finding): Judged => ({
  kind: finding.property === 'claim' ? finding.value.kind : finding.property,
  value: valueText(finding),
  page,
  excerpt: finding.excerpt,
})

/** Names may be written with or without an article or a legal form; summaries need to hold what was marked. */
const same = (found: Judged, label: Judged): boolean => {
  if (found.kind !== label.kind) return false
  const [a, b] = [fold(found.value), fold(label.value)]
  if (SUMMARIES.has(found.kind)) return a.includes(b) || b.includes(a)
  if (found.kind !== 'customer' && found.kind !== 'offer') return found.value === label.value || a === b
  const bare = (text: string): string => text.replace(/^(?:la|le|les|l|the) /, '')
  return bare(a) === bare(b)
}

const pageName = (site: LabelledSite, page: LabelledPage): string => `${site.host}${page.path}`

/** Everything found on the pages, and everything labelled. `bricks` adds what the vocabulary finds on judged pages. */
export const readLabelled = (
  sites: readonly LabelledSite[],
): { readonly found: readonly Judged[]; readonly labelled: readonly Judged[] } => {
  const found: Judged[] = []
  const labelled: Judged[] = []
  for (const site of sites) {
    for (const page of site.pages) {
      const url = `https://${site.host}${page.path}`
      const name = pageName(site, page)
      const facts = readPage({ url, body: page.html, contentType: 'text/html; charset=utf-8' })
      for (const finding of findAll({ ...facts, isHome: page.path === '/' })) found.push(foundOn(name, finding))
      for (const { kind, value } of page.facts as readonly Label[]) labelled.push({ kind, value, page: name })
    }
  }
  return { found, labelled }
}

/** Precision and recall a kind, by greedy matching on each page; `excluded` kinds are left out. */
export const figuresByKind = (
  { found, labelled }: ReturnType<typeof readLabelled>,
  excluded: ReadonlySet<string> = new Set(['brick', 'founded']),
): readonly KindFigures[] => {
  const kinds = [...new Set([...found, ...labelled].map(({ kind }) => kind))].filter(kind => !excluded.has(kind)).sort()
  return kinds.map(kind => {
    const open = labelled.filter(label => label.kind === kind)
    const wrong: Judged[] = []
    let right = 0
    for (const each of found.filter(one => one.kind === kind)) {
      const at = open.findIndex(label => label.page === each.page && same(each, label))
      if (at === -1) wrong.push(each)
      else {
        open.splice(at, 1)
        right += 1
      }
    }
    const share = (count: number, of: number): number => (of === 0 ? 1 : count / of)
    return {
      kind,
      right,
      wrong,
      missed: open,
      precision: share(right, right + wrong.length),
      recall: share(right, right + open.length),
    }
  })
}
