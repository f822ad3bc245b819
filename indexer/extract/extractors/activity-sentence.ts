import { labelOf } from './page-links.ts'

// All patterns are for folded text (lower case, no accents).

/** Verbs by which firms say what they do. */
const DOES =
  /(?<!\p{L})(?:(?:con|re)?coi(?:t|vent|vons)|develop(?:pe|pent|pons)|edit(?:e|ent|ons)|fabriqu(?:e|ent|ons)|propos(?:e|ent|ons)|accompagn(?:e|ent|ons)|install(?:e|ent|ons)|fourni(?:t|ssent|ssons)|aid(?:e|ent|ons)|permet(?:tent|tons)?|assembl(?:e|ent|ons)|heberg(?:e|ent|eons)|mesur(?:e|ent|ons)|equip(?:e|ent|ons)|realis(?:e|ent|ons)|cre(?:e|ent|ons)|constru(?:it|isent|isons)|exploit(?:e|ent|ons)|integr(?:e|ent|ons)|protege(?:nt|ons)?|securis(?:e|ent|ons)|form(?:e|ent|ons)|conseil(?:le|lent|lons)|commercialis(?:e|ent|ons)|distribu(?:e|ent|ons)|deploi(?:e|ent)|deployons|surveill(?:e|ent|ons)|gere(?:nt)?|gerons|automatis(?:e|ent|ons)|simplifi(?:e|ent|ons)|maint(?:ient|iennent|enons)|transform(?:e|ent|ons)|produi(?:t|sent|sons)|analys(?:e|ent|ons)|audit(?:e|ent|ons)|relie(?:nt)?|relions|optimis(?:e|ent|ons)|detect(?:e|ent|ons)|anim(?:e|ent|ons)|infoger(?:e|ent|ons)|builds?|makes?|designs?|develops?|provides?|helps?|offers?|delivers?|manufactures?|hosts?|protects?|monitors?|lets?|enables?|sells?|supplies|supports?|runs?|connects?)(?!\p{L})/u
/** What firms call themselves and what they sell. */
const IS =
  /(?<!\p{L})(?:editeurs?|editrice|fabricants?|integrateurs?|operateurs?|hebergeurs?|specialistes?|specialise(?:e|s|es)?|prestataires?|bureau d'etudes|cabinet|agence|cooperative|scop|scic|start-?up|entreprise|societe|atelier|laboratoire|association|logiciels?|plateformes?|solutions?|applications?|capteurs?|sondes?|services?|outils?|progiciels?|saas|dispositifs?|bornes?|reseaux?|infogerance|cybersecurite|conseil|formation|maintenance|software|platform|sensors?|tools?|publisher|manufacturer|company|provider|cloud|open source|logiciel libre)(?!\p{L})/u

/** Greetings, templates' own words, and texts about the page instead of the firm. */
const EMPTY =
  /^(?:bienvenue|welcome|accueil|home|page d'accueil|site (?:officiel|internet|web|vitrine)|bonjour|decouvrez (?:notre|le) (?:nouveau )?site|description|lorem|untitled|mon site|un site utilisant|encore un site|just another|index)(?!p{L})|lorem ipsum|just another wordpress|site utilisant wordpress|encore un site|powered by|(?:site|page)\b.{0,20} en construction|under construction|coming soon|nouveau site internet|votre navigateur|javascript|cookies/
const TALKS_OF_SITE =
  /(?:ce|notre|le) site (?:internet |web )?(?:utilise|presente|vous)|(?:mentions legales|politique de confidentialite)/
/** What others say, what is sold off, what has to be filled in. */
const NOT_ABOUT =
  /^[«“"„]|(?:champs? (?:obligatoires?|requis)|newsletter|lettre d'information|inscrivez-vous|tous droits|en savoir plus$|lire la suite)/

const TRUNCATED = /(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*$/

const words = (text: string): readonly string[] => text.match(/[\p{L}\p{N}’'-]+/gu) ?? []

/** "capteurs, sondes, eau, Lorient, Bretagne": nearly all that stands between commas is a word or two. */
const isKeywords = (text: string): boolean => {
  const parts = text.split(/[,;|•·]/).map(part => words(part).length)
  return parts.length >= 4 && parts.filter(count => count <= 3).length >= 0.75 * parts.length && !/[.!?]\s*$/.test(text)
}

/** Whether a text is a sentence of the firm's own: no greeting, keywords, template's or cut words. */
export const isSound = (text: string): boolean => {
  const folded = labelOf(text)
  return (
    words(text).length >= 4 &&
    !EMPTY.test(folded) &&
    !TALKS_OF_SITE.test(folded) &&
    !NOT_ABOUT.test(folded) &&
    !NOT_ABOUT.test(text) &&
    !TRUNCATED.test(text) &&
    !isKeywords(text)
  )
}

/** Whether it names a trade: a firm's verb, or what it is or sells. */
export const namesActivity = (text: string): boolean => {
  const folded = labelOf(text)
  return DOES.test(folded) || IS.test(folded)
}

/** Whether it says what somebody does, a verb in it. */
export const saysActivity = (text: string): boolean => {
  const folded = labelOf(text)
  return DOES.test(folded) || (IS.test(folded) && /(?<!\p{L})(?:est|sommes|is|are|son|sont)(?!\p{L})/u.test(folded))
}
