/**
 * Whether somebody is being shown around. Apart from the tour itself, so that menus and pages can begin it without
 * carrying it along.
 */
import { useSyncExternalStore } from 'react'

let isOn = false
const listeners = new Set<() => void>()

function turn(on: boolean): void {
  isOn = on
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const beginTour = (): void => turn(true)
export const endTour = (): void => turn(false)
export const useTourIsOn = (): boolean => useSyncExternalStore(subscribe, () => isOn)
