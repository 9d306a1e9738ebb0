/**
 * Errors that a caller may see. Each carries a code of the HTTP contract, the status that goes with it, a message
 * written for the person who must act on it, and the fields it concerns. Whatever is not an `AppError` is our fault:
 * the runner logs it with the request id and shows only that id.
 */
import type { Said } from './sentences.ts'

export { type Said, says } from './sentences.ts'

export interface FieldProblem extends Said {
  field: string
}

export type ErrorCode =
  | 'VALIDATION_ERROR'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'METHOD_NOT_ALLOWED'
  | 'CONFLICT'
  | 'PAYLOAD_TOO_LARGE'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'IDEMPOTENCY_MISMATCH'
  | 'LOCKED'
  | 'RATE_LIMIT_EXCEEDED'
  | 'UNAVAILABLE'

const statusOf: Record<ErrorCode, number> = {
  VALIDATION_ERROR: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  CONFLICT: 409,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  IDEMPOTENCY_MISMATCH: 422,
  LOCKED: 423,
  RATE_LIMIT_EXCEEDED: 429,
  UNAVAILABLE: 503,
}

export class AppError extends Error {
  readonly code: ErrorCode
  readonly status: number
  readonly details: FieldProblem[]
  /** What the answer carries beside the message: the current record of a stale edit, for example. */
  readonly data: unknown
  /** Seconds after which the same call may succeed. */
  readonly retryAfter: number | undefined

  constructor(
    code: ErrorCode,
    message: string,
    options: { details?: FieldProblem[]; data?: unknown; retryAfter?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.status = statusOf[code]
    this.details = options.details ?? []
    this.data = options.data
    this.retryAfter = options.retryAfter
  }
}

/** 400 with the fields at fault; the message names the first, so that it can stand alone in a toast. */
export function validationError(details: FieldProblem[], message?: string): AppError {
  const first = details[0]
  const rest = details.length > 1 ? ` (and ${details.length - 1} more)` : ''
  return new AppError(
    'VALIDATION_ERROR',
    message ?? (first ? `${first.field}: ${first.message}${rest}` : 'Invalid input'),
    {
      details,
    },
  )
}

/**
 * Why a call was refused, for callers that have their own words for it: a reason in capitals (`LAST_OWNER`) and what it
 * is about.
 */
export const because = (reason: string, about: string): { details: FieldProblem[] } => ({
  details: [{ field: about, message: reason }],
})

/** 404, also for what the caller may not know of. */
export const notFound = (what: string): AppError => new AppError('NOT_FOUND', `${what} was not found.`)

export const forbidden = (message: string, options: { details?: FieldProblem[] } = {}): AppError =>
  new AppError('FORBIDDEN', message, options)

export const unauthenticated = (message = 'Sign in to continue.'): AppError => new AppError('UNAUTHENTICATED', message)

export const conflict = (message: string, options: { details?: FieldProblem[]; data?: unknown } = {}): AppError =>
  new AppError('CONFLICT', message, options)
