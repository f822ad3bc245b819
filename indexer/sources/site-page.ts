import type { Siren } from '../../src/model/siren.ts'
import type { Finding } from '../extract/extractor.ts'

/** What the facts need of a page; plain values, small enough to hold a site's hundred at once. */
export interface SitePage {
  readonly url: string
  readonly fetchedAt: string
  readonly isHome: boolean
  readonly title: string
  /** What the extractors found. */
  readonly findings: readonly Finding[]
  /** Empty where the page may not be quoted, or is a legal notice. */
  readonly passages: readonly string[]
  readonly fingerprint: string | undefined
  readonly sirens: readonly Siren[]
}

/** What of the profile is still missing, which the site may state. */
export interface Missing {
  readonly tagline: boolean
  readonly description: boolean
}
