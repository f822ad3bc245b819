/**
 * The turns of phrase of French (and English) specifications. All are looked for in text without accents, in small
 * letters and with straight apostrophes (`plainText`), and none can look at a character twice over.
 */

/** Lower case, no accents, straight apostrophes, single blanks: as long as the text, so that places agree. */
const fold = (character: string): string => {
  if (character === '’' || character === 'ʼ') return "'"
  if (/\s/u.test(character)) return ' '.repeat(character.length)
  const plain = character
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
  return plain.length === character.length ? plain : character
}

let last = { text: '', plain: '' }

export const plainText = (text: string): string => {
  // The rules ask for the same sentence again and again.
  if (text !== last.text) last = { text, plain: text.toLowerCase().replace(/[^\x21-\x7e ]/gu, fold) }
  return last.plain.length === text.length ? last.plain : text.replace(/[^\x21-\x7e ]/gu, fold)
}

/** Titles of clauses that ask for nothing that a supplier of bricks sells. */
export const ADMINISTRATIVE_TITLE =
  /reglement (?:de la |de )?consultation|\brc\b|penalite|assurance|resiliation|litige|differend|contentieux|tribuna|\bprix\b|tarif|bordereau|paiement|reglement des comptes|facturation et|modalites de (?:facturation|reglement)|\bfacture|avance|acompte|retenue de garantie|cautionnement|sous-?traitan|cession|nantissement|duree (?:du|de l|des|de)|reconduction|delais? d'execution|pieces? (?:contractuelle|constitutive|du marche|a fournir|de l'offre)|documents? (?:contractuel|a remettre|a produire|de la consultation|applicable)|forme (?:du|de l)|type de marche|allotissement|decomposition (?:en lots|du marche)|procedure|criteres?\b|jugement|attribution|notation|remise des|depot des|presentation des (?:offres|candidatures)|candidature|dossier de (?:reponse|candidature|consultation)|cadre de reponse|memoire technique|contenu de l'offre|visite|droit applicable|confidentialite|secret professionnel|propriete intellectuelle|droits? d'auteur|protection des donnees|donnees (?:a caractere )?personnel|rgpd|deontologie|ordres? de service|bons? de commande|derogation|groupement|modification du (?:marche|contrat)|clauses? (?:de reexamen|sociale|d'insertion|environnementale)|insertion (?:sociale|professionnelle)|glossaire|definitions?\b|sommaire|table des matieres|signature|domiciliation|pouvoir adjudicateur|identification|representation des parties|cocontractant|variation|revision|sanction|force majeure|notification|responsabilite|obligations? (?:administrative|sociale|fiscale)|travail dissimule|langue|\bpayments?\b|insurance|terminat|personnes? en charge|interlocuteur|coordonnees|\bgaranties?\b|liabilit|points? of contact|award criteria|submission|confidential|intellectual property|governing law|penalt|glossary/u

/** Titles of what is there already. */
export const CONTEXT_TITLE =
  /context|preambule|cadre (?:legislatif|juridique|reglementaire|normatif)|reglementations? applicable|textes (?:applicable|de reference)|(?:documents|normes|references) (?:de reference|applicable|normative|reglementaire)|presentation (?:generale )?(?:de la (?:collectivite|ville|commune|metropole|region|structure|communaute)|de l'(?:acheteur|etablissement|organisme|entite)|du (?:departement|client|maitre|syndicat|centre|service|pouvoir|groupe))|existant|etat des lieux|etat actuel|situation actuelle|environnement (?:actuel|technique actuel|informatique)|historique|infrastructure actuelle|architecture actuelle|parc actuel|systeme actuel|volumetrie|recensement|inventaire (?:du|de l'existant|des equipements existants)|pre-?requis|architecture (?:technique|informatique|materielle) (?:de la|du|de l')|\bparc (?:installe|existant|informatique)|background|\bcurrent\b|\bproblem\b|as-is|about us/u

/** Titles of needs: they end what an administrative or context title began. */
export const NEED_TITLE =
  /\bobjet\b|besoin|prestation|exigence|specification|fonctionnalit|fonctionnel|description|perimetre|caracteristique|prescription|attend|objectif|cahier des (?:charges|clauses techniques)|solution|fourniture|travaux|equipement|materiel|logiciel|hebergement|deploiement|installation|maintenance|formation|accompagnement|securite|interop|interface|\blot n?|requirement|scope|\bneed|deliverable/u

/** Titles of chapters that go through the functions of what is bought. */
export const FUNCTIONS_TITLE =
  /\bmodules?\b|(?:specification|exigence|besoin|perimetre|description)s? fonctionnel|functional/u

/** Titles under which everything is left out, or only wished for. */
export const EXCLUDED_TITLE =
  /hors[ -](?:perimetre|marche|lot|champ)|exclusion|prestations? (?:exclue|non comprise|non demandee)|limites? (?:de prestation|du marche|du perimetre)|out of scope|exclu/u
export const OPTIONAL_TITLE =
  /\boptions?\b|optionnel|\bpse\b|prestations? supplementaires?|variante|facultati|souhait|evolutions? (?:possible|envisagee|future)|perspective|nice to have/u

/** What is expressly left out stands after these words, in the same clause … */
export const EXCLUDED_BEFORE =
  /exclu(?:s|e|es|ant)? |a l'exclusion d|a l'exception d|hormis|excepte|\bhors (?!ligne|tax|site|service|gel|oeuvre|pair|connexion|reseau|d'eau|sol)|\bsauf\b|\bsans\b(?! (?:limit|delai|frais|surcout|cout|interruption|prejudice|reserve|doute|oublier|que))|ne (?:comprend|comprennent|comporte|comportent|concerne|concernent|couvre|couvrent|prevoit|souhaite|traite|recherche|demande|retient|necessite)(?:nt)?(?: \w+)? pas|n'(?:a|ont|aura|auront) pas besoin d|ne (?:doit|doivent) pas avoir a |n'(?:inclut|incluent|integre|integrent|attend|est pas (?:demande|prevu|attendu|question|necessaire)|envisage)|ne (?:porte|portent) pas sur|ne sont pas (?:compris|inclu|concern|demand|attend|prevu|vise)|ne fait pas|ne font pas|\bpas (?:de |d')|aucune? |\bni\b|ne pas \w{2,20}(?:er|ir|re)\b|(?:not|n't) (?:include|cover|require|seek|looking to|responsible for)|excluding|except(?: for)?|without\b/u
/** … or before these. */
export const EXCLUDED_AFTER =
  /(?:est|sont|etant|reste|restent|demeure|demeurent|sera|seront) (?:\w+ )?(?:exclu|hors|traite\w* (?:dans|par) (?:un|le cadre d'un) autre)|l'objet d'une? (?:autre|consultation|marche|procedure|contrat)(?: \w+)? ?(?:marche|distinct|separe|specifique|ulterieur|consultation|procedure|part)|ne (?:sont|est|fait|font|sera|seront) (?:donc |toutefois |pas )?(?:pas )?(?:partie|compris|inclu|concern|demand|attend|prevu|vise)|n'(?:est|entre|entrent) (?:donc )?pas (?:compris|inclu|concern|demand|attend|prevu|vise|dans)|hors (?:du )?(?:perimetre|marche|champ|lot)|releve(?:nt)? d'un autre|(?:reste|restent|demeure|demeurent) a la charge (?:de |du )(?!titulaire|prestataire|candidat)|(?:assure|realise|pris|fourni)\w* (?:en charge )?(?:par ailleurs|directement par (?:la|le|l'))|exclus? du|out of scope|not (?:included|part of|in scope|required)|separate (?:tender|contract|procurement)/u

/** What is there already. */
export const IN_PLACE =
  /dispose(?:nt)? (?:\w+ ){0,3}?(?:deja|actuellement|aujourd'hui|a ce jour|depuis)|(?:collectivite|ville|commune|mairie|metropole|agglomeration|communaute|departement|region|syndicat|etablissement|hopital|ecole|college|lycee|universite|service|direction|agent|maitre d'ouvrage|acheteur|organisme|structure|site|batiment|chu|sdis|ccas|ministere|office)s? (?:\w+ ){0,4}?(?:dispose|disposent|utilise|utilisent|exploite|exploitent) (?:d'|de |du |des |un |une |la |le |les |l')|deja (?:\w+ )?(?:equipe|dote|deploye|installe|en place|en service|en production|acquis|mis en|utilis|operationnel|heberge|interconnecte|realise)|(?:est|sont) (?:deja|actuellement|aujourd'hui|a ce jour)|actuellement|aujourd'hui|a ce jour|(?<!mise |mises |mettre |mettra )en place\b|existante?s?\b|actuel(?:le)?s?\b|depuis (?:le |plus |\d|pres|plusieurs|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)|precedent marche|en cours de deploiement|(?:a|ont) (?:\w+ )?(?:deploye|acquis|installe|mis en (?:place|service|oeuvre)|fait l'acquisition|adopte|choisi)|(?:est|sont) (?:equipe|dote)\w* (?:depuis|actuellement|aujourd'hui)|s'appuie(?:nt)? (?:sur|aujourd'hui|actuellement)|already|currently|existing|(?<!put )in place|\bis (?:commonly |widely )?used by|running in/u
/**
 * What the buyer hands over or does itself, or somebody else does: "la ville met à disposition du titulaire une prise",
 * "l’envoi est réalisé par un opérateur externe".
 */
export const OTHERS_PART =
  /(?:mise?s?|met|mettra|mettent|mettront) (?:\w+ )?a (?:la )?disposition (?:du|des|de la|de l'|de l'ensemble des) ?(?:titulaire|prestataire|candidat|soumissionnaire|attributaire|utilisateur|agent|entreprise)|(?:fourni|remis|transmis|communique)e?s? (?:\w+ )?(?:au|aux|a l') ?(?:titulaire|prestataire|candidat|entreprise|attributaire)|par un (?:operateur|prestataire|tiers|hebergeur|organisme) (?:externe|tiers|exterieur)|(?:est|sont) assuree?s? par (?!(?:le|la|l'|les) ?(?:futur )?(?:titulaire|prestataire|candidat|entreprise|attributaire|fournisseur|solution|systeme|logiciel))|(?:fourni|assure|realise|pris)e?s? (?:\w+ )?par (?:l'acheteur|le maitre d'ouvrage|la collectivite|la ville|la commune|le pouvoir adjudicateur|la dsi)|made available to the (?:contractor|supplier)|provided by the (?:buyer|authority|government|council)/u
/** Asked of whoever wins, and of what is bought: not what is there. */
export const FUTURE_SUBJECT =
  /titulaire|candidat|soumissionnaire|prestataire|fournisseur|entreprise retenue|(?:la |cette |une )solution|le (?:logiciel|systeme|dispositif|progiciel|produit) (?:devra|doit|permet|comport|sera|dispos)|attributaire|contractor|supplier|tenderer|bidder/u
/** What is there is to be replaced, kept up or enlarged: that is the need. */
export const RENEWAL =
  /rempla|renouvel|maintenance|exploitation|extension|etendre|renov|modernis|migration|migrer|reprise|mise a (?:niveau|jour)|refonte|evolution|maintien en condition|infogerance|hebergement d|supervision d|audit d|replac|upgrade|renewal/u
/** What the bought thing must work with is somebody else's. */
export const WORKS_WITH =
  /s'interfac|interfac(?:e|age|er)s? (?:\w+ )?(?:avec|au|aux|a la)|interoperab\w+ avec|compatib\w+ avec (?!(?:les? |la )?(?:protocole|reseau|norme|standard|format|technolog))|(?:se |etre )?connect\w+ (?:au|aux|a la|a l'|avec)|connecteurs? (?:vers|avec|pour)|s'integr\w+ (?:a|au|aux|dans|avec)|integration (?:avec|au|aux|a l)|raccord\w+ (?:au|aux|a la|a l')|echang\w+ (?:\w+ ){0,2}avec|issue?s? (?:du|de la|de l')|sortante?s? d|extraite?s? (?:du|de la|de l')|en provenance d|synchronis\w+ avec|interface (?:with|to)|integrat\w+ with|compatible with/u

/** Wished for, not demanded. */
export const WISHED =
  /\ben option\b|optionnel|facultati|\boptions?\b(?! (?:de |d')(?:recherche|affichage|menu|filtre|tri|configuration|param))|variante|souhait(?!e (?:acquerir|se doter|mettre|disposer|deployer|confier|s'equiper|faire|remplacer|renouveler|moderniser|acheter|developper))|apprecie|serai(?:t|ent) un plus|constitu\w+ un plus|idealement|de preference|le cas echeant|eventuel|recommande|prestations? supplementaires?|\bpse\b|tranche conditionnelle|tranche optionnelle|(?:candidat|titulaire|soumissionnaire|prestataire|offre)s? (?:peut|peuvent|pourra|pourront)|pourr(?:a|ont|ait|aient) (?:egalement |aussi |etre )?(?:propos|envisag|demand|complet|faire l'objet)|a terme\b|ulterieurement|dans un second temps|nice to have|optional|desirable|would be (?:a plus|appreciated)|may (?:propose|offer)|preferably/u

/** Demanded in so many words. */
export const DEMANDED =
  /\bdoit\b|doivent|devra|devront|\bobjet\b|exige|exigence|impose|obligatoire|imperati|requis|necessaire|est (?:demande|attendu|tenu)|sont (?:demande|attendu)|attendue?s?\b|fourni|comprend|comporte|inclu|assur|permet|prevoi|garanti|realis|livr|install|deploi|mettre en|mise en|acqui|souhaite (?:acquerir|se doter|mettre|disposer|deployer|confier|s'equiper)|must|shall|require|provide|deliver/u

/** A means of working together, not something bought: "les réunions se tiennent en visioconférence". */
export const MEANS_BEFORE =
  /(?:\bpar|\ben|\bvia|au moyen d'un|au moyen d'une|sur (?:la|le)|\bby|through) (?:la |le |l'|une? |voie de |simple )?$/u
export const WORKING_TOGETHER =
  /reunion|comite|notifi|convoc|(?:candidat|titulaire|soumissionnaire|prestataire|parties|\bplis?\b|offre)s? .{0,80}(?:echange|transmi|communiqu|adress|envo|remis|depos)|meeting/u

/** "ou équivalent" keeps a named mark, certificate or norm open. */
export const OR_EQUIVALENT =
  /\bou (?:tout |toute )?(?:\w+ )?equivalen|\bou similaire|\bor equivalent|equivalen(?:t|ce) accept/u

/** The buyer says what it wants; what follows is the need, whatever else the sentence tells. */
export const WANTED =
  /(?:souhait|desir|veu|voul|decid|envisag|prevoi|projett|entend)\w* (?:de )?(?:nous |s')?(?:acqu|se doter|doter|mettre en|disposer|deployer|equiper|rempla|renouvel|modernis|confier|se munir|installer|la mise en|l'acquisition)|a pour (?:objet|but|objectif)|marche (?:porte|concerne)|consultation (?:porte|concerne)|\b(?:is|are) (?:seeking|looking for|procuring)|seeks? (?:to |a |an |\w+ ?)|invites? tenders|wishes to/u

/** Titles under which every line is demanded, verb or none. */
export const DEMAND_TITLE =
  /exigence|specification|attendu|obligatoire|prescription|prestation|caracteristiques? minimal|fonctions? (?:a|par)|fournitures?|besoin|requirement|deliverable|scope|livrable/u

/** Titles of what the tender is about. */
export const OBJECT_TITLE = /\bobjet\b|object of|purpose|subject[- ]matter/u

/** Titles under which a tender of upkeep tells of the thing that is kept up, and those that still ask. */
export const DESCRIPTION_TITLE =
  /description|presentation|architecture|fonctionnement|principes|configuration|decomposition fonctionnelle|fonctionnalites? (?:actuelle|existante)/u
export const FIRM_NEED_TITLE =
  /exigence|prestation|attendu|obligatoire|besoin|objet|perimetre du marche|specification|travaux|livrable|requirement|scope/u

/** The object of a tender of upkeep: what is there stays, and is looked after. */
export const UPKEEP =
  /(?:tierce maintenance|\btma\b|maintenance (?:applicative|evolutive|corrective|et (?:l')?exploitation|du|de la|de l')|maintien en condition|infogerance|exploitation (?:du|de la|de l')|application maintenance)/u
/** … unless it buys something new as well. */
export const SUPPLY =
  /acquisition|acquerir|fourniture|remplacement|creation|conception|nouve(?:au|lle)|mise en (?:oeuvre|place)|developpement d|installation|se doter|refonte/u
