/** Names of which something was found out, and until when that is taken for granted; the oldest go first. */
export class RecentNames {
  private readonly until = new Map<string, number>()
  private readonly forMs: number

  constructor(forMs: number) {
    this.forMs = forMs
  }

  has(name: string): boolean {
    return (this.until.get(name) ?? 0) > Date.now()
  }

  add(name: string): void {
    this.until.delete(name)
    this.until.set(name, Date.now() + this.forMs)
    if (this.until.size > mostNames) this.until.delete(this.until.keys().next().value!)
  }
}

const mostNames = 1_000
