import { useEffect, useState } from 'react'
import { dropDraft, keepDraft, readDraft } from '../api/drafts.ts'
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
 * What is typed into a form survives a reload and a closed drawer, until it is saved or discarded or the session ends.
 * The name should tell workspace and person, since a browser may be shared.
 *
 * @param asked what counts over the draft: where one pointed this time.
 */
export function useDraft(name: string, initial: Values, asked: Values = {}): Draft {
  const [stored] = useState(() => readDraft<Values>(name))
  const [restored, setRestored] = useState(stored !== undefined)
  const [values, setValues] = useState<Values>(() => (stored ? { ...stored, ...asked } : initial))
  const [touched, setTouched] = useState(false)
  const [round, setRound] = useState(0)

  useEffect(() => {
    if (!touched) return
    const filled = filledValues(values)
    if (Object.keys(filled).length === 0) dropDraft(name)
    else keepDraft(name, filled)
  }, [name, touched, values])

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
      dropDraft(name)
    },
  }
}
