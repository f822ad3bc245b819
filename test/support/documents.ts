import { crc32, deflateRawSync } from 'node:zlib'

/** Documents made at run time: archives byte by byte, so that what they declare can be a lie, and small PDFs. */

export interface ArchiveFile {
  readonly name: string
  readonly content: string | Uint8Array
  /** What the directory says of the unpacked size, when it is not true. */
  readonly declaredSize?: number
  readonly encrypted?: boolean
}

/** A ZIP archive of these files (APPNOTE 6.3), deflated. */
export const archive = (files: readonly ArchiveFile[]): Uint8Array => {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, content, declaredSize, encrypted } of files) {
    const bytes = Buffer.from(content)
    const packed = deflateRawSync(bytes)
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    fields.writeUInt16LE(encrypted ? 1 : 0, 2)
    fields.writeUInt16LE(8, 4)
    fields.writeUInt32LE(crc32(bytes), 10)
    fields.writeUInt32LE(packed.length, 14)
    fields.writeUInt32LE(declaredSize ?? bytes.length, 18)
    fields.writeUInt16LE(Buffer.byteLength(name), 22)
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), fields, Buffer.from(name), packed])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    const head = Buffer.concat([
      Buffer.from('PK\u0001\u0002', 'latin1'),
      Buffer.from([20, 0]),
      fields,
      tail,
      Buffer.from(name),
    ])
    locals.push(local)
    directory.push(head)
    offset += local.length
  }
  const size = directory.reduce((sum, each) => sum + each.length, 0)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(files.length, 4)
  end.writeUInt16LE(files.length, 6)
  end.writeUInt32LE(size, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...locals, ...directory, Buffer.from('PK\u0005\u0006', 'latin1'), end])
}

const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'

/** A DOCX whose body is this WordprocessingML. */
export const docx = (body: string, others: readonly ArchiveFile[] = []): Uint8Array =>
  archive([
    { name: '[Content_Types].xml', content: '<Types/>' },
    { name: 'word/document.xml', content: `<w:document xmlns:w="${WORD}"><w:body>${body}</w:body></w:document>` },
    ...others,
  ])

const OFFICE = 'urn:oasis:names:tc:opendocument:xmlns:office:1.0'
const TEXT = 'urn:oasis:names:tc:opendocument:xmlns:text:1.0'

/** An ODT whose text is this OpenDocument content. */
export const odt = (text: string): Uint8Array =>
  archive([
    { name: 'mimetype', content: 'application/vnd.oasis.opendocument.text' },
    {
      name: 'content.xml',
      content: `<office:document-content xmlns:office="${OFFICE}" xmlns:text="${TEXT}"><office:body><office:text>${text}</office:text></office:body></office:document-content>`,
    },
  ])

const escaped = (line: string): string => line.replace(/[\\()]/g, sign => `\\${sign}`)

/** A PDF in Helvetica (WinAnsi), one list of lines a page; `streams` are page contents as they are, instead. */
export const pdf = (pages: readonly (readonly string[])[], streams?: readonly Uint8Array[]): Uint8Array => {
  const contents: (readonly [dictionary: string, bytes: Buffer])[] = streams
    ? streams.map(bytes => ['/Filter /FlateDecode ', Buffer.from(bytes)] as const)
    : pages.map(lines => {
        const shown = lines.map(line => `(${escaped(line)}) Tj 0 -16 Td`).join('\n')
        return ['', Buffer.from(`BT /F1 11 Tf 60 760 Td\n${shown}\nET`, 'latin1')] as const
      })
  const kids = contents.map((_, index) => `${4 + 2 * index} 0 R`).join(' ')
  const objects: Buffer[] = [
    Buffer.from('<< /Type /Catalog /Pages 2 0 R >>'),
    Buffer.from(`<< /Type /Pages /Count ${contents.length} /Kids [${kids}] >>`),
    Buffer.from('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>'),
  ]
  for (const [index, [dictionary, bytes]] of contents.entries()) {
    objects.push(
      Buffer.from(
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + 2 * index} 0 R >>`,
      ),
      Buffer.concat([
        Buffer.from(`<< ${dictionary}/Length ${bytes.length} >>\nstream\n`),
        bytes,
        Buffer.from('\nendstream'),
      ]),
    )
  }
  const chunks: Buffer[] = [Buffer.from('%PDF-1.4\n')]
  const offsets: number[] = []
  let at = chunks[0]?.length ?? 0
  for (const [index, object] of objects.entries()) {
    const chunk = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), object, Buffer.from('\nendobj\n')])
    offsets.push(at)
    chunks.push(chunk)
    at += chunk.length
  }
  const rows = offsets.map(offset => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const size = objects.length + 1
  chunks.push(
    Buffer.from(
      `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${at}\n%%EOF`,
    ),
  )
  return Buffer.concat(chunks)
}
