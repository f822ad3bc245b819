import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import type { BrowserTest } from './harness.ts'

/** The suggestion list by keyboard and pointer (ARIA Authoring Practices, combobox with list popup). */

const box = (page: Page) => page.locator('#q')
const list = (page: Page) => page.locator('[role="listbox"]')
const active = async (page: Page) => page.locator(`#${await box(page).getAttribute('aria-activedescendant')}`)

/** A supplier of the catalogue, and enough of its name to be suggested. */
const someSupplier = async (page: Page): Promise<{ readonly name: string; readonly path: string }> => {
  await page.goto('/recherche')
  const link = page.locator('.result h2 a').first()
  return { name: (await link.textContent()) ?? '', path: (await link.getAttribute('href')) ?? '' }
}

const typeInto = async (page: Page, path: string, text: string): Promise<void> => {
  await page.goto(path)
  await box(page).pressSequentially(text, { delay: 20 })
  await list(page).waitFor()
}

/** A suggestion that completes the text: of any kind but a supplier. */
const COMPLETION = /(?:mot|brique|thème|lieu)$/

/** Arrows down to the first option whose text ends so. */
const moveTo = async (page: Page, ending: RegExp): Promise<void> => {
  const options = await list(page).getByRole('option').allTextContents()
  const at = options.findIndex(option => ending.test(option))
  assert.ok(at >= 0, `no ${ending} among: ${options.join(' | ')}`)
  for (let i = 0; i <= at; i++) await box(page).press('ArrowDown')
}

export const SUGGESTIONS: readonly BrowserTest[] = [
  {
    title: 'typing opens the list and announces how many suggestions there are',
    run: async page => {
      await typeInto(page, '/', 'capt')
      assert.equal(await box(page).getAttribute('aria-expanded'), 'true')
      assert.match((await page.locator('.search-query [role="status"]').textContent()) ?? '', /^[0-9]+ propositions?\./)
      assert.equal(await box(page).getAttribute('aria-activedescendant'), null)
    },
  },
  {
    title: 'arrows go round the options, Home and End give the cursor back to the text, Escape closes',
    run: async page => {
      await typeInto(page, '/', 'capt')
      const count = await list(page).getByRole('option').count()
      await box(page).press('ArrowUp')
      assert.equal(await (await active(page)).getAttribute('id'), `q-suggestions-${count - 1}`)
      await box(page).press('ArrowDown')
      assert.equal(await box(page).getAttribute('aria-activedescendant'), null)
      await box(page).press('ArrowDown')
      assert.equal(await (await active(page)).getAttribute('aria-selected'), 'true')
      await box(page).press('Home')
      assert.equal(await box(page).getAttribute('aria-activedescendant'), null)
      assert.equal(await box(page).evaluate((node: { readonly selectionStart: number }) => node.selectionStart), 0)
      await box(page).press('Escape')
      assert.equal(await list(page).isVisible(), false)
      assert.equal(await box(page).inputValue(), 'capt', 'Escape closes the list and keeps the text')
    },
  },
  {
    title: 'Enter on a supplier opens its profile, in the language of the page',
    run: async page => {
      const { name, path } = await someSupplier(page)
      for (const [prefix, kind] of [
        ['', 'fournisseur'],
        ['/en', 'supplier'],
      ] as const) {
        await typeInto(page, `${prefix}/`, name.slice(0, -1))
        await moveTo(page, new RegExp(`${kind}$`))
        await box(page).press('Enter')
        await page.waitForURL(`**${prefix}${path}`)
        assert.equal(await page.locator('h1').textContent(), name)
      }
    },
  },
  {
    title: 'Enter on another suggestion fills the box, and a second Enter searches',
    run: async page => {
      await typeInto(page, '/', 'capt')
      await moveTo(page, COMPLETION)
      const text = await (await active(page)).locator('span').textContent()
      await box(page).press('Enter')
      assert.equal(await box(page).inputValue(), text)
      assert.equal(await list(page).isVisible(), false)
      await box(page).press('Enter')
      await page.waitForURL('**/recherche?**')
    },
  },
  {
    title: 'a click takes a suggestion, and leaving the box closes the list',
    run: async page => {
      await typeInto(page, '/', 'capt')
      const option = list(page).getByRole('option').filter({ hasText: COMPLETION }).first()
      const text = await option.locator('span').textContent()
      await option.click()
      assert.equal(await box(page).inputValue(), text)
      await box(page).press('Backspace')
      await list(page).waitFor()
      await page.keyboard.press('Tab')
      await list(page).waitFor({ state: 'hidden' })
      assert.equal(await page.locator(':focus').getAttribute('id'), 'near')
    },
  },
  {
    title: 'when suggestions fail, typing and searching go on',
    run: async page => {
      await page.route('**/api/suggest?**', route => route.fulfill({ status: 429, body: 'no' }))
      await page.goto('/')
      await box(page).pressSequentially('capteurs')
      await box(page).press('Enter')
      await page.waitForURL('**/recherche?**')
    },
  },
]
