import { openCatalogue } from '../src/store/open-catalogue.ts'
import { lockCatalogue } from '../src/store/write-lock.ts'
import { type Command, CommandError } from './command.ts'
import { settle } from './import-source.ts'
import { mergedSummary } from './import-summary.ts'

/** `remove <source>`: takes a source, and the suppliers that only it knows, out of the catalogue. */
export const runRemove: Command = async context => {
  const [id] = context.args.positionals
  if (id === undefined) throw new CommandError('Give the source to remove; "npm run brique -- status" lists them')
  const lock = lockCatalogue(context.config.dataDir)
  const catalogue = openCatalogue(context.cataloguePath)
  try {
    settle(catalogue, context.progress)
    if (!catalogue.retire(id)) {
      const known = catalogue.sources().map(source => source.id)
      throw new CommandError(`"${id}" is not in the catalogue, which holds ${known.join(', ') || 'no source'}`)
    }
    context.write(mergedSummary(settle(catalogue, context.progress)))
    return 0
  } finally {
    catalogue.close()
    lock.release()
  }
}
