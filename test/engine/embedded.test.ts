import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEmbeddedBuild } from '../../src/engine/embedded/build.ts'
import { openEmbeddedEngine } from '../../src/engine/embedded/embedded-engine.ts'
import { testEngineContract } from '../support/engine-contract.ts'

testEngineContract('embedded', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'brique-index-'))
  const engine = openEmbeddedEngine(folder)
  return {
    engine,
    build: () => createEmbeddedBuild(folder),
    async close() {
      await engine.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
})
