/** What a word before a mention says of it; `firm` is the firm's own statement, `own` a mere "notre", `neutral` nothing. */
export type MarkerKind = 'denied' | 'pending' | 'offered' | 'firm' | 'other' | 'neutral' | 'own'

/** All patterns are for text without accents or capitals; alternatives of bounded length, so the search is linear. */
const anyOf = (...patterns: readonly string[]): string => patterns.join('|')

/** Whole words or expressions. */
const words = (list: string): string => `\\b(?:${list})\\b`

const CERTIFIED = '(?:certifi|labelli|qualifi|accredit|agre[ei])'
const CERTIFYING = '(?:certifi|labelli|qualifi|accredit|agrement|obten)'

const OTHERS =
  'hebergeurs?|infogereurs?|prestataires?|partenaires?|fournisseurs?|sous-traitants?|operateurs?|distributeurs?|' +
  'installateurs?|concurrents?|data ?cent(?:er|re)s?|centres? de donnees|cabinets?|auditeurs?|consultants?|' +
  'organismes? de formation|hosts?|(?:(?:cloud|hosting|service) )?providers?|partners?|suppliers?|subcontractors?|' +
  'vendors?|competitors?|filiales?|maisons?[ -]meres?|societes? (?:mere|soeur)s?|actionnaires?|subsidiar(?:y|ies)|(?:parent|sister) compan(?:y|ies)|' +
  'revendeurs?|resellers?|fabricants?|imprim(?:eurs?|eries?)|transporteurs?|predecesseurs?|' +
  '(?:laboratoires?|instituts?|bureaux?|organismes?|tiers|societes?|ateliers?) (?:exterieure?|externe|independante?|tiers|partenaire)s?|' +
  '(?:external|independent|outside|accredited) (?:laborator(?:y|ies)|labs?|bod(?:y|ies)|auditors?)'

/** Persons, whose certificates are theirs. */
const PERSONS =
  'techniciens?|techniciennes?|formateurs?|formatrices?|ingenieure?s?|responsables?|rssi|dpo|electriciens?|artisans?|poseurs?|consultante?s?|auditrices?|expertes?|experts|collegues|collaborat(?:eurs?|rices?)'

/** Of several of these, some being certified is the firm's own certificate. */
const OWN_THINGS =
  'produits?|solutions?|logiciels?|sites?|usines?|ateliers?|services?|activites?|offres?|modules?|products?|factories|plants'

/** Hosts and clouds that French firms name as theirs. */
const HOST_NAMES =
  'ovh(?:cloud)?|scaleway|outscale|aws|amazon|azure|microsoft|google|gcp|clever cloud|infomaniak|ikoula|gandi|equinix|' +
  'interxion|digital realty|data4|telehouse|cheops|coreye|claranet|cegedim|atos|cloud temple|numspot|s3ns|oodrive|' +
  'orange business|cloudflare|hetzner|ionos|scalingo|alwaysdata|alter way|azergo'

/** The names of hosts as one pattern of whole words, for text without accents or capitals. */
export const HOST_NAME = words(HOST_NAMES)

const ADVERBS = "(?:(?:donc|aussi|egalement|desormais|ainsi|also|already|deja|un|une|an?) |l'){0,2}"

const DENIED = anyOf(
  words('refusee?s?|declinee?s?|perdue?s?|renonce\\w{0,3}|abandonne\\w{0,2}'),
  "(?:\\bne |\\bn')(?!a cesse|avons cesse|attend|oubli|[a-z]{1,5} (?:pas |jamais )?(?:empech|freine|decourag|dissuad)[a-z]{1,4}|empech)[a-z']{1,14}(?: [a-z']{1,10})? (?:pas|plus|aucune?|jamais|ni)\\b(?! seulement| que)",
  "\\bpas (?:encore|de|d')",
  words('aucune?|ni|hormis|excepte'),
  "\\bsans (?!oublier|interruption|ecart|reserve|discontinuer|faille|compter|cesse)|a l'exception d",
  '\\bnon[ -](?=certifi|labelli|qualifi|agree|conforme|soumis|concern)',
  "(?:\\bnot|n't|\\bno longer|\\bnever|\\bneither|\\bnor)\\b(?! only)|\\bwithout\\b",
  words('etions|etait|etaient|avait|avions|anciennement|formerly|used to be|previously'),
  '\\bancienne (?=certif|label|agrement|qualif|accredit)',
)

const PENDING = anyOf(
  "\\ben (?:cours(?! de validite| d'utilisation)|voie|vue|phase) |\\ben cours\\b(?! de validite)",
  "\\bbientot|\\bprochainement|\\ba venir\\b(?! (?:chez|sur|dans|nous|vous|voir)\\b)|\\bd'ici\\b|\\bfeuille de route\\b|\\broadmap\\b|\\bfutur(?:e|s|es)?\\b",
  '\\bprochaine? (?:certification|etape|labellisation|objectif)',
  words('visons|vise|visent|viser|visant|visees?|ambition\\w{0,6}|objectifs?|souhait(?:ons|ent|e)|esper(?:ons|e)'),
  words('prev(?:oyons|oient|oit|ues?|us?)|planifi\\w{1,5}|prepar(?:ons|e|ent|ant)|sollicit\\w{1,5}|postul\\w{1,5}'),
  words('finalistes?|candidat(?:e|es|s|ons|ures?)?|serons|sera|seront|allons|devrions|devrait|comptons|entam\\w{1,5}'),
  "(?<!\\bsur |\\ba la )\\bdemand(?:e|ee|ees|ons) (?:la|le|l'|une?|notre)\\b|\\bdepos(?:e|ee|ons|es) (?:un |une |le |la |notre |l')(?:dossier|demande|candidature)|\\bcommence (?:la|le|une?|notre)\\b",
  words('lanc(?:ons|e|ent) (?:la|le|une?|notre|dans)|initi(?:ons|e|ee) (?:la|une?|notre)'),
  `\\bdemarches? (?:de |d'|vers |pour |en vue d[e'] ?)(?:la |l'|une )?${CERTIFYING}`,
  `\\bprocessus (?:de |d'|en vue d[e'] ?)${CERTIFYING}|\\bengag\\w{1,5} (?:vers|a obtenir)\\b`,
  '\\btravaill(?:ons|e|ent) (?:a|sur|vers|activement)\\b|\\ben (?:preparation|projet)\\b',
  words('in progress|under ?way|upcoming|soon|pursuing|working (?:towards?|on)|aim(?:s|ing)?|target(?:s|ed|ing)?|will'),
  words('plans? to|planned|planning|expect(?:s|ed|ing)?|preparing|on track|seeking|path to|journey to'),
)

const OFFERED = anyOf(
  "\\baccompagn\\w+|\\baid(?:ons|er|e|ez|ent)\\b|\\bconseils? (?:en |pour |iso)|\\bpreparation (?:a |au |de |d'|des |iso|hds)",
  "\\bformations? (?:a |a l'|aux? |sur |de |d'|pour |iso|hds|rgaa|lead)|\\bmettre en (?:conformite|place|oeuvre|œuvre)",
  '\\bmise en (?:conformite|place|oeuvre|œuvre)|\\b(?:pre-?audits?|diagnostics?) (?:de |d|iso|rgaa|hds)',
  '\\baudits? (?:a blanc|de conformite|de preparation|rgaa|iso|hds|(?:de )?(?:votre|vos))\\b',
  words('vous (?:souhait|vis|dev|voul|prepar|accompagn|aid|obten|guid|form)\\w{1,7}|vous etes'),
  `\\b(?:votre|vos) (?:propres? |future? )?(?:${CERTIFYING}|labels?|conformite|audits?|demarches?|dossiers?|smsi|projets?|obligations?|entreprise|organis)`,
  words(
    'prerequis|pre-requis|demandons|exigeons|formons|passer|devenir|devenez|obtenez|passez|reussir|reussissez|decrocher|decrochez|comment|pourquoi|comprendre',
  ),
  words(
    "questionnaires?|qu'est-ce|guides?|checklist|livre blanc|webinaires?|doit|doivent|devez|devront|faut|obligatoire\\w{0,4}",
  ),
  `(?<!\\b(?:ne |n')(?:vous |les? |la )?)${words('obliges?|impos(?:e|ent|ees?|es)')}`,
  words('exig(?:e|ent|ees?|es)|exigences? (?:de|du|des|d)|si vous'),
  words('requires?|required|requirements?|must|mandatory|consult(?:ing|ancy)|become|prepare for|readiness|how to|why'),
  words('help(?:s|ing)? (?:you|our|companies|clients|customers|organi[sz]ations)|get(?:ting)? certified'),
  `\\byour(?! (?:trusted |${CERTIFIED}\\w+ )?(?:partner|provider))\\b`,
  "\\bs'inspir\\w+|\\binspires? d|\\bs'align\\w+|\\balign(?:es?|ee|ees|ed|s)\\b|\\bd'apres (?:la|les|le)\\b",
  '(?<!(?:certifi|accredit)\\w{1,6} (?:cofrac )?)\\bselon (?:la|les|le|l) ?(?:norme|referentiel|principe|exigence)|\\bbas(?:ee?s?) sur\\b|\\bcompatibles? avec\\b',
  words('in line with|based on|inspired by|according to|compatible with'),
)

const FIRM = anyOf(
  '\\bheberg\\w{1,4} (?:en propre|en interne|par nos (?:soins|equipes)|chez nous|(?:sur|dans) nos propres?|in-house)\\b[^,;]{0,40}',
  '\\b(?:nos (?:propres |deux |trois )?|our (?:own )?)(?:data ?cent(?:er|re)s?|centres? de donnees|serveurs|servers|salles|infrastructures?)\\b',
  "\\b(?:nous|on) (?:(?:en|y|les|le|la|nous) |l')?(?:sommes|avons|detenons|disposons|possedons|beneficions|figurons)\\b" +
    `(?: en tant que)?(?: ${ADVERBS}(?:${OTHERS})\\b)?`,
  '\\bnous (?:comptons parmi|faisons partie)\\b|\\bnous (?:a|ont|est|sont) (?:ete )?(?:certifi|decern|delivr|attribu|accord|remis|octroy|renouvel)\\w*',
  `\\bwe(?:'re|'ve| are| have| hold| maintain| were awarded| received| earned| obtained)\\b(?: ${ADVERBS}(?:${OTHERS})\\b)?`,
)

const OTHER = anyOf(
  '\\blou(?:e|ee|es|ees|ons) (?:a|aupres|chez)\\b|\\b(?:salles?|baies|serveurs?|machines|murs) (?:de|chez) (?!nous|production|secours|sauvegarde|calcul)[a-z-]{4,20} (?:est|sont) ',
  `\\b(?:${PERSONS})(?: [a-z-]{3,15}){0,2},? (?:(?:est|sont|etant|are|is) )?(?:(?:aussi|egalement|tous|toutes|also|all) ){0,2}(?=${CERTIFIED}|rge\\b|qualiopi|titulaires?)`,
  `\\b(?:beaucoup|plusieurs|certaine?s|la plupart|nombre|une partie|la moitie) (?:de|d'entre) nos (?!${OWN_THINGS})[a-z-]{4,18}|\\b(?:some|many|most|several) of our (?!${OWN_THINGS})[a-z-]{4,18}`,
  "\\b(?:par|dans|chez|aupres d'|by|in|at) (?:une?|des|an?) (?:laboratoires?|organismes?|instituts?|laborator(?:y|ies)|labs?)\\b",
  '\\b(?:distribuons|revendons|integrons|posons|importons|commercialisons)\\b|\\bwe (?:resell|distribute|integrate)\\b|\\bconnecteurs? (?:pour|avec|vers)\\b',
  '\\bclients? (?:[a-z]{3,10} )?(?:ont|a|sont|have|has) (?:[a-z]{3,10} )?(?:obten|decroch|recu|certif|ete|passe|reussi)',
  "\\b(?:chu|hopital|clinique|ville|mairie|departement|centre hospitalier|syndicat) (?:de |du |d'|des )[^,;.]{2,30} (?:a obtenu|a decroche|a recu|est certifi)",
  `\\b(?:par|chez|aupres|issue?s?|provien\\w{1,4}|vien\\w{1,4}|confie\\w{0,3}) (?:(?:par|de|d'|a|au|aux|du|des|un|une|le|la|les|l') ?){1,3}(?!nous|nos\\b|notre)[a-z-]{4,20}(?: (?!nous|nos\\b|notre)[a-z-]{3,20}){0,2},? (?=${CERTIFIED}|iso\\b|hds\\b|rge\\b|qualiopi)`,
  '\\bgroupe [^,;.]{1,30}, (?:dont|auquel|qui)\\b[^,;.]{0,50},',
  `\\bpar (?!nous|nos|notre|l'anssi|bpifrance|afnor|bureau veritas)[^,;.()]{2,40}(?: \\(|, )(?=${CERTIFIED}|organisme|prestataire)`,
  '\\b(?:chu|hopital|clinique|ville|mairie|departement|groupe)\\b[^,;.]{0,30}, (?=certifi|labelli)',
  `\\b(?:heberg|infoger|oper|confi|stock|sauvegard|repliqu|externalis|exploit|appui|repos|host|stor|operat|power|rel(?:y|i))[a-z]{0,8}\\b` +
    "(?: [a-z'0-9-]{1,14}){0,5} (?:chez|aupres|par|by|with|at|on|sur|dans|in)\\b",
  words(OTHERS),
  HOST_NAME,
  "\\b(?:hebergements?|cloud|hosting|serveurs?|servers?|infrastructures? (?:cloud|d'hebergement))(?= (?:[a-z]{4,12} ){0,2}(?:certifi|qualifi|agre|labelli|hds|iso|secnum))",
  `\\bclients? (?:(?:est|sont) )?${CERTIFIED}|\\bchez (?!nous\\b)|\\bgrace (?:a|au|aux) (?:notre|nos|un|des)? ?(?:hebergeur|partenaire)`,
)

const NEUTRAL = anyOf(
  '^(?:fabricant|installateur|prestataire|operateur|laboratoire|cabinet|distributeur|auditeur) (?!d)',
  `\\b(?:est|sont|is|are|comme|as|en tant que?|votre|your|etant|being)\\b ?${ADVERBS}(?:${OTHERS})\\b`,
  '\\b(?:notre|nous|our) (?:[a-z]{3,12} )?(?:organisme|centre) de formation\\b',
  '\\borganismes? de formation (?:certifi|qualiopi|enregistr|declare)',
  '\\bprestataires? de services? de confiance',
)

// One alternation in this order, so that a longer expression hides the words it holds: "nous ne sommes pas" is no
// "nous sommes", and "nous sommes un hébergeur" names no other firm.
/** The markers of a sentence's meaning, the first that fits at a place first. */
export const MARKERS: readonly (readonly [kind: MarkerKind, pattern: string])[] = [
  ['denied', DENIED],
  ['pending', PENDING],
  ['firm', FIRM],
  ['neutral', NEUTRAL],
  ['offered', OFFERED],
  ['other', OTHER],
  ['own', words('notre|nos|our|nous|we')],
]

/** How a pattern for what follows a mention begins: punctuation, then at most four words. */
const SOON = /^[\s,:()[\]"»–—-]{0,4}(?:[a-z0-9']{1,14} ){0,4}?\(?/.source
const AT_ONCE = /^[\s,:()[\]"»–—-]{0,4}/.source

/** What says after a mention that it is not held yet, not at all, or by another. */
export const MARKERS_AFTER: readonly (readonly ['pending' | 'denied' | 'offered' | 'other', RegExp])[] = [
  [
    'pending',
    new RegExp(
      `${SOON}(?:en cours(?! de (?:validite|renouvellement))|visee?s?\\b|prevue?s?\\b|planifiee?s?\\b|attendue?s?\\b|a venir\\b|` +
        "prochainement|bientot|programmee?s?\\b|envisagee?s?\\b|d'ici |en preparation|en projet|a l'etude|en reflexion|nous y (?:reflechiss|travaill|pens|song)|dossier (?:depose|en)|demande (?:deposee|en)|candidature|evaluation en|sera\\b|seront\\b|in progress|" +
        'pending|expected|planned|under ?way|coming soon|by (?:the )?(?:end of |early |mid-?)?20\\d\\d|' +
        "(?:est|constitue|reste) (?:notre |un |l')?(?:prochain|objectif)|(?:audit|obtention|certification) (?:prevu|visee))",
    ),
  ],
  [
    'denied',
    new RegExp(
      `${AT_ONCE}(?:(?:est|is) )?(?:non\\b(?! (?:seulement|soumis))|no\\b(?!\\.)|pas (?!seulement|que\\b|uniquement|juste|a pas|de compromis|moins|loin)|nous faisons appel|nous nous appuyons|n'est (?:pas|plus)|ne sommes|` +
        "not\\b|expirees?\\b|a expire|has expired|✗|❌|perdue?\\b|suspendue?\\b|retiree?\\b|abandonnee?\\b|jusqu'en 20[01]\\d\\b|" +
        `(?:are|is)n't)|${SOON}sans (?:y |en |pour autant )?(?:etre|avoir)\\b`,
    ),
  ],
  [
    'offered',
    new RegExp(
      `${AT_ONCE}(?:doi(?:t|vent)\\b|must\\b|should\\b|(?:impose|exige)(?!r)|nous (?:inspire|guide)(?:nt)?\\b|lead\\b|pour les nuls)`,
    ),
  ],
  [
    'other',
    new RegExp(
      `${AT_ONCE}(?:(?:detenue?|held|portee?) (?:par|by) (?!nous|our|notre|la societe|l'entreprise)|grace a (?:notre|un|nos|l') ?(?:${OTHERS}))|` +
        `${AT_ONCE}(?!\\(? ?hebergeurs? (?:infogereur|physique|d'infra|de donnees|et infogereur))(?:(?:de|du|des|d'|of|par|by|via|held by|portee? par|detenue? par|chez|\\() ?(?:notre |nos |son |leur |l'|our |the |its )?)` +
        `(?:${OTHERS}|${HOST_NAMES}|hebergement)\\b`,
    ),
  ],
]
