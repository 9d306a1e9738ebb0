/** What a stranger tries on changes of many records. */

/** What they know of the other workspace. */
interface Target {
  patientId: string
  trashedId: string
  doctorId: string
  userId: string
}

type Probe<T> = (target: T, own: { patientId: string }) => { body?: unknown }[]

const plain: Probe<unknown> = () => [{}]

/** @param filtersFor filters that would find the other workspace's records. */
export const bulkProbes = <T extends Target>(filtersFor: (target: T) => unknown[]): Record<string, Probe<T>> => ({
  'bulk.start': (target, own) => {
    const ids = [target.patientId, target.trashedId, target.doctorId]
    const mine = { action: 'update', ids: [own.patientId] }
    return [
      { action: 'update', ids, updates: { notes: 'Taken over' } },
      ...['delete', 'restore', 'purge'].map((action) => ({ action, ids })),
      { ...mine, updates: { primary_doctor: target.doctorId } },
      { ...mine, updates: { ownerId: target.userId } },
      ...filtersFor(target).map((filter) => ({ action: 'update', filter, updates: { notes: 'Found' } })),
    ].map((body) => ({ body }))
  },
  'records.bulkUpdate': ({ patientId, trashedId, doctorId }, own) => [
    { body: { ids: [patientId, trashedId], updates: { notes: 'Taken over' } } },
    { body: { ids: [own.patientId], updates: { primary_doctor: doctorId } } },
  ],
  'records.updateCells': ({ patientId, trashedId, doctorId }, own) => [
    { body: { changes: [patientId, trashedId].map((id) => ({ id, version: 1, updates: { notes: 'Taken over' } })) } },
    { body: { changes: [{ id: own.patientId, updates: { primary_doctor: doctorId, notes: 'Taken over' } }] } },
  ],
  'records.bulkDelete': ({ patientId, trashedId }) => [{ body: { ids: [patientId, trashedId] } }],
  'bulk.list': plain,
  'bulk.undo': plain,
  'bulk.refused': plain,
})
