/** The one client of the page, and what happens when its session ends. */
import { ApiError, createClient, type ErrorDetail } from '@oneforge/client'
import { QueryClient } from '@tanstack/react-query'
import i18next from 'i18next'
import { currentLanguage } from '../i18n/index.ts'
import { fetchEarly } from './early.ts'
import { problemWords } from './problemWords.ts'
import { loseLocation, shownLocation } from './shownLocation.ts'
import { viewedPerson } from './viewAs.ts'

let onSessionEnd = () => {}
let onEnrolmentRequired = () => {}
let onStepUp = async () => false
let onLocationGone = () => {}

/** main.tsx decides where a person lands whose session is over. */
export function whenSessionEnds(handler: () => void): void {
  onSessionEnd = handler
}

/** main.tsx decides where a person goes who needs a second factor first. */
export function whenEnrolmentIsRequired(handler: () => void): void {
  onEnrolmentRequired = handler
}

/** main.tsx says how a person is asked to prove again who they are; the answer tells whether they did. */
export function whenStepUpIsRequired(handler: () => Promise<boolean>): void {
  onStepUp = handler
}

/** main.tsx says what a person is told whose location cannot be looked at any more: they see all of them then. */
export function whenLocationIsGone(handler: () => void): void {
  onLocationGone = handler
}

export const client = createClient({
  baseUrl: '/api/v1',
  fetch: fetchEarly,
  locale: currentLanguage,
  problemWords,
  onUnauthenticated: () => onSessionEnd(),
  onEnrolmentRequired: () => onEnrolmentRequired(),
  onStepUp: () => onStepUp(),
  viewAs: () => viewedPerson()?.userId,
  location: shownLocation,
  onLocationGone: (id) => loseLocation(id) && onLocationGone(),
})

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // Shown from memory at once and refreshed behind it when older than this.
      staleTime: 30_000,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) => failures < 2 && isWorthRetrying(error),
    },
    mutations: { retry: false },
  },
})

/** Refusals stay refusals; only an unreachable or stumbling server is asked again. */
function isWorthRetrying(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status >= 500)
}

/**
 * The words for a person, in their language where the server gives a reason for the page to put in words; else what the
 * server said, or an honest line when something broke on our side.
 */
export function errorText(error: unknown): string {
  if (error instanceof ApiError) {
    const given = error.details.find(({ field }) => field === 'reason')?.message
    const known = [...error.reasons, { field: '', message: error.code }].flatMap((one) => reasonText(one, given))
    if (known.length > 0) return known.join(' ')
    return error.status >= 500 && error.requestId ? `${error.message} (${error.requestId})` : error.message
  }
  return error instanceof Error ? error.message : String(error)
}

/** A reason in words, where there are words for it; they may tell what a person gave as `reason`. */
function reasonText({ field, message }: ErrorDetail, reason: string | undefined): string[] {
  if (!i18next.exists(`refusals:${message}`)) return []
  return [i18next.t(`refusals:${message}`, { what: i18next.t(`refusals:what.${field}`, field), reason })]
}
