import t from 'tap'
import { readDocument } from '../../indexer/extract/document.ts'
import type { PageBlock, PageDocument } from '../../indexer/extract/page-document.ts'

const URL_OF_PAGE = 'https://capteurs.example/fr/accueil?x=1'

const read = (html: string): PageDocument => readDocument(html, URL_OF_PAGE)

/** A company's home page with all that surrounds its text. */
const HOME = `<!doctype html><html lang="fr-FR"><head>
  <title> Capteurs Loire —
    qualité de l’air </title>
  <meta name="description" content="Nous fabriquons des capteurs.">
  <meta name="robots" content="index, nofollow"><meta name="Briquebot" content="noindex">
  <meta name="keywords" content="none">
  <link rel="canonical" href="/fr/#top">
  <link rel="alternate" hreflang="en" href="/en/"><link rel="alternate" type="application/rss+xml" href="/feed">
</head><body class="has-sidebar cookie-page">
  <header class="site-header"><a href="/"><img src="logo.png" alt="Capteurs Loire"></a>
    <nav><ul><li><a href="/produits#x">Produits</a><li><a href="/contact" rel="nofollow">Contact</a></ul></nav></header>
  <section id="hero"><h1>La qualité de l’air, mesurée en continu</h1>
    <p>Capteurs Loire conçoit et fabrique à Nantes des capteurs de qualité de l’air pour les écoles et les crèches.</p>
    <a href="/devis">Demander un devis</a></section>
  <section id="produits"><h2>Nos produits</h2>
    <div class="card"><a href="/airbox"><h3 id="airbox">AirBox</h3>
      <p>Un boîtier autonome qui mesure le CO2, les particules fines et les composés organiques volatils pendant cinq ans.</p></a></div>
    <div class="card"><h3><a name="airweb" href="/airweb">AirWeb</a></h3><p>Le tableau de bord.</p></div></section>
  <section><h2>Ils nous font confiance</h2><ul><li>Ville de Nantes<li>CHU de Brest</ul>
    <img data-src="/x.png" alt="Région Bretagne"><img src="/decor.png" alt=""></section>
  <div id="tarteaucitron"><p>Nous gérons vos préférences.</p></div>
  <div><p>Ce site utilise des cookies. Acceptez-vous ?</p></div>
  <p style="display: none">caché</p><p hidden>caché</p><script>var caché</script><noscript>caché</noscript>
  <footer><p>Capteurs Loire SAS, RCS Nantes 000 000 000</p>
    <a href="mailto:contact@capteurs.example">Écrire</a> <a href="tel:+33000000000">Appeler</a></footer>
</body></html>`

const block = (page: PageDocument, text: string): PageBlock | undefined =>
  page.blocks.find(each => each.text.includes(text))

t.test('the head says title, description, canonical address, languages and robots', async t => {
  const page = read(HOME)
  t.equal(page.title, 'Capteurs Loire — qualité de l’air')
  t.equal(page.description, 'Nous fabriquons des capteurs.')
  t.equal(page.canonical, 'https://capteurs.example/fr/')
  t.equal(page.declaredLanguage, 'fr')
  t.same(page.alternates, [{ language: 'en', url: 'https://capteurs.example/en/' }])
  t.same(page.robots, [
    { name: 'robots', content: 'index, nofollow' },
    { name: 'briquebot', content: 'noindex' },
  ])
})

t.test('Open Graph stands in for a missing title and description; a title inside a drawing is none', async t => {
  const page = read(`<meta property="og:title" content="Titre"><meta property="og:description" content="Phrase.">
    <svg><title>Flèche</title></svg>`)
  t.equal(page.title, 'Titre')
  t.equal(page.description, 'Phrase.')
  const empty = read('')
  t.equal(empty.title, undefined)
  t.equal(empty.canonical, undefined)
  t.same([empty.text, empty.blocks, empty.passages, empty.links], ['', [], [], []])
})

t.test(
  'a company page is read whole: every section, linked cards and headings, no menu, footer or cookie notice',
  async t => {
    t.same(read(HOME).text.split('\n'), [
      'La qualité de l’air, mesurée en continu',
      'Capteurs Loire conçoit et fabrique à Nantes des capteurs de qualité de l’air pour les écoles et les crèches.',
      'Nos produits',
      'AirBox',
      'Un boîtier autonome qui mesure le CO2, les particules fines et les composés organiques volatils pendant cinq ans.',
      'AirWeb',
      'Le tableau de bord.',
      'Ils nous font confiance',
      'Ville de Nantes',
      'CHU de Brest',
    ])
  },
)

t.test('what is not main text is kept with the part it stands in, under no heading of another part', async t => {
  const page = read(HOME)
  t.same(block(page, 'RCS'), { text: 'Capteurs Loire SAS, RCS Nantes 000 000 000', kind: 'paragraph', part: 'footer' })
  t.match(block(page, 'préférences'), { part: 'cookie', heading: undefined })
  t.match(block(page, 'Produits'), { part: 'nav', kind: 'list-entry' })
  t.match(block(page, 'CHU'), { part: 'main', kind: 'list-entry', heading: 'Ils nous font confiance' })
  t.notOk(page.blocks.some(each => each.text.includes('caché')))
})

t.test('what is struck out or drawn by an icon’s font is not read; a button that is a heading is', async t => {
  const { blocks } = read(`<main><h2><button aria-expanded="false">Et en cas de panne ?</button></h2>
    <p><del>45 €</del> <span class="price--compare">40 €</span> 35 €</p>
    <p><i class="material-icons">event</i> 12 mars 2026 <button>Partager</button></p></main>`)
  t.strictSame(
    blocks.map(({ kind, text }) => [kind, text]),
    [
      ['heading', 'Et en cas de panne ?'],
      ['paragraph', '35 €'],
      ['paragraph', '12 mars 2026'],
    ],
  )
})

t.test('images tell what they show and under which heading', async t => {
  t.same(read(HOME).images, [
    { url: 'https://capteurs.example/fr/logo.png', alt: 'Capteurs Loire', part: 'main', blocksBefore: 0 },
    {
      url: 'https://capteurs.example/x.png',
      alt: 'Région Bretagne',
      part: 'main',
      heading: 'Ils nous font confiance',
      blocksBefore: 13,
    },
  ])
})

t.test('headings and passages point to the nearest id', async t => {
  const page = read(HOME)
  t.same(
    page.headings.map(({ level, text, anchor }) => [level, text, anchor]),
    [
      [1, 'La qualité de l’air, mesurée en continu', 'hero'],
      [2, 'Nos produits', 'produits'],
      [3, 'AirBox', 'airbox'],
      [3, 'AirWeb', 'airweb'],
      [2, 'Ils nous font confiance', undefined],
    ],
  )
  t.same(
    page.passages.map(({ heading, anchor }) => [heading, anchor]),
    [
      ['La qualité de l’air, mesurée en continu', 'hero'],
      ['AirBox', 'airbox'],
      ['AirWeb', 'airweb'],
      ['Ils nous font confiance', undefined],
    ],
  )
})

t.test('long sections become passages of about 500 characters that hold whole sentences', async t => {
  const sentence = 'Le capteur mesure la température et l’humidité de chaque salle de classe. '
  const { passages } = read(
    `<h2 id=mesure>Mesure</h2><p>${sentence.repeat(30)}</p><h2>Suite</h2><p>Fin de la page.</p>`,
  )
  t.ok(passages.length > 3)
  for (const { text } of passages) t.ok(text.length <= 600 && /\.$/.test(text))
  t.ok(passages.slice(0, -1).every(({ anchor }) => anchor === 'mesure'))
  t.equal(passages.at(-1)?.heading, 'Suite')
})

t.test('links are absolute, from the base when there is one, without fragment, and only to pages', async t => {
  const { links } =
    read(`<base href="/b/"><a href=" c?d=1#e ">Un</a><a href="javascript:x()">Non</a><a href="#f">Ici</a>
    <a href="https://autre.example" rel="nofollow noopener"><img alt="Autre"></a><a>rien</a><a href="http://[">mal</a>`)
  t.same(links, [
    { url: 'https://capteurs.example/b/c?d=1', text: 'Un', nofollow: false },
    { url: 'https://capteurs.example/b/', text: 'Ici', nofollow: false },
    { url: 'https://autre.example/', text: 'Autre', nofollow: true },
  ])
  t.same(read(HOME).contacts, ['mailto:contact@capteurs.example', 'tel:+33000000000'])
})

t.test('only the first 1,000 links are kept', async t => {
  const { links } = read(Array.from({ length: 3_000 }, (_, i) => `<a href="/${i}">${i}</a>`).join(' '))
  t.equal(links.length, 1_000)
  t.equal(links.at(-1)?.url, 'https://capteurs.example/999')
})

t.test('the language is that of the text, then that declared; other languages are neither', async t => {
  const french = '<p>Nous concevons des capteurs pour les écoles, les crèches et les bâtiments publics de la région.'
  t.equal(read(`<html lang="en-US">${french}`).language, 'fr')
  t.equal(read(french).language, 'fr')
  t.equal(read('<html lang="EN">Bonjour').language, 'en')
  t.equal(read('<html lang="de">Guten Tag').language, undefined)
  t.equal(read('<html lang="de">Guten Tag').declaredLanguage, 'de')
  t.equal(read('<p>ok').language, undefined)
})

t.test('names of Object.prototype are no attributes, classes or ids', async t => {
  const page = read('<p class="constructor" id="__proto__" toString>Texte</p><a href="/x" rel="__proto__">y</a>')
  t.equal(block(page, 'Texte')?.anchor, '__proto__')
  t.equal(page.links.length, 1)
})

t.test('deep nesting and unclosed tags do not overflow the stack', async t => {
  for (const tag of ['<div>', '<b>', '<ul><li>', '<table><tr><td>', '<blockquote>', '<a href=x><span>']) {
    const page = read(`<p>Avant${tag.repeat(1_500)}dedans`)
    t.equal(page.blocks[0]?.text.slice(0, 5), 'Avant', tag)
  }
})
