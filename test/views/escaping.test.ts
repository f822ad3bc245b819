import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import t from 'tap'
import type { Brick } from '../../src/model/brick.ts'
import type { Passage, SearchResult } from '../../src/model/search-result.ts'
import type { SupplierRecord } from '../../src/model/supplier.ts'
import { comparePage } from '../../src/views/compare.ts'
import { comparisonOf } from '../../src/views/comparison.ts'
import type { PageContext } from '../../src/views/context.ts'
import { markedText, rich } from '../../src/views/markup.ts'
import {
  brickPage,
  bricksPage,
  docsPage,
  errorPage,
  homePage,
  searchPage,
  supplierPage,
} from '../../src/views/pages.ts'
import { mirrorEntryPage, mirrorPage } from '../../src/views/visibility.ts'
import { markup } from '../support/html.ts'
import { context, near, openapi, parameters, record, result, sources, status, zeroResult } from './samples.ts'
import { mirrorView } from './visibility-sample.ts'

/** Strings that choose a branch of the markup, and are checked against a closed list before they reach a page. */
const CLOSED = new Set([
  'evidence',
  'kind',
  'via',
  'state',
  'sort',
  'language',
  'precision',
  'maturity',
  'sizeCategory',
  'property',
  'relation',
  'standing',
  'at',
  'robots',
])

const BRICK: Brick = {
  id: 'essai',
  fr: 'Essai',
  en: 'Trial',
  definition: 'Une ligne.',
  aliases: ['essai'],
  acronyms: [{ form: 'ESS', context: ['essai'] }],
  replaces: ['Produit'],
  broader: 'large',
  themes: ['sante'],
  cpv: ['48000000'],
}

/** The same value with every other string replaced; the number of elements, so the shape of the page, stays. */
const poisoned = <T>(value: T, text: string, key = ''): T => {
  if (typeof value === 'string') return (CLOSED.has(key) ? value : text) as T
  if (Array.isArray(value)) return value.map(each => poisoned(each, text, key)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, poisoned(each, text, name)])) as T
}

/** A profile with bricks that were recognised in its texts. */
const recognised: SupplierRecord = {
  ...record,
  supplier: {
    ...record.supplier,
    foundBricks: [1, 2].map(strength => ({
      brick: 'sig',
      expression: 'carte',
      sentence: 'Une carte.',
      strength,
      sourceUrl: 'https://prix.example/',
      retrievedAt: '2026-11-14',
      evidence: 'declared' as const,
      period: '2004',
    })),
  },
}

/** What only a page without results shows. */
const pick = ({ recovery, nearest }: SearchResult, text: string) => poisoned({ recovery, nearest }, text)

const withText = (text: string) => {
  const page: PageContext = { ...context('fr', '/recherche'), status: poisoned(status, text) }
  // One value a filter: equal values would be one chip. The typed words only change what is offered without results.
  const asked = { ...poisoned(parameters, text), near: text, region: [text] }
  const view = { parameters: asked, near: { ...near, label: text }, result: poisoned(result, text) }
  const passages: Passage[] = view.result.hits.flatMap(hit => hit.passages)
  const problem = { status: 400, title: text, detail: text }
  return {
    passages,
    home: homePage(page, { themes: poisoned(result.facets['theme'] ?? [], text) }),
    results: searchPage(page, view),
    zero: searchPage(page, {
      ...view,
      parameters: { ...asked, q: 'one' },
      result: { ...view.result, ...pick(zeroResult, text), total: 0 },
    }),
    bricks: bricksPage(page, { q: text, theme: text, bricks: [{ brick: poisoned(BRICK, text), by: text }] }),
    brick: brickPage(page, { brick: poisoned(BRICK, text), counts: new Map(), hits: view.result.hits }),
    supplier: supplierPage(page, { record: poisoned(recognised, text), sources: poisoned(sources, text), back: text }),
    compare: comparePage(page, {
      comparison: comparisonOf([poisoned(recognised, text), poisoned(record, text)], poisoned(sources, text), 'fr'),
    }),
    mirror: mirrorPage(page, { ...poisoned(mirrorView, text), links: mirrorView.links }),
    entry: mirrorEntryPage(page, {
      ...{ firm: text, suppliers: [poisoned(recognised, text).supplier], unknown: true, links: {} },
    }),
    docs: docsPage(page, {
      ...poisoned(openapi, text),
      paths: { [`/${text}`]: poisoned(Object.values(openapi.paths)[0], text) },
    }),
    error: errorPage({ language: 'fr', path: `/${text}` }, problem),
  }
}

/** Tags and attribute names; marks are the one element that a passage may hold. */
const shape = (html: string): readonly string[] => markup(html).filter(tag => tag !== '<mark>' && tag !== '</mark>')

const PLAIN = 'word'
const plain = withText(PLAIN)
const PAGES = [
  'home',
  'results',
  'zero',
  'bricks',
  'brick',
  'supplier',
  'compare',
  'mirror',
  'entry',
  'docs',
  'error',
] as const
const shapesOf = (pages: typeof plain) => Object.fromEntries(PAGES.map(name => [name, shape(pages[name])]))
const shapes = shapesOf(plain)
/** A text past 100 characters is not offered as plain words: its page has fewer links. */
const MOST = 100
const longShapes = shapesOf(withText(PLAIN.repeat(MOST)))

/** What differs between the page of a text and the page of a plain word: nothing should. */
const intrusions = (text: string): readonly string[] => {
  const pages = withText(text)
  const expected = text.length > MOST ? longShapes : shapes
  return PAGES.filter(name => JSON.stringify(shape(pages[name])) !== JSON.stringify(expected[name]))
}

/** A text that is an address becomes a link, a date a `time`, a blank one nothing: that is no intrusion. */
const changesShape = (text: string): boolean =>
  /^\s*(?:https?:|[0-9]{4}-[0-9]{2}-[0-9]{2})/i.test(text) || text.trim() === '' || text.includes('/recherche')

t.test('the check itself sees markup that gets through', async t => {
  t.not(shape(plain.results.replace('>word<', '><b>word</b><')).length, shapes['results']?.length)
})

t.test('no text in any field adds a tag, an attribute or a scheme to a page', async t => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc
      .array(
        fc.constantFrom(
          '<',
          '>',
          '"',
          "'",
          '&',
          '=',
          '`',
          '/',
          '!',
          '${',
          '{links}',
          '<mark>',
          '</mark>',
          '<!--',
          '-->',
          'script',
          ' onload=',
          'javascript:',
          '&#60;',
          '\0',
          '\u2028',
        ),
        { maxLength: 12 },
      )
      .map(parts => parts.join('')),
  )
  const inert = fc.property(hostile, text => {
    fc.pre(!changesShape(text))
    return intrusions(text).length === 0
  })
  t.doesNotThrow(() => fc.assert(inert, { numRuns: 150 }))
})

const payloadFile = new URL('../../../shared/hostile/xss/all-payloads.json', import.meta.url)
const PAYLOADS_TRIED = 400

t.test(
  'published attack payloads stay text in every field',
  { skip: existsSync(payloadFile) ? false : '../shared/hostile/xss absent' },
  async t => {
    const all: unknown = JSON.parse(readFileSync(payloadFile, 'utf8'))
    const payloads = (Array.isArray(all) ? all : []).filter(each => typeof each === 'string' && !changesShape(each))
    t.ok(payloads.length > 1000)
    const step = Math.ceil(payloads.length / PAYLOADS_TRIED)
    const tried = payloads.filter((_, i) => i % step === 0)
    t.strictSame(
      tried.filter(payload => intrusions(payload).length > 0),
      [],
    )
  },
)

/** Every address of a page, as a browser reads it. */
const addresses = (html: string): readonly string[] =>
  [...html.matchAll(/ (?:href|src|action)="([^"]*)"/g)].map(([, address = '']) =>
    address.replace(/&#([0-9]+);/g, (_, code) => String.fromCodePoint(Number(code))),
  )

t.test('links lead to our own paths or to http addresses, whatever stands in a field or in the path', async t => {
  const schemes = ['javascript:alert(1)', ' javascript:alert(1)', 'data:text/html,x', 'vbscript:x', 'java\nscript:x']
  for (const text of [...schemes, '//evil.example', '/\\evil.example', '\\evil.example']) {
    const pages = withText(text)
    const foreign = PAGES.flatMap(name => addresses(pages[name])).filter(
      address => !/^(?:\/(?![/\\])|#|https:\/\/(?:brique|[a-z.]+)\.example\/)/.test(address),
    )
    t.strictSame(foreign, [], text)
  }
})

t.test('a passage keeps its marks and entities, and nothing else', async t => {
  t.equal(markedText('l&#39;<mark>air</mark> &amp; l’eau'), 'l&#39;<mark>air</mark> &amp; l’eau')
  t.equal(markedText('<b>x</b> <mark onclick="x">'), '&#60;b&#62;x&#60;/b&#62; &#60;mark onclick=&#34;x&#34;&#62;')
  t.equal(markedText('</mark>a<mark>b<mark>c'), 'a<mark>bc</mark>')
  t.equal(markedText('AT&T &copy &#x41; &#99999999;'), 'AT&#38;T &#38;copy &#x41; &#38;#99999999;')
})

t.test('a slot of a text takes a fragment, and only its own', async t => {
  t.equal(rich('a < {link} {constructor}', { link: '<a>x</a>' }), 'a &#60; <a>x</a> {constructor}')
})
