import type { Http } from './http.ts'
import type { Member, SignedIn } from './types.ts'

export interface Invitation {
  id: string
  email: string
  roles: string[]
  locations: string[]
  status: 'pending' | 'expired' | 'accepted' | 'declined' | 'revoked'
  invitedBy: { id: string; name: string } | null
  createdAt: string
  expiresAt: string
}

/** What the link of an invitation tells whoever follows it. */
export interface InvitationView {
  workspace: { name: string }
  email: string
  /** What the roles are called. */
  roles: string[]
  invitedBy: string | null
  account: 'new' | 'existing'
  expiresAt: string
}

/** Letting people in and shutting them out. */
export function peopleMethods({ request }: Http) {
  return {
    deactivate: (id: string) => request<Member>('POST', `/members/${id}/deactivate`, { body: {} }),
    reactivate: (id: string) => request<Member>('POST', `/members/${id}/reactivate`, { body: {} }),

    invitations: () => request<Invitation[]>('GET', '/members/invitations'),
    invite: (input: { email: string; roles: string[]; locations?: string[] }) =>
      request<Invitation>('POST', '/members/invitations', { body: input }),
    /** Sends a new link; the old one is void. */
    resendInvitation: (id: string) => request<Invitation>('POST', `/members/invitations/${id}/resend`, { body: {} }),
    revokeInvitation: (id: string) => request<void>('DELETE', `/members/invitations/${id}`),

    viewInvitation: (token: string) => request<InvitationView>('POST', '/auth/invitations/view', { body: { token } }),
    /** A new account gives a name and chooses its password, an existing one gives the password it has. */
    acceptInvitation: (input: { token: string; name?: string; password: string; otp?: string }) =>
      request<SignedIn>('POST', '/auth/invitations/accept', { body: input }),
    /** For somebody who is signed in with the invited address. */
    joinByInvitation: (token: string) => request<SignedIn>('POST', '/auth/invitations/join', { body: { token } }),
    declineInvitation: (token: string) => request<void>('POST', '/auth/invitations/decline', { body: { token } }),
  }
}
