/** When somebody who does nothing is signed out, worked out from the moment they last did something. */
const minute = 60_000
/** So long before, a warning tells. */
const warningTime = minute

export type IdleState = 'active' | 'warned' | 'over'

export function idleState(lastActive: number, now: number, idleMinutes: number): IdleState {
  const left = lastActive + idleMinutes * minute - now
  if (left <= 0) return 'over'
  return left <= warningTime ? 'warned' : 'active'
}

/** The server counts requests: whoever reads or types for long tells it now and then that they are here. */
export function isPresenceDue(lastActive: number, lastTold: number, now: number, idleMinutes: number): boolean {
  return lastActive > lastTold && now - lastTold > (idleMinutes * minute) / 3
}
