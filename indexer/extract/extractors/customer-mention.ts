import type { PageBlock } from '../page-document.ts'
import { anchorOf, excerptOf } from '../sentences.ts'

/** A customer's name where a page has it. */
export interface CustomerMention {
  readonly name: string
  readonly excerpt: string
  readonly anchor?: string
}

/** A mention in a block; `sentence` when the block is longer than a reader needs. */
export const mentionIn = (name: string, block: PageBlock, sentence = block.text): CustomerMention => ({
  name,
  excerpt: excerptOf(sentence),
  ...anchorOf(block),
})
