import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import t from 'tap'
import { crawlDelayMs, isAllowed, parseRobots, policyForStatus, sitemaps } from '../../indexer/crawl/robots.ts'
import { directives } from '../../indexer/crawl/robots-directives.ts'
import { MAX_ROBOTS_BYTES } from '../../indexer/crawl/robots-lines.ts'
import { compilePattern, matchesPattern, pathToMatch } from '../../indexer/crawl/robots-pattern.ts'
import { sharedPath, skipWithout } from '../support/shared-data.ts'

const robots = (text: string) => parseRobots(Buffer.from(text))
const allowed = (text: string, path: string, agent = 'Brique') =>
  isAllowed(robots(text), agent, `https://site.example${path}`)

interface Case {
  case: string
  robots_base64: string
  user_agent: string
  url: string
  expected: string
}

t.test(
  'every published case is decided as expected, those that only Google decides included',
  { skip: skipWithout('hostile/robots/cases.json') },
  async t => {
    const cases: Case[] = JSON.parse(readFileSync(sharedPath('hostile/robots/cases.json') ?? '', 'utf8'))
    t.ok(cases.length >= 545)
    const wrong = cases.filter(({ robots_base64, user_agent, url, expected }) => {
      const file = parseRobots(Buffer.from(robots_base64, 'base64'))
      return isAllowed(file, user_agent, url) !== (expected === 'allow')
    })
    t.same(wrong, [])
    t.comment(`robots: ${cases.length - wrong.length} of ${cases.length}`)
  },
)

t.test(
  'the path of an address is what Google takes for it, URL or not',
  { skip: skipWithout('hostile/robots/parser-details.json') },
  async t => {
    const details: { url_to_path: { url: string; path: string }[] } = JSON.parse(
      readFileSync(sharedPath('hostile/robots/parser-details.json') ?? '', 'utf8'),
    )
    for (const { url, path } of details.url_to_path) t.equal(pathToMatch(url), path, url)
  },
)

t.test('the longest pattern decides, and of two equally long the one that allows', async t => {
  const file =
    'User-agent: *\nDisallow: /produits\nAllow: /produits/publics\nDisallow: /*.pdf$\nAllow: /page\nDisallow: /page'
  t.notOk(allowed(file, '/produits/x'))
  t.ok(allowed(file, '/produits/publics/1'))
  t.notOk(allowed(file, '/notice.pdf'))
  t.ok(allowed(file, '/notice.pdf?v=1'))
  t.ok(allowed(file, '/page'))
})

t.test('a group that names the robot replaces that of all robots, even when it forbids nothing', async t => {
  const file = 'User-agent: *\nDisallow: /\n\nUser-agent: BRIQUE/1.0\nDisallow:\n\nUser-agent: autre\nDisallow: /a'
  t.ok(allowed(file, '/x'))
  t.ok(allowed(file, '/a'))
  t.notOk(allowed(file, '/a', 'autre'))
  t.ok(allowed(file, '/x', 'autre'))
  t.notOk(allowed(file, '/x', 'inconnu'))
  t.notOk(
    allowed('User-agent: brique\nDisallow: /a\nUser-agent: x\nDisallow: /\nUser-agent: brique\nDisallow: /b', '/b'),
  )
})

t.test('an address must be allowed by both readings of percent-encoding', async t => {
  for (const [rule, path] of [
    ['/caf%C3%A9', '/caf%c3%a9'],
    ['/café', '/caf%C3%A9'],
    ['/caf%C3%A9', '/café'],
    ['/voilà', '/voil%C3%A0'],
    ['/%62az', '/baz'],
    ['/baz', '/%62az'],
    ['/x?u=http%3A%2F%2Fy', '/x?u=http://y'],
    ['/prix-%2A.html', '/prix-*.html'],
    ['/prix-%24', '/prix-$'],
  ] as const) {
    t.notOk(allowed(`User-agent: *\nDisallow: ${rule}`, path), `${rule} forbids ${path}`)
  }
  t.ok(allowed('User-agent: *\nDisallow: /a%2Fb', '/a/b'), 'an escaped slash is no slash of a path')
  t.notOk(allowed('User-agent: *\nDisallow: /\nAllow: /baz', '/%62az'), 'in doubt, not allowed')
})

t.test('line ends, marks, comments and careless lines do not hide a rule', async t => {
  for (const file of [
    'User-agent: *\rDisallow: /x\r',
    '\ufeffUser-agent: *\r\nDisallow: /x\r\n',
    'user-agent:*#tous\n  disallow  :  /x   # secret',
    'User-agent: *\nCrawl-delay: 3\nDisallow: /x',
    'Useragent: *\nDissallow: /x',
    '<br>\nUser-agent: *\n<br>\nDisallow: /x\n</html>',
  ]) {
    t.notOk(allowed(file, '/x/1'), JSON.stringify(file))
    t.ok(allowed(file, '/y'), JSON.stringify(file))
  }
  const utf16 = Buffer.from('\ufeffUser-agent: *\nDisallow: /x', 'utf16le')
  t.notOk(isAllowed(parseRobots(utf16), 'Brique', 'https://site.example/x'))
  t.ok(allowed('<!doctype html><html><body>User-agent et Disallow: /</body></html>', '/x'), 'HTML has no rules')
  t.ok(allowed('Disallow: /', '/x'), 'a rule before any name is nobody’s')
})

t.test('500 KiB are read, and a line cut by the limit is not half obeyed', async t => {
  const head = 'User-agent: *\nDisallow: /x\n#'
  const file = `${head}${'-'.repeat(MAX_ROBOTS_BYTES - head.length - 14)}\nDisallow: /prive`
  t.notOk(allowed(file, '/x'))
  t.ok(allowed(file, '/autre'))
  t.ok(allowed(file, '/prive'), 'past the limit')
})

t.test('what the answer to robots.txt means: in doubt nothing may be fetched', async t => {
  for (const status of [200, 204, 206]) t.equal(policyForStatus(status), 'rules')
  for (const status of [400, 401, 403, 404, 410, 451]) t.equal(policyForStatus(status), 'allow-all')
  for (const status of [429, 500, 502, 503, 599, 301, 304, 100, 700]) t.equal(policyForStatus(status), 'disallow-all')
  t.equal(policyForStatus('no-answer'), 'disallow-all')
})

t.test('delays are those of the names above them, the longest when there are several', async t => {
  const file = robots(
    'User-agent: a\nCrawl-delay: 5\nUser-agent: b\nUser-agent: c\nCrawl-delay: 0.5\nDisallow: /x\n' +
      'User-agent: *\nDisallow:\nCrawl-delay: 10 seconds\nUser-agent: a\nCrawl-delay: 7\nUser-agent: d\nDisallow: /\n' +
      'User-agent: e\nCrawl-delay: -3\nUser-agent: f\nCrawl-delay: 1000000000\nUser-agent: g\nCrawl-delay: lent',
  )
  t.equal(crawlDelayMs(file, 'A'), 7000)
  t.equal(crawlDelayMs(file, 'b'), 500)
  t.equal(crawlDelayMs(file, 'c'), 500)
  t.equal(crawlDelayMs(file, 'inconnu'), 10_000)
  t.equal(crawlDelayMs(file, 'f'), 1e12)
  for (const agent of ['d', 'e', 'g']) t.equal(crawlDelayMs(file, agent), undefined, agent)
})

t.test('sitemaps are named for all robots, resolved, once each, and web addresses only', async t => {
  const file = robots(
    'Sitemap: /plan.xml\nUser-agent: x\nSitemap: https://site.example/plan.xml\nDisallow: /\nsitemap:https://cdn.example/été.xml\n' +
      'Sitemap: file:///etc/passwd\nSitemap: ht!tp://',
  )
  t.same(sitemaps(file, 'https://site.example/robots.txt').slice(0, 2), [
    'https://site.example/plan.xml',
    'https://cdn.example/%C3%A9t%C3%A9.xml',
  ])
  t.notOk(sitemaps(file, 'https://site.example/robots.txt').some(url => url.includes('passwd')))
  t.notOk(allowed('User-agent: x\nSitemap: /a\nUser-agent: Brique\nDisallow: /', '/'), 'a sitemap ends no group')
  t.equal(
    sitemaps(robots(Array.from({ length: 500 }, (_, i) => `Sitemap: /${i}`).join('\n')), 'https://a.example').length,
    100,
  )
})

t.test('a pattern matches what the regular expression it stands for matches', async () => {
  const piece = fc.constantFrom('*', 'a', 'b', '/', '$', '.')
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 12 }),
      fc.array(fc.constantFrom('a', 'b', '/', '$', '.'), { maxLength: 16 }),
      (pattern, path) => {
        const text = pattern.join('')
        const source = text.replace(/\$$/, '').replace(/[.$/]/g, '\\$&').replaceAll('*', '.*')
        const expected = new RegExp(`^${source}${text.endsWith('$') ? '$' : ''}`).test(path.join(''))
        return matchesPattern(compilePattern(text), path.join('')) === expected
      },
    ),
    { numRuns: 2000 },
  )
})

t.test('hostile files are read to their end and decide', async t => {
  const long = `/${'a'.repeat(2000)}`
  t.notOk(allowed(`User-agent: *\nDisallow: ${'*'.repeat(5000)}`, long))
  t.ok(allowed(`User-agent: *\nDisallow: ${'*a'.repeat(5000)}b`, long))
  t.ok(allowed(`User-agent: *\nDisallow: /${'a*'.repeat(1900)}b$`, long))
  t.notOk(
    allowed(`User-agent: *\nAllow: /\n${'Disallow: /*aab\n'.repeat(30_000)}`, long),
    'too many rules to weigh: in doubt no',
  )
  t.ok(
    allowed(`User-agent: *\n${'Disallow: /*aab\n'.repeat(30_000)}`, '/contact'),
    'but an ordinary address is weighed',
  )
  t.notOk(allowed(`${'User-agent: x\n'.repeat(30_000)}User-agent: Brique\nDisallow: /`, '/'))
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.string(), (body, url) => {
      isAllowed(parseRobots(body), 'Brique', url)
    }),
  )
})

t.test(
  'a page may refuse to be indexed, followed or quoted, in its headers or its head, for all robots or one',
  async t => {
    const said = (header: string, ...metas: [name: string, content: string][]) => {
      const { noindex, nofollow, nosnippet } = directives(
        header === '' ? {} : { 'X-Robots-Tag': header },
        metas.map(([name, content]) => ({ name, content })),
        'Brique',
      )
      return [noindex && 'noindex', nofollow && 'nofollow', nosnippet && 'nosnippet'].filter(Boolean).join(' ')
    }
    t.equal(said(''), '')
    t.equal(said('noindex'), 'noindex')
    t.equal(said('NOINDEX , NoFollow'), 'noindex nofollow')
    t.equal(said('none'), 'noindex nofollow')
    t.equal(said('googlebot: noindex'), '')
    t.equal(said('googlebot: none, brique: nofollow'), 'nofollow')
    t.equal(said('googlebot: none\nnoindex'), 'noindex')
    t.equal(said('*: noindex'), 'noindex')
    t.equal(said('unavailable_after: Wed, 25 Jun 2031 15:00:00 GMT, noindex'), 'noindex')
    t.equal(said('max-snippet: 0, index'), 'nosnippet')
    t.equal(said('', ['Robots', 'index, follow'], ['brique', 'noindex']), 'noindex')
    t.equal(said('', ['googlebot', 'noindex'], ['description', 'noindex']), '')
    t.equal(said('all', ['robots', 'none,nosnippet']), 'noindex nofollow nosnippet')
    t.equal(said('noindexed, index-noindex'), '')
  },
)
