/** Files brought in by people whose rights differ from record to record, and into locations. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiClient, endedJob, type Json } from '../client.ts'
import { addMember, defineRole, type RunningSystem, startSystem } from '../server.ts'

let system: RunningSystem
let owner: ApiClient
let clerk: ApiClient
let own: Json
let foreign: Json

const person = { date_of_birth: '1980-01-01', phone: '+14155550123' }

beforeAll(async () => {
  system = await startSystem()
  owner = await system.register({ template: 'hospital' })
  await defineRole(system, owner.tenantId, 'keeper', {
    objects: { patients: { read: 'own', create: 'all', update: 'own', import: 'all' } },
  })
  await defineRole(system, owner.tenantId, 'desk', {
    objects: { patients: { read: 'all', update: 'all', fields: { email: 'hidden' } } },
  })
  clerk = await addMember(system, owner.tenantId, ['keeper', 'desk'])
  own = await owner.post('/patients', { ...person, full_name: 'Own', email: 'own@example.com', ownerId: clerk.userId })
  foreign = await owner.post('/patients', { ...person, full_name: 'Foreign', email: 'foreign@example.com' })
})
afterAll(() => system.stop())

/** What became of a file of two columns. */
async function imported(client: ApiClient, csv: string, settings: object): Promise<Json> {
  const preview = await client.send('POST', '/patients/import/preview', undefined, {
    raw: csv,
    headers: { 'content-type': 'text/csv' },
  })
  const { uploadId } = preview.data
  const { jobId } = await client.post('/patients/import', { uploadId, ...settings })
  return endedJob(client, jobId)
}

describe('matching on a field that some records show and others do not', () => {
  const csv = 'email,notes\nown@example.com,Mine now\nforeign@example.com,Found out\n'
  const settings = { mapping: { 0: 'email', 1: 'notes' }, mode: 'update', matchOn: 'email' }

  it('finds the records that show it and no others', async () => {
    const job = await imported(clerk, csv, settings)
    expect(job.result).toMatchObject({ total: 2, updated: 1, refused: 1 })
    expect(job.errors).toEqual([
      { line: 3, field: 'email', message: 'no record of patients has “foreign@example.com”' },
    ])
    expect((await owner.get(`/patients/${own.id}`)).notes).toBe('Mine now')
    expect((await owner.get(`/patients/${foreign.id}`)).notes).toBe(null)
  })

  it('says of a value that is hidden just what it says of one that nobody has', async () => {
    const absent = csv.replace('foreign@', 'absent@')
    const [hidden, none] = [await imported(clerk, csv, settings), await imported(clerk, absent, settings)]
    const said = ({ errors }: Json) => JSON.stringify(errors).replaceAll(/foreign|absent/g, '…')
    expect(said(hidden)).toBe(said(none))
  })
})

describe('an import into locations', () => {
  it('puts new records where it is told, else where the request is switched to', async () => {
    await owner.patch('/objects/patients', { located: true })
    const north = await owner.post('/locations', { name: 'North' })
    const south = await owner.post('/locations', { name: 'South' })
    const placeOf = async (name: string, settings: object) => {
      const csv = `full_name,date_of_birth,phone\n${name},1980-01-01,+14155550123\n`
      expect((await imported(owner, csv, settings)).result).toMatchObject({ created: 1 })
      const [record] = await owner.get(`/patients?full_name=${name}`)
      return record.locationId
    }
    expect(await placeOf('Nina', { locationId: north.id })).toBe(north.id)
    expect(await placeOf('Nobody', { locationId: null })).toBe(null)
    await owner.patch(`/locations/${south.id}`, { active: false })
    await expect(placeOf('Nadia', { locationId: south.id })).rejects.toThrow(/locationId/)
  })
})
