import { FACETS } from '../../model/facets.ts'
import type { Supplier } from '../../model/supplier.ts'
import { forEachDelete, isSpellable } from '../../text/spell-deletes.ts'
import { fieldsOfKey, LENGTH_SLOTS, PASSAGE_ANALYSES } from './analysed.ts'
import { ByteWriter } from './bytes.ts'
import { TOP_WORDS } from './completion.ts'
import { growingU32 } from './growing.ts'
import type { PendingProfile } from './index-file.ts'
import { Inverter, KINDS } from './inverter.ts'
import { PostingWriter } from './postings.ts'
import { placeOfId, type Segment } from './segment.ts'
import { lengthOf } from './segment-builder.ts'
import { addLength, ColumnsBuilder, columnsOf, emptyTotals } from './segment-columns.ts'
import { ValueNumbers } from './segment-writer.ts'
import { LiveSegment } from './statistics.ts'
import { compareTexts, keyBytes, keyText, type Row } from './table.ts'
import { encodeWord } from './word-rows.ts'

/** Past so many profiles another one is begun: so many are analysed again when an index is opened (0.2 s). */
export const MOST_PROFILES = 1024
/** Words that are remembered from one segment to the next, some 200 bytes each. */
const MAX_WORDS = 100_000

/**
 * The latest profiles, in memory: the one segment that grows. A profile that is added costs its analysis and no more:
 * its postings are appended to chains, which become lists in the format of files when they are asked for.
 */
export class GrowingSegment {
  /** As searches read it; the same object as long as the segment lives, its content another one with each profile. */
  readonly live: LiveSegment
  readonly inverter: Inverter
  readonly #ids = growingU32()
  readonly #json: string[] = []
  /** By passage. */
  readonly #owners = growingU32()
  readonly #columns = new ColumnsBuilder()
  readonly #values = new ValueNumbers()
  readonly #totals = emptyTotals(LENGTH_SLOTS)
  readonly #passageTotals = emptyTotals(PASSAGE_ANALYSES.length)
  /** The last profile of each SIREN. */
  readonly #documents = new Map<number, number>()
  /** In tokens, by profile and slot; the columns hold them rounded. */
  readonly #lengths = growingU32(LENGTH_SLOTS * 64)
  readonly #passageLengths: (readonly ArrayLike<number>[])[] = []
  /** The posting before of the same term, + 1; 0 for the first. */
  readonly #previous = growingU32(1 << 12)
  /** By term: its last posting, + 1, and how many it has. */
  readonly #last = growingU32(1 << 12)
  readonly #frequencies = growingU32(1 << 12)
  readonly #lists = new Map<number, { readonly documents: number; readonly list: Uint8Array }>()
  readonly #writer = new PostingWriter(1)
  readonly #chain = growingU32()
  readonly #names = new Texts()
  readonly #nameKeys = new Texts()
  readonly #words = new Texts()
  readonly #forms = new Map<number, string[]>()
  /** Strings whose forms are there. */
  readonly #spelt = new Set<number>()

  /** `inverter`: one that has been reset, of a segment before; it knows most words already. */
  constructor(inverter = new Inverter(MAX_WORDS)) {
    this.inverter = inverter
    this.live = new LiveSegment(this.#view())
  }

  get count(): number {
    return this.#json.length
  }

  /** Those that are not removed. */
  profiles(): readonly PendingProfile[] {
    const { dead } = this.live
    return this.#json.flatMap((json, document) => (dead[document] === 1 ? [] : [{ id: this.idOf(document), json }]))
  }

  /** Appends a profile, whose id is above all others; throws for one that cannot be analysed. */
  add({ id, json }: PendingProfile): void {
    // Written by this program, sealed by its row's digest; what is analysed is what is stored.
    const supplier = JSON.parse(json) as Supplier
    const document = this.count
    const { columns, lengths, passages } = this.inverter.add(supplier)
    this.#ids.push(id)
    this.#json.push(json)
    this.#columns.add(
      id,
      columns,
      FACETS.map((facet, index) => facet.values(supplier).map(value => this.#values.number(index, value))),
    )
    this.#columns.lengths(lengths)
    for (const passage of passages) {
      this.#columns.passage(passage)
      this.#owners.push(document)
    }
    for (let slot = 0; slot < LENGTH_SLOTS; slot++) this.#lengths.push(lengths[slot]!)
    this.#passageLengths.push(passages)
    this.#count(lengths, passages)
    this.#documents.set(columns.siren, document)
    this.#chainPostings()
    this.#takeNames()
    this.live.grow(this.#view())
  }

  /** The profile of a SIREN, unless it was removed. */
  find(siren: number): number | undefined {
    const document = this.#documents.get(siren)
    return document === undefined || this.live.dead[document] === 1 ? undefined : document
  }

  idOf(document: number): number {
    return this.#ids.array[document]!
  }

  bury(document: number): void {
    const first = document * LENGTH_SLOTS
    const lengths = this.#lengths.array.subarray(first, first + LENGTH_SLOTS)
    this.live.bury(document, { lengths, passages: this.#passageLengths[document]! })
  }

  /** Removes the profile with an id, if it is here. */
  buryId(id: number): void {
    const document = placeOfId(this.#ids.view(), id)
    if (document >= 0) this.bury(document)
  }

  /** Removes the profiles up to an id, which a file holds now; false when there are no others. */
  isLeftAfter(id: number): boolean {
    const ids = this.#ids.view()
    for (let document = 0; document < ids.length && ids[document]! <= id; document++) this.bury(document)
    return ids.length > 0 && ids[ids.length - 1]! > id
  }

  #count(lengths: ArrayLike<number>, passages: readonly ArrayLike<number>[]): void {
    for (let slot = 0; slot < LENGTH_SLOTS; slot++) addLength(this.#totals, slot, lengths[slot]!)
    for (const passage of passages)
      for (let analysis = 0; analysis < passage.length; analysis++)
        addLength(this.#passageTotals, analysis, passage[analysis]!)
  }

  #chainPostings(): void {
    const { postingTerms, termCount } = this.inverter
    for (const byTerm of [this.#last, this.#frequencies]) {
      byTerm.reserve(termCount - byTerm.length)
      byTerm.array.fill(0, byTerm.length, termCount)
      byTerm.length = termCount
    }
    for (let posting = this.#previous.length; posting < postingTerms.length; posting++) {
      const term = postingTerms.array[posting]!
      this.#previous.push(this.#last.array[term]!)
      this.#last.array[term] = posting + 1
      this.#frequencies.array[term]!++
    }
  }

  #takeNames(): void {
    const { names, nameDocuments, nameKeys, nameKeyDocuments } = this.inverter
    for (; this.#names.taken < names.length; this.#names.taken++)
      this.#names.add(names[this.#names.taken]!, nameDocuments.array[this.#names.taken]!)
    for (; this.#nameKeys.taken < nameKeys.length; this.#nameKeys.taken++)
      this.#nameKeys.add(nameKeys[this.#nameKeys.taken]!, nameKeyDocuments.array[this.#nameKeys.taken]!)
  }

  /** The words that completion offers, in order. */
  #wordsInOrder(): readonly string[] {
    const { strings, surfaces } = this.inverter
    for (let string = 0; string < surfaces.length; string++) {
      const text = strings[string]!
      if (surfaces[string] !== undefined && !this.#words.has(text) && this.inverter.termOf('x', text) >= 0)
        this.#words.add(text, string)
    }
    return this.#words.inOrder()
  }

  /** The segment as it is now; what is read of it is right until the next profile. */
  #view(): Segment {
    const { count } = this
    const json = (document: number): string => this.#json[document]!
    const columns = this.#columns
    const values = this.#values.values
    let made: Segment['columns'] | undefined
    return {
      count,
      passages: columns.passages,
      passageOwners: () => this.#owners.view(),
      get columns() {
        made ??= columnsOf(
          columns.finish(
            values.map(each => each.length),
            false,
          ),
        )
        return made
      },
      totals: this.#totals,
      passageTotals: this.#passageTotals,
      values,
      newest: columns.newest,
      spellBits: 0,
      get: key => this.#get(typeof key === 'string' ? key : keyText(key)),
      head: key => this.#get(keyText(key)),
      rowsFrom: key => this.#rowsFrom(key),
      forms: () => this.#spellingForms(),
      profileJson: json,
      profile: document => JSON.parse(json(document)) as Supplier,
      close: () => {},
    }
  }

  #get(key: string): Uint8Array | undefined {
    const text = key.slice(2)
    switch (key.charAt(0)) {
      case 'n':
        return this.#namesList(this.#names.get(text))
      case 'p':
        return this.#namesList(this.#nameKeys.get(text))
      case 'y':
        return this.#word(text)
      case 'z':
        return this.#topWords(text)
      default: {
        const term = this.inverter.termOf(key.charAt(0), text)
        return term < 0 ? undefined : this.#list(term, key.charAt(0))
      }
    }
  }

  #list(term: number, kind: string): Uint8Array {
    const documents = this.#frequencies.array[term]!
    const known = this.#lists.get(term)
    if (known?.documents === documents) return known.list
    const list = this.#write(term, kind).slice()
    this.#lists.set(term, { documents, list })
    return list
  }

  /** The same; valid until the next list. */
  #write(term: number, kind: string): Uint8Array {
    const chain = this.#chain
    chain.length = 0
    for (let next = this.#last.array[term]!; next > 0; next = this.#previous.array[next - 1]!) chain.push(next - 1)
    const writer = this.#writer
    writer.reset(fieldsOfKey(kind))
    const { postings, exceptions } = this.inverter
    for (let at = chain.length - 1; at >= 0; at--) {
      const posting = postings.array[chain.array[at]!]!
      const document = posting >>> 8
      const code = posting & 0xff
      if (code !== 0) writer.addCode(document, code, lengthOf(this.#columns, kind, document, code))
      else writer.add(document, exceptions.get(term * 2 ** 24 + document)!)
    }
    return writer.finish()
  }

  #namesList(documents: readonly number[] | undefined): Uint8Array | undefined {
    if (!documents) return undefined
    this.#writer.reset(1)
    for (const document of documents) this.#writer.addCode(document, 1)
    return this.#writer.finish().slice()
  }

  #word(term: string): Uint8Array | undefined {
    const surface = this.inverter.surfaceOf(term)
    const exact = this.inverter.termOf('x', term)
    if (surface === undefined || exact < 0) return undefined
    return encodeWord(new ByteWriter(64), { term, surface, frequency: this.#frequencies.array[exact]! })
  }

  /** `key`: `t` and a prefix, what follows `z` in the key of a row. */
  #topWords(prefix: string): Uint8Array | undefined {
    const words = this.#wordsInOrder()
    const found: { readonly term: string; readonly frequency: number }[] = []
    for (let at = firstNotBelow(words, prefix); at < words.length && words[at]!.startsWith(prefix); at++) {
      const term = words[at]!
      found.push({ term, frequency: this.#frequencies.array[this.inverter.termOf('x', term)]! })
    }
    if (found.length === 0) return undefined
    found.sort((a, b) => b.frequency - a.frequency || (a.term < b.term ? -1 : 1))
    return keyBytes(
      found
        .slice(0, TOP_WORDS)
        .map(({ term }) => term)
        .join(' '),
    )
  }

  #spellingForms(): ReadonlyMap<number, readonly string[]> {
    const exact = this.inverter.terms[KINDS.indexOf('x')]!
    for (let string = 0; string < exact.length; string++) {
      if (exact.array[string] === 0 || this.#spelt.has(string)) continue
      this.#spelt.add(string)
      const term = this.inverter.strings[string]!
      if (!isSpellable(term)) continue
      forEachDelete(term, hash => {
        const terms = this.#forms.get(hash)
        if (terms) terms.push(term)
        else this.#forms.set(hash, [term])
      })
    }
    return this.#forms
  }

  /** Names and words are what is completed. */
  *#rowsFrom(from: string): Generator<Row> {
    const texts = from.startsWith('y') ? this.#wordsInOrder() : this.#nameKeys.inOrder()
    for (let at = firstNotBelow(texts, from.slice(2)); at < texts.length; at++) {
      const key = `${from.charAt(0)}:${texts[at]!}`
      yield { key: keyBytes(key), value: () => this.#get(key)! }
    }
  }
}

/** Texts with numbers, in order when asked: the new ones are put among those in order already. */
class Texts {
  /** How many of a list have been taken over. */
  taken = 0
  readonly #numbers = new Map<string, number[]>()
  #sorted: readonly string[] = []
  #added: string[] = []

  add(text: string, number: number): void {
    const numbers = this.#numbers.get(text)
    if (numbers) numbers.push(number)
    else {
      this.#numbers.set(text, [number])
      this.#added.push(text)
    }
  }

  has(text: string): boolean {
    return this.#numbers.has(text)
  }

  get(text: string): readonly number[] | undefined {
    return this.#numbers.get(text)
  }

  inOrder(): readonly string[] {
    if (this.#added.length === 0) return this.#sorted
    const added = this.#added.sort(compareTexts)
    const sorted: string[] = []
    let at = 0
    for (const text of this.#sorted) {
      while (at < added.length && compareTexts(added[at]!, text) < 0) sorted.push(added[at++]!)
      sorted.push(text)
    }
    while (at < added.length) sorted.push(added[at++]!)
    this.#sorted = sorted
    this.#added = []
    return sorted
  }
}

/** The place of the first text that is not below another. */
const firstNotBelow = (texts: readonly string[], text: string): number => {
  let low = 0
  let high = texts.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compareTexts(texts[middle]!, text) < 0) low = middle + 1
    else high = middle
  }
  return low
}
