import { InvalidParameterError } from '../errors.ts'
import { lastYear, type RangeParameters, type Ranges, rangesOf } from '../model/ranges.ts'

const refuseLater = (name: 'foundedFrom' | 'foundedTo', year: number | undefined): void => {
  const last = lastYear()
  if (year === undefined || year <= last) return
  throw new InvalidParameterError(name, {
    fr: `« ${name} » : au plus ${last}, l’an prochain.`,
    en: `“${name}”: at most ${last}, next year.`,
  })
}

/**
 * The ranges of parameters that their schema has passed; `undefined` without any. Throws an `InvalidParameterError` at a
 * year that is too late, and at a range that ends before it begins.
 */
export const checkedRanges = (parameters: RangeParameters): Ranges | undefined => {
  const { foundedFrom, foundedTo } = parameters
  refuseLater('foundedFrom', foundedFrom)
  refuseLater('foundedTo', foundedTo)
  if (foundedFrom !== undefined && foundedTo !== undefined && foundedFrom > foundedTo)
    throw new InvalidParameterError('foundedFrom', {
      fr: `« foundedFrom » : ${foundedFrom} vient après « foundedTo », ${foundedTo}. Échangez les deux années, ou ôtez l’une d’elles.`,
      en: `“foundedFrom”: ${foundedFrom} comes after “foundedTo”, ${foundedTo}. Swap the two years, or leave one out.`,
    })
  return rangesOf(parameters)
}
