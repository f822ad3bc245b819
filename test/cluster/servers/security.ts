import { pbkdf2Sync, randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { createCertificate } from '../../support/certificate.ts'
import type { Access } from './ask.ts'
import type { Cluster, Credentials } from './cluster.ts'

const USERNAME = 'brique-test'
const ApiKey = Type.Object({ encoded: Type.String() })

/** TLS, a user and an API key for a cluster of Elasticsearch, all made for one run. */
export interface Security {
  readonly settings: Readonly<Record<string, unknown>>
  readonly access: Access & { readonly host: string }
  /** Name to content, for the configuration folder. */
  readonly files: Readonly<Record<string, string>>
  /** Has the running cluster make the API key. */
  readonly credentials: (cluster: Cluster) => Promise<Credentials>
}

/** A password as the server's file realm keeps it: PBKDF2 with HMAC-SHA512, in the server's own notation. */
const hashed = (password: string, rounds = 10_000): string => {
  const salt = randomBytes(32)
  const key = pbkdf2Sync(password, salt, rounds, 32, 'sha512')
  return `{PBKDF2}${rounds}$${salt.toString('base64')}$${key.toString('base64')}`
}

export const createSecurity = (): Security => {
  const authority = createCertificate({ commonName: 'Brique test authority' })
  const node = createCertificate({ commonName: 'localhost', names: ['localhost'], issuer: authority })
  const password = randomBytes(18).toString('base64url')
  const tls = (layer: 'http' | 'transport') => ({
    [`xpack.security.${layer}.ssl.enabled`]: true,
    [`xpack.security.${layer}.ssl.certificate`]: 'node.crt',
    [`xpack.security.${layer}.ssl.key`]: 'node.key',
    [`xpack.security.${layer}.ssl.certificate_authorities`]: ['ca.crt'],
  })
  return {
    settings: {
      'xpack.security.enabled': true,
      ...tls('http'),
      ...tls('transport'),
      // The nodes know each other by address, which the certificate does not name.
      'xpack.security.transport.ssl.verification_mode': 'certificate',
    },
    access: {
      ca: authority.cert,
      authorization: `Basic ${Buffer.from(`${USERNAME}:${password}`).toString('base64')}`,
      host: 'localhost',
    },
    files: {
      'ca.crt': authority.cert,
      'node.crt': node.cert,
      'node.key': node.key,
      users: `${USERNAME}:${hashed(password)}\n`,
      users_roles: `superuser:${USERNAME}\n`,
    },
    credentials: async cluster => {
      const { status, body } = await cluster.ask('/_security/api_key', {
        method: 'POST',
        body: { name: 'brique' },
        timeoutMs: 60_000,
      })
      if (!Value.Check(ApiKey, body)) throw new Error(`no API key (${status}): ${JSON.stringify(body)}`)
      return { ca: authority.cert, username: USERNAME, password, apiKey: body.encoded }
    },
  }
}

export const writeSecurity = ({ files }: Security, config: string): void => {
  for (const [name, content] of Object.entries(files)) writeFileSync(join(config, name), content, { mode: 0o600 })
}
