import fc from 'fast-check'
import t from 'tap'
import { createNearDuplicates, hammingDistance, simhash } from '../../indexer/crawl/near-duplicate.ts'
import { createSeenPatterns, isTrap, type Trap, urlPattern } from '../../indexer/crawl/traps.ts'

const site = 'https://site.example'
const trapOf = (path: string) => isTrap(site + path, createSeenPatterns(100))

t.test('an address that is one of endlessly many is a trap, and named', async t => {
  const traps: readonly (readonly [Trap, readonly string[]])[] = [
    ['too-deep', ['/1/2/3/4/5/6/7/8/9/10/11/12/13']],
    ['repeated-segments', ['/a/b/a/b/a', '/x/x/x', '/fr/produits/produits/fr/produits/']],
    [
      'session-id',
      [
        '/a?mysession=abc123def456ghi789',
        '/a?visitorsid=0123456789abcdef0',
        '/a;sessionid=12',
        '/a?token=9f86d081884c7d659a2f',
      ],
    ],
    [
      'calendar',
      [
        '/agenda/2031/05',
        '/agenda/1987-05-12/',
        '/evenements/2026/5/3',
        '/agenda?date=2026-05-01',
        '/?month=5&year=2026',
        '/e/?ical=1',
      ],
    ],
    [
      'facets',
      [
        '/boutique?color=bleu&size=m',
        '/p?filter[a]=1&filter[b]=2',
        '/p?orderby=price',
        '/p?filter_taille=3&pa_couleur=4',
        `/p?${'abcdefghi'.replace(/./g, '$&=1&')}`,
      ],
    ],
    ['action', ['/boutique?add-to-cart=12', '/article?replytocom=3']],
  ]
  for (const [trap, paths] of traps) for (const path of paths) t.equal(trapOf(path), trap, path)
})

t.test('the addresses of an ordinary site are no traps', async t => {
  for (const path of [
    '/',
    '/fr/produits/capteurs/temperature',
    '/1/2/3/4/5/6/7/8/9/10/11/12',
    '/a/b/a/b',
    '/2026/05/12/salon-de-lindustrie',
    '/actualites/2026',
    '/agenda/',
    '/index.php?option=com_content&view=article&id=5&Itemid=12&lang=fr',
    '/produits?categorie=capteurs&page=2',
    '/boutique?color=bleu',
    '/?s=capteurs-de-pression-2026',
    '/recherche?date_debut=&q=x',
    '/connexion?token=fr',
    '/sessions-de-formation/passion',
    '/normes/iso-9001-2015-08',
  ]) {
    t.equal(trapOf(path), undefined, path)
  }
})

t.test('addresses of one pattern are told by their folder and parameters, not by numbers, names or values', async t => {
  for (const [a, b] of [
    ['/blog/premier-article', '/blog/second'],
    ['/fr/blog/a', '/fr/blog/b/'],
    ['/produit-12', '/produit-4567'],
    ['/p?id=3&lang=fr', '/p?lang=en&id=5'],
    ['/u/0f8fad5b-d9cb-469f-a165-70867728950e/x', '/u/7c9e6679-7425-40de-944b-e07fc1f90ae7/y'],
    ['/agenda/2026/05/salon', '/agenda/2031/12/foire'],
  ] as const) {
    t.equal(urlPattern(site + a), urlPattern(site + b), `${a} and ${b}`)
  }
  for (const [a, b] of [
    ['/contact', '/equipe'],
    ['/fr/contact', '/fr/equipe'],
    ['/blog/a', '/references/a'],
    ['/blog/a', '/blog/a?page=2'],
    ['/blog/a', '/blog/a/b'],
  ] as const) {
    t.not(urlPattern(site + a), urlPattern(site + b), `${a} and ${b}`)
  }
})

t.test('at most a fifth of a site’s pages have one pattern, whatever an endless site invents', async t => {
  const seen = createSeenPatterns(100)
  const endless = [
    (i: number) => `/blog/article-${i.toString(36)}`,
    (i: number) => `/p?id=${i}`,
    (i: number) => `/fr/catalogue/${'abcdefghij'[i % 10]}${'abcdefghij'[Math.floor(i / 10) % 10]}`,
    (i: number) => `/page/${i}`,
  ]
  const taken = endless.map(path => {
    let count = 0
    for (let i = 0; i < 100; i++) {
      const url = site + path(i)
      const trap = isTrap(url, seen)
      if (trap === undefined) {
        seen.add(url)
        count++
      } else t.equal(trap, 'pattern-budget')
    }
    return count
  })
  t.same(taken, [20, 20, 20, 20])
  t.equal(isTrap(`${site}/contact`, seen), undefined, 'the rest of the site still has its share')
  t.equal(isTrap(`${site}/blog/a`, createSeenPatterns(3)), undefined, 'a small budget has one page of each')
})

t.test('any web address has a verdict', async () => {
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), url => {
      isTrap(url, createSeenPatterns(100))
    }),
  )
})

// Words by a fixed sequence, so that the test measures the same texts each time.
const createText = (seed: number, length: number): string[] => {
  let state = seed
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return `mot${(state >>> 16) % 5000}`
  })
}

t.test('texts that differ by a few words of many are near-duplicates, others are not', async t => {
  for (let seed = 1; seed <= 20; seed++) {
    const words = createText(seed, 1500)
    const original = simhash(words.join(' ')) ?? ''
    const updated = simhash([...words.slice(0, 700), 'corrigé', ...words.slice(701)].join(' ')) ?? ''
    const half = simhash([...words.slice(0, 750), ...createText(seed + 100, 750)].join(' ')) ?? ''
    const other = simhash(createText(seed + 200, 1500).join(' ')) ?? ''
    t.match(original, /^[0-9a-f]{16}$/)
    t.ok(hammingDistance(original, updated) <= 4, `one word: ${hammingDistance(original, updated)}`)
    t.ok(hammingDistance(original, half) > 6, `half: ${hammingDistance(original, half)}`)
    t.ok(hammingDistance(original, other) > 15, `other: ${hammingDistance(original, other)}`)
  }
  const words = createText(7, 200)
  t.equal(
    simhash(words.join(' ')),
    simhash(`« ${words.join(', ').toUpperCase()} ! »`),
    'case and punctuation count for nothing',
  )
  t.not(simhash(words.join(' ')), simhash([...words].reverse().join(' ')), 'order counts')
  t.equal(simhash('Page en construction'), undefined, 'too short to be compared')
})

t.test('the distance counts bits, and every pair within three bits is found again', async t => {
  t.equal(hammingDistance('0000000000000000', 'ffffffffffffffff'), 64)
  t.equal(hammingDistance('8000000000000001', '0000000000000000'), 2)
  t.equal(hammingDistance('00000000f0000000', '0000000000000000'), 4)
  const fingerprint = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n })
  const hex = (bits: bigint) => bits.toString(16).padStart(16, '0')
  fc.assert(
    fc.property(fingerprint, fc.uniqueArray(fc.nat(63), { maxLength: 6 }), (bits, flips) => {
      const pages = createNearDuplicates()
      pages.add(hex(~bits & ((1n << 64n) - 1n)), 'https://site.example/contraire')
      pages.add(hex(bits), 'https://site.example/a')
      pages.add(hex(bits), 'https://site.example/b')
      const near = hex(flips.reduce((flipped, flip) => flipped ^ (1n << BigInt(flip)), bits))
      t.equal(hammingDistance(hex(bits), near), flips.length)
      t.equal(pages.find(near), flips.length <= 3 ? 'https://site.example/a' : undefined)
    }),
  )
})
