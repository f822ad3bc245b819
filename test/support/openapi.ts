import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import type { App } from '../../src/routes/services.ts'

/** Finds the answers that differ from what `/openapi.json` promises. */

interface OpenApi {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<Record<string, { readonly responses: Readonly<Record<string, { readonly content?: Content }>> }>>
    >
  >
}
type Content = Readonly<Record<string, { readonly schema: object }>>

/** A check of one answer: the errors of its body against the schema of its route, status and type. */
export type CheckAnswer = (route: string, status: number, contentType: string, body: unknown) => unknown[]

/** Compiles every response schema of the description that the service publishes. */
export const answerChecker = async (app: App): Promise<CheckAnswer> => {
  const { paths } = (await app.inject('/openapi.json')).json<OpenApi>()
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  const compiled = new Map<string, ValidateFunction>()
  for (const [route, operations] of Object.entries(paths))
    for (const [status, { content = {} }] of Object.entries(operations['get']?.responses ?? {}))
      for (const [type, { schema }] of Object.entries(content))
        compiled.set(`${route} ${status} ${type}`, ajv.compile(schema))
  return (route, status, contentType, body) => {
    const key = `${route} ${status} ${contentType.split(';')[0]}`
    const validate = compiled.get(key)
    if (validate === undefined) return [`/openapi.json does not describe ${key}`]
    return validate(body) ? [] : (validate.errors ?? [])
  }
}
