import type { Searcher } from '../../engine/engine.ts'
import type { FieldName } from '../../engine/fields.ts'
import { brickLabel } from '../../model/bricks.ts'
import { FACETS } from '../../model/facets.ts'
import type { Language } from '../../model/language.ts'
import type { ExplanationLine } from '../../model/search-result.ts'
import type { Supplier } from '../../model/supplier.ts'
import {
  type AskedConcept,
  type Hindrance,
  MAX_ABOVE,
  type QueryStanding,
  type SideBySide,
} from '../../model/visibility.ts'
import { explain } from '../explain.ts'
import type { RankedCandidate, Ranking } from '../rank.ts'
import { evidenceOf } from './evidence.ts'
import { nearWords } from './near-words.ts'
import type { Mirrored } from './need-standing.ts'
import { heldConcepts } from './profile-words.ts'
import type { RankedQuery } from './rank-query.ts'
import { type Place, placeOf } from './standing.ts'

/** A firm in the answers to a query of its own, beside those above it. */

interface Above {
  readonly rank: number
  readonly candidate: RankedCandidate
}

/** The two first, and those just above: what leads, and what is next to be passed. All five first when it is not found. */
const FIRST = 2

const firmsAbove = ({ candidates }: Ranking, { rank, candidate }: Place): readonly Above[] => {
  const above = candidates
    .slice(0, rank === null ? MAX_ABOVE : rank - 1)
    .map((each, index) => ({ rank: index + 1, candidate: each }))
    .filter(each => each.candidate.siren !== candidate?.siren)
  return above.length <= MAX_ABOVE ? above : [...above.slice(0, FIRST), ...above.slice(FIRST - MAX_ABOVE)]
}

const lineKey = ({ kind, label }: ExplanationLine): string => `${kind} ${label}`

/** The reasons of all scores, those where the firm falls furthest behind first. */
const sideBySide = (own: readonly ExplanationLine[], above: readonly (readonly ExplanationLine[])[]): SideBySide[] => {
  const reasons = new Map([...own, ...above.flat()].map(line => [lineKey(line), line]))
  const points = (lines: readonly ExplanationLine[], key: string): number =>
    lines.find(line => lineKey(line) === key)?.value ?? 0
  const rows = [...reasons].map(([key, { kind, label }]) => ({
    ...{ kind, label },
    own: points(own, key),
    above: above.map(lines => points(lines, key)),
  }))
  const behind = (row: SideBySide): number => Math.max(0, ...row.above) - row.own
  return rows.sort((a, b) => behind(b) - behind(a))
}

/** The fields in which a candidate answers each concept, as its contributions say. */
const answeredFields = ({ contributions }: RankedCandidate, { understanding }: Ranking): readonly Set<FieldName>[] => {
  const fields = understanding.concepts.map(() => new Set<FieldName>())
  for (const { kind, concept, field } of contributions) {
    const concepts = kind === 'brick' ? (understanding.bricks[concept]?.covers ?? []) : [concept]
    for (const index of concepts) fields[index]?.add(field)
  }
  return fields
}

const conceptsOf = (
  ranking: Ranking,
  above: readonly Above[],
  { words }: Mirrored,
  language: Language,
): AskedConcept[] => {
  const { concepts, bricks } = ranking.understanding
  const held = heldConcepts(words, ranking.understanding)
  const others = above.map(({ candidate }) => ({ siren: candidate.siren, fields: answeredFields(candidate, ranking) }))
  return concepts.map(({ text, optional = false }, index) => {
    const own = held[index] ?? []
    const asked = bricks.filter(brick => brick.covers.includes(index))
    return {
      ...{ text, optional, own: [...own] },
      above: others.map(({ siren, fields }) => ({ siren, fields: [...(fields[index] ?? [])] })),
      near: own.length > 0 ? [] : nearWords(text, asked, words, language),
    }
  })
}

/** From so much on a profile is called a list of keywords: a tenth of its points are lost. */
const MUCH_STUFFING = 0.17

const hindrancesOf = ({ supplier }: Mirrored, { understanding }: Ranking, place: Place): Hindrance[] => {
  const { siren, place: named } = understanding
  const { state, websiteState, tagline, description, texts, offers, unnamed } = supplier
  const silent = !tagline && !description && texts.length === 0 && offers.length === 0
  const outside = named?.filter && !valuesOf(supplier, named.filter.facet).includes(named.filter.value)
  const absent = place.standing === 'absent'
  const found: readonly (Hindrance | false)[] = [
    state === 'ceased' && 'ceased',
    state === 'insolvency' && 'insolvency',
    silent && 'no-text',
    unnamed && 'unnamed',
    (place.candidate?.priors.stuffing ?? 0) >= MUCH_STUFFING && 'keywords',
    websiteState !== undefined && 'site-lost',
    absent && siren !== undefined && siren !== supplier.siren && 'other-siren',
    absent && named !== undefined && (named.near !== undefined || outside === true) && 'place',
    absent && !place.suffices && 'too-few-words',
  ]
  return found.filter(each => each !== false)
}

const valuesOf = (supplier: Supplier, facet: string): readonly string[] =>
  FACETS.find(({ name }) => name === facet)?.values(supplier) ?? []

/** The page of the firm's own site that speaks most of what is asked: the place to write what is missing. */
const pageOf = ({ supplier }: Mirrored, { understanding }: Ranking): QueryStanding['page'] => {
  const asked = understanding.concepts.map(({ text }) => text.toLowerCase())
  const pages = supplier.texts
    .filter(text => text.kind === 'page')
    .map(({ title, url, passages }) => {
      const text = passages.join(' ').toLowerCase()
      return { title, url, held: asked.filter(word => text.includes(word)).length }
    })
    .sort((a, b) => b.held - a.held)
  const [best] = pages
  return best && { title: best.title, url: best.url }
}

/** Where the firm comes for a query that it typed, and what those above have which it has not. */
export const queryStanding = async (
  engine: Searcher,
  text: string,
  ranked: RankedQuery,
  mirrored: Mirrored,
  language: Language,
): Promise<QueryStanding> => {
  const { supplier, facts, words } = mirrored
  const { ranking, spelled } = ranked
  const { understanding } = ranking
  const place = placeOf(supplier.siren, words, ranked)
  const above = firmsAbove(ranking, place)
  const profiles = await engine.suppliers(above.map(({ candidate }) => candidate.siren))
  const explained = above.map(({ candidate }) => explain(candidate, understanding, language))
  const own = place.candidate && explain(place.candidate, understanding, language)
  const page = pageOf(mirrored, ranking)
  const evidence = evidenceOf(supplier, facts, understanding, place.candidate?.passage, 'words')
  return {
    text,
    corrected: spelled.changes.length > 0 ? spelled.query.text : null,
    bricks: understanding.bricks.map(({ brick, span, ids }) => ({
      ...{ brick, span, label: brickLabel(brick, language) },
      held: [...ids.keys()].some(id => words.bricks.has(id)),
    })),
    relaxed: ranking.relaxed !== undefined,
    ...{ rank: place.rank, standing: place.standing, total: ranking.total, minimum: place.minimum },
    ...(own && { own: { score: own.score, explanation: own.lines } }),
    above: above.map(({ rank, candidate: { siren } }, index) => {
      const profile = profiles.get(siren)
      return {
        ...{ rank, siren, name: profile?.name ?? siren, score: explained[index]?.score ?? 0 },
        ...(profile?.state && { state: profile.state }),
      }
    }),
    lines: sideBySide(
      own?.lines ?? [],
      explained.map(({ lines }) => lines),
    ),
    concepts: conceptsOf(ranking, above, mirrored, language),
    hindrances: hindrancesOf(mirrored, ranking, place),
    ...(page && { page }),
    ...(evidence && { evidence }),
  }
}
