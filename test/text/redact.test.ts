import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import t from 'tap'
import { redactPersonalData } from '../../src/text/redact.ts'

t.test('e-mail addresses are taken out, written plainly or disguised', async t => {
  for (const address of [
    'jean.martin@brique.example',
    'prénom.nom+essai@sous.domaine.example.fr',
    'contact [at] brique.example',
    'contact (arobase) brique (point) example',
  ]) {
    t.equal(redactPersonalData(`Écrire à ${address}, merci.`), 'Écrire à [adresse retirée], merci.', address)
  }
  t.equal(redactPersonalData('a@b.fr0c@d.fr1e@f.fr'), '[adresse retirée]', 'glued addresses')
  for (const name of ['Pl@ntNet', 'le projet @LEAST', 'Cont@ct center']) t.equal(redactPersonalData(name), name)
})

t.test('phone numbers are taken out in French and international forms', async t => {
  for (const phone of [
    '01 23 45 67 89',
    '06.12.34.56.78',
    '06-12-34-56-78',
    '0612345678',
    '+33 6 12 34 56 78',
    '+33(0)1 23 45 67 89',
    '0033 612345678',
    '0 800 123 456',
    '01\u00A023\u00A045\u00A067\u00A089',
    '+32 475 12 34 56',
    '+1 514 555 1234',
  ]) {
    t.equal(redactPersonalData(`Appelez le ${phone}.`), 'Appelez le [numéro retiré].', phone)
  }
  t.equal(redactPersonalData('Tél. : 0612 34 56 78'), 'Tél. : [numéro retiré]')
})

t.test('registry numbers, years, amounts and versions stay', async t => {
  for (const text of [
    'SIREN 552 032 534, SIRET 552 032 534 00012 et 05520325300012',
    'n° 0123456789 du lot 0123456789-A',
    'de 2015 à 2020, 1 234 567,89 €, +10 000 000 € et 10 à 20 000 000',
    'version 1.2.3.4, le 01/02/2023 à 10:20, départements 01 02 03 04 05',
    'ISBN 0316769487',
    '0694924529',
  ]) {
    t.equal(redactPersonalData(text), text)
  }
})

t.test('people are taken out after a title', async t => {
  t.equal(
    redactPersonalData('Selon M. Dupont, Mme Le Goff et le Pr. Jean VALMIER du CNRS'),
    'Selon [personne], [personne] et le [personne] du CNRS',
  )
  t.equal(redactPersonalData('l’équipe du Dr Émile-Jean Roussel (Lyon)'), 'l’équipe du [personne] (Lyon)')
  t.equal(redactPersonalData('les Dr L. Turchi, T. Petit et Anne de La Tour, chercheurs'), 'les [personne], chercheurs')
})

t.test('founders are taken out, companies are not', async t => {
  t.equal(
    redactPersonalData('Fondée en 2021 par Jean-Luc Petit et Zora Khan, la société'),
    'Fondée en 2021 par [personne], la société',
  )
  for (const text of [
    'un projet porté par Schneider Electric et Air Liquide',
    'créée par Sorbonne Université, dirigée par la SATT',
    'menés par Télécom Paris',
  ]) {
    t.equal(redactPersonalData(text), text)
  }
})

t.test('a given and a family name beside a function, or alone on a line, are taken out', async t => {
  for (const [text, kept] of [
    ['Jeanne Roy, directrice des achats, Ville de Lannion', '[personne], directrice des achats, Ville de Lannion'],
    ['« Très bien » — Paul Petit (CTO)', '« Très bien » — [personne] (CTO)'],
    ['Notre directrice Claire Martin vous répond', 'Notre directrice [personne] vous répond'],
    ['Contact : Julie Morel', 'Contact : [personne]'],
    ['Anne Roy', '[personne]'],
  ] as const) {
    t.equal(redactPersonalData(text), kept)
  }
  for (const text of [
    'Lycée Marie Curie, directeur',
    'Saint Martin, commune',
    'Florence, responsable',
    'Paris, maire',
  ]) {
    t.equal(redactPersonalData(text), text)
  }
})

t.test('streets, units and product names are no people', async t => {
  for (const text of [
    '12 rue du Docteur Roux et collège Monsieur Vincent',
    'La phase M. Les essais suivent. 11 M de patients, le réseau M2M Orange, J. M. Keck',
    'un DR Inserm, LC-MS Orbitrap, Dr. de recherche',
  ]) {
    t.equal(redactPersonalData(text), text)
  }
})

t.test('no address survives, whatever surrounds it', async () => {
  const part = fc.constantFrom(
    'M. ',
    'Dr ',
    'Jean ',
    'Dupont',
    ', ',
    ' et ',
    'fondée par ',
    '01 23 45 67 89',
    'a@b.fr',
    '@',
    '+33 ',
    '0',
    '. ',
    'é',
  )
  fc.assert(
    fc.property(fc.string({ unit: part, maxLength: 30 }), text => !/[\w.]@\w+\.fr/.test(redactPersonalData(text))),
    { numRuns: 2000 },
  )
})

const laureates = fileURLToPath(new URL('../../../shared/data/ilab/ilab_laureats.jsonl', import.meta.url))

t.test(
  'in twenty-five years of published laureates it finds people, and no address or number',
  { skip: existsSync(laureates) ? false : 'the laureates of ../shared/data are absent' },
  async t => {
    const redacted = redactPersonalData(readFileSync(laureates, 'utf8'))
    const people = redacted.match(/\[personne\]/g)?.length ?? 0
    t.ok(people > 100 && people < 150, `${people} replacements`)
    t.notMatch(redacted, /\[(?:adresse|numéro) retirée?\]/)
  },
)
