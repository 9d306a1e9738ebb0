/** Tasks, meetings and calls: what lies under every template, and what follows from a task that is done. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiClient, Json } from '../client.ts'
import { addMember, defineRole, type RunningSystem, startSystem } from '../server.ts'

let system: RunningSystem
let client: ApiClient
let ann: Json

beforeAll(async () => {
  system = await startSystem()
  client = await system.register({ template: 'blank' })
  ann = await client.post('/contacts', { full_name: 'Ann Example' })
})
afterAll(() => system.stop())

const task = (values: object): Promise<Json> => client.post('/tasks', { title: 'Water the plants', ...values })
const nextOf = async (id: string): Promise<Json[]> => client.get(`/tasks?previous=${id}`)

describe('activities', () => {
  it('are about records of any object, also of those that are made later', async () => {
    await client.post('/objects', {
      slug: 'rooms',
      label: 'Room',
      labelPlural: 'Rooms',
      fields: [{ key: 'name', label: 'Name', type: 'text', required: true }],
    })
    const room = await client.post('/rooms', { name: 'Blue' })
    const made = await task({ about: [ann.id, room.id] })
    expect(made.about.map(({ object }: Json) => object)).toEqual(['contacts', 'rooms'])
    expect((await client.get(`/rooms/${room.id}/links/tasks`)).map(({ id }: Json) => id)).toEqual([made.id])
    const refused = await client.send('POST', '/calls', { title: 'Rang', about: [made.id] })
    expect([refused.status, refused.error.details[0]?.field]).toEqual([400, 'about'])
    await client.delete('/objects/rooms?force=true')
    expect((await client.get(`/tasks/${made.id}`)).about.map(({ object }: Json) => object)).toEqual(['contacts'])
  })

  it('name the field that is wrong', async () => {
    for (const [object, values, field] of [
      ['tasks', { title: 'x', recurrence: 'every week' }, 'recurrence'],
      ['tasks', { title: 'x', due_at: 'tomorrow' }, 'due_at'],
      ['tasks', {}, 'title'],
      ['meetings', { title: 'x', starts_at: '2026-05-02T10:00:00Z', ends_at: '2026-05-02T09:00:00Z' }, 'ends_at'],
      ['calls', { title: 'x', duration: -5 }, 'duration'],
    ] as const) {
      const { status, error } = await client.send('POST', `/${object}`, values)
      expect([status, error.details[0]?.field]).toEqual([400, field])
    }
  })

  it('are one’s own for staff, and nobody’s for another workspace', async () => {
    const member = await addMember(system, client.tenantId, ['member'])
    const mine = await task({ about: [ann.id] })
    expect((await member.send('GET', `/tasks/${mine.id}`)).status).toBe(404)
    const theirs = await member.post('/tasks', { title: 'Theirs', about: [ann.id] })
    expect((await member.get('/tasks')).map(({ id }: Json) => id)).toEqual([theirs.id])
    expect((await client.get(`/tasks/${theirs.id}`)).title).toBe('Theirs')
    const reader = await addMember(system, client.tenantId, ['read_only'])
    expect((await reader.send('POST', '/tasks', { title: 'x' })).status).toBe(403)
    expect((await reader.get('/tasks')).length).toBeGreaterThan(1)
    const stranger = await system.register({ template: 'blank' })
    expect((await stranger.send('PATCH', `/tasks/${mine.id}`, { status: 'Done' })).status).toBe(404)
  })
})

describe('a task that repeats', () => {
  const due = '2030-03-29T08:00:00Z'
  const rule = { due_at: due, recurrence: 'FREQ=DAILY;INTERVAL=2' }

  it('is made anew once, with all that was said, when it is done', async () => {
    const made = await task({ ...rule, priority: 'High', about: [ann.id], checklist: '[x] cellar\n[ ] attic' })
    const done = await client.patch(`/tasks/${made.id}`, { status: 'Done' })
    expect([done.status, done.version]).toEqual(['Done', 2])
    const [next, ...more] = await nextOf(made.id)
    expect(more).toEqual([])
    expect(next).toMatchObject({
      title: made.title,
      status: 'To do',
      priority: 'High',
      checklist: [
        { ...made.checklist[0], done: false },
        { ...made.checklist[1], done: false },
      ],
      recurrence: rule.recurrence,
      due_at: '2030-03-31T08:00:00.000Z',
      ownerId: made.ownerId,
    })
    expect(next!.about.map(({ id }: Json) => id)).toEqual([ann.id])
    await client.patch(`/tasks/${made.id}`, { status: 'To do' })
    await client.patch(`/tasks/${made.id}`, { status: 'Done' })
    expect(await nextOf(made.id)).toHaveLength(1)
  })

  it('is made once whatever road the change comes by, and however many come at once', async () => {
    const [one, two, three] = [await task(rule), await task(rule), await task(rule)]
    await client.send('PATCH', '/tasks/bulk', { ids: [one.id, two.id], updates: { status: 'Done' } })
    await client.put(`/tasks/${three.id}`, { title: 'Water', ...rule, status: 'Done' })
    for (const { id } of [one, two, three]) expect(await nextOf(id)).toHaveLength(1)
    const four = await task(rule)
    await Promise.all(Array.from({ length: 20 }, () => client.send('PATCH', `/tasks/${four.id}`, { status: 'Done' })))
    expect(await nextOf(four.id)).toHaveLength(1)
  })

  it('ends with its rule, and where it is cancelled', async () => {
    const last = await task({ due_at: due, recurrence: 'FREQ=DAILY;COUNT=1' })
    await client.patch(`/tasks/${last.id}`, { status: 'Done' })
    expect(await nextOf(last.id)).toEqual([])
    const left = await task(rule)
    await client.patch(`/tasks/${left.id}`, { status: 'Cancelled' })
    expect(await nextOf(left.id)).toEqual([])
  })

  it('is not done where the next one is refused', async () => {
    await client.patch('/objects/tasks/fields/priority', { required: true })
    const made = await task({ ...rule, priority: 'Low' })
    await client.patch('/objects/tasks/fields/priority', { required: false })
    await client.patch('/objects/tasks/fields/priority', { default: null })
    await client.patch(`/tasks/${made.id}`, { status: 'Done' })
    expect((await nextOf(made.id))[0]!.priority).toBe('Low')
  })
})

describe('a checklist', () => {
  const told = (items: Json[]) => items.map(({ text, done }: Json) => [text, done])
  const change = (id: string, body: object, by = client) => by.send('PATCH', `/tasks/${id}/checklists/checklist`, body)

  it('is changed item by item, by several people at once', async () => {
    const { id, checklist } = await task({ checklist: ['cellar', 'attic', 'roof'] })
    const [cellar, attic, roof] = checklist.map((item: Json) => item.id)
    const ticks = Array.from({ length: 20 }, (_, n) => change(id, { items: [{ id: `n${n}`, text: `Item ${n}` }] }))
    const answers = await Promise.all([
      ...ticks,
      ...[cellar, attic].map((one) => change(id, { items: [{ id: one, done: true }] })),
    ])
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    const all = (await client.get(`/tasks/${id}`)).checklist
    expect(all).toHaveLength(23)
    expect(told(all).slice(0, 3)).toEqual([
      ['cellar', true],
      ['attic', true],
      ['roof', false],
    ])
    const removed = Array.from({ length: 20 }, (_, n) => `n${n}`)
    const { data } = await change(id, { removed, items: [{ id: roof, after: null, text: 'Roof' }] })
    expect(told(data.checklist)).toEqual([
      ['Roof', false],
      ['cellar', true],
      ['attic', true],
    ])
    expect((await change(id, { removed: [cellar, attic, roof] })).data.checklist).toBeNull()
    expect((await client.get(`/tasks?checklist[empty]=true`)).map((one: Json) => one.id)).toContain(id)
  })

  it('names the item that is wrong', async () => {
    const { id } = await task({ checklist: ['cellar'] })
    const wrong = async (body: object) => {
      const { status, error } = await change(id, body)
      return [status, error.details[0]?.field, error.details[0]?.message]
    }
    expect(await wrong({ items: [{ done: true }] })).toEqual([400, 'items[0].text', 'is required of a new item'])
    expect(await wrong({ items: [{ id: 'gone', done: true }] })).toEqual([409, 'items[0]', 'is not there any more'])
    const most = Array.from({ length: 200 }, (_, n) => ({ text: `${n}` }))
    expect(await wrong({ items: most })).toEqual([400, 'checklist', 'must have at most 200 items, not 201'])
    const long = 'must have items of at most 500 characters (item 2)'
    expect(await wrong({ items: [{ text: 'x'.repeat(501) }] })).toEqual([400, 'checklist', long])
    const { status, error } = await client.send('PATCH', `/tasks/${id}`, { checklist: [{ text: 'a' }, { text: 5 }] })
    expect([status, error.details[0]?.field]).toEqual([400, 'checklist'])
    expect(error.details[0]?.message).toContain('(item 2)')
    expect((await client.send('PATCH', `/tasks/${id}/checklists/notes`, { items: [] })).status).toBe(404)
  })

  it('is changed by who may change the record and its field', async () => {
    const { id } = await task({ checklist: ['cellar'] })
    const grant = (access: string) => ({
      objects: { tasks: { read: 'all', update: 'all', fields: { checklist: access } } },
    })
    await defineRole(system, client.tenantId, 'looking', grant('read'))
    await defineRole(system, client.tenantId, 'blind', grant('hidden'))
    for (const [role, status] of [
      ['looking', 400],
      ['blind', 404],
      ['read_only', 403],
      ['member', 404],
    ] as const) {
      const person = await addMember(system, client.tenantId, [role])
      expect([role, (await change(id, { items: [{ text: 'x' }] }, person)).status]).toEqual([role, status])
    }
  })

  it('is made of the lines of text that a workspace had before, when its activities are brought up to date', async () => {
    const older = await system.register({ template: 'blank' })
    const typeOf = async () =>
      (await older.get('/objects/tasks')).fields.find(({ key }: Json) => key === 'checklist').type
    // As version 1.0.0 of the activities had it.
    await system.sql(
      `update fields set definition = definition || '{"type": "longtext"}' where tenant_id = $1 and key = 'checklist'`,
      [older.tenantId],
    )
    await system.sql(
      `update template_origins set version = '1.0.0',
         base = replace(base::text, '"type": "checklist"', '"type": "longtext"')::jsonb
       where tenant_id = $1 and slug = 'activities'`,
      [older.tenantId],
    )
    await older.post('/objects/contacts/fields', { key: 'nickname', label: 'Nickname', type: 'text' })
    const { id, checklist } = await older.post('/tasks', { title: 'Move', checklist: '[x] cellar\n[ ] attic' })
    expect(checklist).toBe('[x] cellar\n[ ] attic')
    const plan = await older.post('/workspace/template/upgrade', { origin: 'activities' })
    expect([plan.to, plan.kept, plan.conflicts]).toEqual(['1.3.0', [], []])
    await expect.poll(typeOf, { timeout: 15_000 }).toBe('checklist')
    expect(told((await older.get(`/tasks/${id}`)).checklist)).toEqual([
      ['cellar', true],
      ['attic', false],
    ])
  })
})

describe('when a record was last contacted, and what is next', () => {
  const datesOf = async (id: string) => {
    const { last_contacted, next_activity } = await client.get(`/contacts/${id}`)
    return [last_contacted, next_activity]
  }
  const day = (n: number) => new Date(Date.UTC(2026, 4, 1 + n, 10)).toISOString()

  it('is known a moment after each change, and can be sorted and filtered by', async () => {
    const ben = await client.post('/contacts', { full_name: 'Ben Example' })
    const about = [ben.id]
    expect(await datesOf(ben.id)).toEqual([null, null])
    await client.post('/calls', { title: 'Rang', called_at: day(0), about })
    const meeting = await client.post('/meetings', { title: 'Talk', starts_at: day(2), about })
    const made = await client.post('/tasks', { title: 'Write', due_at: day(1), about })
    await expect.poll(() => datesOf(ben.id)).toEqual([day(0), day(1)])
    await client.patch(`/tasks/${made.id}`, { status: 'Done' })
    await expect.poll(() => datesOf(ben.id)).toEqual([day(0), day(2)])
    await client.patch(`/meetings/${meeting.id}`, { status: 'Held' })
    await expect.poll(() => datesOf(ben.id)).toEqual([day(2), null])
    const listed = await client.get(`/contacts?last_contacted[gte]=2026-05-01&sort=-last_contacted`)
    expect(listed.map(({ id }: Json) => id)).toEqual([ben.id])
  })

  it('is there for an object of one’s own as soon as it is wanted, with what was before', async () => {
    const fields = [{ key: 'name', label: 'Name', type: 'text', required: true }]
    await client.post('/objects', { slug: 'boats', label: 'Boat', labelPlural: 'Boats', fields })
    const boat = await client.post('/boats', { name: 'Anna' })
    await client.post('/tasks', { title: 'Paint', due_at: day(4), about: [boat.id] })
    const computed = { activities: 'next', shared: true }
    const next = { key: 'next', label: 'Next', type: 'rollup', sortable: true, computed }
    expect(await client.post('/objects/boats/fields', next)).toMatchObject({ resultType: 'datetime', computed })
    await expect.poll(async () => (await client.get(`/boats/${boat.id}`)).next).toBe(day(4))
  })

  it('is what a count from nothing gives, whatever is done', async () => {
    const people = await Promise.all(
      Array.from({ length: 4 }, (_, n) => client.post('/contacts', { full_name: `Person ${n}` })),
    )
    const made: { slug: string; id: string }[] = []
    const kinds = { tasks: 'due_at', meetings: 'starts_at', calls: 'called_at', emails: 'sent_at' }
    const stages = { tasks: ['To do', 'In progress', 'Done', 'Cancelled'], meetings: ['Planned', 'Held', 'Cancelled'] }
    const steps = fc.array(fc.tuple(fc.nat(7), fc.nat(50), fc.nat(50), fc.nat(50)), { minLength: 60, maxLength: 60 })
    const [walk] = fc.sample(steps, 1)
    for (const [step, one, two, three] of walk!) {
      const slug = Object.keys(kinds)[one % 4] as keyof typeof kinds
      const about = people.filter((_, n) => (two >> n) % 2 === 1).map(({ id }) => id)
      const some = made[one % Math.max(made.length, 1)]
      if (step < 2 || !some) {
        const { id } = await client.post(`/${slug}`, { title: 'x', [kinds[slug]]: day(three), about })
        made.push({ slug, id })
        continue
      }
      const path = `/${some.slug}/${some.id}`
      const choices = stages[some.slug as 'tasks'] as string[] | undefined
      if (step === 2) await client.send('PATCH', path, { [kinds[some.slug as 'tasks']]: day(three) })
      if (step === 3 && choices) await client.send('PATCH', path, { status: choices[three % choices.length] })
      if (step === 4) await client.send('PATCH', path, { about })
      if (step === 5) await client.send('DELETE', path)
      if (step === 6) await client.send('POST', `${path}/restore`)
      if (step === 7) await client.send('PUT', `/contacts/${people[two % 4]!.id}/links/${some.slug}/${some.id}`)
    }
    const [kept, gone, other] = people as [Json, Json, Json, Json]
    await client.post('/contacts/merge', { keep: kept.id, from: gone.id })
    const counted = async (id: string) => {
      const [row] = await system.sql<{ last: Date | null; next: Date | null }>(
        `select max(r.starts_at) filter (where o.slug in ('calls', 'emails') or r.stage = 'Held') as last,
           least(min(r.due_at) filter (where o.slug = 'tasks' and r.stage in ('To do', 'In progress')),
             min(r.starts_at) filter (where o.slug = 'meetings' and r.stage = 'Planned')) as next
         from links l join records r on r.tenant_id = l.tenant_id and r.id = l.from_id and r.deleted_at is null
           join objects o on o.tenant_id = r.tenant_id and o.id = r.object_id
         where l.tenant_id = $1 and l.to_id = $2`,
        [client.tenantId, id],
      )
      return [row!.last, row!.next].map((at) => at?.toISOString() ?? null)
    }
    for (const { id } of [kept, other, people[3]!]) {
      const right = await counted(id)
      await expect.poll(() => datesOf(id)).toEqual(right)
    }
  })

  it('holds up nobody: 200 are made at once, and 200 activities about one of them', async () => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, n) => client.send('POST', '/contacts', { full_name: `Crowd ${n}` })),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
    const about = [answers[0]!.data.id]
    const tasks = await Promise.all(
      Array.from({ length: 200 }, (_, n) => client.send('POST', '/tasks', { title: `T${n}`, due_at: day(n), about })),
    )
    expect(new Set(tasks.map(({ status }) => status))).toEqual(new Set([201]))
    await expect.poll(() => datesOf(about[0]), { timeout: 5_000 }).toEqual([null, day(0)])
  })
})

describe('the pack', () => {
  it('lies under the template', async () => {
    const { origins } = await client.get('/workspace/template')
    expect(origins.map(({ slug, undoable }: Json) => [slug, undoable])).toEqual([
      ['blank', false],
      ['activities', false],
    ])
    const hospital = await system.register({ template: 'hospital' })
    const { fields } = await hospital.get('/objects/tasks')
    expect(fields.filter(({ phi }: Json) => phi).map(({ key }: Json) => key)).toEqual(['title', 'checklist', 'notes'])
  })

  it('comes to a workspace that was made before, beside its own objects of such names', async () => {
    const older = await system.register({ template: 'blank' })
    for (const slug of ['tasks', 'meetings', 'calls', 'emails']) await older.delete(`/objects/${slug}?force=true`)
    await system.sql(`delete from template_origins where tenant_id = $1 and slug = 'activities'`, [older.tenantId])
    const field = { key: 'name', label: 'Name', type: 'text', required: true }
    await older.post('/objects', { slug: 'calls', label: 'Call', labelPlural: 'Calls for papers', fields: [field] })
    const wish = { template: 'activities', resolutions: { 'objects.calls': { use: 'rename', to: 'phone_calls' } } }
    const offered = await older.get('/templates?packs=true')
    expect(offered.map(({ slug }: Json) => slug)).toContain('activities')
    const alone = await older.send('POST', '/workspace/template', { template: 'activities' })
    expect([alone.status, alone.error.details[0]?.field]).toEqual([400, 'template'])
    const plan = await older.post('/workspace/template/add', { ...wish, dryRun: true })
    expect([plan.problems, plan.collisions.some(({ id }: Json) => id === 'objects.calls')]).toEqual([[], true])
    await older.post('/workspace/template/add', wish)
    const paper = await older.post('/calls', { name: 'Spring issue' })
    const call = await older.post('/phone_calls', { title: 'Rang', about: [paper.id] })
    expect(call.about[0].object).toBe('calls')
    const { activity } = await older.get('/objects/phone_calls')
    expect(activity).toBe('call')
    const member = await addMember(system, older.tenantId, ['member'])
    expect((await member.send('GET', `/phone_calls/${call.id}`)).status).toBe(404)
  })
})
