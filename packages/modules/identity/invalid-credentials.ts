import { AppError } from '@oneforge/kernel/errors'

/** A token or key that is not good, and was not good a moment ago either: whoever sends many of them guesses. */
export class InvalidCredentials extends AppError {
  constructor(message: string) {
    super('UNAUTHENTICATED', message)
  }
}
