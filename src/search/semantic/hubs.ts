/**
 * Some texts are close to everything, short ones above all. What a text's cosine has in common with any query is
 * measured on these, which nobody asks of a supplier, and taken off.
 * 220 i-Lab mottos → the summary of their firm, among 207 firms with nothing but a motto, e5-small alone: nDCG@10 .770
 * without, .832 with half of it taken off, .851 with all; short texts among the first 25: 69 %, 53 %, 34 %. Twenty
 * needs of buyers instead of these: .840. On `cnil_faq`, whose texts are of one length, it costs: with words .763
 * without, .764 with half, .748 with all. Firms decide.
 */
export const UNRELATED_QUERIES: readonly string[] = [
  'recette de tarte aux pommes',
  'horaires de la piscine municipale',
  'qui a gagné la coupe du monde 1998',
  'comment tailler un rosier',
  'paroles de chansons pour enfants',
  'meilleur roman policier de l’année',
  'temps qu’il fera demain à Brest',
  'exercices pour muscler le dos',
  'histoire de la Révolution française',
  'louer une maison au bord de la mer',
  'choisir un prénom de garçon',
  'règles du jeu de tarot',
  'nourrir un chaton de deux mois',
  'date de Pâques',
  'enlever une tache de vin rouge',
  'films à voir ce soir',
  'apprendre à jouer de la guitare',
  'how to cook rice',
  'cheap flights to Lisbon',
  'symptoms of a cold',
]

/** Mean cosine of a vector and those of the unrelated queries. */
export const hubness = (vector: Float32Array, unrelated: readonly Float32Array[]): number => {
  let sum = 0
  for (const query of unrelated)
    for (let i = 0; i < vector.length; i++) sum += (vector[i] as number) * (query[i] as number)
  return sum / unrelated.length
}

/** Two encodings of one text by the same model differ by rounding alone; by another model, they have nothing in common. */
const SAME_MODEL = 0.98

/** Whether two encodings of the unrelated queries are by the same model: a name may stand for another one tomorrow. */
export const sameEncoder = (a: readonly Float32Array[], b: readonly Float32Array[]): boolean =>
  a.length === b.length &&
  a.every((vector, index) => {
    const other = b[index] as Float32Array
    return vector.length === other.length && hubness(vector, [other]) > SAME_MODEL
  })
