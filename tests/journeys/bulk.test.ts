/** Many records changed in one go, by name or by a filter, and taken back. */
import { globSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, type ApiClient, endedJob, type Json } from '../client.ts'
import { addMember, defineRole, type RunningSystem, startSystem } from '../server.ts'
import { contentOf, idsOf, type LeadWorld, leadsOf, makeLeads, nowOf } from './bulk.world.ts'

let system: RunningSystem
let second: RunningSystem
let client: ApiClient
let world: LeadWorld

beforeAll(async () => {
  system = await startSystem()
  second = await startSystem({ sharing: system })
  client = await system.register({ name: 'Olga' })
  world = await makeLeads(client)
})
afterAll(async () => {
  await second.stop()
  await system.stop()
})

const start = (body: object, as = client): Promise<Answer> => as.send('POST', '/leads/bulk/jobs', body)
const undo = (id: string, as = client): Promise<Answer> => as.send('POST', `/bulk-jobs/${id}/undo`)
const resultOf = (answer: Answer): Json => answer.data?.result ?? answer.body
const ended = async ({ data }: Answer): Promise<Json> => endedJob(client, data.jobId)
const refused = async (id: string): Promise<string[]> =>
  (await client.send('GET', `/bulk-jobs/${id}/refused`)).text.trim().split(/\r?\n/).slice(1)
const refusal = ({ status, error }: Answer): unknown[] => [
  status,
  ...(error?.details ?? []).map((detail) => `${detail.field}: ${detail.message}`),
]

describe('a few records by name', () => {
  it('are changed at once, each for itself, and become what they were', async () => {
    const leads = await leadsOf(client, 4, { topics: [world.topics[0].id], company: world.companies[0].id })
    const answer = await start({
      action: 'update',
      ids: idsOf(leads),
      updates: { size: 9, ownerId: null, stage: 'offer', company: world.companies[1].id },
      add: { tags: ['new'], areas: ['north'], topics: [world.topics[1].id] },
    })
    expect(answer.status).toBe(202)
    expect(resultOf(answer)).toEqual({ action: 'update', total: 4, changed: 4, unchanged: 0, refused: 0 })
    const [first] = await nowOf(client, leads)
    expect(first).toMatchObject({
      size: 9,
      double: 18,
      tags: ['old', 'new'],
      areas: ['north'],
      ownerId: null,
      stage: 'offer',
    })
    expect(first.topics.map(({ id }: Json) => id)).toEqual([world.topics[0].id, world.topics[1].id])
    expect((await client.get(`/companies/${world.companies[1].id}`)).total).toBe(72)
    const taken = await undo(answer.data.jobId)
    expect(resultOf(taken)).toEqual({ action: 'undo', total: 4, changed: 4, unchanged: 0, refused: 0 })
    expect((await nowOf(client, leads)).map(contentOf)).toEqual(leads.map(contentOf))
    expect((await client.get(`/companies/${world.companies[1].id}`)).total ?? 0).toBe(0)
  })

  it('lose what is taken out of their lists; what they have already is no change', async () => {
    const leads = await leadsOf(client, 3)
    const answer = await start({ action: 'update', ids: idsOf(leads), remove: { tags: ['old'] } })
    expect((await nowOf(client, leads)).map(({ tags }) => tags ?? [])).toEqual([[], [], []])
    const again = await start({ action: 'update', ids: idsOf(leads), remove: { tags: ['old'] } })
    expect(resultOf(again)).toMatchObject({ changed: 0, unchanged: 3 })
    expect((await undo(again.data.jobId)).error.message).toMatch(/nothing to take back/)
    expect(resultOf(await undo(answer.data.jobId))).toMatchObject({ changed: 3 })
    expect((await nowOf(client, leads)).map(contentOf)).toEqual(leads.map(contentOf))
  })

  it('are refused one by one, each with its reason', async () => {
    const [one, two, three] = await leadsOf(client, 3)
    await client.patch(`/leads/${two!.id}`, { size: null })
    await client.delete(`/leads/${three!.id}`)
    const answer = await start({ action: 'update', ids: idsOf([one!, two!, three!]), updates: { stage: 'offer' } })
    expect(resultOf(answer)).toMatchObject({ changed: 1, refused: 2 })
    const lines = await refused(answer.data.jobId)
    expect(lines.sort((a, b) => a.length - b.length)).toEqual([
      expect.stringMatching(new RegExp(`^${two!.recordNumber},"?size: `)),
      `${three!.id},"The record is not there any more, or is hidden from you"`,
    ])
    const { errors, status } = await client.get(`/jobs/${answer.data.jobId}`)
    expect([status, errors.length]).toEqual(['completed', 2])
  })

  it('that share a unique value are refused but for the first', async () => {
    const leads = await leadsOf(client, 2)
    const answer = await start({ action: 'update', ids: idsOf(leads), updates: { code: 'same' } })
    expect(resultOf(answer)).toMatchObject({ changed: 1, refused: 1 })
    await undo(answer.data.jobId)
  })

  it('go to the trash, come back, and are removed for good', async () => {
    const leads = await leadsOf(client, 3, { topics: [world.topics[2].id] })
    const ids = idsOf(leads)
    const deleted = await start({ action: 'delete', ids })
    expect(resultOf(deleted)).toMatchObject({ changed: 3 })
    expect(resultOf(await undo(deleted.data.jobId))).toMatchObject({ changed: 3 })
    expect((await nowOf(client, leads)).map(contentOf)).toEqual(leads.map(contentOf))
    await start({ action: 'delete', ids })
    const restored = await start({ action: 'restore', ids: ids.slice(1) })
    expect(resultOf(restored)).toMatchObject({ changed: 2 })
    expect(resultOf(await undo(restored.data.jobId))).toMatchObject({ changed: 2 })
    const purged = await start({ action: 'purge', ids })
    expect(resultOf(purged)).toMatchObject({ changed: 3 })
    expect((await undo(purged.data.jobId)).error.message).toMatch(/removed for good/)
    expect(resultOf(await start({ action: 'restore', ids }))).toMatchObject({ refused: 3 })
    const left = await system.sql(`select action from audit_entries where record_id = $1 order by at desc limit 1`, [
      ids[0],
    ])
    expect(left).toEqual([{ action: 'purged' }])
    const rows = await system.sql(
      'select 1 from records where id = any($1) union all select 1 from links where from_id = any($1)',
      [ids],
    )
    expect(rows).toEqual([])
  })
})

describe('all that match', () => {
  it('are changed by a job, but for those that do not match any more, and taken back by another', async () => {
    const leads = await leadsOf(client, 230, { code: null, tags: ['many'] })
    const filter = { field: 'tags', op: 'contains', value: 'many' }
    const answer = await start({ action: 'update', filter, updates: { size: 7 }, remove: { tags: ['many'] } })
    expect(answer.data).toMatchObject({ status: 'pending' })
    const job = await ended(answer)
    expect(job).toMatchObject({ status: 'completed', progress: 100, object: 'leads' })
    expect(job.result).toEqual({ action: 'update', total: 230, changed: 230, unchanged: 0, refused: 0 })
    await client.patch(`/leads/${leads[3]!.id}`, { name: 'Somebody was here' })
    await client.delete(`/leads/${leads[4]!.id}`)
    const taken = await undo(answer.data.jobId)
    expect((await ended(taken)).result).toEqual({ action: 'undo', total: 230, changed: 228, unchanged: 0, refused: 2 })
    expect((await refused(taken.data.jobId)).sort()).toEqual(
      [
        `${leads[3]!.recordNumber},was changed since and stays as it is`,
        `${leads[4]!.recordNumber},was deleted since and stays so`,
      ].sort(),
    )
    const back = await nowOf(client, leads.slice(5, 25))
    expect(back.map(contentOf)).toEqual(leads.slice(5, 25).map(contentOf))
  })

  it('is what matched when it was asked, and still does when it is done', async () => {
    const leads = await leadsOf(client, 3, { tags: ['here'] })
    const filter = { field: 'tags', op: 'contains', value: 'here' }
    // Held by somebody until one of them is something else.
    await system.sql('begin')
    await system.sql(`update records set data = jsonb_set(data, '{tags}', '["gone"]') where id = $1`, [leads[1]!.id])
    const answer = await start({ action: 'update', filter, updates: { size: 70 } })
    await system.sql('commit')
    expect((await ended(answer)).result).toMatchObject({ total: 3, changed: 2, refused: 1 })
    expect(await refused(answer.data.jobId)).toEqual([
      `${leads[1]!.recordNumber},does not match any more what was chosen`,
    ])
  })

  it('applies once to each while two servers run its jobs and it is cancelled and resumed', async () => {
    await leadsOf(client, 410, { tags: ['twice'] })
    const answer = await start({
      action: 'update',
      search: 'Lead',
      filter: { field: 'tags', op: 'contains', value: 'twice' },
      add: { tags: ['more'] },
    })
    const { jobId } = answer.data
    await client.at(second.url).send('POST', `/jobs/${jobId}/cancel`)
    await client.send('POST', `/jobs/${jobId}/resume`)
    const { result } = await ended(answer)
    expect(result).toMatchObject({ total: 410, changed: 410 })
    const entries = await system.sql(
      `select record_id from audit_entries where action = 'updated' and request_id = $1 group by record_id having count(*) > 1`,
      [jobId],
    )
    expect(entries).toEqual([])
  })
})

describe('taking back', () => {
  it('happens once, however many ask at the same time', async () => {
    const leads = await leadsOf(client, 5)
    const { jobId } = (await start({ action: 'update', ids: idsOf(leads), updates: { size: 5 } })).data
    const servers = [system.url, second.url]
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => undo(jobId, client.at(servers[n % 2]!))))
    expect(answers.map(({ status }) => status).sort()).toEqual([202, ...Array.from({ length: 19 }, () => 409)])
    expect((await nowOf(client, leads)).map(contentOf)).toEqual(leads.map(contentOf))
    const { jobId: undoId } = answers.find(({ status }) => status === 202)!.data
    expect((await undo(undoId)).error.message).toMatch(/took a change back/)
  })

  it('is over after a day, and what was before is forgotten then', async () => {
    const leads = await leadsOf(client, 2)
    const { jobId } = (await start({ action: 'update', ids: idsOf(leads), updates: { size: 5 } })).data
    await system.sql(`update jobs set finished_at = now() - interval '25 hours' where id = $1`, [jobId])
    expect((await undo(jobId)).error.message).toMatch(/24 hours/)
    const [listed] = (await client.get('/bulk-jobs?object=leads')).filter(({ id }: Json) => id === jobId)
    expect(listed).toMatchObject({ action: 'update', fields: ['size'], changed: 2, undoUntil: null, undoneBy: null })
    await system.sql(
      `update pgboss.job set start_after = now() where name = 'bulk.forget' and data ->> 'changeId' = $1`,
      [jobId],
    )
    const count = async () => (await system.sql('select 1 from bulk_records where change_id = $1', [jobId])).length
    await expect.poll(count, { timeout: 20_000 }).toBe(0)
  })

  it('is told with the change', async () => {
    const leads = await leadsOf(client, 1)
    const { jobId } = (await start({ action: 'delete', ids: idsOf(leads) })).data
    const listed = async () => (await client.get('/bulk-jobs')).find(({ id }: Json) => id === jobId)
    expect(await listed()).toMatchObject({
      object: 'leads',
      undoneBy: null,
      undoUntil: expect.any(String),
      createdBy: { name: 'Olga' },
    })
    const undoId = (await undo(jobId)).data.jobId
    expect(await listed()).toMatchObject({ undoneBy: undoId, undoUntil: null })
  })
})

describe('twenty at once', () => {
  it('change the same records, all of them and one after the other', async () => {
    const leads = await leadsOf(client, 30)
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => start({ action: 'update', ids: idsOf(leads), add: { tags: [`by ${n}`] } })),
    )
    expect(answers.map(resultOf)).toEqual(answers.map(() => expect.objectContaining({ changed: 30, refused: 0 })))
    const [first] = await nowOf(client, leads)
    expect(first.tags).toHaveLength(21)
  })
})

describe('what is wrong with all of it', () => {
  it.each([
    [{ action: 'erase', all: true }, ['action: must be one of update, delete, restore, purge']],
    [
      { action: 'delete' },
      ['ids: must name the records, or choose them by a filter or a search; all: true means every record'],
    ],
    [{ action: 'delete', all: true, search: 'x' }, ['all: cannot be combined with filter, search or all']],
    [{ action: 'delete', ids: ['no'] }, ['ids.0: must be the id of a record']],
    [{ action: 'delete', ids: [] }, ['ids: needs at least one id']],
    [{ action: 'update', all: true }, ['updates: must name at least one field']],
    [{ action: 'update', all: true, updates: { nothing: 1 } }, ['nothing: is not a field of leads']],
    [{ action: 'update', all: true, updates: { size: 'x' } }, ['size: must be a whole number such as 12']],
    [{ action: 'update', all: true, updates: { double: 1 } }, ['double: is computed by the system and cannot be set']],
    [
      { action: 'update', all: true, add: { size: [1] } },
      [expect.stringMatching(/^size: does not hold several values/), expect.anything()],
    ],
    [{ action: 'update', all: true, add: { areas: ['west'] } }, [expect.stringMatching(/^areas: /)]],
    [{ action: 'update', all: true, updates: { tags: [] }, add: { tags: ['a'] } }, ['tags: is named more than once']],
    [
      { action: 'update', all: true, updates: { company: '00000000-0000-4000-8000-000000000000' } },
      [expect.stringMatching(/^company: points to/)],
    ],
    [
      { action: 'update', filter: { field: 'nowhere', op: 'eq', value: 1 }, updates: { size: 1 } },
      [expect.stringMatching(/nowhere|filter/)],
    ],
    [{ action: 'delete', all: true, updates: { size: 1 } }, ['updates: does not go with “delete”']],
  ])('is said at once: %j', async (body, expected) => {
    expect(refusal(await start(body))).toEqual([400, ...expected])
  })
})

describe('rights', () => {
  it('are asked for all, for each record and each field, when it is done and when it is taken back', async () => {
    await defineRole(system, client.tenantId, 'own_only', {
      objects: { leads: { read: 'all', update: 'own', create: 'all', fields: { code: 'read', areas: 'hidden' } } },
    })
    const clerk = await addMember(system, client.tenantId, ['own_only'])
    const mine = await leadsOf(clerk, 2)
    const others = await leadsOf(client, 2)
    const all = idsOf([...mine, ...others])
    const answer = await start({ action: 'update', ids: all, updates: { size: 4 } }, clerk)
    expect(resultOf(answer)).toMatchObject({ changed: 2, refused: 2 })
    expect(
      refusal(await start({ action: 'update', ids: all, updates: { code: 'x', areas: ['north'] } }, clerk)),
    ).toEqual([400, 'code: may be read but not changed by your role', 'areas: is not a field of leads'])
    expect(refusal(await start({ action: 'update', ids: all, updates: { ownerId: null } }, clerk))[0]).toBe(400)
    expect((await start({ action: 'delete', ids: all }, clerk)).status).toBe(403)
    expect((await start({ action: 'purge', all: true }, clerk)).status).toBe(403)
    expect(await clerk.get('/bulk-jobs')).toHaveLength(1)
    // Only what the clerk may still change comes back.
    await client.patch(`/leads/${mine[0]!.id}`, { ownerId: client.userId })
    await system.sql(`update bulk_records set version = version + 1 where change_id = $1 and record_id = $2`, [
      answer.data.jobId,
      mine[0]!.id,
    ])
    expect(resultOf(await undo(answer.data.jobId, clerk))).toMatchObject({ changed: 1, refused: 1 })
  })

  it('to remove for good is the administrators’', async () => {
    await defineRole(system, client.tenantId, 'deleter', {
      objects: { leads: { read: 'all', update: 'all', delete: 'all', create: 'all' } },
    })
    const deleter = await addMember(system, client.tenantId, ['deleter'])
    const leads = await leadsOf(deleter, 1)
    expect((await start({ action: 'delete', ids: idsOf(leads) }, deleter)).status).toBe(202)
    expect((await start({ action: 'purge', ids: idsOf(leads) }, deleter)).error.message).toMatch(/objects/)
  })

  it('keep other people and other workspaces away', async () => {
    const leads = await leadsOf(client, 1)
    const { jobId } = (await start({ action: 'update', ids: idsOf(leads), updates: { size: 2 } })).data
    const stranger = await system.register()
    await makeLeads(stranger)
    for (const answer of [await undo(jobId, stranger), await stranger.send('GET', `/bulk-jobs/${jobId}/refused`)])
      expect(answer.status).toBe(404)
    const answer = await start({ action: 'update', ids: idsOf(leads), updates: { size: 3 } }, stranger)
    expect(resultOf(answer)).toMatchObject({ changed: 0, refused: 1 })
    await defineRole(system, client.tenantId, 'colleague', { objects: { leads: { read: 'all', update: 'all' } } })
    const colleague = await addMember(system, client.tenantId, ['colleague'])
    expect((await undo(jobId, colleague)).status).toBe(404)
    expect((await undo('nonsense')).status).toBe(404)
  })
})

describe('removing for good', () => {
  const rowsOf = (ids: string[]) => system.sql('select id from records where id = any($1) order by id', [ids])

  it('takes files along, in the database and in the storage', async () => {
    const [lead] = await leadsOf(client, 1)
    const content = 'a plan of the harbour'
    const { id } = await client.post(`/leads/${lead!.id}/files`, { name: 'plan.txt', size: content.length })
    const headers = { 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' }
    const sent = await client.send('PATCH', `/file-uploads/${id}`, undefined, { raw: content, headers })
    expect(sent.status, sent.text).toBe(200)
    const [part] = await system.sql<{ storage_key: string }>(
      'select storage_key from file_parts where version_id = $1',
      [id],
    )
    const onDisk = () => globSync(join(tmpdir(), 'oneforge-system-*/files', part!.storage_key)).length
    expect(onDisk()).toBe(1)
    await start({ action: 'delete', ids: [lead!.id] })
    expect(resultOf(await start({ action: 'purge', ids: [lead!.id] }))).toMatchObject({ changed: 1 })
    expect(await system.sql('select 1 from file_parts where version_id = $1', [id])).toEqual([])
    await expect.poll(onDisk).toBe(0)
  })

  it('is refused while a living record needs the link, and takes those along that were merged into it', async () => {
    const relation = { object: 'leads', inverse: { key: 'contracts', label: 'contracts' }, onDelete: 'keep' }
    await client.post('/objects', {
      slug: 'contracts',
      label: 'contract',
      labelPlural: 'contracts',
      fields: [
        { key: 'name', label: 'name', type: 'text', required: true },
        { key: 'lead', label: 'lead', type: 'relation', required: true, relation },
      ],
    })
    const [needed, survivor, merged] = await leadsOf(client, 3)
    const contract = await client.post('/contracts', { name: 'Roof', lead: needed!.id })
    await client.post('/leads/merge', { keep: survivor!.id, from: merged!.id })
    const ids = idsOf([needed!, survivor!])
    await start({ action: 'delete', ids })
    const answer = await start({ action: 'purge', ids })
    expect(resultOf(answer)).toMatchObject({ changed: 1, refused: 1 })
    expect((await refused(answer.data.jobId))[0]).toMatch(/still the “lead” of some of contracts, which need one/)
    expect(await rowsOf(idsOf([needed!, survivor!, merged!]))).toEqual([{ id: needed!.id }])
    await client.delete(`/contracts/${contract.id}`)
    expect(resultOf(await start({ action: 'purge', all: true }))).toBeDefined()
    await expect.poll(async () => (await rowsOf([needed!.id])).length).toBe(0)
    expect((await client.send('GET', `/leads/${needed!.id}/history`)).status).toBe(404)
  })
})
