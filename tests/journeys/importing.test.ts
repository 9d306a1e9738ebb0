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

describe('what a stage asks for', () => {
  const made = (input: object): Promise<Json> => owner.post('/bids', { name: 'Roof', ...input })
  const stayOf = async (id: string): Promise<Json> => (await owner.get(`/bids/${id}/stages`)).at(-1)

  beforeAll(async () => {
    const fields = [
      { key: 'name', label: 'Name', type: 'text', required: true },
      { key: 'price', label: 'Price', type: 'money' },
      { key: 'stage', label: 'Stage', type: 'select', options: ['new', 'offer', 'lost'], default: 'new' },
    ]
    await owner.post('/objects', { slug: 'bids', label: 'Bid', labelPlural: 'Bids', fields, roles: { stage: 'stage' } })
    const reasons = {
      required: true,
      options: [
        { value: 'price', label: 'Too dear' },
        { value: 'gone', label: 'Gone' },
      ],
    }
    await owner.patch('/objects/bids/pipelines/main', {
      stages: [
        { value: 'new', checklist: [{ key: 'called', label: 'Called them', required: true }] },
        { value: 'offer', requires: ['price'] },
        { value: 'lost', kind: 'lost', reasons },
      ],
    })
  })

  it('is given by a file, by value or label, and what is missing is told row by row', async () => {
    const csv =
      'Name,Stage,Lost reason,Said\na,lost,Too dear,They laughed\nb,lost,,\nc,lost,rain,\nd,offer,,\ne,new,,\n'
    const preview = await owner.send('POST', '/bids/import/preview', undefined, {
      raw: csv,
      headers: { 'content-type': 'text/csv' },
    })
    expect(preview.data.columns.map(({ field }: Json) => field)).toEqual([
      'name',
      'stage',
      'stageMoves.main.reason',
      null,
    ])
    const mapping = { 0: 'name', 1: 'stage', 2: 'stageMoves.main.reason', 3: 'stageMoves.main.note' }
    const { jobId } = await owner.post('/bids/import', { uploadId: preview.data.uploadId, mapping })
    const job = await endedJob(owner, jobId)
    expect(job.result).toMatchObject({ created: 2, refused: 3 })
    expect(job.errors.map(({ line, field, message }: Json) => [line, field, message])).toEqual([
      [3, 'stageMoves.main.reason', 'is required to enter “lost”'],
      [4, 'stageMoves.main.reason', 'must be one of price, gone'],
      [5, 'price', 'is required to enter “offer”'],
    ])
    const [lost] = await owner.get('/bids?name=a')
    expect(await stayOf(lost.id)).toMatchObject({ stage: 'lost', reason: 'price', note: 'They laughed' })
    const refused = await owner.send('GET', `/jobs/${jobId}/refused`)
    expect(refused.text).toContain('Stage: is required to enter')
  })

  it('is given by a file that changes records, checklists too', async () => {
    const [one, two] = [await made({}), await made({})]
    const csv = `No,Stage,Price,Done\n${one.recordNumber},offer,10,Called them\n${two.recordNumber},offer,10,\n`
    const preview = await owner.send('POST', '/bids/import/preview', undefined, {
      raw: csv,
      headers: { 'content-type': 'text/csv' },
    })
    const mapping = { 0: 'recordNumber', 1: 'stage', 2: 'price', 3: 'stageMoves.main.done' }
    const settings = { mapping, mode: 'update', matchOn: 'recordNumber' }
    const { jobId } = await owner.post('/bids/import', { uploadId: preview.data.uploadId, ...settings })
    const job = await endedJob(owner, jobId)
    expect(job.result).toMatchObject({ updated: 1, refused: 1 })
    expect(job.errors).toMatchObject([{ line: 3, field: 'stageMoves.main.done.called' }])
  })

  it('is given by many creates and changes at once, each told for itself', async () => {
    const said = { main: { reason: 'gone' } }
    const records = [
      { name: 'x', stage: 'lost', stageMoves: said },
      { name: 'y', stage: 'lost' },
    ]
    const bulk = await owner.post('/bids/bulk', { records })
    expect(bulk.results.map((result: Json) => result.error?.details[0].field ?? 'made')).toEqual([
      'made',
      'stageMoves.main.reason',
    ])
    const ids = [(await made({})).id, (await made({ price: { amount: '5' } })).id]
    const offers = await owner.patch('/bids/bulk', {
      ids,
      updates: { stage: 'offer', stageMoves: { main: { done: ['called'] } } },
    })
    expect(offers.results.map((result: Json) => result.error?.details[0].field ?? 'moved')).toEqual(['price', 'moved'])
    const lost = await owner.patch('/bids/bulk', { ids, updates: { stage: 'lost', stageMoves: said } })
    expect(lost).toMatchObject({ updated: 2, failed: 0 })
    expect(await stayOf(ids[0]!)).toMatchObject({ stage: 'lost', reason: 'gone' })
  })
})
