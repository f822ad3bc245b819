import t from 'tap'
import { createPageReader, type PageReader } from '../../indexer/extract/page-reader.ts'

const page = (html: string): { url: string; body: Uint8Array } => ({
  url: 'https://capteurs.example/',
  body: Buffer.from(html),
})

/** 30,000 nested elements (150 kB) and 60,000 attributes: parse5 needs seconds for either. */
const NESTED = '<div>'.repeat(30_000)
const ATTRIBUTES = `<div ${Array.from({ length: 60_000 }, (_, i) => `a${i}=1`).join(' ')}>`

const textOf = async (reader: PageReader, html: string): Promise<string | undefined> => {
  const reading = await reader.read(page(html))
  return reading.kind === 'read' ? reading.facts.document.text : undefined
}

t.test('a page is decoded and read in a worker', async t => {
  const reader = createPageReader({ threads: 1 })
  t.teardown(() => reader.close())
  const html = '<html lang=fr><title>Été</title><script type="application/ld+json">{"name":"Loire"}</script><p>Forêt'
  const reading = await reader.read({
    ...page(''),
    body: Buffer.from(html, 'latin1'),
    contentType: 'text/html; charset=utf-8',
  })
  t.match(reading, {
    kind: 'read',
    facts: {
      charset: 'windows-1252',
      document: { title: 'Été', text: 'Forêt' },
      structured: { jsonLd: [{ name: 'Loire' }] },
    },
  })
})

t.test('a page that stalls its worker is unreadable, and the next ones are read', async t => {
  const reader = createPageReader({ threads: 1, timeoutMs: 1_000 })
  t.teardown(() => reader.close())
  const readings = await Promise.all([NESTED, ATTRIBUTES, '<p>Suivante'].map(html => reader.read(page(html))))
  t.same(
    readings.map(reading => (reading.kind === 'read' ? reading.facts.document.text : reading.reason)),
    ['timeout', 'timeout', 'Suivante'],
  )
  t.equal(await textOf(reader, '<p>Encore'), 'Encore')
})

t.test('a page that takes too much memory is unreadable, and the next one is read', async t => {
  const reader = createPageReader({ threads: 1, timeoutMs: 60_000, maxMemoryMb: 96 })
  t.teardown(() => reader.close())
  t.match(await reader.read(page('<p>a'.repeat(1_000_000))), { kind: 'unreadable', reason: 'out-of-memory' })
  t.equal(await textOf(reader, '<p>Suivante'), 'Suivante')
})

t.test('pages wait their turn without that counting as reading time', async t => {
  const reader = createPageReader({ threads: 1, timeoutMs: 500 })
  t.teardown(() => reader.close())
  const texts = await Promise.all(
    Array.from({ length: 300 }, (_, i) => textOf(reader, `<p>${i} ${'x '.repeat(2_000)}`)),
  )
  t.same(
    texts.map(text => Number.parseInt(text ?? '', 10)),
    texts.map((_, i) => i),
  )
})

t.test('reading stops when its caller says so, and only then rejects', async t => {
  const reader = createPageReader({ threads: 1, timeoutMs: 60_000 })
  t.teardown(() => reader.close())
  const stop = new AbortController()
  const reading = reader.read(page(NESTED), { signal: stop.signal })
  stop.abort(new Error('enough'))
  await t.rejects(reading, { message: 'enough' })
  t.equal(await textOf(reader, '<p>Suivante'), 'Suivante')
})
