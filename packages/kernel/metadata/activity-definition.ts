/** What people do about records: the day page, the composer and the story of a record work on objects of these kinds. */
export const activityKinds = ['task', 'meeting', 'call', 'email'] as const
export type ActivityKind = (typeof activityKinds)[number]

/** As the object of a relation: whatever objects the tenant has, also those that it makes later. */
export const anyObject = '*'
