/** What a person can be told of, and how they wish to be. */

export const notificationKinds = [
  'mention',
  'assigned',
  'answered',
  'moved',
  'noted',
  'commented',
  'changed',
  'reminder',
  'workflow',
  'job_ended',
  'invitation_accepted',
] as const
export type NotificationKind = (typeof notificationKinds)[number]

export const mailPeriods = ['at_once', 'hourly', 'daily'] as const
export type MailPeriod = (typeof mailPeriods)[number]

export interface KindWish {
  /** Whether it shows behind the bell. */
  page: boolean
  mail: MailPeriod | 'never'
}

export type KindWishes = Record<NotificationKind, KindWish>

/** What is meant for a person comes soon, what goes on around them once a day. */
export const usualWishes: KindWishes = {
  mention: { page: true, mail: 'hourly' },
  assigned: { page: true, mail: 'hourly' },
  answered: { page: true, mail: 'hourly' },
  moved: { page: true, mail: 'daily' },
  noted: { page: true, mail: 'daily' },
  commented: { page: true, mail: 'daily' },
  changed: { page: true, mail: 'daily' },
  reminder: { page: true, mail: 'at_once' },
  workflow: { page: true, mail: 'hourly' },
  job_ended: { page: true, mail: 'never' },
  invitation_accepted: { page: true, mail: 'never' },
}

/** What a person has chosen, completed by what is usual. */
export function wishesOf(chosen: Partial<Record<string, Partial<KindWish>>>): KindWishes {
  const entries = notificationKinds.map((kind) => [kind, { ...usualWishes[kind], ...chosen[kind] }])
  return Object.fromEntries(entries) as KindWishes
}

export const kindsOnPage = (wishes: KindWishes): NotificationKind[] =>
  notificationKinds.filter((kind) => wishes[kind].page)

export const kindsMailed = (wishes: KindWishes, period: MailPeriod): NotificationKind[] =>
  notificationKinds.filter((kind) => wishes[kind].mail === period)
