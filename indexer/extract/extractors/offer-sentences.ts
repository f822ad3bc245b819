import { nameKey } from '../../../src/text/name-key.ts'
import { anchorOf, excerptOf, sentencesIn } from '../sentences.ts'
import type { OfferMention } from './offer-mention.ts'
import { isProperName } from './offer-names.ts'
import type { PlacedBlock } from './outline.ts'
import { oneLine } from './plain-text.ts'

const NOUN =
  '(?:logiciels?|plateforme|plate-forme|capteur|sonde|passerelle|application|solution|suite|outil|boîtier|borne|balise|progiciel|service|système|messagerie|produit|offre|gamme|formule|abonnement|contrat|pack|kit|module|assistant|chatbot|parapheur|portail|automate|machine|robot|drone|software|platform|sensor|gateway|app|tool|product|device)'

const PROPER = String.raw`(?<name>\p{Lu}[\p{L}\d]{0,30}(?:[-'’.][\p{L}\d]{1,30}){0,3}(?:\s(?:\p{Lu}|\d)[\p{L}\d-]{0,30}){0,2})`

/** "notre plateforme Vigie", "nos capteurs AquaSense": the firm's own, by name. */
const OUR = new RegExp(
  String.raw`(?<!\p{L})(?:[Nn]otre|[Nn]os|[Oo]ur)\s${NOUN}(?:\s(?:libres?|connectée?s?|autonomes?|mobile|métier|logicielle|phare|souveraine?))?(?:\s(?:de\s|d['’])\p{Ll}[\p{L}’'-]{2,20}){0,2}\s(?:«\s?)?${PROPER}`,
  'gu',
)

/** "Vigie, notre plateforme de …" */
const APPOSED = new RegExp(
  String.raw`(?<![\p{L}\d]\s|[\p{L}\d])${PROPER}(?:\s»)?,\s(?:notre|our)\s(?:\p{Ll}{3,12}\s)?${NOUN}(?!\p{L})`,
  'gu',
)

/** "Nous éditons Vigie, un logiciel …" */
const MADE = new RegExp(
  String.raw`(?<!\p{L})(?:[Nn]ous|[Ww]e)\s(?:éditons|fabriquons|développons|commercialisons|concevons|publions|publish|make|develop|sell)(?:\s(?:et|and)\s\p{Ll}{4,16})?\s${PROPER},\s(?:un|une|le|la|des|a|an|the)\s`,
  'gu',
)

/** "un boîtier baptisé Ondine", "a sensor called TideLog". */
const CALLED = new RegExp(
  String.raw`(?<!\p{L})${NOUN}(?:\s\p{Ll}[\p{L}’'-]{2,20}){0,3},?\s(?:baptisée?s?|nommée?s?|appelée?s?|dénommée?s?|called|named)\s(?:«\s?)?${PROPER}`,
  'gu',
)

/** "le capteur Ondine", "la plateforme Vigie": the firm's own when a title or link of the page has that name too. */
const THE = new RegExp(
  String.raw`(?<!\p{L})(?:[Ll]e|[Ll]a|[Ll]es|[Uu]ne?|[Cc]ette?|[Cc]es|[Dd]es|[Dd]u|[Tt]he|[Ll]['’])\s?${NOUN}\s(?:«\s?)?${PROPER}`,
  'gu',
)

/** "deux Sonde Six", "la Borne Delta": a noun of products with a capital within a sentence is a name. */
const NAMED =
  /(?<=\p{Ll}\s)(?<name>(?:Sonde|Borne|Boîtier|Capteur|Bracelet|Station|Balise|Passerelle|Cellule|Table|Pack|Kit|Module|Assistant|Carnet|Cahier|Suite|Portail|Coffre|Robot|Drone)s?\s(?:\p{Lu}\p{Ll}[\p{L}\d-]{1,30}|\p{Lu}?\d{1,4}))(?![\p{L}\d])/gu

/** "en formule Continuité", "le pack Sérénité". */
const FORMULA =
  /(?<!\p{L})(?:formule|pack|package)\s(?:«\s?)?(?<name>\p{Lu}\p{Ll}{3,20}(?:\s\p{Lu}\p{Ll}{2,20})?)(?![\p{L}\d])/gu

const LISTED =
  /(?<!\p{L})(?:[Nn]os|[Oo]ur|[Dd]eux|[Tt]rois|[Qq]uatre|[Cc]inq)\s(?:produits|logiciels|capteurs|applications|gammes|solutions|modules|appareils|products|apps|sensors)(?:\s[\p{Ll}]{3,14})?\s?:\s(?<names>[^.;:]{5,200})/gu

/** "Nos logiciels : Vigie, Ondine et Paco". */
const listedNames = (sentence: string): readonly string[] =>
  [...sentence.matchAll(LISTED)].flatMap(match => {
    const names = (match.groups?.['names'] ?? '').split(/,\s|\s(?:et|and|&|ou)\s/u).map(name => name.trim())
    return names.length > 1 && names.every(name => isProperName(name)) ? names : []
  })

/** What a firm's solution runs on or is: no name of its own. Lower case. */
const COMMON = new Set(
  (
    'saas iot lorawan lora android ios linux windows web cloud ia ai api open opensource bluetooth zigbee gps nb-iot lte-m sig erp crm gmao ' +
    'ent ged sirh hds iso rgpd gdpr client clients support nextcloud glpi odoo moodle matrix peertube wordpress drupal kubernetes ' +
    'openstack proxmox docker postgresql sigfox knx bacnet modbus mqtt opc usb wifi wi-fi ethernet france french français française europe ' +
    'excel microsoft google sap salesforce voip ip vpn ssl poe dect rfid nfc uhf'
  ).split(' '),
)

const isOwnKind = (name: string): boolean => !COMMON.has(name.toLowerCase().split(/[ '’]/u)[0] ?? '')

/** What every such sentence has; most sentences have not, and the patterns are dear. */
const WORTH = /\b(?:notre|nos|our|nous|we)\b/i

/** What stands in most of the patterns; a short search rules them out for most sentences. */
const HAS_NOUN = new RegExp(NOUN)
const HAS_NAMED_NOUN =
  /Sonde|Borne|Boîtier|Capteur|Bracelet|Station|Balise|Passerelle|Cellule|Table|Pack|Kit|Module|Assistant|Carnet|Cahier|Suite|Portail|Coffre|Robot|Drone/

const namesBy = (pattern: RegExp, sentence: string): readonly string[] =>
  [...sentence.matchAll(pattern)].map(match => match.groups?.['name'] ?? '')

const MAX_SENTENCE = 600

/** The products that sentences name as the firm's own: "notre plateforme Vigie", "nous éditons Vigie, un logiciel …". */
export const offersInSentences = (
  placed: readonly PlacedBlock[],
  titles: ReadonlySet<string>,
): readonly OfferMention[] =>
  placed.flatMap(({ block, level }) =>
    level !== undefined || block.part === 'footer' || block.kind === 'quote' || /^\s*[«“"]/u.test(block.text)
      ? []
      : sentencesIn(block).flatMap(raw => {
          const sentence = oneLine(raw).slice(0, MAX_SENTENCE)
          const hasNoun = HAS_NOUN.test(sentence)
          const own = WORTH.test(sentence)
            ? (hasNoun ? [OUR, APPOSED, MADE, CALLED] : [MADE]).flatMap(pattern => namesBy(pattern, sentence))
            : []
          const titled = hasNoun ? namesBy(THE, sentence).filter(name => titles.has(nameKey(name))) : []
          return [
            ...own,
            ...titled,
            ...(HAS_NAMED_NOUN.test(sentence) ? namesBy(NAMED, sentence) : []),
            ...(/formule|pack/.test(sentence) ? namesBy(FORMULA, sentence) : []),
            ...(sentence.includes(':') ? listedNames(sentence) : []),
          ]
            .filter(isOwnKind)
            .map(name => ({
              kind: 'product' as const,
              name,
              description: excerptOf(sentence),
              excerpt: excerptOf(sentence),
              ...anchorOf(block),
            }))
        }),
  )
