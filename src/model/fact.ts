import { type Static, Type } from 'typebox'
import { SirenSchema } from './siren.ts'

/** Who stands behind a fact: a register or an award (*attesté*), or the firm itself (*déclaré*). */
export const Evidence = Type.Union([Type.Literal('attested'), Type.Literal('declared')], {
  description: 'attested : attesté par un registre ou un prix ; declared : déclaré par l’entreprise.',
})
export type Evidence = Static<typeof Evidence>

/** Where a fact came from, precisely enough to check it by hand. */
export const Provenance = Type.Object(
  {
    source: Type.String({ description: 'Identifiant de la source, tel que /api/status la nomme.' }),
    sourceUrl: Type.String({ description: 'Adresse où relire le fait.' }),
    sourceDate: Type.String({ description: 'Date des données chez leur éditeur (AAAA-MM-JJ).' }),
    retrievedAt: Type.String({ description: 'Quand Brique les a lues (ISO 8601).' }),
    extractor: Type.String({ description: 'Le programme qui a lu le fait, et sa version.' }),
    licence: Type.String({ description: 'Licence des données.' }),
    record: Type.Optional(Type.String({ description: 'L’enregistrement dans la source : identifiant ou ligne.' })),
    excerpt: Type.Optional(Type.String({ description: 'La phrase d’où le fait est tiré.' })),
  },
  { description: 'D’où vient un fait.' },
)
export type Provenance = Static<typeof Provenance>

/**
 * One property of one supplier, as one source states it. Sources may disagree; `mergeFacts` decides.
 * What `value` holds for each property is declared in `supplier.ts` (`FactValues`).
 */
export const Fact = Type.Object({
  siren: SirenSchema,
  property: Type.String({ description: 'La propriété de la fiche que le fait renseigne.' }),
  value: Type.Unknown({ description: 'Sa valeur, telle que la source la donne.' }),
  evidence: Evidence,
  period: Type.Optional(Type.String({ description: 'L’année dont le fait parle, quand ce n’est pas aujourd’hui.' })),
  provenance: Provenance,
})
export type Fact = Static<typeof Fact>
