import type { RecordData } from '@oneforge/client'
import { useMemo, useState } from 'react'

export interface Selection {
  records: ReadonlyMap<string, RecordData>
  has: (id: string) => boolean
  toggle: (record: RecordData) => void
  add: (records: RecordData[]) => void
  clear: () => void
}

/** The rows chosen for a change in bulk. Another list (`scope`) begins with none. */
export function useSelection(scope: string): Selection {
  const [kept, setKept] = useState<{ scope: string; records: ReadonlyMap<string, RecordData> }>({
    scope,
    records: new Map(),
  })
  return useMemo(() => {
    const records = kept.scope === scope ? kept.records : new Map<string, RecordData>()
    const keep = (next: ReadonlyMap<string, RecordData>) => setKept({ scope, records: next })
    return {
      records,
      has: (id) => records.has(id),
      toggle: (record) => {
        const next = new Map(records)
        if (!next.delete(record.id)) next.set(record.id, record)
        keep(next)
      },
      add: (added) => keep(new Map([...records, ...added.map((record) => [record.id, record] as const)])),
      clear: () => keep(new Map()),
    }
  }, [kept, scope])
}
