import { type BrickMatch, createMatcher, type VocabularyMatcher } from '../../text/vocabulary.ts'
import { vocabulary } from '../expand.ts'

/**
 * The bricks that a sentence of a specification names: by the vocabulary, by the products that a brick replaces, and by
 * words that say too little anywhere else. A firm that writes "sauvegarde" may keep old buildings; a specification that
 * does buys backups.
 */

/** In a specification these words are enough, in the singular. */
const ENOUGH_HERE: Readonly<Record<string, readonly string[]>> = {
  chiffrement: ['chiffrement', 'être chiffré', 'données chiffrées'],
  'cartographie-web': [
    'visualisation cartographique',
    'génération de cartographies',
    'cartographies thématiques',
    'cartographie géographique',
  ],
  'conception-site-internet': [
    'plateforme web',
    'plate-forme web',
    'portail web',
    'création du site',
    'refonte du site',
    'se doter d’un site internet',
    'doter d’un site internet',
  ],
  'conteneurs-kubernetes': ['Docker', 'Kubernetes', 'conteneurisation'],
  'developpement-logiciel': [
    'application web',
    'outil web',
    'développement d’une application',
    'développement d’un outil',
    'développements spécifiques',
  ],
  'formulaires-en-ligne': [
    'formulaire de contact',
    'formulaire web',
    'formulaire mobile',
    'formulaire public',
    'formulaire d’inscription',
  ],
  'gestion-evenementiel-inscriptions': ['gestion de présence', 'liste d’émargement', 'liste de présence'],
  'hebergement-informatique': ['hébergement'],
  'informatique-decisionnelle': [
    'outil de reporting',
    'génération de rapports',
    'génération d’états',
    'rapports statistiques',
  ],
  'logiciel-gestion-video': ['enregistreur numérique', 'enregistrement des images'],
  'parapheur-electronique': ['parapheur'],
  'postes-travail': [
    'fourniture de postes de travail',
    'gestion des postes de travail',
    'postes de travail des utilisateurs',
  ],
  'pra-pca': ['PRA/PCA', 'reprise d’activité', 'continuité d’activité'],
  'raccourcisseur-liens-qr-codes': ['QR code', 'génération de QR code', 'génération du QR code'],
  'referencement-web': ['référencement'],
  'reseau-local': ['commutateur'],
  sauvegarde: ['sauvegarde', 'backup'],
  serveurs: [
    'refonte des serveurs',
    'renouvellement des serveurs',
    'remplacement des serveurs',
    'acquisition de serveurs',
    'matériel serveur',
  ],
  sgbd: ['PostgreSQL', 'SQL Server', 'MySQL', 'MariaDB', 'Oracle Database', 'base de données relationnelle'],
  'supervision-informatique': [
    'monitoring',
    'supervision de la plateforme',
    'supervision technique',
    'outil de supervision',
    'solution de supervision',
    'stack de supervision',
  ],
}

let matcher: VocabularyMatcher | undefined
const wordsOfTenders = (): VocabularyMatcher => {
  matcher ??= createMatcher(
    Object.entries(ENOUGH_HERE).map(([id, aliases]) => ({ id, fr: '', en: '', aliases: [...aliases], themes: [] })),
  )
  return matcher
}

/** Names of products stand in capitals, not only because a sentence begins. */
const isNamed = (sentence: string, { start, end }: BrickMatch): boolean =>
  /\p{Lu}/u.test(sentence.slice(start, end)) && (start > 0 || /\p{Lu}/u.test(sentence.slice(1, end)))

const isFree = ({ start, end }: BrickMatch, taken: readonly BrickMatch[]): boolean =>
  !taken.some(other => start < other.end && other.start < end)

const findMatches = (sentence: string): readonly BrickMatch[] => {
  const described = vocabulary().find(sentence, 'document')
  const here = wordsOfTenders()
    .find(sentence, 'document')
    .filter(match => isFree(match, described))
  const named = [...described, ...here]
  const products = vocabulary()
    .find(sentence, 'query')
    .filter(match => match.via === 'product' && isNamed(sentence, match) && isFree(match, named))
  return [...named, ...products]
}

let last: { readonly sentence: string; readonly matches: readonly BrickMatch[] } = { sentence: '', matches: [] }

/** The bricks named in a sentence, each where it stands; no two overlap. */
export const brickMatches = (sentence: string): readonly BrickMatch[] => {
  // Bricks, terms and brands are all looked for in the sentence at hand.
  if (sentence !== last.sentence) last = { sentence, matches: findMatches(sentence) }
  return last.matches
}
