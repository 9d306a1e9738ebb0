/** Changes that would take a case out of the reach of who makes them. */
import { clientOf, type Finding, found, type Probe } from './rights.findings.ts'
import { type Case, type PersonKey, personOf, type World } from './rights.world.ts'

interface Move {
  key: PersonKey
  /** Which of the cases that the person may change. */
  from: (one: Case) => boolean
  to: Record<string, unknown>
  /** What that is, the same in every workspace. */
  name: string
}

const movesIn = ({ locations: { North, South } }: World): Move[] => [
  { key: 'sam', from: () => true, to: { locationId: North }, name: 'to another location' },
  { key: 'sam', from: () => true, to: { locationId: null }, name: 'to no location' },
  {
    key: 'nora',
    from: ({ owner, location }) => owner !== 'nora' && location === 'North',
    to: { locationId: South },
    name: 'to another location',
  },
  // Read everywhere, but changed at one location only.
  { key: 'lou', from: () => true, to: { locationId: North }, name: 'to another location' },
  { key: 'fred', from: () => true, to: { score: 1 }, name: 'below the least score' },
  { key: 'lars', from: () => true, to: { lead: null }, name: 'to nobody who leads' },
]

export function stayingProbes(url: string, world: World): Probe[] {
  return movesIn(world).map(({ key, from, to, name }) => ({
    name: `${key}: ${name}`,
    run: async () => {
      const client = clientOf(url, world, key)
      const owner = clientOf(url, world, 'owner')
      const { reads, updates } = personOf(key)
      const [field = ''] = Object.keys(to)
      const wrong: Finding[] = []
      for (const one of world.cases.filter((one) => reads(one) && updates(one) && from(one))) {
        const before = (await owner.send('GET', `/cases/${one.id}`)).data
        const { status, error } = await client.send('PATCH', `/cases/${one.id}`, to)
        wrong.push(...found(one.name, [status, error?.details[0]?.field], [403, field]))
        const put = await client.send('PUT', `/cases/${one.id}`, { ...before, lead: before.lead?.id, ...to })
        wrong.push(...found(`${one.name} replaced`, put.status >= 400, true))
        const bulk = await client.send('PATCH', '/cases/bulk', { ids: [one.id], updates: to })
        wrong.push(...found(`${one.name} in bulk`, bulk.data?.updated ?? 0, 0))
        if (field === 'lead') {
          const link = await client.send('DELETE', `/cases/${one.id}/links/lead/${world.hub}`)
          wrong.push(...found(`${one.name} unlinked`, link.status, 403))
        }
        const after = (await owner.send('GET', `/cases/${one.id}`)).data
        wrong.push(...found(`${one.name} afterwards`, after.version, before.version))
      }
      return wrong
    },
  }))
}
