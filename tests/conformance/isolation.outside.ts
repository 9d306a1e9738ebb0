/** What a stranger tries on what a workspace sends to the world outside, and takes from there: mail, invitations, calendars. */
type OutsideProbe = () => { body?: unknown }[]

const plain: OutsideProbe = () => [{}]

export const outsideProbes: Record<string, OutsideProbe> = {
  'mailAddress.get': plain,
  'mailAddress.renew': plain,
  'mailAddress.remove': plain,
  'meetings.invitations': plain,
  'meetings.invite': plain,
  'calendarFeed.get': plain,
  'calendarFeed.renew': plain,
  'calendarFeed.update': () => [{ body: { tasks: false } }],
  'calendarFeed.remove': plain,
  'calendarFeed.allowNames': () => [{ body: { names: true } }],
  'calendarFeed.content': plain,
}
