import type { Http } from './http.ts'

export interface MeetingInvitation {
  address: string
  /** `changed`: the meeting is another than the one told; `removed`: no attendee any more, and not told so. */
  state: 'to_send' | 'sent' | 'changed' | 'removed' | 'cancelled'
  answer: 'accepted' | 'declined' | 'tentative' | null
  sentAt: string | null
  answeredAt: string | null
}

export interface MeetingInvitations {
  invitations: MeetingInvitation[]
  /** Whether the installation sends mail. */
  delivers: boolean
  /** Whether answers come back here; else they go to whoever has invited. */
  receivesAnswers: boolean
}

/** Invitations to meetings by mail. */
export function meetingMethods({ request }: Http) {
  return {
    invitations: (object: string, id: string) => request<MeetingInvitations>('GET', `/${object}/${id}/invitations`),
    /** Writes to all who have to be told something. */
    invite: (object: string, id: string) =>
      request<MeetingInvitations>('POST', `/${object}/${id}/invitations`, { body: {} }),
  }
}
