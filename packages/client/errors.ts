import type { RecordData } from './types.ts'

/** What went wrong with one field of a request; `field` is the key that was sent. */
export interface ErrorDetail {
  field: string
  message: string
  /** Which of the frequent sentences it is, and what stands in it: for saying it in another language than English. */
  key?: string
  values?: Record<string, string | number>
}

/** Reasons in capitals stand where the words are left to the page: `LAST_OWNER`. */
const isReason = ({ message }: ErrorDetail): boolean => /^[A-Z]+(_[A-Z]+)+$/.test(message)

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
  /** What is wrong with which field, in words. */
  readonly details: ErrorDetail[]
  /** Why it was refused, for the page to put in words. */
  readonly reasons: ErrorDetail[]
  readonly current: RecordData | undefined
  readonly requestId: string | undefined

  constructor(parts: ApiErrorParts) {
    super(parts.message)
    this.name = 'ApiError'
    this.status = parts.status
    this.code = parts.code
    const details = parts.details ?? []
    this.details = details.filter((detail) => !isReason(detail))
    this.reasons = details.filter(isReason)
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
