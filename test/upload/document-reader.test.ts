import { deflateSync } from 'node:zlib'
import t from 'tap'
import { DOCUMENT_LIMITS, formatText, parseText, type Refusal } from '../../src/model/document.ts'
import { createDocumentReader } from '../../src/upload/document-reader.ts'
import { readDocument } from '../../src/upload/read-document.ts'
import { RefusedFileError } from '../../src/upload/refused.ts'
import { archive, docx, odt, pdf } from '../support/documents.ts'

const paragraph = (text: string, properties = ''): string => `<w:p>${properties}<w:r><w:t>${text}</w:t></w:r></w:p>`
const style = (name: string): string => `<w:pPr><w:pStyle w:val="${name}"/></w:pPr>`

t.test('a DOCX gives its paragraphs, headings and the pages that Word noted', async t => {
  const body = `${paragraph('Objet', style('Titre1'))}${paragraph('Des capteurs.')}<w:p><w:r><w:lastRenderedPageBreak/><w:t>Page deux.</w:t></w:r></w:p><w:p><w:del><w:r><w:delText>Barré</w:delText></w:r></w:del></w:p>`
  t.strictSame(await readDocument(docx(body)), {
    blocks: [
      { text: 'Objet', page: 1, heading: 1 },
      { text: 'Des capteurs.', page: 1 },
      { text: 'Page deux.', page: 2 },
    ],
    pages: 2,
  })
  t.strictSame(await readDocument(docx(paragraph('Sans saut.'))), { blocks: [{ text: 'Sans saut.' }] })
})

t.test('an ODT gives its paragraphs and headings, without remarks and deleted text', async t => {
  const text =
    '<text:tracked-changes><text:p>ôté</text:p></text:tracked-changes><text:h text:outline-level="2">Réseau</text:h><text:p>Un<text:s/>réseau <text:span>LoRaWAN</text:span>.</text:p>'
  t.strictSame(await readDocument(odt(text)), {
    blocks: [{ text: 'Réseau', heading: 2 }, { text: 'Un réseau LoRaWAN.' }],
  })
})

t.test('a PDF gives paragraphs with their pages, without running heads and page numbers', async t => {
  const pages = [1, 2, 3, 4].map(page => [
    'Ville de Brume - CCTP',
    `Le lot ${'abcd'[page - 1]} comprend la fourniture et la pose de capteurs de temp\u00e9rature dans les \u00e9coles`,
    `de la ${['ville', 'plaine', 'vall\u00e9e', 'colline'][page - 1]}.`,
    `Page ${page} / 4`,
  ])
  const { blocks, pages: count } = await readDocument(pdf(pages))
  t.equal(count, 4)
  t.strictSame(
    blocks.map(block => block.page),
    [1, 2, 3, 4],
  )
  t.match(blocks[1]?.text, /^Le lot b comprend .* écoles de la plaine\.$/)
})

t.test('text is read in UTF-8, UTF-16 and windows-1252', async t => {
  const expected = { blocks: [{ text: 'Équipement d’été' }] }
  t.strictSame(await readDocument(Buffer.from('Équipement d’été')), expected)
  t.strictSame(await readDocument(Buffer.from('\ufeffÉquipement d’été', 'utf16le')), expected)
  t.strictSame(await readDocument(Buffer.from('\xc9quipement d\x92\xe9t\xe9', 'latin1')), expected)
})

t.test('text that a form carries back is read as the same document', async t => {
  const document = {
    blocks: [
      { text: 'Objet', page: 1, heading: 2 },
      { text: 'a', page: 1 },
      { text: 'b', page: 3 },
    ],
    pages: 3,
  }
  t.strictSame(parseText(formatText(document).replaceAll('\n', '\r\n')), document)
})

const many = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `x${index}`, content: '' }))
const BOMB = 'A'.repeat(DOCUMENT_LIMITS.unpackedBytes + 1)
const REFUSED: Readonly<Record<string, readonly [Refusal, () => Uint8Array]>> = {
  nothing: ['empty', () => new Uint8Array()],
  'a file of blanks': ['empty', () => Buffer.from(' \n\f ')],
  'more than 10 MiB': ['too-large', () => new Uint8Array(DOCUMENT_LIMITS.bytes + 1)],
  'a text that is too long': ['too-long', () => Buffer.from('mot '.repeat(DOCUMENT_LIMITS.characters / 3))],
  'a PDF of 201 pages': ['too-many-pages', () => pdf(Array.from({ length: 201 }, () => ['x']))],
  'an archive that unpacks to more than 50 MiB': ['unpacked-too-large', () => docx('', [{ name: 'a', content: BOMB }])],
  'an archive that lies about its size': [
    'damaged',
    () => docx('', [{ name: 'word/footnotes.xml', content: BOMB, declaredSize: 10 }]),
  ],
  'an archive of 1,001 files': ['too-many-entries', () => archive(many(1001))],
  'an archive that is no document': ['unsupported', () => archive([{ name: 'a.txt', content: 'a' }])],
  'an encrypted archive': ['encrypted', () => archive([{ name: 'word/document.xml', content: 'x', encrypted: true }])],
  'names that leave the archive': ['damaged', () => docx(paragraph('x'), [{ name: '../../etc/passwd', content: 'x' }])],
  'a DOCTYPE': [
    'damaged',
    () => archive([{ name: 'word/document.xml', content: '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' }]),
  ],
  'XML of 10,000 levels': ['damaged', () => docx('<w:p>'.repeat(10_000))],
  'XML that breaks off': ['damaged', () => archive([{ name: 'word/document.xml', content: '<a><b>' }])],
  'a PDF of which only the beginning came': ['damaged', () => Buffer.from('%PDF-1.7\n1 0 obj')],
  'an old Word file': ['unsupported', () => Buffer.from('d0cf11e0a1b11ae1000000000000', 'hex')],
  RTF: ['unsupported', () => Buffer.from('{\\rtf1 texte}')],
}

t.test('every file that is not read is refused by name', async t => {
  for (const [what, [refusal, make]] of Object.entries(REFUSED)) {
    const error: unknown = await Promise.resolve(readDocument(make())).catch((cause: unknown) => cause)
    t.ok(error instanceof RefusedFileError, what)
    if (error instanceof RefusedFileError) t.equal(error.refusal, refusal, what)
  }
})

t.test('a file is read in a thread, which ends when it takes too long or too much memory', async t => {
  const read = await createDocumentReader().read(docx(paragraph('Un texte.')))
  t.strictSame(read, { kind: 'read', document: { blocks: [{ text: 'Un texte.' }] } })
  const slow = createDocumentReader({ timeMs: 1 })
  t.strictSame(await slow.read(Buffer.from('x')), { kind: 'refused', refusal: 'too-slow' })
  // 400 MB of blanks in a page of 2 MB: unpacked into buffers, which the heap's own limit does not know.
  const bomb = pdf([], [deflateSync(Buffer.alloc(400 * 1024 * 1024, 0x20), { level: 1 })])
  t.ok(bomb.length < DOCUMENT_LIMITS.bytes)
  t.strictSame(await createDocumentReader().read(bomb), { kind: 'refused', refusal: 'too-much-memory' })
})
