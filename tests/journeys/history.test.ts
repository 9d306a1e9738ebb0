/** A record's earlier values, told by its history, and brought back: one, some, or all as of a moment. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiClient, Json } from '../client.ts'
import { type RunningSystem, startSystem } from '../server.ts'

let system: RunningSystem
let client: ApiClient
let doctors: Json[]

beforeAll(async () => {
  system = await startSystem()
  client = await system.register({ name: 'Olga', template: 'hospital' })
  const named = (full_name: string) => client.post('/doctors', { full_name, specialization: 'Cardiology' })
  doctors = [await named('Dr Grace Hall'), await named('Dr Ken Ito')]
})
afterAll(() => system.stop())

/** A patient with three changes behind them. */
async function changedPatient(): Promise<{ id: string; version: number; entries: Json[] }> {
  const first = {
    full_name: 'Ann Lee',
    date_of_birth: '1980-04-30',
    phone: '+14155550123',
    notes: 'First',
    blood_group: 'O+',
  }
  const { id } = await client.post('/patients', { ...first, primary_doctor: doctors[0].id, allergies: ['Latex'] })
  await client.call('PATCH', `/patients/${id}`, { notes: 'Second', allergies: ['Latex', 'Penicillin'] })
  await client.call('PATCH', `/patients/${id}`, { notes: 'Third', primary_doctor: doctors[1].id })
  const { version } = await client.call('PATCH', `/patients/${id}`, { blood_group: null, email: 'ann@example.com' })
  return { id, version, entries: await client.get(`/patients/${id}/history`) }
}
const bringBack = (id: string, body: object, headers: Record<string, string> = {}) =>
  client.send('POST', `/patients/${id}/history/restore`, body, { headers })

describe('what a record said earlier', () => {
  it('is told beforehand, value by value, and nothing changes', async () => {
    const { id, version, entries } = await changedPatient()
    const answer = await bringBack(id, { entry: entries[3].id, dryRun: true })
    expect(answer.status).toBe(200)
    expect(answer.data.record.version).toBe(version)
    expect(Object.fromEntries(answer.data.changes.map((one: Json) => [one.field, [one.before, one.after]]))).toEqual({
      blood_group: [null, 'O+'],
      email: ['ann@example.com', null],
      notes: ['Third', 'First'],
      allergies: [['Latex', 'Penicillin'], ['Latex']],
      primary_doctor: [doctors[1].id, doctors[0].id],
    })
    expect((await client.get(`/patients/${id}`)).version).toBe(version)
  })

  it('comes back as a whole, and the history says where it came from', async () => {
    const { id, version, entries } = await changedPatient()
    const { data } = await bringBack(id, { entry: entries[3].id }, { 'if-match': `"${version}"` })
    const whole = { notes: 'First', blood_group: 'O+', email: null, allergies: ['Latex'] }
    expect(data.record).toMatchObject({ ...whole, primary_doctor: { id: doctors[0].id }, version: version + 1 })
    expect(await client.get(`/patients/${id}`)).toEqual(data.record)
    const [latest] = await client.get(`/patients/${id}/history`)
    expect([latest.action, latest.source, latest.changes.length]).toEqual(['updated', 'history', 5])
    // And bringing that back undoes it.
    await bringBack(id, { entry: latest.id, side: 'before' })
    expect(await client.get(`/patients/${id}`)).toMatchObject({
      notes: 'Third',
      blood_group: null,
      email: 'ann@example.com',
    })
  })

  it('comes back for one field, as a change found it', async () => {
    const { id, entries } = await changedPatient()
    const { data } = await bringBack(id, { entry: entries[1].id, side: 'before', fields: ['notes'] })
    expect(data.changes.map((one: Json) => one.field)).toEqual(['notes'])
    expect(data.record).toMatchObject({ notes: 'Second', primary_doctor: { id: doctors[1].id }, blood_group: null })
  })

  it('is refused on an older version, for entries of other records, and before there was anything', async () => {
    const { id, version, entries } = await changedPatient()
    const other = await changedPatient()
    const stale = await bringBack(id, { entry: entries[1].id }, { 'if-match': `"${version - 1}"` })
    expect([stale.status, stale.error.code]).toEqual([409, 'CONFLICT'])
    expect((await bringBack(id, { entry: other.entries[0].id })).status).toBe(404)
    const nothing = await bringBack(id, { entry: entries[3].id, side: 'before' })
    expect([nothing.status, nothing.error.details[0]?.field]).toEqual([400, 'side'])
  })

  it('leaves what has gone in the meantime, and says so', async () => {
    const { id, entries } = await changedPatient()
    const gone = await client.post('/doctors', { full_name: 'Dr Gone', specialization: 'Cardiology' })
    await client.call('PATCH', `/patients/${id}`, { primary_doctor: gone.id })
    await client.call('PATCH', `/patients/${id}`, { primary_doctor: doctors[0].id, notes: 'Fourth' })
    await client.delete(`/doctors/${gone.id}`)
    const [latest] = await client.get(`/patients/${id}/history`)
    const { data } = await bringBack(id, { entry: latest.id, side: 'before' })
    expect(data.record).toMatchObject({ notes: 'Third', primary_doctor: { id: doctors[0].id } })
    expect(data.kept).toEqual([
      { field: 'primary_doctor', label: 'Primary doctor', message: expect.stringContaining('in the trash') },
    ])
    expect(entries).toHaveLength(4)
  })
})
