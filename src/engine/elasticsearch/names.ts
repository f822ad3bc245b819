/** What the indexes of one installation are called; another `prefix` keeps a second one apart on the same cluster. */
export interface Names {
  /** The alias that searches and single changes go to. */
  readonly suppliers: string
  /** The alias of the words of the same build (`lexicon.ts`). */
  readonly lexicon: string
  /** The indexes of the build with this stamp. */
  of(stamp: string): IndexPair
  /** The indexes of the build that this index of profiles belongs to. */
  pairOf(suppliersIndex: string): IndexPair
}

/** The two indexes of one build. */
export interface IndexPair {
  readonly suppliers: string
  readonly lexicon: string
}

export const DEFAULT_PREFIX = 'brique'

export const namesFor = (prefix: string = DEFAULT_PREFIX): Names => {
  const [suppliers, lexicon] = [`${prefix}-suppliers`, `${prefix}-lexicon`]
  const of = (stamp: string): IndexPair => ({ suppliers: `${suppliers}-${stamp}`, lexicon: `${lexicon}-${stamp}` })
  return { suppliers, lexicon, of, pairOf: index => of(index.slice(suppliers.length + 1)) }
}

/** A name for a build that is begun now: later ones sort after it. */
export const newStamp = (): string => {
  const time = new Date()
    .toISOString()
    .replace(/[-:.Z]/g, '')
    .toLowerCase()
  return `${time}-${Math.floor(Math.random() * 2 ** 32).toString(36)}`
}
