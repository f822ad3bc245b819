/** An offer where a page has it. */
export interface OfferMention {
  readonly kind: 'product' | 'service'
  readonly name: string
  readonly description?: string
  readonly excerpt: string
  readonly anchor?: string
}
