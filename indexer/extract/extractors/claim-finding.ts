import type { ClaimKind, ClaimValue } from '../../../src/model/claim.ts'
import type { Finding } from '../extractor.ts'
import type { PageBlock } from '../page-document.ts'
import { anchorOf, excerptOf } from '../sentences.ts'

/** A finding of property `claim`. */
export type ClaimFinding = Extract<Finding, { readonly property: 'claim' }>

/** A claim with the words that state it, and where they stand when that is a block of the page. */
export const claim = (
  kind: ClaimKind,
  value: string,
  words: string,
  block: Pick<PageBlock, 'anchor'> = {},
  attributes: Pick<ClaimValue, 'date'> = {},
): ClaimFinding => ({
  property: 'claim',
  value: { kind, value, ...attributes },
  excerpt: excerptOf(words),
  ...anchorOf(block),
})

/** The first claim of each kind and value, in their order: who finds states the clearest first. */
export const firstOfEach = (claims: readonly ClaimFinding[]): readonly ClaimFinding[] => {
  const seen = new Set<string>()
  return claims.filter(({ value }) => {
    const key = `${value.kind} ${value.value}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}
