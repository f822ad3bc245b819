import { oneLine, plainText } from './plain-text.ts'
import { isPersonName } from './organisation-names.ts'
import { isPublicBody } from './public-bodies.ts'
import { startsWithService } from './service-words.ts'

/** Nouns that products are named by; plain text. */
const PRODUCT_NOUN =
  /^(?:les |le |la |l'|nos |notre |un |une )?(?:capteurs?|sondes?|passerelles?|logiciels?|plateformes?|plate-formes?|applications?|applis?|boitiers?|bornes?|balises?|stations?|modules?|suites?|progiciels?|serveurs?|drones?|robots?|cameras?|compteurs?|debitmetres?|enregistreurs?|concentrateurs?|routeurs?|terminal|terminaux|tablettes?|kits?|pack|packs|coffrets?|coffre-fort|messagerie|sdk|gateway|sensors?|dispositif|armoire|batteries?|onduleurs?|panneaux?|chargeurs?|lampadaires?|luminaires?|detecteurs?|analyseurs?|spectrometres?|jumeau numerique|ent|sig|erp|crm|ged|sirh|vpn|pare-feu|firewall|scanner|imprimante|microscope|bracelet|badge|vehicule|velo)(?![\p{L}\d])/u

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
  'lire accueil menu besoin besoins question questions faq foire cas temoignage temoignages avis actualite actualites blog',
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
  'about team news step steps trusted welcome privacy_by no more all book contact_us download view works built made',
)

/** Trades and customers' kinds, alone or enumerated: "Collectivités", "Eau & assainissement". */
const TRADE =
  /^(?:collectivites?|communes?|villes?|mairies?|entreprises?|industries?|industriels?|sante|hopitaux|etablissements?|education|enseignement|ecoles?|universites?|energie|eau|eau et assainissement|environnement|transports?|mobilites?|banques?|assurances?|finance|retail|commerces?|agriculture|agroalimentaire|defense|luxe|secteur|administrations?|associations?|pme|tpe|eti|startups?|grands comptes|batiments?|immobilier|tourisme|culture|btp|logistique|particuliers|professionnels|bailleurs|smart (?:city|building)|villes? intelligentes?|territoires?|syndicats|exploitants|agriculteurs|medecins|pharmacies|cliniques|patients|administrateurs|utilisateurs|developpeurs|citoyens|elus|agents|services publics|public sector|healthcare|education|industry|government|utilities)(?: (?:et|&|publiques?|territoriales?|locales?|privees?|de sante|superieur|scolaires?|\/).{0,30})?$/

const SENTENCE_WORD =
  /(?:^| )(?:est|sont|ont|avons|etes|sommes|sera|peut|peuvent|permet|permettent|vous|nous|votre|vos|notre|nos|is|are|has|have|you|your|we|can|will)(?: |$)/

const MAX_NAME = 80
const MAX_WORDS = 10

/** A name without number, tail and marks: "1. AquaSense 200 – le capteur de niveau" → "AquaSense 200". */
export const offerNameIn = (text: string): string => {
  const line = oneLine(text).replace(/^(?:[\s–—•·*>✓✔→-]|\d{1,2}[.)]\s)+/u, '')
  const [first = '', second] = line.split(/\s+[–—|•-]\s+|\s*[:|]\s+|\s\((?![^)]{1,12}\)$)/u)
  // "Produit : AquaSense": the label is no name.
  const named = second !== undefined && /^(?:produits?|services?|logiciels?|offres?|solutions?|gammes?|modules?|nouveau(?:t[ée])?|notre \p{L}{3,12})$/iu.test(first) ? second : first
  const [head = '', tail] = named.split(/,\s+/u)
  const isApposition = tail !== undefined && (/^(?:le|la|l['’]|un|une|votre|notre|the|a|an|your|our|des|pour)\b/iu.test(tail) || /^(?:le|la|un|une)$/iu.test(tail.split(' ')[0] ?? ''))
  return (isApposition ? head : named).replace(/[\s.,;:…→»–—-]+$/u, '').replace(/^[«"“\s]+/u, '').trim()
}

/** Whether a line can be the name of an offer: short, no sentence, virtue, trade, person, place or call. */
export const isOfferName = (name: string): boolean => {
  if (name.length < 2 || name.length > MAX_NAME || /[?!…»«“”@=<>{}[\]%€]|https?:|\.\s/u.test(name)) return false
  if (!/\p{L}{2}/u.test(name) || !/^[\p{L}\d]/u.test(name) || name.split(' ').length > MAX_WORDS) return false
  const plain = plainText(name)
  if (SENTENCE_WORD.test(plain) || TRADE.test(plain) || isPublicBody(name) || isPersonName(name)) return false
  if (startsWithService(name)) return !/^(?:services?|prestations?|support|formations?|gestion|suivi|conseils?|etudes?|creation)$/.test(plain) || /^(?:formations?|conseils?|support)$/.test(plain)
  return !NO_OFFER_START.test(plain) && !/^\d+[a-z]{0,2} |^\d+$/.test(plain) && !/^\S{2,20}ez(?: |-|$)/.test(plain)
}

/** "AquaSense 200", "Kerlann Cloud", "Brume": words with capitals or figures only, at most four. */
export const isProperName = (name: string): boolean => {
  const words = name.split(/\s+/u)
  return words.length <= 4 && words.every(word => /^(?:[\p{Lu}\d][\p{L}\d+'’./-]*|i\p{Lu}\S*|&|by|de|du)$/u.test(word))
}

/** A name that says by itself that it is an offer: a proper name of its own kind, or a noun of products or services. */
export const isTellingName = (name: string): boolean =>
  startsWithService(name) || PRODUCT_NOUN.test(plainText(name)) || isCoined(name)

/** "AquaSense", "TH-20": nobody writes an ordinary word so. */
export const isCoined = (name: string): boolean => /\p{Ll}\p{Lu}|\p{L}[- ]?\d/u.test(name)

/** What an offer is by its name, `undefined` when that does not tell. */
export const kindOfName = (name: string): 'product' | 'service' | undefined => {
  if (startsWithService(name) || /\b(?:hebergee?s?|a la demande|clef? en main|sur mesure|externalisee?|infogeree?)$/.test(plainText(name))) return 'service'
  return PRODUCT_NOUN.test(plainText(name)) || isProperName(name) ? 'product' : undefined
}
