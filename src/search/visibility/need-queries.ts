import { broaderBricks, narrowerBricks } from '../../model/brick-tree.ts'
import { brickById, brickLabel } from '../../model/bricks.ts'
import type { Language } from '../../model/language.ts'
import { shownBricks } from '../../model/shown-bricks.ts'
import type { Supplier } from '../../model/supplier.ts'
import { MAX_NEEDS, type NeedRelation } from '../../model/visibility.ts'

/** The needs that a mirror replays: drawn from the vocabulary and the profile, never from what others have searched. */

export interface NeedQuery {
  /** What a buyer would type. */
  readonly text: string
  readonly brick: string
  readonly relation: NeedRelation
  /** The brick of the profile that it is near to. */
  readonly of?: string
}

/** Shares of the 24 places, in the order in which they are given out; what one leaves, the next ones get. */
const SHARES: readonly (readonly [NeedRelation, number])[] = [
  ['own', 10],
  ['words', 4],
  ['broader', 4],
  ['narrower', 3],
  ['neighbour', 3],
  ['passing', 3],
]

/** "Agent conversationnel (chatbot)": nobody types the parenthesis. */
const typed = (label: string): string => label.replace(/\s*\([^)]*\)/gu, '').trim()

const labelQuery = (brick: string, relation: NeedRelation, language: Language, of?: string): NeedQuery => ({
  text: typed(brickLabel(brick, language)),
  brick,
  relation,
  ...(of !== undefined && { of }),
})

/** One of each brick in turn, so that a brick with forty neighbours does not fill the list. */
const inTurn = <T>(lists: readonly (readonly T[])[]): T[] => {
  const longest = Math.max(0, ...lists.map(list => list.length))
  return Array.from({ length: longest }, (_, at) => lists.flatMap(list => list[at] ?? [])).flat()
}

/** Other ways in which buyers ask for a brick: its first alias, most of which are French, and an acronym that needs no context. */
const otherWords = (id: string, language: Language): readonly string[] => {
  const brick = brickById(id)
  if (!brick) return []
  const acronyms = (brick.acronyms ?? []).filter(({ context }) => context === undefined).map(({ form }) => form)
  const labels = new Set([brick.fr, brick.en].map(label => typed(label).toLowerCase()))
  const aliases = language === 'fr' ? brick.aliases.filter(alias => !labels.has(alias.toLowerCase())) : []
  return [...aliases.slice(0, 1), ...acronyms.slice(0, 1)]
}

const byRelation = (supplier: Supplier, language: Language): Readonly<Record<NeedRelation, readonly NeedQuery[]>> => {
  const own = shownBricks(supplier)
  const passing = (supplier.foundBricks ?? []).map(found => found.brick).filter(id => !own.includes(id))
  // A firm that names its bricks in passing alone has them for want of better.
  const base = own.length > 0 ? own : passing
  const near = (relation: NeedRelation, of: (id: string) => readonly string[]): NeedQuery[] =>
    inTurn(base.map(id => of(id).map(each => labelQuery(each, relation, language, id))))
  return {
    own: own.map(id => labelQuery(id, 'own', language)),
    passing: passing.map(id => labelQuery(id, 'passing', language)),
    words: inTurn(
      base.map(id => otherWords(id, language).map(text => ({ text, brick: id, relation: 'words' as const }))),
    ),
    broader: near('broader', id => broaderBricks(id).map(brick => brick.id)),
    narrower: near('narrower', id => narrowerBricks(id).map(brick => brick.id)),
    neighbour: near('neighbour', id => narrowerBricks(brickById(id)?.broader ?? '').map(brick => brick.id)),
  }
}

/**
 * At most 24 needs of a profile, its own bricks first: their names, other words for them, then broader, more precise and
 * neighbouring bricks, each query once.
 */
export const needQueries = (supplier: Supplier, language: Language): readonly NeedQuery[] => {
  const needs = byRelation(supplier, language)
  const bricks = new Set<string>(supplier.bricks)
  for (const found of supplier.foundBricks ?? []) bricks.add(found.brick)
  const asked = new Set<string>()
  const isNew = ({ text, brick, relation }: NeedQuery): boolean => {
    const key = text.toLowerCase()
    // A neighbour that is a brick of the profile has its own line.
    const has = bricks.has(brick) && ['broader', 'narrower', 'neighbour'].includes(relation)
    if (text === '' || has || asked.has(key)) return false
    asked.add(key)
    return true
  }
  const distinct = Object.fromEntries(SHARES.map(([relation]) => [relation, needs[relation].filter(isNew)]))
  const listOf = (relation: NeedRelation): readonly NeedQuery[] => distinct[relation] ?? []
  const taken = new Map<NeedRelation, number>()
  let left = MAX_NEEDS
  for (const share of [...SHARES, ...SHARES.map(([relation]) => [relation, MAX_NEEDS] as const)]) {
    const [relation, most] = share
    const before = taken.get(relation) ?? 0
    const more = Math.max(0, Math.min(most - before, listOf(relation).length - before, left))
    taken.set(relation, before + more)
    left -= more
  }
  return SHARES.flatMap(([relation]) => listOf(relation).slice(0, taken.get(relation)))
}
