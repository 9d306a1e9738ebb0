import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Does the work and answers no sooner than after this time, however it ends: so that nobody learns from the time whether
 * there was anything to do. Choose it longer than the work takes.
 */
export async function inEvenTime<T>(milliseconds: number, work: () => Promise<T>): Promise<T> {
  const [outcome] = await Promise.allSettled([work(), sleep(milliseconds)])
  if (outcome.status === 'rejected') throw outcome.reason
  return outcome.value
}
