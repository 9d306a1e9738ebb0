/** Many who come at once with the same question are served by one of them. */
export class Turns<T> {
  /** Who is at it, and who comes next with those who came in the meantime. */
  private readonly turns = new Map<string, { now: Promise<unknown>; next?: Promise<T> }>()

  /**
   * By whoever begins after they came, for what is under way may have missed what they know of. Those who take turns hold
   * connections already, so that nobody waits for one that another holds.
   */
  take(key: string, work: () => Promise<T>): Promise<T> {
    const turn = this.turns.get(key)
    // Who gives up, as one whose reader has gone does, leaves the others to take turns again, and not all to begin at once.
    if (turn?.next) return turn.next.catch(() => this.take(key, work))
    const begin = () => {
      this.turns.set(key, { now: own })
      return work()
    }
    const own = turn ? turn.now.then(begin, begin) : work()
    this.turns.set(key, turn ? { now: turn.now, next: own } : { now: own })
    const end = () => {
      const { now, next } = this.turns.get(key)!
      if (now === own && !next) this.turns.delete(key)
    }
    own.then(end, end)
    return own
  }
}
