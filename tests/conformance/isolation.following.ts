/** What a stranger tries on what people of another workspace keep an eye on, and on what they have seen of it. */

/** Of a target of isolation.probes.ts, what is tried here. */
interface Kept {
  tenantId: string
  userId: string
  patientId: string
  objectSlug: string
  idsOf: Record<string, string[]>
}
type KeepingProbe = (target: Kept) => { body?: unknown; query?: string }[]

const plain: KeepingProbe = () => [{}]
const named: KeepingProbe = ({ idsOf }) => [{ body: { ids: idsOf.favourites } }]

export const followingProbes: Record<string, KeepingProbe> = {
  'following.list': plain,
  'following.follow': plain,
  'following.unfollow': plain,
  'following.settings': plain,
  'following.change': () => [{ body: { owned: true } }],
  'firstDay.get': plain,
  'firstDay.change': () => [{ body: { seen: ['board'], over: true } }],
  'favourites.list': plain,
  'favourites.add': ({ idsOf, patientId, objectSlug }) => [
    { body: { object: 'patients', recordId: patientId } },
    { body: { object: objectSlug, recordId: patientId } },
    ...idsOf.views!.map((viewId) => ({ body: { object: 'patients', viewId } })),
  ],
  'favourites.arrange': named,
  'favourites.remove': named,
  'notifications.list': plain,
  'notifications.unread': plain,
  'notifications.read': ({ idsOf }) => [
    { body: { ids: idsOf.notifications } },
    ...idsOf.notifications!.map((upTo) => ({ body: { upTo } })),
  ],
  'notifications.preferences': plain,
  'notifications.prefer': () => [{ body: { dailyAt: '09:00' } }],
  'notifications.mentionable': () => [{}, { query: '?q=a' }],
  'notifications.unsubscribe': ({ tenantId, userId }) => [
    { query: `?token=${tenantId}.${userId}.0.${'A'.repeat(43)}` },
  ],
}
