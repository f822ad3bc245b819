import t from 'tap'
import type { SearchParameters } from '../../src/model/query.ts'
import type { SearchView } from '../../src/views/context.ts'
import { searchPage } from '../../src/views/pages.ts'
import { searchLinks, textOf, titleOf } from './read.ts'
import { context, hit, near, parameters, result, SIREN, status, zeroResult } from './samples.ts'

const view: SearchView = { parameters, near, result }

const page = (change: Partial<SearchView> = {}, language: 'fr' | 'en' = 'fr'): string =>
  searchPage(context(language, '/recherche?q=x'), { ...view, ...change })

const browse: SearchView = {
  near: undefined,
  parameters: {},
  result: {
    ...result,
    page: 1,
    query: { text: '', understood: [], corrected: null, didYouMean: null, relaxed: [] },
    suggestions: [],
    recovery: [],
    nearest: [],
  },
}

t.test('the page says how many were found, what was searched, and that the list is not exhaustive', async t => {
  const text = textOf(page())
  t.match(text, /417 fournisseurs/)
  t.match(text, /Cherché dans 2\s959 fournisseurs : Catalogue de démonstration \(1er nov\. 2026\), Prix Territoires/)
  t.match(text, /Liste non exhaustive/)
  t.match(textOf(page({}, 'en')), /Searched in 2,959 suppliers/)
})

t.test('the title holds the query, the place and the page', async t => {
  t.equal(titleOf(page()), '« capteurs qualité de l’air écoles », près de Rennes, page 2 — Brique')
  t.equal(titleOf(page(browse)), 'Tous les fournisseurs — Brique')
  t.equal(titleOf(page({ ...browse, parameters: { region: ['53'] } })), 'Fournisseurs filtrés — Brique')
})

t.test('paper keeps what the search box said, and the index that was searched', async t => {
  const printed = /<p class="print-only">([^<]*)/.exec(page())?.[1]
  t.match(
    printed?.replace(/\s+/g, ' '),
    '« capteurs qualité de l’air écoles », près de Rennes, page 2. Index 2026-11-18.2.',
  )
})

t.test('only pages with a query ask search engines to stay away', async t => {
  t.match(page(), '<meta name="robots" content="noindex">')
  t.notMatch(page(browse), 'noindex')
})

t.test(
  'a result shows name, place, distance, state, labels with years, bricks, and its best sentence with source',
  async t => {
    const text = textOf(page())
    t.match(text, 'Sentebrise En procédure collective Des sondes d’air')
    t.match(text, 'Rennes (35), à 2 km')
    t.match(text, 'Lauréat Territoires sobres (2004, 2019)')
    t.match(text, 'essai-qualite-air (demandée)')
    t.match(
      text,
      /Déclaré Source : Catalogue de démonstration, sentebrise\.example\/ecoles, lue le 14 nov\. 2026\. Texte de 2004/,
    )
    t.match(page(), 'Nos <mark>capteurs</mark> de <mark>qualité de l&#39;air</mark>')
    t.match(page(), `href="/fournisseurs/${SIREN}"`)
  },
)

t.test('an active firm carries no flag, and a firm without a name says so', async t => {
  const active = { ...hit, supplier: { ...hit.supplier, state: 'active' as const } }
  t.notMatch(textOf(page({ result: { ...result, hits: [active] } })), /En activité|En procédure/)
  t.match(textOf(page()), 'Nom non renseigné par les sources')
})

t.test('the lines of an explanation are shown with bars by twentieths, and their total is the score', async t => {
  const html = page()
  const figures = [...html.matchAll(/<td class="num">([0-9,]+)<\/td>/g)].map(([, figure = '']) =>
    Number(figure.replace(',', '.')),
  )
  const total = figures.at(-1)
  t.equal(total, 7.31)
  t.equal(
    figures
      .slice(0, -1)
      .reduce((sum, figure) => sum + figure, 0)
      .toFixed(2),
    '7.31',
  )
  t.match(html, 'class="bar p8"', '3.10 of 7.31 is 8 twentieths')
  t.notMatch(page({ result: { ...result, hits: [{ ...hit, explanation: [] }] } }), 'Pourquoi ce résultat')
})

t.test('a bar never leaves the classes that the stylesheet has', async t => {
  for (const value of [-3, 0, 0.0001, 7.31, 900]) {
    const explanation = [{ kind: 'prior' as const, label: 'x', value }]
    const html = page({ result: { ...result, hits: [{ ...hit, explanation }] } })
    t.match(html, /class="bar p(?:[1-9]|1[0-9]|20)"/, String(value))
  }
})

t.test('facets without a value are hidden, chosen values are ticked, and claims say that they are claims', async t => {
  const html = page()
  const text = textOf(html)
  t.match(html, /name="region" value="53" checked/)
  t.match(html, /name="region" value="28" >/)
  t.notMatch(html, 'name="naf"')
  t.notMatch(html, 'name="ess"')
  t.match(text, 'Certification déclaré par l’entreprise')
  t.match(text, 'Un filtre sur une déclaration n’établit aucune conformité.')
})

t.test('check boxes belong to the search form, so that typed words are kept without script', async t => {
  const html = page()
  t.match(html, /<form[^>]* id="recherche" action="\/recherche" method="get"/)
  for (const [box] of html.matchAll(/<input type="checkbox"[^>]*>/g)) t.match(box, 'form="recherche"')
  t.match(html, /<button[^>]*form="recherche"[^>]*name="sort" value="relevance"/)
})

t.test('the number beside a value filters at once, and begins again at the first page', async t => {
  const added = searchLinks(page()).find(link => link.getAll('region').includes('28'))
  t.strictSame(added?.getAll('region'), ['53', '52', '28'])
  t.equal(added?.get('q'), parameters.q)
  t.equal(added?.get('near'), 'Rennes')
  t.equal(added?.has('page'), false)
})

t.test('each chosen filter and the place can be removed by a link', async t => {
  const html = page()
  const chips = html.slice(html.indexOf('id="filtres"'), html.indexOf('class="notice"'))
  const without = searchLinks(chips).map(link => [
    link.getAll('region').join(),
    link.get('certification'),
    link.get('near'),
  ])
  t.strictSame(without, [
    ['53,52', 'iso-27001', null],
    ['52', 'iso-27001', 'Rennes'],
    ['53', 'iso-27001', 'Rennes'],
    ['53,52', null, 'Rennes'],
    ['', null, 'Rennes'],
  ])
})

t.test('distance is offered as an order only near a place', async t => {
  const sorts = (html: string): readonly (string | null)[] => searchLinks(html).map(link => link.get('sort'))
  t.ok(sorts(page()).includes('distance'))
  t.notOk(sorts(page(browse)).includes('distance'))
})

t.test('leaving a place leaves the order by distance too', async t => {
  const sorted: SearchParameters = { ...parameters, sort: 'distance' }
  const html = page({ parameters: sorted })
  const chips = html.slice(html.indexOf('id="filtres"'), html.indexOf('class="notice"'))
  const withoutPlace = searchLinks(chips).find(link => !link.has('near'))
  t.equal(withoutPlace?.has('sort'), false)
  t.equal(withoutPlace?.has('radiusKm'), false)
})

t.test('the pages of a result keep every parameter and stop at the window', async t => {
  const pages = (html: string): readonly URLSearchParams[] => searchLinks(html.slice(html.indexOf('class="pager"')))
  const next = pages(page()).at(-1)
  t.strictSame([next?.get('page'), next?.get('q'), next?.getAll('region')], ['3', parameters.q, ['53', '52']])
  t.equal(pages(page()).at(-2)?.get('page'), '21')
  const last = page({ parameters: { ...parameters, page: 50 }, result: { ...result, total: 5000, page: 50 } })
  t.notMatch(last, 'rel="next"')
  t.match(textOf(last), 'On feuillette les 1 000 premiers résultats')
  t.notMatch(page({ result: { ...result, total: 20, page: 1 } }), 'class="pager"')
})

t.test('a page past the last result leads back to the first', async t => {
  const html = page({ result: { ...result, hits: [], page: 40 } })
  t.match(textOf(html), 'Cette page est au-delà du dernier résultat. Revenir à la première page')
})

t.test('what was understood is told with its route, and a part that was typed can be taken out', async t => {
  const html = page()
  t.match(textOf(html), 'brique, par l’alias « capteurs qualité de l’air »')
  const understood = html.slice(html.indexOf('id="compris"'), html.indexOf('id="filtres"'))
  t.strictSame(
    searchLinks(understood).map(link => link.get('q')),
    ['écoles', 'capteurs qualité de l’air'],
  )
  t.notMatch(page(browse), 'Ce que Brique a compris')
})

t.test('a correction and a relaxation are told', async t => {
  const query = { ...result.query, corrected: 'capteurs air écoles' }
  const text = textOf(page({ result: { ...result, query } }))
  t.match(text, /Résultats pour « capteurs air écoles ». Vous aviez écrit « capteurs qualité de l’air écoles »/)
  t.match(text, 'Recherche assouplie : deux mots sur trois suffisent')
})

t.test('without words the page browses the catalogue and says that its order is neutral', async t => {
  const text = textOf(page(browse))
  t.match(text, 'Écrivez un besoin pour classer ces fournisseurs')
  t.match(text, 'l’ordre est neutre')
})

t.test('without results each criterion can be dropped, the radius widened, and other words tried', async t => {
  const html = page({ result: zeroResult })
  const text = textOf(html)
  t.match(text, 'Aucun fournisseur ne réunit tout cela')
  for (const way of [
    'Sans le filtre Région : Bretagne',
    'Sans le filtre Certification : ISO 27001',
    'Sans aucun filtre',
    'À 500 km de Rennes au lieu de 300 km',
    'Partout en France, pas seulement près de Rennes',
    'Sans le mot « écoles »',
    'Vouliez-vous dire capteurs qualité de l’eau écoles',
    'Éducation et formation 120',
  ])
    t.match(text, way)
  t.ok(searchLinks(html).some(link => link.get('q') === 'capteurs qualité de l’air' && link.get('near') === 'Rennes'))
})

t.test('an empty catalogue is not taken for a search without results', async t => {
  const empty = { ...context('fr', '/recherche'), status: { ...status, suppliers: 0, sources: [] } }
  const html = searchPage(empty, { parameters: {}, result: { ...zeroResult, facets: {} } })
  t.match(textOf(html), 'Le catalogue est vide')
  t.match(html, 'href="/a-propos#charger"')
})
