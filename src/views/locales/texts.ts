import type { Language } from '../../model/language.ts'
import { en } from './en.ts'
import { fr, type Texts } from './fr.ts'

const locales: Readonly<Record<Language, Texts>> = { fr, en }

/** The display texts of a language. */
export const textsOf = (language: Language): Texts => locales[language]
export type { Texts } from './fr.ts'
