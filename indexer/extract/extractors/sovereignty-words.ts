/** All patterns are for text without accents or capitals (`foldInPlace`); repetitions are bounded. */
const anyOf = (...patterns: readonly string[]): string => `(?:${patterns.join('|')})`

const all = (...patterns: readonly string[]): RegExp => new RegExp(patterns.join('|'), 'g')

const WHOSE =
  "(?:vos|votre|your|leurs?|le|la|les|l'|their|the|the customer's|customer) ?(?:propres? |own )?(?:[a-z]{4,9} )?"
const PREMISES = anyOf(
  'serveurs?|servers?|machines|infrastructures?|data ?cent(?:er|re)s?|centre de donnees|salle (?:serveur|machine|blanche)',
  "\\bsi\\b|systeme d'information|premises|intranet|cloud prive|private cloud",
)
const OWNERS = "(?: (?:du client|de l'etablissement|de la collectivite|de la commune|des clients|of the customer))?"
const INSTALLED = '(?:install|deplo[iy]|heberg|execut|fonctionn|tourn|implant|run)'

/** The customer runs it: "installé sur vos serveurs", "auto-hébergeable", "on-premise". */
export const ON_PREMISES = all(
  '\\bon[- ]?prem(?:ise|ises|isse)?\\b|\\bauto-?heberg(?:ement|eables?|ees?|es?|er)\\b|\\bself-?host(?:ed|able|ing)?\\b',
  `\\b${INSTALLED}[a-z]{0,7}\\b(?: (?!chez|sur|dans|on|in\\b)[a-z'-]{1,14}){0,4} (?:sur|dans|chez|on|in) ${WHOSE}${PREMISES}${OWNERS}`,
  '\\bsaas ou sur (?:vos|votre) (?:propres? )?serveurs?',
  '\\b(?:install|deplo[iy])(?:e|ee|es|ees|able|ables|ation) chez (?:vous|le client|nos clients)\\b',
)

const MAKING = anyOf(
  '(?:fabrique|assemble|concu|developpe|produit|edite|imagine|realise|code|usine|monte)(?:e|s|es)?',
  'designed|developed|made|manufactured|assembled|built|produced|engineered',
)
/** What may stand between the work and the country, up to six pieces. */
const HOW = anyOf(
  ',? (?:et|puis|and|&|/|ou)',
  ',? (?:entierement|integralement|exclusivement|100 ?%|a 100 ?%|fully|entirely|aussi)',
  ' (?:heberge(?:e|s|es)?|hosted|maintenue?s?|teste(?:e|s|es)?|tested|repare(?:e|s|es)?)',
  ' par (?:nos (?:soins|equipes)|notre equipe)| dans (?:notre|nos) (?:usine|atelier|ateliers|locaux)',
  ' (?:in|at) our (?:own )?(?:factory|workshop|plant)| (?:de|a|in|near|pres de) [a-z-]{3,20}',
  `,? ${MAKING}`,
  ',',
)
const WORK = '(?:fabrication|conception|assemblage|production|developpement)'
const MAKES = anyOf(
  'nous (?:(?!ne )[a-z]{1,12} ){0,2}(?:concevons|fabriquons|developpons|assemblons|produisons|editons)',
  'we (?:[a-z]{1,12} ){0,2}(?:design|build|make|manufacture|develop|assemble|produce)',
  '(?:concoit|fabrique|developpe|assemble|produit)',
)
const PRODUCT = anyOf(
  'logiciels?|solutions?|plateformes?|applications?|produits?|outils?|capteurs?|technologies?|progiciels?',
)
const REGIONS =
  "bretagne|normandie|vendee|alsace|occitanie|savoie|auvergne|provence|aquitaine|lorraine|isere|anjou|jura|finistere|morbihan|ile-de-france|hauts-de-france|pays de la loire|bourgogne|cotes-d'armor"

/** "Fabriqué en France", "logiciel français", "made in France". */
export const MADE_IN_FRANCE = all(
  `\\b${MAKING}\\b${HOW}{0,6},? (?:en|in) france\\b`,
  `\\b${MAKES}\\b(?!(?: [^ .;]{1,20}){0,8} (?:pas|plus|rien|aucune?|pour|for|avec|deploy))[^.;]{0,50} (?:en|in) france\\b`,
  `\\b(?:fabrique|assemble)(?:e|s|es)? (?:en |dans (?:le |la |les ))(?:${REGIONS})\\b`,
  '\\bmade in france\\b|\\bfrench[- ]made\\b|\\bfabrique-en-france\\b',
  `\\b${WORK}(?:(?:,| et|/) ${WORK}){0,2}(?: (?:est|sont))? (?:100 ?% )?(?:francaise?s?|en france)\\b`,
  `\\b${PRODUCT}(?: (?:souverain|libre|saas|metier|collaborati[fv])(?:e|es|s)?)? (?:100 ?% |entierement )?francaise?s?\\b`,
)

const FOREIGN = anyOf(
  'extra-?territorial(?:e|es|ite)?s?|extra-?territoriaux|extra-?europeen(?:ne|nes|s)?|americaine?s?',
  'non[- ]europeen(?:ne|nes|s)?|etrangeres?',
)
const FOREIGN_LAW = anyOf(
  'cloud act|patriot act|fisa',
  `(?:lois?|legislations?|droits?|reglementations?|juridictions?|laws?|legislation|jurisdiction)(?: [a-z-]{3,14}){0,3} ${FOREIGN}`,
  '(?:us|american|foreign|non-eu|extra-?territorial) (?:law|laws|jurisdiction|legislation)|extra-?territorialite',
)
const NOT_SUBJECT = anyOf(
  '\\bnon[- ]soumis\\w{0,2}|\\bpas soumis\\w{0,2}|\\bnon concernee?s?',
  "\\b(?:ne |n')[a-z']{1,10}(?: [a-z]{1,9})? (?:pas|jamais|aucunement|ni)(?: [a-z]{1,10})? (?:soumis\\w{0,2}|assujetti\\w{0,2}|concerne\\w{0,2}|sous|au)",
  "\\b(?:ne |n')[a-z]{2,8} soumis\\w{0,2} (?:a |ni )?(?:aucune?|ni)",
  "\\b(?:ne |n')(?:releve|relevent|relevons)[^.;]{0,12}(?:pas|d'aucune?)",
  "\\bechapp\\w{1,4}|\\ba l'abri|\\bimmun\\w{1,5}|\\binsensibles?|\\bproteg\\w{1,4}",
  "\\bhors (?:de )?(?:portee|d'atteinte|du champ|du|de)",
  "\\baucune? (?:[a-z'-]{1,16} ){0,7}(?:soumis\\w{0,2}|soumission|exposition|dependance)",
  '\\bsans (?:exposition|soumission|dependance)|\\bnot (?:[a-z]{1,12} )?(?:subject|exposed)|\\bnever subject',
  '\\bfree (?:from|of)|\\boutside(?: of)?(?: the (?:reach|scope))?|\\bout of reach|\\bbeyond the reach',
)

/** "Non soumis au Cloud Act": the denial is part of the claim. */
export const NO_FOREIGN_LAW = all(
  `${NOT_SUBJECT}[^.;]{0,50}?\\b${FOREIGN_LAW}`,
  `\\b${FOREIGN_LAW} ?:? (?:non applicable|not applicable|ne s'applique(?:nt)? pas|does not apply|do not apply)`,
)
