/** How much one transaction of the engine does before it ends, and the rest has the next one. */

const stepsPerRun = 100
const stepsPerBatch = 500

/** After so long nothing further is begun: others may wait for what the transaction holds, such as counters of records. */
const longestMs = 100

/** Performed by each wave however long it takes: who is walked again for each single step hardly gets anywhere. */
const leastPerWave = 10

export class Pace {
  private readonly clock: () => number
  private readonly began: number
  private performed = 0

  /** @param clock milliseconds since some moment. */
  constructor(clock: () => number = () => performance.now()) {
    this.clock = clock
    this.began = clock()
  }

  /** Whether no further wave is begun. */
  get isOver(): boolean {
    return this.performed >= stepsPerBatch || this.isLate
  }

  private get isLate(): boolean {
    return this.clock() - this.began > longestMs
  }

  /** Steps that were performed. */
  count(steps: number): void {
    this.performed += steps
  }

  /**
   * Of each run of a wave.
   *
   * @returns whether the run goes on that has performed so many steps in this transaction.
   */
  of(runs: number): (performed: number) => boolean {
    const most = Math.min(stepsPerRun, Math.ceil(stepsPerBatch / runs))
    const least = Math.ceil(leastPerWave / runs)
    return (performed) => performed < least || (performed < most && !this.isLate)
  }
}
