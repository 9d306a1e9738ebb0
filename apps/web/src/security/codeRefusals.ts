import { ApiError } from '@oneforge/client'

const hints = ['MFA_REQUIRED', 'MFA_INVALID']

function codeDetail(error: unknown): string | undefined {
  if (!(error instanceof ApiError)) return undefined
  return [...error.reasons, ...error.details].find(({ field }) => field === 'otp')?.message
}

/** What was refused is the code of the second factor alone: it is missing, wrong, or not one at all. */
export function isAboutCode(error: unknown): boolean {
  return codeDetail(error) !== undefined
}

export function isCodeWrong(error: unknown): boolean {
  return codeDetail(error) === 'MFA_INVALID'
}

/** What the server says of the code in words, where it does not leave the words to the page. */
export function codeMessage(error: unknown): string | undefined {
  const detail = codeDetail(error)
  return detail === undefined || hints.includes(detail) ? undefined : detail
}
