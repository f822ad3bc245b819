import { readdirSync, readFileSync } from 'node:fs'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'

/** The sites of invented firms in `test/extract/labelled`, each page with the facts that a person read on it. */

const Label = Type.Object({
  kind: Type.String(),
  value: Type.String(),
  public: Type.Optional(Type.Boolean()),
  offerKind: Type.Optional(Type.Enum(['product', 'service'])),
  issued: Type.Optional(Type.String()),
  validUntil: Type.Optional(Type.String()),
  number: Type.Optional(Type.String()),
  period: Type.Optional(Type.String()),
  date: Type.Optional(Type.String()),
})
const Labels = Type.Object({
  siren: Type.String({ pattern: '^000[0-9]{6}$' }),
  name: Type.String(),
  half: Type.Enum(['tuning', 'held-out']),
  pages: Type.Array(
    Type.Object({
      file: Type.String({ pattern: '^[a-z0-9-]+\\.html$' }),
      path: Type.String({ pattern: '^/' }),
      facts: Type.Array(Label),
      judged: Type.Optional(Type.Array(Type.String())),
    }),
  ),
})
export type Label = Type.Static<typeof Label>

export interface LabelledPage {
  readonly path: string
  readonly html: Buffer
  readonly facts: readonly Label[]
  /** Kinds that were read on this page beyond those that are read on all. */
  readonly judged: readonly string[]
}

export interface LabelledSite {
  readonly host: string
  readonly siren: string
  readonly name: string
  readonly half: 'tuning' | 'held-out'
  readonly pages: readonly LabelledPage[]
}

const FOLDER = new URL('../extract/labelled/', import.meta.url)
const labels = Compile(Labels)

const readSite = (host: string): LabelledSite => {
  const folder = new URL(`${host}/`, FOLDER)
  const file = new URL('labels.json', folder)
  const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'))
  const [problem] = [...labels.Errors(parsed)]
  if (!labels.Check(parsed)) throw new Error(`${host}/labels.json ${problem?.instancePath}: ${problem?.message}`)
  return {
    ...parsed,
    host,
    pages: parsed.pages.map(({ file, judged = [], ...page }) => ({
      ...page,
      judged,
      html: readFileSync(new URL(file, folder)),
    })),
  }
}

/** Every labelled site, by host. */
export const labelledSites = (): readonly LabelledSite[] =>
  readdirSync(FOLDER, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => readSite(entry.name))
    .sort((a, b) => (a.host < b.host ? -1 : 1))
