import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ConfigError, engineSettings, readConfig } from '../../src/config.ts'
import { EngineTroubleError } from '../../src/engine/engine.ts'
import { openEngine } from '../../src/engine/open-engine.ts'
import { createCertificate } from '../support/certificate.ts'
import { check } from '../support/counting.ts'
import { command, type Settings, startService, until } from './process.ts'
import type { Cluster } from './servers/cluster.ts'

/** A cluster behind TLS with a private authority, entered with a key or a password. */
export const testSecurity = async (cluster: Cluster): Promise<void> => {
  const { credentials } = cluster
  if (!credentials) throw new Error('a cluster that was started secure is needed')
  const folder = mkdtempSync(join(tmpdir(), 'brique-secure-'))
  const ca = join(folder, 'ca.pem')
  const other = join(folder, 'other.pem')
  writeFileSync(ca, credentials.ca)
  writeFileSync(other, createCertificate({ commonName: 'Somebody else' }).cert)
  const place = { BRIQUE_DATA: join(folder, 'state'), ELASTICSEARCH_URL: cluster.urls.join(','), ELASTICSEARCH_CA: ca }
  const key = { ELASTICSEARCH_API_KEY: credentials.apiKey }
  const user = { ELASTICSEARCH_USERNAME: credentials.username, ELASTICSEARCH_PASSWORD: credentials.password }
  /** What the engine says that must not work with these. */
  const refusal = async (settings: Settings): Promise<string> => {
    try {
      const engine = openEngine(engineSettings(readConfig(settings)))
      const { suppliers } = await engine.state().finally(() => engine.close())
      return `works, ${suppliers} suppliers`
    } catch (error) {
      return error instanceof EngineTroubleError || error instanceof ConfigError ? error.message : `a fault: ${error}`
    }
  }
  try {
    const built = await command({ ...place, ...key }, 'demo', '--if-empty')
    check(
      'TLS with a private authority and an API key: the index is built',
      built.code === 0 && built.output.includes('suppliers indexed'),
    )
    if (built.code !== 0) console.log(built.output)
    const byPassword = await command({ ...place, ...user }, 'index')
    check('user and password: the index is built', byPassword.code === 0)
    for (const [what, settings, expected] of [
      ['no key', place, /401.*ELASTICSEARCH_API_KEY/],
      [
        'a wrong key',
        { ...place, ELASTICSEARCH_API_KEY: Buffer.from('a:b').toString('base64') },
        /401.*ELASTICSEARCH_API_KEY/,
      ],
      ['a wrong password', { ...place, ...user, ELASTICSEARCH_PASSWORD: 'wrong' }, /401.*ELASTICSEARCH_PASSWORD/],
      ['no authority', { ...place, ...key, ELASTICSEARCH_CA: '' }, /ELASTICSEARCH_CA/],
      ['another authority', { ...place, ...key, ELASTICSEARCH_CA: other }, /ELASTICSEARCH_CA/],
      [
        'an authority that is no file',
        { ...place, ...key, ELASTICSEARCH_CA: join(folder, 'absent') },
        /ELASTICSEARCH_CA/,
      ],
      [
        'plain HTTP',
        { ...place, ...key, ELASTICSEARCH_URL: place.ELASTICSEARCH_URL.replace('https', 'http') },
        /ELASTICSEARCH_URL/,
      ],
      ['key and user', { ...place, ...key, ...user }, /not both/],
    ] as const) {
      const said = await refusal(settings)
      check(`${what}: ${said.slice(0, 150)}`, expected.test(said))
    }
    const command401 = await command({ ...place, ELASTICSEARCH_API_KEY: 'wrong' }, 'index')
    check(
      'the command line says it in a line',
      command401.code === 1 && /^[^\n]*ELASTICSEARCH_API_KEY[^\n]*$/.test(command401.output.trim()),
    )
    const service = await startService({ ...place, ...key })
    const found = await until(async () => (await service.get('/api/search?q=capteur')).status === 200, 20)
    check('the service searches with the key', found)
    check(
      'neither key nor password stands in its log',
      !service.log().includes(credentials.apiKey) && !service.log().includes(credentials.password),
    )
    await service.stop()
    const locked = await startService({ ...place, ELASTICSEARCH_API_KEY: 'wrong' })
    const ready = await locked.get('/health/ready')
    check(
      'with a wrong key it starts, and /health/ready names the setting',
      ready.status === 503 && ready.text.includes('ELASTICSEARCH_API_KEY'),
    )
    await locked.stop()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
