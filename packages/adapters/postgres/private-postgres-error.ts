/**
 * The private PostgreSQL cannot be found, started or reached. The message is written for the person who runs the
 * server: what happened, to which directory, what to do next. Start-up code prints it without a stack.
 */
export class PrivatePostgresError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'PrivatePostgresError'
  }
}
