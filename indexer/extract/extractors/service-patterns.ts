/** What offers a service in a sentence, and what uses the same words for something else. Texts as `plain` gives them. */
export interface ServicePattern {
  readonly kind: 'training' | 'support'
  readonly value: 'training' | 'support' | 'support-24-7' | 'support-sla' | 'maintenance'
  readonly offered: RegExp
  readonly not: RegExp
  /** The sentence or its heading must speak of help to users as well. */
  readonly needs?: RegExp
}

const anyOf = (...patterns: readonly string[]): RegExp => new RegExp(patterns.join('|'))

const USERS =
  '(?:utilisateur|agent|equipe|administrateur|personnel|exploitant|operateur|soignant|elu|referent|technicien|encadrant|collaborateur|enseignant|installateur|salarie)s?'

/** Services that stand beside each other in lists: "installation, formation et support". */
const BESIDE =
  '(?:conseils?|audits?|installation|pose|deploiement|integration|parametrage|accompagnement|assistance|support|maintenance|entretien|reparation|supervision|hebergement|exploitation|infogerance|mise en service|depannage|formations?|developpement|consulting|training|hosting|deployment|commissioning|onboarding|repair)'
const AND = '(?:,| et| ou| &| and|,? puis|\\+)'
const WE_DO =
  '\\b(?:proposons|proposent?|dispensons|dispense|organisons|organise|animons|anime|assurons|assure|assurent|delivrons|incluons|comprend|comprennent|inclut|incluent|prenons en charge|prend en charge|offrons|offre|realisons|realise|fournissons|fournit|offers?|provides?|delivers?|includes?)\\b[^.;:!]{0,80}?'

const TRAINING: ServicePattern = {
  kind: 'training',
  value: 'training',
  offered: anyOf(
    '\\bnous (?:vous )?form(?:ons|erons)\\b(?! une? )',
    `\\bform(?:e|ent|er|ant) (?:aussi |egalement )?(?:vos|les|des) (?:futurs )?${USERS}`,
    '\\b(?:nos |notre |catalogue (?:de |des )|calendrier des |sessions? de |parcours de |programmes? de |modules? de |offres? de |journees? de |demi-journees? de |jours? de |heures? de |prestations? de |ateliers? de |actions? de |services? de |supports? et |plateforme de )(?:nos )?formations?\\b',
    `\\b${BESIDE}${AND} (?:la |de |des )?formations?\\b(?! (?:de|des|du) (?!vos|${USERS}))`,
    '\\bformations? (?:a distance|sur (?:site|place|mesure)|en ligne|en presentiel|en visio\\w*|inter|intra|initiale? a |utilisateurs?|administrateurs?|certifiantes?|qualifiantes?|inclu\\w+|comprises?|de prise en main|technique)',
    `\\bformations? (?:des |de |de vos |des futurs |aux |pour (?:les |vos |des )?)${USERS}`,
    "\\bformations? (?:aux? (?:outils?|logiciels?|bonnes|usages|gestes|metiers|rgpd|produits?)|a (?:la prise|l'outil|l'utilisation|l'usage|la plateforme|la cyber|la securite|la solution|nos|notre|votre|vos))",
    `\\bformations?${AND} (?:a |d'|l'|de |au )?(?:accompagnement|support|assistance|conseils?|conduite|maintenance|parametrage|deploiement|mise en service|prise en main|certification)`,
    '\\borganisme de formation (?:certifi|agre|enregistr|reference|qualiopi|declare|n°|sous)|\\b(?:sommes|est|comme|egalement) (?:un |aussi |egalement )*(?:organisme|centre) de formation|\\bprestataire de formation\\b|actions? de formation\\b',
    `${WE_DO}\\bformations?\\b`,
    `\\bformations? : \\d|\\bformations? (?:certifiees?|eligibles?|financables?|agreees?|sont dispensees?|est dispensee)|\\bformations?\\b[^.;]{0,60}\\b(?:opco|qualiopi|cpf)\\b|\\b(?:team|engineers|we) (?:also )?trains? (?:your|users|operators|staff|administrators)|\\bformez (?:vos|vous)|\\bformee?s\\b[^.;]{0,60}\\bpar (?:nos|notre|l'equipe)|\\bnos formateurs\\b|\\bnos (?:modules|parcours|cours) (?:d'|de |en )?e-?learning`,
    `\\b(?:user|administrator|admin|staff|on-?site|online|remote|hands-on|customer|operator|end-user|product|technical|classroom) training\\b`,
    '\\btraining (?:courses?|sessions?|programmes?|programs?|workshops?|days?|catalogue|for (?:users|administrators|your|staff|teams|operators|installers)|(?:is )?included|and (?:support|certification))',
    '\\bwe (?:also )?trains? (?:your|users|the|staff|administrators|operators|teams|installers)|\\bour (?:training|courses)\\b(?! (?:data|set|pipeline|model))',
    `\\b${BESIDE}${AND} training\\b`,
    '\\bwe (?:also )?(?:offer|provide|deliver|run|organi[sz]e)\\b[^.;]{0,60}\\btraining\\b',
  ),
  not: anyOf(
    '\\bnos (?:propres )?(?:collaborat\\w+|salari\\w+|equipes|ingenieurs|techniciens|employes|apprentis|alternants|auditeurs)\\b[^.;]{0,60}\\bform(?:ation|es|ee)|\\bform\\w+\\b[^.;]{0,40}\\b(?:de|pour|a|parmi) nos (?:propres )?(?:collab|salar|equipes|ingenieurs|techniciens|employes)',
    '\\b(?:plan|budget|heures) de formation (?:interne|annuel|de nos)|formation (?:interne|continue (?:de|des|pour) (?:nos|notre|salari))|\\bbac ?\\+|\\bdiplom|\\balternan|\\bstagiaires? ecole|\\bstages? etudiant',
    '\\b(?:ingenieure?|informaticien(?:ne)?|juriste|medecin|infirmi\\w+|architecte|physicien(?:ne)?|agronome|geographe|pharmacien(?:ne)?|chercheuse?|chimiste|biologiste|mathematicien(?:ne)?|designer|comptable|electronicien(?:ne)?|urbaniste) de formation|\\bde formation (?:initiale|scientifique|universitaire|superieure|technique,)',
    "\\bformation (?:de |du |des |d'|de la |de l')(?:glace|givre|brouillard|boues?|depots?|biofilms?|condensation|bulles?|cavites?|tartre|gel|nuages?|verglas|fissures?|algues?|mousses?|rouille|moisissures?|carbone|chlor\\w+|legionel\\w+|bouchons?|embacles?|prix|modeles?|reseaux? de neurones|image|embouteillages|vagues|sols?|cristaux|poches)",
    "\\bformations? (?:geologiques?|rocheuses?|politiques?|musicales?|vegetales?|nuageuses?)|\\b(?:sans|aucune|ni|pas besoin de|pas de|zero) (?:longue |lourde )?formation|formation (?:n'est|non) (?:pas )?(?:requise|necessaire|obligatoire|comprise|incluse)|formation (?:requise|exigee|souhaitee)",
    '\\b(?:aux|les|des|pour|vos|chez les|plusieurs|nombreux) (?:organismes|centres|instituts) de formation|\\b(?:suivi|suivre|suivent|suivez|terminer|valide|recu) (?:une|des|la|leur|sa|votre) formations?|logiciels? de (?:gestion de )?(?:la )?formation|\\blms\\b|gestion (?:de la|des) formations?|responsables? (?:de la )?formation',
    '\\btraining (?:data|set|corpus|our models|of (?:our |the )?(?:models?|ai|network)|models|pipeline|compute)|\\bmodel training|\\btrain(?:s|ed|ing)? (?:our |the |a |an |its |their )?(?:\\w+ )?(?:models?|ai|networks?|algorithms?)|\\bno training\\b|without (?:any )?training|\\btraining (?:is )?(?:not )?required',
  ),
}

const HELP = 'support|assistance|hotline|help ?-?desk|astreinte|depannage|s\\.?a\\.?v\\b|service (?:client|apres-vente)'

const SUPPORT: ServicePattern = {
  kind: 'support',
  value: 'support',
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
    "\\b(?:notre (?:service d')?|l'|une |service d'|numero d'|equipe d')assistance\\b(?! (?:a la |a l'|a maitrise|electrique|publique|aux personnes|au |juridique))",
    `${WE_DO}\\b(?:le |un |du |l'|une )(?:support|assistance|hotline|help ?desk)\\b(?! (?:de|a la|a l'|a maitrise|publi|financ|des)\\b)`,
    '\\b(?:technical|customer|user|product|e-?mail|phone|telephone|premium|standard|priority|dedicated|on-?site|remote|human|after-sales|local|french|english|french-speaking|english-speaking|in-house|lifetime|unlimited|bilingual|ongoing|first-line|second-line)[ -]support\\b',
    '\\bsupport (?:team|desk|plans?|contracts?|included|staff|hours|by (?:phone|e-?mail)|via|portal|tickets?|engineers?|line|hotline|is (?:included|provided|available|handled)|services?|in (?:french|english)|answers?|from our)\\b',
    `\\bour support\\b(?! (?:for|of|to) )|\\bsupport (?:&|and) (?:training|maintenance|updates|onboarding)|\\b${BESIDE}${AND} support\\b`,
  ),
  not: anyOf(
    `\\b(?:logiciels?|solutions?|outils?|modules?|gestion|chatbots?|software|editeur) (?:de |d'|du |des |pour |for )?(?:(?:votre|vos|your|la|le|les|gestion) ){0,2}(?:de |d'|du )?(?:service |equipes? )?(?:${HELP})`,
    '\\b(?:vos|votre|your|leurs?) (?:(?:equipes?|services?|teams?) (?:de )?)?(?:support|hotline|help ?desk|centre de services|sav|assistance)\\b(?! (?:est|sont|dedie))',
    '\\b(?:avec le|grace au|recu le|beneficie du) support (?:de|du|des)|\\b(?:with|thanks to) the support (?:of|from)|\\bsupport (?:from|of) (?:bpi|the|ademe|europ)|\\bin support of|fin de support|end of (?:support|life)',
    "\\b(?:sans|aucun|pas de|hors|no|without) (?:support|assistance|hotline|help ?desk)\\b|(?:support|assistance|hotline) (?:non (?:inclus|compris)|en option chez|chez leur|de l'hebergeur|de notre hebergeur)|multi-?supports?",
    '\\b(?:web|site|newsletter|page) (?:support|client)\\b.{0,20}\\bcookies?',
  ),
}

const ROUND_THE_CLOCK: ServicePattern = {
  kind: 'support',
  value: 'support-24-7',
  offered:
    /\b24 ?h?(?:eures)? ?(?:\/|sur|x|h) ?(?:24|7)\b|\b24 ?h?[ ,]{0,2}(?:et )?7 ?j|\bround[ -]the[ -]clock|\b24 hours a day|\bjour et nuit\b|\b24 ?\/ ?7\b/,
  needs: anyOf(`\\b(?:${HELP}|joignables?|permanence|on-call|on call|intervention d'urgence|numero d'urgence)`),
  not: /\b(?:pas|sans|aucun|no|not|non)\b[^.;]{0,30}\b24|\bteleassistance\b/,
}

const GUARANTEE = 'garanti|engag|contrat|contract|sla\\b|gt[ir]\\b|guarantee|commit'

const SLA: ServicePattern = {
  kind: 'support',
  value: 'support-sla',
  offered: anyOf(
    "\\bgt[ir]\\b|\\bgaranties? (?:de |du |d'un )?(?:temps|delais?) (?:de |d')(?:intervention|retablissement|reponse|resolution|reparation)",
    "\\b(?:temps|delais?) (?:maximal |maximum |garantis? |moyens? )?(?:de |d')(?:intervention|reponse|retablissement|resolution|prise en (?:charge|compte)|reparation|remplacement)[^.;]{0,50}(?:garanti|engag|contractu|maximum|maximal|\\bmax\\b|inferieur|sous |moins de|: ?\\d|de \\d)",
    '\\b(?:reponses?|interventions?|retablissements?|prises? en (?:charge|compte)|resolutions?|depannages?|remplacements?|repondons|intervenons|repond|intervient|rappel\\w*)\\b[^.;]{0,40}?\\b(?:sous|en moins de|dans les|en|<) ?(?:\\d+|une|deux|quatre|huit) ?(?:h\\b|heures?|min|jours?|j\\b)',
    '\\bj ?\\+ ?1\\b|\\bsla\\b[^.;]{0,60}(?:reponse|intervention|support|retablissement|heures?|\\d ?h\\b|response|repair|resolution|hours?)|\\bsupport[^.;]{0,40}\\bsla\\b',
    '\\bguaranteed (?:response|repair|intervention|fix|resolution)|\\b(?:response|repair|resolution|intervention) times?\\b[^.;]{0,40}(?:guarantee|within|under|below|\\d+ ?h)|\\b(?:respon(?:se|ses|d|ds)|answer(?:s|ed)?|fix(?:es|ed)?|repair(?:s|ed)?|replacement|on site)\\b[^.;]{0,30}\\b(?:within|in under|in less than|under) (?:\\d+|one|two|four|eight) ?(?:h\\b|hours?|min|minutes?|(?:working |business )?(?:days?|hours?))',
  ),
  needs: anyOf(`\\b(?:${GUARANTEE})`, `\\b(?:${HELP}|maintenance|support)`),
  not: /\b(?:devis|formulaire|message|commercial|recruteur|candidature|demande de contact|quote|our sales)\b|\b(?:sans|aucun|pas de|no) (?:garantie|sla|guarantee)|\bmoyenne? constatee?/,
}

const MAINTENANCE: ServicePattern = {
  kind: 'support',
  value: 'maintenance',
  offered: anyOf(
    "\\bcontrats? d(?:e |'entretien et de )(?:support et (?:de )?)?maintenance|\\bcontrats? [a-z]{3,12} de maintenance|\\btierce maintenance|\\btma\\b|\\bmco\\b|\\bmaintien en conditions? operationnelles?",
    '\\bmaintenance (?:corrective|evolutive|applicative|preventive|curative|adaptative|logicielle|materielle|incluse|comprise|annuelle|sur site|sur place|informatique|a distance|multi-?technique)',
    `\\bmaintenance${AND} (?:le |les |l'|la |de |du )?(?:support|assistance|evolutions?|mises? a jour|hebergement|depannage|sav|formation|exploitation|infogerance|remplacement|reparation|upgrades?|updates?|training)`,
    "\\bmaintenance (?:des|de nos|de vos|de votre|du|de la|de l'|de tous les|de ces) (?:parcs?|capteurs|bornes?|equipements|sites? (?:internet|web)|logiciels?|applications?|solutions?|serveurs?|installations?|stations?|boitiers?|plateforme|infrastructures?|reseaux?|materiels?|systemes?)",
    `${WE_DO}\\b(?:la |leur |le )?maintenance\\b`,
    `\\b${BESIDE}${AND} (?:la |de |le |de la )?maintenance\\b`,
    "\\bnotre (?:service |offre |equipe )?(?:de )?maintenance|\\b(?:forfaits?|offres?|prestations?|abonnements?|pack) (?:de )?maintenance\\b|\\bassur(?:ons|e) (?:aussi )?(?:l'entretien|le maintien)",
    '\\bmaintenance (?:contracts?|plans?|agreements?|included|services?|is included|packages?)|\\b(?:corrective|software|hardware|application|annual) maintenance\\b|\\bwe (?:also )?(?:maintain|service) (?:your|all|them|every)\\b',
  ),
  not: anyOf(
    '\\bmaintenance (?:predictive|previsionnelle|conditionnelle|4\\.0|intelligente)|\\b(?:predictive|condition-based) maintenance|\\bgmao\\b|\\bcmms\\b',
    "\\b(?:logiciels?|techniciens?|agents?|responsables?|directeurs?|couts?|operations?|frais|gestion|ordres?|interventions?|planification|carnets?|budgets?|charges?|fenetres?|besoins?|historiques?|pages?|mode|plans? d'actions?) (?:et )?(?:de |d'|en |du )?(?:la )?maintenance\\b",
    '\\b(?:vos|leurs|les|des|aux) (?:equipes|services) (?:de )?maintenance|\\b(?:vos|votre|leurs?) (?:operations|tournees|interventions)? ?(?:de )?maintenance|\\b(?:en|sans|zero|moins de|peu de|aucune|pas de|ni) maintenance\\b|maintenance[ -]free|\\bsous maintenance\\b',
    '\\b(?:redui(?:t|re|sez|sent)|optimis\\w+|planifi\\w+|facilit\\w+|simplifi\\w+|anticip\\w+|automatis\\w+|prioris\\w+|reduces?|plan your)\\b[^.;]{0,50}maintenance',
    '\\bmaintenance (?:planifiee le|programmee le|du \\d|of (?:the|our) site|non (?:inclus|compris))',
  ),
}

/** Training first, then support from the general to the particular. */
export const SERVICE_PATTERNS: readonly ServicePattern[] = [TRAINING, SUPPORT, ROUND_THE_CLOCK, SLA, MAINTENANCE]
