import PorterStemmer from 'natural/lib/natural/stemmers/porter_stemmer.js'

/** The stem of one lower-case English word (Porter 1980), the same as Lucene's. */
export const stemEnglish = (word: string): string => PorterStemmer.stem(word)
