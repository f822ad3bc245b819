import { hasOtherTies } from './customer-bodies.ts'
import { type CustomerMention, mentionIn } from './customer-mention.ts'
import type { CustomerSection } from './customer-titles.ts'
import { namesFunction } from './functions.ts'
import { organisationAt } from './organisation-lists.ts'
import { isPersonName } from './organisation-names.ts'
import type { PlacedBlock } from './outline.ts'

/** Behind a firm's name, or what it is ("X, agenda médical en ligne, …"), comes what it does. */
const DOES =
  /^(?:,\s(?:(?:une?|la|le|l['’]|les|à|au|dans|en|the|an?)\s)?\p{Ll}[^,.;:]{2,70},)?\s(?:y |en |se |s['’]|nous |l['’]|la |le |les )?(?:a|ont|\p{Ll}{2,}(?:ait|aient|ent|[^s\s]e|it|ed)|has|had|runs|uses)\s(?=[\p{Ll}\d])/u

/** Endings of verbs that other words have too. */
const NO_VERB =
  /^(?:,[^,]*,)?\s(?:est|sont|et|de|une?|comme|entre|contre|depuis|souvent|permet|comprend|inclut|propose|offre|mesure|compte|coûte|autre|même|notre|votre|cette|elle|le|ce|que|gratuite|sorte|libre|ligne|ensemble|the|are|were|bientôt)\s/u

/** The firm that a story under a heading over cases begins with: "Décolletage Perrin contrôlait un million de pièces". */
export const customersInStories = (
  placed: readonly PlacedBlock[],
  sectionAt: (each: PlacedBlock) => CustomerSection | undefined,
): readonly CustomerMention[] =>
  placed.flatMap(each => {
    const { text, level, block } = each
    if (
      level !== undefined ||
      block.kind === 'quote' ||
      block.kind === 'cell' ||
      text.length < 40 ||
      !/[.!…»]$/u.test(text)
    )
      return []
    const section = sectionAt(each)
    if (section !== 'cases' && section !== 'perhaps' && section !== 'customers') return []
    const found = organisationAt(text, 0, true)
    if (found === undefined || !/^\S*\p{Lu}\S*[\s-](?:\S+[\s-])*?\S*\p{Lu}/u.test(found.name)) return []
    const rest = text.slice(found.end)
    if (
      namesFunction(found.name) ||
      isPersonName(found.name) ||
      hasOtherTies(text) ||
      !DOES.test(rest) ||
      NO_VERB.test(rest)
    )
      return []
    return [mentionIn(found.name, block)]
  })
