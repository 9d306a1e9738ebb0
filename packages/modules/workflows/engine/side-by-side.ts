/**
 * Walks of several runs in one transaction. One of them goes on at a time, so that none meets half of what another does; it
 * stands still where it asks for something that is done for many in hardly more time than for one. Once all stand still
 * or have ended, what they have asked for is done, each kind of it for all who asked, and they go on.
 */

/** Something that is done for all who ask for it: gives an answer for each, in their order. */
export type Together<I, O> = (asked: I[]) => Promise<O[]>

interface Asked {
  /** Of the walk that asks. */
  index: number
  input: unknown
  answer(output: unknown): void
  refuse(error: unknown): void
}

interface Group {
  work: Together<unknown, unknown>
  asked: Asked[]
}

export class SideBySide {
  private groups = new Map<string, Group>()
  /** The walk that goes on. */
  private current = 0
  private pause: () => void = () => {}

  /**
   * Called by a walk, which goes on with the answer.
   *
   * @param group whoever asks under the same name could give the same `work`.
   */
  ask<I, O>(group: string, input: I, work: Together<I, O>): Promise<O> {
    return new Promise<O>((resolve, reject) => {
      const { asked } = this.groups.get(group) ?? this.open(group, work as Together<unknown, unknown>)
      asked.push({ index: this.current, input, answer: resolve as (output: unknown) => void, refuse: reject })
      this.pause()
    })
  }

  private open(name: string, work: Group['work']): Group {
    const group = { work, asked: [] }
    this.groups.set(name, group)
    return group
  }

  /** Gives what each walk comes to. Where one fails, so does all: the others stand where they are, and stay there. */
  async walk<T>(walks: (() => Promise<T>)[]): Promise<T[]> {
    const ends: Promise<T>[] = []
    for (const [index, begin] of walks.entries()) {
      await this.goOn(index, () => {
        ends[index] = begin()
        return ends[index]
      })
    }
    while (this.groups.size > 0) {
      for (const resume of await this.carryOut()) {
        await this.goOn(resume.index, () => {
          resume.go()
          return ends[resume.index]!
        })
      }
    }
    return Promise.all(ends)
  }

  /** Returns when the walk stands still again, or has ended. */
  private async goOn(index: number, go: () => Promise<unknown>): Promise<void> {
    this.current = index
    const still = new Promise<void>((resolve) => {
      this.pause = resolve
    })
    await Promise.race([go(), still])
  }

  /** Does what has been asked for, and tells how each walk goes on, in their order. */
  private async carryOut(): Promise<{ index: number; go: () => void }[]> {
    const groups = [...this.groups.values()]
    this.groups = new Map()
    const resumed: { index: number; go: () => void }[] = []
    for (const { work, asked } of groups) {
      const inputs = asked.map(({ input }) => input)
      const outcome = await work(inputs).then(
        (outputs) => (one: Asked, n: number) => one.answer(outputs[n]),
        (error: unknown) => (one: Asked) => one.refuse(error),
      )
      for (const [n, one] of asked.entries()) resumed.push({ index: one.index, go: () => outcome(one, n) })
    }
    return resumed.sort((a, b) => a.index - b.index)
  }
}
