import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import type { Config } from './config.ts'

/** The description of the API, built from the very schemas that check requests and cut answers. */
export const openapiOptions = ({ publicUrl }: Pick<Config, 'publicUrl'>): FastifyDynamicSwaggerOptions => ({
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'Brique',
      version: '1',
      summary: 'Qui fournit cette brique technologique ?',
      description:
        'Recherche de fournisseurs innovants français, sans compte ni clé. Les libellés suivent l’en-tête ' +
        'Accept-Language (français par défaut, anglais). Les erreurs suivent la RFC 9457. ' +
        'Un paramètre inconnu est refusé ; un paramètre vide compte comme absent.',
    },
    servers: [{ url: publicUrl === '' ? '/' : publicUrl }],
    tags: [
      { name: 'search', description: 'Recherche' },
      { name: 'suppliers', description: 'Fiches' },
      { name: 'corrections', description: 'Corriger, retirer, proposer' },
      { name: 'tenders', description: 'Analyse d’un besoin' },
      { name: 'dossiers', description: 'Dossiers figés' },
      { name: 'bricks', description: 'Vocabulaire' },
      { name: 'status', description: 'Sources et index' },
      { name: 'health', description: 'Exploitation' },
    ],
  },
  hideUntagged: true,
})
