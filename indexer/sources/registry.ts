import { readFileSync } from 'node:fs'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'

/** A row of `seed/sources.json`: a source that Brique can import, as readers and operators are told of it. */
const RegisteredSource = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z][a-z0-9-]*$' }),
    name: Type.String({ minLength: 1 }),
    publisher: Type.String({ minLength: 1 }),
    url: Type.String(),
    download: Type.Optional(Type.String({ pattern: '^https://' })),
    licence: Type.String({ minLength: 1 }),
    date: Type.Optional(Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' })),
    formats: Type.Array(Type.String()),
    fictitious: Type.Boolean(),
    about: Type.String(),
  },
  { additionalProperties: false },
)
export type RegisteredSource = Static<typeof RegisteredSource>

/** The sources registry, in its order. Throws when `seed/sources.json` is not what `RegisteredSource` says. */
export const REGISTRY: readonly RegisteredSource[] = Value.Parse(
  Type.Array(RegisteredSource),
  JSON.parse(readFileSync(new URL('../../seed/sources.json', import.meta.url), 'utf8')),
)

/** The registered source of that id. */
export const registeredSource = (id: string): RegisteredSource | undefined => REGISTRY.find(each => each.id === id)
