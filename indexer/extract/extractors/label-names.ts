import type { Naming } from './certificate-names.ts'
import { foldInPlace } from './claim-context.ts'

/** Programmes, statuses and communities by folded text; `claims` where the name alone says who bears it. */
const NAMES: readonly (readonly [id: string, pattern: RegExp, claims?: 'claims'])[] = [
  ['i-lab', /\bi-?lab\b(?! (?:de|du) )/g],
  ['i-nov', /\bi-?nov\b/g],
  ['i-phd', /\bi-?phd\b/g],
  [
    'jei',
    /(?<!\b(?:statut (?:de |d')?|les |des |aux |pour |dispositif |aide |une? ))\bjeune entreprise innovante\b(?: \(jei\))?(?! (?:peut|doit|beneficie))/g,
    'claims',
  ],
  ['jei', /\bjeunes? entreprises? innovantes?\b(?: \(jei\))?|\bjei[cru]?\b/g],
  ['french-tech-next40-120', /\b(?:french tech )?next ?40(?: ?\/ ?(?:ft ?)?120)?\b|\b(?:french tech|ft) ?120\b/g],
  ['french-tech-2030', /\bfrench tech 2030\b/g],
  [
    'french-tech',
    /(?<!bourses? |subventions? |visa |prets? |fonds |tickets? |concours )\bfrench tech\b(?! (?:2030|120|next|visa|seed|tremplin|bridge|emergence|central|agri|health|green|diversite|day|tour|community fund))/g,
  ],
  ['esus', /\bentreprises? solidaires? d'utilite sociale\b(?: \(esus\))?|\besus\b/g],
  [
    'entreprise-a-mission',
    /\b(?:entreprise|societe|sas|sarl|scop|cooperative|company) a mission\b|\bmission-driven company under french law\b/g,
    'claims',
  ],
  ['deeptech', /\blabel(?:lis\w{1,4})? ["«“]? ?deep ?tech\b|\bdeep ?tech label\b/g, 'claims'],
  ['solar-impulse', /\bsolar impulse\b(?: efficient solutions?| foundation)?/g],
]

/** Norms of capitals: "jei" in a word list is nothing. */
const CAPITALS = /^(?:jei[cru]?|esus)$/

const ANY =
  /i-?lab\b|i-?nov\b|i-?phd|innovante|\bjei|french tech|next ?40|\bft ?120|utilite sociale|\besus|mission|deep ?tech|solar impulse/

/** The labels that a text names, in order; `plain` is the text folded in place. */
export const labelsIn = (text: string, plain = foldInPlace(text)): readonly Naming[] => {
  if (!ANY.test(plain)) return []
  return NAMES.flatMap(([id, pattern, claims]) =>
    [...plain.matchAll(pattern)].map(match => ({
      id,
      start: match.index,
      end: match.index + match[0].length,
      ...(claims === undefined ? {} : { claims: true }),
    })),
  )
    .filter(({ start, end }) => !CAPITALS.test(plain.slice(start, end)) || /^[A-Z]/.test(text.slice(start)))
    .sort((a, b) => a.start - b.start)
}
