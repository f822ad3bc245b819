import { labelOf } from './page-links.ts'

// All patterns are for folded text (lower case, no accents).

/** Verbs by which firms say what they do; "l'équipe", "sur mesure" and "the design" are nouns. */
const DOES =
  /(?<!\p{L})(?!(?<=[ld]'|(?<!\p{L})(?:la|une|notre|votre|cette|sa|leur|sur|en|par|de|chaque|toute|the|our|your|a) )(?:equipe|mesure|forme|aide|analyse|fabrique|designs?|builds?|supports?|hosts?|monitors?)(?!\p{L}))(?:(?:con|re)?coi(?:t|vent|vons)|develop(?:pe|pent|pons)|edit(?:e|ent|ons)|fabriqu(?:e|ent|ons)|propos(?:e|ent|ons)|accompagn(?:e|ent|ons)|install(?:e|ent|ons)|fourni(?:t|ssent|ssons)|aid(?:e|ent|ons)|permet(?:tent|tons)?|assembl(?:e|ent|ons)|heberg(?:e|ent|eons)|mesur(?:e|ent|ons)|equip(?:e|ent|ons)|realis(?:e|ent|ons)|cre(?:e|ent|ons)|constru(?:it|isent|isons)|exploit(?:e|ent|ons)|integr(?:e|ent|ons)|protege(?:nt|ons)?|securis(?:e|ent|ons)|form(?:e|ent|ons)|conseil(?:le|lent|lons)|commercialis(?:e|ent|ons)|distribu(?:e|ent|ons)|deploi(?:e|ent)|deployons|surveill(?:e|ent|ons)|gere(?:nt)?|gerons|automatis(?:e|ent|ons)|simplifi(?:e|ent|ons)|maint(?:ient|iennent|enons)|transform(?:e|ent|ons)|produi(?:t|sent|sons)|analys(?:e|ent|ons)|audit(?:e|ent|ons)|relie(?:nt)?|relions|optimis(?:e|ent|ons)|detect(?:e|ent|ons)|anim(?:e|ent|ons)|infoger(?:e|ent|ons)|builds?|makes?|designs?|develops?|provides?|helps?|offers?|delivers?|manufactures?|hosts?|protects?|monitors?|lets?|enables?|sells?|supplies|supports?|runs?|connects?)(?!\p{L})/u
/** What firms call themselves and what they sell. */
const IS =
  /(?<!\p{L})(?:editeurs?|editrice|fabricants?|integrateurs?|operateurs?|hebergeurs?|specialistes?|specialise(?:e|s|es)?|prestataires?|bureau d'etudes|cabinet|agence|cooperative|scop|scic|start-?up|entreprise|societe|atelier|laboratoire|association|logiciels?|plateformes?|solutions?|applications?|capteurs?|sondes?|services?|outils?|progiciels?|saas|dispositifs?|bornes?|reseaux?|infogerance|cybersecurite|conseil|formation|maintenance|software|platform|sensors?|tools?|publisher|manufacturer|company|provider|cloud|open source|logiciel libre)(?!\p{L})/u

/** Greetings, templates' own words, and texts about the page instead of the firm. */
const EMPTY =
  /^(?:bienvenue|welcome|accueil|home|page d'accueil|site (?:officiel|internet|web|vitrine)|bonjour|decouvrez (?:notre|le) (?:nouveau )?site|description|lorem|untitled|mon site|un site utilisant|encore un site|just another|index)(?!\p{L})|lorem ipsum|just another wordpress|site utilisant wordpress|encore un site|powered by|(?:site|page) .{0,20}en construction|under construction|coming soon|nouveau site internet|votre navigateur|activer javascript|enable javascript|cookies|(?:wordpress|prestashop|premium|bootstrap|html5?|joomla|responsive) (?:theme|template)|(?:theme|template) (?:wordpress|prestashop|premium|bootstrap|responsive|gratuit)|site (?:cree|realise|fait) avec|(?:description|texte) (?:de la page|a completer|ici)|meta description|your (?:site|company|tagline)|votre (?:slogan|description)/u
const TALKS_OF_SITE =
  /(?:ce|notre|le) site (?:internet |web )?(?:utilise|presente|vous)|^.{0,12}site (?:officiel|internet|web|vitrine) (?:de|du|des|d')|page d'accueil|(?:mentions legales|politique de confidentialite)/
/** What others say, what is sold off, what has to be filled in. */
const NOT_ABOUT =
  /^[«“"„]|(?:champs? (?:obligatoires?|requis)|abonnez-vous|lettre d'information|inscrivez-vous|tous droits|en savoir plus$|lire la suite)/

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

/** Verbs of the first person plural that say nothing of a trade. */
const STATE_OF_US =
  /^(?:sommes|avons|savons|pensons|croyons|voulons|pouvons|devons|aimons|respectons|utilisons|collectons|remercions|recrutons|cherchons|recherchons|attendons|refusons|demandons|restons|vivons|fetons|contactons|appelons|ecoutons|rejoignons|publions|informons|engageons|tenons|prenons|regardons|esperons|souhaitons|allons|venons|faisons)$/

/** "Nous veillons sur …", whatever the verb. */
const saysWeDo = (folded: string): boolean =>
  [...folded.matchAll(/(?<!\p{L})nous (?:y |en |les? |la |vous |leur )?(\p{L}{3,20}ons)(?!\p{L})/gu)].some(
    ([, verb = '']) => !STATE_OF_US.test(verb),
  )

/** What follows a firm's name where it is no verb. */
const NOT_VERB =
  /^(?:est|et|a|the|is|de|s|vous|nous|dans|sont|chez|ce|cette|notre|votre|entre|comme|reste|existe|emploie|compte|fete|recrute|contre|avec|sans|dont|respecte|utilise|groupe|france|sas|sarl|scop|scic|societe|entreprise|cooperative|conforme|certifiee?|site|suite)$/

/** Whether a word of the text, or up to four together, are the firm's name and a verb follows: "Firme veille sur …". */
const saysFirmDoes = (folded: string, names: readonly string[]): boolean => {
  const found = folded.match(/[\p{L}\p{N}]+/gu)?.slice(0, 200) ?? []
  return found.some((_, start) => {
    let joined = ''
    for (let end = start; end < Math.min(start + 4, found.length - 1); end++) {
      joined += found[end]
      const isName = names.some(
        name => joined === name || (joined.length >= 5 && name.startsWith(joined) && joined.length * 2 >= name.length),
      )
      const next = found[end + 1] ?? ''
      if (isName && /^\p{L}{2,}(?:e|t|d|nt|s)$/u.test(next) && !NOT_VERB.test(next)) return true
    }
    return false
  })
}

/** Whether it says what the firm does: "nous" or one of its names (letters and digits only) with a verb of its own. */
export const saysFirmActs = (text: string, names: readonly string[]): boolean => {
  const folded = labelOf(text)
  return saysWeDo(folded) || saysFirmDoes(folded, names)
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
