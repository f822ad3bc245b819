import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { PAGE_KINDS } from './audits.ts'

const FORMATS = [
  { name: '1280', width: 1280, colorScheme: 'light' },
  { name: '1280-dark', width: 1280, colorScheme: 'dark' },
  { name: '360', width: 360, colorScheme: 'light' },
] as const

/** Captures every kind of page, whole, into a folder. */
export const takeScreenshots = async (browser: Browser, origin: string, folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true })
  for (const { name, width, colorScheme } of FORMATS) {
    const context = await browser.newContext({
      viewport: { width, height: 800 },
      baseURL: origin,
      colorScheme,
      locale: 'fr-FR',
    })
    const page = await context.newPage()
    for (const [kind, open] of Object.entries(PAGE_KINDS)) {
      await open(page, '')
      await page.screenshot({ path: join(folder, `${kind}-${name}.png`), fullPage: true })
    }
    await context.close()
  }
}
