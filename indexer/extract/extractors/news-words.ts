// Patterns by which dates of news are told from other dates; all but `UPDATED_TOO` are for folded text (`labelOf`).

const NEWS_NOUN =
  'actus?|actualites?|news|blog(?:ue)?|nouvelles|articles?|billets?|breves?|communiques?(?: de presse)?|nouveautes|publications?|' +
  "carnets?(?: de (?:bord|route|voyage|terrain))?|journal(?: de bord)?|chroniques?|magazine|gazette|fil d'(?:actu|actualites?|info)s?|" +
  'posts?|updates|stories|insights|cahiers?|bulletins?|lettres?|echos?|depeches?|feuille(?: de chou)?|bloc-notes|recits?|histoires|tribunes?|memos?|ecrits|infos|notes?(?: de (?:version|blog))?|changelog'

/** A part of a path under which news is kept. */
export const NEWS_PATH =
  /^(?:(?:le-|nos-|notre-|les-|toutes-les-)?(?:blog|actus?|actualites?|news|newsroom|journal|articles?|nouvelles|communiques?|communiques-de-presse|press-releases|presse|mag|magazine|carnets?|carnet-de-(?:bord|route)|journal-de-bord|chroniques?|breves?|billets?|gazette|cahiers?|bulletins?|echos?|depeches?|bloc-notes|recits?|histoires|tribunes?|changelog|notes-de-version|nouveautes|posts?|stories|infos?|le-fil|en-bref|publications)|(?:actu|actualites?|blog|news|journal|carnet|chronique|nouvelles|billets)-.{1,30}|latest|updates)$/

/** A heading over news. */
export const NEWS_HEADING = new RegExp(
  `^(?:(?:nos|les|notre|le|la|l'|du|toutes?|sur|dans|cote|a lire|lire|vu|en|our|the|from|de|votre|retrouvez|suivez|decouvrez|et) ?){0,3}` +
    `(?:dernieres? |derniers |recente?s? |latest |recent |petites? |bonnes? )?(?:${NEWS_NOUN})` +
    `(?: (?:recente?s?|a la une|en bref|(?:de|du|des|chez|from|at|et|&|sur|d'|l') ?.{1,40}))?$` +
    '|^(?:les |nos |le |the )?(?:actus?|actualites?|blog|news) .{1,30}$' +
    `|^(?:en ce moment|a la une|en bref|quoi de neuf|what's new|ca bouge.{0,20}|ce qui (?:bouge|se passe).{0,20}|ca se passe|recemment|dernierement|au fil .{1,30}|(?:en direct|des nouvelles) .{1,30}|tout frais|vient de paraitre|latest|recently|du nouveau|les dernieres|derniers? (?:billets?|ecrits|textes|articles?)|nos derniers? .{1,20}|lectures?|a lire(?: aussi)?|on vous raconte|la vie (?:de|du|a|chez) .{1,30}|vie (?:de|du) .{1,30}|zoom sur .{0,30}|on en parle au bureau|nouveau(?: sur le site)?)(?: (?:chez|a|au|sur|dans) .{1,30})?$`,
  'u',
)

/** Headings under which dates are of what comes, of others, or of rules. */
export const NOT_NEWS =
  /agenda|evenement|\bevents?\b|rendez-vous|calendrier|webinai?r|salons?\b|formations?\b|sessions?\b|ils parlent|parle(?:nt)? de nous|dans la presse|revue de presse|press review|in the press|mentions legales|conditions|confidentialite|offres? d'emploi|recrut|carriere|\bjobs?\b|commentaires?|temoignages?|\bavis\b|reviews?|testimonial|certifi|labels?\b|nous croiser|nous rencontrer|accessibilite|historique$|notre histoire|our history|dates? cles?|etapes|chronologie|jalons|timeline|milestones|feuille de route|roadmap|horaires|echeance|deadlines?/

/** Headings under which nothing is news, not even below one of news. */
export const COMING =
  /^(?:(?:nos |les |notre |l')?(?:prochaine?s? .{1,30}|agenda.{0,20}|(?:evenements?|events?|rendez-vous|rencontres?|salons?|webinai?re?s?|formations?|sessions?|conferences?|calendrier|dates?)(?: (?:a venir|et .{1,25}|20\d\d|ou .{1,25}|professionnels|a retenir))?)|a venir|upcoming .{1,20}|save the dates?|(?:nous |ou nous |venez nous |se )(?:croiser|rencontrer|retrouver|voir).{0,20})$|ils parlent|parle(?:nt)? de nous|dans la presse|revue de presse|press review|in the press|offres? d'emploi|commentaires?$/

/** Pages whose dates are of anything but news. */
export const OTHER_PAGE =
  /^(?:agenda|evenements?|events?|webinai?r(?:e|es|s)?|calendrier|formations?|salons?|accessibilite|declaration-.{0,30}|accessibility|security|securite|tarifs?|certifications?|plan-du-site|statut|status)$/

/** A line that announces something: its date is that of the event. */
const EVENT =
  /(?<!\p{L})(?:rendez-vous|save the date|journees? (?:technique|portes|d'|de )|ateliers? (?:du|le|gratuit)|demonstrations? (?:du|le|a)|visite[sz]? (?:du|le|guidee)|assemblee generale|forum|congres|colloque|meetup|hackathon|foire|festival|rencontres?|matinee|soiree|sessions?|fermes? du|fermeture|entree en vigueur|obligatoire|echeance|inscri(?:vez|ption)s?|webinai?re?|salon|evenement|conference|du \d{1,2}(?:er)? au \d{1,2}|de \d{1,2} ?h|a \d{1,2} ?h|\d{1,2} ?h ?\d{0,2} (?:a|-)|retrouvez-nous|(?:on vous|nous vous|vous) attend(?:ons|ent)?|a venir|nous y serons|(?:nous serons|on sera|serons presents)|venez|date limite|jusqu'au|avant le|a partir du|des le|prochaine?|stand [a-z]?\d|portes ouvertes|valable|expire|until|deadline|join us|meet us|register|upcoming|starts? on)(?!\p{L})/u
/** What has been is news, whatever it was. */
const PAST = /retour (?:sur|en images|du|de la|d')|bilan|compte[- ]rendu|recap|avons participe|etions|looking back/

/** Whether a line announces what is to come. */
export const isEvent = (line: string): boolean => EVENT.test(line) && !PAST.test(line)

/** Stands closely before a date that is of a change, a document or a state. */
export const UPDATED =
  /mise?s? a jour|derniere modification|updated|modifiee?|version du|en vigueur|etablie? le|valable|depuis|since|valid|expir/
/** "Publié le 12 mars 2026, mis à jour le 3 avril 2026": the first is when it was news. */
export const UPDATED_TOO = /(?<=\d)[\s,;(·|–—-]{1,4}(?:(?:dernière )?mise? à jour|modifié|(?:last )?updated).*$/iu
/** Words of an announcement, in the title of an item or in the lines after its date. */
export const ANNOUNCEMENT =
  /inscrivez-vous|inscriptions? |save the date|rendez-vous le|venez nous|retrouvez-nous|nous serons|register now|meet us|^a venir|(?:dates?|evenements?|rendez-vous|sessions?|rencontres?|edition) a venir|vous attend(?:ons|ent)?(?!\p{L})/u

const LEAD_NOUN = `(?:derniere? |derniers? |latest |last )?(?:${NEWS_NOUN})(?: en date)?`

/** What a line of a date says before it. */
export const LEAD = new RegExp(
  `^(?:(?:(?:publiee?|postee?|mise? en ligne|ecrit|redige|parue?|posted|published|written)(?: (?:par|by) .{1,40},?)?|date(?: de publication)?|par .{1,40},?|by .{1,40},?|${LEAD_NOUN}) )?` +
    '(?:: ?)?(?:le |du |de |on |of )?' +
    String.raw`(?:(?:lun|mar|mercre|jeu|vendre|same)di,? |dimanche,? |(?:lun|mar|mer|jeu|ven|sam|dim)\.? |(?:mon|tues|wednes|thurs|fri|satur|sun)day,? |(?:mon|tue|wed|thu|fri|sat|sun)\.?,? )?$`,
)
/** A lead that says by itself that something was published. */
export const PUBLISHED = new RegExp(
  `^(?:publiee?|postee?|mise? en ligne|redige|parue?|posted|published|date de publication|${LEAD_NOUN}) `,
)
/** The last word before a date that belongs to a sentence. */
export const IN_SENTENCE =
  /(?:^| )(?:le|du|de|au|en|a|des|depuis|jusqu'au|vers|avant|apres|debut|fin|mi|since|until|in|on|from|to|by|of|before|after|early|late|et|and|ou|or|salon|edition|millesime|n°)$/
