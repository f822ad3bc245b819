import { BRICKS } from '../../../src/model/bricks.ts'
import { parseSiren, type Siren } from '../../../src/model/siren.ts'
import {
  type Label,
  ROLES,
  SIZE_CATEGORIES,
  type SourcedText,
  STATES,
  type Supplier,
  type Text,
} from '../../../src/model/supplier.ts'
import { THEMES } from '../../../src/model/themes.ts'
import { createPlaces } from './places.ts'
import { createRandom, createSampler, type Random, zipfWeights } from './random.ts'
import { capitalised, corpusWords, phrase } from './words.ts'

/** Invented profiles in words that are French and sentences that mean nothing, the same in every process. */
export interface Corpus {
  /** The nth profile, from 0. */
  supplier(n: number): Supplier
  /** A word that many profiles have, whatever they speak of. */
  commonWord(random: Random): string
}

/** What a firm speaks of: its words stand together more often than chance has it. */
interface Topic {
  readonly theme: string
  readonly words: readonly string[]
  readonly bricks: readonly string[]
}

const SEED = 20_261_122
const TOPICS = 120
const TOPIC_WORDS = 40
const TOPIC_BRICKS = 6
/** The commonest words belong to no topic, the rarest to hardly anyone. */
const TOPIC_RANKS = [150, 12_000] as const
/** With 10 the commonest word stands in a quarter of all profiles, the hundredth in 3 %. */
const ZIPF_SHIFT = 10
const COMMON_WORDS = 60

const PAGE_SHARE = 1 / 8
const LABEL_SHARE = 0.2
const LABELS = ['i-lab', 'i-nov', 'i-phd', 'jei', 'french-tech', 'deeptech', 'solar-impulse', 'esus']
const CERTIFICATIONS = ['iso-27001', 'iso-9001', 'iso-14001', 'hds', 'rgaa', 'qualiopi']
const ACTIVITIES = ['62.01Z', '62.02A', '58.29C', '72.19Z', '71.12B', '70.22Z', '26.51B', '28.99B', '63.11Z', '85.59A']
const ENDINGS = ['', '', ' SAS', ' Technologies', ' Industrie', ' Conseil', ' Systèmes', ' France']
const RETRIEVED = '2026-11-01T00:00:00Z'

/** The nth SIREN that passes its check digit. */
const sirenOf = (n: number): Siren => {
  const body = String(n + 1).padStart(8, '0')
  for (let check = 0; check <= 9; check++) {
    const siren = parseSiren(`${body}${check}`)
    if (siren) return siren
  }
  throw new RangeError(`no SIREN for ${n}`)
}

const createTopics = (words: readonly string[]): readonly Topic[] =>
  Array.from({ length: TOPICS }, (_, number) => {
    const random = createRandom(SEED, 1, number)
    const { id } = random.pick(THEMES)
    const bricks = BRICKS.filter(({ themes }) => themes.includes(id))
    const [first, last] = TOPIC_RANKS
    return {
      theme: id,
      words: Array.from({ length: TOPIC_WORDS }, () => words[first + random.below(last - first)] as string),
      bricks: Array.from({ length: TOPIC_BRICKS }, () => random.pick(bricks.length > 0 ? bricks : BRICKS).id),
    }
  })

const distinct = (values: readonly string[]): string[] => [...new Set(values)]

const sourced = (text: string, sourceUrl: string): SourcedText => ({
  text,
  source: 'bench',
  sourceUrl,
  retrievedAt: RETRIEVED,
  evidence: 'declared',
})

const labelsOf = (random: Random): Label[] => {
  if (!random.chance(LABEL_SHARE)) return []
  const id = random.pick(LABELS)
  return [{ id, name: id, years: [2005 + random.below(21)], evidence: 'attested' }]
}

/** Draws, as often as given, one of `values`; `undefined` for the rest: no source states it. */
const drawOf = <T>(values: readonly T[], shares: readonly number[]): ((random: Random) => T | undefined) => {
  const rest = Math.max(0, 1 - shares.reduce((sum, share) => sum + share, 0))
  const draw = createSampler([...shares, rest])
  return random => values[draw(random)]
}
const drawSize = drawOf(SIZE_CATEGORIES, [0.5, 0.27, 0.1, 0.03])
const drawState = drawOf(STATES, [0.93, 0.03, 0.04])
const drawRole = drawOf(ROLES, [0.25, 0.1, 0.1, 0.05, 0.02, 0.08])

/** Makes the corpus (0.5 s: word list, communes, vocabulary). */
export const createCorpus = (): Corpus => {
  const words = corpusWords(SEED)
  const drawWord = createSampler(zipfWeights(words.length, ZIPF_SHIFT))
  const drawCommonWord = createSampler(zipfWeights(COMMON_WORDS, ZIPF_SHIFT))
  const topics = createTopics(words)
  const drawTopic = createSampler(zipfWeights(TOPICS, 20))
  const drawTopicWord = createSampler(zipfWeights(TOPIC_WORDS, 3))
  const drawPlace = createPlaces()

  const supplier = (n: number): Supplier => {
    const random = createRandom(SEED, 2, n)
    const own = Array.from({ length: random.chance(0.3) ? 2 : 1 }, () => topics[drawTopic(random)] as Topic)
    const topicWord = (): string => random.pick(own).words[drawTopicWord(random)] as string
    const word = (): string => (random.chance(0.5) ? topicWord() : (words[drawWord(random)] as string))
    const sentence = (): string => `${capitalised(phrase(random, 8 + random.below(6), word))}.`
    const website = `https://firme-${n}.example/`
    const name = `${capitalised(topicWord())} ${capitalised(word())}${random.pick(ENDINGS)}`
    const page = (): Text => ({
      kind: 'page',
      title: capitalised(topicWord()),
      url: `${website}offre`,
      retrievedAt: RETRIEVED,
      evidence: 'declared',
      passages: [`${sentence()} ${sentence()}`, `${sentence()} ${sentence()} ${sentence()}`],
    })
    const [size, state, role] = [drawSize(random), drawState(random), drawRole(random)]
    return {
      siren: sirenOf(n),
      name,
      unnamed: false,
      otherNames: [],
      tagline: sourced(capitalised(phrase(random, 5 + random.below(4), word)), website),
      description: sourced(`${sentence()} ${sentence()} ${sentence()}`, website),
      website,
      ...(state && { state }),
      location: drawPlace(random),
      naf: random.pick(ACTIVITIES),
      ...(size && { sizeCategory: size }),
      founded: 1960 + random.below(66),
      themes: distinct(own.map(({ theme }) => theme)),
      bricks: distinct(Array.from({ length: random.below(4) }, () => random.pick(random.pick(own).bricks))),
      tags: distinct(Array.from({ length: 2 + random.below(3) }, topicWord)),
      offers: [],
      roles: role ? [role] : [],
      labels: labelsOf(random),
      certifications: random.chance(0.1)
        ? [{ id: random.pick(CERTIFICATIONS), name: 'Certification', evidence: 'declared' }]
        : [],
      hosting: random.chance(0.1) ? ['FR'] : [],
      texts: random.chance(PAGE_SHARE) ? [page()] : [],
      sources: ['bench'],
      updatedAt: `${2018 + random.below(8)}-0${1 + random.below(9)}-1${random.below(10)}`,
    }
  }
  return { supplier, commonWord: random => words[drawCommonWord(random)] as string }
}
