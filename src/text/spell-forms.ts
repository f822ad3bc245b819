import { foldAccents } from './folding.ts'

/**
 * The words of a Hunspell dictionary (`.aff` and `.dic`), each with its inflected forms: stem + suffix, prefix + stem,
 * and both where the affixes allow it. What spelling needs and no more: compounds, elided articles (l', d', qu') and
 * forms of suffixed suffixes are left out.
 */

interface Rule {
  readonly strip: string
  /** What `strip` and the letters put in its place are once folded. */
  readonly foldedStrip: number
  readonly foldedAdd: string
  readonly fits: (word: string) => boolean
}

interface Affix {
  readonly kind: 'prefix' | 'suffix'
  /** It may stand together with one at the other end. */
  readonly crossing: boolean
  readonly rules: Rule[]
}

interface Affixes {
  readonly byFlag: ReadonlyMap<string, Affix>
  /** How flags are written after a word: one character each, or two. */
  readonly flagLength: number
  /** Flags of entries that are no words by themselves. */
  readonly notWords: ReadonlySet<string>
}

const fold = (text: string): string => foldAccents(text.toLowerCase())

/** A condition is a small regular expression on the end (the start) of the word; most are plain letters. */
const fitting = (kind: Affix['kind'], strip: string, condition: string): Rule['fits'] => {
  const plain = /^[^[\].]+$/.test(condition) ? condition : condition === '.' ? '' : undefined
  if (kind === 'prefix') {
    const pattern = new RegExp(`^${condition}`)
    return word => word.startsWith(strip) && (plain === undefined ? pattern.test(word) : word.startsWith(plain))
  }
  const pattern = new RegExp(`${condition}$`)
  return word => word.endsWith(strip) && (plain === undefined ? pattern.test(word) : word.endsWith(plain))
}

const kindOf = (directive: string | undefined): Affix['kind'] | undefined =>
  directive === 'SFX' ? 'suffix' : directive === 'PFX' ? 'prefix' : undefined

const bare = (part: string): string => (part === '0' ? '' : part)

const parseAffixes = (text: string): Affixes => {
  const byFlag = new Map<string, Affix>()
  const notWords = new Set<string>()
  let flagLength = 1
  for (const line of text.split('\n')) {
    const [directive, flag = '', third = '', fourth = '', condition = '.'] = line.trim().split(/\s+/)
    const kind = kindOf(directive)
    if (directive === 'FLAG' && flag === 'long') flagLength = 2
    else if (/^(?:FORBIDDENWORD|NEEDAFFIX|ONLYINCOMPOUND)$/.test(directive ?? '')) notWords.add(flag)
    else if (kind !== undefined) {
      const known = byFlag.get(flag)
      // The first line of a flag announces its rules: "SFX S. Y 4".
      if (!known) byFlag.set(flag, { kind, crossing: third === 'Y', rules: [] })
      else {
        const strip = bare(third)
        const foldedAdd = fold(bare(fourth.split('/')[0] ?? ''))
        if (foldedAdd.endsWith("'")) continue
        known.rules.push({ strip, foldedStrip: fold(strip).length, foldedAdd, fits: fitting(kind, strip, condition) })
      }
    }
  }
  return { byFlag, flagLength, notWords }
}

const flagsOf = (text: string, length: number): string[] => {
  const flags: string[] = []
  for (let at = 0; at + length <= text.length; at += length) flags.push(text.slice(at, at + length))
  return flags
}

const suffixed = (folded: string, { foldedStrip, foldedAdd }: Rule): string =>
  folded.slice(0, folded.length - foldedStrip) + foldedAdd

const prefixed = (folded: string, { foldedStrip, foldedAdd }: Rule): string => foldedAdd + folded.slice(foldedStrip)

const rulesFor = (word: string, affixes: readonly Affix[], kind: Affix['kind']): Rule[] => {
  const rules: Rule[] = []
  for (const affix of affixes) {
    if (affix.kind === kind) for (const rule of affix.rules) if (rule.fits(word)) rules.push(rule)
  }
  return rules
}

/**
 * Reads dictionary lines ("word/flags") by the affixes of `aff`: calls `receive` with each form of the word, in lower
 * case without accents. The same form may come more than once.
 */
export const createFormReader = (aff: string): ((line: string, receive: (form: string) => void) => void) => {
  const { byFlag, flagLength, notWords } = parseAffixes(aff)
  return (line, receive) => {
    const end = line.search(/[/\s]|$/)
    const word = line.slice(0, end)
    const flags = line[end] === '/' ? flagsOf(line.slice(end + 1).split(/\s/, 1)[0] ?? '', flagLength) : []
    if (word === '' || flags.some(flag => notWords.has(flag))) return
    const affixes = flags.flatMap(flag => byFlag.get(flag) ?? [])
    const folded = fold(word)
    receive(folded)
    const prefixes = rulesFor(word, affixes, 'prefix')
    for (const prefix of prefixes) receive(prefixed(folded, prefix))
    const crossing = affixes.every(affix => affix.crossing) ? prefixes : []
    for (const suffix of rulesFor(word, affixes, 'suffix')) {
      const form = suffixed(folded, suffix)
      receive(form)
      for (const prefix of crossing) receive(prefixed(form, prefix))
    }
  }
}
