import type { Extractor, Finding, SitePageContent } from '../extractor.ts'
import { anchorOf, excerptOf } from '../sentences.ts'
import { addressesIn, isGenericAddress } from './generic-address.ts'
import { isSameSite, objectsOf, ownOrganisations, siteHost, stringsOf } from './own-organisation.ts'
import { labelOf, pathParts, type ReadLink, readLinks, titleOf } from './page-links.ts'

interface Stated {
  readonly address: string
  readonly excerpt: string
  readonly anchor?: string
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Cheap to ask of every block. */
const MAY_HOLD = /@|\b(?:at|arobase)\b|[[({<] ?(?:at|a|à|chez)[ \])}>]/i

/** In what a visitor reads, in its `mailto:` links, in what the firm's description gives. The first of each counts. */
const addressesOf = (page: SitePageContent): readonly Stated[] => {
  const { blocks, contacts } = page.document
  const read = blocks
    .filter(block => block.part !== 'comments' && block.part !== 'advertisement' && MAY_HOLD.test(block.text))
    .flatMap(block =>
      addressesIn(block.text).map(({ address, written }) => ({ address, excerpt: written, ...anchorOf(block) })),
    )
  const linked = contacts
    .filter(contact => /^mailto:/i.test(contact))
    .flatMap(contact =>
      addressesIn(decoded(contact.slice('mailto:'.length).split('?')[0] ?? '')).map(({ address }) => ({
        address,
        excerpt: contact,
      })),
    )
  const described = ownOrganisations(page)
    .flatMap(node => [node, ...objectsOf(node, 'contactPoint')])
    .flatMap(node => stringsOf(node, 'email'))
    .flatMap(email => addressesIn(email.replace(/^mailto:/i, '')).map(({ address }) => ({ address, excerpt: email })))
  return [...read, ...linked, ...described]
}

const isOwnAddress = (address: string, page: SitePageContent): boolean => {
  const domain = address.slice(address.indexOf('@') + 1)
  return domain.includes('.') && isSameSite(domain, siteHost(page))
}

const addressFindings = (page: SitePageContent): readonly Finding[] => {
  const found = new Map<string, Finding>()
  for (const { address, excerpt, ...place } of addressesOf(page)) {
    if (found.has(address) || !isGenericAddress(address) || !isOwnAddress(address, page)) continue
    const value = { kind: 'contact-address', value: address } as const
    found.set(address, { property: 'claim', value, excerpt: excerptOf(excerpt), ...place })
  }
  return [...found.values()]
}

/** The last part of a contact page's path. */
const CONTACT_PATH =
  /^(?:(?:page-|formulaire-(?:de-)?)?contacts?|contactez-?nous|nous-?contacter|nous-?joindre|nous-?ecrire|ecrivez-?nous|ecrire(?:-a-.{1,20})?|ecris-nous|joindre|nous-trouver|contacter|parlons-en|demande-(?:de-)?(?:contact|renseignements?|information)|write-to-us|contact-?us|contact-(?:fr|en|form|page|et-acces|acces|commercial|devis)|get-in-touch|prendre-contact|contact-et-.{1,20})$/
/** What a link to one says. */
const CONTACT_LABEL =
  /^(?:(?:page |formulaire de )?contacts?|contactez[- ]nous|nous contacter|nous (?:e|é)crire|ecrivez[- ]nous|ecrire|(?:nous )?ecrire un (?:mot|message)|envoyer un message|laissez(?:-nous)? un (?:mot|message)|(?:nous )?joindre|contacter|demande de contact|contact (?:commercial|us today)|send us a message|say hello|dites(?:-nous)? bonjour|discutons|nous joindre|prendre contact|prenons contact|entrer en contact|contact us|get in touch|contact(?:er|ez)? (?:notre|l')? ?(?:equipe|un expert|expert)|acceder au formulaire(?: de contact)?|contact (?:&|et) (?:acces|devis|plan.{0,10})|(?:par )?(?:le|notre|via le|via notre) formulaire(?: de contact)?|write to us|talk to us|parlons de votre projet|parlons-en)$/
/** Parts of a path that make it a page about something else. */
const ELSEWHERE = new Set(
  'blog actualites actualite news article articles produits produit solutions solution docs'.split(' '),
)

const isContactPath = (path: readonly string[]): boolean =>
  CONTACT_PATH.test(path.at(-1) ?? '') && !path.slice(0, -1).some(part => ELSEWHERE.has(part))

/** 3: says and leads to contact; 2: leads there; 1: says so, whatever its address; 0: something else. */
const rank = ({ url, isOwn, label, path }: ReadLink, pageUrl: string): number => {
  if (!isOwn) return 0
  const says = CONTACT_LABEL.test(label)
  if (isContactPath(path)) return says ? 3 : 2
  // "#contact" leads to a part of a page, whose address alone is no contact page's.
  const isElsewhere = path.length > 0 && path.join('/') !== pathParts(pageUrl).join('/') && url !== pageUrl
  return says && isElsewhere && !/\.(?:pdf|docx?)$/.test(url) ? 1 : 0
}

/** The fields of a contact form, as its labels stand on the page. */
const FIELDS: readonly RegExp[] = [
  /^(?:votre |your )?(?:nom|prenom|nom (?:et|&) prenom|prenom (?:et|&) nom|nom complet|name|full name|first name|last name)$/,
  /^(?:votre |your )?(?:adresse )?(?:e-?mail|courriel|mel|email address|adresse electronique)(?: professionnel(?:le)?)?$/,
  /^(?:votre |your )?(?:message|demande|question|projet|besoin|how can we help)$/,
  /^(?:objet|sujet|subject)(?: de (?:la|votre) demande)?$/,
]
const MAX_FIELD = 60

/** Whether a form asks for a message, or its labels stand on the page: a newsletter asks for none. */
const showsForm = ({ document }: SitePageContent): boolean => {
  if (document.messageForm === true) return true
  const labels = document.blocks
    .flatMap(block => block.text.split('\n'))
    .filter(line => line.length <= MAX_FIELD)
    .map(line => labelOf(line.replace(/\((?:obligatoire|requis|required|facultatif)\)/i, '')))
  const shown = FIELDS.map(field => labels.some(label => field.test(label)))
  return shown.filter(Boolean).length >= 3 || (shown[1] === true && shown[2] === true)
}

const formFinding = (url: string, excerpt: string): Finding => ({
  property: 'claim',
  value: { kind: 'contact-form', value: url },
  excerpt: excerptOf(excerpt || url),
})

const formFindings = (page: SitePageContent): readonly Finding[] => {
  const links = readLinks(page).map(link => ({ link, rank: rank(link, page.url) }))
  const here = page.url.replace(/[?#].*$/, '')
  if (isContactPath(pathParts(page.url))) {
    // As the site links to it: with or without a slash at the end.
    const self = links.find(({ link }) => link.url === page.url || link.url === here)
    return [formFinding(self?.link.url ?? here, titleOf(page))]
  }
  const [best] = links
    .filter(each => each.rank > 0)
    .sort((a, b) => b.rank - a.rank || a.link.path.length - b.link.path.length)
  if (best !== undefined) return [formFinding(best.link.url, best.link.text)]
  return showsForm(page) ? [formFinding(here, titleOf(page))] : []
}

/** How to reach the firm: the page of its contact form, and addresses of roles on its own domain; never a person's. */
export const contact: Extractor = {
  name: 'contact',
  version: 1,
  find: page => [...formFindings(page), ...addressFindings(page)],
}
