/** French and English names of languages as a text without accents writes them, by ISO 639-1 code. */
const NAMES: Readonly<Record<string, string>> = {
  fr: 'francais|french',
  en: 'anglais|english',
  de: 'allemand|german|deutsch',
  es: 'espagnol|spanish|castillan|espanol',
  it: 'italien|italian|italiano',
  pt: 'portugais|portuguese|portugues',
  nl: 'neerlandais|hollandais|dutch|flamand|nederlands',
  pl: 'polonais|polish|polski',
  ro: 'roumain|romanian|romana',
  cs: 'tcheque|czech|cestina',
  sk: 'slovaque|slovak',
  hu: 'hongrois|hungarian|magyar',
  sv: 'suedois|swedish|svenska',
  da: 'danois|danish|dansk',
  no: 'norvegien|norwegian|norsk',
  fi: 'finnois|finlandais|finnish|suomi',
  el: 'grec|greek',
  bg: 'bulgare|bulgarian',
  hr: 'croate|croatian',
  sl: 'slovene|slovenian',
  ru: 'russe|russian',
  uk: 'ukrainien|ukrainian',
  ar: 'arabe|arabic',
  zh: 'chinois|mandarin|chinese',
  ja: 'japonais|japanese',
  ko: 'coreen|korean',
  tr: 'turc|turkish|turkce',
  vi: 'vietnamien|vietnamese',
  he: 'hebreu|hebrew',
  br: 'breton|brezhoneg',
  oc: 'occitan',
  eu: 'basque|euskara',
  ca: 'catalan|catala',
  co: 'corse|corsu|corsican',
  lb: 'luxembourgeois|luxembourgish|letzebuergesch',
}

const CODES = new Map(Object.entries(NAMES).flatMap(([code, names]) => names.split('|').map(name => [name, code])))
const ISO = new Set(Object.keys(NAMES))

/** Any language's name, for a pattern on text as `plain` gives it. */
export const LANGUAGE_NAME = `(?:${[...CODES.keys()].join('|')})`

/** The code of a language's name; `undefined` for another word. */
export const codeOfName = (name: string): string | undefined => CODES.get(name)

/** The code of a language tag ("fr-FR", "en_GB"); `undefined` for "x-default" and languages without a name here. */
export const codeOfTag = (tag: string): string | undefined => {
  const primary = tag.trim().toLowerCase().split(/[-_]/, 1)[0] ?? ''
  const code = primary === 'nb' || primary === 'nn' ? 'no' : primary
  return ISO.has(code) ? code : undefined
}
