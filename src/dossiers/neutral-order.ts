import type { FrozenSupplier } from '../model/dossier.ts'
import { sha256 } from './canonical-json.ts'

/** How a neutral order is made, in words that let anybody make it again. */
export const NEUTRAL_RULE = 'sha256(id + ":" + siren), ascending'

/** The suppliers in an order that depends on nothing of theirs but the number, another in each dossier. */
export const neutralOrder = (suppliers: readonly FrozenSupplier[], id: string): FrozenSupplier[] =>
  suppliers
    .map(supplier => ({ supplier, place: sha256(`${id}:${supplier.siren}`) }))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .map(({ supplier }) => supplier)
