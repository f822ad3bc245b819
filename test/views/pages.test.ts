import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import t from 'tap'
import { BRICKS, brickById } from '../../src/model/bricks.ts'
import type { Language } from '../../src/model/language.ts'
import type { BrickEvidence, SupplierRecord } from '../../src/model/supplier.ts'
import { RANKING } from '../../src/routes/ranking-view.ts'
import { chooseSuppliersPage, comparePage } from '../../src/views/compare.ts'
import { comparisonOf } from '../../src/views/comparison.ts'
import { markedExpression } from '../../src/views/components/marked-expression.ts'
import {
  aboutPage,
  accessibilityPage,
  brickPage,
  bricksPage,
  docsPage,
  errorPage,
  homePage,
  robotPage,
  searchPage,
  supplierPage,
} from '../../src/views/pages.ts'
import { backToResults, searchPath, searchQuery } from '../../src/views/urls.ts'
import { textOf } from './read.ts'
import { context, near, OTHER_SIREN, openapi, parameters, record, result, SIREN, sources, status } from './samples.ts'

const problem = { status: 404, title: 'Page introuvable', detail: 'Aucune page n’existe à cette adresse.' }

const brick = (id: string) => {
  const known = brickById(id)
  if (known === undefined) throw new Error(`the vocabulary has no ${id}`)
  return known
}
const air = brick('qualite-air-interieur')
/** The same firm without what its sources say of its labels, and elsewhere. */
const other: SupplierRecord = {
  facts: record.facts,
  supplier: { ...record.supplier, siren: OTHER_SIREN, name: 'Autre', labels: [], location: { region: '11' } },
}
const vocabulary = BRICKS.map(each => ({ brick: each }))
const counts = new Map([[air.id, 1234]])

const pages = (language: Language): Readonly<Record<string, string>> => ({
  home: homePage(context(language), { themes: result.facets['theme'] }),
  results: searchPage(context(language, '/recherche?q=a&page=2'), { parameters, near, result }),
  supplier: supplierPage(context(language, `/fournisseurs/${SIREN}`), { record, sources, back: '/recherche?q=air' }),
  compare: comparePage(context(language, '/comparer'), {
    comparison: comparisonOf([record, other], sources, language),
  }),
  choose: chooseSuppliersPage(context(language, '/comparer'), { chosen: record.supplier, others: result.hits }),
  bricks: bricksPage(context(language, '/briques'), { q: '', bricks: vocabulary, counts }),
  'found bricks': bricksPage(context(language, '/briques?q=eau'), {
    q: 'eau',
    bricks: [{ brick: air, by: 'CO2' }],
    counts,
  }),
  brick: brickPage(context(language, `/briques/${air.id}`), { brick: air, counts, hits: result.hits }),
  about: aboutPage(context(language, '/a-propos'), RANKING),
  docs: docsPage(context(language, '/docs'), openapi),
  accessibility: accessibilityPage(context(language, '/accessibilite')),
  robot: robotPage(context(language, '/robot')),
  error: errorPage({ language, path: '/nulle-part' }, problem),
})

const all = Object.entries({
  ...pages('fr'),
  ...Object.fromEntries(Object.entries(pages('en')).map(([k, v]) => [`en ${k}`, v])),
})

t.test('every page is a whole document with one title, one main heading and a landing for the skip link', async t => {
  for (const [name, html] of all) {
    t.match(html, /^<!doctype html>\n<html lang="(?:fr|en)">/, name)
    for (const once of [/<title>/g, /<h1[ >]/g, /<main /g, / id="contenu"/g])
      t.equal(html.match(once)?.length, 1, `${name}: ${once}`)
  }
})

t.test('every page passes a policy without inline style or script, and asks nothing of others', async t => {
  for (const [name, html] of all) {
    // A data block is no script: no policy stops it, and nothing runs it.
    t.notMatch(
      html,
      /<style|<script(?! type="application\/ld\+json">)(?![^>]* src="\/assets\/)|\sstyle=|\son[a-z]+=/,
      name,
    )
    t.notMatch(html, /<(?:script|img|iframe|link rel="(?:stylesheet|icon)")[^>]*(?:src|href)="(?!\/assets\/)/, name)
  }
})

t.test('ids are unique on a page, and what refers to an id finds it', async t => {
  for (const [name, html] of all) {
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    t.equal(new Set(ids).size, ids.length, name)
    const used = [...html.matchAll(/ (?:for|form|aria-labelledby|href)="#?([^"/?:]+)"/g)].map(([, id]) => id)
    t.strictSame(
      used.filter(id => !ids.includes(id)),
      [],
      name,
    )
  }
})

t.test('every page links to its twin in the other language, query included', async t => {
  t.match(pages('fr')['results'], '<a href="/en/recherche?q&#61;a&#38;page&#61;2" lang="en" hreflang="en"')
  t.match(pages('en')['results'], '<a href="/recherche?q&#61;a&#38;page&#61;2" lang="fr" hreflang="fr"')
  t.match(pages('fr')['home'], '<a href="/en/" lang="en"')
  t.match(pages('en')['home'], '<link rel="canonical" href="https://brique.example/en/">')
})

t.test('English pages keep their reader in English', async t => {
  for (const [name, html] of Object.entries(pages('en'))) {
    const french = [...html.matchAll(/href="(\/[^"]*)"/g)]
      .map(([, path = '']) => path)
      .filter(path => !/^\/(?:en\/|assets\/|api\/|openapi\.json)/.test(path))
    // The language link, and the way back that the sample came from.
    t.ok(french.length <= 2, `${name}: ${french}`)
  }
})

t.test('a demonstration catalogue says so on every page, with the number of invented suppliers', async t => {
  for (const [name, html] of all) {
    if (name.endsWith('error')) continue
    t.match(html, /<aside class="demo"/, name)
  }
  t.match(pages('fr')['home'], /Les 2\u202f959\u00a0fournisseurs de ce site sont inventés/)
  t.notMatch(homePage({ ...context(), status: { ...status, demonstration: false } }), '<aside class="demo"')
})

t.test('the home page counts the themes when they are counted, and shows no figure when they are not', async t => {
  t.match(pages('fr')['home'], /Éducation et formation <span class="count" aria-hidden="true">120/)
  t.notMatch(homePage(context()), 'class="count" aria-hidden="true">0<')
})

t.test('a profile shows every fact with source, licence and dates, and what no source states', async t => {
  const html = pages('fr')['supplier'] ?? ''
  const facts = html.slice(html.indexOf('id="faits"'), html.indexOf('id="distinctions"'))
  const text = textOf(facts)
  t.match(
    text,
    'État Cessée Attesté Catalogue de démonstration, 1er nov. 2026 lue le 18 nov. 2026, Licence Ouverte 2.0',
  )
  t.match(text, 'Thème Éducation et formation, Environnement Attesté')
  t.match(text, '35000 Rennes, Ille-et-Vilaine (35), Bretagne, coordonnées du centre de la commune 48.1100, -1.6700')
  t.match(text, 'Sente Brise Instruments (2004) (cité aussi, non retenu)')
  t.match(text, 'Économie sociale et solidaire Aucune source lue ne le dit Non renseigné')
  t.match(text, 'unheard-of {"some":["thing"]}')
  t.notMatch(text, 'Taille', 'a headcount says the size')
})

t.test('a certificate tells what is unknown of it, and an old text carries its year', async t => {
  const text = textOf(pages('fr')['supplier'] ?? '')
  t.match(text, 'HDS Périmètre : non renseigné Validité : non renseigné Numéro : non renseigné')
  t.match(text, 'Périmètre : « hébergement » Validité : 1er mars 2027')
  t.match(text, 'Histoire : texte de 2004, pas une offre d’aujourd’hui')
  t.match(text, 'essai-donnees Déduite des textes de la fiche')
})

t.test('what a firm’s site declares stands with its words, and a link that leads to them', async t => {
  const html = pages('fr')['supplier'] ?? ''
  const text = textOf(html)
  t.match(text, /Ce que déclare son site/)
  t.match(text, /Ville de Lannion \(organisme public\)/)
  t.match(text, /49\s€ par utilisateur par mois/)
  t.match(text, /Données en France/)
  t.match(text, /Logiciel libre, licence non précisée/)
  t.match(text, /breton/)
  t.match(html, /href="https:\/\/code\.example\/sentebrise" rel="nofollow/)
  const [, fragment = ''] = /references#:~:text&#61;([^"]+)"/.exec(html) ?? []
  t.match(fragment, /^[^ ]+,[^ ]+$/, 'the first words and the last')
  t.notMatch(fragment, /[-&]/, 'nothing that has a meaning in a text directive')
  t.match(pages('en')['supplier'], /€49 per user per month/)
})

t.test('a comparison puts differences first, says what nobody states, and each value has its proof', async t => {
  const { criteria } = comparisonOf([record, other], sources, 'fr')
  const said = Object.fromEntries(criteria.map(each => [each.id, each]))
  t.equal(said['labels']?.agreement, 'differs')
  t.strictSame(said['labels']?.cells[1]?.values, [])
  t.equal(said['state']?.agreement, 'same')
  t.equal(said['ess']?.agreement, 'unknown')
  t.match(said['state']?.cells[0]?.values[0], {
    text: 'Cessée',
    evidence: 'attested',
    sourceName: 'Catalogue de démonstration',
    sourceUrl: /^https:/,
    sourceDate: '2026-11-01',
  })
  const html = pages('fr')['compare'] ?? ''
  const groups = [...html.matchAll(/scope="colgroup"[^>]*>([^<]*)/g)].map(([, title]) => title)
  t.strictSame(groups, ['Ce qui diffère', 'Ce qui est pareil', 'Ce que personne ne renseigne'])
  const ess = textOf(html.slice(html.indexOf('Économie sociale')))
  t.match(ess, /^Économie sociale et solidaire Non renseigné Non renseigné/)
  t.match(textOf(html), /49\s€ par utilisateur par mois/)
  t.match(textOf(pages('en')['compare'] ?? ''), 'What differs')
})

t.test('a site that is lost is said, and not linked from the head', async t => {
  const lost = { ...record, supplier: { ...record.supplier, websiteState: 'gone' as const } }
  const html = supplierPage(context(), { record: lost, sources })
  t.match(html, /<span class="status">Site disparu<\/span>/)
})

t.test('the site of a firm is a link that recommends nothing', async t => {
  t.match(
    pages('fr')['supplier'],
    '<a href="https://sentebrise.example/" rel="nofollow noopener external">sentebrise.example</a>',
  )
})

t.test('a profile with nothing but a SIREN still makes a page', async t => {
  const bare: SupplierRecord = {
    facts: [],
    supplier: {
      ...{ siren: SIREN, name: SIREN, unnamed: true, otherNames: [], location: {}, themes: [], bricks: [], tags: [] },
      ...{ offers: [], roles: [], labels: [], certifications: [], hosting: [], texts: [], sources: [], updatedAt: '' },
    },
  }
  const html = supplierPage(context(), { record: bare, sources: [] })
  t.match(html, 'Aucune source lue ne décrit son activité')
  t.equal(html.match(/Aucune source lue ne le dit/g)?.length, 15)
})

t.test('the way back is a result page of ours or the search', async t => {
  t.equal(backToResults('/en/recherche?q=a'), '/en/recherche?q=a')
  for (const back of [
    undefined,
    '',
    '//evil.example/recherche',
    'https://evil.example/recherche?q=1',
    '/docs',
    '/recherche?\\x',
  ])
    t.equal(backToResults(back), undefined, String(back))
  t.match(pages('fr')['supplier'], '<a href="/recherche?q&#61;air">Résultats pour «\u00a0air\u00a0»</a>')
})

t.test('one search has one address: fixed order, defaults left out', async t => {
  t.equal(searchQuery({ sort: 'relevance', page: 1, size: 20, theme: ['a', 'b'], q: 'x y' }), 'q=x+y&theme=a&theme=b')
  t.equal(searchQuery({ near: '', radiusKm: 80, q: '' }), '')
  t.equal(searchPath('en', {}), '/en/recherche')
})

t.test('the documentation names every operation, parameter, bound and response, with a command that works', async t => {
  const html = pages('fr')['docs'] ?? ''
  for (const said of [
    '<code>q</code>',
    '1000 caractères au plus',
    'liste de texte',
    'répétable',
    '&#34;relevance&#34;, &#34;name&#34;',
    'obligatoire, dans le chemin',
    'Requête incorrecte.',
    'curl --get &#39;https://brique.example/api/search&#39; --data-urlencode &#39;q&#61;capteurs',
  ])
    t.match(html, said)
})

t.test('any object at all gives a documentation page', async t => {
  const anything = fc.property(fc.anything({ withNullPrototype: true }), value => {
    docsPage(context(), value)
    docsPage(context(), { paths: value })
    docsPage(context(), {
      paths: { '/x': { get: { parameters: [value], responses: { 200: value }, requestBody: value } } },
    })
    const schema = { content: { 'application/json': { schema: value } } }
    docsPage(context(), { paths: { '/x': { get: { responses: { 200: schema } } } } })
  })
  t.doesNotThrow(() => fc.assert(anything, { numRuns: 200 }))
})

t.test('a schema that holds itself ends', async t => {
  const node = { $ref: '#/components/schemas/Node' }
  const loop = { $ref: '#/components/schemas/Loop' }
  const document = {
    components: { schemas: { Node: { type: 'object', properties: { left: node, right: node } }, Loop: loop } },
    paths: {
      '/x': {
        get: { responses: { 200: { content: { j: { schema: node } } }, 201: { content: { j: { schema: loop } } } } },
      },
    },
  }
  t.ok(docsPage(context(), document).length < 100_000)
})

t.test('the about page says when there is no index, and names every loaded source', async t => {
  t.match(pages('fr')['about'], /Index <code>2026-11-18\.2<\/code>/)
  const without = { ...status, index: { ...status.index, version: '', builtAt: '' } }
  t.notMatch(aboutPage({ ...context(), status: without }, RANKING), 'Index <code>')
  for (const id of ['sources', 'methode', 'classement', 'limites', 'vie-privee', 'charger'])
    t.match(pages('fr')['about'], `<h2 id="${id}">`)
})

t.test('the stylesheet has every class that pages use for a meaning', async t => {
  const css = readFileSync(new URL('../../src/public/brique.css', import.meta.url), 'utf8')
  const used = new Set(
    all.flatMap(([, html]) => [...html.matchAll(/class="([^"]+)"/g)].flatMap(([, names = '']) => names.split(' '))),
  )
  // Hooks without a look of their own.
  const bare = new Set(['', 'proof--attested', 'proof--declared', 'results', 'facts-legend'])
  t.strictSame(
    [...used].filter(name => !bare.has(name) && !new RegExp(`\\.${name}(?![\\w-])`).test(css)),
    [],
  )
})

t.test('an error page keeps the search that was refused, and no other', async t => {
  const html = errorPage({ language: 'fr', path: '/recherche?q=air+pur&near=Nullepart' }, problem)
  t.match(html, /name="q"[^>]* value="air pur"/)
  t.match(html, /name="near"[^>]* value="Nullepart"/)
  t.match(errorPage({ language: 'fr', path: '//evil/recherche?q=x' }, problem), /name="q"[^>]* value=""/)
})

t.test('the vocabulary is an index by letter and by theme, each brick with its page and its suppliers', async t => {
  const html = pages('fr')['bricks'] ?? ''
  t.equal(html.match(/href="\/briques\/[a-z0-9-]+"/g)?.length, BRICKS.length)
  t.match(textOf(html), /De A à Z .* A B C D E F/)
  t.match(html, '<a href="#lettre-e">E</a>')
  t.notMatch(html, 'lettre-é')
  t.match(html, 'href="/briques?theme&#61;sante"')
  t.match(textOf(html), `${air.fr} 1 2341 234 fournisseurs`)
  t.notMatch(bricksPage(context(), { q: '', bricks: vocabulary }), '0 fournisseur', 'no figure without an index')
})

t.test('a part of the vocabulary says what it is part of, and leads back to the whole', async t => {
  const html = pages('fr')['found bricks'] ?? ''
  t.match(textOf(html), /1 brique, « eau »/)
  t.match(textOf(html), 'par « CO2 »')
  t.match(html, /name="q"[^>]* value="eau"/)
  t.match(html, '<a href="/briques">Toutes les briques</a>')
  t.match(html, 'noindex')
  t.match(textOf(bricksPage(context(), { q: 'xyz', bricks: [] })), 'Aucune brique n’a ces mots')
  t.match(bricksPage(context(), { q: '', theme: 'sante', bricks: vocabulary }), '<option value="sante" selected>')
})

t.test('a brick shows what it means, its words and products, its neighbours, codes, themes and suppliers', async t => {
  const parc = brick('gestion-parc-informatique')
  const html = brickPage(context(), { brick: parc, counts: new Map([[parc.id, 7]]), hits: result.hits })
  const text = textOf(html)
  t.match(text, parc.definition ?? 'no definition')
  t.match(text, 'On la cherche aussi par les produits GLPI, Ivanti, LANDesk')
  t.match(text, 'Sigles ITAM, CMDB')
  t.match(text, 'Codes CPV : 48781000, 48517000')
  t.match(html, 'href="/briques/gestion-services-informatiques"')
  t.match(html, 'href="/recherche?brick&#61;gestion-parc-informatique"')
  t.match(text, 'Voir 7 fournisseurs')
  t.match(html, `href="/fournisseurs/${SIREN}"`)
  t.match(html, 'href="/api/bricks/gestion-parc-informatique"')
})

t.test('a brick that nobody supplies, or that cannot be counted, says so', async t => {
  t.match(textOf(brickPage(context(), { brick: air, counts: new Map(), hits: [] })), 'Aucune fiche du catalogue')
  t.match(textOf(brickPage(context(), { brick: air, hits: [] })), 'ne sont pas comptés')
})

t.test('every brick of the vocabulary makes a page', async t => {
  const broken = BRICKS.filter(each => !brickPage(context('en'), { brick: each, counts, hits: [] }).includes('</html>'))
  t.strictSame(broken, [])
})

const found = (brickId: string, strength: number, more: Partial<BrickEvidence> = {}): BrickEvidence => ({
  brick: brickId,
  expression: 'capteur de CO2',
  sentence: 'Nos capteurs de CO₂ équipent 310 salles.',
  strength,
  sourceUrl: 'https://prix.example/laureats/12',
  retrievedAt: '2026-11-14T08:00:00Z',
  evidence: 'declared',
  period: '2004',
  ...more,
})

t.test('bricks that were recognised in texts stand apart from stated ones, each with its sentence', async t => {
  const foundBricks = [found('essai-lorawan', 3, { expression: 'réseau' }), found(air.id, 2), found('sig', 1)]
  const supplier = { ...record.supplier, bricks: ['essai-lorawan'], foundBricks }
  const html = supplierPage(context(), { record: { ...record, supplier }, sources })
  const section = html.slice(html.indexOf('id="briques"'), html.indexOf('id="offres"'))
  const text = textOf(section)
  t.match(text, /essai-lorawan Attesté Nos capteurs/, 'a stated one keeps its proof, and has its sentence')
  const apart = text.slice(text.indexOf('Repérées dans ses textes'))
  t.match(apart, /Aucune source ne dit que l’entreprise fournit ces briques/)
  t.match(apart, `${air.fr} reconnue par « capteur de CO2 »`)
  t.match(apart, /prix\.example\/laureats\/12, lue le 14 nov\. 2026\. Texte de 2004/)
  t.notMatch(apart, 'Déclaré')
  t.match(section, 'Nos <mark>capteurs de CO₂</mark> équipent')
  t.match(apart, /1 brique nommée une seule fois, en passant .*Système d’information géographique|1 brique nommée/)
})

t.test(
  'an expression is marked in the inflection of the sentence, and a sentence without it is left alone',
  async t => {
    t.equal(markedExpression('Le Réseau de chaleurs', 'réseaux de chaleur'), 'Le <mark>Réseau de chaleurs</mark>')
    t.equal(markedExpression('la qualité de l’air est', 'qualité air'), 'la <mark>qualité de l’air</mark> est')
    t.equal(markedExpression('des bons de commande', 'bon de commande'), 'des <mark>bons de commande</mark>')
    t.equal(markedExpression('<b>rien', 'GTC'), '&#60;b&#62;rien')
    t.equal(markedExpression('x', '((('), 'x')
  },
)

t.test('the about page shows the weights that the program uses', async t => {
  const text = textOf(aboutPage(context(), { ...RANKING, ceased: 0.37, fields: { ...RANKING.fields, name: 7.25 } }))
  t.match(text, 'Mots du nom 7,25')
  t.match(text, 'Entreprise cessée − 37 %')
  t.match(textOf(pages('en')['about'] ?? ''), 'Words asked for 1 2 3 4 5 6')
})
