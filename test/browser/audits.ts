import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { type BrowserTest, unfold } from './harness.ts'

/** axe-core and the width of every kind of page, in both languages and both themes, folded and unfolded. */

const AXE = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Runs as evaluated text: a script element would break the page's security policy, which stays in force. */
const violations = async (page: Page): Promise<unknown> => {
  await page.evaluate(AXE)
  return page.evaluate(
    `axe.run(document, ${JSON.stringify({ runOnly: RULES })}).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(node => node.html).slice(0, 3).join(' … ')))`,
  )
}

/** Opens a kind of page; the profile is that of the first result. */
const opening = (path: string) => async (page: Page, prefix: string) => {
  await page.goto(prefix + path)
}
const openProfile = async (page: Page, prefix: string): Promise<void> => {
  await page.goto(`${prefix}/recherche?q=capteurs`)
  await page.goto((await page.locator('.result h2 a').first().getAttribute('href')) ?? '/nowhere')
}

/** The first three results ticked, and the button below them: what a reader without script does. */
const openComparison = async (page: Page, prefix: string): Promise<void> => {
  await page.goto(`${prefix}/recherche?q=capteurs`)
  const boxes = page.locator('.result input[name="siren"]')
  for (let i = 0; i < 3; i++) await boxes.nth(i).check()
  await page.locator('#comparer button').click()
  await page.waitForURL(/comparer/)
  assert.equal(await page.locator('.compare thead th').count(), 4)
}

/** Freezes what the page shows, by its own form, and opens the dossier. */
const freezeShown = async (page: Page): Promise<void> => {
  await page.locator('.freeze > summary').click()
  await page.locator('.freeze button[type="submit"]').click()
  await page.waitForURL(/dossiers$/)
  await page.locator('main a.button--main').click()
  await page.waitForURL(/dossiers\/.{24}$/)
}

const openDossier = async (page: Page, prefix: string): Promise<void> => {
  await page.goto(`${prefix}/recherche?q=capteurs`)
  await freezeShown(page)
}

/** The page that tells the key, and from there the one on which decisions are written. */
const writeDossier = async (page: Page, prefix: string): Promise<void> => {
  await page.goto(`${prefix}/recherche?q=capteurs`)
  await page.locator('.freeze > summary').click()
  await page.locator('.freeze button[type="submit"]').click()
  await page.waitForURL(/dossiers$/)
  await page.locator('main form button').click()
  await page.waitForURL(/#liste$/)
}

/** A profile's own link: one supplier is chosen, others are proposed. */
const openChoice = async (page: Page, prefix: string): Promise<void> => {
  await openProfile(page, prefix)
  await page.locator('.profile-head a[href*="comparer"]').click()
  await page.waitForURL(/comparer/)
}

/** A need with everything that the analysis shows: a gap, an option, what is there, what is left out, a brand, a certificate. */
const NEED = `Article 1 – Objet
Fourniture de capteurs de qualité de l’air intérieur transmettant par LoRaWAN, avec un export en données ouvertes.
La mesure du radon fait l’objet d’un autre marché. Un affichage dynamique pourra être proposé en option.
La ville dispose déjà d’un annuaire LDAP. L’alerte est envoyée vers GLPI. Le titulaire est certifié ISO 27001.
Le navire est équipé d’un stabilisateur gyroscopique. Le stabilisateur gyroscopique doit être silencieux.
Article 2 – Essais
Les essais portent sur un détecteur de neutrinos et sur un accélérateur de particules.`

const analyse = async (page: Page, prefix: string): Promise<void> => {
  await page.goto(`${prefix}/besoin`)
  await page.fill('#text', NEED)
  await page.locator('form button[type="submit"]').first().click()
  await page.locator('#couverture').waitFor()
}

/** From a profile to how it is found. */
const openMirror = async (page: Page, prefix: string): Promise<void> => {
  await openProfile(page, prefix)
  await page.locator('.profile-head a[href*="visibilite"]').click()
  await page.locator('#rangs').waitFor()
}
const askMirror = async (page: Page, prefix: string): Promise<void> => {
  await openMirror(page, prefix)
  await page.fill('#q', 'capteurs de radon piézoélectriques pour les écoles')
  await page.locator('form[action*="visibilite"] button').click()
  await page.locator('.beside').waitFor()
}

/** The form of the first profile, reached by its own link. */
const openCorrectionForm = async (page: Page, prefix: string): Promise<void> => {
  await openProfile(page, prefix)
  await page.locator('a[href$="/corriger"]').click()
  await page.locator('#tagline').waitFor()
}

/** The page of a request, made once: a firm has few open at a time. */
let request: string | undefined
const openRequest = async (page: Page, prefix: string): Promise<void> => {
  if (request === undefined) {
    await openCorrectionForm(page, '')
    await page.fill('#tagline', 'Des capteurs qui disent quand aérer.')
    await page.locator('form button[type="submit"]').first().click()
    await page.waitForURL(/\/corrections\//)
    request = new URL(page.url()).pathname
  }
  await page.goto(prefix + request)
  await page.locator('#par-dns').waitFor()
}

/** A form that comes back with what is wrong. */
const refuseSite = async (page: Page, prefix: string): Promise<void> => {
  await page.goto(`${prefix}/sites/proposer`)
  await page.fill('#siren', '123')
  await page.fill('#url', 'http://10.0.0.1/')
  await page.locator('main button[type="submit"]').click()
  await page.locator('[role="alert"]').waitFor()
}

export const PAGE_KINDS: Readonly<Record<string, (page: Page, prefix: string) => Promise<void>>> = {
  home: opening('/'),
  results: opening(
    '/recherche?q=capteurs+de+qualit%C3%A9+de+l%27air&near=Rennes&radiusKm=500&state=active&theme=edtech',
  ),
  browse: opening('/recherche?page=2'),
  zero: opening('/recherche?q=xyzzyqwv+autre+mot&region=53&certification=hds&near=Rennes'),
  few: opening('/recherche?q=support+GLPI&region=75'),
  profile: openProfile,
  compare: openComparison,
  choice: openChoice,
  correct: openCorrectionForm,
  'correction-request': openRequest,
  propose: opening('/sites/proposer'),
  'propose-refused': refuseSite,
  need: opening('/besoin'),
  'need-analysed': analyse,
  found: opening('/visibilite'),
  'found-unknown': opening('/visibilite?firm=Zzyxqw+Nulle+Part'),
  mirror: openMirror,
  'mirror-asked': askMirror,
  dossiers: opening('/dossiers'),
  dossier: openDossier,
  'dossier-writing': writeDossier,
  'dossier-need': async (page, prefix) => {
    await analyse(page, prefix)
    await freezeShown(page)
  },
  'dossier-comparison': async (page, prefix) => {
    await openComparison(page, prefix)
    await freezeShown(page)
  },
  bricks: opening('/briques'),
  'bricks-found': opening('/briques?q=eau&theme=environnement'),
  brick: opening('/briques/gestion-parc-informatique'),
  about: opening('/a-propos'),
  docs: opening('/docs'),
  accessibility: opening('/accessibilite'),
  robot: opening('/robot'),
  'not-found': opening('/nulle-part'),
  'bad-request': opening('/recherche?page=99999'),
}

const LANGUAGES = { French: '', English: '/en' } as const

const perKind = (make: (kind: string, open: (page: Page, prefix: string) => Promise<void>) => readonly BrowserTest[]) =>
  Object.entries(PAGE_KINDS).flatMap(([kind, open]) => make(kind, open))

const accessible = perKind((kind, open) =>
  Object.entries(LANGUAGES).flatMap(([language, prefix]) =>
    (['light', 'dark'] as const).map(colorScheme => ({
      title: `axe-core finds nothing on the ${language} ${kind} page, ${colorScheme}`,
      options: { colorScheme },
      run: async page => {
        await open(page, prefix)
        assert.equal(await page.locator('html').getAttribute('lang'), language === 'French' ? 'fr' : 'en')
        if (colorScheme === 'light') assert.deepEqual(await violations(page), [], 'as it comes')
        await unfold(page)
        assert.deepEqual(await violations(page), [], 'unfolded')
      },
    })),
  ),
)

const NARROW = { width: 360, height: 740 }
const sideways = (page: Page): Promise<unknown> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')

const narrow = perKind((kind, open) =>
  Object.entries(LANGUAGES).map(([language, prefix]) => ({
    title: `the ${language} ${kind} page does not scroll sideways at 360 pixels, and axe-core finds nothing`,
    options: { viewport: NARROW },
    run: async page => {
      await open(page, prefix)
      assert.equal(await sideways(page), 0, 'as it comes')
      await unfold(page)
      assert.equal(await sideways(page), 0, 'unfolded')
      assert.deepEqual(await violations(page), [])
    },
  })),
)

const themes: readonly BrowserTest[] = (['light', 'dark'] as const).map(colorScheme => ({
  title: `the ${colorScheme} theme follows the system`,
  options: { colorScheme },
  run: async page => {
    await page.goto('/')
    const channels = await page.evaluate('getComputedStyle(document.body).backgroundColor')
    const [red = 0] =
      String(channels)
        .match(/[0-9]+/g)
        ?.map(Number) ?? []
    assert.equal(red < 128, colorScheme === 'dark')
  },
}))

export const AUDITS: readonly BrowserTest[] = [...accessible, ...narrow, ...themes]
