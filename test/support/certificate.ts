import { generateKeyPairSync, type KeyObject, randomBytes, sign, X509Certificate } from 'node:crypto'

/** A certificate with its key, PEM, made when the test runs: none is kept in the repository, and none expires on a test. */
export interface Certificate {
  readonly cert: string
  readonly key: string
  readonly privateKey: KeyObject
  readonly commonName: string
}

export interface CertificateOptions {
  readonly commonName: string
  /** DNS names it is good for. */
  readonly names?: readonly string[]
  /** Who signs; itself when absent. */
  readonly issuer?: Certificate
  readonly notAfter?: Date
}

const HOUR_MS = 3_600_000

const der = (tag: number, ...parts: readonly Uint8Array[]): Uint8Array => {
  const content = Buffer.concat(parts)
  const { length } = content
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Uint8Array.from([tag, ...size]), content])
}
const sequence = (...parts: readonly Uint8Array[]): Uint8Array => der(0x30, ...parts)
const oid = (...bytes: readonly number[]): Uint8Array => der(0x06, Uint8Array.from(bytes))
const time = (date: Date): Uint8Array => der(0x18, Buffer.from(date.toISOString().replace(/[-:T]|\.\d{3}/g, '')))
const nameOf = (commonName: string): Uint8Array =>
  sequence(der(0x31, sequence(oid(0x55, 0x04, 0x03), der(0x0c, Buffer.from(commonName)))))

const ECDSA_WITH_SHA256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02))
const TRUE = der(0x01, Uint8Array.of(0xff))

/** X.509 version 3 (RFC 5280), as little of it as TLS needs. An authority when it has no names. */
export const createCertificate = (options: CertificateOptions): Certificate => {
  const { commonName, names = [], issuer, notAfter = new Date(Date.now() + 24 * HOUR_MS) } = options
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const authority = sequence(oid(0x55, 0x1d, 0x13), TRUE, der(0x04, sequence(TRUE)))
  const alternatives = sequence(...names.map(name => der(0x82, Buffer.from(name))))
  const extension = names.length === 0 ? authority : sequence(oid(0x55, 0x1d, 0x11), der(0x04, alternatives))
  const content = sequence(
    der(0xa0, der(0x02, Uint8Array.of(2))),
    der(0x02, Uint8Array.of(0x01), randomBytes(8)),
    ECDSA_WITH_SHA256,
    nameOf(issuer?.commonName ?? commonName),
    sequence(time(new Date(notAfter.getTime() - 48 * HOUR_MS)), time(notAfter)),
    nameOf(commonName),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(extension)),
  )
  const signature = sign('sha256', content, issuer?.privateKey ?? privateKey)
  const raw = sequence(content, ECDSA_WITH_SHA256, der(0x03, Uint8Array.of(0), signature))
  return {
    cert: new X509Certificate(raw).toString(),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    privateKey,
    commonName,
  }
}
