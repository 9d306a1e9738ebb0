import { ApiError } from '@oneforge/client'

/** Whether the workspace as a whole is closed to its people. */
export const isSuspension = (error: unknown): error is ApiError =>
  error instanceof ApiError && error.reasons.some(({ message }) => message === 'WORKSPACE_SUSPENDED')
