import type { Language, Localised } from './model/language.ts'

/** The schema validator's findings in a reader's words: each names the parameter and what it takes. */

/** What is wrong with one parameter. */
export interface ParameterFinding {
  readonly parameter: string
  readonly detail: Localised
}

/** One finding of Ajv, as Fastify hands it over. */
interface Finding {
  readonly keyword: string
  readonly instancePath: string
  readonly params: Readonly<Record<string, unknown>>
}

/** More would only repeat: a hostile address can hold thousands of unknown parameters. */
const MAX_FINDINGS = 10
const MAX_NAME_LENGTH = 60

export const isValidationError = (error: unknown): error is Error & { readonly validation: readonly Finding[] } =>
  error instanceof Error && Array.isArray(Reflect.get(error, 'validation'))

const count = (value: unknown, language: Language): string => new Intl.NumberFormat(language).format(Number(value))

const bound = (fr: string, en: string, limit: unknown): Localised => ({
  fr: `${fr} ${count(limit, 'fr')}`,
  en: `${en} ${count(limit, 'en')}`,
})

const TYPES: Readonly<Record<string, Localised>> = {
  integer: { fr: 'un nombre entier est attendu', en: 'a whole number is expected' },
  number: { fr: 'un nombre est attendu', en: 'a number is expected' },
  string: { fr: 'une seule valeur est attendue', en: 'a single value is expected' },
}
const DATE: Localised = {
  fr: 'une date AAAA-MM-JJ qui existe est attendue',
  en: 'a date YYYY-MM-DD that exists is expected',
}
const REFUSED: Localised = { fr: 'valeur refusée', en: 'value refused' }

/** What is wrong, without the parameter's name. */
const reason = ({ keyword, params }: Finding): Localised => {
  const limit = params['limit']
  switch (keyword) {
    case 'additionalProperties':
      return { fr: 'paramètre inconnu', en: 'unknown parameter' }
    case 'type':
      return TYPES[String(params['type'])] ?? REFUSED
    case 'enum': {
      const values = Array.isArray(params['allowedValues']) ? params['allowedValues'].join(', ') : ''
      return { fr: `valeurs possibles : ${values}`, en: `possible values: ${values}` }
    }
    case 'minimum':
      // A year may be one: written without a separator.
      return { fr: `au moins ${limit}`, en: `at least ${limit}` }
    case 'maximum':
      return bound('au plus', 'at most', limit)
    case 'exclusiveMinimum':
      return bound('plus de', 'more than', limit)
    case 'format':
      return params['format'] === 'date' ? DATE : REFUSED
    case 'maxLength':
      return { fr: `${count(limit, 'fr')} caractères au plus`, en: `at most ${count(limit, 'en')} characters` }
    case 'maxItems':
      return { fr: `${count(limit, 'fr')} valeurs au plus`, en: `at most ${count(limit, 'en')} values` }
    default:
      return REFUSED
  }
}

const parameterName = ({ instancePath, params }: Finding): string => {
  const name = params['additionalProperty'] ?? instancePath.split('/')[1] ?? ''
  return String(name).slice(0, MAX_NAME_LENGTH)
}

const explain = (finding: Finding): ParameterFinding => {
  const parameter = parameterName(finding)
  const { fr, en } = reason(finding)
  return { parameter, detail: { fr: `« ${parameter} » : ${fr}.`, en: `“${parameter}”: ${en}.` } }
}

/** The first findings, one a parameter and reason. */
export const parameterFindings = (findings: readonly Finding[]): readonly ParameterFinding[] => {
  const explained = findings.map(explain)
  return [...new Map(explained.map(each => [each.detail.en, each])).values()].slice(0, MAX_FINDINGS)
}
