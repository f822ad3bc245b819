import { analyseEnglish, analyseExact, analyseFrench } from '../text/analyse.ts'

/** More distinct words than this cost time and add noise: the rarest are kept (reliability.md). */
export const MAX_WORDS = 64

/** One word of a query in each form that it is indexed in; a form that drops the word (a stop word) is absent. */
export interface QueryWord {
  readonly french?: string
  readonly english?: string
  readonly exact?: string
}

/** The words of a text with their forms, matched by where they stand: the two languages drop different words. */
export const wordsOf = (text: string): QueryWord[] => {
  const byStart = new Map<number, { -readonly [Form in keyof QueryWord]: string }>()
  const add = (form: keyof QueryWord, tokens: readonly { readonly term: string; readonly start: number }[]): void => {
    for (const { term, start } of tokens) {
      const word = byStart.get(start) ?? {}
      word[form] = term
      byStart.set(start, word)
    }
  }
  add('french', analyseFrench(text))
  add('english', analyseEnglish(text))
  add('exact', analyseExact(text))
  return [...byStart].sort(([a], [b]) => a - b).map(([, word]) => word)
}
