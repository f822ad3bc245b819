import type { SitePageContent } from '../extractor.ts'
import { pathParts, type ReadLink, readLinks, titleOf } from './page-links.ts'

/** A careers page and what the page says where it links to it. */
export interface JobsPage {
  readonly url: string
  readonly text: string
}

/** The last part of a careers page's path. */
const JOBS_PATH =
  /^(?:recrutements?|on-embauche|nous-embauchons|embauches?|travailler-(?:ici|avec-nous|chez-nous)|rejoins-nous|nous-rejoindre-.{1,20}|equipe-et-recrutement|hiring|we-are-hiring|emploi-et-.{1,20}|page-emplois?|(?:carrieres?|recrutement)-(?:et|chez|a)-.{1,20}|carrieres?|emplois?|jobs?|careers?|nous-?rejoindre|rejoignez-?nous|rejoindre(?:-l-equipe|-notre-equipe)?|offres?-d-?emplois?|nos-offres(?:-d-emploi)?|on-recrute|nous-recrutons|join-?us|join(?:-the-team)?|work-with-us|travailler-(?:chez|avec)-.{1,30}|postes(?:-a-pourvoir|-ouverts)?|talents?|candidature(?:s|-spontanee)?|vacancies|open-positions|.{1,30}-recrute)$/
/** What a link to one says. */
const JOBS_LABEL =
  /^(?:(?:espace |page |le |notre )?recrutements?|(?:nos |les )?carrieres?|(?:nos |les )?(?:offres? d'|postes? et )?emplois?|jobs?|(?:our )?careers?|(?:venez )?nous rejoindre|rejoignez(?:-| )(?:nous|l'equipe|notre equipe|l'aventure)|rejoindre (?:l'equipe|notre equipe|la cooperative|l'aventure|l'atelier)|(?:on|nous) recrut(?:e|ons)|[\p{L}\d '-]{2,40} (?:recrute|embauche)(?:nt)?|(?:on|nous) (?:embauche|embauchons|cherche|cherchons)(?: du monde| quelqu'un)?|(?:(?:voir |lire )?(?:notre|la|nos) )?(?:page|rubrique|annonce|annonces|offre|offres) (?:d')?emplois?|travailler (?:ici|avec nous|chez nous)|(?:nos |les )?(?:postes|emplois) (?:ouverts?|a pourvoir|vacants?)|(?:nos |les )?metiers et carrieres|current openings|vacancies|jobs? (?:&|et|and) (?:stages?|carrieres?|internships?)|emplois? (?:&|et) stages?|rejoins[- ]nous|venez travailler .{1,30}|(?:voir |toutes |decouvrir |consulter )*(?:nos |les )?(?:offres|postes)(?: d'emploi| ouvertes?| ouverts?| a pourvoir| de stage)+|join us|join (?:the|our) team|work with us|we(?:'| a)re hiring|open positions|travailler (?:chez|avec) [\p{L}\d '-]{2,30}|candidatures? spontanees?|postuler)(?: ?!)?(?: ?\(?\d{1,2}| ?[-–:·] (?:les |nos |on |nous |\d|postulez|rejoignez).{0,40})?$/u
/** "Rejoignez-nous" may call for members or followers: the address must say jobs too. */
const AMBIGUOUS_LABEL = /^(?:rejoign|(?:venez )?nous rejoindre|join us|rejoindre la coop|postuler|talents?)/
/** Parts of a path that make it a product, an article or one offer. */
const ELSEWHERE = new Set(
  (
    'blog actualites actualite news article articles produits produit product products solutions solution services ' +
    'modules module logiciel logiciels fonctionnalites secteurs metiers docs ressources clients cas-clients references'
  ).split(' '),
)

/** Job boards on which a firm has its own page: host, and what the path must look like. */
const BOARDS: readonly (readonly [host: RegExp, path: RegExp])[] = [
  [/^(?:www\.)?welcometothejungle\.com$/, /^\/(?:[a-z]{2}\/)?companies\/[^/]+/],
  [/^(?:[a-z]{2}\.|www\.)?linkedin\.com$/, /^\/company\/[^/]+\/jobs/],
  [/^jobs\.(?:lever\.co|ashbyhq\.com|smartrecruiters\.com)$/, /^\/[^/]+/],
  [
    /^(?:careers\.smartrecruiters\.com|boards\.greenhouse\.io|job-boards\.greenhouse\.io|apply\.workable\.com)$/,
    /^\/[^/]+/,
  ],
  [/\.(?:teamtailor|recruitee|welcomekit|breezy|bamboohr|softy|jobaffinity)\.(?:com|co|hr|pro|fr)$/, /^\//],
  [/^(?:www\.)?(?:taleez\.com|werecruit\.io|flatchr\.io|careers\.flatchr\.io)$/, /^\/[^/]+/],
  [/^(?:www\.)?(?:hellowork\.com|apec\.fr|indeed\.(?:com|fr)|fr\.indeed\.com)$/, /\/(?:entreprises?|cmp)\/[^/]+/],
]

const isElsewhere = (path: readonly string[]): boolean => path.some(part => ELSEWHERE.has(part))
const isJobsPath = (path: readonly string[]): boolean => JOBS_PATH.test(path.at(-1) ?? '') && !isElsewhere(path)

/** Cheap to ask of every link. */
const MAY_BE_BOARD =
  /jungle|linkedin|lever\.co|ashby|smartrecr|greenhouse|workable|teamtailor|recruitee|welcomekit|breezy|bamboo|softy|jobaff|taleez|werecruit|flatchr|hellowork|apec\.fr|indeed/

const isBoard = (url: string): boolean => {
  if (!MAY_BE_BOARD.test(url)) return false
  const { hostname = '', pathname = '' } = URL.parse(url) ?? {}
  return BOARDS.some(([host, path]) => host.test(hostname) && path.test(pathname))
}

/** 3: says and leads to jobs; 2: leads there; 1: says so at an address that says nothing; 0: something else. */
const rank = ({ url, isOwn, label, path }: ReadLink, pagePath: string): number => {
  if (!isOwn) return 0
  const says = JOBS_LABEL.test(label)
  if (isJobsPath(path)) return says ? 3 : 2
  const isPage = path.length > 0 && path.join('/') !== pagePath && !isElsewhere(path) && !/\.(?:pdf|docx?)$/.test(url)
  return says && isPage && !AMBIGUOUS_LABEL.test(label) ? 1 : 0
}

/** The careers page of the site, linked or the page itself, and the firm's page on a job board. */
export const jobsPages = (page: SitePageContent): readonly JobsPage[] => {
  const links = readLinks(page)
  const here = page.url.replace(/[?#].*$/, '')
  const pagePath = pathParts(page.url)
  const board = links.find(link => !link.isOwn && isBoard(link.url))
  const self = links.find(link => link.url === page.url || link.url === here)
  const [best] = links
    .map(link => ({ link, rank: rank(link, pagePath.join('/')) }))
    .filter(each => each.rank > 0)
    .sort((a, b) => b.rank - a.rank || a.link.path.length - b.link.path.length)
  const own = isJobsPath(pagePath) ? { url: self?.url ?? here, text: titleOf(page) } : best?.link
  return [own, board].flatMap(each => (each === undefined ? [] : [{ url: each.url, text: each.text || each.url }]))
}
