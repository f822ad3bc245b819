import type { PageImage } from '../page-document.ts'
import { excerptOf } from '../sentences.ts'
import type { CustomerMention } from './customer-mention.ts'
import { sectionOf } from './customer-sections.ts'
import type { CustomerSection } from './customer-titles.ts'
import { isOrganisationName, nameInAlt } from './organisation-names.ts'
import { type PlacedBlock, type Title, titleOf, zoneOf } from './outline.ts'
import { plainText } from './plain-text.ts'
import { isAuthority, isOftenFunder, isPublicBody } from './public-bodies.ts'

const MUTE: ReadonlySet<PageImage['part']> = new Set(['nav', 'search', 'cookie', 'comments', 'social', 'dialog'])

interface Logo {
  readonly image: PageImage
  /** '' when the text names no organisation. */
  readonly name: string
  readonly path: readonly Title[]
}

/** The headings over an image: those of the last block before it in the same part of the page. */
const logosOf = (images: readonly PageImage[], placed: readonly PlacedBlock[]): readonly Logo[] => {
  const last = new Map<string, PlacedBlock>()
  let next = 0
  return images.flatMap(image => {
    for (; next < placed.length && placed[next]!.index < image.blocksBefore; next++)
      last.set(zoneOf(placed[next]!.block), placed[next]!)
    if (MUTE.has(image.part)) return []
    const above = last.get(zoneOf(image))
    const path = above === undefined ? [] : [...above.path, ...(above.level === undefined ? [] : [titleOf(above)])]
    const name = nameInAlt(image.alt)
    return [{ image, path, name: isOrganisationName(name) ? name : '' }]
  })
}

/** Neighbours: under the same heading, with a caption or so between. */
const GAP = 3
const MAX_CAPTION = 80

const stripsOf = (logos: readonly Logo[], placed: readonly PlacedBlock[]): readonly (readonly Logo[])[] => {
  const long = placed.filter(({ text }) => text.length > MAX_CAPTION).map(({ index }) => index)
  const strips: Logo[][] = []
  let before: Logo | undefined
  for (const logo of logos) {
    const isNext =
      before !== undefined &&
      !long.some(index => index >= before!.image.blocksBefore && index < logo.image.blocksBefore) &&
      logo.image.blocksBefore - before.image.blocksBefore <= GAP &&
      sectionTitle(logo) === sectionTitle(before)
    if (isNext) strips.at(-1)!.push(logo)
    else strips.push([logo])
    before = logo
  }
  return strips
}

const sectionTitle = ({ path }: Logo): string | undefined => path.find(({ level }) => level >= 2)?.text

const NO_CUSTOMERS =
  /\b(?:ademe|bpi|bpifrance|feder|feader|fse|union europeenne|european union|europe|france 2030|france relance|plan de relance|french tech|afnor|cofrac|qualiopi|iso \d|label|certifi\S{1,5}|banque des territoires|caisse des depots|partenaires?|financeurs?)\b/

/** Whether logos in a row are customers' where no heading says so: several local bodies, nobody who funds or certifies. */
const showsCustomers = (strip: readonly Logo[], section: CustomerSection | undefined): boolean => {
  const names = new Set(strip.map(({ name }) => name).filter(Boolean))
  if (names.size < 0.6 * strip.length || strip.some(({ image }) => NO_CUSTOMERS.test(plainText(image.alt))))
    return false
  if (section === 'perhaps') return names.size > 1
  const bodies = [...names].filter(name => isPublicBody(name) && !isAuthority(name) && !isOftenFunder(name))
  return names.size > 2 && bodies.length > 0 && !strip.some(({ image }) => image.part === 'footer')
}

const FILE_OF_CUSTOMER = /[/_-](?:logos?[_-])?(?:clients?|customers?|references?)[/_-]/i
const FILE_OF_OTHERS =
  /[/_-](?:partenaires?|partners?|sponsors?|financeurs?|tech|technos?|stack|integrations?|labels?|certif\w{0,10}|presse|press)[/_-]/i

const sectionByNames = ({ url, calledAs }: PageImage): CustomerSection | undefined => {
  if (calledAs === 'partners' || FILE_OF_OTHERS.test(url)) return 'others'
  return calledAs === 'customers' || FILE_OF_CUSTOMER.test(url) ? 'customers' : undefined
}

/** The customers whose logos the page shows: under a heading over customers, or in a row that speaks for itself. */
export const customersInLogos = (
  images: readonly PageImage[],
  placed: readonly PlacedBlock[],
  fallback: CustomerSection | undefined,
): readonly CustomerMention[] =>
  stripsOf(logosOf(images, placed), placed).flatMap(strip =>
    strip.flatMap(({ image, name, path }) => {
      if (name === '') return []
      const { alt } = image
      const saysLogo = /\blogo/iu.test(alt)
      const saysClient = /^(?:logo (?:du |de )?(?:notre )?)?client\b|\bclient$/iu.test(alt)
      const stated = sectionOf(path, path.length < 2 ? fallback : undefined)
      // A heading that speaks for itself goes before the class of the part and the place of the file.
      const section = stated === undefined || stated === 'perhaps' ? (sectionByNames(image) ?? stated) : stated
      const isNamed =
        section === 'customers' ||
        ((section === 'cases' || section === 'testimonials') && (saysLogo || isPublicBody(name))) ||
        (section !== 'others' && (saysClient || showsCustomers(strip, section)))
      return isNamed ? [{ name, excerpt: excerptOf(alt) }] : []
    }),
  )
