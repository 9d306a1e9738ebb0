/** What was changed one after the other, so that it can be taken back and done again. */
export interface History<T> {
  past: T[]
  present: T
  future: T[]
}

/** Further back nobody goes. */
const longest = 100

export const begun = <T>(present: T): History<T> => ({ past: [], present, future: [] })

/** The same history where nothing is different. */
export function changed<T>(history: History<T>, present: T): History<T> {
  if (present === history.present) return history
  return { past: [...history.past, history.present].slice(-longest), present, future: [] }
}

export function undone<T>({ past, present, future }: History<T>): History<T> {
  const before = past.at(-1)
  return before === undefined
    ? { past, present, future }
    : { past: past.slice(0, -1), present: before, future: [present, ...future] }
}

export function redone<T>({ past, present, future }: History<T>): History<T> {
  const [next, ...later] = future
  return next === undefined ? { past, present, future } : { past: [...past, present], present: next, future: later }
}
