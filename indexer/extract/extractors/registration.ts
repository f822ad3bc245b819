import type { ClaimKind } from '../../../src/model/claim.ts'
import { parseSiren, sirenOfSiret } from '../../../src/model/siren.ts'
import { parseVat } from '../../../src/model/vat.ts'
import type { Extractor, Finding, SitePageContent } from '../extractor.ts'
import type { PageBlock } from '../page-document.ts'
import { anchorOf, excerptOf } from '../sentences.ts'
import { type CompanyNumber, companyNumbersIn } from './company-numbers.ts'
import { createOwnerTeller, type NumberOwner } from './number-owner.ts'
import { objectsOf, ownNames, ownOrganisations, stringsOf } from './own-organisation.ts'
import { flowOf, headingPaths, type PageFlow } from './page-flow.ts'
import { type RegistryTown, registryTownsIn } from './registry-town.ts'

type Place = Pick<CompanyNumber, 'start' | 'end'>

interface OwnedNumber extends CompanyNumber {
  readonly owner: NumberOwner
}

const MUTE: ReadonlySet<PageBlock['part']> = new Set(['comments', 'advertisement', 'search', 'related'])
/** A registry and its number stand in one line: further apart they are of two companies. */
const REACH_REGISTRY = 80
/** What announces a number; the last before it says which. */
const LABEL =
  /(?:(?:n°|num[ée]ro)(?: de)? )?(?:siren|siret|r\.? ?c\.? ?s\b|tva|vat\b|registre|immatricul|registered)/giu
const REACH_LABEL = 80
/** "123 456 789 RCS Lorient". */
const LABEL_AFTER = /^[ ,–-]{1,3}r\.? ?c\.? ?s\b[^\n,;.–|]{0,30}/iu

const claim = (kind: ClaimKind, value: string, excerpt: string, block: PageBlock | undefined): Finding => ({
  property: 'claim',
  value: { kind, value },
  excerpt: excerptOf(excerpt),
  ...(block === undefined ? {} : anchorOf(block)),
})

/** The number with the word that announces it, and no more of the line: the names of persons stand there too. */
const excerptAt = ({ text }: PageFlow, { start, end }: Place): string => {
  const line = text.slice(Math.max(text.lastIndexOf('\n', start) + 1, start - REACH_LABEL), start)
  const label = [...line.matchAll(LABEL)].at(-1)
  if (label !== undefined) return text.slice(start - line.length + label.index, end)
  return text.slice(start, end) + (LABEL_AFTER.exec(text.slice(end, end + REACH_LABEL))?.[0] ?? '')
}

/** Menus and footers link to "Hébergement": a service, not whose number follows. */
const flowOfPage = ({ document }: SitePageContent): PageFlow => {
  const links = new Set(document.links.map(link => link.text.trim().toLowerCase()))
  return flowOf(document, block => !MUTE.has(block.part) && !links.has(block.text.trim().toLowerCase()))
}

/** Of several companies, the one that the page says it is; else the first. */
const firmOf = (numbers: readonly OwnedNumber[]): string | undefined =>
  (numbers.find(number => number.owner === 'own') ?? numbers[0])?.siren

/** Characters between two places; 0 when they overlap. */
const gap = (one: Place, other: Place): number => Math.max(0, one.start - other.end, other.start - one.end)

/** The firm's registry: the town beside its number, or one that the page says is the firm's. */
const townOf = (towns: readonly RegistryTown[], firm: string, numbers: readonly OwnedNumber[]) =>
  towns.find(town => {
    const nearest = numbers.toSorted((a, b) => gap(a, town) - gap(b, town))[0]
    return nearest?.siren === firm && nearest.owner !== 'other' && gap(nearest, town) <= REACH_REGISTRY
  })

/** The numbers that visitors read. */
const shownNumbers = (page: SitePageContent): readonly Finding[] => {
  const flow = flowOfPage(page)
  const tell = createOwnerTeller(ownNames(page))
  const paths = headingPaths(page.document)
  const ownerOf = ({ start, end }: Place): NumberOwner => {
    const owner = tell(flow.text, flow.sectionStart(start), start, end)
    if (owner !== 'unknown') return owner
    // "Hébergement" may be the heading above that of the host's name; the page's own title speaks of all.
    const block = flow.blockAt(start)
    const above = `${(block && paths.get(block)?.slice(1).join('\n')) ?? ''}\n`
    return tell(above, 0, above.length, above.length)
  }
  const all = companyNumbersIn(flow.text)
    .filter(({ start, vat }) => vat !== undefined || !/^FR/i.test(flow.text.slice(start, start + 2)))
    .map(number => ({ ...number, owner: ownerOf(number) }))
  const possible = all.filter(number => number.owner !== 'other')
  const firm = firmOf(possible)
  if (firm === undefined) return []
  const own = possible.filter(number => number.siren === firm)
  const found = (kind: ClaimKind, value: string, place: Place): Finding =>
    claim(kind, value, excerptAt(flow, place), flow.blockAt(place.start))
  const plain = own.find(number => number.siret === undefined && number.vat === undefined) ?? own[0]!
  const town = townOf(registryTownsIn(flow.text), firm, all)
  return [
    found('siren', firm, plain),
    ...own.flatMap(number => (number.siret === undefined ? [] : [found('siret', number.siret, number)])),
    ...own.flatMap(number => (number.vat === undefined ? [] : [found('vat', number.vat, number)])),
    ...(town === undefined
      ? []
      : [
          claim(
            'rcs',
            town.town,
            flow.text.slice(town.start, town.end).split('\n').at(-1) ?? '',
            flow.blockAt(town.end - 1),
          ),
        ]),
  ]
}

/** What an organisation's own description gives as its numbers, in any of schema.org's ways. */
const describedNumbers = (page: SitePageContent): readonly Finding[] => {
  const texts = ownOrganisations(page).flatMap(node => [
    ...['vatID', 'taxID', 'iso6523Code', 'identifier', 'siren', 'siret'].flatMap(name => stringsOf(node, name)),
    ...objectsOf(node, 'identifier').flatMap(each => stringsOf(each, 'value')),
  ])
  return texts.flatMap(text => {
    const number = text.replace(/^(?:0002|0009|siren|siret)[: ]+/i, '')
    const vat = parseVat(number)
    const digits = number.replace(/[\s.-]/g, '')
    const siren = vat === undefined ? (sirenOfSiret(number) ?? parseSiren(number)) : vat.slice(4)
    if (siren === undefined) return []
    return [
      claim('siren', siren, text, undefined),
      ...(vat === undefined ? [] : [claim('vat', vat, text, undefined)]),
      ...(vat === undefined && digits.length === 14 ? [claim('siret', digits, text, undefined)] : []),
    ]
  })
}

const isOf = (firm: string, { value, property }: Finding): boolean =>
  property === 'claim' && /^(?:FR\d\d)?(\d{9})/.exec(value.value)?.[1] === firm

/** One finding a value, the first. */
const distinct = (findings: readonly Finding[]): readonly Finding[] => {
  const seen = new Set<string>()
  return findings.filter(({ value }) => seen.size < seen.add(JSON.stringify(value)).size)
}

/** The firm's identity numbers, as its legal notice, footer or structured data give them; never its host's or agency's. */
export const registration: Extractor = {
  name: 'registration',
  version: 1,
  find: page => {
    const shown = shownNumbers(page)
    const described = describedNumbers(page)
    const firm = [...shown, ...described].flatMap(each => (each.property === 'claim' ? [each.value.value] : []))[0]
    // A template's structured data may be of whom it was made for: what visitors read counts.
    return firm === undefined ? [] : distinct([...shown, ...described.filter(finding => isOf(firm, finding))])
  },
}
