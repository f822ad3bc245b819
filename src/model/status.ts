import { type Static, Type } from 'typebox'

/** One source of the catalogue, as every page that shows data names it. */
export const SourceStatus = Type.Object({
  id: Type.String(),
  name: Type.String(),
  publisher: Type.String(),
  url: Type.String({ description: 'Page ou adresse publique de la source.' }),
  licence: Type.String(),
  date: Type.String({ description: 'Date des données (AAAA-MM-JJ).' }),
  importedAt: Type.String({ description: 'ISO 8601.' }),
  version: Type.String({ description: 'Empreinte du fichier lu.' }),
  suppliers: Type.Integer({ description: 'Fiches auxquelles elle contribue.' }),
  fictitious: Type.Boolean(),
})
export type SourceStatus = Static<typeof SourceStatus>

/** An index that is damaged, or of an older format, until another is in its place. */
export const IndexRepairState = Type.Object(
  {
    since: Type.String({ description: 'Quand le dommage a été constaté (ISO 8601).' }),
    state: Type.Union([Type.Literal('rebuilding'), Type.Literal('waiting'), Type.Literal('manual')], {
      description:
        '« rebuilding » : l’index est reconstruit en ce moment ; « waiting » : une reconstruction a échoué, une autre sera tentée ; « manual » : l’exploitant doit lancer « npm run index ».',
    }),
    progress: Type.Optional(Type.Number({ description: 'Part des fiches déjà indexées, de 0 à 1.' })),
    nextTry: Type.Optional(Type.String({ description: 'Prochain essai (ISO 8601).' })),
  },
  { description: 'Présent quand l’index est endommagé : une partie des recherches, ou toutes, répondent 503.' },
)
export type IndexRepairState = Static<typeof IndexRepairState>

/** The answer of `GET /api/status`: what a search looks through. */
export const Status = Type.Object({
  suppliers: Type.Integer(),
  named: Type.Integer({ description: 'Fiches dont une source donne le nom.' }),
  bricks: Type.Integer(),
  demonstration: Type.Boolean({ description: 'Vrai quand le catalogue est celui de démonstration, inventé.' }),
  sources: Type.Array(SourceStatus),
  index: Type.Object({
    engine: Type.String(),
    version: Type.String(),
    builtAt: Type.String(),
    suppliers: Type.Integer(),
    pendingChanges: Type.Integer(),
    repair: Type.Optional(IndexRepairState),
  }),
})
export type Status = Static<typeof Status>
