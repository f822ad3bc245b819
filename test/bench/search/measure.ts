import type { Corpus } from './corpus.ts'
import type { EngineClient, EngineName } from './engine-client.ts'
import type { Sample } from './messages.ts'
import { createTasks, OPERATION_NAMES, type OperationName, type Task } from './tasks.ts'

/** The samples of an operation, in the order of its tasks; `undefined` for what the engine cannot do. */
export type Samples = readonly (Sample | undefined)[]
export type Measured = ReadonlyMap<EngineName, ReadonlyMap<OperationName, Samples>>

const ROUNDS = 5
const TASKS_A_ROUND = 40
const WARM_UP = 40
/** A round of one operation may take an engine so long; what it did by then counts. */
const ROUND_MS = 12_000

/** The first engine of a round is another each time, so that none always runs after the same one. */
const rotated = <T>(values: readonly T[], by: number): T[] => [...values.slice(by), ...values.slice(0, by)]

/** Runs `tasks` on each engine in turn, and calls `take` with its samples. */
const inTurn = async (
  engines: readonly EngineClient[],
  tasks: readonly Task[],
  take: (engine: EngineName, samples: Samples) => void,
): Promise<void> => {
  for (const engine of engines) take(engine.name, await engine.run(tasks, ROUND_MS))
}

/**
 * 200 tasks an operation on every engine, after a warm-up on others: five rounds of 40, and in each round all engines
 * one after the other, operation by operation, so that what else the machine does hits all alike.
 */
export const measure = async (
  engines: readonly EngineClient[],
  corpus: Corpus,
  profiles: number,
  say: (line: string) => void,
): Promise<Measured> => {
  const measured = new Map(engines.map(({ name }) => [name, new Map<OperationName, (Sample | undefined)[]>()]))
  const tasks = new Map(
    OPERATION_NAMES.map(name => [name, createTasks(corpus, name, profiles, WARM_UP + ROUNDS * TASKS_A_ROUND)]),
  )
  for (const [name, all] of tasks) {
    await inTurn(engines, all.slice(0, WARM_UP), engine => measured.get(engine)?.set(name, []))
  }
  for (let round = 0; round < ROUNDS; round++) {
    say(`round ${round + 1} of ${ROUNDS}`)
    const first = WARM_UP + round * TASKS_A_ROUND
    for (const [name, all] of tasks) {
      const order = rotated(engines, round % engines.length)
      await inTurn(order, all.slice(first, first + TASKS_A_ROUND), (engine, samples) => {
        const kept = measured.get(engine)?.get(name)
        // A round cut short leaves gaps, so that the nth sample stays the nth task's.
        for (let at = 0; at < TASKS_A_ROUND; at++) kept?.push(samples[at])
      })
    }
  }
  return measured
}
