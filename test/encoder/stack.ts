import { setTimeout as wait } from 'node:timers/promises'
import { cataloguePath, readConfig } from '../../src/config.ts'
import { openEmbeddedEngine } from '../../src/engine/embedded/embedded-engine.ts'
import { startEmbedding } from '../../src/search/semantic/background.ts'
import { createEncoder } from '../../src/search/semantic/encoder.ts'
import { createSemantic } from '../../src/search/semantic/rerank.ts'
import { semanticSettings } from '../../src/search/semantic/settings.ts'
import { openCatalogue } from '../../src/store/open-catalogue.ts'
import { openVectors } from '../../src/store/vectors.ts'

/** The parts of a service with an encoder, over a state folder that has a catalogue and an index. */
export const openStack = (folder: string, env: Readonly<Record<string, string>>) => {
  const config = readConfig({ BRIQUE_DATA: folder, ...env })
  const settings = semanticSettings(config)
  if (settings === undefined) throw new Error('give EMBEDDINGS_URL')
  const catalogue = openCatalogue(cataloguePath(config), { readOnly: true })
  const engine = openEmbeddedEngine(folder)
  const vectors = openVectors(folder)
  const encoder = createEncoder(settings, { breaker: { restMs: 1000 } })
  const semantic = createSemantic({ encoder, vectors, weight: settings.weight })
  const embed = () => startEmbedding({ catalogue, encoder, vectors, intervalMs: 200, retryMs: 200 })
  return {
    ...{ catalogue, engine, vectors, encoder, semantic, embed },
    close: async () => {
      await engine.close()
      vectors.close()
      catalogue.close()
    },
  }
}

type Embedding = ReturnType<typeof startEmbedding>

/** Waits until the background work is where `reached` wants it. */
export const until = async (
  embedding: Embedding,
  reached: (state: ReturnType<Embedding['state']>) => boolean,
  withinMs = 20 * 60_000,
): Promise<void> => {
  const end = performance.now() + withinMs
  while (!reached(embedding.state())) {
    if (performance.now() > end) throw new Error(`not reached: ${JSON.stringify(embedding.state())}`)
    await wait(50)
  }
}
