import { type SaxesAttributeNS, SaxesParser, type SaxesTagNS } from 'saxes'
import { RefusedFileError } from './refused.ts'

/** What a reader of a document's XML is told. Names are without prefix; the two formats each have one of interest. */
export interface XmlEvents {
  open(name: string, attribute: (name: string) => string | undefined): void
  close(name: string): void
  text(text: string): void
}

/** Word closes some twenty levels at most; a stack of thousands is an attack on whoever walks it. */
const MAX_DEPTH = 500

const attributeOf =
  (tag: SaxesTagNS) =>
  (wanted: string): string | undefined =>
    Object.values<SaxesAttributeNS>(tag.attributes).find(attribute => attribute.local === wanted)?.value

/** Reads XML from end to end. A DOCTYPE is refused: entities could grow without end, or name files. */
export const readXml = (xml: string, events: XmlEvents): void => {
  const parser = new SaxesParser({ xmlns: true })
  let depth = 0
  parser.on('doctype', () => {
    throw new RefusedFileError('damaged')
  })
  parser.on('error', cause => {
    throw new RefusedFileError('damaged', { cause })
  })
  parser.on('opentag', tag => {
    depth++
    if (depth > MAX_DEPTH) throw new RefusedFileError('damaged')
    events.open(tag.local, attributeOf(tag))
  })
  parser.on('closetag', tag => {
    depth--
    events.close(tag.local)
  })
  parser.on('text', text => events.text(text))
  parser.on('cdata', text => events.text(text))
  parser.write(xml.replace(/^\uFEFF/u, '')).close()
}
