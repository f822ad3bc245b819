import type { Siren } from '../../model/siren.ts'

/**
 * Points for closeness of meaning, on the scale of the points for words:
 * λ · max(0, (cos − mean) / (max − mean)) · max(lexical), mean and max over the candidates.
 * e5's cosines are compressed (mean .80, best .87), so they are centred: on `cnil_faq` plain division by the maximum gave
 * .741 where this gives .771; fusion by ranks harmed long company texts.
 * A candidate without a cosine gets 0, like the average one.
 */
export const fuse = (
  lexical: ReadonlyMap<Siren, number>,
  cosines: ReadonlyMap<Siren, { readonly cosine: number }>,
  weight: number,
): Map<Siren, number> => {
  const known = [...lexical.keys()].flatMap(siren => cosines.get(siren)?.cosine ?? [])
  const mean = known.reduce((sum, each) => sum + each, 0) / Math.max(1, known.length)
  const spread = known.reduce((most, each) => Math.max(most, each), mean) - mean
  // Without words everything is equal: a point is then the best there is.
  const best = [...lexical.values()].reduce((most, each) => Math.max(most, each), 0) || 1
  const points = (siren: Siren): number => {
    const cosine = cosines.get(siren)?.cosine
    if (cosine === undefined || spread <= 0) return 0
    return weight * best * Math.max(0, (cosine - mean) / spread)
  }
  return new Map([...lexical.keys()].map(siren => [siren, points(siren)]))
}
