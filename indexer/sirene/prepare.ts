import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Siren } from '../../src/model/siren.ts'
import { openCatalogue } from '../../src/store/open-catalogue.ts'
import { lockCatalogue } from '../../src/store/write-lock.ts'
import { type CommandContext, CommandError, option } from '../command.ts'
import type { Connector } from '../sources/connector.ts'
import { openAnswers } from './answers.ts'
import { type Collected, collectAnswers } from './collect.ts'
import { answersConnector, stockConnector } from './connectors.ts'
import { type Clock, createPatientAsker, SYSTEM_CLOCK } from './patience.ts'

/** What tests change of the service and of time. */
export interface SireneOptions {
  /** Address of the service's search; the registry's by default. */
  readonly address?: string
  readonly clock?: Clock
  readonly timeoutMs?: number
}

/** What the import then reads, and how. */
export interface Prepared {
  readonly connector: Connector
  /** The file to read, when it is not the one given. */
  readonly path?: string
  /** Date of the data (YYYY-MM-DD). */
  readonly date?: string
  /** Fingerprint of what decides the facts besides the file. */
  readonly scope?: string
}

const MAX_ANSWER_BYTES = 262_144
const TIMEOUT_MS = 15_000
const MAX_AGE_DAYS = 30

/** The companies that a source other than the register itself knows, in the order of SIREN. */
const knownSirens = (cataloguePath: string): ReadonlySet<Siren> => {
  const catalogue = openCatalogue(cataloguePath, { readOnly: true })
  try {
    if (catalogue.sources().some(source => source.fictitious)) {
      throw new CommandError('The catalogue holds invented suppliers, which no register knows: import real ones first')
    }
    const sirens = new Set<Siren>()
    for (const { siren, sources } of catalogue.suppliersInOrder()) {
      if (sources.some(source => source !== 'sirene')) sirens.add(siren)
    }
    if (sirens.size === 0) {
      throw new CommandError('The catalogue holds no supplier to ask about: import another source first')
    }
    return sirens
  } finally {
    catalogue.close()
  }
}

const maxAgeDaysOf = (context: CommandContext): number => {
  const text = option(context.args, 'max-age')
  if (text === undefined) return MAX_AGE_DAYS
  if (!/^[1-9][0-9]{0,3}$/.test(text)) throw new CommandError(`--max-age ${text}: give a number of days, 1 or more`)
  return Number(text)
}

const SHOWN = 20

const report = (context: CommandContext, { recent, found, unknown, failures, stopped }: Collected): void => {
  const asked = found + unknown + failures.length
  context.write(
    `${asked} companies asked for: ${found} found, ${unknown} unknown to the register, ${failures.length} without a good ` +
      `answer; ${recent} recent answers kept`,
  )
  for (const failure of failures.slice(0, SHOWN)) context.write(`  ${failure}`)
  if (failures.length > SHOWN) context.write(`  … and ${failures.length - SHOWN} more`)
  if (failures.length > 0 && stopped === undefined) context.write('They are asked for again by the next import.')
}

/** Says who asks (the service recommends it); the public address when the operator has given one. */
const userAgent = (context: CommandContext): string => {
  const { publicUrl } = context.config
  return `Brique/0.1 (moteur de recherche de fournisseurs${publicUrl === '' ? '' : `; +${publicUrl}/a-propos`})`
}

const collect = async (
  context: CommandContext,
  sirens: ReadonlySet<Siren>,
  path: string,
  address: string,
  { clock = SYSTEM_CLOCK, timeoutMs = TIMEOUT_MS }: SireneOptions,
): Promise<string | undefined> => {
  const maxAgeDays = maxAgeDaysOf(context)
  const service = { address, userAgent: userAgent(context), timeoutMs, maxBytes: MAX_ANSWER_BYTES }
  const ask = createPatientAsker(service, clock)
  const journal = await openAnswers(path)
  const step = context.progress.step('Asking Sirene')
  try {
    const collected = await collectAnswers({ sirens, journal, ask, maxAgeDays, clock, step })
    step.end()
    report(context, collected)
    if (collected.stopped !== undefined) {
      const remedy = 'What was answered is kept: run the import again later and it continues'
      throw new CommandError(`Stopped: ${collected.stopped}. The catalogue is as it was. ${remedy}`)
    }
    return await journal.finish(sirens)
  } finally {
    step.end()
    journal.close()
  }
}

/**
 * Asks the State's company search about every company of the catalogue, and hands over the file of its answers. Resumes
 * where an interrupted run stopped. Takes a lock of its own: the catalogue's is free for others meanwhile.
 * Throws `CommandError`, with the remedy, when the service is down or refuses; what was answered is kept.
 */
export const prepareAnswers = async (
  context: CommandContext,
  registeredAddress: string | undefined,
  options: SireneOptions,
): Promise<Prepared> => {
  const address = options.address ?? registeredAddress
  if (address === undefined) throw new CommandError('seed/sources.json gives no address for "sirene": give a file')
  const folder = join(context.config.dataDir, 'sirene')
  const path = join(folder, 'answers.jsonl')
  const lock = lockCatalogue(folder)
  try {
    const sirens = knownSirens(context.cataloguePath)
    const latest = await collect(context, sirens, path, address, options)
    if (latest === undefined)
      throw new CommandError('No company got an answer. The catalogue is as it was; try again later')
    return { connector: answersConnector, path, date: latest.slice(0, 10) }
  } finally {
    lock.release()
  }
}

/** Insee's stock file, read for the companies of the catalogue: other companies later make it worth reading again. */
export const prepareStock = (context: CommandContext): Prepared => {
  const sirens = knownSirens(context.cataloguePath)
  const scope = createHash('sha256')
    .update([...sirens].join('\n'))
    .digest('hex')
  return { connector: stockConnector(sirens), scope }
}
