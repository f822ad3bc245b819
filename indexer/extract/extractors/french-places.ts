import * as names from '../../../src/model/french-towns.ts'
import { memoisedPhrases } from '../../../src/text/memo.ts'

/** Whether a name is that of a French town, remembered: the rules of one page ask for the same names. */
export const isFrenchTown: (name: string) => boolean = memoisedPhrases(names.isFrenchTown)

/** Whether a name is that of a French region or département, remembered likewise. */
export const isFrenchRegion: (name: string) => boolean = memoisedPhrases(names.isFrenchRegion)
