import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import { ConfigError, checkNode, readConfig } from '../src/config.ts'
import { EngineUnavailableError, IndexLockedError } from '../src/engine/engine.ts'
import { CatalogueBusyError, CatalogueError, CatalogueRuleError } from '../src/store/errors.ts'
import { type Command, CommandError, cataloguePathOf } from './command.ts'
import { createProgress } from './progress.ts'
import { WrongFormatError } from './sources/errors.ts'

/** The command line: fills the catalogue and builds its index. */

interface CommandEntry {
  readonly usage: string
  readonly about: string
  readonly help: string
  readonly options: ParseArgsOptionsConfig
  /** Loaded when it is run: a mistyped command costs nothing. */
  readonly load: () => Promise<Command>
}

const text = { type: 'string' } as const
const flag = { type: 'boolean' } as const

const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  import: {
    usage: 'import <source> [file or URL]',
    about: 'loads a source: its published file, or the file or URL given',
    help: `Sources: ilab, inov, file (your own list), sirene, demo. "brique sources" tells more.
A source's new version replaces the one before it at once; the same file again changes nothing.
"import sirene" asks the State's register about every company of the catalogue, at most 7 a second; interrupted,
it continues where it stopped. "import sirene <file.csv>" reads Insee's stock file StockUniteLegale instead.

  --date YYYY-MM-DD  date of the data at their publisher (default: the registry's, today for "file")
  --force            switch although most records are bad
  --max-age <days>   for "sirene": answers that are older are asked for again (default: 30)
For your own list:
  --name <text>      its name (default: the file's); lists of different names live side by side
  --publisher, --url, --licence <text>  how readers are told of it`,
    options: { date: text, force: flag, 'max-age': text, name: text, publisher: text, url: text, licence: text },
    load: async () => (await import('./import-command.ts')).runImport,
  },
  demo: {
    usage: 'demo [--if-empty]',
    about: 'loads the demonstration catalogue of invented suppliers',
    help: '  --if-empty  only when the catalogue has no source; builds the index when there is none',
    options: { 'if-empty': flag, force: flag },
    load: async () => (await import('./demo-command.ts')).runDemo,
  },
  remove: {
    usage: 'remove <source>',
    about: 'takes a source out of the catalogue',
    help: 'The id as "status" shows it, such as file:my-list. Suppliers that only it knows go with it.',
    options: {},
    load: async () => (await import('./remove-command.ts')).runRemove,
  },
  crawl: {
    usage: 'crawl [report | export <domain> | opt-out <domain>]',
    about: 'reads the web sites of the suppliers, politely; report tells what failed',
    help: `Asks robots.txt first, one request at a time a host with pauses of 2 s at least, 100 pages a site.
Interrupted, it continues where it stopped; run again, it asks only for what is due. PUBLIC_URL must be set: the
robot tells every site where to read who it is. The pages are kept: "extract" makes facts of them.

  --site <domain, address or SIREN>  only this site
  --limit <sites>                    at most so many sites
  --since <YYYY-MM-DD>               pages last read before that day are due now
  --every <30m, 6h, 1d>              crawl and extract, again and again, until stopped: for a service
  report                             pages kept, addresses by outcome, home pages that failed and what to do
  export <domain> [file]             the pages kept of a site, as a WARC file
  opt-out <domain>                   leaves a site out for good and removes its pages`,
    options: { site: text, limit: text, since: text, every: text },
    load: async () => (await import('./crawl-command.ts')).runCrawl,
  },
  extract: {
    usage: 'extract',
    about: 'makes facts of the pages that were crawled, without asking any site',
    help: `Text of each page, tagline and description where no other source has one: declared by the firm, with address
and date. A site whose pages show other companies' SIREN only is not attached. Then run "index".`,
    options: {},
    load: async () => (await import('./extract-command.ts')).runExtract,
  },
  corrections: {
    usage: 'corrections [list | <decision> <number>]',
    about: 'the requests of firms about their profiles: reads them, decides on them',
    help: `A request whose ownership is shown is carried out by itself; these wait for you even then: a site on another
domain, a removal, a domain that several firms share, a site that is lost.

  list                           requests that wait; --state <state> or --state all shows others
  show <number>                  what is asked for, and what stands behind it
  accept <number>                carries it out, whatever was shown
  refuse <number> --reason "…"   ends it; the reason is shown to who made it
  undo <number>                  takes an accepted one back: the version before it counts again
  prove <number>                 you have seen to it that the request comes from the firm (a letter, a call back)`,
    options: { state: text, reason: text },
    load: async () => (await import('./corrections-command.ts')).runCorrections,
  },
  index: {
    usage: 'index [rollback | dead-letters]',
    about: 'builds a new index of the catalogue and makes it live; rollback takes the one before',
    help: `  --force       accept an index much smaller than the live one
  rollback      makes the index before the live one live again; changes since are applied to it by the service
  dead-letters  lists the profiles that the search engine has refused, with the reason
    --retry     puts them into the outbox again`,
    options: { force: flag, retry: flag },
    load: async () => (await import('./build-index.ts')).runIndex,
  },
  evaluate: {
    usage: 'evaluate <queries.jsonl> [--compare]',
    about: 'measures the ranking on judged queries',
    help: `Lines of {"query": "…", "relevant": ["siren", …]}; prints nDCG@10, MRR@10, hit@1/10/100, zero-result rate.
  --output <file>   writes the first 100 SIREN of each query
  --catalogue <id>  only the needs that were judged on it ("demo", "real")
  --compare         each stage of the ranking, with its paired difference from plain BM25
  --known-items     instead of a file: each firm asked for by its own tagline, in an index without taglines`,
    options: { output: text, catalogue: text, compare: flag, 'known-items': flag },
    load: async () => (await import('./evaluate.ts')).runEvaluate,
  },
  sources: {
    usage: 'sources',
    about: 'lists the sources that can be imported',
    help: 'Formats, licence, published address, and what is in the catalogue.',
    options: {},
    load: async () => (await import('./status-command.ts')).runSources,
  },
  status: {
    usage: 'status',
    about: 'tells what the catalogue holds',
    help: 'Suppliers, sources with their versions and dates, work left by an interruption.',
    options: {},
    load: async () => (await import('./status-command.ts')).runStatus,
  },
}

const overview = (): string =>
  [
    'Usage: npm run brique -- <command>   (npm run import | index | evaluate -- …)',
    '',
    ...Object.values(COMMANDS).map(({ usage, about }) => `  ${usage.padEnd(50)}${about}`),
    '',
    'The state folder is BRIQUE_DATA (default: var). <command> --help tells more.',
  ].join('\n')

const helpOf = ({ usage, about, help }: CommandEntry): string =>
  `Usage: npm run brique -- ${usage}\n${about}\n\n${help}`

/** A mistake in the command line itself: exit code 2. */
class UsageError extends Error {
  override readonly name = 'UsageError'
}

const parsedArguments = (name: string, entry: CommandEntry, args: readonly string[]) => {
  try {
    const options = { ...entry.options, help: { type: 'boolean', short: 'h' } } as const
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch (cause) {
    const message = cause instanceof Error ? cause.message.split('. To specify')[0] : ''
    throw new UsageError(`${name}: ${message}. Try "npm run brique -- ${name} --help"`, { cause })
  }
}

const main = async (argv: readonly string[]): Promise<number> => {
  const [name, ...args] = argv
  const write = (line: string): void => {
    process.stdout.write(`${line}\n`)
  }
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    write(overview())
    return name === undefined ? 2 : 0
  }
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (entry === undefined) throw new UsageError(`Unknown command "${name}".\n${overview()}`)
  const { values, positionals } = parsedArguments(name, entry, args)
  if (values['help'] === true) {
    write(helpOf(entry))
    return 0
  }
  checkNode()
  const config = readConfig()
  const command = await entry.load()
  const cataloguePath = cataloguePathOf(config)
  return command({ config, cataloguePath, args: { values, positionals }, progress: createProgress(), write })
}

/** Ends that are explained to the operator; anything else is a fault of the program and shows its stack. */
const EXPLAINED = [
  ...[CommandError, ConfigError, CatalogueError, CatalogueRuleError, CatalogueBusyError, WrongFormatError],
  ...[EngineUnavailableError, IndexLockedError],
]

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  const explained = error instanceof UsageError || EXPLAINED.some(kind => error instanceof kind)
  process.stderr.write(`${error instanceof Error ? (explained ? error.message : error.stack) : String(error)}\n`)
  process.exitCode = error instanceof UsageError ? 2 : 1
}
