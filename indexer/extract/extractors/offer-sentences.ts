import { splitSentences } from '../../../src/text/passages.ts'
import { anchorOf, excerptOf } from '../sentences.ts'
import type { OfferMention } from './offer-mention.ts'
import type { PlacedBlock } from './outline.ts'
import { oneLine } from './plain-text.ts'

const NOUN =
  "(?:logiciels?|plateforme|plate-forme|capteur|sonde|passerelle|application|solution|suite|outil|boîtier|borne|balise|progiciel|service|système|messagerie|produit|robot|drone|software|platform|sensor|gateway|app|tool|product|device)"

const PROPER = String.raw`(?<name>\p{Lu}[\p{L}\d]{0,30}(?:[-'’.][\p{L}\d]{1,30}){0,3}(?:\s(?:\p{Lu}|\d)[\p{L}\d-]{0,30}){0,2})`

/** "notre plateforme Vigie", "nos capteurs AquaSense": the firm's own, by name. */
const OUR = new RegExp(String.raw`(?<!\p{L})(?:[Nn]otre|[Nn]os|[Oo]ur)\s${NOUN}(?:\s(?:libres?|connectée?s?|autonomes?|mobile|métier|logicielle|phare|souveraine?))?(?:\s(?:de\s|d['’])\p{Ll}[\p{L}’'-]{2,20}){0,2}\s(?:«\s?)?${PROPER}`, 'gu')

/** "Vigie, notre plateforme de …" */
const APPOSED = new RegExp(String.raw`(?<![\p{L}\d]\s|[\p{L}\d])${PROPER}(?:\s»)?,\s(?:notre|our)\s(?:\p{Ll}{3,12}\s)?${NOUN}(?!\p{L})`, 'gu')

/** "Nous éditons Vigie, un logiciel …" */
const MADE = new RegExp(
  String.raw`(?<!\p{L})(?:[Nn]ous|[Ww]e)\s(?:éditons|fabriquons|développons|commercialisons|concevons|publions|publish|make|develop|sell)(?:\s(?:et|and)\s\p{Ll}{4,16})?\s${PROPER},\s(?:un|une|le|la|des|a|an|the)\s`,
  'gu',
)

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

const MAX_SENTENCE = 600

/** The products that sentences name as the firm's own: "notre plateforme Vigie", "nous éditons Vigie, un logiciel …". */
export const offersInSentences = (placed: readonly PlacedBlock[]): readonly OfferMention[] =>
  placed.flatMap(({ block, level }) =>
    level !== undefined || block.part === 'footer' || block.kind === 'quote' || !WORTH.test(block.text) || /^\s*[«“"]/u.test(block.text)
      ? []
      : splitSentences(block.text).flatMap(raw => {
          const sentence = oneLine(raw).slice(0, MAX_SENTENCE)
          return [OUR, APPOSED, MADE].flatMap(pattern =>
            [...sentence.matchAll(pattern)].map(match => match.groups?.['name'] ?? '').filter(isOwnKind).map(name => ({
              kind: 'product' as const,
              name,
              description: excerptOf(sentence),
              excerpt: excerptOf(sentence),
              ...anchorOf(block),
            })),
          )
        }),
  )
