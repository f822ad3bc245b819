import assert from 'node:assert/strict'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'

/** A promise of the pages, kept in a real browser. */
export interface BrowserTest {
  readonly title: string
  readonly options?: BrowserContextOptions
  readonly run: (page: Page) => Promise<void>
}

const DESKTOP = { width: 1280, height: 900 }
const ACTION_TIMEOUT_MS = 10_000

/** What no page may do: run into its own security policy, throw, or ask another host for anything. */
const watch = (page: Page, origin: string): readonly string[] => {
  const complaints: string[] = []
  page.on('pageerror', error => complaints.push(`script error: ${error.message}`))
  page.on('console', message => {
    // A page of status 404 is an error to the console and the point of a test.
    const expected = /Failed to load resource: the server responded with a status of 4/.test(message.text())
    if (message.type() === 'error' && !expected) complaints.push(`console: ${message.text()}`)
  })
  page.on('request', request => {
    if (!request.url().startsWith(origin)) complaints.push(`request to another host: ${request.url()}`)
  })
  return complaints
}

/** Runs one test in a fresh context; resolves to its failure, if any. */
export const runTest = async (browser: Browser, origin: string, test: BrowserTest): Promise<Error | undefined> => {
  const context = await browser.newContext({ viewport: DESKTOP, baseURL: origin, locale: 'fr-FR', ...test.options })
  context.setDefaultTimeout(ACTION_TIMEOUT_MS)
  try {
    const page = await context.newPage()
    const complaints = watch(page, origin)
    await test.run(page)
    assert.deepEqual(complaints, [])
    return undefined
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  } finally {
    await context.close()
  }
}

/** Unfolds everything, so that what is hidden at first is judged too. */
export const unfold = (page: Page): Promise<unknown> =>
  page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")

/** The figure in a text such as "1 234 fournisseurs". */
export const figure = (text: string | null): number => Number((text ?? '').replace(/[^0-9]/g, ''))
