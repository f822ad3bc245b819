import type { BrickMatch } from '../../text/vocabulary.ts'
import { isLogicalAccess } from './passing-words.ts'
import { plainText } from './tender-words.ts'

/**
 * Whether a firm's sentence offers the thing that it names, or only lives with it: "un service dans le cloud" is no
 * cloud, "un détecteur pour installations frigorifiques" no air conditioning. Rules over the words before the mention,
 * strict on purpose: a cell of a matrix is read as "this firm supplies this", and a firm that does says so somewhere.
 */

/** Words that come between such a turn of phrase and the thing. */
const LINKS =
  "(?:(?:de|des|du|d|la|le|les|l|un|une|et|ou|leurs?|nos|vos|ses|cet|cette|ces|tout|tous|toute|toutes|type|infrastructures?|environnements?|images?|equipements?|flux|reseaux?|installations?|capacites?|distribuees?|chauffage|ventilation|domaines?|marches?|secteur|applications?|industrie|editeurs?|fabricants?|acteurs?|clients?|developpement|production|procedes?|systemes?|laboratoires?|gisements?|numeriques?|qualite|securite|conception|migration|technologiques?|en|types?)[ ',]{0,2}){0,8}"
/** The thing is where, by what or against what something else is done. */
const BESIDE = new RegExp(
  `(?:^|[ ('])(?:dans|sur|via|au sein|au service|par (?:le|la|l'|une?)|extraite?s?|derivee?s?|depuis|grace (?:a|aux?)|au moyen|a partir|en comparaison (?:avec|aux?|a)|par rapport (?:a|aux?)|contrairement (?:a|aux?)|exploit\\w{2,6}|profit|utilis\\w{1,6}|a base|a|au|aux|que|par (?:incorporation|ajout|injection|utilisation)|analyse|simulations?|modelisations?|desinfection|caracterisation|assurance|interconnexion|verification|acceleration|prevision|evaluation|performances|pose|retards?|emissions|substitution|reduction|transform\\w{1,4}|monitoring|dosage|identification|authentification|surveillance|inspection|reconnaissances?|pilotage|pilot\\w{1,3}|optimisation|optimiser|remplace\\w{0,4}|concurrence\\w{0,4}|issue?s?|en matiere|debouches|using|based on|within|in the) (?:le pilotage |la fabrication |la production )?${LINKS}$|(?:dans|sur|aux?) [^.;,]{0,40} (?:et|ou) ${LINKS}$|bases? sur [^.;,]{0,50}$|basees? sur [^.;,]{0,50}$|fonde\\w{0,2} sur [^.;,]{0,50}$|contrainte[^.;,]{0,60}$|marche (?:du|de la|des) .{0,3}$`,
  'u',
)
/** … but whoever is at home in a thing supplies it. */
const AT_HOME =
  /(?:specialis|expert|leader|pionnier|acti[fv]|acteur|positionn|intervien|present|savoir-faire)[^.;,]{0,20}$/u
/** Markets, customers and rivals are told of, not offered. */
const TOLD_OF =
  /(?:marches? (?:concerne|vise|cible|est|de (?:la|l'|le)|des|du|d')|clients? (?:sont|cible)|debouches|secteurs? (?:vise|cible|d'application)|applications? (?:visees?|potentielles?)|concurrents?|operateurs? de|constructeurs? d|fabricants de|cofond\w{1,4}|identifie un besoin|en environnement|sous la forme|exploitants? de|provenant|issus? de|filiere|principales applications|ecoles? d|deplor|souffr|patients? (?:atteints?|souffrant)|permet\w* (?:aux?|a l') (?:editeurs?|fabricants?|industriels?)|(?:ayant|ont) (?:deja )?travaille|carriere|diplome|ancien(?:ne)?s? (?:directeur|directrice|responsable|ingenieur|dirigeant|salarie|cadre)|(?:utilise|employe)e?s? (?:dans|par|en)|liee? (?:a|au|aux) |doi\w{1,4} inclure|nous ciblons|au coeur d|ses (?:moyens|outils) d|(?:se )?connecte\w* (?:a|aux?) |composants? (?:principa|cle)\w*)[^.;]{0,90}$/u
/** Whoever makes, runs or sells the thing is the customer: "un outil destiné aux installateurs de panneaux solaires". */
const CUSTOMERS =
  /(?:^| )(?:aux|des|les|leurs) (?:\S+ ){0,2}(?:installateurs|createurs|concepteurs|fabricants|producteurs|editeurs|exploitants|gestionnaires|operateurs|constructeurs|acteurs|fournisseurs|utilisateurs|proprietaires|distributeurs) (?:\S+ ){0,6}\S{0,3}$/u
/** What was the case before the firm came: "plus de la moitié des installations solaires sont …". */
const PROBLEM =
  /(?:plus de la moitie|la plupart|la majorite|(?:requier|requerr|necessit|souffr|rest|demeur|repos|impliqu)\w{1,5} (?:aujourd'hui|actuellement|encore|souvent|toujours)|traditionnellement|historiquement|trop (?:couteu|cher|long|lourd)\w*)[^.;]{0,110}$/u
/** The thing is what something else is for … */
const MEANT_FOR = new RegExp(
  `(\\S+(?: \\S+)?)(?: |, ?)(?:pour|dedie\\w{0,2} (?:a|aux?|au)|destine\\w{0,2} (?:a|aux?|au)|adapte\\w{0,2} (?:a|aux?|au)|for) (?:[^.;,]{0,50} (?:et|ou|and) )?${LINKS}$`,
  'u',
)
/** … unless that is nothing but a word for any offer: "une solution pour la visioconférence". */
const ANY_OFFER =
  /^(?:(?:une?|des|l[ae]s?|notre|nos) )?(?:solutions?|logiciels?|outils?|plateformes?|plate-formes?|systemes?|services?|technologies?|applications?|produits?|dispositifs?|equipements?|offres?|gammes?|progiciels?|software|tools?|platforms?|solution)(?: \S+)?$|(?:solutions?|logiciels?|outils?|plateformes?|systemes?|services?|progiciels?) \S+$/u
/** Teaching how to do a thing is another trade. */
const TAUGHT = /(?:formations?|autoformation|auto formation|apprendre|apprentissage|initiation) [^.;:]{0,60}$/u
/** What stands further behind "pour" is the use, not the offer: "pour le test des circuits intégrés". */
const USE = /(?:^| )(?:pour|afin|for|en vue|applications? (?:en|dans|comme|telles?)) [^.;:]{1,55}$/u
/** What is measured, steered or made better is somebody's already. */
const WORKED_ON =
  /(?:mesurer|expertiser|surveiller|detecter|pilot(?:er|ant|e)|controler|tester|redui(?:re|t|sent|sant)|limiter|accroi(?:tre|t|ssent)|maximiser|augment(?:er|e|ent|ant)|amelior(?:er|e|ent|ant)|optimiser|facilit(?:er|e|ent|ant)|necessit\w{1,4}|populaire en|fiabilite d\w{0,3}|maximis\w{1,4}|optimis(?:e|ant)(?= [lv])|inhib\w{1,9}|bouscul\w{1,4}|boulevers\w{1,4}|rendre|insertion|penetration) [^.;:]{0,90}$/u
/** "Analyse de code en intégration continue" is analysis; "experts en cybersécurité" are what they say. */
const IN_THE_WAY_OF = /(?:^| )en $/u
const IN_A_FIELD =
  /(?:outils?|solutions?|conseils?|services?|tests?|formations?|innovantes?|prestations?|editeurs?|recherches?)[^.;]{0,25} en $/u
/** The sentence tells of the world before the firm comes in. */
const OF_THE_WORLD =
  /^(?:dans (?:un|le) (?:contexte|monde|cadre|secteur)|face (?:a|aux?)|en outre|aujourd'hui|actuellement|avec l'(?:essor|explosion)|selon|chaque annee|parmi|de nombreu|plus de [0-9]|pres de [0-9]|[0-9]+ ?%|le marche|les marches|malgre|les (?:solutions|technologies|methodes|techniques|systemes) (?:actuel|existant|classique)|depuis (?:des|plusieurs|[0-9])|l'augmentation|les (?:fournisseurs|entreprises|industriels|clients|hopitaux|utilisateurs|acteurs|professionnels|patients|medecins) |la croissance|le probleme|(?:le|un) (?:\S+ )?(?:defi|verrou|enjeu)|la demande|le besoin|(?:les |ses |nos |l[ae'] ?)?(?:(?:premiers?|premieres?|principa(?:l|ux|les?)|seconde?) )?(?:debouches|domaines? d'application|marches? (?:vises?|cibles?))|in a |today|il existe|de nos jours|cependant|toutefois|probleme ?:|citons|d'apres|concernant|en france)/u
/** Fields of use told of one after the other, however long the list, and markets where the thing might go. */
const LISTED_USES =
  /(?:applications? (?:\S+ ){0,3}(?:se situent|allant)|panel d'applications|trouve sa place sur le marche|marche mondial)[^.]*$/u
/** What somebody has learnt says nothing of what the firm sells: "[personne], directeur …, expert en …". */
const LEARNT =
  /(?:\[personne\]|direct(?:eur|rice)|manager|docteur|chercheu)[^.;]{0,120}(?:experts?|specialistes?) (?:\S+ )?(?:en|de|du|dans) [^.;]{0,40}$/u
/** What the thing was until now, or what happens to it. */
const OTHERS_THING =
  /^ ?(?:existant|est (?:de plus|appele|la (?:premiere|principale|deuxieme) cause|une maladie|un (?:probleme|enjeu|marche))|sont (?:de plus|appele)|augment|devien|touche|affecte|conventionnel|classique|traditionnel|actuel|concurrent|remet|menace|represente un marche|resources? usage|qui (?:touche|affecte|concerne|represente)|sont au coeur|[^.;]{0,60} (?:apparait comme|constitue|represente) (?:un|une|l'un|l'une) (?:des )?(?:element|enjeu|defi|levier|probleme|opportunite))/u

/** Words by which a firm says what it makes, sells or does, near before the thing … */
const OFFERING =
  /(?:develop|concev|concep|fabri|produi|produc|commerciali|edit|propos|fourni|offr|vend|distribu|realis|cre(?:e|ation|ateur|ons)|construct|assur|specialis|expert|leader|acteur|install|integrateur|exploit|mise au point|invent|lanc|deploi|heberg|operat|ambition|mission|solution|logiciel|progiciel|outil|plate-?forme|systeme|service|dispositif|technologie|procede|produit|gamme|appareil|machine|materiel|equipement|application|kit|module|moteur|composant|conseil|etude|prestation|formation|maintenance|societe|startup|start-up|entreprise|nous|notre|\bnos\b|software|provid|manufactur|\bour\b|\bwe\b)[^.;]{0,80}$/u
/** … or the thing opens the sentence: "Acme : bornes de recharge". */
const OPENS = /^(?:[^.;]{0,60}(?::|,| [–—-]) ?)?["«“ ]*(?:\S+ ){0,3}\S{0,3}$/u

/** Inside brackets a list gives examples; one word alone is the thing's other name. */
const isExample = (before: string, after: string): boolean => {
  const open = before.lastIndexOf('(')
  if (open < 0 || before.indexOf(')', open) >= 0) return false
  return before.slice(open + 1).trim() !== '' || /^[^)]{0,80}[,;…]/u.test(after)
}

/** "La radiothérapie présente des effets secondaires": what a sentence says of the thing at large, no firm in it. */
const AT_LARGE = /^(?:l[ae']|les|ces|une?|des) ?(?:\S+ ){0,2}\(?$/u
const SAID_OF_IT =
  /^[^.;]{0,60}?(?:^| |n')(?:est|sont|ont|a|dispose\w*|represent\w*|present\w*|rest\w*|commenc\w*|jou\w*|necessit\w*|bien que|peu\w{1,3}|doi\w{1,4}|caus\w*|promet\w*|ne|se|entr(?:e|ent)|evolu\w+|attei\w+) /u

/** How far back the words before the mention matter. */
const REACH = 120

/** A firm that does these for others says that it does; "notre application mobile" is its product. */
const DONE_FOR_OTHERS = new Set([
  'developpement-application-mobile',
  'conception-site-internet',
  'graphisme-identite-visuelle',
])
const DOING = /develop|concev|concep|realis|cre(?:er|ation|ons)|agence|prestation|studio|sur mesure|agency|design/u

/** Words that name their brick in a query or a specification, and claim nothing in the text of a firm. */
const NO_CLAIM =
  /^(?:rh|machines? virtuelles?|informatiques? embarquees?|coconceptions?|coeurs? de reseau|antiviraux|extraits? vegetaux|couches minces|reconstructions? 3d|modelisation 3d|geotechniques?|saisie de donnees|animaux de compagnie|animal de compagnie|donnees de sante|conception electronique|urgences? medicales?|gps|data scientists?|decisionnel(?:le)?s?|bureautiques?|netex|modeles? predictifs?|mesur\w+ (?:de |la )?vitesse|epilepsie|diabete|glaucome|cataracte|autisme|asthme|insomnie|troubles? du sommeil|ulceres?|brulures?|endometriose|acouphenes?|dyslexie|proteomique|microscope|chirurgie|papier electronique|interfaces? de programmations?|relations? clients?|micro-ordinateurs?|gpu|application mobile|internet|ecrans? tactiles?)$/u
/** "Solution cloud" tells where a program runs; a cloud is offered by who says so. */
const CLOUD = /^(?:cloud|clouds|cloud computing)$/u
const CLOUD_OFFERED = /(?:fournisseur|operateur|hebergeur|infrastructures?|hebergement|provider) (?:de |du |d')?$/u

/**
 * Words of two meanings stand for their brick beside words of its trade alone: "télésurveillance" of patients guards no
 * site, and an LMS may be a laser.
 */
const BESIDE_TRADE: Readonly<Record<string, RegExp>> = {
  'biotechnologie-industrielle': /ferment|biocatal|proced|industri|bioproduct|bioproc|souche/u,
  'plateforme-apprentissage-lms':
    /format|form(?:er|e|ons)|apprent|cours|pedagog|learning|eleve|etudiant|enseign|training/u,
  'realite-virtuelle-formation': /format|former|apprent|entrain|pedagog|simul|train|enseign/u,
  telesurveillance: /\bsites?\b|batiment|locaux|alarme|intrusion|securite|surete|gardien|chantier|vol\b|security/u,
}

/** Whether the sentence offers what it names at `match`. */
export const isOffered = (sentence: string, { brick, start, end }: BrickMatch): boolean => {
  const plain = plainText(sentence)
  const head = plain.slice(Math.max(0, start - REACH), start)
  const span = plain.slice(start, end)
  if (NO_CLAIM.test(span) || (CLOUD.test(span) && !CLOUD_OFFERED.test(head))) return false
  if (DONE_FOR_OTHERS.has(brick) && !DOING.test(head.slice(-60) + span)) return false
  if (BESIDE_TRADE[brick]?.test(plain) === false || CUSTOMERS.test(head) || PROBLEM.test(head)) return false
  if (OTHERS_THING.test(plain.slice(end)) || TOLD_OF.test(head) || isLogicalAccess(sentence, { brick, start, end }))
    return false
  if (OF_THE_WORLD.test(plain) || isExample(plain.slice(0, start), plain.slice(end))) return false
  if (WORKED_ON.test(head) || LISTED_USES.test(plain.slice(0, start)) || LEARNT.test(plain.slice(0, start)))
    return false
  if (IN_THE_WAY_OF.test(head) && !AT_HOME.test(head) && !IN_A_FIELD.test(head)) return false
  const beside = BESIDE.exec(head)
  if (beside !== null && !AT_HOME.test(head.slice(0, beside.index + 1))) return false
  if (!brick.startsWith('formation') && TAUGHT.test(head)) return false
  if (!OFFERING.test(head) && !OPENS.test(plain.slice(0, start))) return false
  if (AT_LARGE.test(plain.slice(0, start)) && SAID_OF_IT.test(plain.slice(end))) return false
  const meant = MEANT_FOR.exec(head)
  return meant === null ? !USE.test(head) : ANY_OFFER.test(meant[1] ?? '')
}
