/**
 * The smallest sets of suppliers that together cover all that is asked for: set cover, exact, by branch and bound on
 * the brick that fewest supply, one more supplier at a time.
 */

/** A supplier with what it brings. */
export interface Candidate {
  readonly id: string
  readonly covers: ReadonlySet<string>
  /** What it is worth beside: of equal sets the one with the greater sum comes first. */
  readonly value: number
}

export interface CombinationLimits {
  /** How many sets are returned. */
  readonly sets: number
  /** How many suppliers a set has at most. */
  readonly size: number
  /** How many steps are taken (some 5 µs each); past that, what was found so far is returned, or a greedy set. */
  readonly steps: number
}

const DEFAULTS: CombinationLimits = { sets: 5, size: 6, steps: 50_000 }

/** A set is minimal when nobody can be left out. */
export const isMinimal = (set: readonly Candidate[], goal: ReadonlySet<string>): boolean =>
  set.every(one =>
    [...one.covers].some(brick => goal.has(brick) && !set.some(other => other !== one && other.covers.has(brick))),
  )

/** Who brings exactly the same is interchangeable: the best of them stand for the others, as many as sets are shown. */
const representatives = (candidates: readonly Candidate[], goal: ReadonlySet<string>, most: number): Candidate[] => {
  const kept = new Map<string, number>()
  return [...candidates]
    .sort((a, b) => b.value - a.value)
    .filter(candidate => {
      const bricks = [...candidate.covers].filter(brick => goal.has(brick)).sort()
      if (bricks.length === 0) return false
      const key = bricks.join(' ')
      const seen = (kept.get(key) ?? 0) + 1
      kept.set(key, seen)
      return seen <= most
    })
}

/** More bricks than a mask has bits would need another representation; a matrix has no more columns. */
const MOST_BRICKS = 30

const bits = (mask: number): number => {
  let count = 0
  for (let left = mask; left !== 0; left &= left - 1) count++
  return count
}

interface Masked {
  readonly candidate: Candidate
  readonly mask: number
}

/** One set, by always taking who brings most; whoever is superfluous in the end is left out. */
const greedy = (useful: readonly Masked[], all: number): Masked[] => {
  let set: Masked[] = []
  let open = all
  while (open !== 0) {
    const best = useful.reduce((a, b) => (bits(b.mask & open) > bits(a.mask & open) ? b : a))
    set.push(best)
    open &= ~best.mask
  }
  for (const one of [...set]) {
    const others = set.filter(each => each !== one)
    if (others.reduce((covered, each) => covered | each.mask, 0) === all) set = others
  }
  return set
}

/**
 * Minimal sets that cover every brick of `goal` that anybody covers, fewest suppliers first; sets of one supplier more
 * follow when there are few. A brick that nobody covers is left to the caller to name. Of more than 30 bricks the first
 * 30 count.
 */
export const combinations = (
  candidates: readonly Candidate[],
  goal: ReadonlySet<string>,
  limits: Partial<CombinationLimits> = {},
): Candidate[][] => {
  const { sets, size, steps } = { ...DEFAULTS, ...limits }
  const bricks = [...goal].slice(0, MOST_BRICKS)
  const maskOf = ({ covers }: Candidate): number =>
    bricks.reduce((mask, brick, index) => (covers.has(brick) ? mask | (1 << index) : mask), 0)
  const useful = representatives(candidates, new Set(bricks), sets).map(each => ({
    candidate: each,
    mask: maskOf(each),
  }))
  const all = useful.reduce((mask, each) => mask | each.mask, 0)
  if (all === 0) return []
  const holders = bricks.map((_, index) => useful.filter(each => (each.mask >> index) & 1))
  const rarest = bricks.map((_, index) => index).sort((a, b) => (holders[a]?.length ?? 0) - (holders[b]?.length ?? 0))
  const found = new Map<string, Masked[]>()
  let left = steps

  const keep = (set: readonly Masked[]): void => {
    const superfluous = set.some(one => set.reduce((mask, each) => (each === one ? mask : mask | each.mask), 0) === all)
    if (!superfluous) found.set([...set.map(each => each.candidate.id)].sort().join(' '), [...set])
  }
  const search = (chosen: readonly Masked[], open: number, room: number): void => {
    if (left-- <= 0) return
    if (open === 0) {
      keep(chosen)
      return
    }
    let best = 0
    for (const each of useful) best = Math.max(best, bits(each.mask & open))
    if (best * room < bits(open)) return
    const next = rarest.find(index => (open >> index) & 1) ?? 0
    for (const each of holders[next] ?? []) search([...chosen, each], open & ~each.mask, room - 1)
  }

  for (let room = 1; room <= Math.min(size, useful.length); room++) {
    search([], all, room)
    if (found.size >= sets || left <= 0) break
  }
  if (found.size === 0) keep(greedy(useful, all))
  const value = (set: readonly Masked[]): number => set.reduce((sum, each) => sum + each.candidate.value, 0)
  return [...found.values()]
    .sort((a, b) => a.length - b.length || value(b) - value(a))
    .slice(0, sets)
    .map(set => set.map(each => each.candidate))
}
