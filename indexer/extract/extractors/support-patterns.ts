import { AND, anyOf, BESIDE, type ServicePattern, WE_DO } from './service-pattern.ts'

const HELP =
  'support|assistance|hotline|help ?-?desk|helpline|astreinte|depannage|depann(?:e|ent|ons)\\b|s\\.?a\\.?v\\b|service (?:client|apres-vente)'
/** Who answers when something fails; salesmen do too, so an adviser or "l'équipe" says nothing. */
const HELPER = '(?:technicien(?:ne)?|ingenieure?|developpeu(?:r|se)|administrat(?:eur|rice)|humain|guichet|helpline)s?'
const TO = '\\d{1,2} ?h(?: ?\\d\\d)?(?: ?(?:a|-|–) ?)\\d{1,2} ?h'

/** When and how help is had, or that it is paid for. */
const REACHED =
  '(?:telephon\\w*|e-?mails?|mail|courriel|messagerie|tickets?|compris|comprise|inclus|incluse|assuree?|repond\\w*|joignable|lundi|heures ouvrees|jours ouvres|[567] ?j(?:ours)?|t?chat|visio\\w*|gratuite?|illimitee?|prioritaire|reactive?|francais|francaise|humain|en france|en interne)\\b'

/** Help told without the usual words: who picks up, when, and how. */
const HELPED = [
  `\\b(?:interlocut\\w+|traitons|repondons)\\b[^.;]{0,50}\\b(?:de support|d'assistance)\\b|\\b(?:assurons|assure|prenons en charge) le support (?:de (?:votre|vos|tou|l'ensemble)|des? )|^support ?: |\\bassistance (?:metier|fonctionnelle|reglementaire|materiel(?:le)?|logiciel(?:le)?|applicative)\\b`,
  '\\b(?:notre |le )?service clients?\\b[^.;]{0,30}(?::|repond|joignable|au 0\\d|7 ?j|base )|\\baide aux (?:utilisateur|agent|usager|exploitant|soignant)s',
  `\\b(?:support(?! (?:de|d'|du|des|pour|mural|papier|numerique|physique|visuel|vocal|financier|adhesif|magnetique|orientable|en (?:inox|acier|bois|alu))\\b)|assistance(?! (?:a maitrise|a la maitrise|electrique|publique|juridique))|depannage|s\\.?a\\.?v\\.?|service apres-vente)(?![a-z])[^.;?]{0,60}\\b${REACHED}`,
  `\\b${REACHED}(?: |, ){1,2}(?:(?:du|de|le|notre|et|pour le|pour l'|l') ?)?(?:support|assistance)\\b(?! (?:de|d'|du|des|mural)\\b)`,
  '\\b(?:(?:phone|e-?mail|our|human|real|french|free|full|unlimited|daily) |the )?support\\b(?! (?:for|the|of|a|an|your|our|multiple|many|both|this)\\b)[^.;?]{0,50}\\b(?:by|via|phone|e-?mail|included|office hours|business hours|working days|monday|tickets?|engineers?|free of charge)\\b|\\b(?:customer (?:care|service)|after-sales|technical assistance)\\b',
  `\\b${HELPER}\\b[^.;:]{0,50}\\b(?:repond(?:ent)?|decroch(?:e|ent)|rappell?e(?:nt)?|depann(?:e|ent)|prend la main|answers?)\\b(?! (?:a (?:vos|votre|la) (?:question|demande|appel d'offres|besoin)|aux (?:besoins|exigences|enjeux)))`,
  `\\b(?:nous|on) (?:vous )?(?:decroch(?:e|ons)|depann(?:e|ons)|repond(?:ons)? au telephone)\\b(?! (?:un|une|le|la|des|son) )|\\b(?:repond|decroche|depanne)(?:nt)?\\b[^.;:]{0,50}\\b(?:par|au) telephone\\b`,
  `\\b(?:guichet|ligne|numero|hotline|plateau|telephone|0\\d(?: \\d\\d){4})\\b[^.;:]{0,60}\\b(?:repond|decroche|ouvert|pour vos)\\b[^.;:]{0,40}\\bde ${TO}`,
  `\\bassistance (?:\\()?(?:de |, |ouverte |joignable |au )?(?:${TO}|0\\d )|\\bassistance [a-z]{4,14} (?:est |au |de \\d|du lundi|comprise|incluse)|\\b(?:boite|appels?|tickets?|contrats?|offre|forfait|formule|centre|numero|ligne|cellule|niveaux?) d'assistance\\b`,
  '\\bassistance\\b[^.;]{0,40}\\b(?:comprise|incluse|7 ?j|repond|a repondu|joignable|ouverte|gratuite|illimitee)\\b|\\bassistance (?:aux|des|pour les) (?:utilisateur|etablissement|exploitant|usager|agent|adherent|abonne|client)s?\\b',
  '\\btele-?assistance (?::|par|inclu|compris|technique|et tele)|\\btele-?maintenance\\b|\\b(?:prise|prend(?:re|s)?|prenons) (?:en |la )?main a distance\\b(?! sur le)',
  "\\bastreinte (?:technique|assuree|telephonique|incident|qui|jour|nuit|le week|les week|7 ?j|24|de nos|par nos)|\\b(?:notre|une|d'une|nos) astreintes?\\b|^astreinte\\b",
  "\\bdepannages? (?:sous|en moins|sur (?:site|place)|a distance|7 ?j|24|par|rapide|inclus|compris|gratuit|garanti)|\\bnous depannons\\b|\\b(?:ligne|numero) (?:verte?|directe?|dedie|dediee|unique|gratuit) pour (?:vos|les) |\\bpermanence (?:telephonique|technique)|\\bplateau (?:d'ecoute|technique telephonique)\\b|^(?:le |notre )?(?:s\\.?a\\.?v\\.?|service apres-vente)$",
  '\\b(?:24 ?[x/] ?7|round-the-clock|weekday|office-hours) support\\b|\\bhelpline\\b|\\b(?:pick up|answer) the phone\\b|\\bon-call (?:team|engineers?|support)\\b',
]

/** Help to users. */
export const SUPPORT: ServicePattern = {
  kind: 'support',
  value: 'support',
  hint: /support|assistance|hotline|help|s\.?a\.?v|service client|aide aux|depann|apres-vente|decroch|rappel|repond|main a distance|prend la main|answer|guichet|ligne|numero|plateau|telephon|0\d \d\d|maintenance|astreinte|permanence|on-call|after-sales|customer|centre de services|pick up/,
  offered: anyOf(
    '\\bsupport (?:technique|clients?|utilisateurs?|applicatif|fonctionnel|logiciel|informatique|inclus|compris|illimite|prioritaire|dedie|reactif|francophone|francais|humain|local|premium|standard|editeur|telephonique|professionnel|commercial et technique|bilingue|multilingue|gratuit|metier|personnalise)',
    "\\bsupport (?:aux? |des |a l')(?:utilisateur|agent|equipe|usager|exploitant|exploitation|installateur|client)s?",
    '\\bsupport ?: ?(?:\\d|\\+|\\(|du lundi|par |tel|e-?mail|[a-z0-9._-]{1,30}@)|\\bsupport (?:par |via )(?:e-?mail|mail|courriel|tele|tchat|chat|ticket|nos|une|visio|messagerie|des)',
    '\\bsupport (?:en francais|en ligne|niveaux? [123n]|n[123]\\b|de niveaux?|(?:est )?base (?:en|a)|est assure|assure par|joignable|disponible|du lundi|5j|7j|24|sous|repond|en (?:heures|jours) ouvre|[ée]?tendu|en moins)',
    `\\bsupport${AND} (?:la |l'|de |d')?(?:maintenance|formation|assistance|accompagnement|mises? a jour|hotline|evolutions?)`,
    "\\b(?:notre|le|du|au) (?:service |equipe |centre )?(?:de )?support\\b(?! (?:de la?|de l'|de nos|des?|d'|du|mural|pour (?:les )?(?:capteurs?|rail)|papier|en (?:inox|acier|bois|aluminium|beton)|visuel|vocal|financier|physique)\\b)",
    '\\b(?:equipe|service|contrats?|niveaux? de|offres? de|prestations? de|centre de|heures de|horaires du|engineers?|ingenieurs?) (?:de )?support\\b(?! de )',
    `\\b${BESIDE}${AND} (?:le |du |de )?support\\b(?! (?:de|des|pour) )`,
    "\\bhotline\\b|\\bhelp-? ?desk\\b|\\bcentre (?:de services|d'assistance)\\b|\\bservice apres-vente\\b|\\bs\\.?a\\.?v\\.?(?= (?:en|francais|assure|base|inclus|depuis|et|interne|reactif|local))|\\b(?:notre|le|un) sav\\b",
    '\\bassistance (?:technique|telephonique|utilisateurs?|clients?|a distance|aux utilisateurs|par (?:mail|tele|e-?mail|chat|courriel)|informatique|en ligne|incluse|reactive|7j|24|dediee|de proximite|de niveau|et (?:maintenance|depannage|support)|du lundi|illimitee|en francais|quotidienne)',
    "\\b(?:notre (?:service d')?|l'|service d'|numero d'|equipe d')assistance\\b(?! (?:a la |a l'|a maitrise|electrique|publique|aux personnes|au |juridique))",
    `${WE_DO}\\b(?:le |un |du |l'|une )(?:support|assistance|hotline|help ?desk)\\b(?! (?:de|a la|a l'|a maitrise|publi|financ|des)\\b)`,
    '\\b(?:technical|customer|user|product|e-?mail|phone|telephone|premium|standard|priority|dedicated|on-?site|remote|human|after-sales|local|french|english|french-speaking|english-speaking|in-house|lifetime|unlimited|bilingual|ongoing|first-line|second-line)[ -]support\\b',
    '\\bsupport (?:team|desk|plans?|contracts?|included|staff|hours|by (?:phone|e-?mail)|via|portal|tickets?|engineers?|line|hotline|is (?:included|provided|available|handled)|services?|in (?:french|english)|answers?|from our)\\b',
    `\\bour support\\b(?! (?:for|of|to) )|\\bsupport (?:&|and) (?:training|maintenance|updates|onboarding)|\\b${BESIDE}${AND} support\\b`,
    ...HELPED,
  ),
  not: anyOf(
    `\\b(?:logiciels?|solutions?|outils?|modules?|gestion|chatbots?|software|editeur) (?:de |d'|du |des |pour |for )?(?:(?:votre|vos|your|la|le|les|gestion) ){0,2}(?:de |d'|du )?(?:service |equipes? )?(?:${HELP})`,
    '\\b(?:vos|votre|your|leurs?) (?:(?:equipes?|services?|teams?) (?:de )?)?(?:support|hotline|help ?desk|centre de services|sav|assistance)\\b(?! (?:est|sont|dedie))',
    '\\b(?:avec le|grace au|recu le|beneficie du) support (?:de|du|des)|\\b(?:with|thanks to) the support (?:of|from)|\\bsupport (?:from|of) (?:bpi|the|ademe|europ)|\\bin support of|fin de support|end of (?:support|life)',
    "\\b(?:sans|aucun|pas de|hors|no|without) (?:support|assistance|hotline|help ?desk)\\b|(?:support|assistance|hotline) (?:non (?:inclus|compris)|en option chez|chez leur|de l'hebergeur|de notre hebergeur)|multi-?supports?",
    "\\b(?:son|sa|leur|leurs|d'un|his|their) (?:service |equipe |centre |numero )?(?:de |d')?(?:support|assistance|hotline|helpdesk|sav)\\b|\\b(?:gestion|planning|planification|tours?|primes?) (?:de |des |d')(?:l')?astreintes?|\\b(?:agents?|elus?|cadres?) d'astreinte\\b|\\b(?:vos|votre|leurs?) astreintes?\\b|\\bune semaine sur\\b",
    '\\b(?:web|site|newsletter|page) (?:support|client)\\b.{0,20}\\bcookies?',
  ),
}

/** Where to turn when something fails, beside words of failing: "En panne ? 02 97 00 00 00", "Qui décroche ?". */
export const REACHABLE: ServicePattern = {
  kind: 'support',
  value: 'support',
  offered: /(?<!\d)0\d(?:[ .-]?\d\d){4}(?!\d)|\+33 ?[1-9]|[a-z]@[a-z]|\b(?:appelez|ecrivez|telephonez)(?: |-)/,
  needs:
    /\b(?:en|une|d'une|la|de) panne\b|\btombe en panne\b|\ben difficulte\b|\b(?:probleme|souci|question) technique\b|\bqui (?:decroche|depanne)|\bbesoin d'(?:aide|un depannage)\b|\b(?:vous etes |etes-vous |reste[sz]? )bloque|\b(?:something|it) (?:breaks|fails)\b|\bneed help\b/,
  not: /\b(?:accessib\w+|defenseur|urgences?|samu|cookies?|devis|projet|commerci\w+|presse|achat|choisir|choix|fournisseur|operateur|hebergeur)\b|\bpanne (?:de courant|d'electricite|de reseau|secteur)/,
}

/** A sentence of general terms that says of the firm's own support that there is one. */
export const IN_TERMS =
  /\b(?:support|assistance|hotline|service apres-vente|sav)(?: technique| telephonique| clients?| utilisateurs?)? (?:repond|est (?:assuree?|joignable|ouverte?|accessible|disponible|fournie?|comprise?|incluse?))\b(?!.{0,40}\bpar (?:le |l'|la |un |une |des |les )?(?:fabricant|editeur|tiers|distributeur|clients?|partenaires?|prestataires?|constructeur))/

/** Whether a sentence about guaranteed delays speaks of help as well. */
export const SPEAKS_OF_HELP = anyOf(`\\b(?:${HELP})`, '\\btechnicien|\\btele-?assistance')

/** Help at any hour of the day. */
export const ROUND_THE_CLOCK: ServicePattern = {
  kind: 'support',
  value: 'support-24-7',
  hint: /24|vingt-quatre|clock|nuit|a toute heure|day/,
  offered:
    /\b24 ?h?(?:eures)? ?(?:\/|sur|x|h) ?(?:24|7)\b|\b24 ?h?[ ,]{0,2}(?:et )?7 ?j|\bround[ -]the[ -]clock|\b24 hours a day|\bjour et nuit\b|\b24 ?\/ ?7\b|\bh ?24\b|\b24 hours\b|\baround the clock\b|\ba toute heure\b|\bnuits?(?:,| et| comme)? (?:le )?(?:week-?ends?|dimanches?)(?: et jours feries)? compris|\bnuit et jour\b|\bjour, (?:la )?nuit\b|\b(?:de )?jour comme de nuit\b|\bvingt-quatre heures sur vingt-quatre\b|\bday and night\b|\bday or night\b/,
  needs: anyOf(
    `\\b(?:${HELP}|joignables?|permanence|on-call|on call|intervention d'urgence|numero d'urgence|urgences?|appell?e[rz]|appels?|plateau|decroch\\w+|rappell?e\\w*|repond(?:ent|ons)?|interviennent|intervenons|ecoutant\\w*|\\+33|0\\d(?:[ .]?\\d\\d){4}|answers?|phone|engineers?)\\b`,
    `\\b${HELPER}\\b`,
  ),
  not: /\b(?:vos|votre|leurs?) [a-z' ]{0,20}d'astreinte|\b(?:pas|sans|aucun|no|not|non)\b[^.;]{0,30}\b24|\b(?:son|sa|leurs?|d'un) (?:service|equipe|centre|hotline|assistance|support)\b|\b(?:api|robot|chatbot|capteurs?|sondes?|bornes?|bot)\b[^.;]{0,60}\b(?:24|jour et nuit|nuit et jour)/,
}

const GUARANTEE =
  'garanti|engag|contrat|contract|sla\\b|gt[ir]\\b|guarantee|commit|promis|par ecrit|penalit|recredit|rembours|avoirs?\\b|nous payons|service credits?|refund|penalt|in writing'
const NUMBER =
  '(?:\\d+|une?|deux|trois|quatre|cinq|six|huit|dix|douze|quinze|vingt(?:-quatre)?|trente|quarante(?:-huit)?|soixante-douze|one|two|three|four|five|eight|ten|fifteen|twenty|thirty)'
const DELAY = `(?:(?:sous|en moins de|en|dans les?|avant|<|within|in under|in less than|under) ${NUMBER} ?(?:h\\b|heures?|min\\b|minutes?|jours?|j\\b|hours?|(?:working |business )?(?:days?|hours?))|dans (?:l'heure|la (?:demi-)?(?:heure|journee))|le (?:jour meme|lendemain)\\b|the (?:same|next) (?:working |business )?day)`
const MENDED =
  '(?:repon(?:ses?|d|dre|dons|dent|du)|interv(?:entions?|enons|ient|iennent|enir)|ret[ae]bli\\w*|pris(?:es?)? en (?:charge|compte)|(?:re)?mise?s? en (?:service|etat|route|marche)|prend la main|reso(?:lutions?|lus?|lvons|udre)|depann\\w+|remplac\\w+|echang\\w+|repar\\w+|rappel\\w*|decroch\\w+|redemar\\w+|corrig\\w+|contournement|respon(?:ses?|ds?)|answer(?:s|ed)?|fix(?:es|ed)?|repair(?:s|ed)?|replace(?:d|ment)|pick up)'

/** Guaranteed delays of response and repair. */
export const SLA: ServicePattern = {
  kind: 'support',
  value: 'support-sla',
  offered: anyOf(
    "\\bgt[ir]\\b|\\bgaranties? (?:de |du |d'un )?(?:temps|delais?) (?:de |d')(?:intervention|retablissement|reponse|resolution|reparation)",
    "\\b(?:temps|delais?) (?:maximal |maximum |garantis? |moyens? )?(?:de |d')(?:intervention|reponse|retablissement|resolution|prise en (?:charge|compte)|reparation|remplacement)[^.;]{0,50}(?:garanti|engag|contractu|maximum|maximal|\\bmax\\b|inferieur|sous |moins de|: ?\\d|de \\d)",
    `\\b${MENDED}\\b[^.;]{0,50}?(?<![a-z])${DELAY}`,
    '\\bj ?\\+ ?1\\b|\\bsla\\b[^.;]{0,60}(?:reponse|intervention|support|retablissement|heures?|\\d ?h\\b|response|repair|resolution|hours?)|\\bsupport[^.;]{0,40}\\bsla\\b',
    '\\bguaranteed (?:response|repair|intervention|fix|resolution)|\\b(?:response|repair|resolution|intervention) times?\\b[^.;]{0,40}(?:guarantee|within|under|below|\\d+ ?h)',
  ),
  needs: anyOf(`\\b(?:${GUARANTEE})`, `\\b(?:${HELP}|maintenance|support)`),
  not: /^(?!.*\b(?:support|assistance|hotline|depann|sav\b)).*\b(?:ecri(?:re|vez)|contactez|write to)\b|\b(?:devis|formulaire|message|commercial|recruteur|candidature|demande de contact|quote|our sales)\b|\b(?:sans|aucun|pas de|no) (?:garantie|sla|guarantee)|\bmoyenne? constatee?/,
}
