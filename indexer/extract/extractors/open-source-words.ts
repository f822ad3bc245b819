/** Free software that many firms build on, host or integrate: what is said of it is not said of the firm's product. */
const COMMON =
  'glpi|nextcloud|owncloud|odoo|postgres(?:ql)?|postgis|linux|wordpress|woocommerce|drupal|joomla|moodle|proxmox|zabbix|centreon|' +
  'keycloak|openstreetmap|qgis|geoserver|leaflet|openlayers|mattermost|matomo|jitsi|libreoffice|alfresco|dolibarr|debian|' +
  'ubuntu|kubernetes|docker|mariadb|mysql|nginx|grafana|prometheus|ansible|terraform|openstack|ceph|jenkins|elasticsearch|' +
  'opensearch|kafka|tensorflow|pytorch|django|symfony|laravel|react|vue\\.js|angular|bootstrap|font awesome|jquery|' +
  'fontello|material icons|feather|chirpstack|mosquitto|node-red|thingsboard|home assistant|arduino|freertos|zephyr|superset|' +
  'metabase|kibana|wazuh|opnsense|pfsense|ckan|decidim|xwiki|bluemind|zimbra|onlyoffice|collabora|rocket\\.chat|element|' +
  'matrix|peertube|mastodon|discourse|prestashop|magento|sylius|spip|typo3|ghost|hugo|jekyll|llama|mistral|whisper|spacy'

/** Whether a text (`plain`) names free software of others. */
export const COMMON_SOFTWARE = new RegExp(`(?<![a-z0-9])(?:${COMMON})(?![a-z0-9])`)

const USES =
  /\b(?:utilis\w+|s'appui\w+|appuyee?s?|(?:bas|fond)(?:e|ee|es|ees) sur|repos(?:e|ent|ant) sur|construite?s? (?:sur|avec|autour)|developpee?s? (?:avec|sur)|propulsee?s? par|exploit\w+|integr\w+|compatibles?|s'interface\w*|icones?|police|polices|typographie|theme|themes|fonds? de carte|cartographie|(?:bibliotheques?|librairies?) (?:tierces?|externes?|utilisees?)|dependances?|composants? (?:tiers|libres|logiciels)|embarqu\w+|embeds?|bundles?|ships? with|contient|s'adosse\w* a|fait appel a|font appel a|reuni\w+|assembl\w+|repren\w+|leurs? auteurs?|their authors'?|s'inspir\w+|connecteurs? (?:vers|pour)|(?:le|un|du|au|l'autre) (?:projet|outil|logiciel|moteur|editeur) libre (?=[a-z0-9.-]+ \()|a base de|tiers|third-party|uses?|using|built (?:on|with|upon)|based on|relies on|powered by|icons?|fonts?|dependenc(?:y|ies)|components?)\b/

/** The words before what a product merely uses, and what says that a part is another's: "le serveur est ChirpStack". */
export const BUILT_ON = new RegExp(`${USES.source}|\\b(?:est|sont|is|are) (?:${COMMON})(?![a-z0-9])`, 'g')

/** The firm publishes what it makes. */
export const PUBLISHES =
  /\b(?:est|sont|reste|restent|demeure|nous (?:le |la |les |l'|en )?(?:avons )?(?:publi\w+|distribu\w+|diffus\w+|liber\w+|developp\w+|edit\w+)|is|are|remains?|we (?:have )?(?:publish\w*|release\w*|distribut\w+|develop\w*|open-?sourced))\b|\b(?:notre|nos|our) (?:propre |own )?(?:code|logiciel|produit|plateforme|solution|firmware|moteur|sdk|api|client|software|product|platform|suite|outil|application)/

/** Not yet, no longer, asked, or somebody else's. */
export const NOT_PUBLISHED =
  /\?\s*$|\b(?:prochainement|bientot|d'ici|a venir|sera|seront|(?:ouvrir|publier|liberer|diffuser|distribuer|passer|rendr)(?:a|ons|ont)|prevoyons|prevu\w*|envisag\w+|souhait\w+|travaillons|soon|will be|planned|plan to|by 20\d\d)\b|\b(?:n'est|ne sont|ne sommes|n'etait) (?:pas|plus)\b|\b(?:not|isn't|no longer|aren't) (?:\w+ )?open|\bproprietaires? et non\b|\b(?:contrairement|a la difference|concurrents?|alternatives? (?:aux?|a))\b|\bfork(?:s|ed)? d|\bcontribu\w+|\bpolices?\b|\b(?:etait|etaient|autrefois|jadis|jusqu'en|was|were|used to be|formerly)\b/

const MADE =
  '(?:logiciel|plateforme|plate-forme|solution|outil|suite|application|erp|crm|moteur|framework|firmware|capteur|materiel|passerelle|portail|progiciel|cms|sig|bibliotheque|produit|projet|boitier|carte|serveur|messagerie|editeur de texte|gestionnaire|systeme|software|platform|tool|engine|library|hardware|sensor|gateway|product|stack|sdk)s?'
const FREE = '(?:libres?|open[- ]?source|sous licence libre|a code (?:source )?ouvert)'
/** Words between: "notre plateforme de supervision 100 % open source". */
const WORDS = (most: number): string => `(?:[a-z0-9'’%-]{1,20} ){0,${most}}?`

const anyOf = (...patterns: readonly string[]): RegExp => new RegExp(patterns.join('|'))

/** The firm says that what it makes is free software, without a licence's name. */
export const IS_OPEN_SOURCE = anyOf(
  String.raw`\b(?:notre|nos|our) ${WORDS(2)}${MADE} ${WORDS(4)}${FREE}(?! (?:de|d') donnees)\b`,
  String.raw`\b(?:notre|nos|our) (?:${FREE}|free) ${MADE}\b`,
  String.raw`\b(?:est|sont|reste|restent|demeure|is|are|remains) (?:donc |aussi |desormais |entierement |totalement |integralement |fully |entirely |also |un |une |des |le |la |a |an |100 ?% ){0,3}(?:${MADE} ){0,1}${WORDS(3)}${FREE}\b(?! (?:d'acces|de droits?|et gratuit d'acces|service))`,
  String.raw`\bcode (?:source (?:de [a-z0-9'-]{1,30} )?)?(?:est |reste |entierement |integralement |is )*(?:public|ouvert|publie|libre|disponible sur|accessible sur|consultable|auditable|available|open)\b`,
  String.raw`\bcode d(?:e |')(?!conduite|deontologie|la |l'|bonne)[a-z0-9'-]{1,30} (?:est|reste) (?:public|ouvert|libre|consultable)\b`,
  String.raw`\b(?:nous |we )(?:publions|liberons|ouvrons|publish|release|open-source)\b[^.;]{0,60}\b(?:code|sources|open[- ]?source|libres?)\b`,
  String.raw`\b(?:publie|distribue|diffuse|libere|developpe|propose|released|published|distributed)(?:e|s|es)? (?:en|sous|comme|as|under) (?:licence |a |an )?(?:libre|open[- ]?source|logiciels? libres?|free software)`,
  String.raw`\bediteur (?:francais |independant )*(?:de (?:logiciels?|solutions?) (?:metiers? )?(?:libres?|open[- ]?source)|open[- ]?source)|\bopen[- ]source (?:software )?(?:publisher|vendor|company)\b`,
  // "Kerlann, le logiciel libre de gestion des eaux": what stands before the comma or dash is the product.
  String.raw`[a-z0-9]\)?(?:,| :| -| –| —| \|) ?(?:le |la |l'|un |une |the |an |a )(?:premi(?:er|ere) |seule? )?(?:${MADE} ${WORDS(3)}${FREE}|(?:open[- ]?source|free) ${WORDS(2)}${MADE})\b`,
  `^(?:le |la |l'|un |une |the |an |a )?(?:logiciel|plateforme|solution|suite|outil|application) (?:metier )?${FREE} (?:de |d'|pour |qui )`,
  // An entry of a list: "logiciel embarqué libre, compilable par vous".
  `^(?:le |la |l'|un |une )?(?:logiciel|micrologiciel|micro-logiciel|firmware|code|application|serveur|passerelle|client|schemas?|plans?|software|hardware) (?:embarque|source|metier|serveur|mobile|interne)? ?(?:est |entierement |100 ?% )?${FREE}(?:$|[,:;.!(]| et )`,
  String.raw`\b(?:le|la|les|tout le|notre) (?:code|logiciel|micrologiciel|firmware|schemas?|plans?|moteur)s? (?:est|sont) (?:desormais |entierement |aussi )?(?:libres?|ouverts?|publies?|en acces libre)\b`,
  `^(?:the |an |a )?open[- ]source ${WORDS(2)}${MADE}(?: for | to | that |$)`,
  `^(?:100 ?% |entierement |fully |un |une |logiciel |solution |code |plateforme ){1,2}(?:${FREE}|logiciels? libres?)(?: et (?:souveraine?|francaise?|gratuite?|auditable))?[.!]?$`,
)

/** Most sentences have none of the words that `IS_OPEN_SOURCE` needs: one short search spares it. */
export const MAY_BE_OPEN_SOURCE = /libre|open|code|ouvert|publie|sources|free|acces/

/** Talk of the trade, of using and of integrating what others make. */
export const ABOUT_OTHERS =
  /\b(?:integrateur|integration de|specialistes?|experts?|expertise|prestataires?|societe de services|ssll|esn|migr\w+|formations?|conseil|deployons|deploie|installons|hebergeons|nous (?:utilisons|integrons|deployons|maintenons|privilegions|accompagnons)|solutions? (?:libres?|open[- ]?source) (?:du marche|existantes?|reconnues?|comme|telles?|de reference)|communaute (?:du )?(?:logiciel )?libre|mouvement|philosophie|valeurs du|pourquoi|avantages|choisir|comme|integrator|we use|we deploy|consult\w+)\b/
