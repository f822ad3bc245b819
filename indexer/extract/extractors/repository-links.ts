import { nameKey } from '../../../src/text/name-key.ts'
import type { SitePageContent } from '../extractor.ts'
import { type ClaimFinding, claim } from './claim-finding.ts'
import { plain } from './folded-text.ts'
import { COMMON_SOFTWARE } from './open-source-words.ts'
import { ownNameKeys } from './own-names.ts'
import { isSameSite } from './own-site.ts'

/** Forges where anybody has a space, by the first part of the path. */
const FORGES = new Set(
  (
    'github.com gitlab.com codeberg.org framagit.org git.sr.ht bitbucket.org gitea.com notabug.org git.framasoft.org ' +
    'gitlab.adullact.net gitlab.inria.fr sourceforge.net gitlab.huma-num.fr salsa.debian.org disroot.org gitlab.ow2.org'
  ).split(' '),
)

/** Pages of forges that are nobody's space. */
const RESERVED = new Set(
  (
    'features pricing login join about explore topics marketplace sponsors settings orgs search apps contact security ' +
    'readme collections site enterprise users dashboard signup blog help solutions customer-stories'
  ).split(' '),
)

const OWN_FORGE = /^(?:git|gitlab|gitea|forgejo|forge|code|sources?|src|depots?)\./

/** What ends a project's address: its files, issues, releases. */
const INSIDE = new Set(
  'blob tree issues releases wiki wikis pulls pull commits src actions discussions tags raw branch -'.split(' '),
)

/** Words that call a link the firm's own code. */
const OWN_TEXT =
  /^(?:(?:voir|consulter|notre|nos|le|les|sur|see|view|our|the|acceder|au|aux|suivez-nous|retrouvez|parcourir|browse|explorer|lien|vers|tout|compte|organisation|page|projet|et|de|du|publics?) )*(?:code(?: source)?|sources?|depots?(?: de code)?|github|gitlab|codeberg|framagit|forge(?: logicielle)?|repositor(?:y|ies)|source code|repo|contribuer)(?: (?:public|publics|sur|on|du|de|logiciel|source|ouvert|our|notre|github|gitlab|codeberg|framagit|the|le|la|projet|product|produit))*$/

interface ForgeAddress {
  /** Host and path down to the project, no slash at its end. */
  readonly url: string
  /** Whose space it is; `undefined` on a forge of its own. */
  readonly owner?: string
}

const addressOf = (url: string): ForgeAddress | undefined => {
  const parsed = URL.parse(url)
  if (parsed === null) return undefined
  const host = parsed.hostname.replace(/^www\./, '')
  const segments = parsed.pathname.split('/').filter(Boolean)
  const inside = segments.findIndex((segment, i) => i > 0 && INSIDE.has(segment))
  const path = segments.slice(0, inside < 0 ? 3 : inside)
  const address = `${parsed.origin}${path.length > 0 ? '/' : ''}${path.join('/')}`
  if (!FORGES.has(host)) return OWN_FORGE.test(host) ? { url: address } : undefined
  const owner = host === 'sourceforge.net' ? path[1] : path[0]
  return owner === undefined || RESERVED.has(owner.toLowerCase()) ? undefined : { url: address, owner }
}

const MIN_KEY = 4

const isNamedAlike = (owner: string, own: ReadonlySet<string>): boolean => {
  const key = nameKey(owner.replace(/^~/, ''))
  if (key.length < MIN_KEY) return own.has(key)
  return [...own].some(name => name.length >= MIN_KEY && (name.includes(key) || key.includes(name)))
}

/** Addresses written out in the text ("github.com/kerlann"), which are no links. */
const WRITTEN =
  /(?<![\w./-])(?:https?:\/\/)?(?:www\.)?(?:github\.com|gitlab\.com|codeberg\.org|framagit\.org)\/[\w.~-]{1,60}(?:\/[\w.-]{1,60}){0,2}/gi

/** The addresses of the firm's public code that a page links to or writes: named like the firm, or called its own. */
export const repositories = (page: SitePageContent): readonly ClaimFinding[] => {
  const own = ownNameKeys(page)
  const linked = page.document.links.flatMap(({ url, text }) => {
    const address = addressOf(url)
    if (address === undefined) return []
    const isOwn =
      address.owner === undefined
        ? isSameSite(url, page)
        : isNamedAlike(address.owner, own) ||
          (OWN_TEXT.test(plain(text)) && !COMMON_SOFTWARE.test(plain(address.url.replaceAll('/', ' '))))
    return isOwn ? [claim('repository', address.url, text || url)] : []
  })
  const written = page.document.blocks.flatMap(block =>
    [...block.text.slice(0, 5_000).matchAll(WRITTEN)].flatMap(([match]) => {
      const address = addressOf(/^https?:/i.test(match) ? match : `https://${match}`.replace(/\.$/, ''))
      return address?.owner !== undefined && isNamedAlike(address.owner, own)
        ? [claim('repository', address.url.replace(/\.$/, ''), block.text, block)]
        : []
    }),
  )
  // "Publié sur gitlab.com/kerlann", linked to the project there: the link says more.
  const isWhole = ({ value }: ClaimFinding): boolean =>
    !linked.some(link => link.value.value.startsWith(`${value.value}/`))
  return [...linked, ...written.filter(isWhole)]
}
