import { isIP } from 'node:net'
import { getDomain } from 'tldts'

/** Whose domain an address, a host or a mail address belongs to. */

/** The registered domain of a host name (public suffix list, private suffixes included); `undefined` when it has none. */
export const registeredDomain = (host: string): string | undefined =>
  isIP(host.replace(/^\[|\]$/g, '')) === 0
    ? (getDomain(host.toLowerCase(), { extractHostname: false, allowPrivateDomains: true }) ?? undefined)
    : undefined

/**
 * Mail boxes that anybody may open, on domains where some also have pages: an address there shows nothing, whatever site a
 * source names.
 */
const PUBLIC_MAIL = new Set(
  (
    'gmail.com googlemail.com outlook.com outlook.fr hotmail.com hotmail.fr live.com live.fr msn.com yahoo.com yahoo.fr ' +
    'ymail.com icloud.com me.com mac.com aol.com aol.fr gmx.com gmx.fr gmx.net mail.com proton.me protonmail.com pm.me ' +
    'tutanota.com tuta.io zoho.com yandex.com yandex.ru mail.ru orange.fr wanadoo.fr free.fr sfr.fr neuf.fr cegetel.net ' +
    'club-internet.fr numericable.fr noos.fr bbox.fr laposte.net aliceadsl.fr alice.fr voila.fr dbmail.com mailo.com ' +
    'mailo.fr netcourrier.com net-c.com cario.fr ik.me infomaniak.com ovh.fr pages-perso-orange.fr online.fr ' +
    'wanadoo.com nordnet.fr tele2.fr libertysurf.fr worldonline.fr infonie.fr 9online.fr freesurf.fr nerim.net ' +
    'caramail.com lycos.com email.com fastmail.com posteo.net yahoo.co.uk hotmail.co.uk gmx.de web.de t-online.de ' +
    'hotmail.be outlook.be live.be skynet.be bluewin.ch'
  ).split(' '),
)

/** Whether anybody may have an address or a page on that domain. */
export const isPublicMail = (domain: string): boolean => PUBLIC_MAIL.has(domain)

/** Names that no public site has (RFC 6761, RFC 6762, RFC 8375, ICANN's `internal`). */
const RESERVED = /(?:^|\.)(?:localhost|local|internal|intranet|invalid|test|onion|lan|corp|home|home\.arpa)$/

/**
 * The address of a public site as it was typed ("www.x.fr"), made an `http` or `https` URL without fragment or password;
 * `undefined` for a number, a reserved name, a single label, a final dot or another scheme.
 */
export const parseSite = (text: string): URL | undefined => {
  const trimmed = text.trim()
  if (trimmed === '' || /[\s\\]/.test(trimmed)) return undefined
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`)
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') return undefined
  url.hash = ''
  // "exemple.fr." is the same site in another spelling, and would pass for a reserved name that it is not.
  const isOdd = url.hostname.endsWith('.') || RESERVED.test(url.hostname)
  return isOdd || registeredDomain(url.hostname) === undefined ? undefined : url
}

/** ASCII alone, without quotes, commas, brackets or line ends: nothing that could add a recipient or a header. */
const MAIL = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?)$/

/** The registered domain of a mail address; `undefined` for what is not one plain address. */
export const mailDomain = (address: string): string | undefined => {
  const host = MAIL.exec(address)?.[1]
  return host === undefined ? undefined : registeredDomain(host)
}
