import fc from 'fast-check'
import t from 'tap'
import { claimsCapability } from '../../src/text/capability.ts'

/** Sentences with the mention between square brackets; a bracket is no part of the sentence. */
const claims = (marked: string): boolean => claimsCapability(marked.replace(/[[\]]/g, ''), marked.indexOf('['))

t.test('a sentence that says what the firm supplies claims it', async t => {
  for (const marked of [
    'Nous fabriquons des [capteurs de CO2] pour les écoles.',
    'Depuis 2015, l’entreprise conçoit des [jumeaux numériques] de quartiers.',
    'Nous intégrons la [télémédecine] dans les EHPAD depuis dix ans.',
    'Le [chatbot] répond sans délai aux usagers.',
    'Un [drone] sans pilote à bord surveille les cultures.',
    'Une solution de [vidéoprotection] sans reconnaissance faciale.',
    'Nous proposons des [exosquelettes], sans moteur ni batterie.',
    'Notre logiciel de [gestion de flotte] tourne sans abonnement.',
    'Le seul [composteur électromécanique] sans odeur.',
    'Cette [intelligence artificielle] n’envoie rien hors de France.',
    'Nos [vélos électriques] ne nécessitent aucun entretien.',
    'We build [air quality sensors] for schools.',
    'Our [drone] never needs a pilot.',
    'We design [smart lockers] that work without mains power.',
  ]) {
    t.ok(claims(marked), marked)
  }
})

t.test('a denial of something else ends with its clause', async t => {
  for (const marked of [
    'Ne cherchez plus : nos [capteurs] mesurent tout.',
    'Nous ne vendons pas de matériel, mais un [logiciel de GMAO].',
    'Pas besoin de câble : le [capteur LoRaWAN] envoie ses mesures par radio.',
    'L’application ne demande aucune formation ; la [réalité virtuelle] fait le reste.',
    'Aucun fil, aucune pile : ce [capteur] se recharge à la lumière.',
    'Non seulement une [GED], mais aussi un coffre-fort numérique.',
    'La [cybersécurité] n’est plus réservée aux grands comptes.',
    'Sans installation lourde, notre [borne de recharge] se pose en une heure.',
    'Hors ligne, l’[application mobile] fonctionne aussi.',
    'No code needed: our [chatbot] is ready in an hour.',
    'Without any wiring, our [smart meter] reads water every hour.',
    'We sell no hardware but a [fleet management software].',
  ]) {
    t.ok(claims(marked), marked)
  }
})

t.test('words of denial that deny nothing do not count', async t => {
  for (const marked of [
    'La plateforme ne se limite pas à la [signature électronique].',
    'Sans oublier la [maintenance prédictive] de vos machines.',
    'Notre équipe n’a cessé d’améliorer son [logiciel de planification].',
    'N’attendez plus pour installer votre [borne de recharge].',
    'Il n’y a pas plus simple que notre [billettique].',
    'The platform is not only a [CRM] but also a call centre.',
  ]) {
    t.ok(claims(marked), marked)
  }
})

t.test('others may be named beside what the firm itself supplies', async t => {
  for (const marked of [
    'Nos clients apprécient la simplicité de nos [capteurs de niveau].',
    'Nos clients disposent d’un [tableau de bord] en ligne.',
    'Plus de 300 communes nous font confiance pour leur [éclairage public].',
    'Nos partenaires installateurs posent nos [panneaux photovoltaïques] partout en France.',
    'Compatible avec tous les navigateurs, notre [ENT] s’ouvre en un clic.',
    'Contrairement aux solutions américaines, notre [visioconférence] est hébergée en France.',
    'Notre [GED] est compatible avec les principaux annuaires.',
    'Our customers use our [parking sensors] every day.',
  ]) {
    t.ok(claims(marked), marked)
  }
})

t.test('what is denied before it is named is not claimed', async t => {
  for (const marked of [
    'Nous ne fournissons pas de [capteurs].',
    'Nous ne vendons pas de [purificateurs d’air] : le conseil porte sur l’aération.',
    'Nos capteurs ne mesurent ni le [radon] ni le formaldéhyde.',
    'Nos capteurs ne mesurent ni le radon ni le [formaldéhyde].',
    'Le service fonctionne sans [reconnaissance faciale].',
    'Aucun [drone] n’est utilisé pour nos relevés.',
    'L’offre ne comprend pas la [télémaintenance].',
    'Nous n’hébergeons pas de [données de santé].',
    'Nous n’éditons aucun [logiciel de paie].',
    'L’hébergement est assuré hors [cloud souverain].',
    'Pose incluse, sauf [photovoltaïque].',
    'Notre outil n’est pas un [ERP].',
    'Il ne s’agit pas d’une [GED].',
    'Nous ne faisons plus de [drones] depuis 2019.',
    'Nous ne proposons pas encore de [signature électronique].',
    'Nous n’avons jamais vendu de [caméras].',
    'Ce n’est ni un [CRM] ni un tableur.',
    'Pas de [caméra], pas de micro : un radar compte les passages.',
    'Pas de caméra, pas de [reconnaissance faciale].',
    'Nous ne sommes pas un fabricant de [batteries].',
    'Hormis la [billettique], tout est fourni.',
    'À l’exception de la [télémédecine], tous les modules sont compris.',
    'We do not supply [sensors].',
    'We don’t sell [drones].',
    "We don't sell [drones].",
    'Our software doesn’t include a [chatbot].',
    'There is no [facial recognition] in our cameras.',
    'It works without [GPS].',
    'We no longer offer [web hosting].',
    'Our product is not a [CRM].',
    'Neither [blockchain] nor tokens are used.',
  ]) {
    t.notOk(claims(marked), marked)
  }
})

t.test('what is denied after it is named is not claimed', async t => {
  for (const marked of [
    'La [reconnaissance faciale] n’est pas proposée.',
    'La fourniture des [bornes de recharge] n’est pas comprise.',
    'Les [panneaux photovoltaïques] ne font pas partie de notre offre.',
    'La [télémaintenance] n’est pas incluse.',
    '[Video surveillance] is not part of our offer.',
    '[Web hosting] is not included.',
  ]) {
    t.notOk(claims(marked), marked)
  }
})

t.test('what clients, partners and competitors do, or what the product works with, is not claimed', async t => {
  for (const marked of [
    'Nos clients : fabricants de [drones], hôpitaux, écoles.',
    'Nos partenaires : un éditeur de [logiciel de paie] et un intégrateur.',
    'Nos références : une régie de [transport à la demande], deux ports.',
    'Ils nous font confiance : la direction de la [mobilité], un port de pêche.',
    'Nos concurrents vendent des [capteurs] filaires.',
    'Contrairement aux [purificateurs d’air], la ventilation renouvelle l’air.',
    'À la différence d’un [chatbot], notre conseiller est une personne.',
    'Compatible avec les principaux [ERP] du marché.',
    'Interfaçable avec votre [GMAO].',
    'S’interface avec votre [GMAO].',
    'La pose est confiée à un installateur de [panneaux solaires].',
    'La [cybersécurité] est sous-traitée à un partenaire.',
    'Trusted by leading [cybersecurity] companies.',
    'Compatible with most [CRM] systems.',
    'Our customers: makers of [drones], hospitals, schools.',
  ]) {
    t.notOk(claims(marked), marked)
  }
})

t.test('any sentence and any place in it get an answer, the same one twice', async () => {
  const words = fc.constantFrom('sans', 'ne', 'n’', 'pas', 'mais', ':', ',', 'nos clients', 'drone', '\u0301', '\uD800')
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.array(words, { maxLength: 20 }).map(all => all.join(' ')),
      ),
      fc.nat({ max: 220 }),
      (sentence, start) => {
        const answer = claimsCapability(sentence, start)
        return typeof answer === 'boolean' && answer === claimsCapability(sentence, start)
      },
    ),
  )
})
