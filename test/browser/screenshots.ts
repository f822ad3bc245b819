import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { PAGE_KINDS } from './audits.ts'

const FORMATS = [
  { name: '1280', width: 1280, colorScheme: 'light', media: 'screen' },
  { name: '1280-dark', width: 1280, colorScheme: 'dark', media: 'screen' },
  { name: '360', width: 360, colorScheme: 'light', media: 'screen' },
  // A sheet of A4 without its margins, at 96 pixels an inch.
  { name: 'print', width: 718, colorScheme: 'light', media: 'print' },
] as const

export type Format = (typeof FORMATS)[number]['name']
export const FORMAT_NAMES: readonly Format[] = FORMATS.map(({ name }) => name)

/** Longer pages are cut: what follows repeats. */
const TALLEST = 1500
const JPEG_QUALITY = 40

/** Captures every kind of page in some formats into a folder, as `<kind>-<format>.jpg`. */
export const takeScreenshots = async (
  browser: Browser,
  origin: string,
  folder: string,
  formats: readonly Format[] = FORMAT_NAMES,
): Promise<void> => {
  await mkdir(folder, { recursive: true })
  for (const { name, width, colorScheme, media } of FORMATS) {
    if (!formats.includes(name)) continue
    const context = await browser.newContext({
      viewport: { width, height: 800 },
      baseURL: origin,
      colorScheme,
      locale: 'fr-FR',
    })
    const page = await context.newPage()
    for (const [kind, open] of Object.entries(PAGE_KINDS)) {
      await open(page, '')
      await page.emulateMedia({ media })
      const height = Math.min(TALLEST, Number(await page.evaluate('document.documentElement.scrollHeight')))
      await page.screenshot({
        path: join(folder, `${kind}-${name}.jpg`),
        type: 'jpeg',
        quality: JPEG_QUALITY,
        fullPage: true,
        clip: { x: 0, y: 0, width, height },
      })
      await page.emulateMedia({ media: 'screen' })
    }
    await context.close()
  }
}
