/** Workflows over HTTP, from the trigger to the effect: built, checked, published, run, looked at, stopped, begun again. */

import { compilePolicy } from '@oneforge/kernel/access'
import { LongJobs } from '@oneforge/modules/jobs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Step, Value, Workflow } from '../../packages/modules/workflows/definition.ts'
import { hiddenSteps } from '../../packages/modules/workflows/runs/masking.ts'
import { forgettingKind } from '../../packages/modules/workflows/runs/retention.ts'
import { clockKind } from '../../packages/modules/workflows/triggers/clocks.ts'
import type { ApiClient, Json } from '../client.ts'
import { addMember, defineRole, type RunningSystem, startSystem } from '../server.ts'

let system: RunningSystem
let client: ApiClient

const field = (key: string, type: string, more: object = {}) => ({ key, label: key, type, ...more })
const setNote = (id: string, value: unknown) => ({ id, type: 'update_field', field: 'note', value })

beforeAll(async () => {
  system = await startSystem()
  client = await system.register({ template: 'blank' })
  await client.post('/objects', {
    slug: 'visits',
    label: 'Visit',
    labelPlural: 'Visits',
    fields: [
      field('name', 'text', { required: true }),
      field('note', 'text'),
      field('starts', 'datetime'),
      field('secret', 'text', { phi: true }),
      field('status', 'select', { options: ['planned', 'done'] }),
    ],
    roles: { title: 'name' },
  })
})
afterAll(() => system.stop())

const create = (definition: object, more: object = {}) =>
  client.post('/workflows', { definition: { object: 'visits', ...definition }, ...more })
const noteOf = async (id: string) => (await client.get(`/visits/${id}`)).note
const runsOf = (id: string, query = '') => client.get<Json[]>(`/workflows/${id}/runs${query}`)
const off = (id: string) => client.patch(`/workflows/${id}`, { enabled: false })

async function lastRun(id: string, state: string): Promise<Json> {
  await expect.poll(async () => (await runsOf(id))[0]?.state, { timeout: 15_000 }).toBe(state)
  return (await runsOf(id))[0]
}

describe('building', () => {
  it('keeps what is not finished as a draft, and publishes it once nothing is wrong', async () => {
    const begun = await create({ label: 'Welcome!', trigger: { type: 'record_created' }, steps: [] })
    expect(begun).toMatchObject({ key: 'welcome', enabled: false, published: false, version: 1, hasDraft: true })
    expect(begun.draft.problems).toEqual([{ path: 'steps', step: null, message: expect.stringContaining('missing') }])
    const path = `/workflows/${begun.id}`
    const definition = { label: 'Welcome!', object: 'visits', trigger: { type: 'record_created' } }
    const save = (steps: object[], version: number) =>
      client.send(
        'PUT',
        `${path}/draft`,
        { definition: { ...definition, steps } },
        { headers: { 'If-Match': `"${version}"` } },
      )
    const wrong = await save([setNote('a', '{{ record.nam }}')], 1)
    expect(wrong.data.problems).toEqual([expect.objectContaining({ path: 'steps.0.value', step: 'a' })])
    const refused = await client.send('POST', `${path}/publish`, {})
    expect([refused.status, refused.error.details[0]!.field]).toEqual([400, 'steps.0.value'])
    expect(refused.error.current.problems).toHaveLength(1)
    const stale = await save([], 1)
    expect([stale.status, stale.error.current.draft.version]).toEqual([409, 2])
    expect((await save([setNote('a', 'Hello {{ record.name }}')], 2)).data).toMatchObject({ version: 3, problems: [] })
    const published = await client.post(`${path}/publish`, {})
    expect(published).toMatchObject({ enabled: true, published: true, version: 2, hasDraft: false, draft: null })
    expect((await client.send('POST', `${path}/publish`, {})).status).toBe(409)
    const visit = await client.post('/visits', { name: 'Ana' })
    await expect.poll(() => noteOf(visit.id), { timeout: 15_000 }).toBe('Hello Ana')
    const versions = await client.get<Json[]>(`${path}/versions`)
    expect(versions.map(({ version, isCurrent }) => [version, isCurrent])).toEqual([
      [2, true],
      [1, false],
    ])
    expect((await client.get(`${path}/versions/2`)).definition.steps).toHaveLength(1)
    await off(begun.id)
  })

  it('copies, renames, files and removes', async () => {
    const made = await create(
      { label: 'Copied', trigger: { type: 'record_created' }, steps: [setNote('a', 'x')] },
      { enabled: false, folder: 'Front desk' },
    )
    const copy = await client.post(`/workflows/${made.id}/duplicate`, {})
    expect(copy).toMatchObject({
      label: 'Copied (2)',
      key: 'copied_2',
      enabled: false,
      published: true,
      folder: 'Front desk',
    })
    const changed = await client.patch(`/workflows/${copy.id}`, { label: 'Other', folder: null, ownerId: null })
    expect(changed).toMatchObject({ label: 'Other', folder: null, owner: null, version: 2 })
    const path = `/workflows/${made.id}`
    const drafted = {
      label: 'Copied',
      object: 'visits',
      trigger: { type: 'record_created' },
      steps: [setNote('a', 'y')],
    }
    const draft = (version: number) =>
      client.send('PUT', `${path}/draft`, { definition: drafted }, { headers: { 'If-Match': `"${version}"` } })
    await draft(0)
    await client.patch(path, { label: 'Copied well' })
    expect(await client.post(`${path}/publish`, {})).toMatchObject({ label: 'Copied well', version: 3 })
    await draft(0)
    await system.sql(`update workflows set definition = definition || '{"description": "Another"}' where id = $1`, [
      made.id,
    ])
    const late = await client.send('POST', `${path}/publish`, {})
    expect([late.status, late.error.message]).toEqual([409, expect.stringContaining('the draft is of version 3')])
    const listed = await client.get<Json[]>('/workflows?folder=Front%20desk&search=cop')
    expect(listed.map(({ id }) => id)).toEqual([made.id])
    expect((await client.send('DELETE', `/workflows/${copy.id}`)).status).toBe(204)
    expect((await client.send('GET', `/workflows/${copy.id}`)).status).toBe(404)
    const [{ number }] = await client.get<Json[]>('/workspace/versions?limit=1')
    await client.post(`/workspace/versions/${number}/undo`, {})
    expect(await client.get(`/workflows/${copy.id}`)).toMatchObject({ label: 'Other', enabled: false })
    expect((await client.send('PATCH', `/workflows/${made.id}`, { ownerId: client.tenantId })).status).toBe(400)
  })

  it('tells what a workflow can be made of', async () => {
    const words = await client.get('/workflows/vocabulary?object=visits')
    expect(words.fields.find(({ path }: Json) => path === 'status').options).toHaveLength(2)
    expect(words.operations.map(({ name }: Json) => name)).toContain('records.create')
    expect(words.operations.map(({ name }: Json) => name)).not.toContain('workflows.call')
    expect(words.steps.find(({ type }: Json) => type === 'refuse')).toMatchObject({ blocking: true })
    expect((await client.send('GET', '/workflows/vocabulary?object=nothing')).status).toBe(404)
  })

  it('is open to who looks after automation only', async () => {
    await defineRole(system, client.tenantId, 'reader', { objects: { visits: { read: { scope: 'all' } } } })
    const reader = await addMember(system, client.tenantId, ['reader'])
    for (const path of ['/workflows', '/workflow-runs', '/workflows/vocabulary']) {
      expect((await reader.send('GET', path)).status).toBe(403)
    }
    expect(await reader.get('/workflow-approvals')).toEqual([])
  })
})

describe('whose rights they have', () => {
  it('are those of who lets them act, and no others', async () => {
    await defineRole(system, client.tenantId, 'builder', { objects: {}, admin: ['automation', 'objects'] })
    const builder = await addMember(system, client.tenantId, ['builder'])
    const button = (more: object) => ({ label: 'Own', trigger: { type: 'button', label: 'Own' }, ...more })
    const tried = { id: 'all', type: 'call_operation', operation: 'records.list', input: { object: 'visits' } }
    const status = async (method: string, path: string, body: unknown = {}) =>
      (await builder.send(method, path, body)).status
    for (const rights of [{}, { runAs: 'owner' }]) {
      const definition = button({ steps: [tried], ...rights })
      const made = await client.post('/workflows', { definition, enabled: false })
      const path = `/workflows/${made.id}`
      expect(await status('POST', '/workflows', { definition })).toBe(403)
      expect(await status('POST', `${path}/duplicate`)).toBe(403)
      expect(await status('POST', `${path}/test`)).toBe(403)
      expect(await status('POST', `${path}/dry-run`)).toBe(403)
      expect(await status('PATCH', path, { enabled: true })).toBe(403)
      expect(await status('PUT', `${path}/draft`, { definition: { ...definition, description: 'More' } })).toBe(200)
      expect(await status('POST', `${path}/publish`)).toBe(403)
      expect(await status('PATCH', path, { folder: 'Elsewhere' })).toBe(200)
      expect(await client.post(`${path}/publish`, {})).toMatchObject({ version: 2 })
      const [{ number }] = await client.get<Json[]>('/workspace/versions?limit=1')
      expect(await status('POST', `/workspace/versions/${number}/undo`)).toBe(403)
    }
    const own = await builder.post('/workflows', { definition: button({ steps: [tried], runAs: 'builder' }) })
    expect(own).toMatchObject({ enabled: true, published: true })
    expect((await builder.post(`/workflows/${own.id}/test`, {})).state).toBe('failed')
    await client.patch(`/workflows/${own.id}`, { enabled: false })
  })
})

describe('runs', () => {
  it('are told with their steps, stopped, and begun again', async () => {
    const steps = [setNote('first', 'one'), { id: 'pause', type: 'wait', for: 'P1D' }, setNote('last', 'two')]
    const made = await create({ label: 'Pausing', trigger: { type: 'record_created' }, steps })
    const visit = await client.post('/visits', { name: 'Ben' })
    const run = await lastRun(made.id, 'waiting')
    expect(run).toMatchObject({ record: { object: 'visits', id: visit.id, title: 'Ben' }, startedBy: 'record_created' })
    const whole = await client.get(`/workflow-runs/${run.id}`)
    expect(whole.steps.map(({ step, type, state }: Json) => [step, type, state])).toEqual([
      ['first', 'update_field', 'done'],
      ['pause', 'wait', 'waiting'],
    ])
    expect(whole.definition.steps).toHaveLength(3)
    const figures = await client.get(`/workflows/${made.id}/figures`)
    expect(figures).toMatchObject({ states: { waiting: 1 }, waiting: { pause: 1 } })
    expect((await client.get<Json[]>(`/workflow-runs?state=open&record=${visit.id}`)).map(({ id }) => id)).toEqual([
      run.id,
    ])
    expect(await client.post(`/workflow-runs/${run.id}/stop`, { reason: 'Not needed' })).toMatchObject({
      state: 'stopped',
      error: 'Not needed',
    })
    expect((await client.send('POST', `/workflow-runs/${run.id}/stop`, {})).status).toBe(409)
    await client.patch(`/visits/${visit.id}`, { note: 'by hand' })
    await client.post(`/workflow-runs/${run.id}/replay`, { fromPath: 'first' })
    await lastRun(made.id, 'waiting')
    expect(await noteOf(visit.id)).toBe('one')
    expect((await client.send('POST', `/workflow-runs/${run.id}/replay`, { fromPath: 'nothing' })).status).toBe(404)
    await off(made.id)
  })

  it('are kept after their end as long as the workspace says, those that failed longer', async () => {
    const made = await create({ label: 'Kept', trigger: { type: 'button', label: 'Keep' }, steps: [setNote('a', 'x')] })
    const visits = await Promise.all(['Uma', 'Vic', 'Wes', 'Xan'].map((name) => client.post('/visits', { name })))
    await client.post(`/workflows/${made.id}/press`, { recordIds: visits.map(({ id }) => id) })
    await expect.poll(async () => (await runsOf(made.id, '?state=done')).length, { timeout: 15_000 }).toBe(4)
    const age = (record: Json, state: string, days: number) =>
      system.sql(
        'update workflow_runs set state = $2, ended_at = now() - make_interval(days => $3) where record_id = $1',
        [record.id, state, days],
      )
    for (const [index, state] of ['done', 'stopped', 'failed', 'failed'].entries())
      await age(visits[index]!, state, index === 3 ? 41 : 31)
    const forget = () =>
      forgettingKind({ database: system.system.database, together: 1 }).handle(
        { tenantId: client.tenantId },
        { id: 'forgetting', attempt: 1, signal: new AbortController().signal },
      )
    const path = '/workflow-retention'
    expect(await client.get(path)).toEqual({ days: 90, failedDays: 90 })
    await forget()
    expect(await runsOf(made.id)).toHaveLength(4)
    for (const wrong of [
      { days: 6, failedDays: 40 },
      { days: 30, failedDays: 731 },
      { days: 30, failedDays: 29 },
    ])
      expect((await client.send('PUT', path, wrong)).status).toBe(400)
    expect(await client.put(path, { days: 30, failedDays: 40 })).toEqual({ days: 30, failedDays: 40 })
    await forget()
    expect((await runsOf(made.id)).map(({ record }) => record.title)).toEqual(['Wes'])
    const audited = await system.sql<Json>(
      `select changes, actor_id = $2 as by from audit_entries where tenant_id = $1 and action = 'workflows.retention_changed'`,
      [client.tenantId, client.userId],
    )
    expect(audited).toEqual([{ changes: { days: [90, 30], failedDays: [90, 40] }, by: true }])
    await off(made.id)
  })

  it('hide what the viewer may not see', async () => {
    const steps = [setNote('leak', '{{ record.secret }}'), setNote('plain', 'open {{ record.name }}')]
    const made = await create({ label: 'Leaking', trigger: { type: 'record_created' }, steps })
    await client.post('/visits', { name: 'Cara', secret: 'hush-hush' })
    const { id } = await lastRun(made.id, 'done')
    expect(JSON.stringify(await client.get(`/workflow-runs/${id}`))).toContain('hush-hush')
    await defineRole(system, client.tenantId, 'automator', {
      objects: { visits: { read: { scope: 'all' }, fields: { secret: 'hidden' } } },
      admin: ['automation'],
    })
    const automator = await addMember(system, client.tenantId, ['automator'])
    const seen = await automator.get(`/workflow-runs/${id}`)
    expect(JSON.stringify(seen.steps)).not.toContain('hush-hush')
    expect(seen.steps.map(({ input }: Json) => JSON.stringify(input).includes('«hidden»'))).toEqual([true, false])
    await off(made.id)
  })

  it('hide also what is read without being named, and what tells of it', async () => {
    const model = await system.system.runner.models.refresh(client.tenantId)
    const hiddenFrom = (role: string, workflow: Pick<Workflow, 'steps'> & Partial<Workflow>) => {
      const rights = { userId: null, roles: [{ key: role, locationId: null }], exceptions: [], colleagues: [] }
      const whole = { key: 'read', label: { en: 'Read' }, trigger: { type: 'record_created' as const }, ...workflow }
      const looked = { workflow: whole, object: model.object.get('visits'), seesRecord: true }
      return [...hiddenSteps({ model, policy: compilePolicy(model, rights) }, looked)]
    }
    const branch = (id: string, name: string): Step => ({
      id,
      type: 'if',
      condition: { not: { field: name, op: 'eq', value: 'x' } },
      // biome-ignore lint/suspicious/noThenProperty: steps are never awaited
      then: [],
      else: [],
    })
    const variable = (id: string, value: Value): Step => ({ id, type: 'set_variable', variable: id, value })
    const steps: Step[] = [
      variable('text', '{{ record }}'),
      variable('formula', { formula: 'record' }),
      variable('name', '{{ record.name }}'),
      variable('later', '{{ vars.text }}'),
      branch('asked', 'secret'),
      branch('open', 'name'),
      { id: 'whole', type: 'webhook', url: 'https://example.com' },
      { id: 'part', type: 'webhook', url: 'https://example.com', body: { name: '{{ record.name }}' } },
      { id: 'mail', type: 'send_email', to: 'ana@example.com', template: client.tenantId },
      { id: 'call', type: 'call_operation', operation: 'records.list', input: { object: 'visits' } },
    ]
    const hiddenOnes = ['text', 'formula', 'later', 'asked', 'whole', 'mail', 'call']
    expect(hiddenFrom('automator', { steps })).toEqual(hiddenOnes)
    expect(hiddenFrom('automator', { steps, runAs: 'automator' })).toEqual(hiddenOnes.slice(0, -1))
    expect(hiddenFrom('owner', { steps })).toEqual([])
    const turns: Step = {
      id: 'each',
      type: 'loop',
      over: { object: 'visits' },
      steps: [variable('item', '{{ item }}')],
    }
    expect(hiddenFrom('automator', { steps: [turns] })).toEqual(['item'])
    const trigger = { type: 'field_changed' as const, field: 'secret' }
    expect(hiddenFrom('automator', { trigger, steps: [variable('was', '{{ trigger.from }}')] })).toEqual(['was'])
  })

  it('ask people of what they may see alone', async () => {
    const asked = { id: 'ask', type: 'approval', from: { role: 'automator' }, approved: [], rejected: [] }
    const steps = [{ ...asked, message: 'Is {{ record.secret }} right?' }]
    const made = await create({ label: 'Asking of it', trigger: { type: 'record_created' }, steps })
    await client.post('/visits', { name: 'Dan', secret: 'hush-hush' })
    const run = await lastRun(made.id, 'waiting')
    const automator = await addMember(system, client.tenantId, ['automator'])
    const [approval] = await automator.get<Json[]>('/workflow-approvals')
    expect(approval).toMatchObject({ runId: run.id, message: 'Is «hidden» right?' })
    const decided = await automator.post(`/workflow-approvals/${approval.id}`, { approved: true })
    expect(decided).toMatchObject({ state: 'approved', message: 'Is «hidden» right?' })
    await off(made.id)
  })

  it('wait for a yes or a no of those who are asked', async () => {
    const message = 'May {{ record.name }} come?'
    const asked = { id: 'ask', type: 'approval', from: { user: client.userId }, message }
    const steps = [{ ...asked, approved: [setNote('yes', 'welcome')], rejected: [setNote('no', 'sorry')] }]
    const made = await create({ label: 'Asking', trigger: { type: 'record_created' }, steps })
    const visit = await client.post('/visits', { name: 'Dora' })
    await lastRun(made.id, 'waiting')
    const other = await addMember(system, client.tenantId, ['reader'])
    const [approval] = await client.get<Json[]>('/workflow-approvals')
    expect(approval).toMatchObject({ message: 'May Dora come?', record: { id: visit.id }, state: 'open' })
    expect((await other.send('POST', `/workflow-approvals/${approval.id}`, { approved: true })).status).toBe(404)
    const decided = await client.post(`/workflow-approvals/${approval.id}`, { approved: false, note: 'Full' })
    expect(decided).toMatchObject({ state: 'rejected', note: 'Full', decidedBy: { id: client.userId } })
    await expect.poll(() => noteOf(visit.id), { timeout: 15_000 }).toBe('sorry')
    expect((await client.send('POST', `/workflow-approvals/${approval.id}`, { approved: true })).status).toBe(409)
    await off(made.id)
  })
})

describe('trying', () => {
  it('walks through all steps with a record, and leaves nothing', async () => {
    const made = await create(
      {
        label: 'Tried',
        trigger: { type: 'record_created' },
        condition: { field: 'status', op: 'eq', value: 'done' },
        steps: [
          setNote('write', 'tried {{ record.name }}'),
          { id: 'pause', type: 'wait', for: 'P3D' },
          { id: 'ask', type: 'approval', from: { user: client.userId }, message: 'Well?', approved: [], rejected: [] },
          { id: 'make', type: 'create_record', object: 'visits', values: { name: 'Made of {{ record.note }}' } },
          { id: 'call', type: 'webhook', url: 'https://example.com/{{ steps.make.id }}' },
        ],
      },
      { enabled: false },
    )
    const visit = await client.post('/visits', { name: 'Kim', note: 'before' })
    const before = await client.post('/visits/count', {})
    const trace = await client.post(`/workflows/${made.id}/test`, { recordId: visit.id })
    expect([trace.passes, trace.state, trace.error]).toEqual([false, 'done', null])
    expect(trace.steps.map(({ step, state }: Json) => `${step} ${state}`)).toEqual([
      'write done',
      'pause done',
      'ask done',
      'make done',
      'call done',
    ])
    expect(JSON.stringify(trace.steps[3].input)).toContain('Made of tried Kim')
    expect([await noteOf(visit.id), await client.post('/visits/count', {})]).toEqual(['before', before])
    expect([await runsOf(made.id), await client.get('/workflow-approvals')]).toEqual([[], []])
    expect((await client.send('POST', `/workflows/${made.id}/test`, {})).status).toBe(400)
  })

  it('goes the way that is chosen where it would wait for something or somebody', async () => {
    const user = { user: client.userId }
    const ask = { id: 'ask', type: 'approval', from: user, message: 'Well?', escalateAfter: 'P1D', escalateTo: user }
    const answer = { id: 'answer', type: 'wait_event', event: 'record_updated', timeout: 'P2D' }
    const steps = [
      { ...answer, onTimeout: [setNote('late', 'no answer')] },
      { ...ask, approved: [setNote('yes', 'well')], rejected: [setNote('no', 'sorry')] },
    ]
    const made = await create({ label: 'Chosen', trigger: { type: 'button', label: 'Go' }, steps }, { enabled: false })
    const visit = await client.post('/visits', { name: 'Ned' })
    const walked = async (assume?: object): Promise<string[]> => {
      const trace = await client.post(`/workflows/${made.id}/test`, { recordId: visit.id, ...(assume && { assume }) })
      expect(trace.state).toBe('done')
      return trace.steps.map(({ step, assumed }: Json) => (assumed ? `${step} ${assumed}` : step))
    }
    expect(await walked()).toEqual(['answer came', 'ask approved', 'yes'])
    expect(await walked({ answer: 'timed_out' })).toEqual(['answer timed_out', 'late', 'ask approved', 'yes'])
    expect(await walked({ ask: 'rejected' })).toEqual(['answer came', 'ask rejected', 'no'])
    expect(await walked({ ask: 'escalated' })).toEqual(['answer came', 'ask escalated', 'yes'])
    expect(await client.get('/workflow-approvals')).toEqual([])
    const refused = await client.send('POST', `/workflows/${made.id}/test`, {
      recordId: visit.id,
      assume: { answer: 'approved', yes: 'came' },
    })
    expect(refused.error.details.map(({ field }: Json) => field)).toEqual(['assume.answer', 'assume.yes'])
  })

  it('says that it was stopped where it does not come to an end', async () => {
    for (let left = 6; left > 0; left--) await client.post('/visits', { name: `Round ${left}` })
    let steps: object[] = [{ id: 'in', type: 'set_variable', variable: 'seen', value: '{{ item.name }}' }]
    for (const id of ['a', 'b', 'c', 'd']) steps = [{ id, type: 'loop', over: { object: 'visits' }, limit: 6, steps }]
    const made = await create({ label: 'Long', trigger: { type: 'called' }, object: undefined, steps })
    const trace = await client.post(`/workflows/${made.id}/test`, {})
    expect([trace.state, trace.error]).toEqual(['stopped', expect.stringContaining('after 1,000 steps')])
  })

  it('tells how often it would have run', async () => {
    const trigger = { type: 'field_changed', field: 'status', to: 'done' }
    const made = await create({ label: 'Counted', trigger, steps: [setNote('a', 'x')] }, { enabled: false })
    const visit = await client.post('/visits', { name: 'Lou', status: 'planned' })
    for (const status of ['done', 'planned', 'done']) await client.patch(`/visits/${visit.id}`, { status })
    const told = await client.post(`/workflows/${made.id}/dry-run`, { days: 7 })
    expect([told.total, told.remark, told.days.length]).toEqual([2, null, 8])
    expect(told.days.at(-1).count).toBe(2)
    expect(told.examples[0].record).toEqual({ object: 'visits', id: visit.id, title: 'Lou' })
    const daily = await client.post('/workflows', {
      definition: { label: 'Daily', trigger: { type: 'schedule', cron: '0 9 * * *' }, steps: [] },
      enabled: false,
    })
    expect((await client.send('POST', `/workflows/${daily.id}/dry-run`, {})).error.details[0]!.field).toBe('steps')
  })

  it('shows what becomes of a value', async () => {
    const visit = await client.post('/visits', { name: 'Mia', starts: '2026-05-01T09:30:00Z' })
    const preview = (value: unknown, more: object = {}) =>
      client.post('/workflows/preview', { object: 'visits', recordId: visit.id, value, ...more })
    expect(await preview('Dear {{ record.name }}')).toEqual({ value: 'Dear Mia', error: null })
    expect(await preview({ formula: '1 + 2' })).toEqual({ value: 3, error: null })
    expect(await preview('{{ record.name')).toEqual({ value: null, error: expect.stringContaining('cannot be filled') })
  })
})

describe('what begins them', () => {
  it('is a button, for the roles that it names', async () => {
    const trigger = { type: 'button', label: { en: 'Greet', es: 'Saludar' }, roles: ['owner', 'reader'] }
    const made = await create({
      label: 'Greeting',
      trigger,
      condition: { field: 'name', op: 'ne', value: 'Nobody' },
      steps: [setNote('a', 'by {{ trigger.user.name }}')],
    })
    const [ada, nobody] = [
      await client.post('/visits', { name: 'Ada' }),
      await client.post('/visits', { name: 'Nobody' }),
    ]
    const reader = await addMember(system, client.tenantId, ['reader'])
    const automator = await addMember(system, client.tenantId, ['automator'])
    expect(await automator.get('/workflow-buttons?object=visits')).toEqual([])
    expect(await reader.get('/workflow-buttons?object=visits')).toEqual([
      { id: made.id, label: 'Greet', icon: null, confirm: null },
    ])
    const pressed = await reader.post(`/workflows/${made.id}/press`, {
      recordIds: [ada.id, nobody.id, client.tenantId],
    })
    expect(pressed).toEqual({
      started: 1,
      refused: [
        { recordId: nobody.id, message: 'does not meet the condition of the workflow' },
        { recordId: client.tenantId, message: 'was not found' },
      ],
    })
    await expect.poll(() => noteOf(ada.id), { timeout: 15_000 }).toBe(`by ${reader.session!.user.name}`)
    expect((await automator.send('POST', `/workflows/${made.id}/press`, { recordIds: [ada.id] })).status).toBe(404)
  })

  it('is a call from outside, once for a key', async () => {
    const steps = [{ id: 'make', type: 'create_record', object: 'visits', values: { name: '{{ trigger.body.who }}' } }]
    const made = await client.post('/workflows', {
      definition: { label: 'Called in', trigger: { type: 'webhook_received' }, steps },
    })
    const tried = await client.post(`/workflows/${made.id}/test`, { trigger: { body: { who: 'Zed' } } })
    expect(tried.steps[0].input.values).toEqual({ name: 'Zed' })
    const { url, secret } = await client.post(`/workflows/${made.id}/webhook-address`)
    expect(url).toContain(`/api/v1/hooks/${secret}`)
    const stranger = system.anonymous()
    const call = (body: unknown, key: string, to = secret) =>
      stranger.send('POST', `/hooks/${to}`, body, { headers: { 'Idempotency-Key': key } })
    const [one, again, two] = [
      await call({ who: 'Eve' }, 'k1'),
      await call({ who: 'Eve' }, 'k1'),
      await call({ who: 'Finn' }, 'k2'),
    ]
    expect([one.status, again.data.runId === one.data.runId, two.data.runId === one.data.runId]).toEqual([
      202,
      true,
      false,
    ])
    await expect
      .poll(
        async () =>
          (await client.get<Json[]>('/visits?filter={"field":"name","op":"in","value":["Eve","Finn"]}')).length,
        { timeout: 15_000 },
      )
      .toBe(2)
    expect((await call({ who: 'x'.repeat(300_000) }, 'k3')).status).toBe(413)
    expect((await call({}, 'k4', 'no-such-secret')).status).toBe(404)
    const renewed = await client.post(`/workflows/${made.id}/webhook-address`)
    expect((await call({}, 'k5')).status).toBe(404)
    await off(made.id)
    expect((await call({}, 'k6', renewed.secret)).status).toBe(404)
    expect((await client.send('DELETE', `/workflows/${made.id}/webhook-address`)).status).toBe(204)
  })

  it('is a date of the record, wherever it is moved to, and a schedule', async () => {
    const hour = 3_600_000
    const at = (ms: number) => new Date(Date.now() + ms).toISOString()
    const before = await client.post('/visits', { name: 'Gus', starts: at(30 * hour) })
    const gone = await client.post('/visits', { name: 'Hal', starts: at(2 * hour) })
    const sample = await client.post('/visits', { name: 'Sample', starts: at(30 * hour) })
    await system.sql('update records set sample = true where id = $1', [sample.id])
    const reminder = await create({
      label: 'Reminding',
      trigger: { type: 'date_relative', field: 'starts', offset: '-PT24H' },
      steps: [setNote('a', 'reminded')],
    })
    const broken = await create({
      label: 'Broken',
      trigger: { type: 'schedule', cron: '0 8 * * 1', records: { field: 'name', op: 'eq', value: 'Gus' } },
      steps: [setNote('a', 'x')],
    })
    await system.sql(
      `update workflows set definition = jsonb_set(definition, '{trigger,records,field}', '"gone"') where id = $1`,
      [broken.id],
    )
    const weekly = await client.post('/workflows', {
      definition: {
        label: 'Weekly',
        trigger: { type: 'schedule', cron: '0 9 * * 1' },
        steps: [{ id: 'make', type: 'create_record', object: 'visits', values: { name: 'Weekly' } }],
      },
    })
    const { database, workflows, jobs } = system.system
    const enqueue: ConstructorParameters<typeof LongJobs>[0]['enqueue'] = (tx, kind, payload) =>
      jobs.enqueue(tx, kind, payload)
    const { transactions } = new LongJobs({ database, enqueue })
    const tick = async (later: number) => {
      const kind = clockKind({
        database,
        transactions,
        wake: () => workflows.wake(),
        now: () => new Date(Date.now() + later),
      })
      await kind.handle({ tenantId: client.tenantId }, { id: 'tick', attempt: 1, signal: new AbortController().signal })
      // The clock of whoever goes on with runs has not been moved.
      await system.sql("update workflow_runs set wake_at = now() where state = 'ready' and wake_at > now()")
      workflows.wake()
    }
    await tick(0)
    const timers = async () =>
      (await system.sql<{ record_id: string }>('select record_id from workflow_timers')).map((row) => row.record_id)
    expect(await timers()).toEqual([before.id])
    const after = await client.post('/visits', { name: 'Ida', starts: at(40 * hour) })
    const deleted = await client.post('/visits', { name: 'Jon', starts: at(40 * hour) })
    await expect.poll(async () => (await timers()).length, { timeout: 15_000 }).toBe(3)
    await client.patch(`/visits/${before.id}`, { starts: at(80 * hour) })
    await client.delete(`/visits/${deleted.id}`)
    await expect.poll(async () => (await timers()).length, { timeout: 15_000 }).toBe(2)
    await Promise.all([tick(17 * hour), tick(17 * hour)])
    await lastRun(reminder.id, 'done')
    expect((await runsOf(reminder.id)).map(({ record }) => record.id)).toEqual([after.id])
    expect([await noteOf(after.id), await noteOf(before.id), await noteOf(gone.id)]).toEqual(['reminded', null, null])
    await Promise.all([tick(8 * 24 * hour), tick(8 * 24 * hour)])
    await lastRun(weekly.id, 'done')
    expect(await runsOf(weekly.id)).toHaveLength(1)
    expect((await lastRun(broken.id, 'failed')).error).toContain('cannot be asked')
    const skipped = await lastRun(reminder.id, 'failed')
    expect([skipped.record.id, skipped.error]).toEqual([before.id, expect.stringContaining('was skipped')])

    // What counts from the last change does not count from its own.
    await client.delete(`/workflows/${reminder.id}`)
    const aging = await create({
      label: 'Aging',
      trigger: { type: 'date_relative', field: 'updatedAt', offset: 'PT1H' },
      steps: [setNote('a', 'aged')],
    })
    await tick(0)
    await tick(2 * hour)
    await expect.poll(() => noteOf(after.id), { timeout: 15_000 }).toBe('aged')
    const [entry] = await client.get(`/visits/${after.id}/history`)
    expect(entry).toMatchObject({ actor: { id: null, name: 'Workflow «Aging»' }, source: 'workflow' })
    const states = async () => new Set((await runsOf(aging.id)).map(({ state }) => state))
    await expect.poll(states, { timeout: 15_000 }).toEqual(new Set(['done']))
    const kim = await client.post('/visits', { name: 'Kim' })
    await expect.poll(timers, { timeout: 15_000 }).toContain(kim.id)
    expect(await timers()).toEqual([kim.id])

    // Nine o'clock is another moment where the clocks go otherwise.
    await client.patch('/workspace', { timeZone: 'Asia/Tokyo' })
    await tick(0)
    const [clock] = await system.sql<{ hour: number }>(
      "select extract(hour from next_at at time zone 'UTC')::int as hour from workflow_clocks where workflow_id = $1",
      [weekly.id],
    )
    expect(clock!.hour).toBe(0)
  })
})
