/** What a stranger tries on what a workspace sends to the world outside, and takes from there: mail, invitations, calendars. */
type OutsideProbe = () => { body?: unknown }[]

const plain: OutsideProbe = () => [{}]

export const outsideProbes: Record<string, OutsideProbe> = {
  'mailAddress.get': plain,
  'mailAddress.renew': plain,
  'mailAddress.remove': plain,
  'mailServer.get': plain,
  'mailServer.set': () => [
    {
      body: {
        host: 'smtp.example.com',
        port: 587,
        security: 'starttls',
        username: null,
        fromName: 'Desk',
        fromAddress: 'desk@example.com',
      },
    },
  ],
  'mailServer.check': plain,
  'mailServer.remove': plain,
  'mailSuppressions.list': plain,
  'mailSuppressions.add': () => [{ body: { address: 'qx7a-gone@example.com' } }],
  'mailSuppressions.lift': () => [{ body: { address: 'qx7a-gone@example.com', scope: 'all' } }],
  'mailSuppressions.end': plain,
  'meetings.invitations': plain,
  'meetings.invite': plain,
  'calendarFeed.get': plain,
  'calendarFeed.renew': plain,
  'calendarFeed.update': () => [{ body: { tasks: false } }],
  'calendarFeed.remove': plain,
  'calendarFeed.allowNames': () => [{ body: { names: true } }],
  'calendarFeed.content': plain,
}
