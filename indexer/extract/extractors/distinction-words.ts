// All patterns are for text without accents or capitals (`foldInPlace`).

/** What is held: a participle or verb says so by itself. */
export const HELD_BEFORE =
  /(?:\bcertifie(?:e|s|es|·e|\(e\)|e·s)?|\blabellise\w{0,2}|\bqualifie\w{0,2}|\baccredite\w{0,2}|\bagreee?s?|\bobten\w{1,5}|\bobtient|\btitulaires?|\bdetien\w{1,3}|\bdetenons|\bdisposons|\bdispose|\brecue?s?|\brecoit|\bdecroche\w{0,2}|\bdecern\w{1,4}|\bdelivre\w{0,2}|\battribue\w{0,2}|\breconnue?s?|\blaureate?s?|\bmembres?|\bpromotion|\bselectionnee?s?|\bcertified|\baccredited|\bawarded|\bholds?|\bholding|\bearned|\bobtained|\bqualified|\bwinners?|\bwinning|\bwon|\bremporte\w{0,2}|\bprimee?s?|\bmedaille(?:e|es)?|\bnotee?s?|\bscore|\bevaluee?s?|\blabelled|\bmedal|\brated|\bdevenue?s?|\brejoint|\bintegree?s?|\bfai(?:t|sons) partie|\bport(?:e|ent|ons)|\brecompensee?s?|\bdistinguee?s?|\bfinancee?s? (?:dans le cadre|par)|\bsoutenue?s? (?:dans le cadre|par)|\bprix)\b/

/** The same after its name: "ISO 27001 certified", "HDS depuis 2021". */
export const HELD_AFTER =
  /^[\s"»)\]–—:,-]{0,4}(?:[a-z0-9'./°()-]{1,16} ){0,3}?(?:certified|certifie(?:e|s|es)?\b|accredited|obtenue?s?\b|delivree?s?\b|renouvelee?s?\b|decrochee?s?\b|attribuee?s?\b|depuis (?:le |la |l'|[a-z]{3,9} )?\d|since (?:[a-z]{3,9} )?\d|valable|valide |valid |n° ?[a-z]{0,6}\d|medaille|score|\d\d ?\/ ?100|gold|silver|platinum|bronze|or\b|argent|platine|label(?:led)?\b|[✓✔☑✅]|award|winner|laureat|status\b)/

/** Names of a certificate, which advisers use as well. */
export const NAMED_BEFORE =
  /(?:certifications?|certificats?|certificates?|labels?|agrements?|qualifications?|accreditations?|attestations?|statuts?|status|member|entreprise|societe|startup|company|logo|medaille|badge|systeme)[^.;:]{0,30}$/

/** "Nous sommes B Corp", "nous avons l'ISO 27001". */
export const PREDICATE =
  /\b(?:sommes|etre|est|avons|possedons|figurons|are|is|be|being|have|has|devenue?s?|depuis \d{4},?) (?:desormais |aussi |egalement |now |also |a |an |une? |la |le |les |the |l'|notre |our ){0,3}$|\b(?:production|conception|fabrication|usine|atelier|travaill\w{1,4}|organisation|qualite)[^.;]{0,40} sous (?:la )?(?:norme )?$/

/** Some names of a list share what follows the last: "ISO 9001 et ISO 27001 depuis 2021". */
export const JOINED = /^[\s,/&+·|]*(?:et |and |ainsi que )?$/

/** "Nos certifications : A, B et C", "Label A". */
export const STARTS_LIST =
  /^(?:nos |our |the )?(?:certifications?|labels?|agrements?|accreditations?|qualifications?)(?: (?:et|&|and) [a-z]{4,20})? ?:/

/** "Label A", "Entreprise A": a line of its own. */
export const STARTS_LABEL =
  /^(?:label|medaille|statut|laureate?|agrement|installateur|entreprise|societe|cooperative|startup|start-up) /

/** An image that says by itself that it is a certificate. */
export const LOGO = /certifi|label|logo|badge|macaron|agrement|medaille|membre|member|laureat|accredit|qualifi/
