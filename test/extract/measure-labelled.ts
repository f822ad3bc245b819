import { labelledSites } from '../support/labelled-sites.ts'
import { figuresByKind, readLabelled } from './labelled.ts'

/**
 * Prints precision and recall of every kind of fact on the labelled pages, tuning and held-out halves apart.
 * `--errors tuning` lists what was wrong and missed there; with a kind after it, of that kind only.
 */

const sites = labelledSites()
const at = process.argv.indexOf('--errors')
const [half, kind] = at === -1 ? [] : process.argv.slice(at + 1)

for (const each of ['tuning', 'held-out'] as const) {
  const own = sites.filter(site => site.half === each)
  const pages = own.reduce((sum, site) => sum + site.pages.length, 0)
  process.stdout.write(`\n${each}: ${own.length} firms, ${pages} pages\n`)
  process.stdout.write(`${'kind'.padEnd(18)}${'facts'.padStart(6)}${'precision'.padStart(11)}${'recall'.padStart(8)}\n`)
  for (const figures of figuresByKind(readLabelled(own))) {
    const facts = figures.right + figures.missed.length
    const line = `${figures.kind.padEnd(18)}${String(facts).padStart(6)}${figures.precision.toFixed(3).padStart(11)}${figures.recall.toFixed(3).padStart(8)}`
    process.stdout.write(`${line}${figures.precision < 0.95 || figures.recall < 0.85 ? '  *' : ''}\n`)
    if (half !== each || (kind !== undefined && kind !== figures.kind)) continue
    for (const one of figures.wrong)
      process.stdout.write(`    wrong  ${one.page}: ${one.value} « ${one.excerpt?.slice(0, 120)} »\n`)
    for (const one of figures.missed) process.stdout.write(`    missed ${one.page}: ${one.value}\n`)
  }
}
