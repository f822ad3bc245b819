import { foldInPlace } from './claim-context.ts'

/**
 * What a heading or lead-in says of short entries below it:
 * - `distinctions`: "Nos certifications et labels": logos and bare names there are the firm's own;
 * - `trust`: "Sécurité et conformité": names there may be the firm's;
 * - `others`: hosts, partners, clients, the press;
 * - `pending`: what is planned;
 * - `offered`: services, training, features, job requirements.
 */
export type SectionMeaning = 'distinctions' | 'trust' | 'others' | 'pending' | 'offered'

const MEANINGS: readonly (readonly [SectionMeaning, RegExp])[] = [
  [
    'pending',
    /en cours\b|\ba venir\b|prochain|feuille de route|roadmap|\bobjectifs?\b|\bvisee?s?\b|upcoming|planned|perspectives|d'ici 20|en preparation|futur|preparons|\bn'(?:avons|est|a|y) pas|\bne (?:sommes|faisons|detenons|possedons|pretendons) pas|pas encore|\bsans certif|\b(?:don't|do not|not|aren't)\b/,
  ],
  [
    'others',
    /hebergeur|hebergement du site|hebergement$|\bpartenaires?\b|\bpartners?\b|fournisseurs?|nos clients|references clients|nous font confiance|trust us|trusted by|sous-traitants?|prestataires?\b|datacenter|centre de donnees|hosting|ils parlent|technolog|concurren|\bcelle?s? de nos\b/,
  ],
  [
    'offered',
    /accompagn|\bconseils?\b|\bformations?\b(?! certifi)|\baudits?\b|consult|training|prestations|mise en conformite|mise en place|obten[ie]r?\b(?!u)|obtenez|preparation|devenir|qu'est-ce|\bprofil\b|missions?\b(?! et)|vous etes|competences|offre d'emploi|requirements?|fonctionnalites|features|cas d'usage|secteurs|\b(?:vos|votre|your) (?:[a-z]{3,12} )?(?:certif|label|obligation|conformit|demarche|projet|besoin|audit|enjeu|mise|securit|smsi|dossier|parcours|formation|reglement|objectif|qualif|agrement|complian|need|journey|challenge|accredit|organis|entreprise|systeme)|referentiels|\bnormes\b|glossaire|articles|actualites|blog|\bmodules?\b|nos services|nos offres|our services|expertises?\b/,
  ],
  [
    'distinctions',
    /certifi|\blabels?\b|labelli|agrement|accredit|qualifications?\b|\bqualifie|distinctions|recompenses|reconnaissances?|\bawards?\b|\bprix\b|nos engagements|our commitments|certificat|laureat|statuts?\b|credentials|ils nous soutiennent/,
  ],
  ['trust', /securite|security|qualite|quality|conformite|compliance|engage|garant|confiance|trust|souverain|\brse\b/],
]

/** What a heading says of what is below; `undefined` when nothing. */
export const meaningOf = (heading: string): SectionMeaning | undefined => {
  const plain = foldInPlace(heading.slice(0, 200))
  return MEANINGS.find(([, pattern]) => pattern.test(plain))?.[0]
}

/** The innermost heading or lead-in with a meaning decides. Outermost first. */
export const meaningOfPath = (path: readonly (string | undefined)[]): SectionMeaning | undefined => {
  for (const heading of path.toReversed()) {
    const meaning = heading === undefined ? undefined : meaningOf(heading)
    if (meaning !== undefined) return meaning
  }
  return undefined
}
