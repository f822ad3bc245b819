/** What every kind of server takes. */
export interface ServerOptions {
  readonly nodes?: 1 | 3
  /** Of each node. Default 512. */
  readonly heapMb?: number
  /** All of Java's compilers, for benchmarks. Default: the first alone, with which a node boots sooner on two cores. */
  readonly optimise?: boolean
}

const DEFAULT_HEAP_MB = 512

export const jvmOptions = ({ heapMb = DEFAULT_HEAP_MB, optimise = false }: ServerOptions): readonly string[] => [
  `-Xms${heapMb}m`,
  `-Xmx${heapMb}m`,
  optimise ? '-XX:+UseG1GC' : '-XX:+UseSerialGC',
  ...(optimise ? [] : ['-XX:TieredStopAtLevel=1']),
  // The servers add AlwaysPreTouch; without it the heap takes memory only as it fills.
  '-XX:-AlwaysPreTouch',
  '-XX:+ExitOnOutOfMemoryError',
]

/** Everything to standard output, which goes to the node's log. */
export const LOG4J = `status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%p][%c{1.}] %m%n
rootLogger.level = info
rootLogger.appenderRef.console.ref = console
`
