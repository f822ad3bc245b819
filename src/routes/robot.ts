import type { Status } from '../model/status.ts'
import { robotPage } from '../views/pages.ts'
import { LANGUAGES, localPath } from './negotiate.ts'
import { pageContext, sendPage } from './page.ts'
import type { App, Services } from './services.ts'

/** `/robot` and its English twin: the address that the crawler's User-Agent gives. */
export const robotRoutes = (app: App, services: Services, status: () => Promise<Status>) => {
  for (const language of LANGUAGES)
    app.get(localPath(language, '/robot'), { schema: { hide: true } }, async (request, reply) =>
      sendPage(reply, language, robotPage(pageContext(services, request, language, await status()))),
    )
}
