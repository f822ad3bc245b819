import type { Status } from '../model/status.ts'
import { aboutPage, accessibilityPage, type PageContext } from '../views/pages.ts'
import { LANGUAGES, localPath } from './negotiate.ts'
import { pageContext, sendPage } from './page.ts'
import { RANKING } from './ranking-view.ts'
import type { App, Services } from './services.ts'

const PAGES = {
  '/a-propos': (context: PageContext) => aboutPage(context, RANKING),
  '/accessibilite': accessibilityPage,
}

/** `/a-propos`, `/accessibilite` and their English twins. */
export const aboutRoutes = (app: App, services: Services, status: () => Promise<Status>) => {
  for (const [path, render] of Object.entries(PAGES))
    for (const language of LANGUAGES)
      app.get(localPath(language, path), { schema: { hide: true } }, async (request, reply) =>
        sendPage(reply, language, render(pageContext(services, request, language, await status()))),
      )
}
