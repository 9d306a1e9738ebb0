import type { RecordData } from '@oneforge/client'
import { useEffect, useState } from 'react'
import type { Selection } from '../useSelection.ts'

export interface Everything {
  /** All that the list has is meant, loaded or not. */
  isOn: boolean
  turnOn: () => void
}

/** Choosing all that the list finds: its loaded rows are ticked, and those that are loaded later. To untick one ends it. */
export function useEverything(rows: RecordData[], selection: Selection): Everything {
  const [ticked, setTicked] = useState<number>()
  const isOn = ticked !== undefined && selection.records.size >= ticked
  const { add } = selection

  useEffect(() => {
    if (!isOn || rows.length <= ticked) return
    add(rows.slice(ticked))
    setTicked(rows.length)
  }, [rows, isOn, ticked, add])

  function turnOn(): void {
    add(rows)
    setTicked(rows.length)
  }
  return { isOn, turnOn }
}
