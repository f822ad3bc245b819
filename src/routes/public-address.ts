import type { FastifyRequest } from 'fastify'
import type { Services } from './services.ts'

/** A host name or address with a port, and nothing that could stand for something else in a document. */
const HOST = /^(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?$/i

/**
 * The address under which readers reach the service, without a final slash: that of the settings, else the one that the
 * request came to. Documents that leave the site (feeds, sitemaps) need whole addresses.
 */
export const publicAddress = ({ config }: Pick<Services, 'config'>, request: FastifyRequest): string => {
  if (config.publicUrl !== '') return config.publicUrl
  return HOST.test(request.host) ? `${request.protocol}://${request.host}` : 'http://localhost'
}
