/** Work that reads for a caller who has gone away is given up: nothing more is asked for it, and what is under way is cancelled. */
import type pg from 'pg'
import { AppError } from '../errors/index.ts'

/** Whoever asked has closed the connection: nobody gets this answer, and nothing was handed out. */
export class CallerGone extends AppError {
  constructor() {
    super('UNAVAILABLE', 'The request was given up by its caller before it was answered.')
    this.name = 'CallerGone'
  }
}

/** Throws `CallerGone` where nobody waits any more. */
export function requireCaller(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new CallerGone()
}

/**
 * Waits for what the connection was asked, and has PostgreSQL cancel it over another connection once the caller has gone.
 * It ends only when the cancellation can no longer hit what others ask of the connection.
 */
export async function whileAwaited<T>(
  cancels: pg.Pool,
  client: pg.PoolClient,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  if (!signal) return work()
  let isRunning = true
  let cancelling: Promise<unknown> | undefined
  const cancel = async () => {
    const other = await cancels.connect()
    // The work may have ended meanwhile: the connection may serve somebody else by now.
    if (isRunning) cancelling = other.query('select pg_cancel_backend($1)', [processOf(client)])
    await cancelling?.catch(() => {})
    other.release()
  }
  const onGone = () => void cancel().catch(() => {})
  signal.addEventListener('abort', onGone, { once: true })
  try {
    return await work()
  } catch (error) {
    requireCaller(signal)
    throw error
  } finally {
    isRunning = false
    signal.removeEventListener('abort', onGone)
    await cancelling?.catch(() => {})
  }
}

/** The process that serves the connection, which node-postgres's typings leave out. */
const processOf = (client: pg.PoolClient): number => (client as unknown as { processID: number }).processID
