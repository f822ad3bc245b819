import type { DatabaseSync } from 'node:sqlite'
import { CatalogueError } from './errors.ts'

/**
 * The catalogue's tables, one step a version; `PRAGMA user_version` says how many have run.
 * A step that has been published never changes: add another below it.
 */
const STEPS: readonly string[] = [
  `
  -- What the catalogue knows of a data source, whatever its version.
  CREATE TABLE source (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    publisher TEXT NOT NULL,
    url TEXT NOT NULL,
    fictitious INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- One reading of a source's file. Only the facts of the live one count.
  CREATE TABLE source_version (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source TEXT NOT NULL REFERENCES source (id),
    digest TEXT NOT NULL,
    reading TEXT NOT NULL,
    extractor TEXT NOT NULL,
    date TEXT NOT NULL,
    url TEXT NOT NULL,
    licence TEXT NOT NULL,
    imported_at TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('staging', 'live', 'retired')),
    suppliers INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE UNIQUE INDEX source_version_live ON source_version (source) WHERE state = 'live';

  -- Source, date, licence and extractor of a fact are its version's; url and retrieved_at where they differ from it.
  CREATE TABLE fact (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    siren TEXT NOT NULL,
    property TEXT NOT NULL,
    value TEXT NOT NULL,
    evidence TEXT NOT NULL,
    period TEXT,
    url TEXT,
    retrieved_at TEXT,
    record TEXT,
    excerpt TEXT
  ) STRICT;
  CREATE INDEX fact_siren ON fact (siren, version);
  CREATE INDEX fact_version ON fact (version, siren);

  -- The merged profiles. "content" is the digest of what the profile says, without the dates of its sources.
  CREATE TABLE supplier (
    siren TEXT PRIMARY KEY,
    named INTEGER NOT NULL,
    digest TEXT NOT NULL,
    content TEXT NOT NULL,
    profile TEXT NOT NULL
  ) STRICT;
  CREATE INDEX supplier_named ON supplier (named);

  -- SIREN whose facts changed since their profile was merged.
  CREATE TABLE stale (siren TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

  -- The outbox of the live index.
  CREATE TABLE change (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    siren TEXT NOT NULL
  ) STRICT;
  `,
  `
  -- Profiles that the search engine has refused; "change" is the number up to which nothing of them was taken.
  CREATE TABLE dead_letter (
    siren TEXT PRIMARY KEY,
    reason TEXT NOT NULL,
    at TEXT NOT NULL,
    change INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- What changed in the merged profiles, for feeds: the last of each, and when it came to be.
  CREATE TABLE profile_change (
    id INTEGER PRIMARY KEY,
    siren TEXT NOT NULL,
    at TEXT NOT NULL,
    property TEXT NOT NULL,
    source TEXT NOT NULL
  ) STRICT;
  CREATE INDEX profile_change_siren ON profile_change (siren, id);

  -- Requests to correct or remove a profile, or about a site. "secret" is the SHA-256 of what opens the request;
  -- "content" and "comment" are erased when it ends without being accepted.
  CREATE TABLE correction_request (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    secret TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('correct', 'remove', 'site')),
    siren TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'queued', 'accepted', 'refused', 'undone', 'expired')),
    content TEXT,
    comment TEXT,
    domain TEXT,
    review INTEGER NOT NULL,
    proof TEXT,
    reason TEXT,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    decided_at TEXT
  ) STRICT;
  CREATE INDEX correction_request_siren ON correction_request (siren, state);
  CREATE INDEX correction_request_state ON correction_request (state, expires_at);

  -- Links that were sent by mail, by the SHA-256 of their token. The mail address is kept nowhere.
  CREATE TABLE correction_link (
    token TEXT PRIMARY KEY,
    request INTEGER NOT NULL REFERENCES correction_request (number) ON DELETE CASCADE,
    expires_at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- Every version of what a firm declares: each changes the one before it, unless it was undone.
  CREATE TABLE declaration (
    request INTEGER PRIMARY KEY,
    siren TEXT NOT NULL,
    content TEXT NOT NULL,
    at TEXT NOT NULL,
    undone_at TEXT
  ) STRICT;
  CREATE INDEX declaration_siren ON declaration (siren, request);

  -- Firms that asked to be left out. "digest" is the SHA-256 of their site's domain; nothing else is kept of them.
  CREATE TABLE removal (
    siren TEXT PRIMARY KEY,
    digest TEXT NOT NULL,
    at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- Sites that somebody proposed: crawled, and attached only when they show the SIREN.
  CREATE TABLE proposed_site (
    siren TEXT PRIMARY KEY,
    url TEXT NOT NULL,
    domain TEXT NOT NULL UNIQUE,
    at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- Who names a domain as its site.
  CREATE INDEX fact_website ON fact (value, siren, version) WHERE property = 'website';
  `,
]

const versionOf = (connection: DatabaseSync): number => {
  const version = connection.prepare('PRAGMA user_version').get()?.['user_version']
  return typeof version === 'number' ? version : 0
}

const upgrade = (connection: DatabaseSync): void => {
  connection.exec('BEGIN IMMEDIATE')
  try {
    // Read again under the lock: another process may have upgraded meanwhile.
    for (const step of STEPS.slice(versionOf(connection))) connection.exec(step)
    connection.exec(`PRAGMA user_version = ${STEPS.length}; COMMIT`)
  } catch (error) {
    if (connection.isTransaction) connection.exec('ROLLBACK')
    throw error
  }
}

/** Brings the tables up to this program's version. Throws `CatalogueError` for a newer catalogue. */
export const migrate = (connection: DatabaseSync, path: string, readOnly: boolean): void => {
  const version = versionOf(connection)
  if (version === STEPS.length) return
  if (version > STEPS.length) {
    const versions = `format ${version}, this program knows ${STEPS.length}`
    throw new CatalogueError(
      `${path} was written by a newer Brique (${versions}): update Brique, or use another folder`,
    )
  }
  if (readOnly)
    throw new CatalogueError(`${path} has an older format (${version}): run "npm run brique -- status" once`)
  upgrade(connection)
}
