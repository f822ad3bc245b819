import type { Static, TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { EngineUnavailableError } from '../engine.ts'

/** A function that returns what the cluster answered to `what` once it has that shape, else throws. */
export const checker = <T extends TSchema>(schema: T, what: string): ((answer: unknown) => Static<T>) => {
  const compiled = Compile(schema)
  return answer => {
    if (compiled.Check(answer)) return answer
    const [error] = compiled.Errors(answer)
    const place = error ? ` (${error.instancePath || 'the whole'}: ${error.message})` : ''
    throw new EngineUnavailableError(`${what}: the cluster's answer is not of the expected form${place}`)
  }
}
