/** What a stranger tries with the dashboards of another workspace. */

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

const position = { x: 0, y: 0, w: 6, h: 3 }
const naming = ({ name, userId }: Target) => [
  { field: 'full_name', op: 'eq', value: name },
  { field: 'ownerId', op: 'eq', value: userId },
]
const widgetsFor = (target: Target): object[][] =>
  naming(target).map((filter) => [
    { key: 'number', type: 'metric', title: 'Own', object: 'patients', position, filter },
    {
      key: 'list',
      type: 'recent',
      title: 'Own',
      object: 'patients',
      position: { ...position, x: 6 },
      fields: ['title'],
      filter,
    },
  ])

export const dashboardProbes: Record<string, Probe> = {
  'dashboards.list': () => [{}],
  'dashboards.create': bodies((target) => widgetsFor(target).map((widgets) => ({ label: 'Own', widgets }))),
  'dashboards.get': () => [{}],
  'dashboards.update': bodies(() => [{ label: 'Taken over' }, { visibility: 'everyone' }, { widgets: [] }]),
  'dashboards.difference': () => [{}],
  'dashboards.reset': () => [{}],
  'dashboards.duplicate': bodies(() => [{}, { label: 'Copy' }]),
  'dashboards.arrange': bodies(({ idsOf }) => [{ ids: idsOf.dashboards }]),
  'dashboards.figures': bodies((target) => [{}, { filters: naming(target).map((filter) => ({ filter })) }]),
  'dashboards.preview': bodies((target) => widgetsFor(target).map((widgets) => ({ widgets }))),
  'dashboards.stamp': () => [{}],
  'dashboards.export': bodies(() => [{ format: 'pdf' }]),
  'dashboards.schedules': () => [{}],
  'dashboards.plan': bodies(({ userId }) => [{ frequency: 'daily', hour: 7, receivers: [userId] }]),
  'dashboards.changePlan': bodies(({ userId }) => [{ receivers: [userId] }, { active: false }]),
  'dashboards.removePlan': () => [{}],
  'dashboards.delete': () => [{}],
}
