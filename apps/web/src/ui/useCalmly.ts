import { useDeferredValue } from 'react'

/**
 * Whether something is there, told a little later where it was waited for: what it brings is then drawn in small steps,
 * between which the page answers, instead of in one long one. What is there from the start is told at once.
 */
export function useCalmly(isThere: boolean): boolean {
  return useDeferredValue(isThere) && isThere
}
