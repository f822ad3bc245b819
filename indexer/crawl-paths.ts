import { join } from 'node:path'
import type { CommandContext } from './command.ts'

/** What the crawl remembers of sites, in the state folder. */
export const crawlPathOf = ({ config }: Pick<CommandContext, 'config'>): string => join(config.dataDir, 'crawl.db')

/** The pages read, in the state folder. */
export const pagesPathOf = ({ config }: Pick<CommandContext, 'config'>): string => join(config.dataDir, 'pages.db')
