import { useEffect, useRef } from 'react'

/**
 * An entry that is put elsewhere by keys is drawn anew there, and the focus would be nowhere. Whoever put it keeps it:
 * also when it is refused and stands where it was.
 *
 * @returns takes the id of the record.
 */
export function useKeptFocus(): (id: string) => void {
  const kept = useRef<string>(undefined)
  useEffect(() => {
    if (!kept.current || document.activeElement !== document.body) return
    document.querySelector<HTMLElement>(`[data-entry="${kept.current}"]`)?.focus({ preventScroll: true })
  })
  return (id) => {
    kept.current = id
  }
}
