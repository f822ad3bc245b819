import { readConfig } from '../../src/config.ts'
import { startEmbedding } from '../../src/search/semantic/background.ts'
import { createEncoder } from '../../src/search/semantic/encoder.ts'
import { semanticSettings } from '../../src/search/semantic/settings.ts'
import { openVectors } from '../../src/store/vectors.ts'
import { numberedSupplier } from '../support/suppliers.ts'
import { memoryCatalogue } from './memory-catalogue.ts'

/** A process that embeds so many numbered suppliers until it is killed: `embed-stand-in.ts <count>`. */
const config = readConfig()
const settings = semanticSettings(config)
if (settings === undefined) throw new Error('give EMBEDDINGS_URL')
const suppliers = Array.from({ length: Number(process.argv[2]) }, (_, index) => numberedSupplier(index + 1))
startEmbedding({
  catalogue: memoryCatalogue(suppliers),
  encoder: createEncoder(settings),
  vectors: openVectors(config.dataDir),
})
