/** What a stranger tries on what a workspace sends to the world outside, and takes from there: mail, invitations, calendars. */
type OutsideProbe = () => { body?: unknown }[]

const plain: OutsideProbe = () => [{}]

const template = {
  name: 'A template',
  mode: 'visual',
  content: { en: { subject: 'Hello', blocks: [{ type: 'text', html: '<p>Hello</p>' }] } },
}

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
  // Known to the other workspace by the same address, which tells nothing: callers find what they added themselves.
  'mailSuppressions.add': () => [{ body: { address: 'gone@example.com' } }],
  'mailSuppressions.lift': () => [{ body: { address: 'gone@example.com', scope: 'all' } }],
  'mailSuppressions.end': plain,
  'mailSignature.get': plain,
  'mailSignature.set': () => [{ body: { html: '<p>Best</p>' } }],
  'mailTemplates.list': plain,
  'mailTemplates.get': plain,
  'mailTemplates.create': () => [{ body: { ...template, name: 'Own' } }],
  'mailTemplates.update': () => [{ body: template }],
  'mailTemplates.delete': plain,
  'mailTemplates.preview': () => [{ body: { mode: 'visual', draft: template.content.en } }],
  'mailImages.add': () => [{ body: { name: 'x.png', content: 'iVBORw0KGgo=' } }],
  'emails.draft': plain,
  'emails.send': () => [{ body: { to: 'someone@example.com', subject: 'Hello', html: '<p>Hello</p>' } }],
  'emails.states': plain,
  'meetings.invitations': plain,
  'meetings.invite': plain,
  'calendarFeed.get': plain,
  'calendarFeed.renew': plain,
  'calendarFeed.update': () => [{ body: { tasks: false } }],
  'calendarFeed.remove': plain,
  'calendarFeed.allowNames': () => [{ body: { names: true } }],
  'calendarFeed.content': plain,
}
