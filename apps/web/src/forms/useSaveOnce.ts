import { useRef } from 'react'

/** Whether the form takes more after a save: a refusal and «save and new» leave it open, else it is closing. */
export type AfterSave = 'stays' | 'closes'

/**
 * Runs one save of a form at a time. A form that was saved stays locked while it closes: the second press of a double
 * click comes then, and would make a second record.
 */
export function useSaveOnce(): (save: () => Promise<AfterSave>) => Promise<void> {
  const locked = useRef(false)
  return async (save) => {
    if (locked.current) return
    locked.current = true
    locked.current = (await save()) === 'closes'
  }
}
