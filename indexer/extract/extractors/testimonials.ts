import { type CustomerMention, mentionIn } from './customer-mention.ts'
import type { CustomerSection } from './customer-titles.ts'
import { namesFunction } from './functions.ts'
import { organisationAt } from './organisation-lists.ts'
import { isCapitalised, isOrganisationName, isPersonName, shortestName } from './organisation-names.ts'
import type { PlacedBlock } from './outline.ts'
import { isPublicBody } from './public-bodies.ts'

const MAX_ATTRIBUTION = 200

const MARKS = /\s*(?:[,;|•·\n/]|\s[–—-]\s|^\s?[–—-]\s?|\s[–—-])\s*/u

/** Parts of a company, behind "directrice de la": not its name. */
const DIVISION =
  /^(?:la |le |l['’]|les )?(?:communication|production|recherche|syst[èe]mes?|informatique|exploitation|travaux|projets?|cabinet|[ée]cole|p[ôo]le|services?|direction|maintenance|qualit[ée]|r&d|innovation|marketing|op[ée]rations|technique|num[ée]rique|si|it|rh|patrimoine|d[ée]veloppement|[ée]nergie|eau|b[âa]timents?|affaires|clients?|achats?|finances?|supply|digital|data|cloud)(?:$|[\s,])/iu

const AT = /\s(?:chez|at|@|au sein d[eu]|pour)\s/u

/** "Directrice des systèmes d'information, Ville de X" and its variants: the organisation behind the function. */
const organisationInAttribution = (text: string): string | undefined => {
  const line = text.replace(/^[\s–—-]+/u, '')
  const parts = line.split(MARKS).filter(Boolean)
  const last = shortestName(parts.at(-1) ?? '')
  const hasFunction = namesFunction(line)
  if (parts.length > 1 && isOrganisationName(last) && !namesFunction(last)) {
    const before = parts.at(-2) ?? ''
    if (isPublicBody(last)) return last
    if (isCapitalised(last) && (namesFunction(before) || (isPersonName(before) && !hasFunction))) return last
  }
  // "Claire Moreau, directrice, Laiterie du Doubs, Pontarlier": behind the function.
  const next = parts.findLastIndex((part, i) => i < parts.length - 2 && namesFunction(part))
  const behind = next < 0 ? '' : shortestName(parts[next + 1] ?? '')
  if (isOrganisationName(behind) && isCapitalised(behind) && !namesFunction(behind)) return behind
  const at = AT.exec(line)
  if (at !== null && (hasFunction || isPersonName(parts[0] ?? ''))) {
    const article = /^(?:la |le |les |l['’]|the )?/iu.exec(line.slice(at.index + at[0].length))?.[0] ?? ''
    return organisationAt(line, at.index + at[0].length + article.length, article === '')?.name
  }
  return hasFunction ? organisationOfFunction(line) : undefined
}

/** "DSI du CHU de Rennes", "gérante de Menuiserie Le Goff". */
const organisationOfFunction = (line: string): string | undefined => {
  const links = [...line.matchAll(/(?<=\s)(?:de la |de l['’]|du |des |de |d['’]|à la |au |of the |of )/giu)].slice(0, 8)
  for (const { 0: link, index } of links) {
    const start = index + link.length
    if (DIVISION.test(line.slice(start))) continue
    const name = organisationAt(line, start, false)
    if (name !== undefined) return name.name
  }
  const link = links.at(-1)
  if (link === undefined || !/^(?:de |d['’])$/iu.test(link[0])) return undefined
  const rest = shortestName(line.slice(link.index + link[0].length))
  return namesFunction(line.slice(0, link.index)) && isOrganisationName(rest) && !DIVISION.test(rest) ? rest : undefined
}

const beginsQuote = (text: string | undefined): boolean =>
  text !== undefined && /^\s?[«“"„]/u.test(text) && text.length > 30

/** Behind a quotation comes its author or, in an article, the rest of the sentence. */
const isSigned = (tail: string): boolean =>
  /^\s*[–—-]/u.test(tail) || (isPersonName(tail.split(MARKS).find(Boolean) ?? '') && !/\.\s*$/u.test(tail))

const REACH = 4

/** Whether a block stands with somebody's words: in a quotation, shortly behind one or before it, or under "Témoignages". */
const isWithQuote = (placed: readonly PlacedBlock[], i: number, section: CustomerSection | undefined): boolean => {
  if (section === 'testimonials' || placed[i]?.block.kind === 'quote' || beginsQuote(placed[i]?.text)) return true
  for (let step = -REACH; step <= REACH; step++) {
    const near = placed[i + step]
    if (step !== 0 && near !== undefined && (beginsQuote(near.text) || near.block.kind === 'quote')) return true
  }
  return false
}

/** An organisation alone on its line, behind a person's line or the line of their function. */
const isBehindPerson = (placed: readonly PlacedBlock[], i: number): boolean => {
  const before = placed[i - 1]?.text ?? ''
  const after = placed[i + 1]?.text ?? ''
  if (before.length > 100 || beginsQuote(before) || namesFunction(placed[i]!.text)) return false
  // A name, then a function: a person, whatever their given name.
  if (after.length < 100 && namesFunction(after) && !beginsQuote(after)) return false
  return (namesFunction(before) && organisationInAttribution(before) === undefined) || isPersonName(before)
}

/** The organisations of those whose words the page quotes. Persons' names and functions are left behind. */
export const customersInTestimonials = (
  placed: readonly PlacedBlock[],
  sectionAt: (each: PlacedBlock) => CustomerSection | undefined,
): readonly CustomerMention[] =>
  placed.flatMap((each, i) => {
    const section = sectionAt(each)
    const lines = each.block.text.split('\n')
    const whole = lines.length > 1 ? lines.slice(-3).join('\n').trim() : each.block.text
    // "« … » – Claire Moreau, DSI de la Ville de X" in one block.
    const closing = Math.max(whole.lastIndexOf('»'), whole.lastIndexOf('”'), whole.lastIndexOf('" '))
    const text = closing > 0 ? whole.slice(closing + 1) : whole
    if (closing > 0 && !isSigned(text)) return []
    if (section === 'others' || text.length > MAX_ATTRIBUTION || beginsQuote(text) || !isWithQuote(placed, i, section))
      return []
    const alone = shortestName(text.replace(/^[\s–—-]+/u, ''))
    const isAlone =
      isOrganisationName(alone) &&
      ((isBehindPerson(placed, i) && isCapitalised(alone) && !/\.$/.test(text)) ||
        (isPublicBody(alone) && each.text.length < 90))
    const name = isAlone ? alone : organisationInAttribution(text)
    // The excerpt is the organisation alone: the line has a person's name.
    return name === undefined ? [] : [mentionIn(name, each.block, name)]
  })
