/**
 * The location that the page is switched to: with it every list, count and search shows what belongs there, and new
 * records get it. Kept in this browser per workspace and person.
 * - shownLocation(), useShownLocation(): its id; undefined: all locations.
 * - showLocation(id): switches.
 * - recallLocation(reader): whoever signed in gets back what they chose last.
 * - loseLocation(id): for one that cannot be looked at any more.
 * - forgetReader(): when the session is over.
 */
import { useSyncExternalStore } from 'react'

interface Reader {
  tenantId: string
  userId: string
}

/** Known once the workspace is loaded. */
let storageKey: string | undefined
let shown: string | undefined
const listeners = new Set<() => void>()

export function shownLocation(): string | undefined {
  return shown
}

export function useShownLocation(): string | undefined {
  return useSyncExternalStore(subscribe, shownLocation)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function set(id: string | undefined): void {
  shown = id
  for (const listener of listeners) listener()
}

export function showLocation(id: string | undefined): void {
  if (storageKey && id) localStorage.setItem(storageKey, id)
  else if (storageKey) localStorage.removeItem(storageKey)
  set(id)
}

/** Answers whether another location is shown now than before. */
export function recallLocation({ tenantId, userId }: Reader): boolean {
  const key = `oneforge-location-${tenantId}-${userId}`
  if (key === storageKey) return false
  const before = shown
  storageKey = key
  set(localStorage.getItem(key) ?? undefined)
  return shown !== before
}

/** Answers whether it was the one shown: of several requests that were refused for it only the first is told so. */
export function loseLocation(id: string): boolean {
  if (shown !== id) return false
  showLocation(undefined)
  return true
}

/** What they chose stays in the browser for their next visit. */
export function forgetReader(): void {
  storageKey = undefined
  set(undefined)
}
