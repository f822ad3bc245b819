import { foldInPlace } from './claim-context.ts'

/** Where a text names a certificate or label. */
export interface Naming {
  readonly id: string
  /** UTF-16 offsets; a year of the norm ("27001:2022") belongs to it. */
  readonly start: number
  readonly end: number
  /** The words themselves claim it: "marqué CE", "société à mission". */
  readonly claims?: boolean
}

const ISO_NUMBERS: ReadonlySet<string> = new Set(
  '27001 9001 14001 13485 50001 20000 22301 26000 27017 27018 27701 45001 17025'.split(' '),
)

const ISO_NUMBER = String.raw`(?:\d{1,2} ?\d{3})(?:-\d{1,2})?(?: ?[:v] ?(?:20|19)\d\d|-(?:20|19)\d\d)?(?!\d)`
const ISO = new RegExp(
  String.raw`\b(?:nf )?(?:en[ -])?iso(?: ?[/-] ?(?:iec|cei|en))?(?: ?[:-])? ?(?:n° ?)?${ISO_NUMBER}(?: ?(?:,|/|et|&|and|\+|-|·|\|) ?${ISO_NUMBER}){0,6}`,
  'g',
)

/** Several numbers after one "ISO" are several norms. */
const isoNamings = (plain: string): readonly Naming[] =>
  [...plain.matchAll(ISO)].flatMap(group =>
    [
      ...group[0].matchAll(
        /(?<![\d:v-]|[:v] )(\d{1,2} ?\d{3})(?:-\d{1,2}(?!\d))?(?: ?[:v] ?(?:20|19)\d\d|-(?:20|19)\d\d)?/g,
      ),
    ].flatMap((match, i) => {
      const number = match[1]?.replace(' ', '') ?? ''
      if (!ISO_NUMBERS.has(number)) return []
      const start = group.index + (i === 0 ? 0 : match.index)
      return [{ id: `iso-${number}`, start, end: group.index + match.index + match[0].length }]
    }),
  )

/** By folded text, but where capitals tell a name from a word. Persons' certificates ("Lead Auditor") are none. */
const NAMES: readonly (readonly [id: string, pattern: RegExp, claims?: 'claims'])[] = [
  ['en-9100', /\b(?:nf )?en ?-?9100(?::20\d\d)?\b/g],
  ['hds', /\bhds\b|\bhebergeur (?:agree |certifie )?(?:de )?donnees de sante(?: \(hds\)| hds\b)?/g],
  ['secnumcloud', /\bsecnumcloud(?: \d\.\d)?\b/g],
  [
    'rgaa',
    /(?<=^|\b(?:est|sont|is|are) )(?:(?:totalement|entierement|pleinement|fully|100 ?%) )?conformes? (?:a 100 ?% )?(?:au |aux criteres (?:du )?|avec le )?rgaa(?: ?v?\d(?:\.\d){0,2})?/g,
    'claims',
  ],
  [
    'rgaa',
    /(?<=(?<!\b(?:vos|votre|your) )\b(?:formulaires?|interfaces?|applications?|plateformes?|portails?|logiciels?|solutions?|espaces?|outils?|teleservices?|guichets?|modules?|ecrans?|produits?)(?: [a-z-]{3,12})?,? )(?:(?:totalement|entierement|pleinement|100 ?%) )?conformes? (?:a 100 ?% )?(?:au |aux criteres (?:du )?)rgaa(?: ?v?\d(?:\.\d){0,2})?/g,
    'claims',
  ],
  [
    'rgaa',
    /\bconformite (?:totale|integrale|complete) (?:au |avec le |aux criteres (?:du )?)?rgaa(?: ?v?\d(?:\.\d){0,2})?|\bconformite (?:au )?rgaa(?: ?v?\d(?:\.\d){0,2})?,? ?:? (?:totale|integrale|100 ?%)|\brgaa(?: ?v?\d(?:\.\d){0,2})? ?: (?:100 ?%|totale|conformite totale)|\brespect(?:e|ent) (?:(?:integralement|pleinement|totalement|entierement) )?(?:(?:tous )?les criteres du |le )rgaa(?: ?v?\d(?:\.\d){0,2})?/g,
    'claims',
  ],
  ['rgaa', /(?<!conformes? (?:au )?)\brgaa(?: ?v?\d(?:\.\d){0,2})?\b/g],
  ['qualiopi', /\bqualiopi\b/g],
  ['qualiopi', /\bcertification qualite a ete delivree au titre/g, 'claims'],
  ['cspn', /(?<![\w-])cspn\b(?!-)|\bcertification de securite de premier niveau(?: \(cspn\))?/g],
  [
    'ce-medical',
    /\b(?:dispositifs? medica(?:l|ux)|medical devices?)\b[^.;]{0,60}?\b(?:marquage ce|marque(?:e|s|es)? ce|ce[- ]mark\w{2,3}|certifie(?:e|s|es)? ce)\b/g,
    'claims',
  ],
  [
    'ce-medical',
    /\b(?:marquage ce|marque(?:e|s|es)? ce|ce[- ]mark\w{2,3}|certifie(?:e|s|es)? ce)\b[^.;]{0,60}?\b(?:dispositifs? medica(?:l|ux)|medical devices?|medical|mdr|classe i(?:i?[ab]|ii)?|class i(?:i?[ab]|ii)?)\b/g,
    'claims',
  ],
  [
    'ce-medical',
    /\b(?:dispositifs? medica(?:l|ux)|dm)(?: [a-z]{4,14}){0,2}(?: \(?de)? \(?classe (?:i|iia|iib|iii)\b/g,
    'claims',
  ],
  [
    'ce-medical',
    /\bce(?: ?\(?\d{4}\)?)?,? ?(?:[–·-] |de |medical,? )?(?:\(?class(?:e)? i(?:i?[ab]|ii)?\b|\(?medical\b|\(?mdr\b|\(?(?:reglement )?\(?(?:ue|eu)\)? 2017\/745)/g,
    'claims',
  ],
  ['expertcyber', /\bexpert ?cyber\b/g],
  ['france-cybersecurity', /\bfrance cyber ?security\b/g],
  ['passi', /\bpassi\b/g],
  [
    'numerique-responsable',
    /(?<=\blabel(?:lis\w{2,5})?,? ["«“]? ?|\blabel (?:lucie )?)(?:numerique responsable|nr[12]?\b)|\bnumerique responsable,? (?:\(?niveau|label)/g,
  ],
  ['origine-france-garantie', /\borigine france garantie\b/g],
  ['engage-rse', /\bengagee? rse\b/g],
  ['lucie-26000', /\blucie 26 ?000\b|(?<=\blabel(?:lis\w{2,5})? )lucie\b(?! (?:nr|numerique))/g],
  ['ecovadis', /\beco ?vadis\b/g],
  ['nf-525', /\bnf ?-?525\b/g],
  ['b-corp', /\bb[ -]?corp(?:oration)?\b/g],
  ['rge', /\brge\b/g],
  ['mase', /\bmase\b/g],
  [
    'eidas-qualifie',
    /\b(?:prestataires?|services?) de (?:services de )?confiance qualifie[^.;]{0,30}|\bqualifie(?:e|s|es)? (?:au sens (?:du reglement |d'|de )?)?eidas\b|\bqualified trust service provider\b|\beidas[- ]qualified\b/g,
    'claims',
  ],
]

const CAPITALS: ReadonlySet<string> = new Set(['rge', 'mase', 'passi'])

const PERSONAL =
  /^[ ,:-]{0,3}(?:\(?(?:lead|senior|internal)\b|foundation|auditeur|auditor|implementer|practitioner|risk manager)/

/** Most sentences name none: one search instead of two dozen. */
const ANY =
  /\biso[ /:-]?|\biso\d|9100|\bhds\b|donnees de sante|secnum|rgaa|qualiopi|certification qualite|cspn|premier niveau|marqu|class(?:e)? i|\bce(?: ?\(?\d{4}\)?)?[ ,(]{1,2}(?:medical|mdr)|2017\/745|ce[- ]mark|certifies? ce|certifiees? ce|expert ?cyber|france cyber|\bpassi\b|numerique responsable|\blabel|origine france|engagee? rse|lucie|eco ?vadis|nf ?-?525|\bb[ -]?corp|\brge\b|\bmase\b|eidas|de confiance|trust service/

/** The certificates that a text names, in order; `plain` is the text folded in place. */
export const certificatesIn = (text: string, plain = foldInPlace(text)): readonly Naming[] => {
  if (!ANY.test(plain)) return []
  const named = NAMES.flatMap(([id, pattern, claims]) =>
    [...plain.matchAll(pattern)].map(match => ({
      id,
      start: match.index,
      end: match.index + match[0].length,
      ...(claims === undefined ? {} : { claims: true }),
    })),
  ).filter(({ id, start, end }) => {
    const name = text.slice(start, end)
    return CAPITALS.has(id) ? name === name.toUpperCase() : !/^ce\b/i.test(name) || name.startsWith('CE')
  })
  return [...isoNamings(plain), ...named]
    .filter(({ end }) => !PERSONAL.test(plain.slice(end, end + 30)))
    .sort((a, b) => a.start - b.start)
}
