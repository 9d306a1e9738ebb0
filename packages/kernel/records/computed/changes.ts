/** What a transaction has changed that computed fields are made of. */
import type { Transaction } from '../../database/index.ts'
import type { RecordContext } from '../context.ts'
import type { Total } from './totals.ts'

interface ChangedRecord {
  /** Undefined where only a link told of it. */
  objectId: string | undefined
  keys: Set<string>
}

/** Changed keys by record: fields, relations in either direction, and `existence`. */
export class Changes {
  private readonly records = new Map<string, ChangedRecord>()
  private readonly made = new Set<string>()
  private readonly broughtBefore = new Map<string, Map<string, Total>>()
  /** Takes back what the transaction was to do about them in the end. */
  withdraw: () => void = () => {}

  add(recordId: string, objectId: string | undefined, keys: Iterable<string>): void {
    const known = this.records.get(recordId)
    if (!known) {
      this.records.set(recordId, { objectId, keys: new Set(keys) })
      return
    }
    known.objectId ??= objectId
    for (const key of keys) known.keys.add(key)
  }

  /** Says that the transaction has made the record: nothing was made of it before. */
  addNew(recordId: string): void {
    this.made.add(recordId)
  }

  isNew(recordId: string): boolean {
    return this.made.has(recordId)
  }

  /** Whether the transaction has neither made the record nor changed one of the keys. */
  isUntouched(id: string, keys: Set<string>): boolean {
    return !this.made.has(id) && (this.records.get(id)?.keys.isDisjointFrom(keys) ?? true)
  }

  /** Remembers that it is known what a child brings to a rollup: the totals by parent, which the caller fills in. */
  bring(fieldId: string, child: string): Map<string, Total> {
    const place = `${fieldId} ${child}`
    const totals = this.broughtBefore.get(place) ?? new Map<string, Total>()
    this.broughtBefore.set(place, totals)
    return totals
  }

  /** What the child brought to a rollup before it was changed, by parent; undefined where nobody has asked. */
  brought(fieldId: string, child: string): Map<string, Total> | undefined {
    return this.broughtBefore.get(`${fieldId} ${child}`)
  }

  /** Records of the object of which one of the keys has changed. */
  having(objectId: string, keys: Set<string>): string[] {
    const isMeant = (record: ChangedRecord) => record.objectId === undefined || record.objectId === objectId
    return [...this.records]
      .filter(([, record]) => isMeant(record) && !record.keys.isDisjointFrom(keys))
      .map(([id]) => id)
  }

  get isEmpty(): boolean {
    return this.records.size === 0
  }
}

const pending = new WeakMap<Transaction, Changes>()

/** What the transaction has noted and not settled yet. */
export function pendingChanges(tx: Transaction): Changes {
  const changes = pending.get(tx) ?? new Changes()
  pending.set(tx, changes)
  return changes
}

/** Takes what has been noted so far; it is then the caller's to settle. */
export function takeChanges({ tx }: Pick<RecordContext, 'tx'>): Changes {
  const changes = pending.get(tx) ?? new Changes()
  pending.delete(tx)
  changes.withdraw()
  return changes
}
