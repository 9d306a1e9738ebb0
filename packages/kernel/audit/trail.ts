/**
 * What one run of an operation leaves behind: exactly one entry in the log of operations, written with the last statements
 * of its transaction, so that there is no change and no read of protected health information without it. Whoever touches
 * records says which; nobody says anything of their values.
 */
import { compile, type Query, type RawBuilder, type Statement, type Transaction } from '../database/index.ts'
import type { RequestFacts } from '../tenancy/index.ts'
import { type Entry, entryInsert, maxRecordIds, type Outcome } from './entry.ts'

/** What is known of a run before it begins. */
export interface TrailStart {
  operation: { name: string; kind: 'command' | 'query'; phi?: boolean }
  facts: RequestFacts
  actorId: string | null
  keyId?: string
  /** The workflow that calls the operation, by its name. */
  workflow?: string
}

/** Where the tenant of an operation is not known. */
export const noWorkspace = '00000000-0000-0000-0000-000000000000'

export class OperationTrail {
  private readonly start: TrailStart
  private readonly startedAt = performance.now()
  private readonly recordIds = new Set<string>()
  private recordCount = 0
  private object: string | null | undefined
  /** Undefined: nobody has said what was read. */
  private readsProtected: boolean | undefined
  private tenantId = noWorkspace
  private actorId: string | null
  private viewedAs: string | null = null
  private isCarried = false
  private isWritten = false

  constructor(start: TrailStart) {
    this.start = start
    this.actorId = start.actorId
  }

  /** Forgets what was touched: the run begins, maybe anew after one that met stale metadata. */
  begin(): void {
    this.recordIds.clear()
    this.recordCount = 0
    this.object = undefined
    this.readsProtected = undefined
    this.isCarried = false
  }

  /** Whose workspace it is about, and who acts, once that is known. */
  actsFor({ tenantId, userId }: { tenantId: string; userId?: string }): void {
    this.tenantId = tenantId
    this.actorId ??= userId ?? null
  }

  /** The workspace is looked at as this member: whatever is read, it leaves an entry. */
  viewsAs(userId: string): void {
    this.viewedAs = userId
  }

  /** Records of the object are read or written; `isProtected` where they hold protected health information. */
  concerns(object: string | null, isProtected: boolean): void {
    this.object = this.object === undefined ? object : this.object
    this.readsProtected = this.readsProtected || isProtected
  }

  touched(ids: string[]): void {
    for (const id of ids) {
      if (this.recordIds.has(id)) continue
      this.recordCount += 1
      if (this.recordIds.size < maxRecordIds) this.recordIds.add(id)
    }
  }

  /** For records that are counted without being named, such as those of a long export. */
  counted(records: number): void {
    this.recordCount = Math.max(this.recordCount, records)
  }

  /** The workspace that the entry belongs to. */
  get tenant(): string {
    return this.tenantId
  }

  /**
   * Whether the run leaves an entry: each command, and what reads protected health information or may have, as long as
   * nobody has said what it read.
   */
  get isKept(): boolean {
    const { kind, phi } = this.start.operation
    if (kind === 'command' || this.viewedAs !== null) return true
    return phi === true && this.readsProtected !== false
  }

  /**
   * The last statement of a run, which carries the entry: its rows are records with an id, of which the caller is shown
   * `most`. With `one` there must be a row: the run fails where there is none.
   */
  carry(query: Query, options: { one?: boolean; most?: number } = {}): Query {
    if (!this.isKept) return query
    this.isCarried = true
    const read = compile(query)
    const entry = entryInsert(this.entry({ outcome: 'done' }), { from: 'answer', ...options })
    const { text, values } = numberedFrom(read.values.length, compile(entry))
    return {
      ...read,
      text: `with answer as materialized (${read.text}), logged as (${text}) select * from answer`,
      values: [...read.values, ...values],
    }
  }

  /** Has the transaction end with the entry, unless its last statement carries it. */
  closeWith(tx: Transaction): void {
    tx.closeWith(() => (this.isKept && !this.isCarried ? [this.entryOf({ outcome: 'done' })] : []))
    tx.onCommit(() => {
      this.isWritten = true
    })
  }

  /** Adds the entry to a transaction that others share, unless a statement of the run has carried it. */
  async closeWithin(tx: Transaction): Promise<void> {
    if (this.isKept && !this.isCarried) await tx.query(this.entryOf({ outcome: 'done' }))
  }

  /** Whether an entry is still to be written when all is over. */
  get isOpen(): boolean {
    return this.isKept && !this.isWritten
  }

  /** The entry of a run that failed, or that had no transaction of its own. */
  entryOf(outcome: Outcome): RawBuilder<unknown> {
    return entryInsert(this.entry(outcome))
  }

  private entry(outcome: Outcome): Entry {
    const { operation, facts, keyId, workflow } = this.start
    return {
      tenantId: this.tenantId,
      actorId: this.actorId,
      actorKind: workflow === undefined ? (this.actorId ? 'user' : 'stranger') : 'workflow',
      actedBy: workflow,
      viewedAs: this.viewedAs,
      keyId: keyId ?? null,
      kind: operation.kind,
      operation: operation.name,
      object: this.object ?? null,
      recordIds: [...this.recordIds],
      recordCount: this.recordCount,
      ...outcome,
      durationMs: Math.round(performance.now() - this.startedAt),
      facts,
    }
  }
}

/** The statement with its parameters numbered behind those of another. */
function numberedFrom(before: number, { text, values }: Statement): Statement {
  return { text: text.replace(/\$(\d+)/g, (_, number) => `$${Number(number) + before}`), values }
}
