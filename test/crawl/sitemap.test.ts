import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import t from 'tap'
import { readSitemap, type SitemapOptions } from '../../indexer/crawl/sitemap.ts'
import { sharedPath, skipWithout } from '../support/shared-data.ts'

const read = async (
  source: string | Uint8Array | AsyncIterable<Uint8Array>,
  options: Pick<SitemapOptions, 'limits'> & { url?: string } = {},
) => {
  const found: string[] = []
  const dates: (string | undefined)[] = []
  const take = (url: string, lastModified?: string) => {
    found.push(url)
    dates.push(lastModified)
  }
  const summary = await readSitemap(typeof source === 'string' ? Buffer.from(source) : source, {
    url: 'http://www.example.com/sitemap.xml',
    onUrl: take,
    onSitemap: take,
    ...options,
  })
  return { ...summary, found, dates }
}

const urlset = (content: string) =>
  `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${content}</urlset>`
const page = (path: string) => `<url><loc>http://www.example.com${path}</loc></url>`

// What the crawler-commons suite finds in each file; entries of another site than the file's own are counted as foreign here.
const FILES: readonly (readonly [file: string, url: string, format: string, entries: number, foreign?: number])[] = [
  ['sitemaps/do-not-visit.txt', 'http://www.example.com/', 'text', 1],
  ['sitemaps/sitemap-with-bom.txt', 'http://www.domain.com/', 'text', 2],
  ['sitemaps/sitemap.txt', 'http://www.domain.com/', 'text', 2],
  ['sitemaps/sitemap.txt.gz', 'http://www.example.com/', 'text', 5],
  ['sitemaps/xmlSitemap.gz', 'http://www.example.com/', 'urlset', 5],
  ['sitemaps/sitemap.badns.xml', 'http://www.example.com/', 'urlset', 2],
  ['sitemaps/sitemap.ns.xml', 'http://www.example.com/', 'urlset', 2],
  ['sitemaps/sitemap.index.xml', 'http://example.com/', 'sitemapindex', 15],
  ['sitemaps/atom.xml', 'http://example.org/', 'feed', 2],
  ['rss/feed.rss', 'https://www.example.com/', 'feed', 5],
  ['rss/xmlRss_pubDate.xml', 'http://www.example.com/', 'feed', 8],
  ['sitemaps/extension/hebdenbridgetimes-articles-sitemap.xml', 'http://www.hebdenbridgetimes.co.uk/', 'urlset', 74],
  ['sitemaps/extension/pagemaps-sitemap.xml', 'http://www.example.com/', 'urlset', 2],
  ['sitemaps/extension/shinpaideshou-news-sitemap.xml', 'https://shinpaideshou.wordpress.com/', 'urlset', 3],
  ['sitemaps/extension/sitemap-images.xml', 'http://www.example.com/', 'urlset', 1],
  ['sitemaps/extension/sitemap-links.xml', 'http://www.example.com/', 'urlset', 3],
  ['sitemaps/extension/sitemap-mobile.xml', 'http://www.example.com/', 'urlset', 3],
  ['sitemaps/extension/sitemap-news.xml', 'http://www.example.org/', 'urlset', 2],
  ['sitemaps/extension/sitemap-videos-tvshow.xml', 'https://example.org/', 'urlset', 1],
  ['sitemaps/extension/sitemap-videos.xml', 'http://www.example.com/', 'urlset', 3],
  ['sitemaps/extension/sitemap-videos.xml', 'http://autre.example/', 'urlset', 0, 3],
]

t.test(
  'every published sitemap and feed gives the entries it has',
  { skip: skipWithout('hostile/sitemaps/crawler-commons') },
  async t => {
    const folder = sharedPath('hostile/sitemaps/crawler-commons') ?? ''
    for (const [file, url, format, entries, foreign = 0] of FILES) {
      const bytes = readFileSync(join(folder, file))
      const { found, ...summary } = await read(file.endsWith('.gz') ? gunzipSync(bytes) : bytes, { url })
      t.match(summary, { format, foreign, invalid: 0, problem: undefined }, `${file} of ${url}`)
      t.equal(found.length, entries, file)
    }
  },
)

t.test('addresses are canonical and of the site alone, dates in ISO 8601 whatever they were', async t => {
  const entry = (loc: string, date: string) => `<url><lastmod>${date}</lastmod><loc>${loc}</loc></url>`
  const { found, dates, foreign, invalid } = await read(
    urlset(
      entry('\u2003 http://WWW.example.com/a?utm_source=x&amp;b=1#c \u200b', '2026-02-03') +
        entry('https://boutique.example.com/', '2026-02-03T10:00:00+01:00') +
        entry('/relatif', '2026-02-03T10:00:00') +
        entry('http://ailleurs.example/', '') +
        entry('http://www.example.com.evil.example/', '') +
        entry('javascript:alert(1)', '') +
        entry('http://www.example.com/cdata', 'hier') +
        '<url><loc><![CDATA[http://www.example.com/?a=1&b=2]]></loc></url>',
    ),
  )
  t.same(found, [
    'http://www.example.com/a?b=1',
    'https://boutique.example.com/',
    'http://www.example.com/relatif',
    'http://www.example.com/cdata',
    'http://www.example.com/?a=1&b=2',
  ])
  t.same(dates, [
    '2026-02-03T00:00:00.000Z',
    '2026-02-03T09:00:00.000Z',
    '2026-02-03T10:00:00.000Z',
    undefined,
    undefined,
  ])
  t.match({ foreign, invalid }, { foreign: 2, invalid: 1 })
})

t.test('an index gives sitemaps, not pages, its own address included: cycles are the caller’s', async t => {
  const { found, urls, sitemaps } = await read(
    '\r\n<?xml version="1.0"?><sitemapindex><sitemap><loc>http://www.example.com/sitemap.xml</loc></sitemap>' +
      '<sitemap><loc>http://www.example.com/2.xml.gz</loc><lastmod>2026</lastmod></sitemap></sitemapindex></sitemapindex>',
  )
  t.same(found, ['http://www.example.com/sitemap.xml', 'http://www.example.com/2.xml.gz'])
  t.same([urls, sitemaps], [0, 2])
})

t.test('DOCTYPE is refused before anything is read: no entity expands, no file is asked for', async t => {
  const lol = `<!ENTITY a "lol">${'bcdefghi'.replace(/./g, (name, i) => `<!ENTITY ${name} "${`&${'abcdefgh'[i]};`.repeat(10)}">`)}`
  for (const doctype of [
    '<!DOCTYPE urlset>',
    '<!DOCTYPE urlset [<!ENTITY xxe SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE urlset SYSTEM "http://127.0.0.1/x.dtd">',
    `<!DOCTYPE urlset [${lol}]>`,
  ]) {
    const document = `<?xml version="1.0"?>${doctype}<urlset>${page('/?&i;&xxe;')}${page('/a')}</urlset>`
    t.match(await read(document), { problem: 'doctype', found: { length: 0 } }, doctype.slice(0, 60))
  }
  const { found } = await read(
    urlset('<xi:include href="file:///etc/passwd"/><url><loc>http://www.example.com/&xxe;</loc></url>'),
  )
  t.same(found, ['http://www.example.com/&xxe;'], 'XInclude and unknown entities are not resolved')
})

t.test('what a broken sitemap still says is read, and said to be broken', async t => {
  for (const [document, found] of [
    [urlset(`${page('/a')}<url><loc>http://www.example.com/b</url>${page('/c')}`), ['/a', '/b', '/c']],
    [`<urlset>${page('/a')}</url><!-- pas ouvert --></url></urlset>`, ['/a']],
    [`<urlset>${page('/a')}<url><loc>http://www.example.com/</lo`, ['/a']],
    [urlset(page('/x?a=1&b=2')), ['/x?a=1&b=2']],
    [urlset('<url><loc><url>http://www.example.com/a</url></loc></url>'), ['/a']],
    [urlset('<url><loc></loc><lastmod></lastmod></url>'), []],
  ] as const) {
    const result = await read(document)
    t.same(
      result.found,
      found.map(path => `http://www.example.com${path}`),
      document.slice(0, 120),
    )
    t.ok(['malformed', undefined].includes(result.problem))
  }
  t.match(await read(`<urlset>${page('/a')}<url><loc>http`), { problem: 'malformed', urls: 1 })
})

t.test('what is no sitemap is not taken for one', async t => {
  for (const document of [
    '',
    '   ',
    '<!-- rien -->',
    '<html><body><url><loc>http://www.example.com/</loc></url></body></html>',
    '{"urls": ["http://www.example.com/"]}',
    'Page introuvable\nhttp://www.example.com/',
    Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]),
    `<urlset>${'<a>'.repeat(100)}${page('/a')}`,
  ]) {
    const { problem, found } = await read(document)
    t.equal(problem, 'not-a-sitemap', String(document).slice(0, 40))
    t.same(found, [])
  }
  t.equal((await read('<!doctype html><html></html>')).found.length, 0)
})

t.test('limits end the reading and keep what came before', async t => {
  const many = Array.from({ length: 30 }, (_, i) => page(`/${i}`)).join('')
  t.match(await read(urlset(many), { limits: { entries: 10 } }), { problem: 'too-many-entries', urls: 10 })
  t.match(await read(urlset(many), { limits: { entries: 30 } }), { problem: undefined, urls: 30 })
  t.match(await read('http://www.example.com/1\n'.repeat(30), { limits: { entries: 10 } }), {
    problem: 'too-many-entries',
    urls: 10,
  })

  let given = 0
  const endless = async function* (start: string, next: string) {
    yield Buffer.from(start)
    for (;;) {
      given += next.length
      yield Buffer.from(next)
    }
  }
  t.match(await read(endless('<urlset>', page('/a')), { limits: { bytes: 20_000, entries: 1e9 } }), {
    problem: 'too-large',
  })
  for (const start of [
    '<!DOCTYPE urlset [',
    '<urlset><url><loc>',
    '<urlset><url a="',
    '<!--',
    '<urlset><![CDATA[',
    'http://',
    '  ',
  ]) {
    given = 0
    const { problem } = await read(endless(start, start.trim() === '' ? ' '.repeat(4096) : 'x'.repeat(4096)))
    t.ok(['malformed', 'not-a-sitemap'].includes(problem ?? ''), start)
    t.ok(given < 1024 * 1024, `${start} is given up after ${given} bytes, not at 50 MiB`)
  }
})

t.test('the charset is that of the mark, then of the declaration, then UTF-8', async t => {
  const document = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?><urlset>${page('/é')}</urlset>`
  for (const bytes of [
    Buffer.from(document('UTF-8')),
    Buffer.from(`\ufeff${document('utf-8')}`),
    Buffer.from(document('iso-8859-1'), 'latin1'),
    Buffer.from(`\ufeff${document('UTF-16')}`, 'utf16le'),
    Buffer.from(document('utf-16')),
    Buffer.from(document('inconnu')),
  ]) {
    t.same((await read(bytes)).found, ['http://www.example.com/%C3%A9'], bytes.toString('latin1').slice(0, 45))
  }
})

t.test('how a document is cut into pieces changes nothing, and no bytes make it fail', async t => {
  const bytes = Buffer.from(
    urlset(`${page('/é&amp;a')}${page('/b')}<url><loc><![CDATA[/c]]></loc><lastmod>2026-01-02</lastmod></url>`),
  )
  const whole = await read(bytes)
  t.equal(whole.urls, 3)
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 }), async sizes => {
      const pieces = async function* () {
        for (let at = 0, i = 0; at < bytes.length; at += sizes[i++ % sizes.length]!) {
          yield bytes.subarray(at, at + sizes[i % sizes.length]!)
        }
      }
      t.same(await read(pieces()), whole)
    }),
    { numRuns: 20 },
  )
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async noise => {
      await read(Buffer.concat([bytes.subarray(0, 120), noise]))
      await read(noise)
    }),
  )
})

t.test('an error of the source is the caller’s', async t => {
  const broken = async function* () {
    yield Buffer.from(`<urlset>${page('/a')}`)
    throw new Error('connection lost')
  }
  await t.rejects(read(broken()), { message: 'connection lost' })
})
