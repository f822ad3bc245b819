import { html } from 'ghtml'
import { broaderBricks } from '../../model/brick-tree.ts'
import { brickLabel } from '../../model/bricks.ts'
import { FACETS, type FacetName } from '../../model/facets.ts'
import { regionByName } from '../../model/geography.ts'
import type { Language } from '../../model/language.ts'
import type { Hit, SupplierSummary } from '../../model/search-result.ts'
import type { PageContext, SearchView } from '../context.ts'
import { textsOf } from '../locales/texts.ts'
import { type Fragment, NOTHING } from '../markup.ts'
import { askedBricks, resultCard } from './result-card.ts'

const one = (value: string | undefined): readonly string[] | undefined => (value === undefined ? undefined : [value])

/** What a summary tells of a facet; `undefined` when no source says it: then nothing is known to lack. */
const KNOWN: Readonly<Partial<Record<FacetName, (supplier: SupplierSummary) => readonly string[] | undefined>>> = {
  theme: supplier => supplier.themes,
  brick: supplier => supplier.bricks,
  region: supplier => one(supplier.region && regionByName(supplier.region)),
  department: supplier => one(supplier.department),
  label: supplier => supplier.labels.map(label => label.id),
  state: supplier => one(supplier.state),
}

const lackedFilters = (supplier: SupplierSummary, { parameters }: SearchView, language: Language): readonly string[] =>
  FACETS.flatMap(({ name, valueLabel }) => {
    const wanted = parameters[name] ?? []
    const known = KNOWN[name]?.(supplier)
    if (wanted.length === 0 || known === undefined || wanted.some(value => known.includes(value))) return []
    return [wanted.map(value => valueLabel(value, language)).join(' / ')]
  })

const lackedBricks = (supplier: SupplierSummary, { result }: SearchView, language: Language): readonly string[] =>
  result.query.understood.flatMap(({ brick, via }) => {
    // What was guessed was not asked for.
    if (brick === undefined || via === 'guess') return []
    const supplied = supplier.bricks.some(id => id === brick || broaderBricks(id).some(above => above.id === brick))
    return supplied ? [] : [brickLabel(brick, language)]
  })

const lacks = ({ supplier, missing = [] }: Hit, view: SearchView, language: Language): Fragment => {
  const { titleQuery } = textsOf(language).search
  const list = new Set([
    ...missing.map(titleQuery),
    ...lackedBricks(supplier, view, language),
    ...lackedFilters(supplier, view, language),
  ])
  return list.size === 0
    ? NOTHING
    : html`<p class="small"><span class="soft">${textsOf(language).zero.lacks}</span> ${[...list].join(', ')}</p>`
}

/** "Les plus proches de votre besoin": suppliers that have part of what was asked, and what they are known to lack. */
export const nearestSuppliers = ({ language, status }: PageContext, view: SearchView): Fragment => {
  const { nearest } = view.result
  if (nearest.length === 0) return NOTHING
  const { zero } = textsOf(language)
  const card = { language, status, asked: askedBricks(view), nested: true }
  return html`<section class="stack" aria-labelledby="proches"><h2 id="proches">${zero.nearest}</h2>
<p class="soft">${zero.nearestText}</p>
<ol class="results">!${nearest.map(hit => resultCard(hit, card, lacks(hit, view, language)))}</ol></section>`
}
