/** What each person may change, and what they are kept from, by every road. */
import { clientOf, type Finding, found, type Json, type Probe } from './rights.findings.ts'
import { type Case, type PersonKey, personOf, type World } from './rights.world.ts'

export function writingProbes(url: string, world: World, key: PersonKey): Probe[] {
  const { reads, updates, deletes, assigns, mayNotMake } = personOf(key)
  const client = clientOf(url, world, key)
  const me = world.sessions[key].user.id
  const refusal = (one: Case, may: boolean) => (!reads(one) ? 404 : may ? 200 : 403)
  const others = world.cases.filter((one) => !reads(one))
  const status = async (method: string, path: string, body?: object) => (await client.send(method, path, body)).status
  return [
    {
      name: `${key}: update`,
      run: async () => {
        const wrong: Finding[] = []
        for (const one of world.cases) {
          const expected = refusal(one, updates(one))
          wrong.push(...found(one.name, await status('PATCH', `/cases/${one.id}`, { remark: 'kept' }), expected))
          if (expected === 200) continue
          const note = await status('POST', `/cases/${one.id}/notes`, { body: 'A note' })
          wrong.push(...found(`note on ${one.name}`, note, expected))
          const link = await status('PUT', `/cases/${one.id}/links/lead/${world.hub}`)
          if (key !== 'stan') wrong.push(...found(`link of ${one.name}`, link, expected))
        }
        return wrong
      },
    },
    {
      name: `${key}: update in bulk`,
      run: async () => {
        const ids = world.cases.map((one) => one.id)
        const { data } = await client.send('PATCH', '/cases/bulk', { ids, updates: { remark: 'kept' } })
        const done = (data?.results ?? []).filter((result: Json) => result.success).map((result: Json) => result.index)
        const may = world.cases.flatMap((one, index) => (reads(one) && updates(one) ? [index] : []))
        return found('bulk', done, may)
      },
    },
    {
      name: `${key}: delete`,
      run: async () => {
        const wrong: Finding[] = []
        const safe = world.cases.filter((one) => !(reads(one) && deletes(one)))
        for (const one of safe) {
          // Who may delete none at all is told so before any record is looked at.
          const expected = key === 'gina' ? 403 : refusal(one, false)
          wrong.push(...found(one.name, await status('DELETE', `/cases/${one.id}`), expected))
        }
        if (safe.length === 0) return wrong
        const { data } = await client.send('DELETE', '/cases/bulk', { ids: safe.map((one) => one.id) })
        return [...wrong, ...found('bulk', data?.deleted ?? 0, 0)]
      },
    },
    {
      name: `${key}: assign`,
      run: async () => {
        const wrong: Finding[] = []
        for (const one of world.cases.filter((one) => !(reads(one) && assigns(one)) && one.owner !== key)) {
          const refused = (await status('PATCH', `/cases/${one.id}`, { ownerId: me })) >= 400
          const { data } = await client.send('PATCH', '/cases/bulk', { ids: [one.id], updates: { ownerId: me } })
          wrong.push(...found(one.name, [refused, data?.updated ?? 0], [true, 0]))
        }
        return wrong
      },
    },
    {
      name: `${key}: create elsewhere`,
      run: async () => {
        const wrong: Finding[] = []
        for (const values of mayNotMake as Record<string, unknown>[]) {
          const owner = values.ownerId && world.sessions[values.ownerId as PersonKey].user.id
          const location = values.locationId && world.locations[values.locationId as string]
          const holder = { ...(owner ? { ownerId: owner } : {}), ...(location ? { locationId: location } : {}) }
          const record = { ...values, name: 'zintruder', ...holder }
          const one = (await status('POST', '/cases', record)) >= 400
          const { data } = await client.send('POST', '/cases/bulk', { records: [record] })
          wrong.push(...found(JSON.stringify(values), [one, data?.created ?? 0], [true, 0]))
        }
        return wrong
      },
    },
    {
      name: `${key}: point to what is not seen`,
      run: async () => {
        const mine = world.cases.find((one) => reads(one) && updates(one))
        if (!mine) return []
        const wrong: Finding[] = []
        for (const one of others) {
          const point = await status('PATCH', `/cases/${mine.id}`, { parent: one.id })
          const link = await status('PUT', `/cases/${mine.id}/links/parent/${one.id}`)
          wrong.push(...found(one.name, [point, link], [400, 404]))
        }
        return wrong
      },
    },
    {
      name: `${key}: a value that somebody has whom they do not see`,
      run: async () => {
        const mine = world.cases.find((one) => reads(one) && updates(one))
        const other = others[0]
        if (!mine || !other) return []
        const code = `zcode${world.cases.indexOf(other)}`
        const { status, text } = await client.send('PATCH', `/cases/${mine.id}`, { code })
        return [...found('status', status, 409), ...found('tells of it', text.includes(other.id), false)]
      },
    },
  ]
}
