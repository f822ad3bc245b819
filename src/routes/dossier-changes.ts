import { changesSince, type Today } from '../dossiers/changes.ts'
import { EngineUnavailableError } from '../engine/engine.ts'
import { InvalidParameterError } from '../errors.ts'
import { parseText } from '../model/document.ts'
import type { Dossier, DossierChanges } from '../model/dossier.ts'
import { FACET_NAMES } from '../model/facets.ts'
import { MAX_WINDOW } from '../model/query.ts'
import type { Status } from '../model/status.ts'
import type { TenderChoices } from '../search/tender/tenders.ts'
import type { Services } from './services.ts'
import { toQuery } from './to-query.ts'

/** What a dossier's question would be answered today, and what differs. */

/** Asking again costs a search of the whole window: a page that is opened again soon shows the same comparison. */
const MAX_AGE_MS = 60_000
const MOST_REMEMBERED = 50

type Results = Today['results']

const searchToday = async (
  { search }: Services,
  { parameters }: NonNullable<Dossier['search']>,
  { language }: Dossier,
  signal: AbortSignal,
): Promise<Results> => {
  const { total, hits } = await search.search(toQuery({ ...parameters, size: MAX_WINDOW }), language, { signal })
  return { total, ranked: hits.map(({ supplier: { siren, name } }) => ({ siren, name })) }
}

const choicesOf = ({
  filters,
  ranges,
  weights,
  near,
  statuses,
  terms,
}: NonNullable<Dossier['tender']>['choices']): TenderChoices => ({
  filters: Object.fromEntries(FACET_NAMES.flatMap(name => (filters[name] ? [[name, filters[name]]] : []))),
  ...(ranges && { ranges }),
  weights,
  near,
  statuses: new Map(Object.entries(statuses)),
  terms,
})

const tenderToday = async (
  { tenders }: Services,
  { choices, text }: NonNullable<Dossier['tender']>,
  { language }: Dossier,
  signal: AbortSignal,
): Promise<Results> => {
  // Without the text there is nothing to analyse again.
  if (text === undefined || tenders === undefined) return undefined
  const { matrix } = await tenders.analyse(parseText(text), choicesOf(choices), language, { signal })
  return { total: matrix.length, ranked: matrix.map(({ supplier: { siren, name } }) => ({ siren, name })) }
}

const resultsToday = async (services: Services, dossier: Dossier, signal: AbortSignal): Promise<Results> => {
  try {
    if (dossier.search) return await searchToday(services, dossier.search, dossier, signal)
    return dossier.tender && (await tenderToday(services, dossier.tender, dossier, signal))
  } catch (error) {
    // A dossier stays readable without an index, and when its place or a filter is no longer known.
    if (error instanceof EngineUnavailableError || error instanceof InvalidParameterError) return undefined
    throw error
  }
}

/** Compares dossiers with today; the last comparisons are remembered for a minute. */
export const changesReader = (services: Services, status: () => Promise<Status>) => {
  const remembered = new Map<string, { readonly answer: Promise<DossierChanges>; readonly at: number }>()

  const compare = async (dossier: Dossier, signal: AbortSignal): Promise<DossierChanges> => {
    const [current, results] = [await status(), await resultsToday(services, dossier, signal)]
    return changesSince(dossier, {
      ...{ status: current, results, now: new Date().toISOString() },
      factsOf: siren => services.catalogue.record(siren)?.facts,
    })
  }

  const read = (dossier: Dossier, signal: AbortSignal): Promise<DossierChanges> => {
    const known = remembered.get(dossier.id)
    if (known && performance.now() - known.at < MAX_AGE_MS) {
      // Whoever asked first may have left, which stops the search: not for those who are still there.
      return known.answer.catch(() => read(dossier, signal))
    }
    const answer = compare(dossier, signal)
    remembered.delete(dossier.id)
    remembered.set(dossier.id, { answer, at: performance.now() })
    // A failure, such as a reader who left, is not what others are to be told.
    answer.catch(() => {
      if (remembered.get(dossier.id)?.answer === answer) remembered.delete(dossier.id)
    })
    for (const oldest of [...remembered.keys()].slice(0, -MOST_REMEMBERED)) remembered.delete(oldest)
    return answer
  }
  return read
}
