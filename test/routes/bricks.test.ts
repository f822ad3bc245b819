import t from 'tap'
import { EngineUnavailableError } from '../../src/engine/engine.ts'
import { BRICKS } from '../../src/model/bricks.ts'
import type { Query } from '../../src/model/query.ts'
import { AIR, BRICK, memorySearch, openService, withoutIndex } from '../support/service.ts'

t.test('the API lists the whole vocabulary with labels, themes, broader bricks and suppliers', async t => {
  const app = await openService(t)
  const { bricks } = (await app.inject('/api/bricks')).json()
  t.equal(bricks.length, BRICKS.length)
  const listed = bricks.find((each: { id: string }) => each.id === BRICK)
  t.match(listed, { fr: /air intérieur/, en: /Indoor air/, suppliers: 2 })
  t.ok(listed.themes.length > 0)
  t.notOk('aliases' in listed)
  t.equal(bricks.filter((each: { suppliers: number }) => each.suppliers > 0).length, 1, 'the others have none')
})

const idsOf = async (app: Awaited<ReturnType<typeof openService>>, query: string): Promise<readonly string[]> =>
  (await app.inject(`/api/bricks?${query}`)).json().bricks.map(({ id }: { id: string }) => id)

t.test('the vocabulary is found by labels first, then by aliases, acronyms and products, and by theme', async t => {
  const app = await openService(t)
  t.equal((await idsOf(app, 'q=Gestion%20du%20parc%20informatiques'))[0], 'gestion-parc-informatique')
  t.strictSame(await idsOf(app, 'q=GLPI'), ['gestion-parc-informatique'])
  t.ok((await idsOf(app, 'q=hydrogene')).length > 1, 'accents count for nothing')
  t.strictSame(await idsOf(app, 'q=xyzzyqwv'), [])
  t.strictSame(await idsOf(app, 'theme=no-such-theme'), [])
  const health = await idsOf(app, 'theme=sante&q=')
  t.ok(health.length > 50 && health.length < BRICKS.length)
})

t.test('the API tells a brick with its words and neighbours', async t => {
  const app = await openService(t)
  const brick = (await app.inject('/api/bricks/gestion-services-informatiques')).json()
  t.ok(brick.narrower.includes('gestion-parc-informatique'))
  t.ok(brick.aliases.length > 0)
  t.equal(brick.suppliers, 0)
})

t.test('a brick that the vocabulary lacks is a 404, whatever its name', async t => {
  const app = await openService(t)
  for (const path of ['/briques/', '/en/briques/', '/api/bricks/'])
    for (const id of ['no-such-brick', '__proto__', 'QUALITE-AIR-INTERIEUR', '%3Cb%3E'])
      t.equal((await app.inject(path + id)).statusCode, 404, path + id)
  t.match((await app.inject('/briques/no-such-brick')).body, 'no-such-brick')
})

t.test('a parameter that the vocabulary does not take is refused', async t => {
  const app = await openService(t)
  for (const query of ['foo=1', `q=${'a'.repeat(201)}`, 'q=a&q=b'])
    for (const path of ['/api/bricks?', '/briques?']) t.equal((await app.inject(path + query)).statusCode, 400, query)
  t.equal((await app.inject('/briques?q=&theme=')).statusCode, 200, 'a form sends the boxes that were left empty')
})

t.test('the page of a brick shows its first suppliers, searched by the brick alone', async t => {
  const asked: Query[] = []
  const search = {
    ...memorySearch,
    search: async (...[query, language]: Parameters<typeof memorySearch.search>) => {
      asked.push(query)
      return memorySearch.search(query, language)
    },
  }
  const app = await openService(t, {}, { search })
  const { body } = await app.inject(`/briques/${BRICK}`)
  t.match(asked[0], { text: '', filters: { brick: [BRICK] }, page: 1 })
  t.match(body, `href="/fournisseurs/${AIR}"`)
})

t.test('the bricks are counted once for many pages, and a failure to count is not remembered', async t => {
  let counted = 0
  const search = {
    ...memorySearch,
    brickCounts: async () => {
      if (++counted === 1) throw new EngineUnavailableError('being built')
      return new Map([[BRICK, 2]])
    },
  }
  const app = await openService(t, {}, { search })
  t.equal((await app.inject('/api/bricks')).statusCode, 503)
  for (const url of ['/api/bricks', '/briques', '/en/briques', `/briques/${BRICK}`])
    t.equal((await app.inject(url)).statusCode, 200, url)
  t.equal(counted, 2)
})

t.test('without an index the vocabulary is readable, and the API says that it cannot count', async t => {
  const app = await openService(t, {}, withoutIndex)
  t.equal((await app.inject('/briques')).statusCode, 200)
  t.match((await app.inject(`/briques/${BRICK}`)).body, 'ne sont pas comptés')
  t.equal((await app.inject(`/api/bricks/${BRICK}`)).statusCode, 503)
})
