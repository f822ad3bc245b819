import { type Static, Type } from 'typebox'

/** A technology brick of the vocabulary (`mappings/bricks.jsonl`, one a line; format in `mappings/README.md`). */
export const Brick = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' }),
    fr: Type.String({ description: 'Libellé français.' }),
    en: Type.String({ description: 'Libellé anglais.' }),
    definition: Type.Optional(Type.String({ description: 'Une ligne, en français.' })),
    aliases: Type.Array(Type.String(), { description: 'Les mots des acheteurs, en français ou en anglais.' }),
    topics: Type.Optional(
      Type.Array(Type.String(), {
        description:
          'Mots d’une recherche qui mènent à la brique sans que les écrire soit la fournir : un mal, un public.',
      }),
    ),
    acronyms: Type.Optional(
      Type.Array(
        Type.Object({
          form: Type.String(),
          context: Type.Optional(
            Type.Array(Type.String(), { description: 'Mots dont l’un doit être présent pour lever l’ambiguïté.' }),
          ),
        }),
      ),
    ),
    replaces: Type.Optional(Type.Array(Type.String(), { description: 'Produits que la brique remplace.' })),
    broader: Type.Optional(Type.String({ description: 'Identifiant de la brique plus large.' })),
    themes: Type.Array(Type.String()),
    cpv: Type.Optional(Type.Array(Type.String({ pattern: '^[0-9]{8}$' }))),
  },
  { additionalProperties: false, description: 'Une brique technologique.' },
)
export type Brick = Static<typeof Brick>
