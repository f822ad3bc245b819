import { createRequire } from 'node:module'

/** Labels of the French activity nomenclature NAF rév. 2, from `@socialgouv/codes-naf`. */
const rows = createRequire(import.meta.url)('@socialgouv/codes-naf') as readonly {
  readonly id: string
  readonly label: string
}[]
const labels = new Map(rows.map(({ id, label }) => [id, label]))

/** The label of a NAF code in either spelling ("62.01Z" or "6201Z"), or of a division ("62"). */
export const nafLabel = (code: string): string | undefined =>
  labels.get(code) ?? labels.get(code.replace(/^([0-9]{2})([0-9]{2}[A-Z])$/, '$1.$2'))
