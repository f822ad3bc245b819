import { createSecureContext } from 'node:tls'
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib'
import type { FetcherOptions } from '../../indexer/crawl/fetcher.ts'
import { type Certificate, createCertificate } from './certificate.ts'
import { answer, FAULTS, PAGE, type Play, startFaultServer, status } from './fault-server.ts'
import { type LabelledSite, labelledSites } from './labelled-sites.ts'

/** A web of invented companies on the loopback: HTTPS by name, each site with its peculiarity or fault. */

/** A request as its site saw it. */
export interface SiteRequest {
  readonly host: string
  readonly path: string
  /** Milliseconds since 1970. */
  readonly at: number
  readonly userAgent: string
}

/** A site that only misbehaves, and how its home page must end. */
export interface FaultSite {
  readonly host: string
  readonly outcome: string
  readonly play: (path: string, before: number) => Play
  /** Where its name leads; the loopback otherwise. `never` answers nothing. */
  readonly resolve?: readonly string[] | 'never'
  readonly certificate?: 'expired' | 'other-name'
}

export interface SiteWeb {
  readonly sites: readonly LabelledSite[]
  readonly faults: readonly FaultSite[]
  readonly seen: readonly SiteRequest[]
  /** What takes a crawl here instead of to the Internet. */
  readonly network: Partial<Omit<FetcherOptions, 'userAgent'>>
  readonly close: () => Promise<void>
}

const notFound: Play = status('404 Not Found')
const XML = 'Content-Type: application/xml'
const page = (text: string): Play => answer(`<!doctype html><html lang="fr"><title>Essai</title><p>${text}</p>`)
const HOME = PAGE.replace('<p>', '<p><a href="/suite">Suite</a> ')

/** A home page that plays `play`; robots.txt and everything else is absent. */
const home = (host: string, outcome: string, play: Play, more: Partial<FaultSite> = {}): FaultSite => ({
  host: `${host}.example`,
  outcome,
  play: path => (path === '/' ? play : notFound),
  ...more,
})
const played = (host: string, outcome: string, fault: string): FaultSite =>
  home(host, outcome, FAULTS[fault] ?? (() => {}))
const withRobots = (host: string, outcome: string, robots: Play): FaultSite => ({
  host: `${host}.example`,
  outcome,
  play: path => (path === '/robots.txt' ? robots : answer(HOME)),
})
const text = (body: string): Play => answer(body, 'Content-Type: text/plain')
const to = (location: string): Play => status('302 Found', `Location: ${location}`)

/** Endless: each page links to two more, by a date, a session and a folder in itself. */
const trap: FaultSite['play'] = path =>
  path === '/robots.txt'
    ? notFound
    : answer(
        `<!doctype html><title>Agenda</title><a href="/agenda/${2000 + path.length}/05/">Mois suivant</a>
         <a href="/page?PHPSESSID=a1b2c3d4e5f6a7b8c9d0${path.length}">Suite</a> <a href="${path}plus/">Plus</a>`,
      )

const LINKS = Array.from({ length: 20_000 }, (_, index) => `<a href="/p${index}">p</a>`).join('')

export const FAULT_SITES: readonly FaultSite[] = [
  home('nom-absent', 'host-not-found', notFound, { resolve: [] }),
  home('dns-muet', 'dns-timeout', notFound, { resolve: 'never' }),
  home('nom-prive', 'private-address', notFound, { resolve: ['192.168.1.10'] }),
  home('nom-melange', 'private-address', notFound, { resolve: ['127.0.0.1', '10.0.0.8'] }),
  home('certificat-expire', 'tls-error', answer(HOME), { certificate: 'expired' }),
  home('certificat-autrui', 'tls-error', answer(HOME), { certificate: 'other-name' }),
  home('vers-metadonnees', 'private-address', to('http://169.254.169.254/latest/meta-data/')),
  home('vers-fichier', 'unsupported-scheme', to('file:///etc/passwd')),
  home('vers-ssh', 'unsupported-port', to('https://vers-ssh.example:22/')),
  home('demenagee', 'foreign-redirect', to('https://ailleurs.example/')),
  home('boucle', 'too-many-redirects', to('https://boucle.example/')),
  played('sans-adresse', 'bad-redirect', 'redirect-no-location'),
  home('coupe', 'connection-reset', socket => void socket.destroy()),
  played('entetes-jamais', 'headers-timeout', 'headers-never'),
  played('entetes-geants', 'headers-overflow', 'headers-64-kib'),
  played('goutte', 'total-timeout', 'body-drip'),
  played('sans-fin', 'fetched', 'body-endless'),
  played('trop-court', 'truncated-body', 'cl-too-large'),
  played('morceau-casse', 'protocol-error', 'chunk-bad-size'),
  played('deux-longueurs', 'protocol-error', 'cl-and-te'),
  played('encodages', 'too-many-encodings', 'encoding-1000'),
  played('bombe', 'not-html', 'gzip-bomb'),
  home('binaire', 'not-html', answer(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'))),
  home('disparue', 'gone', status('410 Gone')),
  home('pressee', 'server-error', status('503 Service Unavailable', 'Retry-After: 3600')),
  home('discrete', 'noindex', answer(HOME.replace('<p>', '<meta name="robots" content="noindex"><p>'))),
  withRobots('robots-503', 'robots', status('503 Service Unavailable')),
  withRobots('robots-non', 'robots', text('User-agent: Brique\nDisallow: /')),
  withRobots('delai-immense', 'crawl-delay', text('User-agent: *\nCrawl-delay: 1000000000')),
  { host: 'agenda-sans-fin.example', outcome: 'fetched', play: trap },
  home('mille-liens', 'fetched', answer(`<!doctype html><title>Liens</title>${LINKS}`)),
  home('profonde', 'fetched', answer(`<title>Puits</title>${'<div>'.repeat(30_000)}fond`)),
  {
    host: 'grippee.example',
    outcome: 'fetched',
    play: (path, before) =>
      path !== '/' ? notFound : before < 2 ? status('500 Internal Server Error') : page('Me revoilà.'),
  },
  {
    host: 'plan-piege.example',
    outcome: 'fetched',
    play: path =>
      path === '/sitemap.xml'
        ? answer(
            '<!DOCTYPE u [<!ENTITY x SYSTEM "file:///etc/passwd">]><urlset><url><loc>&x;</loc></url></urlset>',
            XML,
          )
        : path === '/'
          ? page('Le plan de ce site est piégé.')
          : notFound,
  },
]

/** How the honest sites differ, by their place in the list: encodings, sitemaps, delays, conditional requests. */
const PACKED = [
  (body: Buffer): Play => answer(body, 'Content-Type: text/html; charset=utf-8'),
  (body: Buffer): Play => answer(gzipSync(body), 'Content-Type: text/html; charset=utf-8', 'Content-Encoding: gzip'),
  (body: Buffer): Play => answer(brotliCompressSync(body), 'Content-Type: text/html', 'Content-Encoding: br'),
  (body: Buffer): Play => answer(zstdCompressSync(body), 'Content-Type: text/html', 'Content-Encoding: zstd'),
  (body: Buffer): Play => answer(body, 'Content-Type: text/html;charset=UTF-8', `ETag: "${body.length}"`),
]

const ROBOTS = [
  undefined,
  'User-agent: *\nDisallow: /prive/\n',
  'User-agent: *\nCrawl-delay: 3\nAllow: /\n',
  'User-agent: Autre\nDisallow: /\n\nUser-agent: *\nDisallow:\nSitemap: /plan.xml\n',
]

const sitemapOf = ({ host, pages }: LabelledSite): Play => {
  const urls = pages.map(each => `<url><loc>https://${host}${each.path}</loc></url>`).join('')
  return answer(`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls}</urlset>`, XML)
}

const playSite = (site: LabelledSite, index: number, path: string): Play => {
  const robots = ROBOTS[index % ROBOTS.length]
  if (path === '/robots.txt') return robots === undefined ? notFound : text(robots)
  if (path === '/sitemap.xml' || path === '/plan.xml') return sitemapOf(site)
  const found = site.pages.find(each => decodeURI(each.path) === decodeURI(path))
  const pack = PACKED[index % PACKED.length]
  return found === undefined || pack === undefined ? notFound : pack(found.html)
}

const secure = ({ cert, key }: Certificate, authority: Certificate) =>
  createSecureContext({ cert: cert + authority.cert, key })

/** Starts the web; ask it through `network` only. */
export const startSiteWeb = async (): Promise<SiteWeb> => {
  const sites = labelledSites()
  const authority = createCertificate({ commonName: 'Autorité de la démonstration' })
  const hosts = [...sites.map(site => site.host), ...FAULT_SITES.map(site => site.host)]
  const good = createCertificate({
    commonName: 'exemples',
    names: hosts.flatMap(host => [host, `www.${host}`]),
    issuer: authority,
  })
  const expired = createCertificate({
    commonName: 'expire',
    names: ['certificat-expire.example'],
    issuer: authority,
    notAfter: new Date(Date.now() - 3_600_000),
  })
  const other = createCertificate({ commonName: 'autrui', names: ['autrui.example'], issuer: authority })
  const seen: SiteRequest[] = []
  const byHost = new Map(FAULT_SITES.map(site => [site.host, site]))
  const indexOf = new Map(sites.map((site, index) => [site.host, index]))
  const play: Play = (socket, asked) => {
    const host = /^host: *([^:\r\n]+)/im.exec(asked.headers)?.[1]?.toLowerCase() ?? ''
    const userAgent = /^user-agent: *([^\r\n]+)/im.exec(asked.headers)?.[1] ?? ''
    const before = seen.filter(each => each.host === host && each.path === asked.path).length
    seen.push({ host, path: asked.path, at: Date.now(), userAgent })
    const index = indexOf.get(host)
    const site = index === undefined ? undefined : sites[index]
    const chosen =
      site !== undefined && index !== undefined
        ? playSite(site, index, asked.path)
        : (byHost.get(host)?.play(asked.path, before) ?? notFound)
    chosen(socket, asked)
  }
  const contexts = { expired: secure(expired, authority), 'other-name': secure(other, authority) }
  const server = await startFaultServer(play, {
    tls: {
      cert: good.cert,
      key: good.key,
      SNICallback: (name, callback) => {
        const kind = byHost.get(name)?.certificate
        callback(null, kind === undefined ? secure(good, authority) : contexts[kind])
      },
    },
  })
  const plain = await startFaultServer((socket, asked) => {
    const host = /^host: *([^:\r\n]+)/im.exec(asked.headers)?.[1] ?? ''
    status('301 Moved Permanently', `Location: https://${host}${asked.path}`)(socket, asked)
  })
  return {
    sites,
    faults: FAULT_SITES,
    seen,
    network: {
      ca: authority.cert,
      connectPort: port => (port === 443 ? server.port : plain.port),
      allowAddress: address => address === '127.0.0.1',
      resolve: async name => {
        const host = name.replace(/^www\./, '')
        const where = byHost.get(host)?.resolve
        if (where === 'never') return new Promise(() => {})
        // The demonstration's other suppliers have no site: their names lead nowhere.
        return where ?? (indexOf.has(host) || byHost.has(host) ? ['127.0.0.1'] : [])
      },
    },
    async close() {
      await Promise.all([server.close(), plain.close()])
    },
  }
}
