import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, type ApiClient, endedJob } from '../../../tests/client.ts'
import { type RunningSystem, startSystem } from '../../../tests/server.ts'

let system: RunningSystem
let other: RunningSystem

beforeAll(async () => {
  system = await startSystem()
  other = await startSystem({ sharing: system })
})
afterAll(async () => {
  await other.stop()
  await system.stop()
})

/** A workspace on a plan that leaves requests aside: tests ask for more than a starter may in a minute. */
async function workspaceOn(plan: string): Promise<ApiClient> {
  const client = await system.register({ template: 'corporate' })
  await setPlan(client, plan)
  return client
}

const setPlan = (client: ApiClient, plan: string, trialEndsAt: string | null = null) =>
  system.sql('update tenants set plan = $2, trial_ends_at = $3, version = version + 1 where id = $1', [
    client.tenantId,
    plan,
    trialEndsAt,
  ])

/** Has the workspace's counters say that there are so many records of the object. */
const pretendRecords = (client: ApiClient, count: number) =>
  system.sql(
    `update record_counters c set live = $2 from objects o
     where o.tenant_id = c.tenant_id and o.id = c.object_id and o.slug = 'contacts' and c.tenant_id = $1`,
    [client.tenantId, count],
  )

const outcomes = (answers: Answer[]) => ({
  done: answers.filter(({ status }) => status < 300).length,
  refused: answers.filter(({ status }) => status === 403).length,
})

/** Both servers in turns; the first request of a kind tells each of the plan. */
const onBoth = async (client: ApiClient, count: number, ask: (at: ApiClient, index: number) => Promise<Answer>) =>
  Promise.all(Array.from({ length: count }, (_, index) => ask(client.at((index % 2 ? system : other).url), index)))

describe('records of a plan', () => {
  it('are admitted to the last one when 50 come at once at two servers', async () => {
    const client = await workspaceOn('business')
    await pretendRecords(client, 999_990)
    const answers = await onBoth(client, 50, (at, index) =>
      index % 3
        ? at.send('POST', '/contacts', { full_name: `Person ${index}` })
        : at.send('POST', '/accounts', { name: `Company ${index}` }),
    )
    expect(outcomes(answers)).toEqual({ done: 10, refused: 40 })
    const refused = answers.find(({ status }) => status === 403)!
    expect(refused.error).toMatchObject({
      code: 'FORBIDDEN',
      message:
        'The plan “business” allows 1,000,000 records, and 1,000,000 are there. Move records that nobody needs to the trash, or ask whoever looks after this installation for a larger plan.',
      details: [{ field: 'plan', message: 'PLAN_RECORDS' }],
    })
    const usage = await client.get('/usage')
    expect(usage.records).toMatchObject({ used: 1_000_000, limit: 1_000_000 })
    expect(usage.warnings).toMatchObject([{ kind: 'records', level: 'now', used: 1_000_000, limit: 1_000_000 }])
  })

  it('make room when some go to the trash, and are not brought back beyond the plan', async () => {
    const client = await workspaceOn('business')
    const first = await client.post('/contacts', { full_name: 'First' })
    await pretendRecords(client, 1_000_000)
    expect((await client.send('POST', '/contacts', { full_name: 'Second' })).status).toBe(403)
    await client.delete(`/contacts/${first.id}`)
    expect((await client.send('POST', '/contacts', { full_name: 'Second' })).status).toBe(201)
    const restored = await client.send('POST', `/contacts/${first.id}/restore`)
    expect(restored.error.details).toEqual([{ field: 'plan', message: 'PLAN_RECORDS' }])
    expect((await client.get('/contacts')).length).toBe(1)
  })

  it('fill up with the first ones of many, and the others are told why not', async () => {
    const client = await workspaceOn('business')
    await pretendRecords(client, 999_997)
    const records = Array.from({ length: 8 }, (_, index) => ({ full_name: `Person ${index}` }))
    const answer = await client.send('POST', '/contacts/bulk', { records })
    expect(answer.status).toBeLessThan(300)
    const results = answer.data.results as { index: number; success: boolean; error?: { details: object[] } }[]
    expect(results.map(({ success }) => success)).toEqual([true, true, true, false, false, false, false, false])
    expect(results[7]!.error!.details).toEqual([{ field: 'plan', message: 'PLAN_RECORDS' }])
  })

  it('are refused row by row by an import', async () => {
    const client = await workspaceOn('business')
    await pretendRecords(client, 999_998)
    const raw = `full_name\n${Array.from({ length: 5 }, (_, index) => `Person ${index}`).join('\n')}\n`
    const headers = { 'content-type': 'text/csv' }
    const { jobId } = await client.call('POST', '/contacts/import', undefined, { raw, headers })
    const job = await endedJob(client, jobId)
    expect(job).toMatchObject({ status: 'completed', result: { created: 2, refused: 3 } })
    const { text } = await client.send('GET', `/jobs/${jobId}/refused`)
    expect(text).toContain('The plan “business” allows 1,000,000 records')
  })

  it('cost nothing where the plan has no bound, and do not hinder neighbours', async () => {
    const [free, full] = [await workspaceOn('enterprise'), await workspaceOn('business')]
    for (const client of [free, full]) await pretendRecords(client, 1_000_000)
    expect((await free.send('POST', '/contacts', { full_name: 'One more' })).status).toBe(201)
    expect((await full.send('POST', '/contacts', { full_name: 'One more' })).status).toBe(403)
  })
})

describe('people of a plan', () => {
  const invite = (at: ApiClient, index: number) =>
    at.send('POST', '/members/invitations', { email: `guest${index}-${at.tenantId}@example.com`, roles: ['owner'] })

  it('are invited to the last place when 50 are at once', async () => {
    const client = await workspaceOn('professional')
    const answers = await onBoth(client, 50, invite)
    expect(outcomes(answers)).toEqual({ done: 24, refused: 26 })
    const refused = answers.find(({ status }) => status === 403)!
    expect(refused.error.details).toEqual([{ field: 'plan', message: 'PLAN_MEMBERS' }])
    expect(refused.error.message).toContain('“professional” allows 25 people')
    const { members } = await client.get('/usage')
    expect(members).toEqual({ used: 25, active: 1, invited: 24, limit: 25 })
  })

  it('may take the place that was kept for them, and none beyond', { timeout: 30_000 }, async () => {
    const client = await workspaceOn('starter')
    const answers: Answer[] = []
    for (let index = 0; index < 4; index++) answers.push(await invite(client, index))
    expect(outcomes(answers)).toEqual({ done: 4, refused: 0 })
    const joined = await accept(client, 0)
    expect(joined.status).toBe(200)
    expect((await client.get('/usage')).members).toMatchObject({ used: 5, active: 2, invited: 3 })
    await client.post(`/members/${joined.data.user.id}/deactivate`, {})
    expect((await invite(client, 9)).status).toBe(201)
    const back = await client.send('POST', `/members/${joined.data.user.id}/reactivate`, {})
    expect(back.error.details).toEqual([{ field: 'plan', message: 'PLAN_MEMBERS' }])
    const members = await client.get('/members')
    expect(members.find(({ id }: { id: string }) => id === joined.data.user.id).status).toBe('deactivated')
  })

  it('stay when the plan gets smaller, but nobody else comes in', async () => {
    const client = await workspaceOn('professional')
    for (let index = 0; index < 6; index++) expect((await invite(client, index)).status).toBe(201)
    await setPlan(client, 'starter')
    const refused = await accept(client, 0)
    expect(refused.error.details).toEqual([{ field: 'plan', message: 'PLAN_MEMBERS' }])
    expect((await client.send('GET', '/members')).status).toBe(200)
    await setPlan(client, 'professional')
    expect((await accept(client, 0)).status).toBe(200)
  })

  it('do not count service accounts', async () => {
    const client = await workspaceOn('starter')
    for (let index = 0; index < 6; index++) await client.post('/api-keys', { name: `Key ${index}` })
    expect((await client.get('/usage')).members).toMatchObject({ used: 1, limit: 5 })
  })

  async function accept(client: ApiClient, index: number): Promise<Answer> {
    const email = `guest${index}-${client.tenantId}@example.com`
    const [mail] = await system.sql<{ body: string }>('select body from outgoing_messages where recipient = $1', [
      email,
    ])
    const token = /#(\S+)/.exec(mail!.body)![1]
    const newcomer = { token, name: 'Gwen Guest', password: 'a lantern in the orchard' }
    return system.anonymous().send('POST', '/auth/invitations/accept', newcomer)
  }
})

describe('files of a plan', () => {
  const gibibyte = 1024 ** 3
  const headers = { 'content-type': 'text/csv' }
  const preview = (client: ApiClient) =>
    client.send('POST', '/contacts/import/preview', undefined, { raw: 'full_name\nAnn\n', headers })
  const used = async (client: ApiClient): Promise<number> => (await client.get('/usage')).storage.usedBytes
  const pretendStored = (client: ApiClient, bytes: number) =>
    system.sql(
      `insert into storage_counters (tenant_id, bytes) values ($1, $2)
       on conflict (tenant_id) do update set bytes = excluded.bytes`,
      [client.tenantId, bytes],
    )

  it('are counted as they come and go', async () => {
    const client = await workspaceOn('starter')
    expect((await preview(client)).status).toBe(200)
    expect(await used(client)).toBe('full_name\nAnn\n'.length)
    await system.sql('update uploads set storage_key = null where tenant_id = $1', [client.tenantId])
    expect(await used(client)).toBe(0)
  })

  it('are refused to the byte, and not kept then', async () => {
    const client = await workspaceOn('starter')
    await pretendStored(client, gibibyte - 'full_name\nAnn\n'.length)
    expect((await preview(client)).status).toBe(200)
    const refused = await preview(client)
    expect(refused.error.details).toEqual([{ field: 'plan', message: 'PLAN_STORAGE' }])
    expect(await used(client)).toBe(gibibyte)
    const kept = await system.sql('select id from uploads where tenant_id = $1', [client.tenantId])
    expect(kept).toHaveLength(1)
  })

  it('hold when many come at once at two servers', async () => {
    const client = await workspaceOn('business')
    await pretendStored(client, 100 * gibibyte - 3 * 'full_name\nAnn\n'.length)
    expect(outcomes(await onBoth(client, 10, preview))).toEqual({ done: 3, refused: 7 })
  })

  it('include exports as long as they can be fetched', async () => {
    const client = await workspaceOn('business')
    await client.post('/contacts', { full_name: 'Ann' })
    const exported = async () => endedJob(client, (await client.post('/contacts/export', { format: 'json' })).jobId)
    const job = await exported()
    expect(job.status).toBe('completed')
    expect(await used(client)).toBe(job.result.size)
    await pretendStored(client, 100 * gibibyte)
    const refused = await exported()
    expect(refused).toMatchObject({ status: 'failed', errors: [{}, { field: 'plan', message: 'PLAN_STORAGE' }] })
    expect(refused.result?.downloadUrl).toBeUndefined()
    expect(await used(client)).toBe(100 * gibibyte)
  })
})

describe('a trial', () => {
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()

  it('gives its plan until it ends, and leaves a starter afterwards, at once and without a change', async () => {
    const client = await workspaceOn('enterprise')
    await pretendRecords(client, 20_000)
    await setPlan(client, 'professional', inDays(20))
    expect((await client.send('POST', '/contacts', { full_name: 'During' })).status).toBe(201)
    expect(await client.get('/usage')).toMatchObject({
      plan: { name: 'professional', trial: { plan: 'professional', ended: false } },
      warnings: [],
    })
    await setPlan(client, 'professional', inDays(-1))
    const refused = await client.send('POST', '/contacts', { full_name: 'After' })
    expect(refused.error.message).toContain('The plan “starter” allows 10,000 records')
    const read = await client.send('GET', '/contacts')
    expect(read.data).toHaveLength(1)
    expect(read.headers.get('x-ratelimit-limit')).toBe('100')
    const usage = await client.get('/usage')
    expect(usage.plan).toMatchObject({ name: 'starter', trial: { plan: 'professional', ended: true } })
    expect(usage.warnings.map(({ kind }: { kind: string }) => kind)).toEqual(['trialEnded', 'records'])
  })

  it('says a week before that it ends, to administrators, in their language', async () => {
    const client = await workspaceOn('enterprise')
    await setPlan(client, 'business', '2099-05-03T12:00:00Z')
    expect((await client.get('/workspace')).warnings).toEqual([])
    await setPlan(client, 'business', inDays(6))
    const [warning] = (await client.get('/workspace')).warnings
    expect(warning).toMatchObject({ kind: 'trialEnds', level: 'soon', used: null, limit: null })
    expect(warning.message).toMatch(/^The trial ends on \d+ \w+ \d{4}\./)
    await client.patch('/auth/me', { locale: 'es' })
    expect((await client.get('/workspace')).warnings[0].message).toMatch(/^La prueba termina el \d+ de \w+ de \d{4}\./)
  })

  it('is mentioned with what is nearly full', async () => {
    const client = await workspaceOn('business')
    await pretendRecords(client, 900_000)
    expect((await client.get('/workspace')).warnings).toEqual([])
    await pretendRecords(client, 900_001)
    expect((await client.get('/workspace')).warnings).toMatchObject([
      { kind: 'records', level: 'soon', message: '900,001 of the 1,000,000 records of the plan are there.' },
    ])
  })
})
