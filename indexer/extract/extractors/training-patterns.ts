import { AND, anyOf, BESIDE, type ServicePattern, USERS, WE_DO } from './service-pattern.ts'

/** A training body's registration, which French law asks it to print: "déclaration d'activité n° 53 22 00000 22". */
export const IS_REGISTERED =
  /\bdeclaration d'activite\b[^.;]{0,100}\d\d ?\d\d|\bau titre de [^.;]{0,50}: ?actions? de formation/

/** What stands near "formation" when it is on offer: how long, where, for whom, how to enrol. */
const COURSE =
  '(?:inscri\\w+|stagiaires?|participants?|presentiel|visio\\w*|distance|sur site|dans vos locaux|chez vous|sur place|programme|sessions?|attestation|places|dispens\\w+|anime\\w*|assure\\w*|propos\\w+|offr\\w+|inclu\\w+|compris\\w*|demi-journees?|journees?|jours?|heures?|matinees?|(?:a|ont|aura|auront) lieu|se (?:deroule|tien|fait|font)\\w*)'

/** Training without that word, or told by its length, price or who comes. */
const TAUGHT = [
  `\\bvous forme(?:nt|ra|ront)?\\b|\\bformations? (?:e-?learning|(?:initiales?|continues?) (?:des |de vos |pour |et ))|\\b(?:certified|dedicated|tailored) training\\b`,
  `\\bformations?\\b[^.;:?]{0,60}\\b${COURSE}\\b|\\b${COURSE}\\b[^.;:?]{0,40}\\bformations?\\b`,
  '\\b(?:montees?|monter) en competences?\\b[^.;]{0,30}\\b(?:vos|votre|utilisateurs|agents)|\\btransferts? de competences?\\b|(?<!\\()\\bcertifi\\S{1,8} qualiopi\\b|\\bqualiopi\\b[^.;]{0,40}\\bactions? de formation',
  '\\btraining\\b[^.;]{0,50}\\b(?:days?|hours?|on[ -]site|remotely|included|sessions?|for your|for users|for staff)\\b|\\b(?:days?|hours?|includ\\w+|offer\\w*|provid\\w+)\\b[^.;]{0,40}\\btraining\\b',
  `\\b(?:forment|former|formant|formons) [^.;,]{0,30}?(?:vos|votre|chacun de vos|tous les) [a-z]|\\bpour (?:animer|installer|deployer|conseiller) (?:ou|et) former\\b`,
  '\\b(?:vos|votre) [^.;:]{2,60}?\\b(?:est|sont|sera|seront) form(?:ee?s?|es)\\b(?! (?:de|d|en interne))',
  '\\b(?:vien(?:nent|t)|venez|peu(?:t|vent)|pouvez) (?:se|vous) former\\b|\\bformations? [^.;:]{0,60}: (?:une?|deux|trois|\\d) (?:demi-|jour|heure|matin|seance|session|apres)|\\bformations?\\b[^.;]{0,50}\\d ?(?:€|euros?\\b)',
  '\\bformations?\\b[^.;?]{0,50}(?<!\\bnon )\\b(?:comprises?|incluses?|offertes?)\\b|\\b(?:demi-)?(?:matinees?|apres-midi|visios?|webinaires?|seances?|stages?|cycles?|cursus|calendrier|catalogue|programmes?) (?:de |des |de la |de nos )formations?\\b',
  '\\b(?:ateliers?|heures?|journees?|matinees?|seances?|sessions?|visios?|webinaires?) (?:de |individuelle de )?prise en main|\\bprise en main (?:comprise|incluse|offerte|accompagnee|guidee|de vos|pour vos|par nos|par vos)',
  '\\b(?:nous|on) (?:leur |vous )?(?:apprenons|enseignons|apprend) (?:a (?:vos|votre|se)|aux?|comment)\\b|\\bapprendre a vos\\b|\\b(?:vos|les) [^.;]{2,60}?(?:journee|matinee|heures?|jours?)\\b[^.;]{0,40} pour apprendre a\\b|\\b(?:parcours|ateliers?|matinees?)\\b[^.;]{0,40} (?:apprend|apprennent|pour apprendre) a\\b',
  `\\bstages? (?:inter|intra|pour (?:vos|les) ${USERS})|\\bcours (?:en ligne |du soir |a distance )?pour (?:vos|les) ${USERS}|\\bnos cours\\b(?! (?:d'eau|de bourse))|\\b(?:notre|our) (?:[a-z-]{2,20} )?academy\\b`,
  `^formations? (?:des|de vos|pour (?:les|vos)) [a-z]{4,}|\\bformation ${USERS}\\b|\\bformes? (?:par|chez) nous\\b`,
  '\\b(?:half|full|one|two|three|1|2|3)-day (?:training )?(?:courses?|workshops?|sessions?)\\b|\\b(?:online|video|free|introductory|certification|certified) courses?\\b|\\bcourses for (?:users|your|staff|administrators|operators|readers)|\\b(?:days?|hours?) of training\\b|\\btraining (?:of|on|at) (?:your|site)\\b|\\b(?:hands-on|training) (?:workshop|course)s?\\b|\\bwe (?:also )?teach (?:your|users|staff|the|them)\\b|\\b(?:whom|which|people|staff|users) we (?:also )?train\\b|\\btrain(?:s|ed)? (?:by (?:us|our)|your)\\b|\\bincludes? (?:\\w+ ){0,3}training\\b',
]

/** Training of users and administrators, and courses. */
export const TRAINING: ServicePattern = {
  kind: 'training',
  value: 'training',
  hint: /form|train|cours|appr[ei]|enseign|prise en main|qualiopi|competence|stage|academy|teach|workshop|session|declaration d'activite/,
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
    ...TAUGHT,
    IS_REGISTERED.source,
  ),
  not: anyOf(
    '\\bnos (?:propres )?(?:collaborat\\w+|salari\\w+|equipes|ingenieurs|techniciens|employes|apprentis|alternants|auditeurs)\\b[^.;]{0,60}\\bform(?:ation|es|ee)|\\bform\\w+\\b[^.;]{0,40}\\b(?:de|pour|a|parmi) nos (?:propres )?(?:collab|salar|equipes|ingenieurs|techniciens|employes)',
    '\\b(?:plan|budget|heures) de formation (?:interne|annuel|de nos)|formation (?:interne|continue (?:de|des|pour) (?:nos|notre|salari))|\\bbac ?\\+|\\betablissements de formation|\\bdiplom|\\balternan|\\bstagiaires? ecole|\\bstages? etudiant',
    '\\b(?:ingenieure?|informaticien(?:ne)?|juriste|medecin|infirmi\\w+|architecte|physicien(?:ne)?|agronome|geographe|pharmacien(?:ne)?|chercheuse?|chimiste|biologiste|mathematicien(?:ne)?|designer|comptable|electronicien(?:ne)?|urbaniste) de formation|\\bde formation (?:initiale|scientifique|universitaire|superieure|technique,)',
    "\\bformation (?:de |du |des |d'|de la |de l')(?:glace|givre|brouillard|boues?|depots?|biofilms?|condensation|bulles?|cavites?|tartre|gel|nuages?|verglas|fissures?|algues?|mousses?|rouille|moisissures?|carbone|chlor\\w+|legionel\\w+|bouchons?|embacles?|prix|modeles?|reseaux? de neurones|image|embouteillages|vagues|sols?|cristaux|poches)",
    "\\bformations? (?:geologiques?|rocheuses?|politiques?|musicales?|vegetales?|nuageuses?)|\\b(?:sans|aucune|ni|pas besoin de|pas de|zero) (?:longue |lourde )?formation|formation (?:n'est|non) (?:pas )?(?:requise|necessaire|obligatoire|comprise|incluse)|formation (?:requise|exigee|souhaitee)",
    "\\b(?:nos|notre|nous|chacun|salarie\\w*|formateurs|equipes de|ils|elles|ecoutantes) ?[^.;]{0,40}\\b(?:suit|suivent|suivons|ont suivi|a suivi|suivront|avons suivi)\\b[^.;]{0,40}\\bformation|\\ba titre personnel\\b|\\bl'auteure?\\b|\\b(?:chaque|tous? (?:les|nos)) (?:salarie|collaborat|employe|recrue|nouve|arrivant|apprenti|alternant|technicien)|\\bpartenaires?\\b[^.;]{0,30}\\b(?:qualiopi|formation)|\\b(?:l'affaire|releve|relevent|aupres|le role|charge) d'un organisme|\\b(?:assure|dispense|delivre)e?s? par un (?:organisme|partenaire)|\\b(?:en interne|formation interne)\\b|\\b(?:est|sont|encore|actuellement) en formation\\b|\\bformation en (?:entreprise|alternance)\\b",
    '\\b(?:aux|les|des|pour|vos|chez les|plusieurs|nombreux) (?:organismes|centres|instituts) de formation|\\b(?:suivi|suivre|terminer|valide|recu) (?:une|des|la|leur|sa|votre) formations?|logiciels? de (?:gestion de )?(?:la )?formation|\\blms\\b|gestion (?:de la|des) formations?|responsables? (?:de la )?formation',
    "\\bpas (?:de|par|chez|aupres de) nous\\b|\\baupres (?:du |de la |de l'|des |d'une? )(?:lycees?|cfa|greta|ecoles?|universites?|iut|partenaires?|chambres?|rectorat)|\\b(?:not (?:by|from|with) us|by (?:our )?partners)\\b",
    '\\btraining (?:data|set|corpus|our models|of (?:our |the )?(?:models?|ai|network)|models|pipeline|compute)|\\bmodel training|\\btrain(?:s|ed|ing)? (?:our |your |the |a |an |its |their )?(?:\\w+ )?(?:models?|ai|networks?|algorithms?)|\\bno training\\b|without (?:any )?training|\\btraining (?:is )?(?:not )?required',
  ),
}
