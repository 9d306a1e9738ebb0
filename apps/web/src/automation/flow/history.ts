/** What can be taken back and done again. Typing into one field is one change, however many letters it has. */
export interface History<State> {
  past: State[]
  now: State
  future: State[]
  /** What the last change was made to: the next one to the same joins it. */
  subject: string | null
}

const longest = 100

export const startHistory = <State>(now: State): History<State> => ({ past: [], now, future: [], subject: null })

/** @param subject what is changed, where several changes to it are one to take back. */
export function changed<State>(history: History<State>, now: State, subject: string | null = null): History<State> {
  const joins = subject !== null && subject === history.subject
  const past = joins ? history.past : [...history.past, history.now].slice(-longest)
  return { past, now, future: [], subject }
}

export function undone<State>({ past, now, future, ...rest }: History<State>): History<State> {
  const before = past.at(-1)
  if (before === undefined) return { past, now, future, ...rest }
  return { past: past.slice(0, -1), now: before, future: [now, ...future], subject: null }
}

export function redone<State>({ past, now, future, ...rest }: History<State>): History<State> {
  const [next, ...later] = future
  if (next === undefined) return { past, now, future, ...rest }
  return { past: [...past, now], now: next, future: later, subject: null }
}
