import { existsSync, globSync, readFileSync, realpathSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'

/** A Java of this machine that can run and compile. */
export interface Jdk {
  readonly home: string
  readonly version: number
}

/** Where Debian, Fedora, SDKMAN and macOS put theirs. */
const USUAL = [
  '/usr/lib/jvm/*',
  '/opt/java/*',
  `${process.env['HOME'] ?? ''}/.sdkman/candidates/java/*`,
  '/Library/Java/JavaVirtualMachines/*/Contents/Home',
]

const onPath = (): readonly string[] =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .map(folder => join(folder, 'java'))
    .filter(java => existsSync(java))
    .map(java => dirname(dirname(realpathSync(java))))

/** Read from the `release` file that every JDK since 9 has, so that no Java is started to be asked. */
const jdkAt = (home: string): Jdk | undefined => {
  const release = join(home, 'release')
  if (!existsSync(join(home, 'bin', 'javac')) || !existsSync(release)) return undefined
  const version = /^JAVA_VERSION="(\d+)/m.exec(readFileSync(release, 'utf8'))?.[1]
  return version === undefined ? undefined : { home, version: Number(version) }
}

/** The JDKs of this machine: `JAVA_HOME` first, then the one on the path, then the usual folders. */
export const findJdks = (): readonly Jdk[] => {
  const homes = new Set([process.env['JAVA_HOME'] ?? '', ...onPath(), ...globSync(USUAL)].filter(home => home !== ''))
  return [...homes].map(jdkAt).filter(jdk => jdk !== undefined)
}

/** The first of them from `from` up. */
export const findJdk = (from: number): Jdk | undefined => findJdks().find(({ version }) => version >= from)
