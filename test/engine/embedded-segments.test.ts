import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { francAll } from 'franc-min'
import t from 'tap'
import { analyseProfile, fieldsOfKey } from '../../src/engine/embedded/analysed.ts'
import { createEmbeddedBuild } from '../../src/engine/embedded/build.ts'
import { ByteCache } from '../../src/engine/embedded/byte-cache.ts'
import { columnValues } from '../../src/engine/embedded/columns.ts'
import { nameKeys } from '../../src/engine/embedded/completion.ts'
import { Documents } from '../../src/engine/embedded/documents.ts'
import { openEmbeddedEngine } from '../../src/engine/embedded/embedded-engine.ts'
import {
  countFacet,
  facetColumn,
  facetNumbers,
  facetTotals,
  noteMisses,
  valuesIn,
} from '../../src/engine/embedded/facet-columns.ts'
import { GrowingSegment } from '../../src/engine/embedded/growing-segment.ts'
import { indexFilePath } from '../../src/engine/embedded/index-folder.ts'
import type { Inverter } from '../../src/engine/embedded/inverter.ts'
import { LiveIndex } from '../../src/engine/embedded/live-index.ts'
import { Maintenance } from '../../src/engine/embedded/maintenance.ts'
import { nextMerge } from '../../src/engine/embedded/merge-policy.ts'
import { boxOf } from '../../src/engine/embedded/near-box.ts'
import { encodeLength } from '../../src/engine/embedded/norms.ts'
import { PostingCursor } from '../../src/engine/embedded/postings.ts'
import { openSegment, type Segment } from '../../src/engine/embedded/segment.ts'
import { SegmentBuilder } from '../../src/engine/embedded/segment-builder.ts'
import { SegmentThread } from '../../src/engine/embedded/segment-thread.ts'
import { spellingTerms } from '../../src/engine/embedded/spelling-index.ts'
import { exactLengths } from '../../src/engine/embedded/statistics.ts'
import { keyBytes, keyText, TableReader, TableWriter } from '../../src/engine/embedded/table.ts'
import { IndexDamagedError } from '../../src/engine/engine.ts'
import { distanceKm } from '../../src/model/geography.ts'
import type { Supplier } from '../../src/model/supplier.ts'
import { detectLanguage } from '../../src/text/language.ts'
import { forEachDelete } from '../../src/text/spell-deletes.ts'
import { createCorpus } from '../bench/search/corpus.ts'
import { createRandom } from '../bench/search/random.ts'
import { engineQuery } from '../support/engine-query.ts'
import { MemorySink, memorySource } from '../support/memory-bytes.ts'
import { numberedSupplier, page, supplier } from '../support/suppliers.ts'

const folderOf = (test: { teardown(done: () => unknown): void }): string => {
  const folder = mkdtempSync(join(tmpdir(), 'brique-segments-'))
  test.teardown(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const buildIndex = async (folder: string, count: number): Promise<void> => {
  const build = createEmbeddedBuild(folder)
  for (let n = 1; n <= count; n++) await build.add(numberedSupplier(n))
  await build.commit(count)
}

/** Whatever stands where it should not. */
const broken = (what: string): Error => new Error(what)

const segmentOf = (suppliers: readonly Supplier[]): Segment => {
  const sink = new MemorySink()
  const builder = new SegmentBuilder(sink)
  suppliers.forEach((each, id) => {
    builder.writer.profile(JSON.stringify(each))
    builder.add(id, each)
  })
  builder.finish()
  const source = memorySource(sink.take())
  return openSegment({ source, cache: new ByteCache(1 << 20), number: 1, damaged: broken })
}

/** Every row of the kinds that hold terms: key to what each document (passage) has of it. */
const postingsOf = (segment: Segment): Map<string, string[]> => {
  const found = new Map<string, string[]>()
  for (const row of segment.rowsFrom('')) {
    const key = keyText(row.key)
    if (!'EFbefknpx'.includes(key.charAt(0))) continue
    const fields = fieldsOfKey(key)
    const cursor = new PostingCursor(row.value(), fields)
    const documents: string[] = []
    for (let at = cursor.next(); at !== 0xffffffff; at = cursor.next())
      documents.push(`${at}: ${[...cursor.counts.subarray(0, fields)]}`)
    found.set(key, documents)
  }
  return found
}

/** The same from the analysis that works with strings. */
const expectedPostings = (suppliers: readonly Supplier[]): Map<string, string[]> => {
  const expected = new Map<string, string[]>()
  const add = (key: string, document: number, counts: ArrayLike<number>): void => {
    const documents = expected.get(key) ?? []
    documents.push(`${document}: ${Array.from(counts).slice(0, fieldsOfKey(key))}`)
    expected.set(key, documents)
  }
  let passages = 0
  suppliers.forEach((each, document) => {
    const profile = analyseProfile(each)
    for (const [key, counts] of profile.terms) add(key, document, counts)
    for (const passage of profile.passages) {
      for (const [key, count] of passage.terms) add(key, passages, [count])
      passages++
    }
    for (const key of nameKeys(each)) add(`p:${key}`, document, [1])
  })
  return expected
}

const WORDS = [
  'l’eau',
  'Œuvres',
  'marchés',
  'the',
  'monitoring',
  'C++',
  '3,5',
  'api.gouv.fr',
  'de',
  'ÉCOLES',
  '𝒳y',
  'ﬁn',
  'ｗｉｄｅ',
]
const text = fc
  .array(fc.oneof(fc.constantFrom(...WORDS), fc.string({ unit: 'grapheme', maxLength: 8 })), { maxLength: 40 })
  .map(words => words.join(' '))
const profile = fc
  .record({
    name: text,
    otherNames: fc.array(text, { maxLength: 2 }),
    unnamed: fc.boolean(),
    tagline: text,
    description: text,
    tags: fc.array(text, { maxLength: 3 }),
    passages: fc.array(text, { maxLength: 3 }),
  })
  .map(({ passages, ...rest }) => supplier({ ...rest, texts: [page(...passages)] }))

t.test('a segment holds the terms, lengths and columns that the plain analysis gives', async t => {
  const corpus = createCorpus()
  const check = (suppliers: readonly Supplier[]): void => {
    const segment = segmentOf(suppliers)
    const [found, expected] = [postingsOf(segment), expectedPostings(suppliers)]
    t.same(new Map([...found].sort()), new Map([...expected].sort()))
    suppliers.forEach((each, document) => {
      const { lengths } = analyseProfile(each)
      const { siren, name, priors, recency, founded } = columnValues(each)
      const { columns, count } = segment
      t.same(
        [...lengths].map(encodeLength),
        [...lengths].map((_, slot) => columns.lengths[slot * count + document]),
      )
      t.same(
        [columns.siren, columns.name, columns.priors, columns.recency, columns.founded].map(column => column[document]),
        [siren, name, priors, recency, founded],
      )
      t.same(segment.profile(document), JSON.parse(JSON.stringify(each)))
      // What the columns say of lengths is right, or left to the analysis.
      const exact = exactLengths(segment, document)
      const ofPassages = analyseProfile(each).passages.map(passage => [...passage.lengths])
      const isShort = [...lengths, ...ofPassages.flat()].every(length => length < 40)
      t.equal(exact !== undefined, isShort)
      if (exact)
        t.same(
          [exact.lengths, ...exact.passages].map(each => Array.from(each)),
          [[...lengths], ...ofPassages],
        )
    })
  }
  check(Array.from({ length: 60 }, (_, n) => corpus.supplier(n)))
  fc.assert(fc.property(fc.array(profile, { minLength: 1, maxLength: 4 }), check), { numRuns: 60 })
})

t.test('a segment that grows is at every size the one that is written at once', async t => {
  const corpus = createCorpus()
  const rowsOf = (segment: Segment, from = ''): Map<string, string> =>
    new Map(
      [...segment.rowsFrom(from)]
        .map(({ key, value }) => [keyText(key), Buffer.from(value()).toString('hex')] as const)
        .filter(([key]) => !key.startsWith('z')),
    )
  const check = (suppliers: readonly Supplier[], inverter?: Inverter): Inverter => {
    const growing = new GrowingSegment(inverter)
    const allKeys = [...rowsOf(segmentOf(suppliers)).keys()]
    suppliers.forEach((each, id) => {
      growing.add({ id, json: JSON.stringify(each) })
      // What is asked between two profiles must not stay.
      for (const key of ['f:drone', 'y:s', 'zts']) growing.live.segment.get(key)
      growing.live.segment.forms?.()
      if (id % 20 !== 19 && id !== suppliers.length - 1) return
      const [grown, whole] = [growing.live.segment, segmentOf(suppliers.slice(0, id + 1))]
      const expected = rowsOf(whole)
      for (const key of allKeys) {
        const found = grown.get(key)
        if ((found && Buffer.from(found).toString('hex')) !== expected.get(key)) t.fail(`${key} is another list`)
      }
      // The rows that are read in order: names and words that are completed.
      for (const from of ['p:', 'p:s', 'y:', 'y:so'])
        t.same(
          [...rowsOf(grown, from)],
          [...rowsOf(whole, from)].filter(([key]) => key.startsWith(from.slice(0, 2))),
        )
      // One has combinations of facet values, the other lists: what they say is the same.
      const [{ facets: listed, ...ofGrown }, { facets: coded, ...ofWhole }] = [grown.columns, whole.columns]
      t.same(ofGrown, ofWhole)
      const everybody = Array.from({ length: whole.count }, (_, document) => document)
      t.same(
        listed.map(column => everybody.map(document => facetNumbers(column, document))),
        coded.map(column => everybody.map(document => facetNumbers(column, document))),
      )
      t.same(grown.passageOwners(), whole.passageOwners())
      t.same(
        [grown.count, grown.passages, grown.values, grown.newest, grown.totals, grown.passageTotals],
        [whole.count, whole.passages, whole.values, whole.newest, whole.totals, whole.passageTotals],
      )
      for (const key of ['zts', 'ztso', 'ztsol', 'zt1', 'zt~'])
        t.same(Buffer.from(grown.get(key) ?? []).toString(), Buffer.from(whole.get(key) ?? []).toString())
      for (const word of ['drones', 'solution', 'servces']) {
        const hashes = new Set<number>()
        forEachDelete(word, hash => hashes.add(hash))
        t.same([...spellingTerms(grown, hashes)].sort(), [...spellingTerms(whole, hashes)].sort())
      }
    })
    // Removed profiles count for what they were, whether they were kept or are analysed again.
    suppliers.forEach((each, document) => {
      const { lengths, passages } = growing.inverter.measure(each)
      t.same(Array.from(lengths), [...analyseProfile(each).lengths])
      t.same(
        passages.map(passage => Array.from(passage)),
        analyseProfile(each).passages.map(passage => [...passage.lengths]),
      )
      growing.bury(document)
    })
    t.same(growing.live.removed, growing.live.segment.totals)
    t.same(growing.live.removedPassages, growing.live.segment.passageTotals)
    growing.inverter.reset()
    return growing.inverter
  }
  const inverter = check(Array.from({ length: 60 }, (_, n) => corpus.supplier(n)))
  check(
    Array.from({ length: 60 }, (_, n) => corpus.supplier(30 + n)),
    inverter,
  )
  fc.assert(
    fc.property(fc.array(profile, { minLength: 1, maxLength: 4 }), each => void check(each)),
    { numRuns: 60 },
  )
})

t.test('the language of a text is the one that franc gives', async t => {
  const plain = (text: string) => {
    const [best, second] = francAll(text, { only: ['fra', 'eng'], minLength: 60 })
    if (!best || (second && best[1] - second[1] < 0.02)) return undefined
    return { fra: 'fr', eng: 'en' }[best[0]]
  }
  const corpus = createCorpus()
  for (let n = 0; n < 100; n++)
    t.equal(detectLanguage(corpus.supplier(n).description?.text ?? ''), 'fr', { quiet: true })
  fc.assert(
    fc.property(fc.oneof(text, fc.string({ unit: 'grapheme', minLength: 50, maxLength: 200 })), each => {
      const long = each.repeat(Math.ceil(70 / Math.max(1, each.length)))
      return detectLanguage(long) === plain(long)
    }),
    { numRuns: 300 },
  )
})

t.test('the box of a radius holds all that the radius holds', async () => {
  const degrees = (bound: number) => fc.double({ min: -bound, max: bound, noNaN: true })
  fc.assert(
    fc.property(
      degrees(90),
      degrees(180),
      fc.double({ min: 0.1, max: 2000, noNaN: true }),
      degrees(20),
      degrees(40),
      (a, b, radiusKm, dA, dB) => {
        const box = boxOf({ latitude: a, longitude: b, radiusKm, label: '' })
        const [latitude, longitude] = [Math.max(-90, Math.min(90, a + dA)), ((b + dB + 540) % 360) - 180]
        const inside = latitude >= box.south && latitude <= box.north && longitude >= box.west && longitude <= box.east
        return inside || distanceKm(a, b, latitude, longitude) > radiusKm
      },
    ),
    { numRuns: 2000 },
  )
})

t.test('facet columns say the same by combinations and by lists, whatever their width', t => {
  const random = createRandom(11)
  for (const [profiles, size, mostValues] of [
    [40, 3, 1],
    [4000, 20, 3],
    [4000, 600, 1],
    [4000, 900, 2],
    [70_000, 66_000, 1],
    [500, 100_000, 4],
  ] as const) {
    const rows = Array.from({ length: profiles }, () =>
      Array.from({ length: random.below(mostValues + 1) }, () => random.below(size)),
    )
    const starts = Uint32Array.from({ length: profiles + 1 }, () => 0)
    rows.forEach((row, at) => {
      starts[at + 1] = starts[at]! + row.length
    })
    const columns = [true, false].map(isCoded => facetColumn(starts, Uint32Array.from(rows.flat()), size, isCoded))
    const passes = Uint8Array.from({ length: size }, () => random.below(2))
    for (const column of columns) {
      t.equal(valuesIn(column), rows.flat().length)
      t.same(facetNumbers(column, 7), rows[7])
      const totals = new Uint32Array(size)
      for (const value of rows.flat()) totals[value]!++
      t.same(facetTotals(column, size), totals)
      for (const some of [3, profiles]) {
        const documents = new Documents()
        documents.begin(some)
        for (let n = 0; n < some; n++) documents.add((n * 13) % profiles)
        const chosen = Array.from(documents.numbers.subarray(0, some), document => rows[document]!)
        const counts = new Uint32Array(size).fill(some * mostValues)
        countFacet(column, documents, counts, -1)
        const expected = new Uint32Array(size).fill(some * mostValues)
        for (const value of chosen.flat()) expected[value]!--
        t.same(counts, expected)
        const misses = Uint8Array.from({ length: some }, (_, n) => n % 2)
        noteMisses(column, passes, documents, 5, misses)
        const fails = (row: readonly number[]): boolean => !row.some(value => passes[value] === 1)
        t.same(
          Array.from(misses),
          chosen.map((row, n) => (fails(row) ? (n % 2 === 0 ? 5 : 255) : n % 2)),
        )
      }
    }
  }
  t.end()
})

t.test('a table gives back what was put in it, row by row and in order', async () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string({ unit: 'grapheme', maxLength: 12 }), { maxLength: 200 }),
      fc.string(),
      (all, other) => {
        const sink = new MemorySink()
        const writer = new TableWriter(sink)
        const keys = all.map(keyBytes).sort((a, b) => Buffer.compare(a, b))
        const distinct = keys.filter((key, at) => at === 0 || Buffer.compare(key, keys[at - 1] ?? key) !== 0)
        for (const [number, key] of distinct.entries()) writer.put(key, Buffer.from(keyText(key).repeat(9)), number % 5)
        const index = writer.finish()
        const whole = new TableReader(memorySource(sink.take()), index, new ByteCache(0), 0, broken)
        const asked = distinct.every(key => Buffer.from(whole.get(key) ?? []).toString() === keyText(key).repeat(9))
        const haveHeads = distinct.every((key, number) => {
          const value = Buffer.from(keyText(key).repeat(9))
          // Short values stand in the row, and are given whole.
          const head = value.length > 48 && number % 5 > 0 ? value.subarray(0, number % 5) : value
          return head.equals(whole.head(key) ?? Buffer.from('none'))
        })
        const rows = [...whole.rowsFrom(keyBytes(other))].map(row => keyText(row.key))
        const expected = distinct.filter(key => Buffer.compare(key, keyBytes(other)) >= 0).map(keyText)
        return asked && haveHeads && rows.join() === expected.join()
      },
    ),
    { numRuns: 50 },
  )
})

t.test('the cache writes over its memory between calls, never within one, and stays within its bound', async t => {
  const LIMIT = 4 << 20
  const CALL_BYTES = 1 << 20
  const cache = new ByteCache(LIMIT)
  const random = createRandom(5)
  const byteOf = (key: number): number => (key * 7 + 1) & 0xff
  const isOf = (key: number, bytes: Uint8Array): boolean => bytes.every(byte => byte === byteOf(key))
  let found = 0
  for (let call = 0; call < 200; call++) {
    const given: (readonly [number, Uint8Array])[] = []
    for (let bytes = 0; bytes < CALL_BYTES; ) {
      // Small numbers again and again, the others hardly ever.
      const key = random.below(random.chance(1 / 2) ? 20 : 5000)
      const known = cache.get(key)
      const value = known ?? cache.room(1 + ((key * 7919) % 90_000)).fill(byteOf(key))
      if (known) found++
      else cache.put(key, value)
      given.push([key, value])
      bytes += value.length
    }
    t.ok(
      given.every(([key, bytes]) => isOf(key, bytes)),
      { quiet: true },
    )
    t.ok(cache.pageBytes <= LIMIT + 3 * CALL_BYTES, `${cache.pageBytes} bytes`, { quiet: true })
    cache.release()
  }
  t.ok(found > 300, `${found} found`)
})

t.test('answers do not depend on what the cache keeps, and stay as they were given', async t => {
  const folder = folderOf(t)
  await buildIndex(folder, 300)
  const plain = openEmbeddedEngine(folder, { readOnly: true })
  // Every call writes over the page of the call before.
  const forgetful = openEmbeddedEngine(folder, { readOnly: true, cacheBytes: 1 })
  const ask = (engine: typeof plain) => async (n: number) => [
    await engine.search(engineQuery('drone capteur', { minimumMatch: 1, limit: 5 + n })),
    await engine.search(engineQuery(`numéro ${n}`, { sort: 'name' })),
    await engine.complete('d', 5 + n),
    await engine.suppliers([numberedSupplier(n + 1).siren, numberedSupplier(300 - n).siren]),
    await engine.corrections(['dronne', 'capteeur']),
  ]
  const numbers = [0, 1, 2, 3, 4, 5, 6, 7]
  const answers: unknown[] = []
  for (const n of numbers) answers.push(await ask(forgetful)(n))
  for (const n of numbers) t.same(answers[n], await ask(plain)(n))
  await plain.close()
  await forgetful.close()
})

t.test('merges keep at most sixteen files, and end', async t => {
  let files = [{ count: 1_000_000, dead: 0 }]
  let written = 0
  for (let flush = 0; flush < 2000; flush++) {
    files.push({ count: 1024, dead: 0 })
    const first = files[0]
    if (first) files[0] = { ...first, dead: Math.min(first.count, first.dead + 300) }
    for (let range = nextMerge(files); range; range = nextMerge(files)) {
      const merged = files.slice(range.first, range.end).reduce((sum, { count, dead }) => sum + count - dead, 0)
      t.ok(range.end > range.first, { quiet: true })
      written += merged
      files = [...files.slice(0, range.first), { count: merged, dead: 0 }, ...files.slice(range.end)]
    }
    t.ok(files.length <= 16, { quiet: true })
  }
  const profiles = 1_000_000 + 2000 * 1024
  t.ok(written < 8 * profiles, `each profile is written ${(written / profiles).toFixed(1)} times`)
})

t.test('a row that is lost together with its key is noticed', async t => {
  for (const sql of ['DELETE FROM tomb WHERE id = 3', 'DELETE FROM doc WHERE id = 31', 'DELETE FROM seg']) {
    const folder = folderOf(t)
    await buildIndex(folder, 30)
    const engine = openEmbeddedEngine(folder)
    await engine.apply([{ siren: numberedSupplier(4).siren }], 31)
    for (const n of [31, 32])
      await engine.apply([{ siren: numberedSupplier(n).siren, supplier: numberedSupplier(n) }], n + 1)
    await engine.close()
    const db = new DatabaseSync(indexFilePath(folder, 'index-1'))
    t.equal(db.prepare(sql).run().changes, 1, sql)
    db.close()
    const again = openEmbeddedEngine(folder)
    await t.rejects(again.search(engineQuery('drone')), IndexDamagedError)
    await again.close()
  }
})

t.test('a reader follows the writer through changes and merges, on columns in shared memory', async t => {
  const folder = folderOf(t)
  await buildIndex(folder, 400)
  const writer = openEmbeddedEngine(folder)
  await writer.state()
  const shared = writer.shared()?.segments ?? new Map()
  const path = indexFilePath(folder, 'index-1')
  const reader = LiveIndex.open(path, { readOnly: true, shared })
  t.teardown(() => reader.close())
  t.equal(reader.sealed[0]?.live.segment.columns.siren.buffer, shared.get('segment-1.bin')?.buffer)
  const answers = () => {
    reader.refresh()
    const { total, candidates } = reader.search(engineQuery('drone', { limit: 1000 }))
    return [total, reader.state().suppliers, ...candidates.map(({ siren, score }) => `${siren} ${score.toFixed(9)}`)]
  }
  const written = async () => {
    const { total, candidates } = await writer.search(engineQuery('drone', { limit: 1000 }))
    const { suppliers } = await writer.state()
    return [total, suppliers, ...candidates.map(({ siren, score }) => `${siren} ${score.toFixed(9)}`)]
  }
  for (let n = 401; n <= 440; n++) {
    const added = numberedSupplier(n)
    const removed = Array.from({ length: 8 }, (_, at) => ({ siren: numberedSupplier((n - 401) * 8 + at + 1).siren }))
    await writer.apply([{ siren: added.siren, supplier: added }, ...removed], n)
    t.same(answers(), await written())
  }
  const files = () => readdirSync(join(folder, 'index-1')).join()
  // Most of the first segment is removed by now: it is written anew.
  while (files().includes('segment-1.bin')) await new Promise(resolve => setTimeout(resolve, 10))
  t.same(answers(), await written())
  // Enough for two files: some of what the reader has in memory is in one of them by then, and some is removed.
  for (let first = 441; first < 2700; first += 150) {
    const batch = Array.from({ length: 150 }, (_, at) => numberedSupplier(first + at))
    const again = batch.filter((_, at) => at % 3 === 0).map(each => ({ ...each, headcount: '12' }))
    await writer.apply(
      [...batch, ...again].map(each => ({ siren: each.siren, supplier: each })),
      first,
    )
    await writer.apply([{ siren: numberedSupplier(first - 60).siren }], first + 1)
    t.same(answers(), await written())
    // Some changes come while a file is written, the others after it.
    while (first > 1900 && reader.sealed.length < 2) {
      await new Promise(resolve => setTimeout(resolve, 10))
      reader.refresh()
    }
  }
  t.ok(reader.deltaSize < 2700 - 441, 'what is in files is no longer in the memory of the reader')
  await writer.close()
})

t.test('a merge that is given up leaves no file, and what it was made from stays', async t => {
  const folder = folderOf(t)
  await buildIndex(folder, 20)
  const files = () => readdirSync(join(folder, 'index-1')).filter(name => name.endsWith('.bin'))
  const add = async (engine: ReturnType<typeof openEmbeddedEngine>, first: number): Promise<void> => {
    const batch = Array.from({ length: 1100 }, (_, at) => numberedSupplier(first + at))
    await engine.apply(
      batch.map(each => ({ siren: each.siren, supplier: each })),
      first,
    )
  }
  for (const [round, waitMs] of [0, 150, 400].entries()) {
    const engine = openEmbeddedEngine(folder)
    await add(engine, 21 + round * 1100)
    await new Promise(resolve => setTimeout(resolve, waitMs))
    await engine.close()
    const index = LiveIndex.open(indexFilePath(folder, 'index-1'), { readOnly: true })
    const named = index.sealed.map(({ row }) => row.file).sort()
    t.equal(index.state().suppliers, 20 + (round + 1) * 1100)
    index.close()
    t.same(files().sort(), named, `after ${waitMs} ms`)
  }
})

t.test('the thread that writes segments says what it fails at, and goes on', async t => {
  const folder = folderOf(t)
  const thread = new SegmentThread()
  t.teardown(() => thread.end())
  const profiles = [{ id: 1, json: JSON.stringify(numberedSupplier(1)) }]
  await t.rejects(thread.write({ path: join(folder, 'none', 'a.bin'), profiles }), { code: 'ENOENT' })
  const { bytes, digest } = await thread.write({ path: join(folder, 'a.bin'), profiles })
  const part = { bytes, digest, resident: undefined, dead: Uint8Array.of(0), removed: [] }
  const damagedPart = { ...part, path: join(folder, 'a.bin'), digest: digest ^ 1 }
  await t.rejects(thread.write({ path: join(folder, 'b.bin'), files: [damagedPart] }), IndexDamagedError)
  const absentPart = { ...part, path: join(folder, 'c.bin') }
  await t.rejects(thread.write({ path: join(folder, 'd.bin'), files: [absentPart] }), IndexDamagedError)
  const files = [{ ...damagedPart, digest }]
  t.equal((await thread.write({ path: join(folder, 'e.bin'), files })).bytes, bytes)
  const underWay = thread.write({ path: join(folder, 'f.bin'), files })
  await Promise.all([t.rejects(underWay, /ended/), thread.end()])
  t.equal((await thread.write({ path: join(folder, 'g.bin'), files })).bytes, bytes, 'another one takes its place')
  // As its idle end does: what is ending has no say in the next job.
  const ended = thread.end()
  t.equal((await thread.write({ path: join(folder, 'h.bin'), files })).bytes, bytes)
  await ended
})

t.test('a merge goes on beside another process that writes to the index, and none is taken for damage', async t => {
  const removals = Array.from({ length: 400 }, (_, at) => ({ siren: numberedSupplier(1 + at).siren }))
  const soon = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))
  const setting = async () => {
    const folder = folderOf(t)
    await buildIndex(folder, 1000)
    const path = indexFilePath(folder, 'index-1')
    const errors: unknown[] = []
    const indexes = [0, 1].map(() => LiveIndex.open(path)) as [LiveIndex, LiveIndex]
    const [one, other] = indexes.map(index => {
      const maintenance = new Maintenance(index, error => errors.push(error))
      t.teardown(async () => {
        await maintenance.stop()
        index.close()
      })
      return { index, maintenance }
    }) as [{ index: LiveIndex; maintenance: Maintenance }, { index: LiveIndex; maintenance: Maintenance }]
    return { path, errors, one, other }
  }
  // The other one removes a profile while files are merged.
  const { path, errors, one, other } = await setting()
  t.ok(one.index.apply(removals, 1001))
  one.maintenance.poke()
  await soon(20)
  other.index.refresh()
  t.ok(other.index.apply([{ siren: numberedSupplier(900).siren }], 1002))
  one.index.refresh()
  while (one.index.sealed[0]?.row.file === 'segment-1.bin') await soon(10)
  t.equal(one.index.sealed.length, 1)
  t.equal(one.index.state().suppliers, 599)
  t.equal(one.index.supplier(numberedSupplier(700).siren)?.siren, numberedSupplier(700).siren)
  const fresh = LiveIndex.open(path, { readOnly: true })
  t.equal(fresh.state().suppliers, 599)
  fresh.close()
  // Both merge the same files; whoever is later finds them gone.
  for (const wait of [250, 350, 450]) {
    const both = await setting()
    t.ok(both.other.index.apply(removals, 1001))
    both.other.maintenance.poke()
    await soon(wait)
    both.one.index.refresh()
    both.one.maintenance.poke()
    const timer = setInterval(() => both.other.index.refresh(), 5)
    await soon(700)
    clearInterval(timer)
    t.same(both.errors, [])
    t.equal(both.one.index.state().suppliers, 600)
  }
  t.same(errors, [])
})

t.test('profiles in memory become a file when the last change removed some', async t => {
  const folder = folderOf(t)
  await buildIndex(folder, 20)
  const index = LiveIndex.open(indexFilePath(folder, 'index-1'))
  const maintenance = new Maintenance(index, error => t.fail(String(error)))
  const batch = Array.from({ length: 1100 }, (_, at) => numberedSupplier(21 + at))
  index.apply(
    batch.map(each => ({ siren: each.siren, supplier: each })),
    21,
  )
  maintenance.poke()
  // Before the thread is asked: a segment begins that has no profile yet.
  index.apply([{ siren: numberedSupplier(3).siren }], 22)
  t.same(
    index.delta.map(({ count }) => count),
    [1100, 0],
  )
  while (index.sealed.length < 2) await new Promise(resolve => setTimeout(resolve, 10))
  t.equal(index.state().suppliers, 1119)
  t.ok(index.apply([{ siren: numberedSupplier(3).siren, supplier: numberedSupplier(3) }], 23))
  t.equal(index.state().suppliers, 1120)
  await maintenance.stop()
  index.close()
})

t.test('segments of which everything is removed are merged like others', async t => {
  const folder = folderOf(t)
  await buildIndex(folder, 400)
  const engine = openEmbeddedEngine(folder)
  t.teardown(() => engine.close())
  const batch = Array.from({ length: 1100 }, (_, at) => numberedSupplier(401 + at))
  const removed = Array.from({ length: 1500 }, (_, at) => ({ siren: numberedSupplier(1 + at).siren }))
  await engine.apply([...batch.map(each => ({ siren: each.siren, supplier: each })), ...removed.slice(400)], 1)
  await engine.apply(removed.slice(0, 400), 2)
  const files = () => readdirSync(join(folder, 'index-1')).filter(name => name.endsWith('.bin'))
  while (files().includes('segment-1.bin')) await new Promise(resolve => setTimeout(resolve, 10))
  t.equal((await engine.state()).suppliers, 0)
  t.equal((await engine.search(engineQuery('drone'))).total, 0)
  const again = numberedSupplier(7)
  await engine.apply([{ siren: again.siren, supplier: again }], 3)
  t.equal((await engine.search(engineQuery('drone'))).total, 1)
})

t.test('a full disk is said, leaves what is indexed, and passes when there is room again', async t => {
  const folder = folderOf(t)
  const script = fileURLToPath(new URL('../support/full-disk.ts', import.meta.url))
  const inOwnMount = (command: string): string[] => [
    '-rm',
    'sh',
    '-c',
    `mount -t tmpfs -o size=4m none "$0" && ${command}`,
  ]
  try {
    execFileSync('unshare', [...inOwnMount('true'), folder], { stdio: 'ignore' })
  } catch {
    t.pass('skipped: no disk of a few megabytes can be mounted here')
    return
  }
  const run = promisify(execFile)
  const { stdout } = await run('unshare', [...inOwnMount(`"$1" "$2" "$0"`), folder, process.execPath, script])
  const said = JSON.parse(stdout)
  t.match(said.error, /^EngineTroubleError: The index cannot grow, the disk is full/)
  t.match(said.buildError, /^EngineTroubleError: The index cannot grow, the disk is full/)
  t.ok(said.applied > 50, `${said.applied} changes had room`)
  t.equal(said.whenFull, said.applied, 'all that was acknowledged is found')
  t.equal(said.afterwards, said.applied + 1)
  t.equal(said.reached, said.applied + 1)
})
