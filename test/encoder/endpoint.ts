import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'

/** A local embeddings endpoint that does what it is told: its vectors count words, so that shared words are close. */

export interface Asked {
  readonly model: string
  readonly input: readonly string[]
  readonly encoding_format: string
}

/** What the endpoint does with a request; `undefined`: it answers as it should. */
export type Misbehaviour = (asked: Asked, response: ServerResponse, request: IncomingMessage) => unknown

export interface Endpoint {
  readonly url: string
  /** Every request so far. */
  readonly asked: Asked[]
  /** From now on; `undefined` for good answers. */
  misbehave(how: Misbehaviour | undefined): void
  /** Another model at the same address. */
  changeModel(seed: string): void
  close(): Promise<void>
}

const DIMENSION = 64

/** A vector with a direction of its own for each word of the text, the same in every process. */
const vectorOf = (text: string, seed: string): Float32Array => {
  const vector = new Float32Array(DIMENSION).fill(0.01)
  for (const word of text.toLowerCase().split(/[^\p{L}\p{N}]+/u)) {
    const bytes = createHash('sha256').update(`${seed} ${word}`).digest()
    for (let i = 0; i < DIMENSION; i++) {
      vector[i] =
        (vector[i] as number) +
        ((bytes[i % 32] as number) - 127.5) * (i < 32 ? 1 : (bytes[(i * 7) % 32] as number) - 127.5)
    }
  }
  return vector
}

const encoded = (vector: Float32Array, format: string): string | number[] =>
  format === 'base64' ? Buffer.from(vector.buffer).toString('base64') : [...vector]

/** A good answer to a request. */
export const goodAnswer = ({ input, encoding_format }: Asked, seed = 'one') => ({
  object: 'list',
  data: input.map((text, index) => ({
    object: 'embedding',
    index,
    embedding: encoded(vectorOf(text, seed), encoding_format),
  })),
})

export const reply = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}

/** Starts one on a free port of this machine. */
export const startEndpoint = async (): Promise<Endpoint> => {
  let how: Misbehaviour | undefined
  let seed = 'one'
  const asked: Asked[] = []
  const server = createServer(async (request, response) => {
    const body = (await json(request)) as Asked
    asked.push(body)
    if (how) await how(body, response, request)
    if (!response.headersSent && !response.destroyed && !how?.name.startsWith('never'))
      reply(response, 200, goodAnswer(body, seed))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    misbehave: next => {
      how = next
    },
    changeModel: next => {
      seed = next
    },
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
