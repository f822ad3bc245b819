import type { PageBlock } from '../page-document.ts'
import { plainText } from './plain-text.ts'

/**
 * What a heading says of what stands under it. `customers`: a list of them. `cases`: projects, whose titles name them.
 * `testimonials`: their words, with persons' names between. `others`: partners, funders, press …
 */
export type CustomerSection = 'customers' | 'cases' | 'testimonials' | 'others'

const TRUST =
  /\b(?:(?:nous|leur|lui) (?:font|ont (?:deja )?fait|accordent|ont accorde|renouvellent) (?:deja |aussi |tous |toutes )*(?:leur )?confiance|(?:font|ont fait) (?:deja )?confiance a|vous nous faites confiance|trust(?:s|ed)? (?:us|by)|(?:leur|votre) confiance nous honore|la confiance de)\b/
const CHOSEN =
  /^(?:.{0,40}\b)?(?:ils|elles|qui|who) (?:(?:nous|l'|la |le |les |en )?\s?(?:ont|a) (?:tous |toutes |deja )?(?:choisi|adopte|retenu|franchi|saute)|(?:l'|nous )?utilis|s'appuient|travaillent (?:deja )?avec nous|sont (?:deja )?(?:equipe|passe|clients)|uses?\b|chose\b)/
const USED_BY = /^(?:.{0,30}\b)?(?:deja )?(?:adopte|utilise|deploye|choisi|approuve)e?s? (?:par|chez|a|dans)\b|^(?:used|chosen|adopted) by\b/
const OWNER = '(?:(?:nos|mes|quelques|quelques-uns de nos|quelques-unes de nos|certains de nos|principaux|principales|les|une partie de nos|exemples de|liste de nos|liste des|extrait de nos|tous nos|selection de|our|some of our|parmi nos|parmi|ils sont|nos grands|a selection of our) )*'
const WHO = '(?:principaux |principales |grands |premiers |beaux )?(?:clients?|clientes|customers?|references?|utilisateurs|utilisatrices|users)'
const KIND =
  '(?: (?:clients?|et references|et clients|et utilisateurs|et realisations|& references|publi(?:cs|ques)|prive(?:e)?s|institutionnel(?:le)?s|recent(?:e)?s|actuels|principaux|en france|en bretagne|du secteur public|industriels?|include|secteur public|collectivites|hospitaliers))*'
const LIST = new RegExp(`^${OWNER}${WHO}${KIND}(?: \\(.{0,30}\\))?$`)
const EQUIPPED =
  /^(?:(?:les|nos|quelques|quelques-unes des|plus de \S{1,8}|\d\S{0,6}) )?(?:collectivites|communes|villes|etablissements|hopitaux|entreprises|organisations|structures|sites|industriels|syndicats|departements|universites)\b.{0,30}\b(?:equipe(?:e)?s|utilisat(?:eurs|rices)|client(?:e)?s|accompagne(?:e)?s|adherentes|qui (?:nous|l'ont|utilisent|ont choisi))/

const CASES =
  /^(?:(?:nos|les|quelques|derniers|dernieres|our|exemples de|toutes nos|tous nos) )*(?:dernieres |derniers |recent )?(?:cas (?:clients?|concrets|pratiques)|etudes? de cas|success stor(?:y|ies)|case stud(?:y|ies)|(?:customer|client|user) stories|retours? d'experiences?|histoires? (?:de )?clients?|realisations(?: recentes)?|projets (?:realises|recents|clients|menes|livres)|chantiers|deploiements|ils l'ont fait|references et realisations|realisations et references)\b/
const TESTIMONIALS =
  /\b(?:temoignages?|temoignent|testimonials?|paroles? (?:de |d')|ce qu(?:e|'ils|'en)\b.{0,30}\b(?:disent|pensent)|ils (?:en )?(?:parlent|disent)(?! de nous dans)|avis (?:clients?|de nos|utilisateurs)|what (?:our )?(?:customers|clients|users|they) (?:say|think)|verbatims?|la parole a)\b/
const OTHERS =
  /\b(?:partenaires?|partenariats?|partners?|partnerships?|financeurs?|financ\S{0,10}|soutien(?:s|nent)?|soutenus?|fournisseurs?|suppliers?|investisseurs?|investors?|backed|technologies?|technologiques?|presse|press|medias?|on parle de nous|parlent de nous dans|ils parlent de nous|certifications?|certifie(?:e)?s?|labels?|reseaux?|membres?|adhesions?|recompenses?|awards|editeurs|constructeurs|distributeurs|revendeurs|integrateurs|hebergeurs?|ecosysteme|fabricants|marques|equipe|team|compatib\S{0,10}|integrations?|connecteurs?|co-?traitants?|hors de nos)\b/
const NOT_THEM = /\b(?:espace|service|portail|relation|compte|support|satisfaction|acces|zone|profils?|types? de) (?:clients?|customers?)\b|\bclients? (?:portal|area)\b/

const MAX_TITLE = 140

const isCustomers = (line: string): boolean =>
  TRUST.test(line) || CHOSEN.test(line) || USED_BY.test(line) || LIST.test(line) || EQUIPPED.test(line)

/** What a heading announces, by its words; `undefined` when it may stand in any section ("Secteur public", a name). */
export const customerSectionOf = (heading: string): CustomerSection | undefined => {
  if (heading.length > MAX_TITLE) return undefined
  const line = plainText(heading)
    .replace(/^[^\p{L}\d]+|[\s.:!…?→]+$/gu, '')
    .replace(/^\+ ?/, '')
  if (NOT_THEM.test(line)) return 'others'
  if (/parlent de nous/.test(line)) return 'others'
  // "Nos clients et partenaires" mixes both: nothing under it can be told apart.
  if (OTHERS.test(line)) return TRUST.test(line) && !/\b(?:partenaires?|partners?)\b/.test(line) ? 'customers' : 'others'
  if (TESTIMONIALS.test(line)) return 'testimonials'
  if (CASES.test(line)) return 'cases'
  return isCustomers(line) ? 'customers' : undefined
}

const MAX_LINE = 90

/** Whether a line of text, not marked up as a heading, serves as one over customers, or ends their section. */
export const isCustomerLine = (line: string, kind: PageBlock['kind']): boolean => {
  if (line.length > MAX_LINE || line.length < 5 || (kind !== 'paragraph' && kind !== 'cell')) return false
  // A column's header, a term of a sheet.
  if (!line.includes(' ') && (kind === 'cell' || !/s\W{0,2}$/iu.test(line))) return false
  const section = customerSectionOf(line)
  if (section === undefined || /[^:.!]\s\S{0,40}:\s?\S/.test(line)) return false
  // "Partenaire de la Ville de Lannion" is a sentence; a title over partners is short.
  if (section === 'others') return /^(?:nos |ils )?\S{4,20}(?: \S{2,15}){0,2}$/u.test(line)
  return !/,/.test(line)
}
