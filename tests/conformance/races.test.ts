/** Two servers on one database, and everybody at once. */
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answer, ApiClient, Json } from '../client.ts'
import { addMember, defineRole, type RunningSystem, startSystem } from '../server.ts'

let one: RunningSystem
let two: RunningSystem

const patient = { full_name: 'Ann Lee', date_of_birth: '1980-04-30', phone: '+14155550123' }

beforeAll(async () => {
  one = await startSystem()
  two = await startSystem({ sharing: one })
})
afterAll(async () => {
  await two.stop()
  await one.stop()
})

/** The same session at both servers. */
async function workspace(template?: string): Promise<[ApiClient, ApiClient]> {
  const client = await one.register({ template })
  return [client, client.at(two.url)]
}

const times = <T>(count: number, make: (n: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => make(n)))

/** How many answers there are of each status. */
function statuses(answers: Answer[]): Record<number, number> {
  const counts: Record<number, number> = {}
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1
  return counts
}

const numberOf = (record: Json): number => Number(record.recordNumber.slice(4))

describe('record numbers', () => {
  it('of 200 creates at once are 1 to 200, and so many are counted', async () => {
    const clients = await workspace('hospital')
    const answers = await times(200, (n) => clients[n % 2]!.send('POST', '/patients', patient))
    expect(statuses(answers)).toEqual({ 201: 200 })
    const numbers = answers.map((answer) => numberOf(answer.data)).sort((a, b) => a - b)
    expect(numbers).toEqual(Array.from({ length: 200 }, (_, n) => n + 1))
    expect(await clients[0].post('/patients/count', {})).toEqual({ count: 200 })
    const [counted] = await clients[0].post('/patients/aggregate', { filter: { field: 'id', op: 'notEmpty' } })
    expect(counted.count).toBe(200)
  })

  it('have no gaps where creates are refused, deleted or made in bulk at the same time', async () => {
    const clients = await workspace('hospital')
    const answers = await times(90, async (n) => {
      const client = clients[n % 2]!
      if (n % 3 === 0) return client.send('POST', '/patients', { ...patient, national_id: 'only one' })
      if (n % 3 === 1)
        return client.send('POST', '/patients/bulk', { records: [patient, { ...patient, phone: 'no' }, patient] })
      const made = await client.send('POST', '/patients', patient)
      return client.send('DELETE', `/patients/${made.data.id}`)
    })
    expect(statuses(answers)).toEqual({ 200: 30, 201: 1, 204: 30, 409: 29 })
    const rows = await one.sql<{ number: string }>(
      'select record_number as number from records where tenant_id = $1 order by 1',
      [clients[0].tenantId],
    )
    expect(rows.map((row) => Number(row.number.slice(4)))).toEqual(Array.from({ length: 91 }, (_, n) => n + 1))
    expect(await clients[1].post('/patients/count', {})).toEqual({ count: 61 })
  })
})

describe('one version', () => {
  it('is changed by one of 50 that all know it', async () => {
    const clients = await workspace('hospital')
    const { id } = await clients[0].post('/patients', patient)
    const answers = await times(50, (n) =>
      clients[n % 2]!.send('PATCH', `/patients/${id}`, { notes: `by ${n}` }, { headers: { 'if-match': '"1"' } }),
    )
    expect(statuses(answers)).toEqual({ 200: 1, 409: 49 })
    const winner = answers.find((answer) => answer.status === 200)!.data
    expect(await clients[1].get(`/patients/${id}`)).toEqual(winner)
    for (const { error } of answers.filter((answer) => answer.status === 409)) expect(error.current).toEqual(winner)
  })

  it('grows by one with each of 50 changes that name none', async () => {
    const clients = await workspace('hospital')
    const { id } = await clients[0].post('/patients', patient)
    const answers = await times(50, (n) => clients[n % 2]!.send('PATCH', `/patients/${id}`, { notes: `by ${n}` }))
    expect(answers.map((answer) => answer.data.version).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 50 }, (_, n) => n + 2),
    )
    const history = await clients[0].get(`/patients/${id}/history?limit=200`)
    expect(history).toHaveLength(51)
  })

  it('of a record is deleted once, and restored once', async () => {
    const clients = await workspace('hospital')
    const { id } = await clients[0].post('/patients', patient)
    expect(statuses(await times(20, (n) => clients[n % 2]!.send('DELETE', `/patients/${id}`)))).toEqual({
      204: 1,
      404: 19,
    })
    expect(await clients[0].post('/patients/count', {})).toEqual({ count: 0 })
    const restored = await times(20, (n) => clients[n % 2]!.send('POST', `/patients/${id}/restore`))
    expect(statuses(restored)).toEqual({ 200: 1, 404: 19 })
    expect(await clients[0].post('/patients/count', {})).toEqual({ count: 1 })
  })
})

describe('a unique value', () => {
  it('goes to one of 50 who create with it', async () => {
    const clients = await workspace('hospital')
    const answers = await times(50, (n) =>
      clients[n % 2]!.send('POST', '/patients', { ...patient, national_id: n % 4 < 2 ? 'same' : 'SAME' }),
    )
    expect(statuses(answers)).toEqual({ 201: 1, 409: 49 })
    expect(await clients[0].get('/patients')).toHaveLength(1)
  })

  it('goes to one of many who create, change and restore at once', async () => {
    const clients = await workspace('hospital')
    const trashed = await clients[0].post('/patients', { ...patient, national_id: 'wanted' })
    await clients[0].delete(`/patients/${trashed.id}`)
    const others = await times(15, () => clients[0].post('/patients', patient))
    const answers = await times(45, (n) => {
      const client = clients[n % 2]!
      if (n % 3 === 0) return client.send('POST', '/patients', { ...patient, national_id: 'wanted' })
      if (n % 3 === 1) return client.send('PATCH', `/patients/${others[(n - 1) / 3]!.id}`, { national_id: 'wanted' })
      return client.send('POST', `/patients/${trashed.id}/restore`)
    })
    const won = answers.filter((answer) => answer.status < 300)
    expect(won).toHaveLength(1)
    expect(answers.every((answer) => [200, 201, 404, 409].includes(answer.status))).toBe(true)
    expect(await clients[0].get('/patients?national_id=wanted')).toHaveLength(1)
  })

  it('in bulk, in whatever order, makes no deadlock', async () => {
    const clients = await workspace('hospital')
    const records = Array.from({ length: 40 }, (_, n) => ({ ...patient, national_id: `value ${n}` }))
    const answers = await times(16, (n) =>
      clients[n % 2]!.send('POST', '/patients/bulk', { records: n % 3 === 0 ? records : records.toReversed() }),
    )
    expect(statuses(answers)).toEqual({ 200: 16 })
    expect(answers.reduce((sum, answer) => sum + answer.data.created, 0)).toBe(40)
    const all = await clients[0].get('/patients?limit=200')
    expect(new Set(all.map((record: Json) => record.national_id)).size).toBe(40)
    const ids = all.map((record: Json) => record.id)
    const changes = await times(16, (n) =>
      clients[n % 2]!.send('PATCH', '/patients/bulk', {
        ids: n % 2 === 0 ? ids : ids.toReversed(),
        updates: { notes: `round ${n}` },
      }),
    )
    expect(statuses(changes)).toEqual({ 200: 16 })
    expect(changes.every((answer) => answer.data.updated === 40)).toBe(true)
  })
})

describe('a change of metadata at one server', () => {
  it('holds at the other with the next request, for reading and for writing', async () => {
    const [here, there] = await workspace('hospital')
    for (let round = 0; round < 5; round++) {
      const key = `extra_${round}`
      await there.get('/patients')
      expect((await there.send('POST', '/patients', { ...patient, [key]: 'x' })).status).toBe(400)
      await here.post('/objects/patients/fields', { key, label: 'Extra', type: 'text', unique: true })
      const made = await there.send('POST', '/patients', { ...patient, [key]: 'x' })
      expect([made.status, made.data?.[key]]).toEqual([201, 'x'])
      await there.patch(`/objects/patients/fields/${key}`, { required: true })
      expect((await here.send('POST', '/patients', patient)).status).toBe(400)
      expect((await here.send('GET', `/patients?${key}=x&fields=${key}`)).data).toHaveLength(1)
      await here.delete(`/objects/patients/fields/${key}`)
      expect(await there.get(`/patients/${made.data.id}`)).not.toHaveProperty(key)
      expect((await there.send('GET', `/patients?${key}=x`)).status).toBe(400)
      expect((await there.send('POST', '/patients', patient)).status).toBe(201)
    }
  })

  it('gives and takes rights with the next request', async () => {
    const [owner] = await workspace('hospital')
    const rights = (objects: Record<string, object>, admin: string[] = []) =>
      defineRole(one, owner.tenantId, 'changing', { objects, admin })
    await rights({})
    const here = await addMember(one, owner.tenantId, ['changing'])
    const there = here.at(two.url)
    for (let round = 0; round < 3; round++) {
      expect([(await here.send('GET', '/patients')).status, (await there.send('GET', '/patients')).status]).toEqual([
        404, 404,
      ])
      await rights({ patients: { read: 'all' } }, ['settings'])
      expect([(await here.send('GET', '/patients')).status, (await there.send('GET', '/patients')).status]).toEqual([
        200, 200,
      ])
      expect((await there.send('POST', '/patients', patient)).status).toBe(403)
      expect((await there.send('PATCH', '/workspace', { name: 'Renamed' })).status).toBe(200)
      await rights({})
      expect((await there.send('PATCH', '/workspace', { name: 'Again' })).status).toBe(403)
      expect((await here.send('PATCH', '/workspace', { name: 'Again' })).status).toBe(403)
    }
    await one.sql(`update memberships set status = 'deactivated' where tenant_id = $1 and user_id = $2`, [
      owner.tenantId,
      here.userId,
    ])
    await one.sql('update tenants set version = version + 1 where id = $1', [owner.tenantId])
    expect([(await here.send('GET', '/patients')).status, (await there.send('GET', '/workspace')).status]).toEqual([
      401, 401,
    ])
  })

  it('knows every value of a field that becomes unique while 120 records are made', async () => {
    const clients = await workspace('hospital')
    await clients[0].post('/objects/patients/fields', { key: 'card', label: 'Card', type: 'text' })
    const creating = times(120, (n) =>
      setTimeout(n).then(() => clients[n % 2]!.send('POST', '/patients', { ...patient, card: `card ${n}` })),
    )
    const change = await clients[1].send('PATCH', '/objects/patients/fields/card', { unique: true })
    expect(change.status).toBe(200)
    expect(statuses(await creating)).toEqual({ 201: 120 })
    const [taken] = await one.sql<{ count: string }>('select count(*) from unique_values where tenant_id = $1', [
      clients[0].tenantId,
    ])
    expect(Number(taken!.count)).toBe(120)
  })
})

describe('a template', () => {
  it('applied by two at once is applied as a whole', async () => {
    for (const sampleData of [true, false]) {
      const [here, there] = await workspace()
      const answers = await Promise.all([
        here.send('POST', '/workspace/template', { template: 'hospital', sampleData }),
        there.send('POST', '/workspace/template', { template: 'real-estate', sampleData }),
      ])
      expect(answers.every((answer) => [201, 409].includes(answer.status))).toBe(true)
      expect(answers.some((answer) => answer.status === 201)).toBe(true)
      const { template, objects } = await here.get('/workspace')
      const chosen = await here.get(`/templates/${template.slug}`)
      expect(objects.map((object: Json) => object.slug).sort()).toEqual(
        [...chosen.objects.map((object: Json) => object.slug), 'tasks', 'meetings', 'calls', 'emails'].sort(),
      )
    }
  })

  it('does not take away what is created at the same time', async () => {
    for (let round = 0; round < 12; round++) {
      const [here, there] = await workspace('hospital')
      const [applied, ...created] = await Promise.all([
        here.send('POST', '/workspace/template', { template: 'hospital' }),
        ...Array.from({ length: 30 }, (_, n) =>
          setTimeout(round + n * 2).then(() => (n % 2 ? here : there).send('POST', '/patients', patient)),
        ),
      ])
      expect([201, 409], applied.text).toContain(applied.status)
      for (const answer of created) expect([201, 503], answer.text).toContain(answer.status)
      const ids = created.filter((answer) => answer.status === 201).map((answer) => answer.data.id)
      const rows = await one.sql<{ id: string; facts: string }>(
        `select r.id, (select count(*) from audit_entries a where a.tenant_id = r.tenant_id and a.record_id = r.id) as facts
         from records r where tenant_id = $1`,
        [here.tenantId],
      )
      expect(rows.map((row) => row.id).sort()).toEqual(ids.sort())
      expect(rows.every((row) => row.facts === '1')).toBe(true)
      expect(await there.post('/patients/count', {})).toEqual({ count: ids.length })
    }
  })
})
