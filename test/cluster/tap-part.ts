import { testClusterContract } from './contract.ts'
import { testClusterParity } from './parity.ts'
import { testClusterTokens } from './tokens.ts'

/** `node test/cluster/tap-part.ts contract|tokens|parity <name of the server> <its addresses>`: that part, as TAP. */

const PARTS: Readonly<Record<string, typeof testClusterContract>> = {
  contract: testClusterContract,
  tokens: testClusterTokens,
  parity: testClusterParity,
}

const [part = '', name = '', urls = ''] = process.argv.slice(2)
const run = PARTS[part]
if (!run) throw new Error(`give one of ${Object.keys(PARTS).join(', ')}`)
// Two busy cores: what is tested is the answer, not the wait.
run(name, { urls: urls.split(','), timeoutMs: 120_000 })
