/** What offers a service in a sentence, and what uses the same words for something else. Texts as `plain` gives them. */
export interface ServicePattern {
  readonly kind: 'training' | 'support'
  readonly value: 'training' | 'support' | 'support-24-7' | 'support-sla' | 'maintenance'
  /** Cheap to ask first: what `offered` cannot do without. */
  readonly hint?: RegExp
  readonly offered: RegExp
  readonly not: RegExp
  /** The sentence or its heading must speak of help to users as well. */
  readonly needs?: RegExp
}

/** One pattern that matches what any of them does. */
export const anyOf = (...patterns: readonly string[]): RegExp => new RegExp(patterns.join('|'))

/** Who is trained and helped. */
export const USERS =
  '(?:utilisateur|utilisatrice|agent|equipe|administrateur|administratrice|personnel|exploitant|operateur|soignant|elu|referent|technicien|encadrant|collaborateur|enseignant|installateur|salarie|relais|relecteur|ambassadeur|correspondant|chauffeur|conducteur|gardien|gestionnaire|instructeur|animateur|aidant|intervenant|secretaire|regisseur|redacteur|partenaire|revendeur|distributeur|benevole|professionnel|aide-soignant|infirmier|releveur|poseur|agriculteur|manager)(?:·?e?·?s)?'

/** Services that stand beside each other in lists: "installation, formation et support". */
export const BESIDE =
  '(?:conseils?|audits?|installation|pose|deploiement|integration|parametrage|accompagnement|assistance|support|maintenance|entretien|reparation|supervision|hebergement|exploitation|infogerance|mise en service|depannage|formations?|developpement|consulting|training|hosting|deployment|commissioning|onboarding|repair)'
/** What joins the entries of a list. */
export const AND = '(?:,| et| ou| &| and|,? puis|\\+)'
/** A verb of offering, up to what is offered. */
export const WE_DO =
  '\\b(?:proposons|proposent?|dispensons|dispense|organisons|organise|animons|anime|assurons|assure|assurent|delivrons|incluons|comprend|comprennent|inclut|incluent|prenons en charge|prend en charge|offrons|offre|realisons|realise|fournissons|fournit|offers?|provides?|delivers?|includes?)\\b[^.;:!]{0,80}?'
