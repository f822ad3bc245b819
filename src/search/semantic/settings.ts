import { isPrivateHost } from './private-host.ts'

/** The settings of the encoder as the environment gives them (`src/config.ts`). */
export interface EmbeddingsConfig {
  readonly embeddingsUrl: string
  readonly embeddingsModel: string
  readonly embeddingsQueryModel: string
  readonly embeddingsKey: string
  readonly embeddingsQueryPrefix: string
  readonly embeddingsPassagePrefix: string
  readonly embeddingsTimeoutMs: number
  readonly embeddingsWeight: number
  readonly embeddingsRemote: boolean
}

/** Settings that work together. */
export interface SemanticSettings {
  /** The full address of the embeddings method. */
  readonly endpoint: URL
  readonly model: string
  readonly queryModel: string
  readonly key: string
  readonly queryPrefix: string
  readonly passagePrefix: string
  /** How long a query may wait. */
  readonly timeoutMs: number
  /** λ of the fusion. */
  readonly weight: number
  /** The operator has said that queries may leave the private network. */
  readonly mayLeave: boolean
}

/** The settings of the encoder contradict each other or would send queries away unsaid; the message has the remedy. */
export class SemanticSettingsError extends Error {
  override readonly name = 'SemanticSettingsError'
}

/** A server, its `/v1`, or the full address: servers document themselves in all three ways. */
const endpointOf = (address: string): URL => {
  const url = new URL(address)
  const path = url.pathname.replace(/\/+$/, '')
  if (path.endsWith('/embeddings')) url.pathname = path
  else url.pathname = path.endsWith('/v1') ? `${path}/embeddings` : `${path}/v1/embeddings`
  url.hash = ''
  return url
}

const refuseToLeave = ({ protocol, hostname }: URL, mayLeave: boolean): void => {
  if (isPrivateHost(hostname)) return
  if (!mayLeave) {
    throw new SemanticSettingsError(
      `EMBEDDINGS_URL names ${hostname}, which is neither this machine nor on its private network: every query would ` +
        'be sent there, and queries reveal coming purchases. Use a local endpoint, or set EMBEDDINGS_REMOTE=queries-may-leave.',
    )
  }
  if (protocol !== 'https:') {
    throw new SemanticSettingsError(
      `EMBEDDINGS_URL names ${hostname} without https: queries would travel in clear. Give an https address.`,
    )
  }
}

/**
 * The settings of the encoder; `undefined` when it is off.
 * Throws `SemanticSettingsError` when they cannot be used; the key is never part of a message.
 */
export const semanticSettings = (config: EmbeddingsConfig): SemanticSettings | undefined => {
  if (config.embeddingsUrl === '') return undefined
  if (config.embeddingsModel === '') {
    throw new SemanticSettingsError('EMBEDDINGS_URL is set without EMBEDDINGS_MODEL: give the name of the model.')
  }
  if (!/^[\x21-\x7e]*$/.test(config.embeddingsKey)) {
    throw new SemanticSettingsError('EMBEDDINGS_KEY holds blanks or characters beyond ASCII: give the key alone.')
  }
  const endpoint = endpointOf(config.embeddingsUrl)
  refuseToLeave(endpoint, config.embeddingsRemote)
  return {
    endpoint,
    model: config.embeddingsModel,
    queryModel: config.embeddingsQueryModel || config.embeddingsModel,
    key: config.embeddingsKey,
    queryPrefix: config.embeddingsQueryPrefix,
    passagePrefix: config.embeddingsPassagePrefix,
    timeoutMs: config.embeddingsTimeoutMs,
    weight: config.embeddingsWeight,
    mayLeave: config.embeddingsRemote,
  }
}
