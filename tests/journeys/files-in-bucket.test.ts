/** Two servers that keep their files in one bucket. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type S3Server, startS3Server } from '../../packages/adapters/storage/s3-server.fixture.ts'
import type { ApiClient, Json } from '../client.ts'
import { type RunningSystem, startSystem } from '../server.ts'

let bucket: S3Server
let system: RunningSystem
let second: RunningSystem
let owner: ApiClient

beforeAll(async () => {
  bucket = await startS3Server()
  system = await startSystem({ s3: bucket.options })
  second = await startSystem({ sharing: system, s3: bucket.options })
  owner = await system.register({ template: 'hospital' })
})
afterAll(async () => {
  await second.stop()
  await system.stop()
  await bucket.close()
})

it('takes a file by one server and hands it out by the other', async () => {
  const elsewhere = owner.at(second.url)
  const person = { full_name: 'Lena Ortiz', date_of_birth: '1980-01-01', phone: '+14155550123' }
  const patient = await owner.post('/patients', person)
  const { id } = await owner.post(`/patients/${patient.id}/files`, { name: 'letter.txt', size: 12 })
  const send = (client: ApiClient, offset: number, raw: string) =>
    client.send('PATCH', `/file-uploads/${id}`, undefined, { raw, headers: { 'upload-offset': String(offset) } })
  expect((await send(owner, 0, 'Dear ')).status).toBe(200)
  const { file } = (await send(elsewhere, 5, 'patient')).data as Json
  const { url } = await owner.post(`/files/${file.id}/link`, {})
  expect(await (await fetch(second.url + url)).text()).toBe('Dear patient')
  expect(bucket.files.size).toBe(2)
  await elsewhere.delete(`/files/${file.id}`)
  await elsewhere.post(`/files/${file.id}/erase`, {})
  await vi.waitFor(() => expect(bucket.files.size).toBe(0))
})

it('exports into the bucket, and imports from it', async () => {
  const started = await owner.post('/patients/export', { format: 'csv' })
  await vi.waitFor(async () => expect((await owner.get(`/jobs/${started.jobId}`)).status).toBe('completed'), 20_000)
  const exported = await owner.at(second.url).send('GET', `/jobs/${started.jobId}/file`)
  expect(exported.text).toContain('Lena Ortiz')
  const raw = 'full_name,date_of_birth,phone\nAda Byron,1990-01-01,+14155550199\n'
  const preview = await owner.call('POST', '/patients/import/preview', undefined, {
    raw,
    headers: { 'content-type': 'text/csv' },
  })
  const mapping = { 0: 'full_name', 1: 'date_of_birth', 2: 'phone' }
  const { jobId } = await owner.at(second.url).post('/patients/import', { uploadId: preview.uploadId, mapping })
  await vi.waitFor(async () => expect((await owner.get(`/jobs/${jobId}`)).status).toBe('completed'), 20_000)
  expect(await owner.get('/patients?full_name=Ada Byron')).toHaveLength(1)
})
