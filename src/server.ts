import { buildApp } from './app.ts'
import {
  type Config,
  ConfigError,
  cataloguePath,
  checkNode,
  dossiersPath,
  engineSettings,
  mailSettings,
  readConfig,
} from './config.ts'
import { createCorrections } from './corrections/create-corrections.ts'
import { createTxtResolver } from './corrections/proofs.ts'
import { createDossiers } from './dossiers/create-dossiers.ts'
import { startSweep } from './dossiers/sweep.ts'
import { currentIndex } from './engine/embedded/index-folder.ts'
import { EngineTroubleError, EngineUnavailableError } from './engine/engine.ts'
import { openEngine } from './engine/open-engine.ts'
import { createIndexRepair } from './index-repair.ts'
import { startIndexSync } from './index-sync.ts'
import { createMailer } from './mail/mailer.ts'
import { communeByCode } from './model/geography.ts'
import { rebuildInProcess } from './rebuild-process.ts'
import type { App } from './routes/services.ts'
import { createSearch } from './search/create-search.ts'
import { startEmbedding } from './search/semantic/background.ts'
import { createEncoder } from './search/semantic/encoder.ts'
import { createSemantic } from './search/semantic/rerank.ts'
import { SemanticSettingsError, semanticSettings } from './search/semantic/settings.ts'
import { createTenders } from './search/tender/create-tenders.ts'
import { createMirror } from './search/visibility/create-mirror.ts'
import { ListenError, serve } from './serve.ts'
import { createSiteNetwork } from './site-network.ts'
import { createCrawlCounts } from './store/crawl-counts.ts'
import { openDossierStore } from './store/dossiers.ts'
import { CatalogueError } from './store/errors.ts'
import { openCatalogue } from './store/open-catalogue.ts'
import { createSiteCrawlReader } from './store/site-crawl.ts'
import { createSiteLookup } from './store/site-lookup.ts'
import { openVectors } from './store/vectors.ts'
import { loadWordList } from './text/word-list.ts'

/** The search service as a process: settings, catalogue, engine, then requests until it is told to stop. */

/**
 * Changes are tried again several times a second: an error is logged when it begins, not each time. A missing index is
 * not one of the synchronisation; searches and `/health/ready` say so.
 */
const logOnce = (app: App) => {
  let last = ''
  return (error: unknown): void => {
    const message = String(error)
    const hasNoIndex = error instanceof EngineUnavailableError && !(error instanceof EngineTroubleError)
    if (message !== last && !hasNoIndex)
      app.log.error({ err: error }, 'changes of the catalogue cannot be applied to the index')
    last = message
  }
}

const PARIS = '75056'

/** The optional encoder and its vectors; `undefined` without an endpoint. */
const openEncoding = (config: Config) => {
  const settings = semanticSettings(config)
  if (!settings) return undefined
  const encoder = createEncoder(settings)
  const vectors = openVectors(config.dataDir)
  return { encoder, vectors, semantic: createSemantic({ encoder, vectors, weight: settings.weight }) }
}

const run = async (): Promise<void> => {
  checkNode()
  const config = readConfig()
  // Reading the commune tables takes 0.3 s: now, rather than while others wait for the first search near a place.
  communeByCode(PARIS)
  const catalogue = openCatalogue(cataloguePath(config))
  const indexRepair = createIndexRepair({
    rebuild: config.indexRepair === 'auto' ? rebuildInProcess(config) : undefined,
    liveIndex: () => currentIndex(config.dataDir),
    onRepaired: () => void sync.flush().catch(onError),
  })
  const engine = openEngine({
    ...{ ...engineSettings(config), searchThreads: config.searchThreads },
    onDamage: damage => indexRepair.report(damage),
  })
  const pendingChanges = (): number => sync.pending()
  const deadLetters = (): number => catalogue.countDeadLetters()
  const syncTrouble = (): string | undefined => sync.trouble()
  const encoding = openEncoding(config)
  const search = createSearch(engine, encoding?.semantic)
  const tenders = createTenders(engine, siren => catalogue.record(siren)?.facts ?? [])
  const crawlProgress = createCrawlCounts(config.dataDir)
  const visibility = {
    mirror: createMirror(engine, { semantic: encoding?.semantic }),
    crawl: createSiteCrawlReader(config.dataDir),
    sites: createSiteLookup(cataloguePath(config)),
  }
  const dossiers = createDossiers(openDossierStore(dossiersPath(config)), {
    retentionDays: config.dossierRetentionDays,
    dossierMb: config.dossierLimitMb,
    storeMb: config.dossierStoreMb,
  })
  const mail = mailSettings(config)
  const onFailure = (code: string): void => app.log.warn({ code }, 'a mail was not taken by the server')
  const mailer = mail && createMailer({ ...mail, onFailure })
  const network = createSiteNetwork(config.publicUrl)
  const corrections = createCorrections({
    ...{ catalogue, publicUrl: config.publicUrl, resolveTxt: createTxtResolver() },
    ...{ fetchFile: network.fetchFile, refusesSite: network.refusesSite },
    ...(mailer && { mailer }),
  })
  const app = await buildApp({
    ...{ corrections, changes: catalogue },
    ...{ config, search, catalogue, engine, tenders, dossiers, crawlProgress, visibility },
    ...{ pendingChanges, deadLetters, syncTrouble, indexRepair },
  })
  const onError = logOnce(app)
  const sync = startIndexSync({ catalogue, engine, onError })
  indexRepair.start(app.log)
  const embedding = encoding && startEmbedding({ catalogue, ...encoding, onError })
  const stopSweep = startSweep(dossiers, onError)
  const stopCorrectionSweep = startSweep(corrections, onError)
  // 1.1 s of dictionaries, read while the first pages are served.
  loadWordList().catch(onError)
  try {
    await serve(app, config)
  } finally {
    stopSweep()
    stopCorrectionSweep()
    mailer?.close()
    await network.close()
    dossiers.close()
    await embedding?.stop()
    await indexRepair.stop()
    encoding?.vectors.close()
    await sync.stop()
    await engine.close()
    catalogue.close()
  }
}

/** Ends that the operator can do something about are told in a line; anything else shows its stack. */
const EXPLAINED = [ConfigError, CatalogueError, ListenError, SemanticSettingsError]

try {
  await run()
} catch (error) {
  const explained = error instanceof Error && EXPLAINED.some(kind => error instanceof kind)
  process.stderr.write(`${explained ? error.message : error instanceof Error ? error.stack : String(error)}\n`)
  process.exitCode = 1
}
