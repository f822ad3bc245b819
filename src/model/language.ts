/** The languages of the pages: French first, its English twin under `/en/`. */
export type Language = 'fr' | 'en'

/** A display text in both languages. */
export interface Localised {
  readonly fr: string
  readonly en: string
}
