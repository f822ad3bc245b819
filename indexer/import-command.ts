import { createHash } from 'node:crypto'
import { glob, stat } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openCatalogue } from '../src/store/open-catalogue.ts'
import type { Source, SourceVersion } from '../src/store/sources.ts'
import { lockCatalogue } from '../src/store/write-lock.ts'
import { type Command, type CommandArguments, type CommandContext, CommandError, option } from './command.ts'
import { download } from './download.ts'
import { type ImportOutcome, importSource } from './import-source.ts'
import { mergedSummary, readingSummary } from './import-summary.ts'
import { type Prepared, prepareAnswers, prepareStock, type SireneOptions } from './sirene/prepare.ts'
import { slug } from './sources/codes.ts'
import { CONNECTORS } from './sources/connectors.ts'
import { REGISTRY, type RegisteredSource, registeredSource } from './sources/registry.ts'
import { inspectFile, type SourceFile } from './sources/source-file.ts'
import { themesDigest } from './sources/themes.ts'

const SUPPLIERS_FOLDER = fileURLToPath(new URL('../seed/suppliers', import.meta.url))

const isUrl = (text: string): boolean => /^https?:\/\//i.test(text)

const registered = (id: string | undefined): RegisteredSource => {
  const found = id === undefined ? undefined : registeredSource(id)
  if (found) return found
  const known = REGISTRY.map(each => each.id).join(', ')
  throw new CommandError(`${id === undefined ? 'No source given' : `Unknown source "${id}"`}: give one of ${known}`)
}

/** The path to read: the file given, a download of the URL given, or of the published one. */
const localPath = async (context: CommandContext, source: RegisteredSource): Promise<string> => {
  const given = context.args.positionals[1] ?? (source.id === 'demo' ? SUPPLIERS_FOLDER : source.download)
  if (given === undefined) {
    throw new CommandError(`Give the file to read: npm run import -- ${source.id} <file or URL>`)
  }
  if (!isUrl(given)) return given
  context.write(`Downloading ${given}`)
  return download(given, join(context.config.dataDir, 'downloads'), context.progress.step('Downloading'))
}

const unreadable = (path: string, cause: unknown): CommandError => {
  const reason =
    cause instanceof Error && 'code' in cause && cause.code === 'ENOENT' ? 'does not exist' : 'cannot be read'
  return new CommandError(`${path} ${reason}: give the path of a file, or its URL`, { cause })
}

/** The file, or the JSON files of a folder, each inspected. */
const inspectAll = async (path: string): Promise<readonly SourceFile[]> => {
  const info = await stat(path).catch((cause: unknown) => {
    throw unreadable(path, cause)
  })
  if (!info.isDirectory()) return [await inspectFile(path)]
  const names = await Array.fromAsync(glob('*.json', { cwd: path }))
  if (names.length === 0) throw new CommandError(`${path} holds no .json file: give a file, or a folder of them`)
  return Promise.all(names.sort().map(name => inspectFile(join(path, name))))
}

const digestOf = (files: readonly SourceFile[]): string => {
  const [first] = files
  if (files.length === 1 && first) return first.digest
  return createHash('sha256')
    .update(files.map(file => `${file.name} ${file.digest}\n`).join(''))
    .digest('hex')
}

const checkedDate = (text: string): string => {
  const date = new Date(`${text}T00:00:00Z`)
  const valid =
    /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
  if (!valid) throw new CommandError(`--date ${text}: give the date of the data as YYYY-MM-DD`)
  return text
}

/** A list of the operator's own has a name of its own, so that several live side by side. */
const sourceOf = (row: RegisteredSource, args: CommandArguments, path: string): Source => {
  const { id, publisher, url, fictitious } = row
  const given = (name: string) => option(args, name)
  const origin = args.positionals[1]
  const name = given('name')
  if (id !== 'file') return { id, name: name ?? row.name, publisher: given('publisher') ?? publisher, url, fictitious }
  const file = origin !== undefined && isUrl(origin) ? new URL(origin).pathname : path
  const own = name ?? basename(file, extname(file))
  const page = given('url') ?? (origin !== undefined && isUrl(origin) ? origin : url)
  return { id: `file:${slug(own)}`, name: own, publisher: given('publisher') ?? publisher, url: page, fictitious }
}

const versionOf = (
  row: RegisteredSource,
  source: Source,
  args: CommandArguments,
  files: readonly SourceFile[],
  { connector: { extractor }, date: dateOfData, scope }: Prepared,
): SourceVersion => {
  const importedAt = new Date().toISOString()
  const date = checkedDate(option(args, 'date') ?? dateOfData ?? row.date ?? importedAt.slice(0, 10))
  const licence = option(args, 'licence') ?? row.licence
  const stated = [extractor, themesDigest, date, licence, source.name, source.publisher, source.url]
  // Only where there is one: the fingerprints of other sources stay what they were.
  if (scope !== undefined) stated.push(scope)
  const reading = createHash('sha256').update(JSON.stringify(stated)).digest('hex')
  return { source, digest: digestOf(files), reading, extractor, date, url: source.url, licence, importedAt }
}

const report = (context: CommandContext, source: Source, outcome: ImportOutcome, seconds: number): void => {
  if (outcome.kind === 'unchanged') {
    context.write(`${source.name} (${source.id}): unchanged, this file is already in the catalogue. Nothing to do.`)
    return
  }
  for (const line of readingSummary(outcome.counts)) context.write(line)
  context.write(mergedSummary(outcome.merged))
  context.write(`${source.name} (${source.id}) imported in ${seconds.toFixed(1)} s`)
}

/** What is read and by which connector. The register is first asked, which may take hours: before any lock. */
const prepare = async (context: CommandContext, row: RegisteredSource, sirene: SireneOptions): Promise<Prepared> => {
  if (row.id === 'sirene') {
    const fileGiven = context.args.positionals[1] !== undefined
    return fileGiven ? prepareStock(context) : prepareAnswers(context, row.download, sirene)
  }
  const connector = CONNECTORS[row.id]
  if (connector === undefined) throw new CommandError(`Source "${row.id}" has no connector`)
  return { connector }
}

/** The import command; `sirene` changes how the register is asked, for tests. */
export const createImport =
  (sirene: SireneOptions = {}): Command =>
  async context => {
    const row = registered(context.args.positionals[0])
    const prepared = await prepare(context, row, sirene)
    const started = performance.now()
    const lock = lockCatalogue(context.config.dataDir)
    const catalogue = openCatalogue(context.cataloguePath)
    try {
      const path = prepared.path ?? (await localPath(context, row))
      const files = await inspectAll(path)
      const source = sourceOf(row, context.args, path)
      const version = versionOf(row, source, context.args, files, prepared)
      const { connector } = prepared
      const force = context.args.values['force'] === true
      const outcome = await importSource({ catalogue, connector, files, version, force, progress: context.progress })
      report(context, source, outcome, (performance.now() - started) / 1000)
      const { suppliers, named } = catalogue.counts()
      context.write(`The catalogue holds ${suppliers} suppliers, ${named} of them named.`)
      return 0
    } finally {
      catalogue.close()
      lock.release()
    }
  }

/** `import <source> [file or URL]`: a source's file, or the register's answers, into the catalogue. */
export const runImport: Command = createImport()
