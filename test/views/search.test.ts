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
  for (const [box] of html.matchAll(/<input type="checkbox"[^>]*>/g))
    t.match(box, box.includes('name="siren"') ? 'form="comparer"' : 'form="recherche"')
  t.match(html, /<form id="comparer"[^>]* action="\/comparer" method="get"/)
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
  const chips = html.slice(html.indexOf('id="filtres"'), html.indexOf('<p>Résultats'))
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
  const chips = html.slice(html.indexOf('id="filtres"'), html.indexOf('<p>Résultats'))
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

t.test('what was understood is told with its route, and each part can be refused', async t => {
  const html = page()
  t.match(textOf(html), 'brique, par l’alias « capteurs qualité de l’air »')
  const understood = html.slice(html.indexOf('id="compris"'), html.indexOf('id="filtres"'))
  t.strictSame(
    searchLinks(understood).map(link => [link.get('q'), link.get('literal')]),
    [
      [parameters.q, 'capteurs qualité de l’air'],
      [parameters.q, 'écoles'],
    ],
  )
  t.notMatch(page(browse), 'Ce que Brique a compris')
})

t.test('a correction, another spelling and a relaxation are told, with the way to search as typed', async t => {
  const query = { ...result.query, corrected: 'capteurs air écoles', didYouMean: 'capteurs eau écoles' }
  const html = page({ result: { ...result, query } })
  const text = textOf(html)
  t.match(text, 'Résultats pour « capteurs air écoles ». Chercher « capteurs qualité de l’air écoles » tel quel')
  t.match(text, 'Vouliez-vous dire « capteurs eau écoles » ?')
  t.match(text, 'Recherche assouplie : deux mots sur trois suffisent')
  const links = searchLinks(html)
  t.ok(links.some(link => link.get('literal') === 'écoles' && link.get('q') === parameters.q))
  t.ok(links.some(link => link.get('q') === 'capteurs eau écoles' && link.get('near') === 'Rennes'))
})

t.test(
  'what is not to be interpreted says so, can be interpreted again, and stays when filters are applied',
  async t => {
    const html = page({ parameters: { ...parameters, literal: ['écoles', 'air'] } })
    const understood = html.slice(html.indexOf('id="compris"'), html.indexOf('id="filtres"'))
    t.match(textOf(understood), '« air » cherché comme de simples mots×Laisser Brique interpréter « air »')
    t.ok(searchLinks(understood).some(link => link.getAll('literal').join() === 'écoles'))
    t.match(html, '<input type="hidden" form="recherche" name="literal" value="air">')
    t.ok(searchLinks(html.slice(html.indexOf('facet-row'))).every(link => link.getAll('literal').length !== 1))
  },
)

t.test(
  'a piece that is too long or one too many is not offered as plain words: the search would be refused',
  async t => {
    const literal = Array.from({ length: 10 }, (_, i) => `mot ${i}`)
    const understood = (html: string): string => html.slice(html.indexOf('id="compris"'), html.indexOf('id="filtres"'))
    const most = searchLinks(understood(page({ parameters: { ...parameters, literal } })))
    t.ok(most.every(link => link.getAll('literal').length <= 10))
    const long = { span: 'a'.repeat(101), brick: 'sig', label: 'SIG', via: 'alias' }
    const query = { ...result.query, understood: [long] }
    t.equal(searchLinks(understood(page({ result: { ...result, query } }))).length, 0)
  },
)

t.test('what was understood in a corrected text is refused in that text', async t => {
  const query = {
    ...result.query,
    text: 'signatrue électronique',
    corrected: 'signature électronique',
    understood: [
      { span: 'signatrue', label: 'signature', via: 'corrected' },
      { span: 'signature électronique', brick: 'signature-electronique', via: 'label' },
    ],
  }
  const html = page({ parameters: { q: query.text }, near: undefined, result: { ...result, query } })
  const understood = html.slice(html.indexOf('id="compris"'), html.indexOf('<p>Résultats'))
  t.strictSame(
    searchLinks(understood).map(link => [link.get('q'), link.get('literal')]),
    [
      ['signatrue électronique', 'signatrue'],
      ['signature électronique', 'signature électronique'],
    ],
  )
})

t.test('a product names the brick that replaces it, and a place its words', async t => {
  const query = {
    ...result.query,
    understood: [
      { span: 'GLPI', brick: 'gestion-parc-informatique', label: 'Gestion de parc informatique', via: 'replaces' },
      { span: 'près de Lorient', label: 'Lorient, 50 km', via: 'place' },
    ],
  }
  const text = textOf(page({ result: { ...result, query } }))
  t.match(text, 'Gestion de parc informatique brique, car elle remplace « GLPI »')
  t.match(text, 'Lorient, 50 km lieu, dans « près de Lorient »×Chercher « près de Lorient » comme de simples mots')
})

t.test(
  'six bricks are shown at most, those asked for first and then narrower ones; the others are on the profile',
  async t => {
    const bricks = [
      'sig',
      'cadastre-solaire',
      'recrutement-ats',
      'hydrometrie',
      'a',
      'b',
      'cadastre-numerique',
      'essai',
    ]
    const query = { ...result.query, understood: [{ span: 'x', brick: 'essai', via: 'alias' }] }
    const asked: SearchParameters = { ...parameters, brick: ['energie-solaire'] }
    const hits = [{ ...hit, supplier: { ...hit.supplier, bricks } }]
    const html = page({ parameters: asked, result: { ...result, query, hits } })
    const list = html.slice(html.indexOf('class="bricks"'), html.indexOf('class="quote"'))
    const shown = [...list.matchAll(/brick&#61;([a-z-]+)"/g)].map(([, id]) => id)
    t.strictSame(shown.slice(0, 3), ['essai', 'cadastre-solaire', 'sig'])
    t.equal(shown.length, 6)
    t.equal(list.match(/brick--hit/g)?.length, 1)
    t.match(list, `<a href="/fournisseurs/${SIREN}#briques">et 2`)
  },
)

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
    'Sans le filtre Région : Bretagne, Pays de la Loire 4 fournisseurs',
    'Sans le filtre Certification : ISO 27001 12 fournisseurs',
    'Sans aucun filtre',
    'À 900 km de Rennes au lieu de 300 km 21 fournisseurs',
    'Partout en France, pas seulement près de Rennes 33 fournisseurs',
    'Sans le mot « écoles »',
    'Services informatiques 1 500 fournisseurs',
    'Éducation et formation 120',
  ])
    t.match(text, way)
  const links = searchLinks(html)
  t.ok(links.some(link => link.get('q') === 'capteurs qualité de l’air' && link.get('near') === 'Rennes'))
  t.ok(links.some(link => link.get('radiusKm') === '900' && link.getAll('region').length === 2))
  t.ok(links.some(link => !link.has('region') && link.get('certification') === 'iso-27001'))
  t.ok(
    links.some(link => link.getAll('brick').includes('gestion-parc-informatique')),
    'the family that was counted',
  )
})

t.test('without results another spelling is offered first', async t => {
  const query = { ...zeroResult.query, corrected: null, didYouMean: 'capteurs air' }
  const html = page({ result: { ...zeroResult, query } })
  t.match(textOf(html.slice(html.indexOf('class="callout'))), 'Vouliez-vous dire « capteurs air » ?')
  t.equal(html.match(/Vouliez-vous dire/g)?.length, 1)
})

t.test('a place that was understood in the text is left by leaving its words out, as it was counted', async t => {
  const query = {
    ...zeroResult.query,
    text: 'capteurs d’air près de Lorient',
    understood: [{ span: 'près de Lorient', label: 'Lorient, 50 km', via: 'place' }],
    corrected: null,
  }
  const recovery = [
    { kind: 'radius', value: '150', label: 'Lorient', count: 3 },
    { kind: 'place', value: 'Lorient', label: 'Lorient', count: 9 },
    { kind: 'filter', name: 'department', value: '56', label: 'Morbihan', count: 9 },
  ] as const
  const html = page({
    near: undefined,
    parameters: { q: query.text },
    result: { ...zeroResult, query, recovery: [...recovery] },
  })
  const links = searchLinks(html.slice(html.indexOf('id="relacher"'))).slice(0, 3)
  t.strictSame(
    links.map(link => [link.get('q'), link.get('near'), link.get('radiusKm'), link.has('department')]),
    [
      ['capteurs d’air', 'Lorient', '150', false],
      ['capteurs d’air', null, null, false],
      ['capteurs d’air', null, null, false],
    ],
  )
  t.match(textOf(html), 'Partout en France, pas seulement près de Morbihan 9 fournisseurs')
})

t.test(
  'the nearest suppliers are shown with what they are known to lack, and nothing that is merely unknown',
  async t => {
    const supplier = { ...hit.supplier, region: 'Occitanie', bricks: [] }
    const asked: SearchParameters = { q: 'x', region: ['53'], department: ['29'], certification: ['hds'], ess: ['yes'] }
    const near = { ...hit, supplier, missing: ['ultrason'] }
    const html = page({ parameters: asked, near: undefined, result: { ...zeroResult, nearest: [near] } })
    const section = textOf(html.slice(html.indexOf('id="proches"')))
    t.match(section, 'Les plus proches de votre besoin')
    t.match(section, /Il lui manque, d’après sa fiche : « ultrason », essai-qualite-air, Bretagne, Finistère \(29\) /)
    t.match(html, /<h3 id="r-[0-9]+"><a/)
    const { department: _, region: __, ...placeless } = supplier
    const unknown = page({ parameters: asked, result: { ...zeroResult, nearest: [{ ...hit, supplier: placeless }] } })
    t.notMatch(textOf(unknown), /Il lui manque[^.]*Bretagne/)
  },
)

t.test('one or two results are followed by the same ways on', async t => {
  const few = { ...result, total: 2, page: 1, recovery: zeroResult.recovery, nearest: [] }
  const text = textOf(page({ result: few }))
  t.match(text, /2 fournisseurs.*Sans le filtre Certification : ISO 27001 12 fournisseurs/)
  t.notMatch(text, 'Sans le mot')
  t.notMatch(textOf(page()), 'Retirer un critère')
})

t.test('an empty catalogue is not taken for a search without results', async t => {
  const empty = { ...context('fr', '/recherche'), status: { ...status, suppliers: 0, sources: [] } }
  const html = searchPage(empty, { parameters: {}, result: { ...zeroResult, facets: {} } })
  t.match(textOf(html), 'Le catalogue est vide')
  t.match(html, 'href="/a-propos#charger"')
})

t.test('an encoder that does not answer is told, one that is off is not', async t => {
  const withSemantic = (semantic: 'off' | 'unavailable') =>
    page({ result: { ...result, query: { ...result.query, semantic } } })
  t.match(withSemantic('unavailable'), /proximité de sens est momentanément indisponible/)
  t.notMatch(withSemantic('off'), /proximité de sens/)
})

t.test('the ranges keep what was asked, join the search form and can each be removed', async t => {
  const asked: SearchParameters = { ...parameters, foundedFrom: 2010, foundedTo: 2020, updatedSince: '2026-03-01' }
  const html = page({ parameters: asked })
  t.match(html, /<input id="foundedFrom" name="foundedFrom" form="recherche" type="number"[^>]* value="2010">/)
  t.match(html, /<input id="foundedTo" name="foundedTo" form="recherche" type="number"[^>]* value="2020">/)
  t.match(html, /<input id="updatedSince" name="updatedSince" form="recherche" type="date" value="2026-03-01">/)
  for (const name of ['foundedFrom', 'foundedTo', 'updatedSince']) t.match(html, `<label for="${name}">`)
  t.match(html, /<details class="facet" open><summary>Année de création/)
  t.match(page(), /<details class="facet" ?><summary>Année de création/, 'folded until it is used')
  t.match(textOf(html), /2010\s–\s2020 Année de création/)
  t.match(textOf(html), /depuis\sle 1er\smars\s2026 Dernière mise à jour/)
  const chips = searchLinks(html.slice(html.indexOf('id="filtres"'), html.indexOf('<p>Résultats')))
  const bounds = (link: URLSearchParams | undefined) =>
    ['foundedFrom', 'foundedTo', 'updatedSince'].map(name => link?.get(name) ?? null)
  t.strictSame(bounds(chips.at(-3)), [null, null, '2026-03-01'])
  t.strictSame(bounds(chips.at(-2)), ['2010', '2020', null])
  t.strictSame(bounds(chips.at(-1)), [null, null, null], 'and all filters at once')
  t.equal(chips.at(-3)?.get('region'), '53', 'the others stay')
  const kept = searchLinks(html.slice(html.indexOf('class="pager"')))
  t.ok(kept.length > 0 && kept.every(link => bounds(link).join() === '2010,2020,2026-03-01'))
  t.equal(titleOf(page({ ...browse, parameters: { foundedFrom: 2010 } })), 'Fournisseurs filtrés — Brique')
  t.match(textOf(page({ parameters: { foundedTo: 2010 } }, 'en')), /until\s2010 Year founded/)
})

t.test('a range that leaves nobody is named, and can be dropped as it was counted', async t => {
  const asked: SearchParameters = { q: 'drones', foundedFrom: 2011, updatedSince: '2026-03-01' }
  const recovery = [{ kind: 'range' as const, name: 'founded', value: '2011/..', label: 'depuis 2011', count: 2 }]
  const html = page({ parameters: asked, near: undefined, result: { ...zeroResult, recovery } })
  t.match(textOf(html), /année de création depuis\s2011 et dernière mise à jour depuis\sle 1er\smars\s2026/)
  const [first] = searchLinks(html.slice(html.indexOf('id="relacher"')))
  t.strictSame([first?.get('q'), first?.get('foundedFrom'), first?.get('updatedSince')], ['drones', null, '2026-03-01'])
})
