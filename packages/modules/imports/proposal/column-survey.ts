/** What the cells of one column are, gathered in one pass over the file. */

export class ColumnSurvey {
  /** Rows in which the column holds something. */
  filled = 0
  /** Whether `counts` has every value there is. */
  complete = true
  /** How often each value comes, as it is written. */
  readonly counts = new Map<string, number>()
  readonly name: string
  private readonly most: number

  /** @param most distinct values that are remembered. */
  constructor(name: string, most: number) {
    this.name = name
    this.most = most
  }

  observe(cell: string): void {
    const text = cell.trim()
    if (text === '') return
    this.filled += 1
    const known = this.counts.get(text)
    if (known !== undefined) this.counts.set(text, known + 1)
    else if (this.counts.size < this.most) this.counts.set(text, 1)
    else this.complete = false
  }

  /** How often something stands there, and how many different values, those left out that say nothing. */
  without(saysNothing: (text: string) => boolean): { filled: number; distinct: number } {
    const nothing = this.values.filter(saysNothing)
    const times = nothing.reduce((total, text) => total + this.counts.get(text)!, 0)
    return { filled: this.filled - times, distinct: this.distinct - nothing.length }
  }

  get distinct(): number {
    return this.counts.size
  }

  get values(): string[] {
    return [...this.counts.keys()]
  }
}
