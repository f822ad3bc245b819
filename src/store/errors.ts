/** The catalogue cannot be opened or is damaged; the message names the file and the remedy. */
export class CatalogueError extends Error {
  override readonly name = 'CatalogueError'
}

/** A write that the catalogue's rules forbid, such as mixing demonstration and real data. Nothing has changed. */
export class CatalogueRuleError extends Error {
  override readonly name = 'CatalogueRuleError'
}

/** Another process is changing the catalogue. Try again when it has ended. */
export class CatalogueBusyError extends Error {
  override readonly name = 'CatalogueBusyError'
}
