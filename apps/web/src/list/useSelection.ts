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
    const change = (edit: (records: Map<string, RecordData>) => void) =>
      setKept((current) => {
        const next = new Map(current.scope === scope ? current.records : [])
        edit(next)
        return { scope, records: next }
      })
    return {
      records,
      has: (id) => records.has(id),
      toggle: (record) =>
        change((chosen) => {
          if (!chosen.delete(record.id)) chosen.set(record.id, record)
        }),
      add: (added) =>
        change((chosen) => {
          for (const record of added) chosen.set(record.id, record)
        }),
      clear: () => change((chosen) => chosen.clear()),
    }
  }, [kept, scope])
}
