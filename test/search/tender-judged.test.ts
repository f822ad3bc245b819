import { readFileSync } from 'node:fs'
import t from 'tap'
import { brickById } from '../../src/model/bricks.ts'
import { parseText } from '../../src/model/document.ts'
import type { Supplier } from '../../src/model/supplier.ts'
import { vocabulary } from '../../src/search/expand.ts'
import { cellOf } from '../../src/search/tender/cells.ts'
import { askedFor } from '../../src/search/tender/engine-brick.ts'
import { isOffered } from '../../src/search/tender/offered.ts'
import { readTender } from '../../src/search/tender/read-tender.ts'
import { isSupported } from '../../src/search/tender/supported.ts'
import { brickMatches } from '../../src/search/tender/tender-vocabulary.ts'
import { demonstrationSuppliers } from '../support/demonstration.ts'

/** Small specifications, all invented: each shows one turn that real ones take (test/tenders/README.md). */

interface Case {
  readonly says: string
  readonly text: string
  /** What a reader makes of it; `null` when the brick is no matter of this text. */
  readonly expected: Readonly<Record<string, string | null>>
}

const CASES: readonly Case[] = [
  {
    says: 'a chapter of modules asks, line by line, for functions, whatever clauses bear such names',
    text: `1. OBJET
Plateforme de vente des matériels réformés du syndicat.
4. MODULES
4.1 Paiement et signature
● Bordereaux : Remise des bordereaux validés par signature électronique (syndicat et acheteur).
● Affichage : Vue en liste et cartographie géographique des lots.`,
    expected: { 'signature-electronique': 'required', 'cartographie-web': 'required' },
  },
  {
    says: 'what a site need not do is left out, and what is still a question is not demanded',
    text: `1. Contexte
Nous souhaitons nous doter d’un site internet pour le club d’aviron.
**Ce que le site n’a pas besoin de faire (sauf avis contraire du bureau) :**
- Vendre de la billetterie
2. Décisions à prendre
Formulaire de contact : à prévoir ?`,
    expected: {
      'conception-site-internet': 'required',
      billetterie: 'excluded',
      'formulaires-en-ligne': 'optional',
    },
  },
  {
    says: 'the lines of a pasted page make one sentence again',
    text: `1 OBJET
Le présent marché porte sur la maintenance applicative du concentrateur de mesures du syndicat de bassin.
Les équipements qui se trouvent sur les sites (postes, onduleurs et pare-feu, sans que la liste en soit
limitative) sont exclus du
présent marché. Les agents du syndicat gardent la main sur la configuration de l’ensemble des sites reliés.`,
    expected: { 'pare-feu': 'excluded' },
  },
  {
    says: 'a tender of upkeep describes what is there, and asks for its upkeep',
    text: `1.1 Objet du marché
Le présent marché a pour objet la tierce maintenance applicative du portail hydrologique Ondine.
2 Description du portail
2.1 Architecture
Les mesures arrivent par un réseau LoRaWAN et par l’envoi de SMS.
Le portail repose sur un système de gestion de base de données.
3 Prestations attendues
Le titulaire réalise des tests de charge avant chaque livraison.`,
    expected: {
      tma: 'required',
      lorawan: 'context',
      'envoi-sms': 'context',
      sgbd: 'context',
      'tests-logiciels': 'required',
    },
  },
  {
    says: 'a tender speaks of its own making without buying it',
    text: `Article 1 – Expression du besoin
Le candidat répond à toutes les demandes du présent CCTP ; les plis sont déposés sur le profil acheteur.
La solution est un logiciel de billetterie.`,
    expected: { billetterie: 'required', 'redaction-marches': null, 'profil-acheteur': null, amoa: 'context' },
  },
  {
    says: 'properties of any system, and access to data, are no bricks',
    text: `1 Objet du marché
Acquisition d’un logiciel de gestion des subventions.
2 Exigences
Le logiciel gère les métadonnées et l’horodatage de chaque pièce.
Un contrôle d’accès basé sur les rôles protège les dossiers. Les listes s’exportent sous Excel.`,
    expected: {
      'gestion-subventions': 'required',
      'catalogue-gouvernance-donnees': 'context',
      'horodatage-electronique': 'context',
      'controle-acces': 'context',
      'suite-bureautique': 'context',
    },
  },
  {
    says: 'what the buyer hands over, or somebody else does, is not asked for',
    text: `3 Prestations
La ville met à disposition du titulaire une baie de stockage.
L’envoi de SMS est réalisé par un opérateur externe.
Le titulaire fournit des bornes interactives.`,
    expected: { 'stockage-donnees': 'context', 'envoi-sms': 'context', 'borne-interactive': 'required' },
  },
  {
    says: 'who wishes for something beside what exists wishes for it',
    text: `Article 2. Contexte
L’hôpital souhaite se doter d’une infrastructure de virtualisation des serveurs en complément de l’existant.
Il utilise aujourd’hui un dossier patient informatisé.`,
    expected: { 'virtualisation-serveurs': 'required', 'dossier-patient-informatise': 'context' },
  },
  {
    says: '“mise en place” is something to do, “en place” something done',
    text: `2 Exigences
Mise en place d’un réseau Wi-Fi dans les halls.
Le contrôle d’accès par badge en place est conservé.`,
    expected: { wifi: 'required', 'controle-acces': 'context' },
  },
  {
    says: 'a list of what is left out may name what could come one day',
    text: `3.3 Exclusions du périmètre
Sauf chiffrage en variante, sont hors périmètre : la fourniture du matériel serveur, l’envoi de SMS, les bornes de
paiement et la reconnaissance faciale. Ces éléments pourront être proposés ultérieurement.`,
    expected: { serveurs: 'excluded', 'envoi-sms': 'excluded', 'reconnaissance-faciale': 'excluded' },
  },
  {
    says: 'letters that the text explains are its own',
    text: `1 Objet
Le Territoire des Trois Sources (TTS) achète un logiciel de gestion des cimetières.
Le TTS compte douze communes.`,
    expected: { 'gestion-cimetieres': 'required', 'synthese-vocale': null },
  },
  {
    says: 'what is to be managed with a purchase is not bought with it, nor is its upkeep another brick',
    text: `1.4 Objet du marché
Fourniture et maintenance d’un logiciel de réservation de salles.
Le logiciel doit gérer plusieurs types de biens, salles ou bicyclettes.`,
    expected: { 'reservation-salles': 'required', velo: 'context', tma: null },
  },
  {
    says: 'quantities and prerequisites tell what is there',
    text: `1.8 Volumétrie
vidéoprojecteurs 6 2 2
4.1 Prérequis des postes de travail
Le candidat signale les applications bureautiques incompatibles.
5 Fourniture
Le titulaire fournit un affichage dynamique.`,
    expected: { videoprojecteurs: 'context', 'suite-bureautique': 'context', 'affichage-dynamique': 'required' },
  },
  {
    says: 'words that say too little elsewhere are enough in a specification',
    text: `2.2 Spécifications obligatoires
Base de données PostgreSQL 15
Conteneurisation avec Docker
Sauvegarde chaque nuit`,
    expected: { sgbd: 'required', 'conteneurs-kubernetes': 'required', sauvegarde: 'required' },
  },
  {
    says: 'English background and what is in use already are context',
    text: `1.0 Background
1.1 Current system
The office uses a ticketing tool. GitHub is commonly used by the team.
2.0 Scope
The contractor shall provide software development services and a chatbot.`,
    expected: { 'developpement-logiciel': 'required', chatbot: 'required', 'forge-devops': 'context' },
  },
  {
    says: 'buyers’ own words for trades and equipment are known, in the plural as well',
    text: `1. Objet du marché
Fourniture de bornes escamotables, d’appareils respiratoires isolants et de panneaux électroniques d’information.
2. Exigences fonctionnelles
• Gestion des concessions funéraires et des régies de recettes
• Compte épargne temps, pose de congés
• Informatisation du circuit du médicament au bloc opératoire`,
    expected: {
      'controle-acces-voirie': 'required',
      'secours-pompiers': 'required',
      'panneaux-information-lumineux': 'required',
      'gestion-cimetieres': 'required',
      'gestion-regies-recettes': 'required',
      'gestion-temps-activites': 'required',
      'prescription-electronique': 'required',
      'bloc-operatoire': 'required',
    },
  },
  {
    says: 'a topic named in passing hides no brick, and what somebody else provides is not bought',
    text: `1. Objet
Audit énergétique des écoles, pour réduire les émissions de gaz à effet de serre.
2. Prestations
Le conseil en énergie partagé est assuré par l’agence locale.`,
    expected: { 'audit-energetique': 'required', 'serre-agricole': null, 'conseil-energie-partage': 'context' },
  },
]

for (const { says, text, expected } of CASES) {
  t.test(says, async t => {
    const { bricks } = await readTender(parseText(text), 'fr')
    const found = Object.fromEntries(bricks.map(({ id, status }) => [id, status]))
    for (const [id, status] of Object.entries(expected)) t.equal(found[id] ?? null, status, id)
  })
}

/** What firms write, and whether it offers the brick that it names. */
const SENTENCES: readonly (readonly [sentence: string, brick: string, offered: boolean])[] = [
  ['Nous développons un logiciel de billetterie pour les musées.', 'billetterie', true],
  ['Ondine : bornes de recharge pour parkings', 'borne-recharge', true],
  ['Solutions innovantes de visioconférence', 'visioconference', true],
  ['Une solution pour la visioconférence en mairie', 'visioconference', true],
  ['Notre équipe est spécialisée dans la vidéoprotection.', 'videoprotection', true],
  ['Un détecteur de fuites pour installations frigorifiques', 'climatisation', false],
  ['Plateforme de formation hébergée dans le cloud', 'cloud-iaas', false],
  ['Localisation de places par analyse d’images de vidéosurveillance', 'videoprotection', false],
  ['Contrairement à la vidéoprotection, notre capteur ne filme personne.', 'videoprotection', false],
  ['La radiothérapie présente des effets secondaires.', 'radiotherapie', false],
  ['Nos clients sont les acteurs de la télémédecine.', 'telemedecine', false],
  ['Contrôle d’accès aux services de voix sur IP', 'controle-acces', false],
  ['Le système pilote de façon optimisée les équipements de chauffage et de climatisation.', 'climatisation', false],
  ['Dans un contexte de hausse des coûts, la méthanisation progresse.', 'methanisation', false],
  ['Des usages multiples (soudage, brasage, chauffe)', 'soudage-assemblage', false],
  ['Un outil destiné aux installateurs de panneaux photovoltaïques', 'photovoltaique', false],
  ['Notre fondatrice a fait carrière dans l’éolien.', 'eolien', false],
  ['Plus de la moitié des bornes de recharge tombent en panne.', 'borne-recharge', false],
  ['Le premier domaine d’application est la téléphonie mobile.', 'telephonie-mobile', false],
  ['Logiciel de simulation des essais cliniques', 'essais-cliniques', false],
  ['Capteurs utilisés dans l’automobile, l’espace et la robotique', 'robotique', false],
  ['Réalité virtuelle pour la rééducation à domicile', 'realite-virtuelle-formation', false],
  ['Réalité virtuelle pour la formation des soudeurs', 'realite-virtuelle-formation', true],
  ['Télésurveillance des patients insuffisants cardiaques', 'telesurveillance', false],
  ['Télésurveillance de chantiers et levée de doute', 'telesurveillance', true],
  ['Un logiciel de simulation numérique des procédés d’usinage', 'usinage-outillage', false],
  ['Prévision de la production photovoltaïque à six heures', 'photovoltaique', false],
  ['Plateforme d’assurance qualité des dispositifs médicaux', 'dispositifs-medicaux', false],
  ['[personne], docteur en physique, est expert en cybersécurité', 'cybersecurite', false],
  ['Nous sommes experts en cybersécurité', 'cybersecurite', true],
  ['Les applications se situent dans les domaines du sport, des loisirs et du traitement d’eau', 'eau-potable', false],
  ['Ces drones ne volent pas sous la pluie.', 'drone', false],
  ['Nos éclairages augmentent la précision des systèmes de contrôle qualité', 'controle-qualite', false],
  ['Le portail se connecte aux logiciels de maintenance', 'gmao', false],
  ['Cependant, notre méthode de méthanisation est chère.', 'methanisation', false],
  ['L’autopartage en ville apparaît comme un enjeu.', 'autopartage', false],
]

t.test('a sentence that lives with a thing does not offer it', async t => {
  for (const [sentence, brick, offered] of SENTENCES) {
    const matches = vocabulary()
      .find(sentence, 'document')
      .filter(match => match.brick === brick)
    t.ok(matches.length > 0, `${brick} is named: ${sentence}`)
    t.equal(
      matches.some(match => isOffered(sentence, match)),
      offered,
      sentence,
    )
  }
})

const NEIGHBOUR = {
  expression: 'borne rapide',
  sentence: 'Borne rapide',
  strength: 2,
  sourceUrl: 'https://exemple.fr/',
  retrievedAt: '2026-11-22',
  evidence: 'declared',
} as const

/** Where the thing stands in the sentence, what else the profile has, and whether that supports a covered cell. */
const SUPPORT: readonly (readonly [sentence: string, brick: string, supported: boolean, more?: Partial<Supplier>])[] = [
  ['Ondine développe une nouvelle génération de drones pour les communes.', 'drone', true],
  ['Ondine : sonorisation', 'sonorisation', true],
  ['Des carnets pour les communes rurales, les plans de salle, la sonorisation', 'sonorisation', false],
  ['Des carnets pour les communes rurales, les haut-parleurs, la sonorisation', 'sonorisation', true],
  [
    'Des carnets pour les communes rurales, les plans, la sonorisation',
    'sonorisation',
    true,
    { tags: ['Sonorisation'] },
  ],
  ['Des carnets pour les communes rurales, les plans, les bornes de recharge', 'borne-recharge', false],
  [
    'Des carnets pour les communes rurales, les plans, les bornes de recharge',
    'borne-recharge',
    true,
    { foundBricks: [{ ...NEIGHBOUR, brick: 'recharge-rapide' }] },
  ],
  ['Un appareil portable et rapide permettant un contrôle de qualité des fruits', 'controle-qualite', true],
  ['Un appareil portable et rapide, donc sobre, comme le contrôle de qualité', 'controle-qualite', false],
  ['Le phénotypage de souris', 'semences-selection', false],
  ['Le phénotypage de haute précision', 'semences-selection', true],
  ['Les circuits intégrés évoluent vite.', 'semi-conducteurs', false],
  ['Les circuits intégrés que nous fabriquons sont sobres.', 'semi-conducteurs', true],
  ['Production de biocapteurs pour doser les pesticides', 'diagnostic-in-vitro', false],
  ['Production de biocapteurs pour les patients', 'diagnostic-in-vitro', true],
]

t.test('a mention counts where firms say what they supply, or with something else that speaks for it', async t => {
  const [some] = await demonstrationSuppliers()
  for (const [sentence, brick, supported, more] of SUPPORT) {
    const supplier: Supplier = { ...(some as Supplier), name: 'Ondine', tags: [], foundBricks: [], ...more }
    const matches = vocabulary()
      .find(sentence, 'document')
      .filter(match => match.brick === brick)
    t.ok(matches.length > 0, `${brick} is named: ${sentence}`)
    t.equal(
      matches.some(match => isSupported(sentence, match, supplier)),
      supported,
      sentence,
    )
  }
})

t.test('every word that asks for a brick in a specification alone leads to one brick that exists', async t => {
  const lines = readFileSync(new URL('../../mappings/tender-expressions.txt', import.meta.url), 'utf8').split('\n')
  const rows = lines.filter(line => line !== '' && !line.startsWith('#'))
  const seen = new Map<string, string>()
  for (const row of rows) {
    const [id = '', words = ''] = row.split(/: (.*)/)
    t.ok(brickById(id), `${id} is a brick`)
    for (const word of words.split('; ')) {
      t.notOk(seen.has(word), `"${word}" stands once`)
      seen.set(word, id)
      t.ok(
        brickMatches(word).some(match => match.brick === id),
        `"${word}" finds ${id}`,
      )
    }
  }
  t.strictSame(rows, [...rows].sort(), 'in the order of the bricks')
})

t.test('a firm covers a brick by a kind of it, not by whatever stands below it', async t => {
  t.notOk(askedFor('sauvegarde').ids.has('recuperation-donnees'), 'who repairs disks backs nothing up')
  t.ok(askedFor('sauvegarde').ids.has('sauvegarde-externalisee'))
  const [some] = await demonstrationSuppliers()
  const source = { sourceUrl: 'https://exemple.fr/', retrievedAt: '2026-11-22', evidence: 'declared' } as const
  const supplier: Supplier = {
    ...(some as Supplier),
    bricks: [],
    foundBricks: [
      {
        brick: 'climatisation',
        expression: 'installation frigorifique',
        sentence: 'Sonde pour installations frigorifiques',
        strength: 3,
        ...source,
      },
    ],
    texts: [],
  }
  t.equal(cellOf(supplier, askedFor('climatisation'), () => []).coverage, 'unknown')
  const other: Supplier = {
    ...supplier,
    texts: [
      {
        ...source,
        kind: 'page',
        title: 'Nos offres',
        url: 'https://exemple.fr/offre',
        passages: ['Nous installons aussi des systèmes de climatisation.'],
      },
    ],
  }
  const cell = cellOf(other, askedFor('climatisation'), () => [])
  t.equal(cell.coverage, 'declared')
  t.match(cell.passages[0]?.text, 'systèmes de <mark>climatisation</mark>', 'another sentence of the firm offers it')
})
