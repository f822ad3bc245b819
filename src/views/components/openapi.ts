/**
 * What the documentation page reads of an OpenAPI 3.1 object. The object is taken as `unknown` and every part may be
 * missing or of another form: what cannot be read is left out, never an error.
 */

export type Json = Readonly<Record<string, unknown>>

const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

export const asRecord = (value: unknown): Json => (isRecord(value) ? value : {})
export const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
export const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

export interface Parameter {
  readonly name: string
  readonly where: string
  readonly required: boolean
  readonly description: string | undefined
  readonly schema: Json
}

export interface ApiResponse {
  readonly status: string
  readonly description: string | undefined
  readonly mediaType: string | undefined
  readonly schema: Json | undefined
}

export interface Operation {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly summary: string | undefined
  readonly description: string | undefined
  readonly parameters: readonly Parameter[]
  readonly body: ApiResponse | undefined
  readonly responses: readonly ApiResponse[]
}

/** More links than this in a chain of references is a loop. */
const MAX_REFERENCES = 8

const pointed = (document: Json, reference: string): unknown =>
  reference
    .slice(2)
    .split('/')
    .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>(
      (value, step) => (Object.hasOwn(asRecord(value), step) ? asRecord(value)[step] : undefined),
      document,
    )

/** Follows `$ref` inside the document (RFC 6901); a reference that leads nowhere is an empty object. */
export const resolve = (document: Json, value: unknown): Json => {
  let current = asRecord(value)
  for (let i = 0; i < MAX_REFERENCES; i++) {
    const reference = asText(current['$ref'])
    if (reference === undefined) return current
    current = reference.startsWith('#/') ? asRecord(pointed(document, reference)) : {}
  }
  return {}
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete']

const parameterOf = (document: Json, value: unknown): readonly Parameter[] => {
  const parameter = resolve(document, value)
  const name = asText(parameter['name'])
  if (name === undefined) return []
  const schema = asRecord(parameter['schema'])
  return [
    {
      name,
      where: asText(parameter['in']) ?? 'query',
      required: parameter['required'] === true,
      description: asText(parameter['description']) ?? asText(resolve(document, schema)['description']),
      schema,
    },
  ]
}

const contentOf = (document: Json, status: string, value: unknown): ApiResponse => {
  const response = resolve(document, value)
  const [first] = Object.entries(asRecord(response['content']))
  const schema = asRecord(first?.[1])['schema']
  return {
    status,
    description: asText(response['description']),
    mediaType: first?.[0],
    schema: schema === undefined ? undefined : asRecord(schema),
  }
}

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')

/** Every operation of the document, in its order. */
export const operationsOf = (document: Json): readonly Operation[] =>
  Object.entries(asRecord(document['paths'])).flatMap(([path, item]) => {
    const shared = asList(asRecord(item)['parameters'])
    return METHODS.flatMap(method => {
      const operation = asRecord(item)[method]
      if (operation === undefined) return []
      const own = asRecord(operation)
      return [
        {
          id: slug(`${method} ${path}`),
          method: method.toUpperCase(),
          path,
          summary: asText(own['summary']),
          description: asText(own['description']),
          parameters: [...shared, ...asList(own['parameters'])].flatMap(each => parameterOf(document, each)),
          body: own['requestBody'] === undefined ? undefined : contentOf(document, '', own['requestBody']),
          responses: Object.entries(asRecord(own['responses'])).map(([status, each]) =>
            contentOf(document, status, each),
          ),
        },
      ]
    })
  })
