import type { RecordData } from './types.ts'

/** What went wrong with one field of a request; `field` is the key that was sent. */
export interface ErrorDetail {
  field: string
  message: string
}

interface ApiErrorParts {
  status: number
  code: string
  message: string
  details?: ErrorDetail[]
  current?: RecordData
  requestId?: string
}

/**
 * Every refusal of the server, and every failure to reach it, in one shape. `message` is written for the user;
 * `current` is the record as it stands when somebody else saved first (code CONFLICT).
 */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly details: ErrorDetail[]
  readonly current: RecordData | undefined
  readonly requestId: string | undefined

  constructor(parts: ApiErrorParts) {
    super(parts.message)
    this.name = 'ApiError'
    this.status = parts.status
    this.code = parts.code
    this.details = parts.details ?? []
    this.current = parts.current
    this.requestId = parts.requestId
  }

  /** The messages by field, for forms: `{email: 'is taken'}`. The first message of a field wins. */
  byField(): Record<string, string> {
    const messages: Record<string, string> = {}
    for (const { field, message } of this.details) messages[field] ??= message
    return messages
  }
}
