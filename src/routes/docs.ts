import type { Status } from '../model/status.ts'
import { docsPage } from '../views/pages.ts'
import { LANGUAGES, localPath } from './negotiate.ts'
import { pageContext, sendPage } from './page.ts'
import type { App, Services } from './services.ts'

/** `/docs`, its English twin and `GET /openapi.json`. */
export const docsRoutes = (app: App, services: Services, status: () => Promise<Status>) => {
  app.get('/openapi.json', { schema: { hide: true } }, async (_request, reply) =>
    reply.header('cache-control', 'no-cache').send(app.swagger()),
  )

  for (const language of LANGUAGES)
    app.get(localPath(language, '/docs'), { schema: { hide: true } }, async (request, reply) => {
      const context = pageContext(services, request, language, await status())
      return sendPage(reply, language, docsPage(context, app.swagger()))
    })
}
