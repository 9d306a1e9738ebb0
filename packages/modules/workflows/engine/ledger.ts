/** What one run has done so far, and what it does now: rows by their paths. */

/** `sent`: something outside has been asked and has not answered. */
export type StepState = 'done' | 'waiting' | 'sent' | 'failed'

export interface LedgerRow {
  path: string
  state: StepState
  attempt: number
  /** RFC 3339: until when it waits, or when something outside is asked again. */
  wakeAt: string | null
  input: unknown
  output: unknown
  error: string | null
  /** Of its input and output as JSON. */
  bytes?: number
}

/** What is said of a step beside its state. */
export type Entry = Partial<Pick<LedgerRow, 'attempt' | 'wakeAt' | 'input' | 'output' | 'error'>>

export class Ledger {
  private readonly rows: Map<string, LedgerRow>
  private readonly changed = new Set<string>()
  /** Of all that its steps have noted. */
  bytes: number

  constructor(rows: LedgerRow[] = []) {
    this.rows = new Map(rows.map((row) => [row.path, row]))
    this.bytes = rows.reduce((sum, { bytes = 0 }) => sum + bytes, 0)
  }

  /** What stands; a step that has failed is to be done anew. */
  at(path: string): LedgerRow | undefined {
    const row = this.rows.get(path)
    return row?.state === 'failed' ? undefined : row
  }

  /** @param bytes of what is noted with it. */
  write(path: string, state: StepState, entry: Entry = {}, bytes = 0): void {
    this.bytes += bytes
    const known = this.rows.get(path)
    const attempt = known?.state === 'failed' ? known.attempt + 1 : (known?.attempt ?? 1)
    this.rows.set(path, {
      path,
      state,
      attempt,
      wakeAt: null,
      input: known?.input ?? null,
      output: null,
      error: null,
      ...entry,
    })
    this.changed.add(path)
  }

  /** How many steps stand in it. */
  get size(): number {
    return this.rows.size
  }

  /** How often a step has been tried. */
  attemptsAt(path: string): number {
    return this.rows.get(path)?.attempt ?? 0
  }

  /** Rows that are to be stored, in the order in which they were written. */
  changes(): LedgerRow[] {
    return [...this.changed].map((path) => this.rows.get(path)!)
  }

  all(): LedgerRow[] {
    return [...this.rows.values()]
  }

  /** Whether something is still waited for. */
  isOpen(): boolean {
    return this.all().some(({ state }) => state === 'waiting' || state === 'sent')
  }

  /** The next moment at which something of the run is to be gone on with; null where none is known. */
  wakeAt(): string | null {
    const open = this.all().filter(({ state }) => state === 'waiting' || state === 'sent')
    const moments = open.flatMap(({ wakeAt }) => wakeAt ?? [])
    return moments.length > 0 ? moments.reduce((first, next) => (next < first ? next : first)) : null
  }
}
