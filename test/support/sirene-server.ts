import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Test } from 'tap'
import type { Siren } from '../../src/model/siren.ts'

/** A stand-in of the State's company search: a real server with the shapes of its OpenAPI file, and faults on demand. */

export type Company = Readonly<Record<string, unknown>>

/** Stands in every field about a person or an address that must never be kept. */
export const PERSONAL = 'PERSONNEQUETUE'

/** An invented company as `GET /search` answers it, with persons, accounts and addresses beside what is wanted. */
export const company = (
  siren: Siren,
  {
    siege = {},
    complements = {},
    ...fields
  }: Company & { readonly siege?: object; readonly complements?: object } = {},
): Company => ({
  siren,
  nom_complet: 'aérolys (AERO)',
  nom_raison_sociale: 'AEROLYS',
  sigle: 'AERO',
  nombre_etablissements: 1,
  nombre_etablissements_ouverts: 1,
  activite_principale: '62.01Z',
  categorie_entreprise: 'PME',
  caractere_employeur: 'O',
  date_creation: '2014-03-01',
  date_fermeture: null,
  date_mise_a_jour: '2026-10-02T03:34:50',
  dirigeants: [
    {
      nom: PERSONAL,
      prenoms: PERSONAL,
      annee_de_naissance: '1964',
      qualite: 'Gérant',
      type_dirigeant: 'personne physique',
    },
  ],
  etat_administratif: 'A',
  nature_juridique: '5710',
  section_activite_principale: 'J',
  tranche_effectif_salarie: '12',
  annee_tranche_effectif_salarie: '2024',
  statut_diffusion: 'O',
  matching_etablissements: [],
  finances: { 2024: { ca: 1, resultat_net: 1 } },
  siege: {
    activite_principale: '62.01Z',
    adresse: `1 RUE ${PERSONAL} 56100 LORIENT`,
    code_postal: '56100',
    commune: '56121',
    libelle_commune: 'LORIENT',
    libelle_voie: PERSONAL,
    departement: '56',
    region: '53',
    est_siege: true,
    etat_administratif: 'A',
    latitude: '47.748252',
    longitude: '-3.370244',
    nom_commercial: PERSONAL,
    siret: `${siren}00018`,
    statut_diffusion_etablissement: 'O',
    ...siege,
  },
  complements: {
    collectivite_territoriale: { code: '56', elus: [{ nom: PERSONAL, prenoms: PERSONAL, fonction: 'Maire' }] },
    est_bio: false,
    est_entrepreneur_individuel: false,
    est_ess: false,
    est_qualiopi: false,
    est_rge: false,
    est_siae: false,
    est_societe_mission: false,
    identifiant_association: null,
    ...complements,
  },
  ...fields,
})

/** What goes wrong with one request. `slow` is never answered; `moved` redirects. */
export type Fault =
  | { readonly status: number; readonly retryAfter?: string }
  | 'slow'
  | 'broken-json'
  | 'wrong-shape'
  | 'other-company'
  | 'endless'
  | 'reset'
  | 'moved'

export interface SireneServer {
  readonly address: string
  readonly companies: Map<Siren, Company>
  /** Answers of several results, by the SIREN asked for. */
  readonly answers: Map<Siren, readonly Company[]>
  /** By SIREN: each request takes the first; without any left it is answered well. */
  readonly faults: Map<string, Fault[]>
  /** Every request: what was asked for, and when by the clock given. */
  readonly requests: { readonly siren: string; readonly at: number; readonly url: URL; readonly userAgent: string }[]
  /** The most requests that were in flight at once. */
  readonly mostInFlight: () => number
}

const json = (response: ServerResponse, value: unknown): void => {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}

const payload = (results: readonly Company[]) => ({
  results,
  total_results: results.length,
  page: 1,
  per_page: 5,
  total_pages: results.length === 0 ? 0 : 1,
})

const misbehave = (fault: Fault, request: IncomingMessage, response: ServerResponse, result: Company): void => {
  if (typeof fault === 'object') {
    const headers = fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter }
    response.writeHead(fault.status, headers).end('{"erreur": "…"}')
  } else if (fault === 'broken-json') response.end('{"results": [{"siren"')
  else if (fault === 'wrong-shape') json(response, { results: [{ ...result, siege: 'Lorient' }] })
  else if (fault === 'other-company') json(response, payload([{ ...result, siren: '000999998' }]))
  else if (fault === 'moved') response.writeHead(302, { location: `/search${PERSONAL}` }).end()
  else if (fault === 'reset') request.socket.destroy()
  else if (fault === 'endless') {
    const more = (): void => {
      while (!response.destroyed && response.write(' '.repeat(65_536)));
    }
    response.on('drain', more)
    more()
  }
}

/** Starts the server, closed at the end of the test. It answers what `companies` holds. */
export const startSireneServer = async (t: Test, now: () => number = Date.now): Promise<SireneServer> => {
  const companies: SireneServer['companies'] = new Map()
  const answers: SireneServer['answers'] = new Map()
  const faults: SireneServer['faults'] = new Map()
  const requests: SireneServer['requests'] = []
  let inFlight = 0
  let most = 0
  const server = createServer((request, response) => {
    inFlight += 1
    most = Math.max(most, inFlight)
    response.on('close', () => {
      inFlight -= 1
    })
    const url = new URL(request.url ?? '/', 'http://localhost')
    const siren = url.searchParams.get('q') ?? ''
    requests.push({ siren, at: now(), url, userAgent: request.headers['user-agent'] ?? '' })
    const known = companies.get(siren as Siren)
    const fault = faults.get(siren)?.shift()
    if (url.pathname !== '/search') response.writeHead(404).end()
    else if (fault !== undefined) misbehave(fault, request, response, known ?? {})
    else json(response, payload(answers.get(siren as Siren) ?? (known ? [known] : [])))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  })
  const { port } = server.address() as AddressInfo
  return { address: `http://127.0.0.1:${port}/search`, companies, answers, faults, requests, mostInFlight: () => most }
}
