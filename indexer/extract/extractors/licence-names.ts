/** A licence that a text names. */
export interface NamedLicence {
  /** SPDX identifier, without "-only" and "-or-later". */
  readonly id: string
  /** Where it stands in the text (UTF-16 offsets). */
  readonly start: number
  readonly end: number
}

/** A version behind a name: "v3", "version 2.1", "-3.0", "v1.2". */
const VERSION = String.raw`(?:[ -]?(?:(?:licen[cs]e|public licen[cs]e),? )?\(?(?:v|version |v\. ?)?(\d(?:[.,]\d)?)(?![\d%]))?`

/** How each family's version is written in SPDX; the first is meant where a text gives none. */
const VERSIONED: readonly (readonly [name: string, prefix: string, versions: readonly string[]])[] = [
  ['(?:gnu )?(?:agpl|affero (?:gpl|general public licen[cs]e))', 'AGPL-', ['3.0']],
  ['(?:gnu )?(?:lgpl|(?:lesser|library) (?:gpl|general public licen[cs]e))', 'LGPL-', ['3.0', '2.1', '2.0']],
  ['(?:gnu )?(?:gpl|general public licen[cs]e)', 'GPL-', ['3.0', '2.0']],
  ['apache(?: software)?(?: licen[cs]e)?', 'Apache-', ['2.0']],
  ['(?:mpl|mozilla public licen[cs]e)', 'MPL-', ['2.0', '1.1']],
  [
    "(?:eupl|(?:european union(?= public licen)|licence publique de l'union europeenne)(?: public licen[cs]e)?)",
    'EUPL-',
    ['1.2', '1.1'],
  ],
  ['(?:epl|eclipse public licen[cs]e)', 'EPL-', ['2.0', '1.0']],
  ['cecill-?b', 'CECILL-B', ['']],
  ['cecill-?c', 'CECILL-C', ['']],
  ['cecill', 'CECILL-', ['2.1', '2.0', '1.0']],
  ['(?:sspl|server side public licen[cs]e)', 'SSPL-', ['1.0']],
  ['(?:busl|bsl|business source licen[cs]e)', 'BUSL-', ['1.1']],
  ['osl', 'OSL-', ['3.0']],
]

const FIXED: readonly (readonly [name: string, id: string])[] = [
  [
    String.raw`(?:cern[ -]ohl|cern open hardware licen[cs]e)(?:[ -](?:v|version )?2(?:\.0)?)?[ -]*\(?(?:p\b|permissive)`,
    'CERN-OHL-P-2.0',
  ],
  [
    String.raw`(?:cern[ -]ohl|cern open hardware licen[cs]e)(?:[ -](?:v|version )?2(?:\.0)?)?[ -]*\(?(?:w\b|weakly)`,
    'CERN-OHL-W-2.0',
  ],
  [String.raw`(?:cern[ -]ohl|cern open hardware licen[cs]e)(?:[ -](?:v|version )?1\.2)`, 'CERN-OHL-1.2'],
  [
    String.raw`(?:cern[ -]ohl|cern open hardware licen[cs]e)(?:[ -](?:s\b|(?:v|version )?2(?:\.0)?|strongly)){0,3}`,
    'CERN-OHL-S-2.0',
  ],
  ['(?:bsd[ -]?2|2[ -]clauses? bsd|bsd (?:simplifiee|a deux clauses))(?:[ -]clauses?)?', 'BSD-2-Clause'],
  ['(?:bsd(?:[ -]?3)?|3[ -]clauses? bsd)(?:[ -]clauses?)?', 'BSD-3-Clause'],
  ['mit', 'MIT'],
  ['isc', 'ISC'],
  ['unlicense', 'Unlicense'],
]

/** Names that are also something else need the word beside them. */
const NEEDS_LICENCE = /^(?:mit|isc|apache|osl|bsl|epl|mpl|european union|licence publique)/

const LICENCE_BEFORE =
  /(?:licen[cs]es?(?: [a-z]{1,10})? ?[:(«"]? ?|\b(?:sous|under|the|type de licence|spdx) ?[:«"]? ?|\( ?|\blicensed )$/
const LICENCE_AFTER = /^[ ,]{0,2}(?:licen[cs]e|public licen[cs]e|[)"»])/

const PATTERNS = [
  ...FIXED.map(([name, id]) => ({
    pattern: new RegExp(`(?<![a-z0-9])${name}(?![a-z0-9])`, 'g'),
    idOf: () => id,
  })),
  ...VERSIONED.map(([name, prefix, versions]) => ({
    pattern: new RegExp(`(?<![a-z0-9])${name}${VERSION}(?![a-z0-9])`, 'g'),
    idOf: (version: string | undefined) =>
      `${prefix}${versions.find(known => version && known.startsWith(version.replace(',', '.'))) ?? versions[0]}`,
  })),
]

/** Every name holds one of these: one search instead of two dozen. */
export const MAY_NAME_LICENCE =
  /gpl|general public|apache|mpl|mozilla|eupl|european union|union europeenne|epl|eclipse public|cecill|sspl|server side|bu?sl|business source|\bosl\b|cern|bsd|\bmit\b|\bisc\b|unlicense/

/** The licences that a text (as `plain` gives it) names, in its order; a longer name hides the one that it holds. */
export const licencesIn = (text: string): readonly NamedLicence[] => {
  const found = PATTERNS.flatMap(({ pattern, idOf }) =>
    [...text.matchAll(pattern)].flatMap(match => {
      const [name, version] = match
      const end = match.index + name.length
      const around =
        LICENCE_BEFORE.test(text.slice(Math.max(0, match.index - 40), match.index)) ||
        LICENCE_AFTER.test(text.slice(end, end + 20))
      const stands = /licen[cs]e/.test(name) || around || text === name
      return NEEDS_LICENCE.test(name) && !stands ? [] : [{ id: idOf(version), start: match.index, end }]
    }),
  )
  const longest = found.toSorted((a, b) => b.end - b.start - (a.end - a.start))
  const kept: NamedLicence[] = []
  for (const each of longest) if (!kept.some(other => each.start < other.end && other.start < each.end)) kept.push(each)
  return kept.toSorted((a, b) => a.start - b.start)
}
