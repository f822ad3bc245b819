import type { Siren } from '../../model/siren.ts'
import type { Completion } from '../engine.ts'
import { prefixKey, TOP_PREFIX, TOP_WORDS } from './completion.ts'
import { BlockReader } from './postings.ts'
import type { LiveSegment } from './statistics.ts'
import { compareKeys, keyBytes, keyText } from './table.ts'
import { type IndexedWord, readWord, topKey, wordKey } from './word-rows.ts'

/** Answers `Searcher.complete` from the segments of one index. */
export const completions = (segments: readonly LiveSegment[], prefix: string, limit: number): Completion[] => {
  const key = prefixKey(prefix)
  if (key === '') return []
  return [...supplierCompletions(segments, key, limit), ...wordCompletions(segments, key, limit)]
}

const beginsWith = (key: Uint8Array, prefix: Uint8Array): boolean =>
  key.length >= prefix.length && prefix.every((byte, at) => key[at] === byte)

interface NamedProfile {
  readonly key: Uint8Array
  readonly live: LiveSegment
  readonly document: number
  readonly id: number
}

/** Profiles whose name has a word sequence that starts with `prefix`, in the order of that sequence. */
const supplierCompletions = (segments: readonly LiveSegment[], prefix: string, limit: number): Completion[] => {
  const found = segments.flatMap(live => firstNames(live, prefix, limit))
  found.sort((a, b) => compareKeys(a.key, b.key) || a.id - b.id)
  const ids = new Set<number>()
  const suppliers: Completion[] = []
  for (const { live, document, id } of found) {
    if (suppliers.length >= limit) break
    if (ids.has(id)) continue
    ids.add(id)
    const { name, siren } = live.segment.profile(document)
    suppliers.push({ kind: 'supplier', text: name, siren: siren as Siren, frequency: 1 })
  }
  return suppliers
}

/** The first names of one segment: read in order and left early, for one letter begins tens of thousands. */
const firstNames = (live: LiveSegment, prefix: string, limit: number): NamedProfile[] => {
  const start = `p:${prefix}`
  const bytes = keyBytes(start)
  const documents = new Set<number>()
  const names: NamedProfile[] = []
  for (const { key, value } of live.segment.rowsFrom(start)) {
    if (!beginsWith(key, bytes) || documents.size >= limit) break
    const reader = new BlockReader(value(), 1)
    for (let n = reader.next(); n > 0 && documents.size < limit; n = reader.next()) {
      for (const document of reader.docs.subarray(0, n)) {
        if (live.dead[document] === 1) continue
        names.push({ key, live, document, id: live.segment.columns.ids[document]! })
        documents.add(document)
      }
    }
  }
  return names
}

/** The most frequent words that start with `prefix`; for a short one, of those most frequent in a segment. */
const wordCompletions = (segments: readonly LiveSegment[], prefix: string, limit: number): Completion[] => {
  const isShort = prefix.length <= TOP_PREFIX && limit <= TOP_WORDS
  const words = isShort ? topWordsOf(segments, prefix) : segments.flatMap(live => [...wordsStartingWith(live, prefix)])
  const found = new Map<string, IndexedWord>()
  for (const word of words) {
    const known = found.get(word.term)
    found.set(word.term, {
      term: word.term,
      surface: known && known.surface > word.surface ? known.surface : word.surface,
      frequency: word.frequency + (known?.frequency ?? 0),
    })
  }
  return [...found.values()]
    .sort((a, b) => b.frequency - a.frequency || (a.term < b.term ? -1 : 1))
    .slice(0, limit)
    .sort((a, b) => b.frequency - a.frequency || (a.surface < b.surface ? -1 : 1))
    .map(({ surface, frequency }) => ({ kind: 'word', text: surface, frequency }))
}

function* wordsStartingWith(live: LiveSegment, prefix: string): Generator<IndexedWord> {
  const start = wordKey(prefix)
  const bytes = keyBytes(start)
  for (const { key, value } of live.segment.rowsFrom(start)) {
    if (!beginsWith(key, bytes)) return
    yield readWord(key, value())
  }
}

const topWordsOf = (segments: readonly LiveSegment[], prefix: string): IndexedWord[] => {
  const terms = new Set<string>()
  for (const { segment } of segments) {
    const row = segment.get(topKey(prefix))
    if (row) for (const term of keyText(row).split(' ')) terms.add(term)
  }
  return [...terms].flatMap(term => {
    const key = keyBytes(wordKey(term))
    return segments.flatMap(({ segment }) => {
      const row = segment.get(key)
      return row ? [readWord(key, row)] : []
    })
  })
}
