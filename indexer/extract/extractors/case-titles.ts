import { excerptOf } from '../sentences.ts'
import { type CustomerMention, mentionIn } from './customer-mention.ts'
import { organisationAt, organisationsAt, withoutVerb } from './organisation-lists.ts'
import { isOrganisationName, shortestName } from './organisation-names.ts'
import type { PlacedBlock } from './outline.ts'
import { isPublicBody } from './public-bodies.ts'

/** "Cas client : X", "Étude de cas – X", "[Témoignage] X": what stands before the name. */
const CASE =
  /^[\s[(«"]*(?:cas (?:clients?|d['’]usage client|pratique)|[ée]tudes? de cas|success stor(?:y|ies)|case stud(?:y|ies)|customer stor(?:y|ies)|retour d['’]exp[ée]rience|rex|t[ée]moignages?(?: clients?)?|r[ée]f[ée]rences?(?: clients?)?|histoire client|ils l['’]ont fait|projet client)(?:[\s\])»"]*(?:n°\s?\d{1,2}\s?)?(?:[:–—|-]|»)\s?|\]\s?| (?:de la |du |de l['’]|des |de |d['’]|(?=\p{Lu})))/iu

/** "Comment la Ville de X a …", "How City of X …". */
const HOW = /^(?:comment|pourquoi|quand|how|why)\s(?:la |le |les |l['’]|the )?/iu

/** "Client : X", "Maître d'ouvrage : X": a project's sheet. */
const SHEET =
  /^(?:notre )?(?:client|cliente|ma[iî]tre d['’]ouvrage|commanditaire|donneur d['’]ordres?|b[ée]n[ée]ficiaire|customer|collectivit[ée]|[ée]tablissement client|client final)\s?:\s?/iu
const SHEET_TERM =
  /^(?:(?:notre |le )?client|ma[iî]tre d['’]ouvrage|commanditaire|donneur d['’]ordres?|customer)\s?:?$/iu

const MAX_TITLE = 250

const nameAfterCase = (title: string): string | undefined => {
  const lead = CASE.exec(title)?.[0]
  if (lead === undefined) return undefined
  const article = /^(?:la |le |les |l['’]|the )?/iu.exec(title.slice(lead.length))?.[0] ?? ''
  const rest = title.slice(lead.length)
  const whole = withoutVerb(shortestName(rest))
  if (isOrganisationName(whole)) return whole
  return organisationAt(title, lead.length + article.length, article === '')?.name
}

/** Behind "Comment X …" comes a verb when X is an organisation. */
const HOW_VERB =
  /^\s(?:a|ont|s['’]est|se sont|s['’]appuie|[ps]\p{L}{2,12}|g[èe]re|utilise|mesure|r[ée]duit|économise|has|uses|saved|cut|reduced|moved|replaced|runs)(?!\p{L})/iu

const FIRM_VERB =
  /^\s(?:a|ont|s['’]est|se|has|cut|\p{Ll}{2,}(?:e|t|d|ent|ait|s|ed))\s(?!(?:de|du|des|et|pour|sur|à|en)\s)/u

const nameAfterHow = (title: string): string | undefined => {
  const lead = HOW.exec(title)?.[0]
  const found = lead === undefined ? undefined : organisationAt(title, lead.length, false)
  if (found !== undefined)
    return HOW_VERB.test(title.slice(found.end)) || isPublicBody(found.name) ? found.name : undefined
  // "Comment Chimie Rhénane interroge ses notices": two capitals at least, then a verb.
  const firm = lead === undefined ? undefined : organisationAt(title, lead.length, true)
  const isFirm = firm !== undefined && /\p{Lu}.*[\s-]\p{Lu}/u.test(firm.name) && FIRM_VERB.test(title.slice(firm.end))
  return isFirm ? firm.name : undefined
}

const nameInTitle = (title: string): string | undefined => nameAfterCase(title) ?? nameAfterHow(title)

const sheetNames = (text: string): readonly string[] => {
  const lead = SHEET.exec(text)?.[0]
  if (lead === undefined) return []
  const rest = shortestName(text.slice(lead.length))
  return isOrganisationName(rest) ? [rest] : organisationsAt(text, lead.length, true).map(({ name }) => name)
}

/** The customers that titles of case studies and sheets of projects name, on any page. */
export const customersInTitles = (
  title: string | undefined,
  placed: readonly PlacedBlock[],
): readonly CustomerMention[] => {
  const line = (title ?? '').slice(0, MAX_TITLE)
  const page = nameInTitle(line)
  return [
    ...placed.flatMap((each, i) => {
      const text = each.text.slice(0, MAX_TITLE)
      const before = placed[i - 1]
      // In a table a term and its value stand in one row; below a term stands another.
      const isTerm =
        before !== undefined &&
        before.block.cell?.row === each.block.cell?.row &&
        SHEET_TERM.test(before.text) &&
        !SHEET_TERM.test(text)

      const inTerm =
        isTerm && each.level === undefined && isOrganisationName(shortestName(text)) ? [shortestName(text)] : []
      const inTitle = each.level !== undefined || text.length < 120 ? nameInTitle(text) : undefined
      return [...(inTitle === undefined ? [] : [inTitle]), ...sheetNames(text), ...inTerm].map(name =>
        mentionIn(name, each.block, text),
      )
    }),
    ...(page === undefined ? [] : [{ name: page, excerpt: excerptOf(line) }]),
  ]
}
