import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { folderBytes } from './cache.ts'

/** Servers come from Maven Central through Maven, as set up on the machine (its mirrors and proxies count). */

const run = promisify(execFile)
const PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1'
const DOWNLOAD_TIMEOUT_MS = 20 * 60_000

/** Runs one goal over a local repository of its own, thrown away afterwards: the archives are not needed twice. Prints size and time. */
const goal = async (what: string, name: string, args: readonly string[]): Promise<void> => {
  const repository = mkdtempSync(join(tmpdir(), 'brique-maven-'))
  const begun = performance.now()
  console.log(`Fetching ${what} from Maven Central`)
  try {
    const common = ['-B', '-q', `${PLUGIN}:${name}`, `-Dmaven.repo.local=${repository}`]
    await run('mvn', [...common, ...args], { cwd: repository, timeout: DOWNLOAD_TIMEOUT_MS })
    const megabytes = (folderBytes(repository) / 1e6).toFixed(0)
    console.log(`Fetched ${what}: ${megabytes} MB in ${((performance.now() - begun) / 1000).toFixed(0)} s`)
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
    const remedy = missing ? ': Maven is not on the path (apt-get install maven)' : ''
    throw new Error(`${what} could not be fetched${remedy}`, { cause })
  } finally {
    rmSync(repository, { recursive: true, force: true })
  }
}

/** Fetches a zip (`group:artifact:version:zip`) and unpacks what matches `includes` (all of it when absent) into `folder`. */
export const fetchZip = (artifact: string, folder: string, includes: readonly string[] = []): Promise<void> =>
  goal(artifact, 'unpack', [
    `-Dartifact=${artifact}`,
    `-DoutputDirectory=${folder}`,
    ...(includes.length === 0 ? [] : [`-Dmdep.unpack.includes=${includes.join(',')}`]),
  ])

/** Fetches a jar (`group:artifact:version`) with all that it needs to run into `folder`. */
export const fetchJars = async (artifact: string, folder: string): Promise<void> => {
  const [group, name, version] = artifact.split(':')
  const project = mkdtempSync(join(tmpdir(), 'brique-maven-'))
  const pom = join(project, 'pom.xml')
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    pom,
    `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>brique</groupId><artifactId>test-servers</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>${group}</groupId><artifactId>${name}</artifactId><version>${version}</version></dependency>
  </dependencies>
</project>`,
  )
  try {
    await goal(artifact, 'copy-dependencies', ['-f', pom, `-DoutputDirectory=${folder}`, '-DincludeScope=runtime'])
  } finally {
    rmSync(project, { recursive: true, force: true })
  }
}
