/** An address as a text writes it. */
export interface WrittenAddress {
  /** Lower case, in its plain form: "contact@firme.fr". */
  readonly address: string
  /** As it stands: "contact [at] firme.fr". */
  readonly written: string
}

/** Parts of a firm that have an address; those for privacy and for machines are no way to reach it. */
const GENERIC = new Set(
  (
    'contact contacts contactez contacter info infos information informations bonjour hello salut hi hey accueil ' +
    'commercial commerciale commerciaux commerce vente ventes sales business client clients clientele customer customers ' +
    'relationclient relationclients relationsclients serviceclient serviceclients servicecommercial serviceclientele ' +
    'support supports assistance aide help helpdesk hotline sav maintenance technique tech technical ' +
    'devis demo demos demande demandes projet projets formation formations academy ' +
    'office bureau secretariat administration admin administratif gestion compta comptabilite facturation billing finance ' +
    'direction equipe team cooperative coop association asso societe entreprise atelier agence boutique shop store ' +
    'commande commandes order orders marche marches ao appels partenaire partenaires partenariat partenariats partners ' +
    'partnership communication com marketing presse press media medias recrutement recruitement rh hr job jobs emploi emplois ' +
    'carriere carrieres careers candidature candidatures recrute stage stages ecrire courrier mail email web site europe ' +
    'international export accessibilite accessibility a11y securite security ' +
    'kenavo coucou hola ciao ahoy welcome bienvenue allo degemer demat agur aupa adishatz cabinet etude studio labo ' +
    'laboratoire usine ferme maison parts spareparts spares pieces piecesdetachees logistique logistics expedition ' +
    'livraison livraisons achat achats purchasing fournisseurs qualite quality qse qhse hse environnement rse csr labels ' +
    'abus abuse signalement vigie soc cert csirt noc astreinte urgence urgences incident incidents alerte alertes ops ' +
    'garage exploitation production planning rdv rendezvous reservation reservations booking location locations ' +
    'abonnement abonnements abonnes adhesion adhesions membres members usagers utilisateurs users ecole ecoles mairies ' +
    'collectivites elus pro pros particuliers professionnels revendeurs distributeurs resellers dealers dev devs ' +
    'developpement developers api produit produits product products recherche research science innovation labs juridique ' +
    'legal campus cours training inscription inscriptions evenement evenements events salon salons newsletter redaction ' +
    'journal blog libre opensource communaute community federation syndicat siege standard reception agences atelier ' +
    'ateliers fabrique fabrication installation installations installateur installateurs intervention interventions ' +
    'depannage reparation reparations service services consulting conseil expert experts expertise audit audits'
  ).split(' '),
)

/** What may stand beside such a word: "contact-fr", "info.lyon" no, since a name may be a person's. */
const BESIDE = new Set(
  'fr en eu uk de es it be ch france pro web site service services relation relations le la l nous'.split(' '),
)

const AT = String.raw`(?:@|\s?[[({<]\s?(?:at|a|à|arobase|arrobase|@|chez)\s?[\])}>]\s?|\s(?:at|arobase|AT|AROBASE)\s|\s@\s)`
const DOT = String.raw`(?:\.|\s?[[({<]\s?(?:dot|point|\.)\s?[\])}>]\s?|\s(?:dot|point|DOT|POINT)\s)`
const ADDRESS = new RegExp(
  String.raw`(?<![\p{L}\p{N}._%+-])([a-zA-Z][a-zA-Z0-9._+-]{1,40})${AT}([a-zA-Z0-9-]{1,63}(?:${DOT}[a-zA-Z0-9-]{1,63}){0,3}${DOT}[a-zA-Z]{2,24})(?![\p{L}\p{N}-])`,
  'gu',
)

/** The addresses of a text, obfuscated ones included: "contact [at] firme.fr", "contact (at) firme (point) fr". */
export const addressesIn = (text: string): readonly WrittenAddress[] =>
  [...text.matchAll(ADDRESS)].map(([written, local = '', domain = '']) => ({
    address: `${local}@${domain.replace(new RegExp(DOT, 'gu'), '.')}`.toLowerCase(),
    written,
  }))

/** Whether an address's local part names a role of the firm, not a person. */
export const isGenericAddress = (address: string): boolean => {
  const local = address.slice(0, address.indexOf('@'))
  const parts = local.split(/[._+-]/).filter(part => part !== '' && !/^\d{1,3}$/.test(part))
  return parts.some(part => GENERIC.has(part)) && parts.every(part => GENERIC.has(part) || BESIDE.has(part))
}
