import { setImmediate as breathe } from 'node:timers/promises'
import type { Draft } from '../dossiers/dossiers.ts'
import { frozenFact } from '../dossiers/frozen-fact.ts'
import { NEUTRAL_RULE } from '../dossiers/neutral-order.ts'
import { EngineUnavailableError } from '../engine/engine.ts'
import { formatText } from '../model/document.ts'
import type { FrozenSupplier } from '../model/dossier.ts'
import type { Language } from '../model/language.ts'
import type { Siren } from '../model/siren.ts'
import type { Status } from '../model/status.ts'
import type { TenderChoices } from '../search/tender/tenders.ts'
import { comparisonOf } from '../views/comparison.ts'
import { placeOf, shortPlace } from '../views/components/place.ts'
import { textsOf } from '../views/locales/texts.ts'
import { pagePath } from '../views/urls.ts'
import type { DossierRequest, Subject } from './dossier-request.ts'
import { searchWithFacts } from './exported-hits.ts'
import { RANKING } from './ranking-view.ts'
import type { Services } from './services.ts'
import { recordReader } from './suppliers.ts'
import { toQuery } from './to-query.ts'

/** The answer that a dossier freezes, computed here and now: nothing of it comes from the request. */

/** What the answer of each kind brings. */
type Answer = Pick<Draft, 'search' | 'tender' | 'comparison' | 'order' | 'suppliers'>

interface Asked {
  readonly services: Services
  readonly language: Language
  readonly status: Status
  readonly signal: AbortSignal
}

/** So many profiles are read at a stretch. */
const BATCH = 20

const searchAnswer = async (
  { parameters, limit }: Extract<Subject, { kind: 'search' }>,
  { services, language, signal }: Asked,
): Promise<Answer> => {
  const query = toQuery({ ...parameters, size: limit })
  const { result, hits } = await searchWithFacts(services, query, language, signal)
  const suppliers = hits.map(({ rank, hit, record }): FrozenSupplier => {
    const place = shortPlace(hit.supplier)
    return {
      ...{ rank, siren: hit.supplier.siren, name: hit.supplier.name, score: hit.score, hit },
      ...(place !== undefined && { place }),
      facts: record?.facts.map(frozenFact) ?? [],
    }
  })
  const { near } = query
  return {
    search: {
      parameters,
      ...(near && { near }),
      query: result.query,
      total: result.total,
      recovery: result.recovery,
    },
    order: { by: query.sort },
    suppliers,
  }
}

const factsOf = ({ catalogue }: Services, siren: Siren): FrozenSupplier['facts'] =>
  catalogue.record(siren)?.facts.map(frozenFact) ?? []

const frozenChoices = ({ filters, ranges, weights, near, statuses, terms, missing }: TenderChoices) => ({
  filters: Object.fromEntries(Object.entries(filters).map(([name, values]) => [name, [...values]])),
  ...(ranges && { ranges }),
  weights,
  ...(near && { near }),
  statuses: Object.fromEntries(statuses),
  terms: [...terms],
  ...(missing && { missing: { text: missing.text, chosen: [...missing.chosen] } }),
})

const tenderAnswer = async (
  { document, choices, keepText }: Extract<Subject, { kind: 'tender' }>,
  { services, language, signal }: Asked,
): Promise<Answer> => {
  const { tenders } = services
  if (tenders === undefined) throw new EngineUnavailableError('the service was built without the analysis of tenders')
  const result = await tenders.analyse(document, choices, language, { signal })
  const suppliers: FrozenSupplier[] = []
  for (const { supplier, score } of result.matrix) {
    if (suppliers.length % BATCH === 0) await breathe(undefined, { signal })
    const place = shortPlace(supplier)
    suppliers.push({
      ...{ rank: suppliers.length + 1, siren: supplier.siren, name: supplier.name, score },
      ...(place !== undefined && { place }),
      facts: factsOf(services, supplier.siren),
    })
  }
  const text = keepText ? { text: formatText(document) } : {}
  return { tender: { choices: frozenChoices(choices), result, ...text }, order: { by: 'relevance' }, suppliers }
}

const comparisonAnswer = (
  { sirens }: Extract<Subject, { kind: 'comparison' }>,
  { services, language, status }: Asked,
): Answer => {
  const records = sirens.map(recordReader(services))
  const suppliers = records.map(({ supplier, facts }, index): FrozenSupplier => {
    const place = placeOf(supplier.location)
    return {
      ...{ rank: index + 1, siren: supplier.siren, name: supplier.name },
      ...(place !== undefined && { place }),
      facts: facts.map(frozenFact),
    }
  })
  return { comparison: comparisonOf(records, status.sources, language), order: { by: 'asked' }, suppliers }
}

const answerOf = async (subject: Subject, asked: Asked): Promise<Answer> => {
  if (subject.kind === 'search') return searchAnswer(subject, asked)
  return subject.kind === 'tender' ? tenderAnswer(subject, asked) : comparisonAnswer(subject, asked)
}

/** Everything that a dossier freezes. `baseUrl` is the address under which its method can be read. */
export const draftOf = async (
  services: Services,
  request: DossierRequest,
  status: Status,
  baseUrl: string,
  signal: AbortSignal,
): Promise<Draft> => {
  const { subject, language, title, note, order } = request
  const { engine, version, builtAt, suppliers } = status.index
  const { order: by, ...answer } = await answerOf(subject, { services, language, status, signal })
  return {
    kind: subject.kind,
    language,
    ...(title !== '' && { title }),
    ...(note !== '' && { note }),
    index: { engine, version, builtAt, suppliers },
    catalogue: { suppliers: status.suppliers, demonstration: status.demonstration },
    sources: status.sources,
    method: {
      url: `${baseUrl}${pagePath(language, '/a-propos')}#classement`,
      vocabularyUrl: `${baseUrl}${pagePath(language, '/briques')}`,
      ...(subject.kind === 'search' && { ranking: { ...RANKING, required: [...RANKING.required] } }),
      notice: textsOf(language).dossier.notice,
    },
    // The columns of a comparison stand as they were asked for.
    order: order === 'neutral' && subject.kind !== 'comparison' ? { by: 'neutral', rule: NEUTRAL_RULE } : by,
    ...answer,
  }
}
