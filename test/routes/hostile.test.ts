import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import t from 'tap'
import { FACET_NAMES } from '../../src/model/facets.ts'
import type { App } from '../../src/routes/services.ts'
import { markup } from '../support/html.ts'
import { openService } from '../support/service.ts'

/** Hostile texts in every parameter: answered as any other text, and inert in the page. */

const HOSTILE = resolve(import.meta.dirname, '../../../shared/hostile')
const skip = existsSync(HOSTILE) ? false : '../shared/hostile is absent: only the texts of this file are tried'

const OWN = [
  `"><script>alert(1)</script>`,
  `'><img src=x onerror=alert(1)>`,
  '</title><svg onload=alert(1)>',
  '</textarea><script>x</script>',
  '" autofocus onfocus="x',
  'javascript:alert(1)',
  '<mark>x</mark>',
  '&lt;b&gt;',
  '{{7*7}}<%= 7*7 %>',
  '"unfinished AND (title:* OR [a TO b]',
  "' OR 1=1; DROP TABLE supplier; --",
  '*',
  '../../etc/passwd',
  '\0',
  '\r\nSet-Cookie: a=b',
  '\u202Ertl',
  '\uD800',
  '😀'.repeat(300),
  '%',
  '%00',
  '__proto__',
]

const files = (folder: string): string[] =>
  readdirSync(join(HOSTILE, folder), { recursive: true, encoding: 'utf8' }).map(name => join(HOSTILE, folder, name))

const jsonStrings = (path: string): string[] => {
  const strings: unknown = JSON.parse(readFileSync(join(HOSTILE, path), 'utf8'))
  return Array.isArray(strings) ? strings.filter(each => typeof each === 'string') : []
}

/** Every line of the injection lists, whatever their format: a line of JSON is as good a hostile text as another. */
const injections = (): string[] =>
  files('injection')
    .filter(path => !/README|\.md$/.test(path) && /\.\w+$|payloads|SQL-Injection$/.test(path))
    .flatMap(path => readFileSync(path, 'utf8').split('\n'))

const distinct = (texts: readonly string[]): string[] => [...new Set(texts)].filter(text => text.trim() !== '')

const naughty = skip ? OWN : distinct([...OWN, ...jsonStrings('naughty-strings/blns.json')])
const scripts = skip ? OWN : distinct([...OWN, ...jsonStrings('xss/all-payloads.json')])
const everything = skip ? OWN : distinct([...naughty, ...scripts, ...injections()])

/** One text in `step`, beginning at `offset`: another share of the texts for each parameter. */
const share = (texts: readonly string[], step: number, offset: number): readonly string[] =>
  texts.length < 100 ? texts : texts.filter((_, index) => index % step === offset % step)

/** As a form encodes it; lone surrogates become U+FFFD. */
const encode = (parameter: string, text: string): string => new URLSearchParams([[parameter, text]]).toString()

const EXPECTED = new Set([200, 301, 302, 400, 404, 414])

/** The addresses whose answer has a status that no text may cause. */
const surprises = async (app: App, urls: Iterable<string>): Promise<string[]> => {
  const found: string[] = []
  for (const url of urls) {
    const { statusCode } = await app.inject(url)
    if (!EXPECTED.has(statusCode)) found.push(`${statusCode} ${url}`)
  }
  return found
}

t.test('no text in any parameter of a search is an error of the service', async t => {
  if (skip) t.comment(skip)
  const app = await openService(t)
  const parameters = [
    'q',
    'near',
    'sort',
    'page',
    'size',
    'radiusKm',
    'foundedFrom',
    'foundedTo',
    'updatedSince',
    ...FACET_NAMES,
  ]
  const urls = parameters.flatMap((name, index) =>
    share(everything, name === 'q' ? 5 : 50, index).flatMap(text => [
      `/api/search?${encode(name, text)}`,
      `/api/search?${encode(text, name)}`,
    ]),
  )
  t.strictSame(await surprises(app, urls), [])
})

t.test('no text is an error of the completions, of a profile or of any other address', async t => {
  const app = await openService(t)
  const path = (text: string): string => encodeURIComponent(text.toWellFormed())
  const urls = [
    ...share(everything, 6, 1).map(text => `/api/suggest?${encode('q', text)}`),
    ...share(everything, 40, 2).map(text => `/api/suggest?${encode('limit', text)}`),
    ...share(everything, 8, 3).flatMap(text => [`/fournisseurs/${path(text)}`, `/api/suppliers/${path(text)}`]),
    ...share(everything, 16, 4).flatMap(text => [`/en/${path(text)}`, `/assets/${path(text)}`]),
  ]
  t.strictSame(await surprises(app, urls), [])
})

t.test('no text echoed by a page adds a tag, an attribute or an address of its own', async t => {
  const app = await openService(t)
  // Text past 100 characters is not offered as plain words: that page has a link less.
  const plain = ['texte', 'texte'.repeat(30), '48.85,2.35', '2', 'relevance', '']
  for (const [name, step] of [
    ['q', 2],
    ['near', 8],
    ['theme', 8],
    ['brick', 16],
    ['sort', 16],
    ['page', 16],
    ['updatedSince', 16],
  ] as const) {
    const known = new Set<string>()
    for (const text of plain) known.add(markup((await app.inject(`/recherche?${encode(name, text)}`)).body).join('\n'))
    known.add(markup((await app.inject(`/recherche?${encode(name, 'a'.repeat(2000))}`)).body).join('\n'))
    const different: string[] = []
    for (const text of share(distinct([...scripts, ...naughty]), step, step)) {
      const { body, statusCode } = await app.inject(`/recherche?${encode(name, text)}`)
      if (!EXPECTED.has(statusCode) || !known.has(markup(body).join('\n'))) different.push(`${statusCode} ${text}`)
    }
    t.strictSame(different.slice(0, 5), [], name)
  }
})

t.test('no unknown address or parameter echoed by an error page adds anything either', async t => {
  const app = await openService(t)
  const known = markup((await app.inject('/nulle-part')).body).join('\n')
  const different: string[] = []
  for (const text of share(scripts, 6, 5)) {
    const path = encodeURIComponent(text.toWellFormed())
    for (const url of [`/${path}`, `/nulle-part?${path}`, `/recherche?${encode(text, 'x')}`, `/fournisseurs/${path}`]) {
      const { body, headers } = await app.inject(url)
      const html = String(headers['content-type']).startsWith('text/html')
      if (html && markup(body).join('\n') !== known) different.push(url)
    }
  }
  t.strictSame(different.slice(0, 5), [])
})

t.test('the check of pages sees what a page echoes unescaped', async t => {
  t.strictSame(markup('<p class="a">x</p>'), ['<p class=>', '</p>'])
  t.notSame(markup('<p title="x">'), markup('<p title="x" onclick="y">'))
  t.notSame(markup('<a href="/x">'), markup('<a href="JavaScript:x">'))
  t.notSame(markup('<p>a</p>'), markup('<p><b>a</p>'))
})
