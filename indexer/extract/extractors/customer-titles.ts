import { memoisedPhrases } from '../../../src/text/memo.ts'
import type { PageBlock } from '../page-document.ts'
import { plainText } from './plain-text.ts'

/**
 * What a heading says of what stands under it. `customers`: a list of them. `cases`: projects, whose titles name them.
 * `testimonials`: their words, with persons' names between. `others`: partners, funders, press …
 * `perhaps`: it speaks of somebody ("Ils montent à bord"), of whom is told by what stands under it.
 */
export type CustomerSection = 'customers' | 'cases' | 'testimonials' | 'others' | 'perhaps'

const TRUST =
  /\b(?:(?:nous|leur|lui) (?:font|ont (?:deja )?fait|accordent|ont accorde|renouvellent) (?:deja |aussi |tous |toutes )*(?:leur )?confiance|(?:font|ont fait) (?:deja )?confiance a|vous nous faites confiance|trust(?:s|ed)? (?:us|by)|(?:leur|votre) confiance nous honore|la confiance de)\b/
const CHOSEN =
  /^(?:.{0,40}\b)?(?:ils|elles|qui|who) (?:(?:nous|l'|la |le |les |en )?\s?(?:ont|a) (?:tous |toutes |deja )?(?:choisi|adopte|retenu|franchi|saute)|(?:l'|nous )?utilis|s'appuient|travaillent (?:deja )?avec nous|sont (?:deja )?(?:equipe|passe|clients)|uses?\b|chose\b)/
const USED_BY =
  /^(?:.{0,30}\b)?(?:deja )?(?:adopte|utilise|deploye|choisi|approuve)e?s? (?:par|chez|a|dans)\b|^(?:used|chosen|adopted|trusted|run)(?: \S{2,12}){0,3} by\b/
const OWNER =
  '(?:(?:nos|mes|quelques|quelques-uns de nos|quelques-unes de nos|certains de nos|principaux|principales|les|une partie de nos|exemples de|liste de nos|liste des|extrait de nos|tous nos|selection de|our|some of our|parmi nos|parmi|ils sont|nos grands|a selection of our) )*'
const WHO =
  '(?:principaux |principales |grands |premiers |beaux )?(?:clients?|clientes|customers?|references?|utilisateurs|utilisatrices|users)'
const KIND =
  '(?: (?:clients?|et references|et clients|et utilisateurs|et realisations|& references|publi(?:cs|ques)|prive(?:e)?s|institutionnel(?:le)?s|recent(?:e)?s|actuels|principaux|en france|en bretagne|du secteur public|industriels?|include|secteur public|collectivites|hospitaliers))*'
const LIST = new RegExp(`^${OWNER}${WHO}${KIND}(?: \\(.{0,30}\\))?$`)
const EQUIPPED =
  /^(?:(?:les|nos|quelques|quelques-unes des|plus de \S{1,8}|\d\S{0,6}) )?(?:collectivites|communes|villes|etablissements|hopitaux|entreprises|organisations|structures|sites|industriels|syndicats|departements|universites)\b.{0,30}\b(?:equipe(?:e)?s|utilisat(?:eurs|rices)|client(?:e)?s|accompagne(?:e)?s|adherentes|qui (?:nous|l'ont|utilisent|ont choisi))/

const CASES =
  /^(?:(?:nos|les|quelques|derniers|dernieres|our|exemples de|toutes nos|tous nos) )*(?:dernieres |derniers |recent )?(?:cas (?:clients?|concrets|pratiques)|etudes? de cas|success stor(?:y|ies)|case stud(?:y|ies)|(?:customer|client|user) stories|retours? d'experiences?|histoires? (?:de )?clients?|realisations(?: recentes)?|projets (?:realises|recents|clients|menes|livres)|chantiers|deploiements|ils l'ont fait|references et realisations|realisations et references)\b/
const STORIES =
  /^(?:(?:une|deux|trois|quatre|cinq|six|quelques|des|nos|\d{1,2}|two|three|some|a few) )(?:belles |petites )?(?:histoires?|recits?|exemples?|chantiers?|cas|deploiements|mises en service|reprises?|usages?|stories|examples)(?: (?:vecus|vecues|reels|vrais|vraies|concrets|de terrain|recents|recentes|d'usages?))?$|^(?:exemples? (?:de )?(?:realisations?|d'installations?|de deploiements?|concrets?)|histoires? (?:vraies?|de terrain)|carnets? de (?:chantier|pose|route)|retours? de terrain|recits? de \S{3,20})\b/
const TESTIMONIALS =
  /\b(?:temoignages?|temoignent|testimonials?|paroles? (?:de |d')|ce qu(?:e|'ils|'en)\b.{0,30}\b(?:disent|pensent)|ils (?:en )?(?:parlent|disent)(?! de nous dans)|avis (?:clients?|de nos|utilisateurs)|what (?:our )?(?:customers|clients|users|they) (?:say|think)|verbatims?|livre d'or|la parole a)\b/
const OTHERS =
  /\b(?:partenaires?|partenariats?|partners?|partnerships?|financeurs?|financ\S{0,10}|soutien(?:s|nent)?|soutenus?|fournisseurs?|suppliers?|investisseurs?|investors?|backed|technologies?|technologiques?|presse|press|medias?|on parle de nous|parlent de nous dans|ils parlent de nous|certifications?|certifie(?:e)?s?|labels?|reseaux?|membres?|adhesions?|recompenses?|awards|editeurs|constructeurs|distributeurs|revendeurs|integrateurs|hebergeurs?|ecosysteme|fabricants|marques|equipe|team|avec qui|with whom|aux cotes|compatib\S{0,10}|integrations?|connecteurs?|co-?traitants?|hors de nos)\b/
/** "Ils signent avec nous", "Elles dorment mieux", "Leurs documents répondent", "Who runs it", "Ce que l'on nous confie". */
const SOMEBODY =
  /^(?:\+ ?)?(?:et |deja |aussi |parmi )?(?:ils|elles|ceux|celles|leurs?|chez (?:eux|elles)|they|their|those who)\b|^(?:qui|who|where) (?!sommes|est-ce|etes|est |contacter|appeler|peut|a acces|we |are we|is (?:it|this) for)\S+ |^(?:on|ce qu(?:'on|e l'on)) nous (?:confie|a confie|demande|doit)|\bnous (?:ont|\p{L}{3,}ent)\b|\b(?:avec|chez|grace a) nous$|\bde nos clients\b|^(?:les |ces |nos |des |\d\S* )?(?:collectivites|communes|villes|mairies|etablissements|hopitaux|entreprises|industriels|usines|ateliers|ecoles|lycees|cooperatives|exploitations|syndicats|departements|universites|bailleurs|organisations|equipes|ports|agglomerations) (?:qui|ont|\p{L}{2,}ent|se|nous|l'ont|y)\b|^(?:deja |au travail |en service |en production |a l'oeuvre )(?:chez|a bord|dans|avec|en service|au travail|sur le terrain)|^(?:sur le terrain|in the field|in service|already on board|on board|ou (?:nous travaillons|ca tourne|on nous trouve)|dans la vraie vie|ca marche (?:chez|deja)|au quotidien chez|vus? chez|vues? chez|poses? chez|en place chez|quelques (?:noms|adresses|lieux)|en bonne compagnie|in good company|a bord|carnet d'adresses|pour qui|sur nos \S+$|dans nos \S+$|nos (?:fideles|abonnes|adherents|lecteurs|donneurs d'ordres?|usagers|equipages|terrains|territoires|compagnons|navires|stations))\b/u
const NO_BODY =
  /\b(?:souti\S{1,6}|accompagn\S{1,4}|financ\S{1,6}|aident|aides?|entourent|conseillent|recompens\S{1,4}|prim(?:e|ent)s?|disting\S{1,6}|parlent|citent|ecri\S{1,5}|fourni\S{1,5}|certifi\S{1,3}|labellis\S{1,3}|distribuent|revendent|integrent|hebergent|produisent|fabriquent|invest\S{1,5}|croient|misent|composent|travaillent (?:ici|chez)|recrut\S{1,4}|forment|ont fait (?:nous|firme|grandir)|ont rejoint l'equipe|arret\S{1,4}|quitt\S{1,4}|part(?:is|ies|ent)|font (?:vivre|l'entreprise)|developpent|concoivent|imaginent|dirigent|support us|back us|fund|build|write|are we)\b/
const NOT_THEM =
  /\b(?:espace|service|portail|relation|compte|support|satisfaction|acces|zone|profils?|types? de) (?:clients?|customers?)\b|\bclients? (?:portal|area)\b/

const MAX_TITLE = 140

const isCustomers = (line: string): boolean =>
  TRUST.test(line) || CHOSEN.test(line) || USED_BY.test(line) || LIST.test(line) || EQUIPPED.test(line)

/** What a heading announces, by its words; `undefined` when it may stand in any section ("Secteur public", a name). */
export const customerSectionOf = memoisedPhrases((heading: string): CustomerSection | undefined => {
  if (heading.length > MAX_TITLE) return undefined
  const line = plainText(heading)
    .replace(/^[^\p{L}\d]+|[\s.:!…?→]+$/gu, '')
    .replace(/^\+ ?/, '')
  if (NOT_THEM.test(line)) return 'others'
  if (/parlent de nous/.test(line)) return 'others'
  // "Nos clients et partenaires" mixes both: nothing under it can be told apart.
  if (OTHERS.test(line))
    return TRUST.test(line) && !/\b(?:partenaires?|partners?)\b/.test(line) ? 'customers' : 'others'
  if (TESTIMONIALS.test(line)) return 'testimonials'
  if (CASES.test(line) || STORIES.test(line)) return 'cases'
  if (isCustomers(line)) return 'customers'
  return SOMEBODY.test(line) && !NO_BODY.test(line) ? 'perhaps' : undefined
}, MAX_TITLE)

const MAX_LINE = 90

/** Whether a line of text, not marked up as a heading, serves as one over customers, or ends their section. */
export const isCustomerLine = (line: string, kind: PageBlock['kind']): boolean => {
  if (line.length > MAX_LINE || line.length < 5 || (kind !== 'paragraph' && kind !== 'cell')) return false
  // A column's header, a term of a sheet.
  if (!line.includes(' ') && (kind === 'cell' || !/s\W{0,2}$/iu.test(line))) return false
  const section = customerSectionOf(line)
  if (section === undefined || /[^:.!]\s\S{0,40}:\s?\S/.test(line)) return false
  // "Partenaire de la Ville de Lannion" is a sentence; a title over partners is short.
  if (section === 'perhaps') return line.length <= 60 && !/[.,;…!?]$/u.test(line)
  if (section === 'others') return /^(?:nos |ils )?\S{4,20}(?: \S{2,15}){0,2}$/u.test(plainText(line))
  return !/,/.test(line)
}
