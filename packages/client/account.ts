import type { CalendarFeed, NewCalendarFeed } from './generated.ts'
import type { Http } from './http.ts'
import type { SignedIn } from './types.ts'

export interface OwnWorkspace {
  id: string
  name: string
  slug: string
  current: boolean
  lastUsedAt: string | null
}

export interface OwnSession {
  id: string
  current: boolean
  workspace: { id: string; name: string }
  device: { browser: string | null; system: string | null; kind: 'desktop' | 'mobile' | 'tablet' | 'program' }
  ip: string | null
  createdAt: string
  lastUsedAt: string
  expiresAt: string
}

export interface SecondFactor {
  enrolled: boolean
  required: boolean
  backupCodesLeft: number
  enrolledAt: string | null
}

/** Where a member forwards mail that is to be kept with records. */
export interface MailAddress {
  address: string | null
  /** Whether mail to the installation arrives at all. */
  receives: boolean
}

/** What proves again that it is still the same person. */
export type Proof = { password: string } | { otp: string }

/** The own account beyond the profile: proving who one is, second factor, sessions, the workspaces one belongs to. */
export function accountMethods({ request }: Http) {
  return {
    stepUp: (proof: Proof) => request<void>('POST', '/auth/step-up', { body: proof }),

    verifyEmail: (token: string) => request<{ email: string }>('POST', '/auth/verify', { body: { token } }),
    resendVerification: () => request<void>('POST', '/auth/verify/resend', { body: {} }),
    forgotPassword: (email: string) => request<void>('POST', '/auth/password/forgot', { body: { email } }),
    resetPassword: (input: { token: string; newPassword: string }) =>
      request<void>('POST', '/auth/password/reset', { body: input }),

    workspaces: () => request<OwnWorkspace[]>('GET', '/auth/workspaces'),
    switchWorkspace: (tenant: string) => request<SignedIn>('POST', '/auth/switch', { body: { tenant } }),
    leaveWorkspace: () => request<void>('POST', '/auth/leave', { body: {} }),

    secondFactor: () => request<SecondFactor>('GET', '/auth/mfa'),
    /** `uri` is what an authenticator app reads from the QR code; it counts after `confirmSecondFactor`. */
    enrolSecondFactor: () => request<{ secret: string; uri: string }>('POST', '/auth/mfa/enrol', { body: {} }),
    confirmSecondFactor: (otp: string) =>
      request<{ backupCodes: string[] }>('POST', '/auth/mfa/confirm', { body: { otp } }),
    renewBackupCodes: () => request<{ backupCodes: string[] }>('POST', '/auth/mfa/backup-codes', { body: {} }),
    removeSecondFactor: () => request<void>('POST', '/auth/mfa/disable', { body: {} }),

    mailAddress: () => request<MailAddress>('GET', '/mail-address'),
    renewMailAddress: () => request<MailAddress>('POST', '/mail-address', { body: {} }),
    removeMailAddress: () => request<void>('DELETE', '/mail-address'),

    calendarFeed: () => request<CalendarFeed>('GET', '/calendar-feed'),
    /** Its `url` is told this once. */
    renewCalendarFeed: () => request<NewCalendarFeed>('POST', '/calendar-feed', { body: {} }),
    updateCalendarFeed: (change: { tasks: boolean }) =>
      request<CalendarFeed>('PATCH', '/calendar-feed', { body: change }),
    removeCalendarFeed: () => request<void>('DELETE', '/calendar-feed'),
    /** For all of the workspace; see `names` of the feed. */
    allowNamesInCalendars: (names: boolean) =>
      request<{ names: boolean }>('PATCH', '/workspace/calendar-feeds', { body: { names } }),

    sessions: () => request<OwnSession[]>('GET', '/auth/sessions'),
    endSession: (id: string) => request<void>('DELETE', `/auth/sessions/${id}`),
    endOtherSessions: () => request<{ ended: number }>('POST', '/auth/sessions/end-others', { body: {} }),
  }
}
