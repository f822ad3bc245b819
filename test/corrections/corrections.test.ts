import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import t, { type Test } from 'tap'
import type { CommandContext } from '../../indexer/command.ts'
import { runCorrections } from '../../indexer/corrections-command.ts'
import { createCrawl } from '../../indexer/crawl-command.ts'
import { runExtract } from '../../indexer/extract-command.ts'
import { readConfig } from '../../src/config.ts'
import { type CorrectionsOptions, createCorrections, type Submitted } from '../../src/corrections/create-corrections.ts'
import { mailDomain, parseSite } from '../../src/corrections/domain.ts'
import { createMailer } from '../../src/mail/mailer.ts'
import type { Declared } from '../../src/model/correction.ts'
import { ROLES } from '../../src/model/supplier.ts'
import { createSiteNetwork } from '../../src/site-network.ts'
import { openCrawlStore } from '../../src/store/crawl-store.ts'
import { emptyCatalogue, load, stated, version } from '../support/catalogue.ts'
import { htmlPage, localNetwork, startLocalWeb } from '../support/crawl-web.ts'
import { mailText, startMailServer } from '../support/mail-server.ts'
import { inventedSiren } from '../support/suppliers.ts'

/** Requests of firms on a real catalogue, with a real mail server and a real site; the DNS alone is handed in. */

const FIRM = inventedSiren(1)
const SISTER = inventedSiren(2)
const SILENT = inventedSiren(3)
const HOUR_MS = 3_600_000
const signal = new AbortController().signal

const NETWORK = {
  resolveTxt: async () => [],
  fetchFile: async () => undefined,
}

const catalogueOf = (t: Test, website = 'https://www.capteurs.example/') => {
  const catalogue = emptyCatalogue(t)
  const facts = [
    stated(FIRM, 'name', 'Capteurs du Léon'),
    stated(FIRM, 'website', website),
    stated(FIRM, 'tagline', 'Ce que dit la liste.'),
    stated(FIRM, 'tag', 'ancien'),
    stated(SILENT, 'name', 'Sans Site'),
  ]
  const importAgain = (digest: string) => load(catalogue, version('file:liste', digest), facts)
  importAgain('a')
  return { catalogue, importAgain }
}

const stand = (t: Test, options: Partial<CorrectionsOptions> = {}, website?: string) => {
  const { catalogue, importAgain } = catalogueOf(t, website)
  const time = { now: Date.now() }
  const corrections = createCorrections({
    ...{ catalogue, publicUrl: 'https://brique.example', ...NETWORK, now: () => time.now },
    ...options,
  })
  const tagline = () => catalogue.supplier(FIRM)?.tagline?.text
  return { catalogue, corrections, importAgain, time, tagline }
}

const secretOf = (submitted: Submitted): string => (submitted.kind === 'made' ? submitted.secret : submitted.reason)
const reasonOf = (outcome: { readonly kind: string }): unknown => ('reason' in outcome ? outcome.reason : outcome.kind)

const mailing = async (t: Test) => {
  const server = await startMailServer(t)
  const codes: string[] = []
  const mailer = createMailer({
    url: server.url,
    from: 'Brique <brique@brique.example>',
    onFailure: code => codes.push(code),
  })
  t.teardown(() => mailer.close())
  return { ...server, mailer, codes }
}

const tokenIn = (text: string): string => /\/corrections\/confirmer\/([\w-]{43})/.exec(text)?.[1] ?? ''

t.test('a link sent to the site’s own domain confirms a correction once, when its button is pressed', async t => {
  const { received, mailer } = await mailing(t)
  const { catalogue, corrections, tagline } = stand(t, { mailer })
  const secret = secretOf(corrections.correct(FIRM, { tagline: 'Nos mots, de Mme Jeanne Roy.' }, 'Merci'))
  t.match(corrections.status(secret), { state: 'waiting', instructions: { domain: 'capteurs.example', mail: true } })
  for (const address of [
    'jeanne@gmail.com',
    'jeanne@autre.example',
    'jeanne@capteurs.example.autre.example',
    'a@capteurs.example, b@autre.example',
    'a@capteurs.example\r\nBcc: b@autre.example',
    '"a b"@capteurs.example',
  ])
    t.equal(reasonOf(await corrections.prove(secret, 'mail', address, 'fr', signal)), 'mail-domain', address)
  t.equal(received.length, 0)
  t.strictSame(await corrections.prove(secret, 'mail', 'contact@mail.capteurs.example', 'fr', signal), { kind: 'sent' })
  const [mail] = received
  t.strictSame(mail?.to, ['contact@mail.capteurs.example'])
  const text = mail ? mailText(mail) : ''
  t.match(mail?.raw, /^Content-Type: text\/plain; charset=utf-8/im)
  t.match(text, /https:\/\/brique\.example\/corrections\/confirmer\/[\w-]{43}\r?\n/)
  t.match(text, 'https://brique.example/en/corrections/confirmer/')
  t.match(text, /Capteurs du Léon/)
  const token = tokenIn(text)
  t.match(corrections.byLink(token), { state: 'waiting', siren: FIRM })
  t.equal(tagline(), 'Ce que dit la liste.', 'a scanner that opens the link changes nothing')
  // Neither the address nor what opens or confirms a request is anywhere in the files of the catalogue.
  const bytes = ['', '-wal'].map(end => readFileSync(catalogue.path + end, 'latin1')).join('')
  for (const kept of ['contact@mail', secret, token]) t.notOk(bytes.includes(kept), kept)
  t.match(corrections.answerLink(token, true), { state: 'accepted', proof: 'mail' })
  t.equal(tagline(), 'Nos mots, de [personne].')
  t.match(catalogue.requests(), [{ state: 'accepted', comment: undefined }], 'the message to the operator is deleted')
  t.equal(corrections.answerLink(token, false), undefined, 'a link is good once')
  t.equal(reasonOf(await corrections.prove(secret, 'mail', 'a@capteurs.example', 'fr', signal)), 'ended')
})

t.test('a link can decline, lapses after 48 hours, and is sent three times at most', async t => {
  const { received, mailer } = await mailing(t)
  const { corrections, time, tagline } = stand(t, { mailer })
  const declined = secretOf(corrections.correct(FIRM, { tagline: 'Un' }, ''))
  for (let i = 0; i < 3; i++)
    t.equal((await corrections.prove(declined, 'mail', 'a@capteurs.example', 'en', signal)).kind, 'sent')
  t.equal(reasonOf(await corrections.prove(declined, 'mail', 'a@capteurs.example', 'en', signal)), 'too-many-mails')
  const tokens = received.map(mail => tokenIn(mailText(mail)))
  t.match(corrections.answerLink(tokens[1] ?? '', false), { state: 'refused', reason: 'declined' })
  t.equal(corrections.byLink(tokens[0] ?? ''), undefined)
  const late = secretOf(corrections.correct(FIRM, { tagline: 'Deux' }, ''))
  time.now += 40 * HOUR_MS
  await corrections.prove(late, 'mail', 'a@capteurs.example', 'fr', signal)
  time.now += 47 * HOUR_MS
  const sent = tokenIn(mailText(received[3] ?? { to: [], raw: '' }))
  t.match(corrections.byLink(sent), { state: 'waiting' }, 'the hours count from the message')
  time.now += HOUR_MS
  t.equal(corrections.answerLink(sent, true), undefined)
  t.match(corrections.status(late), { state: 'expired' })
  t.equal(corrections.sweep(), 1)
  t.notOk(corrections.status(late)?.declared, 'what it said is deleted')
  t.equal(tagline(), 'Ce que dit la liste.')
})

t.test('a mail server that is away, or refuses, is said without the address', async t => {
  const { mailer, codes } = await mailing(t)
  const away = createMailer({
    url: 'smtp://127.0.0.1:1',
    from: 'a@brique.example',
    onFailure: code => codes.push(code),
  })
  const { corrections } = stand(t, { mailer: away })
  const secret = secretOf(corrections.correct(FIRM, { tagline: 'Un' }, ''))
  t.equal(reasonOf(await corrections.prove(secret, 'mail', 'a@capteurs.example', 'fr', signal)), 'mail-failed')
  t.notOk(await mailer.send({ to: 'not an address', subject: 's', text: 't' }))
  t.equal(codes.length, 2)
  t.notMatch(codes.join(' '), '@')
})

t.test('without mail the operator’s queue is the way, and a record in the DNS spares it', async t => {
  const records: string[][] = []
  const asked: string[] = []
  const resolveTxt = async (name: string) => {
    asked.push(name)
    return records
  }
  const { corrections, tagline } = stand(t, { resolveTxt })
  const secret = secretOf(corrections.correct(FIRM, { tagline: 'Nos mots' }, ''))
  const status = corrections.status(secret)
  t.match(status, { state: 'queued', instructions: { mail: false, dns: { name: 'capteurs.example' } } })
  t.equal(reasonOf(await corrections.prove(secret, 'mail', 'a@capteurs.example', 'fr', signal)), 'mail-unavailable')
  records.push(['v=spf1 -all'], ['brique-verification=another'])
  t.equal(reasonOf(await corrections.prove(secret, 'dns', '', 'fr', signal)), 'not-shown')
  const value = status?.instructions?.dns.value ?? ''
  records.push([value.slice(0, 30), value.slice(30)])
  t.strictSame(await corrections.prove(secret, 'dns', '', 'fr', signal), { kind: 'shown' })
  t.strictSame([...new Set(asked)], ['capteurs.example'])
  t.match(corrections.status(secret), { state: 'accepted', proof: 'dns' })
  t.equal(tagline(), 'Nos mots')
  const silent = secretOf(corrections.correct(SILENT, { tagline: 'Sans site' }, ''))
  t.match(corrections.status(silent), { state: 'queued', review: true, instructions: undefined })
  t.equal(reasonOf(await corrections.prove(silent, 'dns', '', 'fr', signal)), 'no-domain')
})

t.test('a file on the very host shows ownership; a private address, or a redirect elsewhere, does not', async t => {
  const files: Record<string, string> = {}
  const path = '/.well-known/brique-verification.txt'
  const web = await startLocalWeb(
    {
      'www.capteurs.example': {
        [path]: () =>
          files['location'] === undefined
            ? { body: files['body'] ?? '' }
            : { status: 302, headers: { location: files['location'] } },
      },
      'autre.example': { [path]: () => ({ body: files['body'] ?? '' }) },
      'capteurs.example': { [path]: () => ({ body: files['body'] ?? '' }) },
    },
    Date.now,
  )
  t.teardown(web.close)
  const network = createSiteNetwork('', localNetwork(web.port))
  const guarded = createSiteNetwork('', { ports: [web.port], resolve: async () => ['127.0.0.1'] })
  t.teardown(() => Promise.all([network.close(), guarded.close()]))
  const site = `http://www.capteurs.example:${web.port}/`
  let fetchFile = guarded.fetchFile
  const { corrections } = stand(t, { fetchFile: (...of) => fetchFile(...of) }, site)
  const secret = secretOf(corrections.correct(FIRM, { tagline: 'Nos mots' }, ''))
  const { url = '', content = '' } = corrections.status(secret)?.instructions?.file ?? {}
  t.equal(url, `${site.slice(0, -1)}${path}`)
  files['body'] = `# Brique\n${content}\n`
  const prove = async () => reasonOf(await corrections.prove(secret, 'file', '', 'fr', signal))
  t.equal(await prove(), 'no-answer', 'the loopback is no public address')
  t.equal(web.seen.length, 0)
  fetchFile = network.fetchFile
  files['location'] = `http://autre.example:${web.port}${path}`
  t.equal(await prove(), 'no-answer')
  t.equal(web.of('autre.example').length, 0)
  delete files['location']
  files['body'] = 'x'.repeat(100_000) + content
  t.equal(await prove(), 'not-shown', 'a large file is cut')
  files['body'] = `# Brique\n${content}\n`
  files['location'] = `http://capteurs.example:${web.port}${path}`
  t.equal(await prove(), 'shown', 'the same host without "www." is the same site')
})

/** A correction whose ownership the operator has seen. */
const declare = async (of: ReturnType<typeof stand>, declared: Declared) => {
  const secret = secretOf(of.corrections.correct(FIRM, declared, ''))
  const number = of.catalogue.requests().at(-1)?.number ?? 0
  await command(of.catalogue.path, 'accept', String(number))
  return { secret, number }
}

const command = async (path: string, ...positionals: string[]): Promise<readonly string[]> =>
  commandWith(path, {}, ...positionals)

const commandWith = async (
  path: string,
  values: CommandContext['args']['values'],
  ...positionals: string[]
): Promise<readonly string[]> => {
  const lines: string[] = []
  const config = readConfig({ BRIQUE_DATA: dirname(path), PUBLIC_URL: 'https://brique.example' })
  await runCorrections({
    ...{ config, cataloguePath: path, args: { positionals, values } },
    progress: { step: () => ({ update: () => undefined, end: () => undefined }) },
    write: line => lines.push(line),
  })
  return lines
}

t.test('what a firm declares survives every import, keeps its versions, and is undone to the one before', async t => {
  const of = stand(t)
  const { catalogue, importAgain, corrections, tagline } = of
  const before = catalogue.lastSeq()
  const first = await declare(of, { tagline: 'Un', tags: ['neuf', 'radio'], bricks: ['lorawan'] })
  t.not(catalogue.lastSeq(), before, 'the live index is told')
  const second = await declare(of, { tagline: 'Deux', offers: [{ kind: 'product', name: 'Balise' }] })
  importAgain('b')
  load(catalogue, version('site', 'b'), [stated(FIRM, 'tagline', 'Ce que dit le site.'), stated(FIRM, 'tag', 'site')])
  t.match(catalogue.supplier(FIRM), { tags: ['neuf', 'radio'], bricks: ['lorawan'], offers: [{ name: 'Balise' }] })
  t.equal(tagline(), 'Deux')
  const facts = catalogue.record(FIRM)?.facts.filter(({ property }) => property === 'tagline') ?? []
  t.strictSame(
    facts.map(({ provenance, evidence }) => [provenance.source, evidence]).sort(),
    [
      ['correction', 'declared'],
      ['file:liste', 'declared'],
      ['site', 'declared'],
    ],
    'what others say stays readable',
  )
  t.match(
    catalogue.sources().find(({ id }) => id === 'correction'),
    { name: 'Déclaré par l’entreprise', suppliers: 1 },
  )
  await command(catalogue.path, 'undo', String(second.number))
  t.match([tagline(), catalogue.supplier(FIRM)?.offers], ['Un', []])
  t.match(corrections.status(second.secret), { state: 'undone' })
  await command(catalogue.path, 'undo', String(first.number))
  t.match([tagline(), catalogue.supplier(FIRM)?.tags], ['Ce que dit la liste.', ['ancien', 'site']])
  t.notOk(catalogue.sources().some(({ id }) => id === 'correction'))
  await t.rejects(command(catalogue.path, 'undo', String(first.number)), /request 1 is undone/)
})

t.test('a site on another domain, and a domain of several firms, go to the operator even when proven', async t => {
  const records: string[][] = []
  const { catalogue, corrections } = stand(t, { resolveTxt: async () => records })
  const ask = async (declared: Declared) => {
    const secret = secretOf(corrections.correct(FIRM, declared, ''))
    records.push([corrections.status(secret)?.instructions?.dns.value ?? ''])
    await corrections.prove(secret, 'dns', '', 'fr', signal)
    return corrections.status(secret)
  }
  t.match(await ask({ website: 'https://boutique.capteurs.example/' }), { state: 'accepted' })
  t.match(await ask({ website: 'https://rachat.example/' }), { state: 'queued', review: true, proof: 'dns' })
  const { number = 0 } = catalogue.requests('queued')[0] ?? {}
  catalogue.sweep('2099-01-01', '')
  t.match(catalogue.requestByNumber(number), { state: 'queued' }, 'what is proven waits for its decision, however long')
  t.equal(catalogue.supplier(FIRM)?.website, 'https://boutique.capteurs.example/')
  load(catalogue, version('ilab', 'a'), [stated(SISTER, 'website', 'https://capteurs.example/soeur')])
  t.match(await ask({ tagline: 'À nous seuls ?' }), { state: 'queued', review: true, proof: 'dns' })
  const more = [4, 5].map(n => stated(inventedSiren(n), 'website', 'https://capteurs.example/'))
  load(catalogue, version('inov', 'a'), more)
  const secret = secretOf(corrections.correct(FIRM, { tagline: 'Une plateforme' }, ''))
  t.match(corrections.status(secret), { state: 'queued', instructions: undefined }, 'nobody speaks for a platform')
})

t.test('who holds the domain need not be the firm: then an operator decides, proof or not', async t => {
  const stateOf = async (website: string, more: Parameters<typeof load>[2] = []) => {
    const records: string[][] = []
    const { catalogue, corrections } = stand(t, { resolveTxt: async () => records }, website)
    load(catalogue, version('sirene', 'a'), more)
    const secret = secretOf(corrections.correct(FIRM, { tagline: 'Casino en ligne' }, ''))
    records.push([corrections.status(secret)?.instructions?.dns.value ?? ''])
    t.equal((await corrections.prove(secret, 'dns', '', 'fr', signal)).kind, 'shown', website)
    return corrections.status(secret)?.state
  }
  t.equal(await stateOf('https://capteurs.example/'), 'accepted')
  t.equal(await stateOf('https://capteurs.universite.example/'), 'queued', 'a part of a domain of many')
  t.equal(
    await stateOf('https://capteurs.example/', [stated(FIRM, 'state', 'ceased')]),
    'queued',
    'a firm that is no more',
  )
  const of = stand(t)
  await declare(of, { website: 'https://nouveau.example/' })
  const secret = secretOf(of.corrections.correct(FIRM, { tagline: 'Par l’ancien domaine' }, ''))
  t.match(of.corrections.status(secret), { review: true }, 'a domain that the firm has left')
})

t.test('idle requests of others do not keep a firm out, nor send it mail without end', async t => {
  const sent: string[] = []
  const mailer = { send: async ({ to }: { to: string }) => sent.push(to) > 0, close: () => undefined }
  const { corrections, time } = stand(t, { mailer })
  const ask = (tagline: string) => corrections.correct(FIRM, { tagline }, '')
  const idle = Array.from({ length: 5 }, (_, n) => secretOf(ask(`Farce ${n}`)))
  for (const secret of idle)
    for (let n = 0; n < 3; n++) await corrections.prove(secret, 'mail', 'a@capteurs.example', 'fr', signal)
  t.equal(reasonOf(ask('Trop tôt')), 'too-many-open')
  time.now += HOUR_MS + 1
  const own = secretOf(ask('Nos mots'))
  t.match(corrections.status(own), { state: 'waiting' })
  t.match(corrections.status(idle[0] ?? ''), { state: 'expired' })
  t.match(corrections.status(idle[1] ?? ''), { state: 'waiting' })
  t.equal(reasonOf(await corrections.prove(own, 'mail', 'a@capteurs.example', 'fr', signal)), 'too-many-mails')
  t.equal(sent.length, 15)
})

t.test(
  'a removed profile leaves its SIREN, a digest and a date; no import brings it back before it is undone',
  async t => {
    const of = stand(t)
    const { catalogue, corrections, importAgain } = of
    await declare(of, { tagline: 'Nos mots à nous' })
    load(catalogue, version('ilab', 'a'), [stated(FIRM, 'website', 'https://capteurs-2.example/')])
    const secret = secretOf(corrections.remove(FIRM, 'Nous cessons'))
    t.match(corrections.status(secret), { state: 'queued', review: true })
    const { number = 0 } = catalogue.requests('queued')[0] ?? {}
    const again = secretOf(corrections.remove(FIRM, 'Nous cessons'))
    t.match(await command(catalogue.path, 'prove', String(number)), [/still needs: npm run corrections -- accept/])
    t.match((await command(catalogue.path, 'accept', String(number))).join(), /capteurs\.example is left out/)
    t.match(corrections.status(again), { state: 'expired', name: undefined }, 'nothing of the firm is open any more')
    t.equal(catalogue.countOpen(FIRM), 0)
    importAgain('b')
    load(catalogue, version('site', 'b'), [stated(FIRM, 'tagline', 'Ce que dit le site.')])
    t.equal(catalogue.record(FIRM), undefined)
    t.equal(catalogue.changesAfter(0, 1000).at(-1)?.siren, FIRM, 'the index is told')
    t.match(corrections.status(secret), { state: 'accepted', proof: 'operator', declared: undefined })
    const proposals = [FIRM, inventedSiren(30)].map((siren, n) =>
      corrections.proposeSite(siren, `https://s${n}.example/`),
    )
    t.strictSame(
      catalogue.proposedSites().map(({ siren }) => siren),
      [inventedSiren(30)],
      'the proposal for the removed firm waits for the operator',
    )
    const shown = proposals.map(proposal => corrections.status(secretOf(proposal)))
    t.match(shown[0], { state: 'accepted', review: false })
    t.strictSame(Object.keys(shown[0] ?? {}), Object.keys(shown[1] ?? {}), 'and looks like any other')
    t.equal(reasonOf(corrections.proposeSite(FIRM, 'https://s0.example/')), 'known-site', 'the second time too')
    t.match(catalogue.removal(FIRM)?.digest, /^[0-9a-f]{64} [0-9a-f]{64}$/)
    const store = openCrawlStore(`${dirname(catalogue.path)}/crawl.db`)
    t.teardown(() => store.close())
    t.strictSame(store.optedOut(), ['capteurs-2.example', 'capteurs.example'])
    await command(catalogue.path, 'undo', String(number))
    t.strictSame(store.optedOut(), [])
    t.equal(catalogue.liveVersion('file:liste')?.reading, '', 'the same file is read again')
    importAgain('c')
    t.equal(catalogue.supplier(FIRM)?.tagline?.text, 'Ce que dit la liste.')
  },
)

t.test('a declaration is cleaned, compared with the profile, and refused by the name of its field', async t => {
  const { catalogue, corrections } = stand(t, {
    refusesSite: ({ port }) => (port === '' ? undefined : 'unsupported-port'),
  })
  const values = corrections.form(FIRM)?.values ?? {}
  t.match(corrections.correct(FIRM, values, ''), { reason: 'empty' }, 'a form sent back as it came changes nothing')
  for (const [declared, field, reason] of [
    [{ bricks: ['no-such-brick'] }, 'bricks', 'unknown-brick'],
    [{ website: 'http://127.0.0.1/' }, 'website', 'bad-address'],
    [{ website: 'javascript:alert(1)' }, 'website', 'bad-address'],
    [{ website: 'https://www.capteurs.example:22/' }, 'website', 'bad-address'],
    [{ commune: '00000' }, 'commune', 'unknown-commune'],
    [{ tagline: 'x'.repeat(201) }, 'tagline', 'too-long'],
    [{ tags: Array.from({ length: 16 }, (_, i) => `t${i}`) }, 'tags', 'too-long'],
  ] as const)
    t.match(corrections.correct(FIRM, declared as Declared, ''), { kind: 'refused', field, reason }, reason)
  load(catalogue, version('sirene', 'a'), [stated(FIRM, 'location', { commune: '35238' }, { evidence: 'attested' })])
  t.match(corrections.correct(FIRM, { commune: '29019' }, ''), { reason: 'place-registered' })
  const said = 'Joignez\u202e Mme Roy : roy@capteurs.example\u0007, 02 98 12 34 57.'
  const secret = secretOf(corrections.correct(FIRM, { description: said, tagline: '' }, 'x'))
  t.strictSame(corrections.status(secret)?.declared, {
    description: 'Joignez [personne] : [adresse retirée] , [numéro retiré].',
  })
  for (let i = 0; i < 4; i++) t.equal(corrections.correct(FIRM, { tagline: `n° ${i}` }, '').kind, 'made')
  t.match(corrections.correct(FIRM, { tagline: 'un de trop' }, ''), { reason: 'too-many-open' })
})

t.test('only the address of a public site is one, and only a plain mail address', async t => {
  for (const text of [
    'http://10.0.0.1',
    'http://[::1]/',
    'localhost',
    'http://intranet',
    'http://a.local',
    'http://a.localhost./',
    'ftp://a.example',
    '',
    'https://u:p@a.example',
  ])
    t.equal(parseSite(text), undefined, text)
  t.equal(parseSite('WWW.Exemple.example/a#b')?.href, 'https://www.exemple.example/a')
  for (const text of ['a@b', 'a@b.example ', '<a@b.example>', 'a@b.example,c@d.example', 'a@[10.0.0.1]', 'é@b.example'])
    t.equal(mailDomain(text), undefined, text)
})

t.test('a proposed site is crawled, thirty pages at most, and attached only when it shows the SIREN', async t => {
  const [shown, mute] = [inventedSiren(20), inventedSiren(21)]
  // Names, not numbers: a numbered series would be taken for a calendar.
  const pages = Array.from({ length: 40 }, (_, i) => `/${String.fromCharCode(97 + (i % 26))}${i < 26 ? 'ou' : 'an'}`)
  const menu = pages.map(path => `<a href="${path}">${path}</a>`).join(' ')
  const text = 'Nos balises acoustiques signalent le passage des hérissons sous les clôtures des vergers bretons.'
  const web = await startLocalWeb(
    {
      'montre.example': {
        '/': htmlPage('Accueil', `<p>${text}</p>${menu}<p>SIREN ${shown}, RCS Brest</p>`),
        ...Object.fromEntries(pages.map(path => [path, htmlPage(path, `<p>Page ${path} : ${text}</p>`)])),
      },
      'muet.example': { '/': htmlPage('Accueil', `<p>${text}</p><p>Mentions</p>`) },
    },
    Date.now,
  )
  t.teardown(web.close)
  const { catalogue, corrections, time } = stand(t)
  const propose = (siren: string, host: string) => corrections.proposeSite(siren, `http://${host}:${web.port}/`)
  const secret = secretOf(propose(shown, 'montre.example'))
  t.match(corrections.status(secret), { kind: 'site', state: 'accepted', proof: undefined })
  t.equal(propose(mute, 'muet.example').kind, 'made')
  t.match(propose(mute, 'montre.example'), { reason: 'known-site' })
  t.match(corrections.proposeSite('123', 'https://a.example'), { reason: 'unknown-siren' })
  t.match(corrections.proposeSite(mute, 'http://169.254.169.254/'), { reason: 'not-public-site' })
  t.equal(web.seen.length, 0, 'the request itself asks nobody')
  const config = readConfig({ BRIQUE_DATA: dirname(catalogue.path), PUBLIC_URL: 'https://brique.example' })
  const context: CommandContext = {
    ...{ config, cataloguePath: catalogue.path, args: { positionals: [], values: {} }, write: () => undefined },
    progress: { step: () => ({ update: () => undefined, end: () => undefined }) },
  }
  await createCrawl({ fetcher: localNetwork(web.port), limits: { minDelayMs: 0 } })(context)
  t.equal(web.of('montre.example').filter(({ path }) => path === '/' || pages.includes(path)).length, 30)
  const asked = web.seen.length
  await runExtract(context)
  t.match(catalogue.supplier(shown), { website: `http://montre.example:${web.port}/`, texts: [{ kind: 'page' }] })
  t.equal(catalogue.record(mute), undefined)
  // The site's own word names its domain: it shows nothing to the next who asks.
  const next = secretOf(corrections.correct(shown, { tagline: 'Nous ?' }, ''))
  t.match(corrections.status(next), { state: 'queued', instructions: undefined })
  time.now += 61 * 24 * HOUR_MS
  corrections.sweep()
  t.match(catalogue.proposedSites(), [{ siren: shown }], 'what never shows its SIREN makes room')
  t.equal(catalogue.proposedSites().length, 1)
  const inAYear = { now: () => Date.now() + 365 * 24 * HOUR_MS, sleep: async () => undefined }
  await command(catalogue.path, 'undo', '1')
  t.equal(catalogue.record(shown), undefined, 'what was read there goes at once')
  await createCrawl({ fetcher: localNetwork(web.port), limits: { minDelayMs: 0 }, clock: inAYear })(context)
  t.equal(web.seen.length, asked, 'what was taken back, or has lapsed, is visited no more')
})

t.test('changes of a profile are kept: one entry when it is new, then each property, the last fifty', async t => {
  const { catalogue } = stand(t)
  t.match(catalogue.profileChanges(FIRM), [{ property: 'created', source: 'file:liste' }])
  t.equal(catalogue.profileChanges(FIRM).length, 1)
  const again = (n: number) =>
    load(catalogue, version('ilab', String(n), { importedAt: `2027-01-01T00:00:${10 + (n % 50)}.000Z` }), [
      stated(FIRM, 'headcount', `${n} salariés`),
    ])
  again(1)
  t.match(catalogue.profileChanges(FIRM)[0], { property: 'headcount', source: 'ilab' })
  t.equal(catalogue.changedAt(FIRM), catalogue.profileChanges(FIRM)[0]?.at)
  const words = (n: number) => [
    ...[stated(FIRM, 'headcount', `${n} salariés`), stated(FIRM, 'founded', 1950 + n)],
    ...[
      stated(FIRM, 'tag', `t${n}`),
      stated(FIRM, 'description', `Texte ${n}.`),
      stated(FIRM, 'role', ROLES[n % 6] ?? 'publisher'),
    ],
  ]
  for (let n = 2; n < 14; n++) load(catalogue, version('inov', String(n), { date: `2026-01-${10 + n}` }), words(n))
  t.equal(catalogue.profileChanges(FIRM).length, 50)
})

t.test('the command line lists, shows and refuses; texts of strangers cannot command the terminal', async t => {
  const { catalogue, corrections } = stand(t)
  const secret = secretOf(corrections.correct(FIRM, { tagline: 'Un' }, 'Bonjour \u001b[2J'))
  t.match(await command(catalogue.path), [/no {2}state/, /1 {2}queued {3}correct .*Capteurs du Léon/])
  const shown = (await command(catalogue.path, 'show', '1')).join('\n')
  t.match(shown, /capteurs\.example[\s\S]*"tagline": "Un"/)
  t.notMatch(shown, '\u001b')
  await t.rejects(command(catalogue.path, 'refuse', '1'), /Give --reason/)
  await t.rejects(command(catalogue.path, 'accept', '7'), /"7" is no request/)
  await t.rejects(command(catalogue.path, 'approve', '1'), /Unknown action/)
  await commandWith(catalogue.path, { reason: 'Ce n’est pas votre site' }, 'refuse', '1')
  t.match(corrections.status(secret), { state: 'refused', reason: 'Ce n’est pas votre site', declared: undefined })
  t.match(await command(catalogue.path), ['No request.'])
})
