import { foldAccents } from './folding.ts'
import { mappingLines } from './word-lists.ts'

// Repetitions are bounded and every search begins at a title or at "par": linear in the length of the text.

const CAPITALISED = String.raw`(?:\p{Lu}\.(?:[ -]?\p{Lu}\.)?|\p{Lu}[\p{L}'’]{1,30}(?:-\p{L}[\p{L}'’]{1,30}){0,2})`
const PARTICLE = `(?:(?:de la|de|du|des|le|la|di|da|del|van der|van|von|ben|el|al) |d['’])`
const NAME = new RegExp(
  `${PARTICLE}?${CAPITALISED}(?:[ \u00A0]${PARTICLE}?${CAPITALISED}){0,2}(?![\\p{L}\\p{N}])`,
  'uy',
)
const AND = /(?:, ?(?:et |and )?| et | and | & )/y

const TITLES =
  'M|MM?\\.|Mr\\.?|Mrs\\.?|Ms\\.?|Mmes?\\.?|Mlles?\\.?|Dr[es]?\\.?|Pr[es]?\\.?|Prof\\.?|Monsieur|Madame|Mademoiselle|' +
  'Docteure?|Professeure?|Professor'
const NAMED_PLACES =
  'rue|avenue|av\\.|boulevard|bd|allée|impasse|place|square|quai|cours|chemin|route|pont|parc|stade|gymnase|école|' +
  'collège|lycée|crèche|hôpital|clinique|fondation|institut'

// Not the second initial of "J. M. Keck", nor the name of a street or a school.
const TITLE = new RegExp(
  String.raw`(?<![\p{L}\p{N}_.&+/-])(?<!\d |\p{Lu}\. )(?<!(?<!\p{L})(?i:${NAMED_PLACES}) (?:du |de la |de |des )?)` +
    String.raw`(?:${TITLES})[ \u00A0]{1,2}`,
  'gu',
)

const DONE_BY =
  /(?<!\p{L})(?:(?:co-?)?(?:fond|cré|invent)|dirig|présid|port|pilot|men|anim|imagin|initi|lanc|mont|encadr)ée?s?(?: [\p{L}\p{N}]{1,12}){0,3}? par /giu

/** Given names without accents, lower case. */
const FIRST_NAMES: ReadonlySet<string> = new Set(mappingLines('first-names.txt').flatMap(line => line.split(/\s+/)))

/** Capitalised words at which a name ends: what follows a title or a name is then an organisation or a function. */
const ORGANISATIONS = new Set(
  [
    'universite university univ institut institute inserm cnrs inria cea inra inrae ecole centre groupe societe laboratoire',
    'directeur directrice president presidente chef',
  ].flatMap(line => line.split(' ')),
)

/** Words that begin the sentence after "phase M." more often than a name; "Le", "La", "Du" alone, not "Le Goc". */
const SENTENCE_STARTS = new Set(
  [
    'le la les un une des du ce cet cette ces il ils elle elles nous vous on en et ou pour par avec dans sur a au aux son',
    'sa ses notre nos mais lors afin depuis grace the this we it its in our',
  ].flatMap(line => line.split(' ')),
)

/** "Roy du" of "Roy du CNRS" → "Roy". */
const withoutParticle = (parts: readonly string[]): string => {
  const last = parts.findLastIndex(part => /^\p{Lu}/u.test(part))
  return parts.slice(0, last + 1).join(' ')
}

const words = (name: string): readonly string[] =>
  foldAccents(name)
    .toLowerCase()
    .split(/[ \u00A0]/)

/** One to three capitalised words at `from`; `undefined` when there are none or they name something else. */
const nameAt = (text: string, from: number): string | undefined => {
  NAME.lastIndex = from
  const found = NAME.exec(text)?.[0]
  if (found === undefined) return undefined
  const organisation = words(found).findIndex(word => ORGANISATIONS.has(word))
  const name = organisation < 0 ? found : withoutParticle(found.split(/[ \u00A0]/).slice(0, organisation))
  const [first = '', second] = words(name)
  if (name === '' || (SENTENCE_STARTS.has(first) && (second === undefined || !/^(?:le|la|du|des)$/.test(first)))) {
    return undefined
  }
  return name
}

/** "Jeanne Martin", "J. Martin": a given name or its initial, then something. */
const beginsWithFirstName = (name: string): boolean => {
  const [first = '', ...rest] = words(name)
  return rest.length > 0 && (/^\p{L}\.(?:-?\p{L}\.)?$/u.test(first) || FIRST_NAMES.has(first.split('-')[0]!))
}

/**
 * Where the enumeration of persons that goes on at `end` ends: ", Anne Roy et B. Petit". With `lastOfFounders`, "et" and
 * two capitalised words are enough: no list of given names holds them all.
 */
const endOfPersons = (text: string, end: number, lastOfFounders: boolean): number => {
  for (let last = end; ; ) {
    AND.lastIndex = last
    const joint = AND.exec(text)?.[0]
    const name = joint && nameAt(text, last + joint.length)
    if (!joint || !name) return last
    const isAccepted = beginsWithFirstName(name) || (lastOfFounders && /\p{L}/u.test(joint) && words(name).length > 1)
    if (!isAccepted) return last
    last += joint.length + name.length
  }
}

/** A title alone is enough, but for "M" without its dot: that may be a product. */
const isTitled = (title: string, name: string): boolean => title.trim() !== 'M' || beginsWithFirstName(name)

/** What each match of `lead` names after it, as spans of `text`; a match inside the span before it is not looked at. */
function* spansAfter(
  lead: RegExp,
  text: string,
  spanFrom: (match: string, index: number) => readonly [start: number, end: number] | undefined,
): Generator<readonly [start: number, end: number]> {
  let reached = 0
  for (const { 0: match, index } of text.matchAll(lead)) {
    const span = index < reached ? undefined : spanFrom(match, index)
    if (span === undefined) continue
    reached = span[1]
    yield span
  }
}

const titledPersons = (text: string) =>
  spansAfter(TITLE, text, (title, index) => {
    const start = index + title.length
    const name = nameAt(text, start)
    if (name === undefined || !isTitled(title, name)) return undefined
    return [index, endOfPersons(text, start + name.length, false)]
  })

const founders = (text: string) =>
  spansAfter(DONE_BY, text, (verb, index) => {
    const start = index + verb.length
    const name = nameAt(text, start)
    if (name === undefined || !beginsWithFirstName(name)) return undefined
    return [start, endOfPersons(text, start + name.length, true)]
  })

const FUNCTION =
  'co-?fondat|fondat|founder|co-?founder|direct(?:eur|rice|or|ion)|dirigeant|pr[ée]sident|g[ée]rant|respons|chef|cheffe|' +
  'charg[ée]e? d|ing[ée]nieur|technicien|d[ée]veloppeu|chercheu|docteur|professeu|enseignant|infirmi|m[ée]decin|pharmac|maire|' +
  'adjointe? |[ée]lue? |conseill|juriste|avocat|coordinat|assistant|secr[ée]taire|animat|consultant|expert|commercial|' +
  'acheteu|agent |gestionnaire|exploitant|agricult|associ[ée]e?|DSI|RSSI|DPO|CEO|CTO|COO|CFO|DG|PDG|DRH|head of|' +
  'manager|lead |officer|engineer|sales|owner'
/** What follows the name of a person who speaks for an organisation: ", directrice des achats", " (CTO)". */
const WITH_FUNCTION = new RegExp(
  String.raw`[ \u00A0]?[,(–—:|·-][ \u00A0]?(?:(?:notre|nos|la|le|l['’]|the|our|son|sa) ?)?(?:${FUNCTION})`,
  'iy',
)
/** What leads to the name of a person: "notre directrice Jeanne Roy", "Contact : Jeanne Roy". */
const FUNCTION_BEFORE = new RegExp(
  String.raw`(?<!\p{L})(?:${FUNCTION})[\p{L}]{0,10}(?: (?:technique|commerciale?|général|générale|scientifique|informatique|associée?|adjointe?))?[ \u00A0]?[,:]?[ \u00A0]$|(?:contact|interlocut(?:eur|rice)|écrire à|appelez|joindre)[ \u00A0]?:?[ \u00A0]$`,
  'iu',
)
/** "Lycée Marie Curie" is no person. */
const PLACE_BEFORE = new RegExp(String.raw`(?<!\p{L})(?:${NAMED_PLACES})[ \u00A0](?:du |de la |de |des )?$`, 'iu')
const FIRST_WORD = /(?<![\p{L}\p{N}_.&+/@-])\p{Lu}[\p{L}’'-]{1,20}[ \u00A0](?=\p{Lu})/gu
const REACH_BEFORE = 60

/** A given name and a family name beside a function, or alone on a line: who signs a testimonial or leads a team. */
const functionaries = (text: string) =>
  spansAfter(FIRST_WORD, text, (_, index) => {
    const name = nameAt(text, index)
    if (name === undefined || !beginsWithFirstName(name)) return undefined
    if (PLACE_BEFORE.test(text.slice(Math.max(0, index - 20), index))) return undefined
    const end = index + name.length
    WITH_FUNCTION.lastIndex = end
    const before = text.slice(Math.max(0, index - REACH_BEFORE), index)
    const isAlone = before.trim() === '' && text.slice(end).trim() === ''
    if (!isAlone && !WITH_FUNCTION.test(text) && !FUNCTION_BEFORE.test(before)) return undefined
    return [index, endOfPersons(text, end, false)]
  })

/**
 * Puts `label` in the place of persons: after a title ("Dr", "Mme"), beside a function, alone on a line, or as those who
 * founded, run or carry something.
 */
export const replacePersons = (text: string, label: string): string => {
  let result = ''
  let position = 0
  for (const [start, end] of [...titledPersons(text), ...founders(text), ...functionaries(text)].sort(
    (a, b) => a[0] - b[0],
  )) {
    // A founder with a title is found twice, and the two stretches may end differently.
    if (start >= position) result += text.slice(position, start) + label
    position = Math.max(position, end)
  }
  return result + text.slice(position)
}
