import { memoisedPhrases } from '../../../src/text/memo.ts'
import { isPersonName } from './organisation-names.ts'
import { oneLine, plainText } from './plain-text.ts'
import { isPublicBody } from './public-bodies.ts'
import { startsWithParticiple, startsWithService } from './service-words.ts'

/** Nouns that products are named by, singular; plain text. */
const PRODUCT_NOUNS = [
  'capteur|sonde|passerelle|logiciel|plateforme|plate-forme|application|appli|boitier|borne|balise|station|module|suite|progiciel',
  'serveur|drone|robot|camera|compteur|debitmetre|enregistreur|concentrateur|routeur|terminal|terminaux|tablette|kit|pack|coffret',
  'coffre-fort|messagerie|sdk|gateway|sensor|dispositif|armoire|batterie|onduleur|panneau|panneaux|chargeur|lampadaire|luminaire',
  'detecteur|analyseur|spectrometre|jumeau numerique|ent|sig|erp|crm|ged|sirh|vpn|pare-feu|firewall|scanner|imprimante|microscope',
  'bracelet|badge|vehicule|velo|chatbot|assistant|agent conversationnel|tracker|bascule|pesee|potelet|parapheur|robinet|automate',
  'tete thermostatique|cellule|abonnement|formule|anemometre|thermometre|sonometre|piezometre|tensiometre|pluviometre|girouette',
  'vanne|pompe|filtre|membrane|composteur|broyeur|trieur|presse|four|etuve|incubateur|regulateur|variateur|controleur|calculateur',
  'carte electronique|antenne|emetteur|recepteur|relais|repeteur|modem|commutateur|lecteur|ecran|afficheur|totem|lampe|lanterne',
  'feu|bouee|mat|ruche|piege|collier|gilet|siege|fauteuil|remorque|triporteur|reacteur|chaudiere|echangeur|ballon|etiquette|tag',
  'cle|clef|carte|cadran|jauge|banc|table|caisse|bac|cuve|benne|casque|micro|haut-parleur|interphone|serrure|portique|barriere',
  'tableau de bord|tableaux de bord|extranet|intranet|portail|registre|annuaire|agenda|guichet|api|widget|extension|greffon|plugin|connecteur|moteur|editeur',
  'generateur|simulateur|configurateur|calculette|tableur|base de donnees|corpus|modele|algorithme|systeme|software|platform|app',
  'device|charger|station|post|logger|monitor|dashboard|toolkit|engine|network|camera|tablet|meter|probe|beacon|controller',
].join('|')

const PRODUCT_NOUN = new RegExp(
  String.raw`^(?:les |le |la |l'|nos |notre |un |une )?(?:${PRODUCT_NOUNS})s?(?![\p{L}\d])`,
  'u',
)

const words = (...lines: readonly string[]): RegExp =>
  new RegExp(String.raw`^(?:${lines.join('|').replaceAll(' ', '|').replaceAll('_', ' ')})(?![\p{L}\d])`, 'u')

/** Virtues, parts of pages and calls: what no offer's name begins with. `_` is a space. */
const NO_OFFER_START = words(
  "pourquoi comment qui que quel quelle quels quelles quand combien nous vous votre vos on ils elles il elle c'est ce ces",
  'cette avec sans pour par grace plus moins toujours tout tous toute toutes aucun aucune zero des du en a au aux dans depuis',
  'et ou un_seul une_seule une_equipe une_question un_projet un_besoin une_offre un_accompagnement un_support un_interlocuteur',
  'une_solution une_plateforme une_gamme un_logiciel un_outil une_application un_service une_technologie une_approche',
  'simple simples simplement simplicite simplifier simplifiez simplifie simplifiee simplification facile faciles facilement',
  'facilite faciliter facilitez rapide rapides rapidement rapidite fiable fiables fiabilite robuste robustes robustesse',
  'performant performante performants performances performance innovant innovante innovation securise securisee securises',
  'securisees securite_et securite ecologique economique economies economie durable durables durabilite gain gains gagnez',
  'gagner reduction reduire reduisez maitrise maitriser maitrisez confiance confidentialite confidentiel proximite qualite',
  'souverain souveraine souverainete transparence transparent reactivite reactif ecoute engage engagement engagements ethique',
  'flexible flexibles flexibilite evolutif evolutive evolutivite modulaire modularite autonome autonomie autonomes',
  'interoperable interoperabilite conforme conformes conformite libre libres open_source open-source made_in fabrique',
  'fabrication_francaise concu concus concue heberge hebergee hebergement_en_france hebergement_souverain hebergees certifie',
  'certifiee certification certifications garantie garanties garanti respect respectueux accessible accessibilite ergonomie',
  'ergonomique intuitif intuitive disponibilite disponible etape etapes phase tarif tarifs prix devis contact contacts',
  'contactez demande demandez demander essai essayez essayer telecharger telechargez telechargement decouvrir decouvrez voir',
  'lire_la lire_le lire_les lire_plus lire_tout lire_notre lire_l accueil menu besoin besoins question questions faq foire cas temoignage temoignages avis actualite actualites blog',
  'article articles presse equipe notre nos_valeurs nos histoire mission missions vision valeur valeurs raison_d chiffre',
  'chiffres avantage avantages benefice benefices atout atouts fonctionnalite fonctionnalites caracteristique',
  'caracteristiques specifications compatible compatibilite integrations integre options option inclus livraison',
  'documentation documents ressource ressources mentions plan_du_site partenaire partenaires client clients reference',
  'references secteur secteurs metier metiers usage usages domaine domaines technologie technologies label labels rejoignez',
  'recrutement carrieres inscription inscrivez newsletter suivez copyright bienvenue merci exemple exemples point_fort',
  'points_forts principe principes presentation objectif objectifs programme public duree prerequis modalites description',
  'details detail resume sommaire introduction conclusion contexte resultat resultats enjeu enjeux defi defis probleme',
  'constat le_saviez savoir-faire experience expertise_reconnue precision legerete longevite autres le_plus les_plus',
  'le_principe les_avantages les_fonctionnalites le_contexte la_mission la_demarche demarche methode methodologie agilite',
  'collaboration partage mobilite sobriete frugalite inclusion solidarite impact responsable traçabilite tracabilite',
  'alertes statistiques historique personnalisation personnalisable multi-sites multi-utilisateurs multilingue tableaux_de_bord',
  'why how what who our your we you they easy simple fast secure reliable learn discover get try read see benefits features',
  'zone zones horaires delais delai deroulement parlons prendre demarrer commencer planifier rendez-vous prise_de devenir revendeur',
  'dernier derniere derniers dernieres suivre aller retour ensemble pret prets prete envie interesse interesses chez',
  "deux trois quatre cinq six d'ou licence licences budget budgets cout couts breves pieces apprendre compter parler",
  'limites donnees interfaces ligne sous_le sous_la entre hors vers contre languages evidence quality training_for in for with from agenda journal reseau_social papiers adresse adresses',
  'indicateurs handicap financement reclamation reclamations inscriptions intervenants formateurs evaluation satisfaction effectif',
  'prochaines_sessions calendrier lieu dates accessibilite_handicap etre avoir faire choisir reussir comprendre changer ecrivez',
  'appeler appelez signaler rejoindre papiers hier demain aujourd et_si et_apres ce_que a_propos vu vue_d en_bref en_savoir',
  'ios android app_store google_play windows mac linux web',
  'about team news step steps trusted welcome privacy_by no more all book contact_us download view works built made',
)

/** Trades and customers' kinds, alone or enumerated: "Collectivités", "Eau & assainissement". */
const TRADE =
  /^(?:collectivites?|communes?|villes?|mairies?|entreprises?|industries?|industriels?|sante|hopitaux|etablissements?|education|enseignement|ecoles?|universites?|energie|eau|eau et assainissement|environnement|transports?|mobilites?|banques?|assurances?|finance|retail|commerces?|agriculture|agroalimentaire|defense|luxe|secteur|administrations?|associations?|pme|tpe|eti|startups?|grands comptes|batiments?|immobilier|tourisme|culture|btp|logistique|particuliers|professionnels|bailleurs|smart (?:city|building)|villes? intelligentes?|territoires?|syndicats|exploitants|agriculteurs|medecins|pharmacies|cliniques|patients|administrateurs|utilisateurs|developpeurs|citoyens|elus|agents|services publics|public sector|healthcare|education|industry|government|utilities)(?: (?:et|&|publiques?|territoriales?|locales?|privees?|de sante|superieur|scolaires?|\/).{0,30})?$/

const SENTENCE_WORD =
  /(?:^| )(?:est|sont|ont|avons|etes|sommes|sera|peut|peuvent|permet|permettent|vous|nous|votre|vos|notre|nos|is|are|has|have|you|your|we|can|will)(?: |$)/

/** What is said of all that the firm does, in words of services. Plain text. */
const MADE_HERE =
  /^(?:fabrication|conception|hebergement|production|assemblage|support|assistance|maintenance|developpement|donnees|equipe) (?:100 ?%|francaise?|francais|locale?|local|en france|en europe|europeenne?|souverain\S*|inclus\S*|compris\S*|reacti\S*|a vie|made in)/

const MAX_NAME = 80

const MAX_WORDS = 10

const QUOTED_TAIL = /\s[«“]\s?(?<inner>[^«»“”]{2,60}?)\s?[»”]$/u

/** "(bêta)", "(nouveau)", "®": the state of an offer is no part of its name. */
const STAGE = /\s*\((?:b[êe]ta|alpha|nouveau|nouveauté|new|pilote|v?\d[\d.]*)\)$|[®™©]/giu

/** "Notre plateforme Vigie" → "Vigie". */
const OURS =
  /^(?:[Nn]otre|[Nn]os|[Oo]ur|[Ll]e|[Ll]a|[Ll]es|[Ll]['’]|[Tt]he)\s?(?:logiciels?|plateforme|plate-forme|application|solution|gamme|offre|suite|produit|outil|software|platform|app)\s(?:\p{Ll}[\p{L}’'-]{2,14}\s)?(?:«\s?)?(?<name>\p{Lu}[\p{L}\d-]{2,30}(?:\s[\p{Lu}\d][\p{L}\d-]{0,20}){0,2})(?:\s?»)?$/u

/** "La Sonde Six" → "Sonde Six": the article of a noun that offers are named by. */
const withoutArticle = (name: string): string => {
  const rest = name.replace(/^(?:la |le |les |l['’]|the )/iu, '')
  return rest !== name && /^\p{Lu}/u.test(rest) && (PRODUCT_NOUN.test(plainText(rest)) || startsWithService(rest))
    ? rest
    : name
}

/** "POSE ET CALAGE dans le Gers" → "POSE ET CALAGE": two words or more in capitals, then others. */
const withoutTail = (name: string): string => {
  const head = /^(?<head>\p{Lu}[\p{Lu}\d'’-]+(?: [\p{Lu}\d'’-]+)+) (?:\p{Ll}|\p{Lu}\p{Ll})/u.exec(name)?.groups?.[
    'head'
  ]
  return head !== undefined && /\p{Lu}{3}/u.test(head) ? head : name
}

/** A name without number, tail and marks: "1. AquaSense 200 – le capteur de niveau" → "AquaSense 200". */
export const offerNameIn = memoisedPhrases((text: string): string => {
  const line = oneLine(text).replace(/^(?:[\s–—•·*>✓✔→-]|\d{1,2}[.)]\s)+/u, '')
  const [first = '', second] = line.split(/\s+[–—|•-]\s+|\s*[:|]\s+|\s\(/u)
  // "Produit : AquaSense": the label is no name.
  const named =
    second !== undefined &&
    /^(?:produits?|services?|logiciels?|offres?|solutions?|gammes?|modules?|nouveau(?:t[ée])?|notre \p{L}{3,12})$/iu.test(
      first,
    )
      ? second
      : first
  const [head = '', tail, third] = named.split(/,\s+/u)
  const isApposition =
    tail !== undefined &&
    (/^(?:le|la|l['’]|un|une|votre|notre|the|a|an|your|our|des|pour|par|puis|plus|abonnement|licence|forfait|prix|tarif|hors|avec|sans|per|à partir|dès)(?![\p{L}\d])/iu.test(
      tail,
    ) ||
      (third === undefined && PRODUCT_NOUN.test(plainText(tail))) ||
      (/^[\p{Ll}\d]/u.test(tail) && isProductNoun(head) && holdsProper(head)))
  const name = (isApposition ? head : named)
    .replace(/[\s.,;:…→–—-]+$/u, '')
    .replace(/^[«"“\s]+([^«»]*?)[\s»]*$/u, '$1')
    .replace(/^([^«]*?)\s*»$/u, '$1')
    .replace(STAGE, '')
    .trim()
  return withoutTail(withoutArticle(OURS.exec(name)?.groups?.['name'] ?? name))
})

/** Whether a line can be the name of an offer: short, no sentence, virtue, trade, person, place or call. */
export const isOfferName = memoisedPhrases((name: string): boolean => {
  // "Formation « Administrer GLPI »": what is in quotation marks is part of the name.
  const bare = startsWithService(name) ? name.replace(QUOTED_TAIL, ' $<inner>') : name
  if (bare.length < 2 || bare.length > MAX_NAME || /[?!…»«“”@=<>{}[\]%€]|https?:|\.\s/u.test(bare)) return false
  if (!/\p{L}{2}/u.test(name) || !/^[\p{L}\d]/u.test(name) || name.split(' ').length > MAX_WORDS) return false
  const plain = plainText(name).replace(/ chez (?:vous|nous)$/, '')
  // "Le boîtier" is a subject, as is an enumeration.
  if (/^(?:les? |la |l')\S+$/.test(plain) && !/\s\p{Lu}|['’]\p{Lu}|\d/u.test(name)) return false
  if (SENTENCE_WORD.test(plain) || TRADE.test(plain) || isPublicBody(name) || isPersonName(name)) return false
  // "Contrôlé chaque matin": said of a product, no product.
  if (startsWithParticiple(name) && /^\S+\s\p{Ll}/u.test(name)) return false
  if (/, et |, jusqu/.test(plain) || MADE_HERE.test(plain)) return false
  if (startsWithService(name))
    return (
      !/^(?:services?|prestations?|support|formations?|gestion|suivi|conseils?|etudes?|creation)$/.test(plain) ||
      /^(?:formations?|conseils?|support)$/.test(plain)
    )
  return !NO_OFFER_START.test(plain) && !/^\d+[a-z]{0,2} |^\d+$/.test(plain) && !/^\S{2,20}ez(?: |-|$)/.test(plain)
})

/** "AquaSense 200", "Kerlann Cloud", "Brume": words with capitals or figures only, at most four. */
export const isProperName = (name: string): boolean => {
  const words = name.split(/\s+/u)
  return words.length <= 4 && words.every(word => /^(?:[\p{Lu}\d][\p{L}\d+'’./-]*|i\p{Lu}\S*|&|by|de|du)$/u.test(word))
}

/** Whether a name begins with a noun that products are named by. */
export const isProductNoun = (name: string): boolean => PRODUCT_NOUN.test(plainText(name))

/** "Les gens", "L'appel du soir" are what a text is about. */
export const isSubject = (name: string): boolean =>
  /^(?:les? |la |l['’])\p{Ll}/iu.test(name) && !isTellingName(name) && !isProperName(name)

/** A name that says by itself that it is an offer: a proper name of its own kind, or a noun of products or services. */
export const isTellingName = (name: string): boolean =>
  startsWithService(name) || PRODUCT_NOUN.test(plainText(name)) || isCoined(name)

/** "AquaSense", "TH-20": nobody writes an ordinary word so. */
export const isCoined = (name: string): boolean => /\p{Ll}\p{Lu}|\p{L}[- ]?\d/u.test(name)

/** What an offer is by its name, `undefined` when that does not tell. */
export const kindOfName = (name: string): 'product' | 'service' | undefined => {
  if (
    startsWithService(name) ||
    /\b(?:hebergee?s?|a la demande|clef? en main|sur mesure|externalisee?|infogeree?)$/.test(plainText(name))
  )
    return 'service'
  return PRODUCT_NOUN.test(plainText(name)) || isProperName(name) ? 'product' : undefined
}

/** A capital or a figure after the first word. */
export const holdsProper = (name: string): boolean => /\s(?:\p{Lu}|\d)/u.test(name)
