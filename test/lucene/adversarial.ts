const APOSTROPHES = ["'", '’', 'ʼ', '＇', '‘', '`', '´', '′']
const JOINTS = [
  ...APOSTROPHES,
  '.',
  ',',
  ':',
  ';',
  '·',
  '-',
  '‑',
  '_',
  '__',
  '/',
  '&',
  '@',
  '+',
  '#',
  '"',
  '‧',
  '․',
  ' ',
]
const SPACES = [
  ' ',
  '\u00A0',
  '\u202F',
  '\u2009',
  '\u00AD',
  '\u200B',
  '\u200C',
  '\u200D',
  '\u2060',
  '\uFEFF',
  '\t',
  '\u3000',
]
const CORES = [
  'a',
  'AIR',
  'é',
  'E\u0301',
  'x\u0323',
  '1',
  '3',
  '٣',
  'ß',
  'Œuvre',
  'ﬁl',
  '２',
  'Ａ',
  'ÑU',
  'İ',
  'ΣΑΣ',
  'ж',
  'ª',
  '²',
]
const ARTICLES = [
  'l',
  'D',
  'qu',
  'QU',
  'jusqu',
  'lorsqu',
  'puisqu',
  'quoiqu',
  'aujourd',
  'presqu',
  'entr',
  'o',
  'c',
  's',
  '1',
  'L_',
]

const NAMES = [
  'C++ c++ C# c# F# .NET ASP.NET .net asp.net (.net) a/.net C+ C++11 C#9 ++ #C',
  'CO₂ H₂O 10 m² 5m³ km² x² 1ᵉʳ n° 2 nᵒ',
  'm².s m².S² U.R.L. S.A.R.L. R&D M2M e-mail E.mail l’e-mail',
  'www.brique.example/a_b?c=d#e https://api.gouv.example:8080/x.y jean.martin@brique.example',
  '3,5 3.5 1 000 000 1 000,50 € 12/05/2024 12:30 12h30 -5 +33 1e-9 0x1F 1.2.3 1,,2 1.,2 1:2 a:b a::b a.1 1.a a,1 a,b',
  'qu’il qu’est-ce qu’une l’l’air d’l’eau aujourd’hui prud’homme O’Neil rock’n’roll ’tis dogs’ the dog’s DOG’S dog’s’s',
  "l'_ l'a l' 'l l'' l''air l'1 d'1,5 d'a.b _l'air l_'air 's a's's",
  'marché marchés marche MARCHÉ Mairies mairie maire organisations organe organisationnel formations formateur',
  'ie_ ﬁnances efﬁcacité ﬂux eﬀort oﬃce aﬄux ﬅ ﬆ',
  '東京都 ひらがな カタカナ ｶﾀｶﾅ 한국어 ภาษาไทย ລາວ עברית العربية हिन्दी русский ελληνικός',
  '🚀 a🚀b 👩‍🚀 👍🏽 🇫🇷 1️⃣ #️⃣ ❤️ ☎️ 🅰 🅿️ ℹ️ Ⓜ️ ▪ ▶ ★ ♥ 5★ C♯',
  '™ © ® ☎ ✓ • … – — « » € £ ° µ Ω ‰ № ½ ⅓ Ⅷ ⅷ ①',
  '',
  ' ',
]

const repeated = (): readonly string[] =>
  [254, 255, 256, 300, 509, 510, 511, 1000].flatMap(length => [
    'a'.repeat(length),
    `l'${'é'.repeat(length)}`,
    `${'1,'.repeat(length / 2)}5`,
    `${'a.'.repeat(length / 2)}b c`,
    `${'ab1_'.repeat(length / 4)} suite`,
    `${'s'.repeat(length)}ation`,
  ])

const shapes = [
  '',
  's',
  'x',
  'aux',
  'eaux',
  'e',
  'es',
  'ée',
  'ées',
  'er',
  'ers',
  'rr',
  'ss',
  'nn',
  'ie',
  'iee',
  'ree',
  'ii',
]
const suffixes = (
  'issement issant ement ivement ificatrice ficateur catrice cateur atrice ateur trice ième teuse teur euse ère ive folle ' +
  'molle nnelle nnel ète ique esse inage isation ualisation isateur ation ition eaux aux oux'
).split(' ')

/** Words of every length around each rule of the French stemmer: prefixes of 0 to 8 letters, each ending after it. */
export const stemmerWords = (): readonly string[] =>
  suffixes.flatMap(suffix =>
    ['', 'a', 'fr', 'poé', 'vill', 'consé', 'abbrév', 'ççoonna', 'aménagée'].flatMap(prefix =>
      shapes.map(shape => prefix + suffix + shape),
    ),
  )

const RANGES = [
  [0x0000, 0x02af],
  [0x0300, 0x036f],
  [0x1e00, 0x1eff],
  [0x2000, 0x206f],
  [0x20a0, 0x20bf],
  [0xff00, 0xff5e],
] as const

/** The letters that `src/text/README.md` names as not folded as Lucene does. */
const isUnpromised = (character: string): boolean => /[ƦǤǥǦǧȺȾɢɪɴɶʀʁʏʗʙʛʜʟẚẛẜẝỺỻỾỿ]/.test(character)

/** Every letter that our chains promise to fold as Lucene does, and the separators, between letters and digits. */
const letters = (): readonly string[] => {
  const lines: string[] = []
  for (const [first, last] of RANGES) {
    for (let code = first; code <= last; code++) {
      const character = String.fromCharCode(code)
      if (/[\r\n]/.test(character) || isUnpromised(character)) continue
      lines.push(`${character} a${character}b 1${character}2 ${character}${character} l'${character}oes`)
    }
  }
  return lines
}

/** Lines meant to part two implementations of the same chain. */
export const adversarialLines = (): readonly string[] => [
  ...NAMES,
  ...repeated(),
  ...CORES.flatMap(left =>
    CORES.flatMap(right =>
      [...JOINTS, ...SPACES].map(joint => `${left}${joint}${right} ${joint}${left} ${right}${joint}`),
    ),
  ),
  ...ARTICLES.flatMap(article =>
    APOSTROPHES.map(apostrophe => `${article}${apostrophe}air ${article.toUpperCase()}${apostrophe}École`),
  ),
  ...letters(),
]
