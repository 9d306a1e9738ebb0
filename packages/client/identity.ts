import type { Http } from './http.ts'
import type { Member, Session, SignedIn } from './types.ts'

/** Who is here: registering, signing in and out, the own profile, and the colleagues. */
export function identityMethods({ request }: Http) {
  return {
    register: (input: { email: string; password: string; name: string; workspace: string }) =>
      request<SignedIn>('POST', '/auth/register', { body: input }),
    login: (input: { email: string; password: string; tenant?: string; otp?: string }) =>
      request<SignedIn>('POST', '/auth/login', { body: input }),
    logout: () => request<void>('POST', '/auth/logout', { body: {} }),
    me: () => request<Session>('GET', '/auth/me'),
    updateMe: (input: { name?: string; locale?: string; timeZone?: string }) =>
      request<Session>('PATCH', '/auth/me', { body: input }),
    changePassword: (input: { currentPassword: string; newPassword: string }) =>
      request<void>('POST', '/auth/password', { body: input }),
    members: () => request<Member[]>('GET', '/members'),
  }
}
