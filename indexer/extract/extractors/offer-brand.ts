import { nameKey } from '../../../src/text/name-key.ts'
import type { SitePageContent } from '../extractor.ts'
import { anchorOf, excerptOf } from '../sentences.ts'
import { isFrenchTown } from './french-places.ts'
import type { OfferMention } from './offer-mention.ts'
import { isOfferName, isProductNoun, kindOfName, offerNameIn } from './offer-names.ts'
import type { PlacedBlock } from './outline.ts'
import { oneLine, plainText } from './plain-text.ts'
import { startsWithService } from './service-words.ts'

/** What follows a firm's name in the names of firms, places and parts of a site, not of products. Plain text. */
const NO_TAIL = new Set(
  (
    'industries industrie groupe group france europe international technologies technology technologie systems systemes ' +
    'holding blog recrute recrutement academie carrieres jobs news actualites sa sas sarl scop scic inc ltd gmbh labs lab ' +
    'fondation paris est et the and in at for le la les un une des du de se siege social agence cooperative association ' +
    'solutions solution conseil consulting ingenierie engineering linkedin facebook twitter mastodon youtube ' +
    'instagram github gitlab contact accueil home mentions all rights tous droits nord sud ouest belgique suisse canada ' +
    'nous vous notre votre we our you il elle ils cette ce pour avec chez par sur'
  ).split(' '),
)

/** First words of firms' names that say nothing of the firm. */
const COMMON_FIRST =
  /^(?:suite|groupe|atelier|ateliers|agence|cabinet|societe|cooperative|maison|institut|laboratoires?|reseau|union|france|alpes|bretagne|digital|numerique|solutions?|services?|systemes?|studio|espace|centre|energie|green|smart|open|libre|cloud|data|cyber|tech|bureau|compagnie|comptoir|conseil|ecole|terre|nouvelle?|grand|petit|objectif|alliance|planete|station)$/

const MIN_FIRST_WORD = 5

/** What the firm goes by: the keys of its own names, and the first word of a name of several when it is a rare one. */
export interface Brand {
  readonly keys: ReadonlySet<string>
  readonly firstWords: ReadonlySet<string>
}

/** The brand of the firm at an address; `ownKeys` as `ownNameKeys` gives them. */
export const brandOf = (url: string, ownKeys: ReadonlySet<string>): Brand => {
  const labels = (URL.parse(url)?.hostname ?? '')
    .replace(/^www\./, '')
    .split('.')
    .slice(0, -1)
  const first = labels.at(-1)?.split('-') ?? []
  const word = first.length > 1 ? (first[0] ?? '') : ''
  const isRare = word.length >= MIN_FIRST_WORD && !COMMON_FIRST.test(word) && !startsWithService(word)
  return { keys: ownKeys, firstWords: new Set(isRare ? [word] : []) }
}

/** What stands beside a firm's name, not beside a product's. */
const IMPRINT =
  /©|copyright|\b(?:rcs|r\.c\.s|siret|siren|tva|capital|siège|s\.?a\.?s\.?u?|s\.?a\.?r\.?l|sa|scop|scic|eurl|société|coopérative|association|rue|avenue|boulevard|quai|place|chemin|allée|route|zone|parc)\b|\b\d{5}\s\p{Lu}/iu

const LEGAL_FORM =
  /^[\s,–—(·]{0,4}(?:S\.?A\.?S\.?U?|S\.?A\.?R\.?L|SA|Scop|SCOP|SCIC|EURL|société|coopérative|est une (?:entreprise|société|coopérative|PME|start-?up|jeune)|(?:a été|est) (?:fondée?|créée?|née?)|recrute|emploie|was founded|is a (?:company|French))(?![\p{L}])/u

/** The longer names of the firm that a page shows: in its title, imprint, logo. `names` bear its brand. */
export const namesOfFirm = (
  page: SitePageContent,
  placed: readonly PlacedBlock[],
  names: ReadonlySet<string>,
): ReadonlySet<string> => {
  const segments = (page.document.title ?? '').split(/\s+[–—|·:•-]\s+|\s*[|•]\s*/u).map(oneLine)
  const titles = new Set([
    ...(segments.length > 1 ? segments.slice(-1) : []),
    ...(page.isHome ? segments.slice(0, 1) : []),
  ])
  const logos = page.document.images
    .filter(({ part, alt }) => part === 'header' || part === 'footer' || part === 'nav' || /logo/i.test(alt))
    .map(({ alt }) => oneLine(alt))
  const isFirm = (name: string): boolean =>
    titles.has(name) ||
    logos.some(alt => alt.endsWith(name)) ||
    placed.some(({ block, text }) => {
      const at = text.indexOf(name)
      if (at < 0) return false
      const isImprint = (block.part === 'footer' || /©/.test(text)) && IMPRINT.test(text)
      return isImprint || LEGAL_FORM.test(text.slice(at + name.length, at + name.length + 60))
    })
  return new Set([...names].filter(isFirm).map(nameKey))
}

/** A figure alone is a house number more often than a version. */
const isTail = (word: string): boolean =>
  /^(?:\p{Lu}\p{L}|\p{Lu}+\d)/u.test(word) && !NO_TAIL.has(plainText(word).replace(/[.,;:]$/, ''))

const MAX_BRAND_WORDS = 3
const MAX_TAIL_WORDS = 3

/** How many words from `from` on name the firm; 0 when none do. */
const brandLength = (words: readonly string[], from: number, brand: Brand): number => {
  for (let length = Math.min(MAX_BRAND_WORDS, words.length - from); length > 0; length--) {
    const key = nameKey(words.slice(from, from + length).join(' '))
    if (brand.keys.has(key) || (length === 1 && brand.firstWords.has(key))) return length
  }
  return 0
}

/** The firm's name with words of its own behind ("Kerlann Vue") at `from`, '' when there is none. */
const compoundAt = (words: readonly string[], from: number, brand: Brand): string => {
  const length = brandLength(words, from, brand)
  if (length === 0) return ''
  let end = from + length
  while (end < words.length && end < from + length + MAX_TAIL_WORDS && isTail(words[end]!)) end++
  const name = words.slice(from, end).join(' ')
  const tail = words.slice(from + length, end)
  const isName = tail.length > 0 && !brand.keys.has(nameKey(name)) && !tail.some(word => isFrenchTown(word))
  return isName && isOfferName(name) ? name : ''
}

/** Whether a name holds the firm's own with something of its own before or behind: "Kerlann Vue", "Boîtier Kerlann". */
export const isBranded = (name: string, brand: Brand): boolean => {
  if (brand.keys.has(nameKey(name))) return false
  const words = oneLine(name).split(' ')
  if (words.length < 2 || words.length > 5 || !/^\p{Lu}/u.test(name)) return false
  const at = words.findIndex((_, i) => brandLength(words, i, brand) > 0)
  if (at < 0) return false
  return at > 0 ? words.slice(0, at).every(word => /^\p{Lu}/u.test(word)) : compoundAt(words, 0, brand) === name
}

/** Words with capitals or figures in a row. */
const RUN = /\p{Lu}[\p{L}\d]*(?:[-’'][\p{L}\d]+)*(?: (?:\p{Lu}|\d)[\p{L}\d]*(?:[-’'][\p{L}\d]+)*){1,5}/gu

const MAX_TEXT = 3_000

const namesIn = (text: string, brand: Brand): readonly string[] =>
  [...text.slice(0, MAX_TEXT).matchAll(RUN)].flatMap(([run]) => {
    const words = run.split(' ')
    // A line in capitals has no proper names to tell.
    if (words.length > 2 && !/\p{Ll}/u.test(run)) return []
    return words.flatMap((_, i) => {
      const name = compoundAt(words, i, brand)
      if (name === '') return []
      // "Boîtier Kerlann 4" is one name.
      const whole = words.slice(0, i).concat(name).join(' ')
      return i > 0 && isProductNoun(whole) ? [whole] : [name]
    })
  })

/** The offers that bear the firm's name with a word of their own, wherever the page speaks of them. */
export const brandedOffers = (placed: readonly PlacedBlock[], brand: Brand): readonly OfferMention[] =>
  placed.flatMap(({ block, text }, i) =>
    namesIn(text, brand).map(name => {
      const below = placed[i + 1]
      const isTitle = block.kind === 'heading' && offerNameIn(text) === name
      const description = isTitle && below?.block.kind === 'paragraph' ? below.text : undefined
      return {
        kind:
          kindOfName(name) === 'service' || /(?:services?|formation|conseil)$/i.test(name)
            ? ('service' as const)
            : ('product' as const),
        name,
        ...(description === undefined || description.length < 25 ? {} : { description: excerptOf(description) }),
        excerpt: excerptOf(text),
        ...anchorOf(block),
      }
    }),
  )
