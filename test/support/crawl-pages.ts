/** Pages of invented companies, as many and as large as wanted, the same at each run. */

/** Numbers from 0 to below 1, the same sequence for a seed (mulberry32). */
export const seededRandom = (seed: number): (() => number) => {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const SUBJECTS =
  'Notre atelier|Notre équipe|Le bureau d’études|La plateforme|Notre logiciel|Le capteur|La ligne pilote|Ce service|Chaque module|Notre réseau'
const VERBS = 'mesure|surveille|réduit|conçoit|relie|protège|analyse|documente|automatise|accompagne|vérifie|transforme'
const OBJECTS =
  'la consommation d’énergie|les réseaux d’eau|la qualité de l’air|les chantiers forestiers|la maintenance des ponts|les dossiers des patients|les parcs de véhicules|la chaîne du froid|les archives scannées|la traçabilité des lots'
const PLACES =
  'des communes rurales|des hôpitaux publics|des ports de plaisance|des ateliers de textile|des exploitations maraîchères|des bailleurs sociaux|des lycées agricoles|des régies de transport'
const MEANS =
  'sans remplacer l’existant|avec des composants réparables|en moins de trois semaines|sur des serveurs installés en France|avec un suivi mensuel|selon un protocole ouvert|à partir de relevés horaires|avec une formation sur place'

const lists = [SUBJECTS, VERBS, OBJECTS, PLACES, MEANS].map(list => list.split('|'))

const OBJECT_WORDS = OBJECTS.split('|')

/** A French sentence. */
const sentence = (random: () => number): string =>
  `${lists.map(list => list[Math.floor(random() * list.length)]).join(' ')}.`

const link = (random: () => number, section: number): string =>
  `<li class="menu__item menu__item--level-2"><a class="menu__link" href="#section-${section}" data-track="menu:${section}"><span class="menu__label">${OBJECT_WORDS[Math.floor(random() * OBJECT_WORDS.length)]}</span></a></li>`

const card = (random: () => number, index: number): string =>
  `<article class="card card--offer elevated" data-position="${index}" data-analytics='{"kind":"card","index":${index}}'><div class="card__media"><picture><source type="image/webp" srcset="/img/${index}-320.webp 320w, /img/${index}-640.webp 640w"><img src="/img/${index}.jpg" alt="Illustration ${index}" width="320" height="180" loading="lazy"></picture></div><div class="card__body"><h3 class="card__title"><span>${sentence(random)}</span></h3><p class="card__text">${sentence(random)}</p><ul class="card__tags"><li class="tag"><span>Conseil</span></li><li class="tag"><span>Mesure</span></li><li class="tag"><span>Entretien</span></li></ul><a class="button button--ghost" href="#section-${index}"><span class="button__label">En savoir plus</span><i class="icon icon--arrow" aria-hidden="true"></i></a></div></article>`

/** Pictures without words, as of partners. */
const LOGOS = Array.from(
  { length: 16 },
  (_, index) =>
    `<li class="logos__item"><a href="#logos" class="logos__link" tabindex="-1"><img src="/logos/${index}.svg" alt="" width="120" height="60" loading="lazy"></a></li>`,
).join('')

const section = (random: () => number, index: number): string => {
  const paragraphs = `<div class="wysiwyg"><p>${sentence(random)} ${sentence(random)} <strong>${sentence(random)}</strong></p><ul><li>${sentence(random)}</li><li>${sentence(random)}</li></ul></div>`
  const menu = `<nav class="submenu" aria-label="Rubrique ${index}"><ul>${Array.from({ length: 10 }, () => link(random, index)).join('')}</ul></nav>`
  return `<section class="section section--${index % 5}" id="section-${index}"><div class="container"><div class="row"><h2 class="section__title">${sentence(random)}</h2>${index % 2 === 0 ? `<div class="grid grid--2">${card(random, index)}${card(random, index + 1)}</div><ul class="logos">${LOGOS}</ul>` : paragraphs}${menu}</div></div></section>\n`
}

/** What no reader sees, of exactly so many bytes: style, script and state, as page builders leave it. */
const machinery = (bytes: number, random: () => number): string => {
  const line = () =>
    `{"id":"${random().toString(36).slice(2)}","kind":"block","settings":{"padding":"md","theme":"light"}},`
  let state = ''
  while (state.length < bytes) state += line()
  return `<script>window.state=[${state.slice(0, Math.max(0, bytes - 40))}"]</script>`
}

/** Bytes of text in a page of so many: medians of published pages are 13 % of 20 kB, 6 % of 110 kB. */
const textBytes = (bytes: number): number => Math.min(0.13 * bytes, 1_000 + 0.06 * bytes)

/** The inner part of a page, of about so many bytes: a little text, much markup and machinery, as on real pages. */
export const filling = (bytes: number, seed: number): string => {
  const random = seededRandom(seed)
  const wanted = textBytes(bytes)
  let [html, text] = ['', 0]
  for (let index = 1; text < wanted; index++) {
    const part = section(random, index)
    html += part
    text += part.replace(/<[^>]*>/g, '').length
  }
  return machinery(bytes - Buffer.byteLength(html), random) + html
}
