import { errors } from '@elastic/elasticsearch'
import { EngineTroubleError } from '../engine.ts'
import { ClusterError } from './client.ts'

/** What a failed request says about the cluster, in words that name the setting to look at and nothing secret. */

/** How OpenSSL and Node word a certificate that they do not accept. */
const CERTIFICATE = /certificate|self[- ]signed|altname|unable to (?:verify|get)|wrong version number|packet length/i

/** An index that takes nothing: its disks are full (flood-stage watermark), or somebody has closed it to writing. */
export const isReadOnly = (status: number, reason: string): boolean =>
  (status === 403 || status === 429) && /cluster_block|read-only|flood-stage|FORBIDDEN\/|index write/.test(reason)

const READ_ONLY =
  'the cluster has made the index read-only, as it does when its disks are full: free space; changes wait until then'

/** What the cluster says of a document, as trouble. */
export const readOnlyTrouble = (cause?: unknown): EngineTroubleError =>
  new EngineTroubleError('read-only', READ_ONLY, { cause })

const BUSY = [429, 502, 503, 504]

/** Milliseconds of a `Retry-After` in seconds, which is all that servers of this kind send. */
const retryAfterOf = (error: errors.ResponseError): number | undefined => {
  const { headers } = error
  const seconds = Number(headers?.['retry-after'] ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined
}

const troubleOfAnswer = (error: ClusterError, status: number): EngineTroubleError | undefined => {
  const { cause, message } = error
  const settings = 'ELASTICSEARCH_API_KEY, or ELASTICSEARCH_USERNAME and ELASTICSEARCH_PASSWORD'
  if (isReadOnly(status, message)) return readOnlyTrouble(error)
  if (status === 401)
    return new EngineTroubleError('credentials', `the cluster does not know us (401): check ${settings}`, {
      cause: error,
    })
  if (status === 403)
    return new EngineTroubleError(
      'credentials',
      `the cluster does not allow what we ask (403): give the key or user of ${settings} the rights that README.md lists`,
      { cause: error },
    )
  if (!BUSY.includes(status)) return undefined
  const retryAfterMs = cause instanceof errors.ResponseError ? retryAfterOf(cause) : undefined
  return new EngineTroubleError('busy', `the cluster cannot take requests now (${status})`, {
    cause: error,
    retryAfterMs,
  })
}

/** The trouble behind an error of a request; `undefined` for an answer of a cluster that works. */
export const troubleOf = (error: unknown): EngineTroubleError | undefined => {
  if (error instanceof EngineTroubleError) return error
  if (!(error instanceof ClusterError)) return undefined
  if (error.status !== undefined) return troubleOfAnswer(error, error.status)
  const { cause, message } = error
  if (cause instanceof errors.TimeoutError)
    return new EngineTroubleError('slow', 'the cluster does not answer in time', { cause: error })
  if (CERTIFICATE.test(message))
    return new EngineTroubleError(
      'certificate',
      'the certificate of the cluster is not accepted: give its authority in ELASTICSEARCH_CA, and in ELASTICSEARCH_URL a name that it is for',
      { cause: error },
    )
  const isConnection = cause instanceof errors.ConnectionError || cause instanceof errors.NoLivingConnectionsError
  return isConnection
    ? new EngineTroubleError(
        'unreachable',
        'the cluster cannot be reached: check that it runs, and ELASTICSEARCH_URL',
        {
          cause: error,
        },
      )
    : undefined
}
