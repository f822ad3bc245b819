import fc from 'fast-check'
import t from 'tap'
import { ByteReader, ByteWriter } from '../../src/engine/embedded/bytes.ts'
import { DECODED_LENGTHS, encodeLength } from '../../src/engine/embedded/norms.ts'
import { END, PostingCursor, PostingWriter } from '../../src/engine/embedded/postings.ts'
import { TopList } from '../../src/engine/embedded/top.ts'

t.test('integers up to 2^32 − 1 are read as they were written', async () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 0xffffffff })), values => {
      const writer = new ByteWriter(1)
      for (const value of values) writer.varint(value)
      const reader = new ByteReader(writer.view())
      return values.every(value => reader.varint() === value)
    }),
  )
})

const FIELDS = 4
const posting = fc.record({
  gap: fc.integer({ min: 1, max: 3000 }),
  counts: fc.array(fc.oneof(fc.constant(0), fc.constant(1), fc.nat({ max: 300 })), {
    minLength: FIELDS,
    maxLength: FIELDS,
  }),
})
const list = fc.array(posting, { minLength: 1, maxLength: 600 }).map(postings => {
  let document = -1
  return postings.map(({ gap, counts }) => {
    document += gap
    return { document, counts: counts.some(count => count > 0) ? counts : [1, 0, 0, 0] }
  })
})

const encode = (postings: readonly { document: number; counts: readonly number[] }[]): Uint8Array => {
  const writer = new PostingWriter(FIELDS)
  for (const { document, counts } of postings) writer.add(document, counts)
  return writer.finish()
}

t.test('a posting list is walked as it was written, with its field frequencies', async t => {
  fc.assert(
    fc.property(list, postings => {
      const cursor = new PostingCursor(encode(postings), FIELDS)
      t.equal(cursor.documents, postings.length)
      t.same(
        cursor.fieldFrequencies,
        [0, 1, 2, 3].map(field => postings.filter(({ counts }) => (counts[field] ?? 0) > 0).length),
      )
      for (const { document, counts } of postings) {
        if (cursor.next() !== document || counts.some((count, field) => cursor.counts[field] !== count)) return false
      }
      return cursor.next() === END
    }),
    { numRuns: 50 },
  )
})

t.test('a cursor jumps to the first document at or after any target', async () => {
  fc.assert(
    fc.property(list, fc.array(fc.nat({ max: 1_500_000 }), { maxLength: 40 }), (postings, targets) => {
      const cursor = new PostingCursor(encode(postings), FIELDS)
      return [...targets]
        .sort((a, b) => a - b)
        .every(target => {
          const expected = postings.find(({ document }) => document >= target)
          const found = cursor.seek(target)
          return (
            found === (expected?.document ?? END) &&
            (expected === undefined || expected.counts.every((count, field) => cursor.counts[field] === count))
          )
        })
    }),
    { numRuns: 50 },
  )
})

t.test('lengths are kept in one byte as Lucene keeps them', async t => {
  // Values of Lucene's SmallFloat.byte4ToInt: exact to 39, then four significant bits.
  for (const length of [0, 1, 23, 24, 39, 40]) t.equal(DECODED_LENGTHS[encodeLength(length)], length)
  t.equal(DECODED_LENGTHS[encodeLength(41)], 40)
  t.equal(DECODED_LENGTHS[encodeLength(1000)], 984)
  t.equal(encodeLength(2 ** 31 - 1), 255)
  let last = 0
  for (let length = 0; length < 5000; length++) {
    const code = encodeLength(length)
    t.ok(code >= last && (DECODED_LENGTHS[code] as number) <= length, `${length}`, { quiet: true })
    last = code
  }
})

t.test('the best of a list are kept in order, ties by their tie number', async () => {
  const ranked = fc.record({
    segment: fc.constant(0),
    document: fc.nat(),
    key: fc.integer({ min: 0, max: 5 }),
    tie: fc.nat({ max: 1000 }),
  })
  fc.assert(
    fc.property(fc.array(ranked), fc.nat({ max: 20 }), (all, limit) => {
      const top = new TopList(limit)
      for (const { segment, document, key, tie } of all) if (top.accepts(key)) top.offer(segment, document, key, tie)
      const expected = [...all].sort((a, b) => a.key - b.key || a.tie - b.tie).slice(0, limit)
      const kept = top.sorted()
      return (
        kept.length === expected.length &&
        kept.every((each, i) => each.key === expected[i]?.key && each.tie === expected[i]?.tie)
      )
    }),
  )
})
