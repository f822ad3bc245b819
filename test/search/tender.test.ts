import fc from 'fast-check'
import t from 'tap'
import { parseText } from '../../src/model/document.ts'
import { DEFAULT_WEIGHTS, type TenderBrick } from '../../src/model/tender.ts'
import { type Candidate, combinations, isMinimal } from '../../src/search/tender/combinations.ts'
import { createTenders } from '../../src/search/tender/create-tenders.ts'
import { readTender } from '../../src/search/tender/read-tender.ts'
import type { TenderChoices } from '../../src/search/tender/tenders.ts'
import { demonstrationSuppliers, engineOver } from '../support/demonstration.ts'

const TENDER = `CAHIER DES CLAUSES TECHNIQUES PARTICULIÈRES
Article 1 – Objet du marché
Le présent marché a pour objet la fourniture de capteurs de qualité de l’air intérieur dans les écoles.
La mesure du radon fait l’objet d’un autre marché.
Article 2 – Contexte
Les écoles disposent depuis 2021 d’un espace numérique de travail.
Article 3 – Prescriptions techniques
3.1 Transmission
Les mesures sont transmises sans recourir au Wi-Fi, par un réseau LoRaWAN.
La solution devra s’interfacer avec la GTC existante et avec l’annuaire LDAP.
Le candidat peut proposer une commande de la ventilation double flux.
Les alertes sont envoyées dans GLPI. Les réunions se tiennent en visioconférence.
3.2 Prestations
Ne sont pas compris dans le marché :
- la fourniture de vidéoprojecteurs ;
- la vidéoprotection.
Le titulaire est certifié ISO 27001. L’hébergeur est certifié ISO 9001 ou équivalent.
Le prestataire est implanté dans le département.
Le carnet sanitaire communal est tenu par le titulaire. Le carnet sanitaire communal est consultable.
Article 4 – Pénalités
La gestion électronique de documents n’échappe pas aux pénalités.
Article 5 – Options
Un affichage dynamique dans les halls.`

const reading = (text: string) => readTender(parseText(text), 'fr')
const statusOf = (bricks: readonly TenderBrick[]) => Object.fromEntries(bricks.map(({ id, status }) => [id, status]))

t.test('what is required, wished for, in place and left out is told apart', async t => {
  const { bricks, sections } = await reading(TENDER)
  t.match(statusOf(bricks), {
    'qualite-air-interieur': 'required',
    lorawan: 'required',
    'affichage-dynamique': 'optional',
    'ent-espace-numerique-travail': 'context',
    'annuaire-ldap': 'context',
    wifi: 'excluded',
    videoprotection: 'excluded',
  })
  const ids = bricks.map(brick => brick.id)
  t.notOk(ids.includes('ged'), 'administrative clauses ask for nothing')
  t.notOk(
    ids.some(id => id === 'visioconference'),
    'a means of meeting is not bought',
  )
  t.strictSame(
    sections.slice(-2).map(section => section.kind),
    ['administrative', 'need'],
  )
  for (const { evidence } of bricks) {
    for (const { span, sentence, section } of evidence) t.ok(sentence.includes(span) && sections[section] !== undefined)
  }
})

const SENTENCES: Readonly<Record<string, string>> = {
  'La ville souhaite se doter d’un réseau LoRaWAN.': 'required',
  'Le marché porte sur le remplacement du réseau LoRaWAN existant.': 'required',
  'Un réseau LoRaWAN serait apprécié.': 'optional',
  'La commune dispose d’un réseau LoRaWAN.': 'context',
  'Un réseau LoRaWAN est déjà en place.': 'context',
  'Le système devra être interopérable avec le réseau LoRaWAN.': 'context',
  'Le réseau LoRaWAN n’est pas concerné par le présent marché.': 'excluded',
  'Le marché ne comprend pas de réseau LoRaWAN.': 'excluded',
  'À l’exclusion du réseau LoRaWAN, tout est fourni.': 'excluded',
  'The contractor must provide a LoRaWAN network.': 'required',
  'A LoRaWAN network is out of scope.': 'excluded',
}

t.test('a sentence alone decides by its turn of phrase', async t => {
  for (const [sentence, status] of Object.entries(SENTENCES)) {
    const { bricks } = await reading(sentence)
    t.equal(statusOf(bricks)['lorawan'], status, sentence)
  }
})

t.test(
  'brands, origins and certificates without equivalent are found; terms beyond the vocabulary are offered',
  async t => {
    const { restrictions, terms } = await reading(TENDER)
    t.strictSame(
      restrictions.map(({ kind, span }) => [kind, span]),
      [
        ['brand', 'GLPI'],
        ['certificate-without-equivalent', 'ISO 27001'],
        ['origin', 'implanté dans le département'],
      ],
    )
    t.strictSame(
      terms.map(each => each.term),
      ['carnet sanitaire communal'],
    )
  },
)

/** Every set of suppliers that covers the goal, by trying them all. */
const bruteForce = (candidates: readonly Candidate[], goal: ReadonlySet<string>): number => {
  const reachable = [...goal].filter(brick => candidates.some(each => each.covers.has(brick)))
  let best = reachable.length === 0 ? 0 : Number.POSITIVE_INFINITY
  for (let mask = 1; mask < 2 ** candidates.length; mask++) {
    const set = candidates.filter((_, index) => mask & (1 << index))
    if (set.length < best && reachable.every(brick => set.some(each => each.covers.has(brick)))) best = set.length
  }
  return best
}

t.test('combinations are minimal and as small as trying every set finds', async () => {
  const bricks = Array.from({ length: 12 }, (_, index) => `b${index}`)
  const supplier = fc.record({ covers: fc.subarray(bricks, { maxLength: 5 }), value: fc.integer({ min: 0, max: 9 }) })
  fc.assert(
    fc.property(fc.array(supplier, { maxLength: 10 }), fc.subarray(bricks), (suppliers, asked) => {
      const candidates = suppliers.map(({ covers, value }, id) => ({ id: String(id), covers: new Set(covers), value }))
      const goal = new Set(asked)
      const found = combinations(candidates, goal, { size: 12 })
      const reachable = new Set(asked.filter(brick => candidates.some(each => each.covers.has(brick))))
      const covering = found.every(set => [...reachable].every(brick => set.some(each => each.covers.has(brick))))
      const ordered = found.every((set, index) => index === 0 || set.length >= (found[index - 1]?.length ?? 0))
      return (
        (found[0]?.length ?? 0) === bruteForce(candidates, goal) &&
        covering &&
        ordered &&
        found.every(set => isMinimal(set, reachable))
      )
    }),
    { numRuns: 150 },
  )
})

const CHOICES: TenderChoices = { filters: {}, weights: DEFAULT_WEIGHTS, statuses: new Map(), terms: [] }

t.test('the matrix says of every cell what the profile says, and unknown is never a silent zero', async t => {
  const suppliers = await demonstrationSuppliers()
  const engine = await engineOver(t, suppliers)
  const tenders = createTenders(engine, () => [])
  const analyse = (choices: Partial<TenderChoices> = {}) =>
    tenders.analyse(parseText(TENDER), { ...CHOICES, ...choices }, 'fr')
  const result = await analyse()

  const asked = result.bricks.filter(brick => brick.suppliers !== undefined).map(brick => brick.id)
  t.ok(asked.includes('lorawan') && result.matrix.length > 3)
  for (const row of result.matrix) {
    t.strictSame(
      row.cells.map(cell => cell.brick),
      asked,
    )
    for (const cell of row.cells) {
      if (cell.coverage === 'unknown') t.strictSame(cell.passages, [])
      else t.ok(cell.passages.every(({ sourceUrl, retrievedAt }) => sourceUrl !== '' && retrievedAt !== ''))
    }
  }
  for (const { suppliers: set, covers, shares } of result.combinations) {
    const rows = result.matrix.filter(row => set.includes(row.supplier.siren))
    t.equal(rows.length, set.length, 'who is proposed stands in the matrix')
    for (const brick of covers) {
      t.ok(rows.some(row => row.cells.some(cell => cell.brick === brick && cell.coverage !== 'unknown')))
    }
    t.ok(shares.every(share => share.bricks.length > 0))
  }

  const weighed = await analyse({ weights: { ...DEFAULT_WEIGHTS, cyber: 3 } })
  const silent = weighed.matrix.find(row => row.explanation.some(line => !line.known))
  t.ok(silent && silent.range.least < silent.score && silent.score < silent.range.most)
  for (const { score, explanation } of weighed.matrix) {
    t.equal(Math.round(explanation.reduce((sum, line) => sum + line.value, 0) * 100) / 100, score)
  }
  t.match(result.notice, 'ne vaut ni sélection des candidatures ni analyse des offres')
  t.notMatch(JSON.stringify(result.warnings.map(warning => warning.wording)), /GLPI/)

  const corrected = await analyse({ statuses: new Map([['lorawan', 'excluded']]), terms: ['qualité de l’eau'] })
  t.notOk(corrected.matrix[0]?.cells.some(cell => cell.brick === 'lorawan'))
  t.ok(corrected.matrix[0]?.cells.some(cell => cell.brick === 'terme:qualité de l’eau'))

  const [first] = result.matrix
  const chosen = first ? [first.supplier.siren] : []
  const { missing } = await analyse({ missing: { text: 'affichage dynamique', chosen } })
  t.equal(missing?.brick, 'affichage-dynamique')
  t.notOk(missing?.suppliers.some(each => chosen.includes(each.supplier.siren)))
})
