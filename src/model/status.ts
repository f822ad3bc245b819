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
  }),
})
export type Status = Static<typeof Status>
