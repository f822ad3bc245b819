import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import { type BrowserTest, figure } from './harness.ts'

/** What readers do, with script and without: typing, filtering, opening, going back, changing language. */

const NEED = 'capteurs de qualité de l’air'
const RESULTS = `/recherche?q=${encodeURIComponent(NEED)}`

const total = async (page: Page): Promise<number> => figure(await page.locator('#total').textContent())
/** The figure of a count, without the words that only assistive tools read. */
const shownCount = async (count: Locator): Promise<number> =>
  figure(
    await count.evaluate(
      (node: { readonly firstChild: { readonly textContent: string } }) => node.firstChild.textContent,
    ),
  )

const query = (page: Page): URLSearchParams => new URL(page.url()).searchParams

const journeys: readonly BrowserTest[] = [
  {
    title: 'a need typed on the home page is searched by Enter, and stays in the box',
    run: async page => {
      await page.goto('/')
      await page.locator('#q').fill(NEED)
      await page.locator('#q').press('Enter')
      await page.waitForURL('**/recherche?**')
      assert.ok((await total(page)) > 0)
      assert.equal(await page.locator('#q').inputValue(), NEED)
      assert.match(await page.title(), /capteurs de qualité de l’air/)
    },
  },
  {
    title: 'a check box filters when it is applied, and keeps the words that were typed meanwhile',
    run: async page => {
      await page.goto(RESULTS)
      const row = page.locator('.facet-row').first()
      const count = await shownCount(row.locator('.count'))
      const box = row.locator('input')
      const [name, value] = [await box.getAttribute('name'), await box.getAttribute('value')]
      await box.check()
      await page.locator('.facet-apply button').click()
      await page.waitForURL(url => url.searchParams.get(name ?? '') === value)
      assert.equal(await total(page), count)
      assert.equal(query(page).get('q'), NEED)
      assert.ok(await page.locator(`input[type="checkbox"][name="${name}"][value="${value}"]`).isChecked())
    },
  },
  {
    title: 'the number beside a value filters at once, and its chip takes the filter away',
    run: async page => {
      await page.goto(RESULTS)
      const before = await total(page)
      const link = page.locator('.facet-row .count').first()
      const count = await shownCount(link)
      await link.click()
      const chip = page.locator('[aria-labelledby="filtres"] a')
      await chip.waitFor()
      assert.equal(await total(page), count)
      await chip.click()
      await chip.waitFor({ state: 'detached' })
      assert.equal(await total(page), before)
      assert.equal(query(page).get('q'), NEED)
    },
  },
  {
    title: 'a profile opens from its result and leads back to the same results',
    run: async page => {
      await page.goto(RESULTS)
      const link = page.locator('.result h2 a').first()
      const name = await link.textContent()
      await link.click()
      await page.waitForURL('**/fournisseurs/*')
      assert.equal(await page.locator('h1').textContent(), name)
      assert.ok((await page.locator('.facts .proof').count()) > 5)
      await page.locator('.crumbs a').click()
      await page.waitForURL('**/recherche?**')
      assert.equal(query(page).get('q'), NEED)
    },
  },
  {
    title: 'the language link leads to the same page in English, and back',
    run: async page => {
      await page.goto(RESULTS)
      const found = await total(page)
      await page.getByRole('link', { name: 'English' }).click()
      await page.waitForURL('**/en/recherche?**')
      assert.equal(await page.locator('html').getAttribute('lang'), 'en')
      assert.equal(query(page).get('q'), NEED)
      assert.equal(await total(page), found)
      await page.getByRole('link', { name: 'Français' }).click()
      await page.waitForURL(url => url.pathname === '/recherche')
      assert.equal(await page.locator('html').getAttribute('lang'), 'fr')
    },
  },
  {
    title: 'the lines of an explanation add up to the score on its handle',
    run: async page => {
      await page.goto(RESULTS)
      const why = page.locator('.why').first()
      await why.locator('summary').click()
      const cents = async (selector: string): Promise<readonly number[]> =>
        (await why.locator(selector).allTextContents()).map(figure)
      const lines = await cents('tbody .num')
      assert.deepEqual(
        [lines.reduce((sum, value) => sum + value, 0)],
        await cents('tfoot .num'),
        'in hundredths, as shown',
      )
    },
  },
  {
    title: 'near a place, results tell their distance and can be put in its order',
    run: async page => {
      await page.goto('/recherche')
      await page.locator('#near').fill('Rennes')
      await page.getByRole('button', { name: 'Chercher' }).click()
      await page.locator('#radiusKm').selectOption('300')
      await page.getByRole('button', { name: 'Chercher' }).click()
      await page.waitForURL('**radiusKm=300**')
      await page.locator('.sorts').getByRole('link', { name: 'distance' }).click()
      await page.waitForURL('**sort=distance**')
      const places = await page.locator('.result .meta li:first-child').allTextContents()
      const distances = places.map(place => Number(/([0-9]+)\s*km/.exec(place)?.[1] ?? 0))
      assert.ok(distances.length > 1)
      assert.deepEqual(
        distances,
        distances.toSorted((a, b) => a - b),
      )
    },
  },
  {
    title: 'years and a day are filled in and applied, stay in their boxes, and go one by one',
    run: async page => {
      await page.goto('/recherche')
      const all = await total(page)
      await page.locator('summary', { hasText: 'Année de création' }).click()
      await page.locator('#foundedFrom').fill('2015')
      await page.locator('summary', { hasText: 'Dernière mise à jour' }).click()
      await page.locator('#updatedSince').fill('2020-01-01')
      await page.getByRole('button', { name: 'Appliquer' }).click()
      await page.waitForURL('**foundedFrom=2015**')
      const some = await total(page)
      assert.ok(some > 0 && some < all, `${some} of ${all}`)
      assert.equal(await page.locator('#foundedFrom').inputValue(), '2015')
      assert.equal(await page.locator('#updatedSince').inputValue(), '2020-01-01')
      await page.getByRole('link', { name: /Retirer le filtre Année de création/ }).click()
      await page.waitForURL(/recherche\?updatedSince=2020-01-01$/)
      await page.getByRole('link', { name: /Retirer le filtre Dernière mise à jour/ }).click()
      await page.waitForURL(/recherche$/)
      assert.equal(await total(page), all)
    },
  },
  {
    title: 'the catalogue is browsed page by page',
    run: async page => {
      await page.goto('/recherche')
      const names = (): Promise<readonly string[]> => page.locator('.result h2').allTextContents()
      const first = await names()
      await page.locator('.pager [rel="next"]').click()
      await page.waitForURL('**page=2**')
      const second = await names()
      assert.ok(second.length > 0)
      assert.ok(second.every(name => !first.includes(name)))
    },
  },
  {
    title: 'without results, one criterion less is a link away, and gives as many as it says',
    run: async page => {
      await page.goto(`${RESULTS}&department=975`)
      assert.match((await page.locator('h1').textContent()) ?? '', /Aucun fournisseur/)
      const way = page.locator('[aria-labelledby="relacher"] .option').filter({ hasText: 'Sans le filtre Département' })
      const promised = figure(await way.locator('.count').textContent())
      assert.ok(promised > 0)
      await way.getByRole('link').click()
      await page.waitForURL(url => !url.searchParams.has('department'))
      assert.equal(query(page).get('q'), NEED)
      assert.equal(await total(page), promised)
    },
  },
  {
    title: 'a brick is found in the vocabulary, and leads to its suppliers',
    run: async page => {
      await page.goto('/')
      await page.locator('.site-nav').getByRole('link', { name: 'Briques' }).click()
      await page.waitForURL('**/briques')
      await page.locator('#q').fill('air intérieur')
      await page.locator('form.search button').click()
      await page.waitForURL('**/briques?q=**')
      await page.locator('.brick-index a').first().click()
      await page.waitForURL('**/briques/qualite-air-interieur')
      const see = page.locator('.profile-head .button--main')
      const promised = figure(await see.textContent())
      assert.ok(promised > 0)
      await see.click()
      await page.waitForURL('**/recherche?brick=qualite-air-interieur')
      assert.equal(await total(page), promised)
      assert.ok((await page.locator('.result .brick--hit').count()) > 0)
    },
  },
  {
    title: 'a brick that was understood can be refused, and accepted again',
    run: async page => {
      await page.goto(RESULTS)
      const chips = page.locator('[aria-labelledby="compris"] li')
      const refused = await chips.first().innerText()
      await chips.first().locator('a').click()
      await page.waitForURL('**literal=**')
      assert.equal(query(page).get('q'), NEED)
      const texts = await chips.allInnerTexts()
      assert.ok(!texts.includes(refused), `${refused} is gone from ${texts.join(' | ')}`)
      const literal = chips.filter({ hasText: 'comme de simples mots' }).last()
      await literal.locator('a').click()
      await page.waitForURL(url => !url.searchParams.has('literal'))
      assert.equal(await chips.first().innerText(), refused)
    },
  },
  {
    title: 'markup in a query is shown, never run',
    run: async page => {
      const attack = '"><img src=x onerror="window.ran=1"><script>window.ran=1</script>'
      await page.goto(`/recherche?q=${encodeURIComponent(attack)}`)
      assert.equal(await page.locator('#q').inputValue(), attack)
      assert.equal(await page.locator('img').count(), 0)
      assert.equal(await page.evaluate('window.ran'), undefined)
    },
  },
  {
    title: 'the skip link comes first and leads to the content',
    run: async page => {
      await page.goto(RESULTS)
      await page.keyboard.press('Tab')
      assert.match((await page.locator(':focus').textContent()) ?? '', /Aller au contenu/)
      await page.keyboard.press('Enter')
      assert.equal(await page.locator(':focus').getAttribute('id'), 'contenu')
    },
  },
]

/** Each journey twice: script is an addition, never a condition. */
export const JOURNEYS: readonly BrowserTest[] = journeys.flatMap(journey => [
  journey,
  { ...journey, title: `${journey.title} (without script)`, options: { javaScriptEnabled: false } },
])
