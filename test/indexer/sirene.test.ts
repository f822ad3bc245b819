import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import t, { type Test } from 'tap'
import { type CommandContext, cataloguePathOf } from '../../indexer/command.ts'
import { runDemo } from '../../indexer/demo-command.ts'
import { createImport, runImport } from '../../indexer/import-command.ts'
import { runRemove } from '../../indexer/remove-command.ts'
import type { LegalUnit } from '../../indexer/sirene/legal-unit.ts'
import { unitFacts } from '../../indexer/sirene/unit-facts.ts'
import { readConfig } from '../../src/config.ts'
import type { Siren } from '../../src/model/siren.ts'
import { openCatalogue } from '../../src/store/open-catalogue.ts'
import { sharedPath, skipWithout } from '../support/shared-data.ts'
import { company, PERSONAL, type SireneServer, startSireneServer } from '../support/sirene-server.ts'
import { inventedSiren } from '../support/suppliers.ts'

const quiet = { step: () => ({ update: () => undefined, end: () => undefined }) }

/** Time that passes only when it is waited for. */
const virtualClock = (start = '2026-11-01T08:00:00Z') => {
  let now = Date.parse(start)
  const pass = (ms: number): void => {
    now += ms
  }
  return { now: () => now, elapsed: () => now, sleep: async (ms: number) => pass(ms), pass }
}

/** A state folder that knows the first `count` invented companies, a register that knows them too, and virtual time. */
const setting = async (t: Test, count: number) => {
  const root = t.testdir({ state: {}, other: {} })
  const folder = join(root, 'state')
  const clock = virtualClock()
  const server = await startSireneServer(t, clock.now)
  const sirens = Array.from({ length: count }, (_, index) => inventedSiren(index + 1))
  for (const siren of sirens) server.companies.set(siren, company(siren))
  const config = readConfig({ BRIQUE_DATA: folder })
  const cataloguePath = cataloguePathOf(config)
  const run = async (
    command: (context: CommandContext) => Promise<number>,
    positionals: readonly string[],
    values: CommandContext['args']['values'] = {},
  ): Promise<string> => {
    const lines: string[] = []
    const write = (line: string) => lines.push(line)
    await command({ config, cataloguePath, args: { positionals, values }, progress: quiet, write })
    return lines.join('\n')
  }
  const list = async (known: readonly Siren[]): Promise<void> => {
    const path = join(root, 'liste.csv')
    writeFileSync(path, `siren;tags\n${known.map(siren => `${siren};capteurs\n`).join('')}`)
    await run(runImport, ['file', path])
  }
  await list(sirens)
  const ask = createImport({ address: server.address, clock, timeoutMs: 300 })
  return {
    root,
    folder,
    clock,
    server,
    sirens,
    list,
    run,
    sirene: (values?: CommandContext['args']['values']) => run(ask, ['sirene'], values),
    stock: (text: string) => {
      const path = join(root, 'StockUniteLegale_utf8.csv')
      writeFileSync(path, text)
      return run(ask, ['sirene', path], { date: '2026-11-01' })
    },
    ...readers(cataloguePath),
  }
}

const readers = (cataloguePath: string) => {
  const read = <T>(question: (catalogue: ReturnType<typeof openCatalogue>) => T): T => {
    const catalogue = openCatalogue(cataloguePath)
    try {
      return question(catalogue)
    } finally {
      catalogue.close()
    }
  }
  return {
    read,
    supplier: (siren: Siren) => read(catalogue => catalogue.supplier(siren)),
    /** What the register states of a company. */
    stated: (siren: Siren) =>
      read(catalogue => catalogue.record(siren)?.facts.filter(fact => fact.provenance.source === 'sirene') ?? []),
    versions: () => read(catalogue => catalogue.sources()).map(({ id, date, version }) => [id, date, version]),
  }
}

const asked = (server: SireneServer): string[] => server.requests.map(({ siren }) => siren)

/** Every byte that the state folder holds. */
const bytesOf = (folder: string): string =>
  globSync('**/*', { cwd: folder, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n')

t.test(
  'the register attests name, state, activity, size, year, head office, ESS and labels of known companies',
  async t => {
    const { server, sirens, sirene, supplier, stated, versions } = await setting(t, 2)
    const [first, second] = sirens as [Siren, Siren]
    const complements = { est_ess: true, est_qualiopi: true, est_rge: true, est_bio: true, est_siae: true }
    server.companies.set(first, company(first, { complements: { ...complements, est_societe_mission: true } }))
    server.companies.set(
      second,
      company(second, { etat_administratif: 'C', tranche_effectif_salarie: 'NN', date_creation: '1900-01-01' }),
    )
    const output = await sirene()
    t.match(output, '2 companies asked for: 2 found, 0 unknown to the register, 0 without a good answer')
    t.match(output, 'Suppliers: 0 new, 2 changed')
    t.match(supplier(first), {
      name: 'AEROLYS',
      state: 'active',
      naf: '62.01Z',
      headcount: '20 à 49 salariés',
      sizeCategory: 'small',
      founded: 2014,
      ess: true,
      location: {
        commune: '56121',
        communeName: 'Lorient',
        postcode: '56100',
        department: '56',
        region: '53',
        latitude: 47.748252,
        longitude: -3.370244,
        precision: 'address',
      },
      labels: [{ id: 'siae', evidence: 'attested' }, { id: 'societe-a-mission' }],
      certifications: [{ id: 'agriculture-biologique' }, { id: 'qualiopi' }, { id: 'rge', evidence: 'attested' }],
    })
    t.ok(stated(first).every(fact => fact.evidence === 'attested'))
    t.match(stated(first)[0]?.provenance, {
      sourceUrl: `https://annuaire-entreprises.data.gouv.fr/entreprise/${first}`,
      retrievedAt: /^2026-11-01T08:00:0/,
      sourceDate: '2026-11-01',
      licence: 'Licence Ouverte 2.0',
      extractor: 'sirene/1',
    })
    t.equal(stated(first).find(fact => fact.property === 'headcount')?.period, '2024')
    // What the register does not say is no fact: no size of who has ceased, no unknown year, no "false" of a list.
    t.strictSame(
      stated(second).map(fact => fact.property),
      ['name', 'state', 'naf', 'location'],
    )
    t.equal(supplier(second)?.state, 'ceased')
    t.match(versions(), [['sirene', '2026-11-01'], ['file:liste']])
  },
)

t.test(
  'natural persons and who opposed publication leave state, activity and commune; persons leave nothing',
  async t => {
    const { server, sirens, sirene, stated, folder, stock } = await setting(t, 8)
    const hidden = { nom_complet: PERSONAL, nom_raison_sociale: PERSONAL }
    const unpublished: readonly object[] = [
      { nature_juridique: '1000' },
      { nature_juridique: '2110' },
      { statut_diffusion: 'P' },
      { statut_diffusion: 'N' },
      { nature_juridique: null },
      { statut_diffusion: undefined },
    ]
    for (const [index, fields] of unpublished.entries()) {
      const siren = inventedSiren(index + 1)
      server.companies.set(
        siren,
        company(siren, { ...hidden, ...fields, complements: { est_ess: true, est_rge: true } }),
      )
    }
    const [, , , , , , masked, plain] = sirens as Siren[] as [Siren, Siren, Siren, Siren, Siren, Siren, Siren, Siren]
    server.companies.set(
      masked,
      company(masked, {
        nom_raison_sociale: '[NON-DIFFUSIBLE]',
        nom_complet: 'MONSIEUR JEAN EXEMPLE',
        siege: { statut_diffusion_etablissement: 'P' },
      }),
    )
    await sirene()
    const values = (siren: Siren) => stated(siren).map(({ property, value }) => [property, value])
    for (const siren of sirens.slice(0, 6)) {
      t.match(values(siren), [
        ['state', 'active'],
        ['naf', '62.01Z'],
        ['location', { commune: '56121', communeName: 'Lorient' }],
      ])
      t.equal(values(siren).length, 3)
      t.notHas(stated(siren)[2]?.value, { latitude: 47.748252 })
      t.notHas(stated(siren)[2]?.value, { postcode: '56100' })
    }
    t.strictSame(
      values(masked).filter(([property]) => property === 'name' || property === 'location'),
      [['location', { commune: '56121', communeName: 'Lorient', department: '56', region: '53' }]],
      'neither a masked name, nor a person’s, nor an address that is not published',
    )
    t.ok(values(plain).some(([property]) => property === 'name'))
    const rows = sirens
      .slice(0, 6)
      .map(
        (siren, index) => `${siren},${index < 3 ? 'P,5710' : 'O,1000'},A,62.01Z,${PERSONAL},${PERSONAL},${PERSONAL}\n`,
      )
    const columns = 'siren,statutDiffusionUniteLegale,categorieJuridiqueUniteLegale,etatAdministratifUniteLegale,'
    const names = 'activitePrincipaleUniteLegale,denominationUniteLegale,nomUniteLegale,prenom1UniteLegale\n'
    await stock(columns + names + rows.join(''))
    t.strictSame(values(sirens[5] as Siren), [
      ['state', 'active'],
      ['naf', '62.01Z'],
    ])
    t.ok(bytesOf(folder).includes('AEROLYS'), 'the files are searched')
    t.notOk(bytesOf(folder).includes(PERSONAL), 'no name, address or head person is in any file')
    for (const { url, userAgent } of server.requests) {
      t.strictSame([url.searchParams.get('minimal'), url.searchParams.get('include')], ['true', 'siege,complements'])
      t.match(userAgent, /^Brique\//)
    }
  },
)

t.test('at most 7 requests a second, never two in flight', async t => {
  const { server, sirene } = await setting(t, 40)
  await sirene()
  const times = server.requests.map(({ at }) => at)
  t.equal(times.length, 40)
  t.equal(server.mostInFlight(), 1)
  for (const start of times) t.ok(times.filter(at => at >= start && at < start + 1000).length <= 7)
})

t.test('Retry-After is honoured, in seconds or as a date; without it the wait grows', async t => {
  const { server, sirens, sirene, clock } = await setting(t, 3)
  const [first, second, third] = sirens as [Siren, Siren, Siren]
  server.faults.set(first, [
    { status: 429, retryAfter: '30' },
    { status: 503, retryAfter: '7' },
  ])
  server.faults.set(second, [{ status: 429, retryAfter: new Date(clock.now() + 120_000).toUTCString() }])
  server.faults.set(third, [{ status: 429 }, { status: 429 }])
  const start = clock.now()
  t.match(await sirene(), '3 found')
  t.strictSame(
    server.requests.map(({ at }) => at - start),
    [0, 30_000, 37_000, 37_150, 120_000, 120_150, 121_150, 126_150],
  )
})

t.test(
  'a service that asks for hours of patience, or never has enough, ends the run; what was answered is kept',
  async t => {
    const { server, sirens, sirene, versions } = await setting(t, 3)
    const [first, second] = sirens as [Siren, Siren]
    server.faults.set(second, [{ status: 429, retryAfter: '86400' }])
    await t.rejects(sirene(), /Stopped: the service answers 429 and asks to wait 86400 s\. The catalogue is as it was/)
    t.match(versions(), [['file:liste']])
    server.faults.set(
      second,
      Array.from({ length: 50 }, () => ({ status: 429, retryAfter: '1' })),
    )
    await t.rejects(sirene(), /Stopped: the service answers 429/)
    t.equal(server.requests.length, 2 + 11)
    server.faults.clear()
    await sirene()
    t.equal(asked(server).filter(siren => siren === first).length, 1)
  },
)

t.test(
  'what passes is asked again 1, 5 and 25 s later; what does not pass is reported and the others go on',
  async t => {
    const { server, sirens, sirene, supplier, clock } = await setting(t, 9)
    const [a, b, c, d, e, f, g, h, ok] = sirens as Siren[] as [
      Siren,
      Siren,
      Siren,
      Siren,
      Siren,
      Siren,
      Siren,
      Siren,
      Siren,
    ]
    const good = [b, d, f, h]
    server.faults.set(a, [{ status: 500 }, { status: 500 }, { status: 503 }, { status: 500 }])
    server.faults.set(b, [{ status: 500 }, 'broken-json', 'reset'])
    server.faults.set(c, ['wrong-shape'])
    server.faults.set(d, ['slow'])
    server.faults.set(e, ['other-company'])
    server.faults.set(g, ['endless'])
    server.faults.set(ok, [{ status: 400 }])
    const start = clock.now()
    const output = await sirene()
    t.match(output, '4 found, 0 unknown to the register, 5 without a good answer')
    t.match(output, `${a}: the service answered 500`)
    t.match(output, `${c}: unexpected answer: /results/0/siege must`)
    t.match(output, `${e}: unexpected answer: it speaks of other companies`)
    t.match(output, `${g}: the answer is longer than 262144 bytes`)
    t.match(output, `${ok}: the service answered 400`)
    t.notMatch(output, PERSONAL)
    for (const siren of good) t.equal(supplier(siren)?.name, 'AEROLYS')
    const ofA = server.requests.filter(({ siren }) => siren === a).map(({ at }) => at - start)
    t.strictSame(ofA, [0, 1000, 6000, 31_000])
    const times = (siren: Siren) => asked(server).filter(each => each === siren).length
    t.strictSame([b, c, d, e, g, ok].map(times), [4, 1, 2, 1, 1, 1])
    await sirene()
    t.strictSame([...good, a, c].map(times), [4, 2, 1, 1, 5, 2], 'only those without an answer are asked for again')
  },
)

t.test('several results: only the company asked for is read; none: it is unknown, and not asked for again', async t => {
  const { server, sirens, sirene, supplier, stated } = await setting(t, 2)
  const [first, unknown] = sirens as [Siren, Siren]
  server.companies.delete(unknown)
  const other = company(inventedSiren(77), { nom_raison_sociale: 'AUTRE' })
  server.answers.set(first, [other, company(first), other])
  t.match(await sirene(), '1 found, 1 unknown to the register')
  t.equal(supplier(first)?.name, 'AEROLYS')
  t.strictSame(stated(unknown), [])
  t.equal(supplier(inventedSiren(77)), undefined)
  t.match(
    await sirene(),
    '0 companies asked for: 0 found, 0 unknown to the register, 0 without a good answer; 2 recent',
  )
})

t.test('answers are asked for again after --max-age days; until then the import changes nothing', async t => {
  const { server, sirens, sirene, clock, versions, read } = await setting(t, 3)
  await sirene()
  const before = [versions(), read(catalogue => catalogue.lastSeq())]
  clock.pass(29 * 86_400_000)
  t.match(await sirene(), 'unchanged, this file is already in the catalogue')
  t.strictSame([versions(), read(catalogue => catalogue.lastSeq())], before)
  t.equal(server.requests.length, 3)
  server.companies.set(sirens[1] as Siren, company(sirens[1] as Siren, { etat_administratif: 'C' }))
  t.match(await sirene({ 'max-age': '20' }), 'Suppliers: 0 new, 1 changed, 2 unchanged')
  t.equal(server.requests.length, 6)
  clock.pass(31 * 86_400_000)
  await sirene()
  t.equal(server.requests.length, 9)
  await t.rejects(sirene({ 'max-age': '0' }), /--max-age 0: give a number of days/)
})

t.test('an outage in the middle leaves the version before it live, and the next run asks only the rest', async t => {
  const { server, sirens, sirene, clock, versions, supplier } = await setting(t, 12)
  await sirene()
  const before = versions()
  clock.pass(40 * 86_400_000)
  for (const siren of sirens) server.companies.set(siren, company(siren, { nom_raison_sociale: 'NOUVEAU NOM' }))
  for (const siren of sirens.slice(4)) server.faults.set(siren, Array(4).fill({ status: 500 }))
  await t.rejects(
    sirene(),
    /Stopped: 5 companies in a row got no good answer\. The catalogue is as it was\. .*continues/,
  )
  t.strictSame(versions(), before)
  t.ok(sirens.every(siren => supplier(siren)?.name === 'AEROLYS'))
  server.faults.clear()
  server.requests.length = 0
  await sirene()
  t.strictSame(asked(server), sirens.slice(4))
  t.ok(sirens.every(siren => supplier(siren)?.name === 'NOUVEAU NOM'))
})

t.test('a company without a good answer this time keeps the older one', async t => {
  const { server, sirens, sirene, clock, supplier } = await setting(t, 3)
  await sirene()
  clock.pass(40 * 86_400_000)
  server.faults.set(sirens[0] as Siren, ['moved'])
  const output = await sirene()
  t.match(output, '2 found, 0 unknown to the register, 1 without a good answer')
  t.match(output, `${sirens[0]}: the service answered 302`, 'and is not followed elsewhere')
  t.ok(sirens.every(siren => supplier(siren)?.name === 'AEROLYS'))
})

t.test('a company that no other source knows any more is neither asked for nor kept', async t => {
  const { server, sirens, sirene, list, supplier, folder } = await setting(t, 4)
  await sirene()
  await list(sirens.slice(0, 2))
  t.match(await sirene(), '0 companies asked for')
  t.equal(supplier(sirens[3] as Siren), undefined)
  t.notOk(readFileSync(join(folder, 'sirene', 'answers.jsonl'), 'utf8').includes(sirens[3] as Siren))
  await list(sirens.slice(0, 3))
  await sirene()
  t.strictSame(asked(server), [...sirens, sirens[2]])
})

t.test('killed while it asks, the import continues: nothing is asked for twice but what was in flight', async t => {
  const { server, sirens, run, folder, read, versions } = await setting(t, 9)
  const script = fileURLToPath(new URL('../support/sirene-import.ts', import.meta.url))
  for (const until of [3, 6]) {
    const child = spawn(process.execPath, [script, folder, server.address], { stdio: 'ignore' })
    while (server.requests.length < until && child.exitCode === null) await wait(5)
    child.kill('SIGKILL')
    await once(child, 'exit')
    t.match(versions(), [['file:liste']], 'readers see nothing of it')
  }
  // What a kill in the middle of a write leaves.
  const path = join(folder, 'sirene', 'answers.jsonl')
  writeFileSync(path, `${readFileSync(path, 'utf8').trimEnd()}\n{"format":1,"siren":"${sirens[8]}","ask`)
  t.match(await run(createImport({ address: server.address }), ['sirene']), /9 records read.*\n.*\n0 bad/)
  t.ok(server.requests.length <= sirens.length + 2, `${server.requests.length} requests for ${sirens.length} companies`)
  t.strictSame([...new Set(asked(server))], sirens)
  t.equal(
    read(catalogue => catalogue.sources().find(source => source.id === 'sirene')?.suppliers),
    9,
  )
})

t.test('the stock file gives the same facts for known companies, and is read again when others are known', async t => {
  const { server, sirens, stock, list, supplier, stated, read } = await setting(t, 3)
  const [first, second, third] = sirens as [Siren, Siren, Siren]
  await list([first, second])
  const header =
    'siren,statutDiffusionUniteLegale,dateCreationUniteLegale,trancheEffectifsUniteLegale,anneeEffectifsUniteLegale,' +
    'etatAdministratifUniteLegale,nomUniteLegale,denominationUniteLegale,categorieJuridiqueUniteLegale,' +
    'activitePrincipaleUniteLegale,nomenclatureActivitePrincipaleUniteLegale,economieSocialeSolidaireUniteLegale,' +
    'societeMissionUniteLegale'
  const rows = [
    `${first},O,2014-03-01,12,2024,A,,AEROLYS,5710,62.01Z,NAFRev2,O,O`,
    `${second},O,1985-06-01,,,C,,"ATELIERS, ANCIENS",5710,72.2Z,NAF1993,N,`,
    `${third},O,2014-03-01,12,2024,A,,BOREALYS,5710,62.01Z,NAFRev2,,`,
    `${inventedSiren(50)},O,2014-03-01,12,2024,A,,ETRANGER,5710,62.01Z,NAFRev2,,`,
    'not a row',
  ]
  const file = `${header}\n${rows.join('\n')}\n`
  t.match(await stock(file), '1 bad records skipped\n  StockUniteLegale_utf8.csv:6: 1 columns instead of 13')
  t.match(supplier(first), {
    name: 'AEROLYS',
    state: 'active',
    naf: '62.01Z',
    headcount: '20 à 49 salariés',
    sizeCategory: 'small',
    founded: 2014,
    ess: true,
    labels: [{ id: 'societe-a-mission' }],
  })
  t.strictSame(
    stated(second).map(({ property, value }) => [property, value]),
    [
      ['name', 'ATELIERS, ANCIENS'],
      ['state', 'ceased'],
      ['founded', 1985],
      ['ess', false],
    ],
  )
  t.equal(
    read(catalogue => catalogue.counts().suppliers),
    2,
    'no company comes from the register alone',
  )
  t.match(await stock(file), 'unchanged')
  await list(sirens)
  t.match(await stock(file), 'Suppliers: 0 new, 1 changed, 2 unchanged')
  t.equal(supplier(third)?.name, 'BOREALYS')
  t.equal(server.requests.length, 0)
})

t.test('what cannot be asked or read is refused with its remedy', async t => {
  const { root, run, sirene, stock } = await setting(t, 1)
  await t.rejects(
    stock('siren;name\n1;x\n'),
    /utf8\.csv is not Insee's stock file of companies: it lacks .*"categorieJuridique/,
  )
  await run(runRemove, ['file:liste'])
  await t.rejects(sirene(), /no supplier to ask about: import another source first/)
  const config = readConfig({ BRIQUE_DATA: join(root, 'other') })
  const context = { config, cataloguePath: cataloguePathOf(config), progress: quiet, write: () => undefined }
  await runDemo({ ...context, args: { positionals: [], values: {} } })
  const ask = createImport({ address: 'http://127.0.0.1:9/search' })
  await t.rejects(
    ask({ ...context, args: { positionals: ['sirene'], values: {} } }),
    /invented suppliers, which no register knows/,
  )
})

const DATA = 'data/codelists_sirene/tranches-effectifs.json'
t.test('every band of employees of the code list has its text and its size', { skip: skipWithout(DATA) }, async t => {
  const bands: unknown = JSON.parse(readFileSync(sharedPath(DATA) ?? '', 'utf8'))
  for (const [band, label] of Object.entries(bands as Readonly<Record<string, string>>)) {
    const unit: LegalUnit = { state: 'active', headcountBand: band }
    const [, headcount, size] = unitFacts(inventedSiren(1), unit)
    if (/^[0-9]/.test(label) && band !== '00') t.equal(headcount?.value, label)
    const least = Number(label.replace(/ (?=0)/g, '').match(/^[0-9]+/)?.[0] ?? 0)
    t.equal(size?.value, least < 10 ? 'micro' : least < 50 ? 'small' : least < 250 ? 'medium' : 'large', label)
  }
})

const API = 'data/recherche_entreprises_api/open-api.yml'
t.test('the stand-in answers in the names of the published description', { skip: skipWithout(API) }, async t => {
  const described = new Set(readFileSync(sharedPath(API) ?? '', 'utf8').match(/(?<=^ +)[a-z_0-9]+(?=:)/gm))
  const namesOf = (value: unknown): string[] =>
    Array.isArray(value)
      ? value.flatMap(namesOf)
      : value !== null && typeof value === 'object'
        ? Object.entries(value).flatMap(([name, inner]) => [name, ...namesOf(inner)])
        : []
  for (const name of namesOf(company(inventedSiren(1)))) {
    if (name !== '2024') t.ok(described.has(name), name)
  }
})
