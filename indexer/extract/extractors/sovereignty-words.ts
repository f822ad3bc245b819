import { FRENCH_ADJECTIVE } from './places.ts'

/** All patterns are for text without accents or capitals (`foldInPlace`); repetitions are bounded. */
const anyOf = (...patterns: readonly string[]): string => `(?:${patterns.join('|')})`

const all = (...patterns: readonly string[]): RegExp => new RegExp(patterns.join('|'), 'g')

const WHOSE =
  "(?:vos|votre|your|leurs?|le|la|les|l'|their|the|the customer's|customer) ?(?:propres? |own )?(?:[a-z]{4,9} )?"
const PREMISES = anyOf(
  'serveurs?|servers?|machines|infrastructures?|data ?cent(?:er|re)s?|centre de donnees|salles? (?:des? )?(?:serveurs?|machines?|blanche|informatique)|(?:server|machine) room',
  "reseaux?|baies?|\\bsi\\b|systeme d'information|premises|intranet|cloud prive|private cloud",
)
const OWNERS = "(?: (?:du client|de l'etablissement|de la collectivite|de la commune|des clients|of the customer))?"
const INSTALLED = '(?:install|deplo[iy]|heberg|execut|fonctionn|tourn|implant|run)'

/** What is installed where a device or a machine would not count. */
const SOFTWARE = anyOf(
  'logiciels?|applications?|solutions?|plateformes?|instances?|serveurs?|versions?|suites?|assistants?|modeles?|moteurs?|software|copies?',
)

/** "Nos bornes sont installées chez vous" is no software. */
const NO_DEVICE =
  '(?<!\\b(?:bornes?|capteurs?|compteurs?|panneaux|chaudieres?|boitiers?|detecteurs?|cameras?|sondes?|balises?|techniciens?)\\b[^.;]{0,30})'

/** The customer runs it: "installé sur vos serveurs", "auto-hébergeable", "on-premise". */
export const ON_PREMISES = all(
  '\\bon[- ]?prem(?:ise|ises|isse)?\\b|\\bauto-?heberg(?:ement|eables?|ees?|es?|er)\\b|\\bself-?host(?:ed|able|ing)?\\b',
  `\\b${INSTALLED}[a-z]{0,7}\\b(?: (?!chez|sur|dans|on|in\\b)[a-z'-]{1,14}){0,4} (?:sur|dans|chez|on|in) ${WHOSE}${PREMISES}${OWNERS}`,
  '\\bsaas ou sur (?:vos|votre) (?:propres? )?serveurs?',
  `${NO_DEVICE}\\b(?:install|deplo[iy])(?:e|ee|es|ees|able|ables|ation) chez (?:vous|le client|nos clients)\\b`,
  `\\b${SOFTWARE}\\b[^.:;]{0,60}?\\b${INSTALLED}[a-z]{0,7} (?:[a-z'-]{1,14} ){0,3}(?:chez (?:vous|le client|nos clients)|(?:dans|derriere) (?:${WHOSE}|son |ses )(?:locaux|murs|pare-feu|etablissement|usine|firewall))`,
  `\\b${SOFTWARE} (?:[a-z]{4,12} )?(?:reste(?:nt)?|vit|tourne(?:nt)?|demeure(?:nt)?) (?:chez vous|(?:dans|derriere) (?:vos|votre) (?:locaux|murs|pare-feu|etablissement))`,
  '\\b(?:sur|dans) (?:une?|des|vos|votre|leurs?) (?:propres? )?(?:serveurs?|machines?|infrastructures?) (?:a vous|a eux|chez vous|dans vos (?:locaux|murs))\\b',
  '\\b(?:serveurs?|machines?) (?:est|sont|reste|restent) (?:les? |la )?(?:votres?|a vous|chez vous|dans vos (?:locaux|murs))\\b',
  '\\b(?:on|in) (?:a |your )?(?:own )?(?:server|machine|hardware|box) (?:of your own|in your (?:own )?(?:building|offices?|premises|machine room|server room|data ?cent(?:er|re)))\\b',
  '\\b(?:on|in) your (?:own )?(?:servers|hardware|infrastructure|data ?cent(?:er|re)|machines|machine room|server room)\\b',
  `\\b${SOFTWARE}\\b[^.:;]{0,60}?\\binstall[a-z]{0,7} (?:[a-z]{3,10} )?sur (?:site\\b(?! web| internet)|place\\b|le reseau de)`,
  '\\bheberge(?:r|z)(?:-l[ae]s?)? (?:[a-z]{3,10} )?(?:vous|soi|eux)-memes?\\b|\\bhost (?:it|them|everything) yourself\\b',
  '\\b(?:installation|version|deploiement|execution) locale\\b|\\bheberge\\w{0,6} (?:chez (?:vous|le client|soi)\\b|dans vos murs|par vos soins)',
  '\\b(?:deploy(?:able|ables|e|es|ee|ees)|deploiement|installables?) sur site\\b|\\b(?:sur|dans) (?:vos|votre) propres? (?:serveurs?|machines?|infrastructures?)\\b',
  '\\ben local,? (?:sur|dans) (?:vos|votre)\\b|\\bheberge(?:r|z)(?:-l[ae]s?)? sur (?:vos|votre)\\b',
  `\\b${INSTALLED}[a-z]{0,7} (?:[a-z'-]{1,14} ){0,3}sur (?:un|des|une) (?:serveurs?|machines?) (?:du client|(?:de|dans) (?:leurs?|votre|vos) [a-z]{4,15}|de (?:la |l')?(?:mairie|commune|collectivite|hopital|etablissement|ecole|client|usine|ville))`,
  '(?:^|[,:(] ?|\\bou )sur (?:vos|votre) (?:propres? )?(?:serveurs?|machines?|infrastructures?)\\b',
  '\\bbehind your (?:own )?firewall\\b|\\bon your (?:own )?(?:hypervisor|cluster)\\b',
  `${NO_DEVICE}\\bderriere (?:vos|votre|leurs?) (?:propres? )?pare-feu\\b|\\bsur (?:vos|votre|leurs?) (?:propres? )?(?:hyperviseurs?|clusters?)\\b`,
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
const WORKSHOP = anyOf(
  'usines?|ateliers?|manufactures?|fabriques?|sites? de production|lignes? de production|chaines? de montage|factor(?:y|ies)|workshops?|plants?',
)
const WORKS =
  '(?:developp|dessin|imagin|fabriqu|assembl|produi|usin|cabl|concoi|conc|build|buil|mak|made|manufactur|design|mont)[a-z]{1,9}'
/** Regions of France by which a firm says that it makes things there. */
export const REGIONS =
  "bretagne|normandie|vendee|alsace|occitanie|savoie|auvergne|provence|aquitaine|lorraine|isere|anjou|jura|finistere|morbihan|ile-de-france|hauts-de-france|pays de la loire|bourgogne|cotes-d'armor"

/** "Fabriqué en France", "logiciel français", "made in France". */
export const MADE_IN_FRANCE = all(
  `\\b${MAKING}\\b${HOW}{0,6},? (?:en|in) france\\b`,
  `\\b${MAKES}\\b(?!(?: [^ .;]{1,20}){0,8} (?:pas|plus|rien|aucune?|pour|for|avec|deploy))[^.;]{0,50} (?:en|in) france\\b`,
  `\\b(?:fabrique|assemble)(?:e|s|es)? (?:en |dans (?:le |la |les ))(?:${REGIONS})\\b`,
  '\\bmade in france\\b|\\bfrench[- ](?:made|built|designed|engineered)\\b|\\bmade in (?:the french\\b|brittany|normandy)|\\bfrench (?:software|solution|product|platform|hardware)s?\\b|\\bfabrique-en-france\\b',
  `\\b${WORK}(?:(?:,| et|/) ${WORK}){0,2}(?: (?:est|sont))? (?:100 ?% |entierement )?(?:${FRENCH_ADJECTIVE}|en france)\\b`,
  `\\b${PRODUCT} (?:est|sont|is|are) (?:(?:bel et bien|entierement|integralement|donc|a)?[a-z0-9 %]{0,12} )?(?:francaise?s?\\b(?! (?:et|ou) )|french\\b(?!-))`,
  `\\b${WORKSHOP}(?: [a-z-]{3,15}){0,2} ${FRENCH_ADJECTIVE}\\b[^.;]{0,50}?\\b${WORKS}\\b`,
  `\\b${WORKS}\\b[^.;]{0,50}? (?:dans|par|de|in) (?:notre|nos|our|son|ses) (?:[a-z]{4,9} )?(?:${WORKSHOP}|equipes?)(?: [a-z-]{3,15}){0,1} ${FRENCH_ADJECTIVE}\\b`,
  `\\b${PRODUCT}(?: (?:souverain|libre|saas|metier|collaborati[fv])(?:e|es|s)?)? (?:100 ?% |entierement )?francaise?s?\\b`,
)

const FOREIGN = anyOf(
  'extra-?territorial(?:e|es|ite)?s?|extra-?territoriaux|extra-?europeen(?:ne|nes|s)?|americaine?s?',
  'non[- ]europeen(?:ne|nes|s)?|etrang(?:er|ere)s?',
)
const FOREIGN_LAW = anyOf(
  'cloud act|patriot act|fisa',
  `(?:lois?|legislations?|droits?|reglementations?|juridictions?|laws?|legislation|jurisdiction)(?: [a-z-]{1,14}){0,3} ${FOREIGN}`,
  '(?:us|american|foreign|non-eu|extra-?territorial) (?:law|laws|jurisdiction|legislation)|extra-?territorialite',
)
const NOT_SUBJECT = anyOf(
  '\\bnon[- ]soumis\\w{0,2}|\\bpas soumis\\w{0,2}|\\bnon concernee?s?',
  "\\b(?:ne |n')[a-z']{1,10}(?: [a-z]{1,9})? (?:pas|jamais|aucunement|ni)(?: [a-z]{1,10})? (?:soumis\\w{0,2}|assujetti\\w{0,2}|concerne\\w{0,2}|sous|au)",
  "\\b(?:ne |n')[a-z]{2,8} soumis\\w{0,2} (?:a |ni )?(?:aucune?|ni)",
  "\\b(?:ne |n')(?:releve|relevent|relevons)[^.;]{0,12}(?:pas|d'aucune?)",
  "\\b(?:ni|aucune?|rien|jamais|personne)\\b[^.;]{0,100}\\b(?:ne |n')(?:est |sont )?(?:relev|depend|tomb|soumis|assujetti)[a-z]{0,4}\\b",
  '\\b(?:neither|none|nothing)\\b[^.;]{0,100}\\b(?:falls?|comes?|is|are) (?:under|within|subject to)\\b',
  "(?<!n')\\bechapp\\w{1,4}|\\ba l'abri|\\bimmun\\w{1,5}|\\binsensibles?|\\bproteg\\w{1,4}",
  "\\bhors (?:de )?(?:portee|d'atteinte|du champ|du|de)",
  "\\baucune? (?:[a-z'-]{1,16},? ){0,12}(?:soumis\\w{0,2}|soumission|exposition|dependance)",
  '\\bsans (?:exposition|soumission|dependance)|\\bnot (?:[a-z]{1,12} )?(?:subject|exposed)|\\bnever subject',
  '\\bfree (?:from|of)|\\boutside(?: of)?(?: the (?:reach|scope))?|\\bout of reach|\\bbeyond the reach',
)

/** "Non soumis au Cloud Act": the denial is part of the claim. */
export const NO_FOREIGN_LAW = all(
  `${NOT_SUBJECT}[^.;]{0,50}?\\b${FOREIGN_LAW}`,
  `\\baucune? (?:${FOREIGN_LAW}|(?:autorite|gouvernement|juge|tribunal|juridiction|etat|puissance) ${FOREIGN})[^.;]{0,60}?\\b(?:ne |n')[^.;]{0,20}?(?:peut|pourra|s'applique|obtenir|contraindre|obliger|acceder|atteint|a prise|a acces)`,
  `\\b(?:ne |n')[^.;]{0,30} (?:a |d')?aucune? ${FOREIGN_LAW}|\\b${FOREIGN_LAW} (?:n'a|n'ont) (?:aucune|pas de) prise|\\b${FOREIGN_LAW} has no (?:hold|effect|reach|bearing)`,
  '\\bno (?:foreign|american|us|non-eu|extra-?territorial) (?:law|court|government|authority|jurisdiction|agency|judge|subpoena)s?[^.;]{0,20}\\b(?:can|may|could|applies|apply|reach|compel)',
  '\\bno (?:exposure|dependency) (?:to|on) (?:the )?(?:us )?(?:cloud act|fisa|patriot act|foreign law)|\\b(?:ni|sans|hors) (?:le |du |au )?(?:cloud act|patriot act)\\b',
  '\\b(?:out of|beyond) (?:the )?reach of (?:any )?(?:foreign|american|us|non-eu|extra-?territorial) [a-z]{3,14}',
  `\\b${FOREIGN_LAW}[^.;]{0,30} (?:ne (?:s'(?:y )?applique(?:nt)?|nous (?:concerne|atteint)) pas|ne (?:nous )?(?:concernent|atteignent) pas)`,
  '\\b(?:donnees|hebergement|service|infrastructure|data)\\b[^.;]{0,60}\\b(?:uniquement|exclusivement|seul|only|solely|exclusively)\\b[^.;]{0,25}\\b(?:droit (?:francais|europeen)|french law|eu law|european law)',
  `\\b${FOREIGN_LAW} ?:? (?:non (?:applicable|concerne)|not applicable|ne s'applique(?:nt)? pas|does not apply|do not apply)`,
)

/** What is made, built, written: a place in France after it, or a workshop there before it, says where. */
export const MADE = new RegExp(
  '\\b(?:fabriqu(?:e|es|ee|ees|ons|ent|ant)|fabrication|assemblage|usine(?:es?|ons|nt)|usinage|sort(?:ent|ie|ies|i)?)\\b|' +
    '\\bassembl(?:e|es|ee|ees|ons|ent)\\b(?! (?:generale|nationale|departementale|regionale|constitu|plenier|des ))|' +
    '\\b(?:imprim|soud|moul|tiss|cabl|dessin|cod|mont)(?:e|es|ee|ees|ons)\\b|\\bmanufactured?\\b|\\bnaissent\\b|\\becrite?s?\\b|' +
    '\\b(?:concue?s?|concevons|concoi(?:t|vent)|developp(?:e|es|ee|ees|ons|ent)|developed|designs?|designed)\\b|' +
    '\\b(?:built|builds?|makes?|made|assembles?|assembled|manufactures)\\b',
  'g',
)
/** Verbs of thought as well as of work: only beside a product. */
export const DRAWN = /^(?:conc|dessin|develop|cod|design|imprim|monte|ecrit|naiss)/
export const PRODUCT_NAMED =
  /\b(?:logiciels?|solutions?|plateformes?|applications?|produits?|outils?|capteurs?|boitiers?|cartes?|bornes?|machines?|appareils?|materiels?|systemes?|sondes?|code|tout|objets?|equipements?|electronique|progiciels?|software|hardware|devices?|sensors?|products?|units?|cells?|chargers?|boxes|posts)\b/
/** What may not stand between the work and the place: for whom, with what, not. */
export const NOT_THERE =
  /[.;]|\b(?:pas|plus|rien|aucune?|jamais|pour|for|avec|with|deplo\w+|vend\w+|utilis\w+|install\w+|clients?|distribu\w+|commercialis\w+|depuis|ne|not|never|presents?)\b/
export const WORKSHOP_NAMED = new RegExp(`\\b${WORKSHOP}\\b`)
/** "Assemblé où ?", "Where it is made". */
export const WHERE_MADE =
  /(?:assembl|fabriqu|concu|produit|made|built|manufactur)\w{0,6}[^?]{0,20}\b(?:ou|where)\b|\b(?:ou|where)\b[^?]{0,30}(?:assembl|fabriqu|concu|produits?\b|made|built|manufactur)|^(?:fabrication|assemblage|production|manufacturing)$/
