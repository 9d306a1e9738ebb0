import { useEffect, useRef } from 'react'
import { usePeek } from '../../record/peek.ts'
import type { Entry } from './entries.ts'

/**
 * Looks at an entry beside the diary; once the panel is closed, the keys go on at the entry.
 *
 * @returns what a click and space do.
 */
export function useEntryPeek(): (entry: Entry) => void {
  const peek = usePeek()
  const last = useRef<string>(undefined)
  useEffect(() => {
    const before = last.current
    last.current = peek.id
    if (peek.id)
      document
        .querySelector(`[data-diary] [data-entry="${peek.id}"]`)
        ?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    if (!before || peek.id || document.activeElement !== document.body) return
    document.querySelector<HTMLElement>(`[data-entry="${before}"]`)?.focus({ preventScroll: true })
  }, [peek.id])
  return ({ record }) => peek.show(record.id)
}
