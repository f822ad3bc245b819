import { FACETS } from '../../model/facets.ts'
import { fieldsOfKey, LENGTH_SLOTS, lengthSlotOf, PASSAGE_ANALYSES } from './analysed.ts'
import type { ByteSink } from './byte-source.ts'
import { facetNumbers, valuesIn } from './facet-columns.ts'
import { growingU32 } from './growing.ts'
import { BlockReader, onlyField, PostingWriter } from './postings.ts'
import type { Segment } from './segment.ts'
import type { FieldTotals } from './segment-columns.ts'
import { SegmentWriter, type Written } from './segment-writer.ts'
import type { LiveSegment } from './statistics.ts'
import { compareKeys, compareTexts, keyText, type Row } from './table.ts'
import { type IndexedWord, readWord, writeWordRows } from './word-rows.ts'

const GONE = -1

/** One segment of a merge. */
interface Source {
  readonly segment: Segment
  readonly removed: FieldTotals
  readonly removedPassages: FieldTotals
  /** The new number of each profile and passage; −1 for one that is left out. */
  readonly documents: Int32Array
  readonly passages: Int32Array
}

const createSources = (parts: readonly LiveSegment[]): Source[] => {
  let document = 0
  let passage = 0
  return parts.map(({ segment, dead, removed, removedPassages }) => {
    const documents = new Int32Array(segment.count).fill(GONE)
    const passages = new Int32Array(segment.passages).fill(GONE)
    const { passageStart } = segment.columns
    for (let old = 0; old < segment.count; old++) {
      if (dead[old] === 1) continue
      documents[old] = document++
      for (let at = passageStart[old]!; at < passageStart[old + 1]!; at++) passages[at] = passage++
    }
    return { segment, removed, removedPassages, documents, passages }
  })
}

/**
 * Writes one segment of several, in their order, without the profiles that are removed. Holds one list, the exact terms
 * and the columns in memory, whatever the size.
 */
export const mergeSegments = (parts: readonly LiveSegment[], sink: ByteSink): Written => {
  const sources = createSources(parts)
  const writer = new SegmentWriter(sink)
  mergeProfiles(sources, writer)
  const { terms, words } = mergeRows(sources, writer)
  writer.spellBits = writeWordRows(terms, words, (key, value) => writer.table.put(key, value))
  return writer.finish()
}

const addTotals = (target: FieldTotals, held: FieldTotals, removed: FieldTotals): void => {
  for (let slot = 0; slot < target.documents.length; slot++) {
    target.documents[slot]! += held.documents[slot]! - removed.documents[slot]!
    target.tokens[slot]! += held.tokens[slot]! - removed.tokens[slot]!
  }
}

const asItIs = (byte: number): number => byte

const mergeProfiles = (sources: readonly Source[], writer: SegmentWriter): void => {
  const lengths = new Uint8Array(LENGTH_SLOTS)
  const passageLengths = new Uint8Array(PASSAGE_ANALYSES.length)
  const sum = (of: (segment: Segment) => number): number => sources.reduce((all, { segment }) => all + of(segment), 0)
  writer.columns.reserve(
    sum(({ count }) => count),
    sum(({ passages }) => passages),
    FACETS.map((_, facet) => sum(({ columns }) => valuesIn(columns.facets[facet]!))),
  )
  for (const { segment, removed, removedPassages, documents } of sources) {
    const { columns, count } = segment
    addTotals(writer.totals, segment.totals, removed)
    addTotals(writer.passageTotals, segment.passageTotals, removedPassages)
    for (let document = 0; document < count; document++) {
      if (documents[document] === GONE) continue
      writer.profile(segment.profileJson(document, false))
      writer.columns.add(
        columns.ids[document]!,
        {
          siren: columns.siren[document]!,
          latitude: columns.latitude[document]!,
          longitude: columns.longitude[document]!,
          recency: columns.recency[document]!,
          founded: columns.founded[document]!,
          name: columns.name[document]!,
          priors: columns.priors[document]!,
        },
        FACETS.map((_, facet) =>
          facetNumbers(columns.facets[facet]!, document).map(number =>
            writer.values.number(facet, segment.values[facet]![number]!),
          ),
        ),
      )
      for (let slot = 0; slot < LENGTH_SLOTS; slot++) lengths[slot] = columns.lengths[slot * count + document]!
      writer.columns.lengths(lengths, asItIs)
      for (let at = columns.passageStart[document]!; at < columns.passageStart[document + 1]!; at++) {
        for (let analysis = 0; analysis < passageLengths.length; analysis++)
          passageLengths[analysis] = columns.passageLengths[analysis * segment.passages + at]!
        writer.columns.passage(passageLengths, asItIs)
      }
    }
  }
  writer.endProfiles()
}

/** The rows of a source from its first key on, one at hand. */
interface RowCursor {
  readonly source: Source
  readonly rows: Generator<Row>
  row: Row | undefined
}

const advance = (cursor: RowCursor): void => {
  const { value, done } = cursor.rows.next()
  cursor.row = done ? undefined : value
}

const Y = 0x79
const X = 0x78

/** Merges the posting lists; gathers what the rows after them are made from. */
const mergeRows = (sources: readonly Source[], writer: SegmentWriter): { terms: string[]; words: IndexedWord[] } => {
  const cursors = sources.map(
    (source): RowCursor => ({ source, rows: source.segment.rowsFrom('', false), row: undefined }),
  )
  for (const cursor of cursors) advance(cursor)
  const list = new PostingWriter(1)
  const terms: string[] = []
  const frequencies = growingU32()
  const words: IndexedWord[] = []
  let nextTerm = 0
  for (;;) {
    const same = firstOf(cursors)
    const key = same[0]?.row?.key
    // After the words come rows that are made anew.
    if (!key || key[0]! > Y) break
    if (key[0] === Y) {
      const { term, surface } = readWord(key, same[0]!.row!.value())
      while (nextTerm < terms.length && compareTexts(terms[nextTerm]!, term) < 0) nextTerm++
      // A word of removed profiles alone has no term any more.
      if (terms[nextTerm] === term) words.push({ term, surface, frequency: frequencies.array[nextTerm]! })
    } else {
      mergeList(same, key, list)
      if (list.documents > 0) {
        if (key[0] === X) {
          terms.push(keyText(key.subarray(2)))
          frequencies.push(list.documents)
        }
        const bytes = list.finish()
        writer.table.put(key, bytes, list.headBytes)
      }
    }
    for (const cursor of same) advance(cursor)
  }
  return { terms, words }
}

/** The cursors that stand at the smallest key, in the order of the sources. */
const firstOf = (cursors: readonly RowCursor[]): RowCursor[] => {
  let first: RowCursor[] = []
  for (const cursor of cursors) {
    if (!cursor.row) continue
    const order = first[0]?.row ? compareKeys(cursor.row.key, first[0].row.key) : -1
    if (order < 0) first = [cursor]
    else if (order === 0) first.push(cursor)
  }
  return first
}

const PASSAGE_KINDS = new Set([0x45, 0x46])

const mergeList = (cursors: readonly RowCursor[], key: Uint8Array, list: PostingWriter): void => {
  const kind = String.fromCharCode(key[0]!)
  const fields = fieldsOfKey(kind)
  list.reset(fields)
  const counts = new Uint32Array(4)
  for (const { source, row } of cursors) {
    const inPassages = PASSAGE_KINDS.has(key[0]!)
    const map = inPassages ? source.passages : source.documents
    const { count, passages, columns } = source.segment
    const lengths = inPassages ? columns.passageLengths : columns.lengths
    const rows = [0, 1, 2, 3].map(field => lengthSlotOf(kind, field) * (inPassages ? passages : count))
    const reader = new BlockReader(row!.value(), fields)
    for (let n = reader.next(); n > 0; n = reader.next()) {
      let exceptionAt = reader.exceptionsAt
      for (let i = 0; i < n; i++) {
        const code = reader.bytes[reader.codesAt + i]!
        if (code === 0) exceptionAt = reader.exception(exceptionAt, counts)
        const document = map[reader.docs[i]!]!
        if (document === GONE) continue
        if (code === 0) {
          list.add(document, counts)
          continue
        }
        const only = onlyField(code, fields)
        // Short lists have no lengths, and may become part of a long one.
        const length = reader.hasLengths
          ? reader.bytes[reader.lengthsAt + i]!
          : only < 0
            ? 0
            : lengths[rows[only]! + reader.docs[i]!]!
        list.addCode(document, code, length)
      }
    }
  }
}
