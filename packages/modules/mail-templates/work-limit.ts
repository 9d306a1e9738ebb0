/** How much work it may be to fill one text: whoever writes it holds up all others who share the server's process. */
import { AppError } from '@oneforge/kernel/errors'

/** About 0.2 s of work where each is a word or a value. */
const mostParts = 250_000

/** Counted in work rather than by the clock on the wall: a machine that is busy with others is no fault of the text. */
const longestMs = 1_000

/** Asking how much work was done costs as much as a part does. */
const partsBetween = 100

/** The text itself is at fault: another try ends the same way. */
export class TooManyParts extends Error {}

/**
 * Of one text; to be called before each part that is filled.
 *
 * @param worked milliseconds that this thread has worked so far.
 * @throws TooManyParts; AppError 503 where the parts are few and yet took long, which another try may not.
 */
export function workLimit(worked: () => number = workedByThread): () => void {
  const began = worked()
  let parts = 0
  return () => {
    parts += 1
    if (parts > mostParts) throw new TooManyParts()
    if (parts % partsBetween === 0 && worked() - began > longestMs) throw tookTooLong()
  }
}

function workedByThread(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1_000
}

const tookTooLong = (): AppError =>
  new AppError('UNAVAILABLE', 'The text took too long to fill. Try again, and make it simpler if it happens again.', {
    retryAfter: 5,
  })
