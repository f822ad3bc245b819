import t from 'tap'
import { resolvePlace } from '../../src/search/place.ts'

/** The label of the place found, or what came instead. */
const label = (text: string): string => {
  const place = resolvePlace(text, 10)
  return place.kind === 'found' ? place.near.label : place.kind
}

t.test('coordinates are read in decimal degrees, France overseas included', async t => {
  t.strictSame(resolvePlace('48.1, -1.67', 5), {
    kind: 'found',
    near: { latitude: 48.1, longitude: -1.67, label: '48.1, -1.67', radiusKm: 5 },
  })
  t.match(resolvePlace('-20.88,55.45', 5), { kind: 'found', near: { latitude: -20.88, longitude: 55.45 } })
  t.match(resolvePlace('+90;180', 5), { kind: 'found' })
})

t.test('coordinates off the globe are no place', async t => {
  for (const text of ['90.1,0', '-91,0', '0,180.5', '0,-181', '48.1,', ',2', '1e1,2', 'NaN,NaN', '48.1,2.3,4'])
    t.equal(label(text), 'unknown', text)
})

t.test('a commune is found by its Insee code, Corsica included', async t => {
  t.equal(label('35238'), 'Rennes (35)')
  t.equal(label('2a004'), 'Ajaccio (2A)')
  t.equal(label('97411'), 'Saint-Denis (974)')
  t.equal(label('00000'), 'unknown')
})

t.test('a commune is found by its name whatever the accents, dashes, case and "st"', async t => {
  for (const text of ['Saint-Étienne', 'saint etienne', 'ST ETIENNE', '  Saint-E\u0301tienne '])
    t.equal(label(text), 'Saint-Étienne (42)', text)
})

t.test('of a shared name the most populous wins, unless a département or a postcode says which', async t => {
  t.equal(label('Saint-Denis'), 'Saint-Denis (974)')
  for (const text of ['Saint-Denis (93)', 'Saint-Denis 93', 'saint denis, 93200', 'Saint-Denis (93200)'])
    t.equal(label(text), 'Saint-Denis (93)', text)
  t.equal(label('Saint-Denis (75)'), 'unknown')
})

t.test('an arrondissement is found as people write it', async t => {
  for (const text of ['Lyon 3', 'lyon 3e', 'Lyon 3ème arrondissement', 'Lyon 3e Arrondissement'])
    t.equal(label(text), 'Lyon 3e Arrondissement (69)', text)
  t.equal(label('Marseille 1er'), 'Marseille 1er Arrondissement (13)')
  t.equal(label('Paris 75'), 'Paris (75)')
})

t.test('a commune whose coordinates are not known is told apart from an unknown one', async t => {
  t.strictSame(resolvePlace('Rochefourchat', 5), { kind: 'unplaced', commune: 'Rochefourchat (26)' })
  t.strictSame(resolvePlace('Atlantis', 5), { kind: 'unknown' })
  t.strictSame(resolvePlace('', 5), { kind: 'unknown' })
})
