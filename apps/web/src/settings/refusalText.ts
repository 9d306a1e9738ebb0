import { ApiError } from '@oneforge/client'
import { errorText } from '../api/client.ts'

/** Why the server refused a change of metadata: its words, and what it says of each part. */
export function refusalText(error: Error): string {
  const details = error instanceof ApiError ? error.details.map(({ field, message }) => `${field}: ${message}`) : []
  return [errorText(error), ...details].join(' ')
}
