import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import t from 'tap'
import { canonicalUrl, MAX_URL_LENGTH, registeredDomain } from '../../indexer/crawl/urls.ts'
import { sharedPath, skipWithout } from '../support/shared-data.ts'

const skip = skipWithout('hostile/url')
const cases = (file: string) => JSON.parse(readFileSync(sharedPath(`hostile/url/${file}`) ?? '', 'utf8'))

t.test('spellings of one address become one', async t => {
  for (const [url, canonical] of [
    ['HTTP://WWW.Exemple.FR:80', 'http://www.exemple.fr/'],
    ['https://exemple.fr:443/a', 'https://exemple.fr/a'],
    ['https://exemple.fr:8443/a', 'https://exemple.fr:8443/a'],
    ['https://exemple.fr./a', 'https://exemple.fr/a'],
    ['https://user:secret@exemple.fr/a', 'https://exemple.fr/a'],
    ['https://exemple.fr/a/./b/../c#suite', 'https://exemple.fr/a/c'],
    ['https://exemple.fr/a//b///c', 'https://exemple.fr/a/b/c'],
    ['https://exemple.fr/go/http://autre.fr/x', 'https://exemple.fr/go/http://autre.fr/x'],
    ['https://exemple.fr/%7eune%2dpage/%c3%a9', 'https://exemple.fr/~une-page/%C3%A9'],
    ['https://exemple.fr/été à Paris|x', 'https://exemple.fr/%C3%A9t%C3%A9%20%C3%A0%20Paris%7Cx'],
    ['https://exemple.fr/100%', 'https://exemple.fr/100%25'],
    ['https://exemple.fr/a%2Fb', 'https://exemple.fr/a%2Fb'],
    ['https://exemple.fr/?', 'https://exemple.fr/'],
    ['https://exemple.fr/a?&&b=1&', 'https://exemple.fr/a?b=1'],
    ['https://bücher.example/', 'https://xn--bcher-kva.example/'],
    ['https://exemple.fr/index.html', 'https://exemple.fr/'],
    ['https://exemple.fr/Default.aspx', 'https://exemple.fr/'],
  ] as const) {
    t.equal(canonicalUrl(url), canonical, url)
  }
  t.equal(canonicalUrl('../b?c#d', 'https://exemple.fr/x/y/z'), 'https://exemple.fr/x/b?c')
  t.equal(canonicalUrl('//autre.fr/b', 'https://exemple.fr/'), 'https://autre.fr/b')
})

t.test('what tells only where a visitor came from, or who they are, is dropped', async t => {
  for (const noise of [
    'utm_source=lettre&UTM_Medium=mail',
    'gclid=abc',
    'fbclid=IwAR0',
    'mc_eid=1',
    'xtor=EPR-1',
    '_hsenc=p2',
    'mtm_campaign=x',
    'PHPSESSID=9682993c8daa2c5497996114facdc805',
    'jsessionid=a63098d96360$B0$D9$A',
    'sid=9682993c8daa2c5497996114facdc805',
    'ASPSESSIONIDAQBSDSRT=EOHBLBDDPFCLHKPGGKLILNAM',
    'CFID=1&CFTOKEN=2',
  ]) {
    t.equal(canonicalUrl(`https://exemple.fr/a?x=1&${noise}&b`), 'https://exemple.fr/a?x=1&b', noise)
  }
  t.equal(canonicalUrl('https://exemple.fr/a;jsessionid=E85FAC04?b'), 'https://exemple.fr/a?b')
  t.equal(canonicalUrl('https://exemple.fr/(S(4hqa0555fwsecu455xqckv45))/a.aspx'), 'https://exemple.fr/a.aspx')
})

t.test('what may be another page stays', async t => {
  for (const url of [
    'https://exemple.fr/a/',
    'https://exemple.fr/A',
    'https://exemple.fr/fr/index.html',
    'https://exemple.fr/index.php?id=3',
    'https://exemple.fr/?b=2&a=1',
    'https://exemple.fr/?page&12',
    'https://exemple.fr/?sid=12&s=capteurs',
    'https://exemple.fr/?s=anticorrosion-industrielle',
    'https://exemple.fr/?a=1&a=2',
    'https://exemple.fr/?u=https://autre.fr/',
    'https://exemple.fr/(equipe)/a',
  ]) {
    t.equal(canonicalUrl(url), url)
  }
})

t.test('what is no web address has no canonical form', async t => {
  for (const url of [
    'mailto:contact@exemple.fr',
    'javascript:alert(1)',
    'ftp://exemple.fr/',
    'file:///etc/passwd',
    'data:text/html,x',
    'tel:+33100000000',
    'http://',
    'http://exa mple.fr/',
    'http://a..fr/',
    'http://./',
    `http://${'a'.repeat(64)}.fr/`,
    `http://${'a.'.repeat(130)}fr/`,
    '/a',
    '',
  ]) {
    t.equal(canonicalUrl(url), undefined, url.slice(0, 60))
  }
  const root = 'https://exemple.fr/'
  t.equal(canonicalUrl(root + 'a'.repeat(MAX_URL_LENGTH - root.length))?.length, MAX_URL_LENGTH)
  t.equal(canonicalUrl(root + 'a'.repeat(MAX_URL_LENGTH - root.length + 1)), undefined)
})

t.test('a canonical address is a URL, and its own canonical address', async () => {
  const part = fc.constantFrom(
    '%',
    '%2',
    '%25',
    '%2e',
    '%41',
    '/',
    '//',
    '..',
    '.',
    ';',
    'jsessionid=1',
    '?',
    '&',
    '=',
    'a',
    'é',
    ' ',
    '\\',
    '|',
    ':',
    '#',
    'utm_a',
    'index.html',
    '(S(4hqa0555fwsecu455xqckv45))',
  )
  fc.assert(
    fc.property(fc.array(part, { maxLength: 14 }), parts => {
      const canonical = canonicalUrl(`https://exemple.fr/${parts.join('')}`)
      return canonical !== undefined && canonicalUrl(canonical) === canonical && new URL(canonical).href === canonical
    }),
    { numRuns: 3000 },
  )
  fc.assert(
    fc.property(
      fc.webUrl({ withQueryParameters: true, withFragments: true }),
      url => canonicalUrl(canonicalUrl(url) ?? '') === canonicalUrl(url),
    ),
  )
})

t.test('the domain is the one somebody registered, each site of a shared host its own', async t => {
  for (const [host, domain] of [
    ['blog.exemple.fr', 'exemple.fr'],
    ['www.mairie.exemple.gouv.fr', 'exemple.gouv.fr'],
    ['www.exemple.co.uk', 'exemple.co.uk'],
    ['atelier.github.io', 'atelier.github.io'],
    ['x.atelier.github.io', 'atelier.github.io'],
    ['www.atelier.example', 'atelier.example'],
    ['192.0.2.1', '192.0.2.1'],
    ['[2001:db8::1]', '[2001:db8::1]'],
    ['localhost', 'localhost'],
    ['co.uk', 'co.uk'],
  ] as const) {
    t.equal(registeredDomain(host), domain)
  }
})

t.test('published URL cases: no failure is accepted, every canonical form is stable', { skip }, async t => {
  const files = [
    'wpt/urltestdata.json',
    'ada/ada_extra_urltestdata.json',
    'ada/ada_long_urltestdata.json',
    'ada/verifydnslength_tests.json',
  ]
  for (const row of files.flatMap(cases)) {
    if (typeof row === 'string' || typeof row.input !== 'string') continue
    const canonical = canonicalUrl(row.input, row.base ?? undefined)
    if (row.failure === true) t.equal(canonical, undefined, row.message ?? row.input)
    if (canonical !== undefined) t.equal(canonicalUrl(canonical), canonical, row.input)
  }
  for (const url of [...cases('iipc-urlcanon/idempotence.json'), ...Object.keys(cases('iipc-urlcanon/parsing.json'))]) {
    const canonical = canonicalUrl(url)
    if (canonical !== undefined) t.equal(canonicalUrl(canonical), canonical, url)
  }
})

// The published levels of canonicalisation contradict one another; each difference from them has one of these reasons.
const DIFFERENCES: readonly (readonly [
  reason: string,
  applies: (url: string, published: string, ours: string | undefined) => boolean,
])[] = [
  [
    'no host by the URL standard, so nothing to ask',
    (url, _, ours) => ours === undefined && (!URL.canParse(url) || /\.\.\.|http:\/*(\.|%)/.test(url)),
  ],
  ['no web address', (_, published, ours) => ours === undefined && !/^https?:/.test(published)],
  ['octets taken for Latin-1 in the published input', url => /[\x80-\xff]/.test(url)],
  [
    'scheme and www are kept: they may be other servers',
    (url, published) => /^\s*(https:|http:\/\/www|www)/.test(url) && !/^https:|www/.test(published),
  ],
  [
    'the order of parameters is kept',
    (url, published, ours) => sorted(ours) === sorted(published) && url.includes('?'),
  ],
  ['escapes are undone once, not until none is left', url => /%(25|%|[0-9a-f]{2}%)|%%/i.test(url)],
  [
    'an escaped reserved character is not the plain one (RFC 3986 §2.2)',
    url => /%(21|22|28|3a|3c|3e|40|7b)/i.test(url),
  ],
  ['an empty query is no query', url => url.endsWith('?')],
  ['a last slash is kept', (_, published, ours) => ours === `${published}/`],
]
const sorted = (url = ''): string => [...url.toLowerCase().replaceAll('%3d', '%3D')].sort().join('')

t.test('published canonical forms: equal, or different for a stated reason', { skip }, async t => {
  for (const file of ['semantic_precise', 'aggressive']) {
    const counts = new Map<string, number>()
    for (const [input, published] of Object.entries<string>(cases(`iipc-urlcanon/${file}.json`))) {
      const url = /^\s*[a-z][a-z0-9+.-]*:/i.test(input.replace(/[\t\r\n]/g, '')) ? input : `http://${input}`
      const ours = canonicalUrl(url)
      const reason =
        ours === published.split('#')[0]
          ? 'equal'
          : DIFFERENCES.find(([, applies]) => applies(url, published, ours))?.[0]
      t.ok(reason, `${input}: published ${published}, ours ${ours}`)
      counts.set(reason ?? '', (counts.get(reason ?? '') ?? 0) + 1)
    }
    for (const [reason, count] of counts) t.comment(`${file}: ${count} ${reason}`)
  }
})
