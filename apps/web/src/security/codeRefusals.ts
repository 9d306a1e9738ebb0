import { ApiError } from '@oneforge/client'

function codeHint(error: unknown): string | undefined {
  return error instanceof ApiError ? error.details.find(({ field }) => field === 'otp')?.message : undefined
}

/** The password was right; what is missing, or was wrong, is the code of the second factor. */
export function isCodeRequired(error: unknown): boolean {
  return codeHint(error) !== undefined
}

export function isCodeWrong(error: unknown): boolean {
  return codeHint(error) === 'MFA_INVALID'
}
