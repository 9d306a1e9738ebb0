/** Sample records are tried out and swept away, without what people have made of them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiClient, Json } from '../client.ts'
import { addMember, defineRole, type RunningSystem, startSystem } from '../server.ts'

let system: RunningSystem
let client: ApiClient
let other: ApiClient

beforeAll(async () => {
  system = await startSystem()
  client = await system.register({ template: 'hospital', sampleData: true })
  other = await system.register({ template: 'blank', sampleData: true })
})
afterAll(() => system.stop())

const statusOf = async (path: string) => (await client.send('GET', path)).status

describe('samples that people have touched', () => {
  let changed: Json
  let noted: Json
  let linked: Json
  let untouched: Json
  let own: Json
  let total: number

  it('are counted beside all others', async () => {
    const before = await client.get('/workspace/samples')
    total = before.total
    expect(total).toBeGreaterThan(100)
    expect(before.touched).toBe(0)
    ;[changed, noted, linked, untouched] = await client.get('/patients?limit=4')
    await client.patch(`/patients/${changed.id}`, { notes: 'Asked for the window seat' })
    await client.post(`/patients/${noted.id}/notes`, { body: 'Called back' })
    own = await client.post('/invoices', { subject: 'My first invoice', patient: linked.id })
    expect(await client.get('/workspace/samples')).toEqual({ total, touched: 3 })
  })

  it('are asked about with a known answer only, and by those with the right', async () => {
    const unclear = await client.send('DELETE', '/workspace/samples?touched=perhaps')
    expect([unclear.status, unclear.error.details[0]!.field]).toEqual([400, 'touched'])
    await defineRole(system, client.tenantId, 'worker', { objects: { '*': { read: 'all', delete: 'all' } } })
    const worker = await addMember(system, client.tenantId, ['worker'])
    expect((await worker.send('GET', '/workspace/samples')).status).toBe(403)
    expect((await worker.send('DELETE', '/workspace/samples')).status).toBe(403)
  })

  it('stay, however many remove the samples at once, and nobody else loses any', async () => {
    const theirs = await other.get('/workspace/samples')
    const answers: Json[] = await Promise.all(Array.from({ length: 20 }, () => client.delete('/workspace/samples')))
    const sumOf = (key: string) => answers.reduce((sum, answer) => sum + answer[key], 0)
    expect([sumOf('removed'), sumOf('kept'), sumOf('trashed')]).toEqual([total - 3, 3, 0])
    expect(await Promise.all([changed, noted, linked].map(({ id }) => statusOf(`/patients/${id}`)))).toEqual([
      200, 200, 200,
    ])
    expect([await statusOf(`/patients/${untouched.id}`), await statusOf(`/invoices/${own.id}`)]).toEqual([404, 200])
    expect(await client.get('/workspace/samples')).toEqual({ total: 0, touched: 0 })
    expect(await other.get('/workspace/samples')).toEqual(theirs)
  })

  it('go to the trash where that is wanted, and come back from there', async () => {
    const [company] = await other.get('/companies?limit=1')
    await other.patch(`/companies/${company.id}`, { name: 'Renamed by hand' })
    const { removed, trashed, kept } = await other.delete('/workspace/samples?touched=trash')
    expect([removed > 0, trashed, kept]).toEqual([true, 1, 0])
    expect((await other.send('GET', `/companies/${company.id}`)).status).toBe(404)
    expect(await other.post(`/companies/${company.id}/restore`)).toMatchObject({ name: 'Renamed by hand' })
  })
})
