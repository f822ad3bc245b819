import { foldAccents } from './folding.ts'
import { memoisedPhrases } from './memo.ts'

/** Legal forms, French and of neighbours, as `nameKey` sees them: without dots, lower case. */
const LEGAL_FORMS = new Set(
  [
    'sas sasu sa sarl sarlu eurl snc scs sca scop scic scp scm sci gie geie gip selarl selas selasu selafa selca earl gaec',
    'sem saem sctic saos sasp spl ei eirl',
    'ltd limited llc llp plc inc corp gmbh mbh kg bv bvba nv srl spa',
  ].flatMap(line => line.split(' ')),
)

/** Too short or too common to be taken for a legal form but after a name ("Airbus SE"). */
const CLOSING_FORMS = new Set(['se', 'ag', 'ab', 'oy', 'as'])

/** "S.A.S." and "S A S" are one word. */
const joinInitials = (text: string): string =>
  text
    .replace(/[.'’]/g, '')
    .replace(/(?<![\p{L}\p{N}])\p{L}(?: \p{L}(?![\p{L}\p{N}]))+/gu, initials =>
      LEGAL_FORMS.has(initials.replaceAll(' ', '')) ? initials.replaceAll(' ', '') : initials,
    )

const withoutForms = (words: readonly string[]): readonly string[] => {
  let first = 0
  let end = words.length
  while (first < end && LEGAL_FORMS.has(words[first]!)) first++
  while (end > first && LEGAL_FORMS.has(words[end - 1]!)) end--
  if (end - first > 1 && CLOSING_FORMS.has(words[end - 1]!)) end--
  return words.slice(first, end)
}

/**
 * What makes two spellings of a company's name equal: lower-case letters and digits of its words without accents or
 * separators, without legal forms at either end, "et" and "&" alike ("S.A.S. Total Énergies" → "totalenergies").
 * '' when nothing is left: such a name equals none.
 */
export const nameKey: (name: string) => string = memoisedPhrases(name => {
  const folded = foldAccents(name.normalize('NFC').toLowerCase())
  const words = joinInitials(folded).match(/[\p{L}\p{N}]+/gu) ?? []
  const kept = withoutForms(words)
  return kept.filter((word, index) => !(word === 'et' && index > 0 && index < kept.length - 1)).join('')
})
