import { parseSiren, type Siren, sirenOfSiret } from '../model/siren.ts'
import type { Supplier } from '../model/supplier.ts'
import type { Services } from './services.ts'

/** The firm that a reader means by a SIREN, a name or a web site. */

/** More firms than this on one host, and it is a platform: its address says nothing of a firm. */
const MAX_ON_HOST = 10

/** A word with a dot in it, and perhaps a path: "atelier.example", "https://www.atelier.example/contact". */
const SITE = /^(?:https?:\/\/)?[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+(?::\d+)?(?:[/?#]\S*)?$/iu

/** The host of what looks like a web address. */
const siteHost = (text: string): string | undefined => {
  if (!SITE.test(text)) return undefined
  return URL.parse(/^https?:\/\//i.test(text) ? text : `https://${text}`)?.hostname
}

const isFirm = (supplier: Supplier | undefined): supplier is Supplier => supplier !== undefined

/** `sure`: the only firm that answers to the very thing typed. */
export interface FoundFirms {
  readonly suppliers: readonly Supplier[]
  readonly sure: boolean
}

/** One firm, several to choose among, or none. Reads the catalogue for numbers and sites, the index for names. */
export const findFirms = async (
  { catalogue, visibility }: Pick<Services, 'catalogue' | 'visibility'>,
  text: string,
  signal: AbortSignal,
): Promise<FoundFirms> => {
  // The index may be a moment behind the catalogue: who was removed is not offered.
  const among = (sirens: readonly Siren[], exact = true): FoundFirms => {
    const suppliers = sirens.map(each => catalogue.supplier(each)).filter(isFirm)
    return { suppliers, sure: exact && suppliers.length === 1 }
  }
  const number = parseSiren(text) ?? sirenOfSiret(text)
  if (number !== undefined) return among([number])
  const host = siteHost(text)
  const named = host === undefined ? [] : ((await visibility?.sites.firmsOf(host)) ?? [])
  const owners = among(named.slice(0, MAX_ON_HOST))
  if (owners.suppliers.length > 0) return owners
  const found = (await visibility?.mirror.findByName(text, signal)) ?? { kind: 'unknown' as const }
  if (found.kind === 'found') return among([found.supplier.siren])
  const suppliers = found.kind === 'choice' ? found.suppliers : []
  return among(
    suppliers.map(({ siren }) => siren),
    false,
  )
}
