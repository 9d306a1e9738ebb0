import { useEffect, useState } from 'react'
import { filledValues, type Values } from './initialValues.ts'

interface Draft {
  values: Values
  /** True while the form shows what was typed on an earlier visit. */
  restored: boolean
  /** Grows with every fresh start: as a React key it empties inputs that keep text of their own. */
  round: number
  set: (key: string, value: unknown) => void
  /** Forgets the draft and starts again from the initial values. */
  clear: () => void
}

/**
 * What is typed into a form survives a reload and a closed drawer, until it is saved or discarded. The storage key
 * should name workspace and person, since a browser may be shared; null keeps nothing.
 */
export function useDraft(storageKey: string | null, initial: Values): Draft {
  const [stored] = useState(() => (storageKey ? read(storageKey) : undefined))
  const [restored, setRestored] = useState(stored !== undefined)
  const [values, setValues] = useState<Values>(() => stored ?? initial)
  const [touched, setTouched] = useState(false)
  const [round, setRound] = useState(0)

  useEffect(() => {
    if (touched && storageKey) write(storageKey, values)
  }, [storageKey, touched, values])

  return {
    values,
    restored,
    round,
    set: (key, value) => {
      setTouched(true)
      setValues((current) => ({ ...current, [key]: value }))
    },
    clear: () => {
      setTouched(false)
      setRestored(false)
      setRound((before) => before + 1)
      setValues(initial)
      if (storageKey) localStorage.removeItem(storageKey)
    },
  }
}

function read(storageKey: string): Values | undefined {
  const text = localStorage.getItem(storageKey)
  if (!text) return undefined
  try {
    return JSON.parse(text) as Values
  } catch {
    return undefined
  }
}

/** A browser whose storage is full keeps working, only without drafts. */
function write(storageKey: string, values: Values): void {
  const filled = filledValues(values)
  try {
    if (Object.keys(filled).length === 0) localStorage.removeItem(storageKey)
    else localStorage.setItem(storageKey, JSON.stringify(filled))
  } catch {
    localStorage.removeItem(storageKey)
  }
}
