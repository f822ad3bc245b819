import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { Siren } from '../../model/siren.ts'
import { Supplier } from '../../model/supplier.ts'
import { EngineUnavailableError } from '../engine.ts'
import { checker } from './check.ts'
import type { Cluster } from './client.ts'
import type { Names } from './names.ts'

const compiled = Compile(Supplier)

/** A profile as it was indexed, checked. */
export const storedProfile = (profile: unknown): Supplier => {
  if (compiled.Check(profile)) return profile
  const [error] = compiled.Errors(profile)
  throw new EngineUnavailableError(
    `the index holds a profile of another form (${error?.instancePath ?? ''}: ${error?.message ?? ''}); rebuild it with "npm run index"`,
  )
}

const Found = checker(
  Type.Object({
    docs: Type.Array(
      Type.Object({
        found: Type.Optional(Type.Boolean()),
        error: Type.Optional(Type.Unknown()),
        _source: Type.Optional(Type.Object({ profile: Type.Unknown() })),
      }),
    ),
  }),
  '_mget',
)

/** The indexed profiles with these ids; one that is not indexed is absent. */
export const readProfiles = async (
  cluster: Cluster,
  names: Names,
  sirens: readonly string[],
): Promise<ReadonlyMap<Siren, Supplier>> => {
  const found = new Map<Siren, Supplier>()
  if (sirens.length === 0) return found
  const { docs } = Found(
    await cluster.request({ method: 'POST', path: `/${names.suppliers}/_mget`, body: { ids: sirens } }),
  )
  for (const { error, _source } of docs) {
    if (error !== undefined)
      throw new EngineUnavailableError(`_mget: a profile cannot be read (${JSON.stringify(error)})`)
    if (!_source) continue
    const supplier = storedProfile(_source.profile)
    found.set(supplier.siren, supplier)
  }
  return found
}
