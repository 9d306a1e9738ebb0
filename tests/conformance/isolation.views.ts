/** What a stranger tries with the views of another workspace. */

/** What they know of it. */
interface Target {
  name: string
  userId: string
  idsOf: Record<string, string[]>
}

type Probe = (target: Target) => { body?: unknown }[]

const bodies =
  (make: (target: Target) => unknown[]): Probe =>
  (target) =>
    make(target).map((body) => ({ body }))

export const viewProbes: Record<string, Probe> = {
  'views.list': () => [{}],
  'views.create': bodies(({ name, userId }) => [
    { label: 'Own', filter: { field: 'full_name', op: 'eq', value: name } },
    { label: 'Own', filter: { field: 'ownerId', op: 'eq', value: userId }, visibility: 'everyone' },
  ]),
  'views.update': bodies(() => [{ label: 'Taken over' }, { visibility: 'everyone' }]),
  'views.pinned': () => [{}],
  'views.pin': bodies(() => [{ pinned: true }]),
  'views.arrange': bodies(({ idsOf }) => [{ ids: idsOf.views ?? [] }]),
  'views.delete': () => [{}],
}
