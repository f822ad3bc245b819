import { globSync, readFileSync } from 'node:fs'
import t from 'tap'
import { elementsOf, parseHtml } from '../../indexer/extract/dom.ts'
import { readStructuredData, type StructuredData } from '../../indexer/extract/structured-data.ts'
import { sharedPath, skipWithout } from '../support/shared-data.ts'

const BASE = 'https://capteurs.example/page'

const read = (html: string, baseUrl = BASE): StructuredData =>
  readStructuredData(elementsOf(parseHtml(html).root().get()), baseUrl)

const jsonLd = (block: string): StructuredData['jsonLd'] =>
  read(`<script type="application/ld+json">${block}</script>`).jsonLd

t.test('every readable JSON-LD block is read, a broken one left out', async t => {
  const { jsonLd } = read(`
    <script type="application/ld+json">{"@type":"Organization","name":"Capteurs Loire"}</script>
    <script type="application/ld+json">{"@type": oops</script>
    <script type="Application/LD+JSON; charset=utf-8">[{"@type":"Product"},null,"text",{"@type":"Offer"}]</script>
    <script type="text/javascript">{"@type":"No"}</script>`)
  t.same(jsonLd, [{ '@type': 'Organization', name: 'Capteurs Loire' }, { '@type': 'Product' }, { '@type': 'Offer' }])
})

t.test('comments, CDATA marks, closing commas and raw control characters are forgiven', async t => {
  const expected = [{ a: 'x // y', b: ['<!-- kept -->'] }]
  t.same(jsonLd('/* one */ {"a": "x // y", // two\n "b": ["<!-- kept -->",],\n // three\n}'), expected)
  t.same(jsonLd('<!-- said\n --><![CDATA[ {"a": "x // y", "b": ["<!-- kept -->"]} ]]>').length, 0, 'not any prose')
  t.same(jsonLd('<!-- said -->\n{"a": "x // y", "b": ["<!-- kept -->"]}'), expected)
  t.same(jsonLd('//<![CDATA[\n{"a": "x // y", "b": ["<!-- kept -->"]}\n//]]>'), expected)
  t.same(jsonLd('{"a": "two\nlines\tand a \\" quote"}'), [{ a: 'two\nlines\tand a " quote' }])
})

t.test('a JSON-LD block cannot reach a prototype, nor be too deep or too large', async t => {
  const [object] = jsonLd('{"__proto__":{"polluted":1},"constructor":{"x":1},"deep":{"__proto__":{"polluted":1}}}')
  t.same(object, { constructor: { x: 1 }, deep: {} })
  t.equal(Object.getOwnPropertyDescriptor(Object.prototype, 'polluted'), undefined)
  t.same(jsonLd(`${'{"a":'.repeat(100)}1${'}'.repeat(100)}`), [])
  t.same(jsonLd(`[${'['.repeat(50_000)}`), [])
  t.same(jsonLd(`{"a":"${'x'.repeat(1_100_000)}"}`), [])
  t.same(jsonLd(`{"a":[${'1,'.repeat(60_000)}1]}`), [])
})

t.test('repairing a hostile block takes linear time', async t => {
  for (const part of ['\\"', '"', '/*', '<!--', '//', ',', ', ', '-->', '"\\']) {
    t.same(jsonLd(part.repeat(Math.floor(900_000 / part.length)).concat('x')), [], JSON.stringify(part))
  }
})

t.test('microdata gives nested items, addresses made absolute, and values by element', async t => {
  const { microdata } = read(`
    <div itemscope itemtype="https://schema.org/Organization" itemid=" urn:x:1 " itemref="more gone">
      <h1 itemprop="name legalName">Capteurs<br>Loire</h1>
      <a itemprop="url" href="/">site</a>
      <time itemprop="foundingDate" datetime="2016-03-01">mars 2016</time>
      <meta itemprop="__proto__" content="x"><meta itemprop="vatID" content="FR00000000000">
      <div itemprop="address" itemscope itemtype="https://schema.org/PostalAddress">
        <span itemprop="addressLocality">Nantes<script>alert(1)</script></span>
      </div>
    </div>
    <p id="more"><span itemprop="slogan">L’air, mesuré</span></p>`)
  t.same(microdata, [
    {
      type: ['https://schema.org/Organization'],
      id: 'urn:x:1',
      properties: {
        name: ['Capteurs Loire'],
        legalName: ['Capteurs Loire'],
        url: ['https://capteurs.example/'],
        foundingDate: ['2016-03-01'],
        vatID: ['FR00000000000'],
        address: [{ type: ['https://schema.org/PostalAddress'], properties: { addressLocality: ['Nantes'] } }],
        slogan: ['L’air, mesuré'],
      },
    },
  ])
})

t.test('microdata items in a circle or without end are cut', async t => {
  const [circle] = read(
    '<div itemscope itemref=a></div><p id=a itemprop=x itemscope itemref=a><b itemprop=n>1</b></p>',
  ).microdata
  t.same(circle, { type: [], properties: { x: [{ type: [], properties: { n: ['1'] } }] } })
  const deep = JSON.stringify(read('<div itemscope itemprop=x>'.repeat(200).replace(' itemprop=x', '')).microdata)
  t.ok(deep.length < 2_000)
  t.ok(read('<p itemscope><b itemprop=x>1</b></p>'.repeat(5_000)).microdata.length <= 2_000)
})

t.test('microdata items that refer to many items over and over do not multiply', async t => {
  const ids = Array.from({ length: 40 }, (_, i) => `i${i}`)
  const items = ids.map(id => `<p id=${id} itemprop=x itemscope itemref="${ids.join(' ')}"></p>`).join('')
  t.ok(JSON.stringify(read(`<div itemscope itemref="${ids.join(' ')}"></div>${items}`).microdata).length < 200_000)
})

t.test('a property of no item is read as an item', async t => {
  const { microdata } = read('<p itemscope itemprop="Organization"><b itemprop="name">Capteurs Loire</b></p>')
  t.same(microdata, [{ type: [], properties: { name: ['Capteurs Loire'] } }])
})

t.test('Open Graph properties keep their values in order', async t => {
  t.same(
    read(`<meta property="og:title" content="A"><meta property="og:image" content="1"><meta property="OG:image" content="2">
      <meta property="fb:admins" content="x"><meta property="__proto__:x" content="x"><meta property="og:nothing">`)
      .openGraph,
    { 'og:title': ['A'], 'og:image': ['1', '2'] },
  )
})

const SAMPLES = 'data/html_extraction/extruct/tests/samples'

/** White space collapsed and single values as lists: extruct writes them both ways. */
const normal = (value: unknown): unknown => {
  if (typeof value === 'string') return value.replace(/\s+/g, ' ').trim()
  if (Array.isArray(value)) return value.map(normal)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, normal(each)]))
}

const listed = (item: unknown): unknown => {
  if (typeof item !== 'object' || item === null) return item
  const { type, id, properties } = item as { type?: unknown; id?: unknown; properties?: object }
  const lists = Object.entries(properties ?? {}).map(([key, value]) => [key, [value].flat().map(listed)])
  return { type: [type ?? []].flat(), ...(id ? { id } : {}), properties: Object.fromEntries(lists) }
}

/** Equal, or the one is the other's address made absolute (extruct's samples were read without a base). */
const same = (got: unknown, wanted: unknown, base: string): boolean => {
  if (typeof got === 'string' && typeof wanted === 'string') {
    return got === wanted || got === URL.parse(wanted, base)?.href
  }
  if (typeof got !== 'object' || typeof wanted !== 'object' || got === null || wanted === null) return got === wanted
  const [some, others] = [new Map(Object.entries(got)), new Map(Object.entries(wanted))]
  return (
    some.size === others.size && [...some].every(([key, each]) => others.has(key) && same(each, others.get(key), base))
  )
}

t.test('the samples of extruct are read as extruct reads them', { skip: skipWithout(SAMPLES) }, async t => {
  const folder = sharedPath(SAMPLES)!
  const json = (file: string): unknown => JSON.parse(readFileSync(`${folder}/${file}`, 'utf8'))
  const base = (file: string): string =>
    file.includes('7.1') ? 'http://blog.example.com/progress-report' : 'http://www.example.com/microdata/page.html'
  const sample = (file: string): StructuredData => read(readFileSync(`${folder}/${file}`, 'utf8'), base(file))

  const compared: [file: string, got: unknown, wanted: unknown][] = []
  for (const file of globSync('**/*.jsonld', { cwd: folder })) {
    const wanted = json(file) as { items?: unknown }
    compared.push([file, sample(file.replace('.jsonld', '.html')).jsonLd, [wanted.items ?? wanted].flat(3)])
  }
  for (const file of globSync('{schema.org,w3c,websites}/*.html', { cwd: folder })) {
    compared.push([file, sample(file).microdata, (json(file.replace('.html', '.json')) as unknown[]).map(listed)])
  }
  for (const file of ['misc/opengraph_test', 'misc/opengraph_ns_product_test']) {
    const [wanted] = json(`${file}.json`) as { properties: [string, string][] }[]
    const pairs = Object.entries(sample(`${file}.html`).openGraph).map(([key, values]) => [key, values.join()])
    compared.push([file, Object.fromEntries(pairs), Object.fromEntries(wanted!.properties)])
  }
  const different = compared.filter(([file, got, wanted]) => !same(normal(got), normal(wanted), base(file)))
  t.comment(`extruct: ${compared.length - different.length} of ${compared.length} equal`)
  // An `input` of a SearchAction form describes a parameter, not a value: of no use to a profile.
  t.same(
    different.map(([file]) => file),
    ['schema.org/SearchAction.001.html'],
  )
  t.ok(compared.length >= 35)
})
