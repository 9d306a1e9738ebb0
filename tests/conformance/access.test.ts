/** Roles over HTTP: hidden and read-only fields by every road, and records that are not one's own. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiClient, Json } from '../client.ts'
import { addMember, defineRole, type RunningSystem, startSystem } from '../server.ts'
import { type FieldKey, fieldless, fields, matrix } from './access.matrix.ts'
import { type Stage, ways } from './access.ways.ts'

let system: RunningSystem
let owner: ApiClient
let nina: Json
let olaf: Json

const everything = {
  create: 'all',
  read: 'all',
  update: 'all',
  delete: 'all',
  export: 'all',
  import: 'all',
  assign: 'all',
}

beforeAll(async () => {
  system = await startSystem()
  owner = await system.register({ template: 'blank' })
  const text = (key: string, more: object = {}) => ({ key, label: key, type: 'text', ...more })
  const names = { label: 'One', labelPlural: 'Many' }
  await owner.post('/objects', {
    slug: 'agents',
    ...names,
    fields: [text('name', { searchable: true }), text('motto')],
  })
  await owner.post('/objects', { slug: 'folders', ...names, fields: [text('name')] })
  const to = (object: string, key: string, many = false) => ({
    type: 'relation',
    relation: { object, many, inverse: { key, label: key, many: true } },
  })
  await owner.post('/objects', {
    slug: 'cases',
    ...names,
    roles: { title: 'name', stage: 'phase', amount: 'budget' },
    fields: [
      text('name'),
      text('remark', { searchable: true, sortable: true }),
      text('code', { searchable: true, sortable: true, unique: true }),
      text('secret', { searchable: true, sortable: true, unique: true }),
      { key: 'budget', label: 'budget', type: 'money', currency: 'EUR', searchable: true },
      { key: 'phase', label: 'phase', type: 'select', options: ['opened', 'zphase'], searchable: true },
      { key: 'steps', label: 'steps', type: 'checklist' },
      { key: 'lead', label: 'lead', ...to('agents', 'leads') },
      { key: 'helper', label: 'helper', ...to('agents', 'helps') },
      { key: 'folder', label: 'folder', ...to('folders', 'cases') },
    ],
  })
  nina = await owner.post('/agents', { name: 'Nina', motto: 'zmotto' })
  olaf = await owner.post('/agents', { name: 'zolaf' })
})
afterAll(() => system.stop())

describe('the matrix', () => {
  let stage: Stage

  beforeAll(async () => {
    const hidden = Object.fromEntries(Object.entries(fields).filter(([, access]) => access !== 'write'))
    await defineRole(system, owner.tenantId, 'clerk', {
      objects: { cases: { ...everything, fields: hidden }, folders: everything, agents: { read: 'all' } },
    })
    const clerk = await addMember(system, owner.tenantId, ['clerk'])
    const folder = await owner.post('/folders', { name: 'Folder' })
    const eur = (amount: string) => ({ amount, currency: 'EUR' })
    const values = {
      remark: 'zremark',
      code: 'zcode',
      secret: 'zsecret',
      budget: eur('9173.42'),
      phase: 'zphase',
      lead: olaf.id,
    }
    const kept = await owner.post('/cases', { name: 'Case', folder: folder.id, ...values })
    const trash = { code: undefined, secret: undefined }
    const trashed = await owner.post('/cases', { name: 'Trashed', ...values, ...trash })
    await owner.patch(`/cases/${trashed.id}`, { code: 'was zcode', secret: 'was zsecret' })
    await owner.delete(`/cases/${trashed.id}`)
    stage = {
      clerk,
      owner,
      recordId: kept.id,
      trashedId: trashed.id,
      parentId: folder.id,
      tokens: { ...values, budget: '9173.42', lead: 'zolaf' },
      values,
      others: { remark: 'new', code: 'new', secret: 'new', budget: eur('1.00'), phase: 'opened', lead: nina.id },
      fresh: async (more = {}) => {
        const unique = { code: 'fresh code', secret: 'fresh secret' }
        const taken = await owner.get('/cases?code=fresh code')
        for (const { id } of taken) await owner.delete(`/cases/${id}`)
        const [left] = await owner.get('/cases?secret=fresh secret')
        if (left) await owner.delete(`/cases/${left.id}`)
        return owner.post('/cases', { name: 'Fresh', ...unique, ...more, ...uniqueOnly(more, unique) })
      },
    }
  })

  /** Values that stand in the record under test cannot stand in another one. */
  const uniqueOnly = (more: object, unique: Record<string, string>): object =>
    Object.fromEntries(Object.keys(more).flatMap((key) => (unique[key] ? [[key, unique[key]]] : [])))

  const rows = Object.entries(matrix).flatMap(([row, expected]) =>
    (Object.keys(fields) as FieldKey[]).map((field) => [row, field, expected[fields[field]]] as const),
  )

  /** What does not apply to a type is left out: amounts are not grouped by or compared, links are neither ordered nor searched. */
  const applies = (row: string, field: FieldKey): boolean => {
    if (row.includes('groupBy')) return !['budget', 'lead'].includes(field)
    if (row.includes('measure')) return field !== 'lead'
    if (row.startsWith('duplicates.check')) return !['budget', 'lead'].includes(field)
    return !(row.includes('sort') && field === 'lead')
  }

  it.each(rows.filter(([row, field]) => applies(row, field)))('%s of %s %s', async (row, field, expected) => {
    expect(await ways[row]!(stage, field)).toBe(expected)
  })

  it('has a row for every operation on records', () => {
    const covered = new Set(Object.keys(matrix).map((row) => row.split('?')[0]))
    const names = system.system.registry.operations.filter((operation) => operation.phi).map(({ name }) => name)
    expect(names.filter((name) => !covered.has(name) && !fieldless.has(name))).toEqual([])
    expect(Object.keys(ways).sort()).toEqual(Object.keys(matrix).sort())
  })

  it('gives the owner all of it', async () => {
    for (const field of Object.keys(fields) as FieldKey[]) {
      for (const row of ['records.list', 'records.get', 'records.history', 'exports.stream?csv', 'objects.get']) {
        expect(await ways[row]!({ ...stage, clerk: owner }, field), `${row} ${field}`).toBe('shows')
      }
    }
  })
})

describe('relations', () => {
  let clerk: ApiClient
  let record: Json

  beforeAll(async () => {
    await defineRole(system, owner.tenantId, 'linker', {
      objects: {
        cases: { ...everything, fields: { lead: 'hidden', helper: 'read' } },
        agents: { read: 'all', fields: { name: 'hidden' } },
        folders: { read: 'all' },
      },
    })
    clerk = await addMember(system, owner.tenantId, ['linker'])
    const folder = await owner.post('/folders', { name: 'F' })
    record = await owner.post('/cases', { name: 'Linked', lead: olaf.id, helper: olaf.id, folder: folder.id })
  })

  it('that are hidden are followed from neither side', async () => {
    const paths = [
      `/cases/${record.id}?include=lead`,
      `/cases/${record.id}/links/lead`,
      `/agents/${olaf.id}?include=leads`,
      `/agents/${olaf.id}/links/leads`,
      `/agents/${olaf.id}?fields=leads`,
      `/agents/${olaf.id}/graph?relations=leads`,
      `/cases/${record.id}?fields=lead.name`,
      `/agents?leads.name=Linked`,
      `/cases?lead.motto=zmotto`,
      `/cases?lead[notEmpty]`,
    ]
    for (const path of paths) expect((await clerk.send('GET', path)).status, path).toBeOneOf([400, 404])
    const { relations } = await clerk.get('/objects/agents')
    expect(relations.map((relation: Json) => relation.key).sort()).toEqual(['helps'])
    await owner.put(`/cases/${record.id}/links/lead/${nina.id}`)
    for (const path of [`/cases/${record.id}/history`, `/agents/${nina.id}/history`]) {
      const entries = await clerk.get(path)
      expect(JSON.stringify(entries.map((entry: Json) => entry.changes))).not.toMatch(/"leads?"/)
    }
  })

  it('that are hidden or only read are linked and unlinked from neither side', async () => {
    for (const [method, path, body] of [
      ['PUT', `/cases/${record.id}/links/lead/${nina.id}`],
      ['PUT', `/agents/${nina.id}/links/leads/${record.id}`],
      ['DELETE', `/cases/${record.id}/links/lead/${nina.id}`],
      ['PUT', `/cases/${record.id}/links/helper/${nina.id}`],
      ['PUT', `/agents/${nina.id}/links/helps/${record.id}`],
      ['DELETE', `/cases/${record.id}/links/helper/${olaf.id}`],
      ['PUT', `/cases/${record.id}/links/helper`, { ids: [olaf.id] }],
      ['PUT', `/agents/${nina.id}/links/leads`, { ids: [record.id] }],
      ['PATCH', `/agents/${nina.id}`, { helps: [record.id] }],
    ] as [string, string, object?][]) {
      expect((await clerk.send(method, path, body)).status, `${method} ${path}`).toBeOneOf([403, 404])
    }
    expect((await owner.get(`/cases/${record.id}`)).helper.id).toBe(olaf.id)
    expect((await clerk.send('DELETE', `/cases/${record.id}/links/folder/${record.folder.id}`)).status).toBe(204)
  })

  it('do not tell a title that is hidden at the other side', async () => {
    const paths = [
      `/cases/${record.id}`,
      '/cases',
      `/cases/${record.id}?include=helper`,
      `/cases/${record.id}/graph?depth=2`,
      `/cases/${record.id}/links/helper`,
      `/agents/${olaf.id}`,
      '/agents',
      '/agents?sort=createdAt',
      '/search?q=zolaf',
      '/agents/search?q=zolaf',
      '/cases/export?format=csv',
      '/cases/export?format=json',
    ]
    for (const path of paths) expect((await clerk.send('GET', path)).text, path).not.toContain('zolaf')
    for (const path of [
      '/agents?sort=name',
      '/agents?sort=title',
      '/agents?title=zolaf',
      '/cases?helper.name=zolaf',
      '/cases?helper.title=zolaf',
      '/cases?fields=helper.name',
      `/cases/${record.id}/links/helper?sort=title`,
    ]) {
      expect((await clerk.send('GET', path)).status, path).toBe(400)
    }
  })
})

describe('one’s own records', () => {
  let mine: Json
  let theirs: Json
  let member: ApiClient

  beforeAll(async () => {
    const own = { create: 'own', read: 'own', update: 'own', delete: 'own', export: 'own' }
    await defineRole(system, owner.tenantId, 'keeper', {
      objects: { cases: own, agents: { read: 'own' }, folders: { read: 'all' } },
    })
    member = await addMember(system, owner.tenantId, ['keeper'])
    const folder = await owner.post('/folders', { name: 'Shared' })
    theirs = await owner.post('/cases', { name: 'ztheirs', remark: 'shared', folder: folder.id, helper: olaf.id })
    mine = await member.post('/cases', { name: 'zmine', remark: 'shared', folder: folder.id })
  })

  it('are all that reading finds', async () => {
    expect((await member.get('/cases?remark=shared')).map((record: Json) => record.id)).toEqual([mine.id])
    expect(await member.get('/cases/search?q=ztheirs')).toEqual([])
    expect(await member.get('/search?q=ztheirs')).toEqual([])
    expect(await member.post('/cases/count', {})).toEqual({ count: 1 })
    expect(await member.post('/cases/aggregate', { groupBy: ['remark'] })).toEqual([{ remark: 'shared', count: 1 }])
    const { objects } = await member.get('/workspace')
    expect(objects.find((object: Json) => object.slug === 'cases').recordCount).toBeNull()
    for (const path of [
      '/cases',
      '/cases?deleted=true',
      `/folders/${mine.folder.id}?include=cases`,
      `/folders/${mine.folder.id}/links/cases`,
      `/folders/${mine.folder.id}/graph?depth=3`,
      `/folders/${mine.folder.id}?fields=cases.name`,
      '/cases/export?format=csv',
      '/cases/export?format=json',
    ]) {
      const answer = await member.send('GET', path)
      expect(answer.status, path).toBe(200)
      expect(answer.text, path).not.toContain('ztheirs')
    }
    expect(await member.get('/folders?cases.name=ztheirs')).toEqual([])
    expect(await member.get('/folders?cases.name=zmine')).toHaveLength(1)
  })

  it.each([
    ['GET', (id: string) => `/cases/${id}`, undefined],
    ['GET', (id: string) => `/cases/${id}/history`, undefined],
    ['GET', (id: string) => `/cases/${id}/activities`, undefined],
    ['GET', (id: string) => `/cases/${id}/links/folder`, undefined],
    ['GET', (id: string) => `/cases/${id}/graph`, undefined],
    ['PATCH', (id: string) => `/cases/${id}`, { remark: 'x' }],
    ['PUT', (id: string) => `/cases/${id}`, { name: 'x' }],
    ['DELETE', (id: string) => `/cases/${id}`, undefined],
    ['POST', (id: string) => `/cases/${id}/restore`, undefined],
    ['POST', (id: string) => `/cases/${id}/notes`, { body: 'x' }],
  ])('%s %s is 404 for another’s', async (method, path, body) => {
    const answer = await member.send(method, path(theirs.id), body)
    expect([answer.status, answer.error?.code]).toEqual([404, 'NOT_FOUND'])
    const nowhere = await member.send(method, path('01890000-0000-7000-8000-000000000000'), body)
    expect(answer.error.message.replace(theirs.id, 'ID')).toBe(
      nowhere.error.message.replace('01890000-0000-7000-8000-000000000000', 'ID'),
    )
  })

  it('are all that bulk changes reach', async () => {
    const ids = [theirs.id, mine.id]
    expect(await member.patch('/cases/bulk', { ids, updates: { remark: 'bulk' } })).toMatchObject({
      updated: 1,
      failed: 1,
    })
    expect(await owner.get(`/cases/${theirs.id}`)).toMatchObject({ remark: 'shared', version: 1 })
    expect(await member.delete('/cases/bulk', { ids: [theirs.id] })).toMatchObject({ deleted: 0, failed: 1 })
    expect((await member.send('PATCH', `/cases/${mine.id}`, { helper: olaf.id })).status).toBe(400)
    expect((await member.send('PATCH', `/cases/${mine.id}`, { ownerId: owner.userId })).status).toBe(400)
  })

  it('end with the ownership', async () => {
    const record = await member.post('/cases', { name: 'Passing' })
    await owner.patch(`/cases/${record.id}`, { ownerId: owner.userId })
    expect((await member.send('GET', `/cases/${record.id}`)).status).toBe(404)
    await owner.patch(`/cases/${record.id}`, { ownerId: member.userId })
    expect((await member.send('GET', `/cases/${record.id}`)).status).toBe(200)
  })

  it('may be changed by some who see all', async () => {
    const objects = { cases: { read: 'all', update: 'own' } }
    await defineRole(system, owner.tenantId, 'onlooker', { objects })
    const onlooker = await addMember(system, owner.tenantId, ['onlooker'])
    expect((await onlooker.send('GET', `/cases/${theirs.id}`)).status).toBe(200)
    expect((await onlooker.send('PATCH', `/cases/${theirs.id}`, { remark: 'x' })).status).toBe(403)
    expect((await onlooker.send('POST', '/cases', { name: 'x' })).status).toBe(403)
    expect((await onlooker.send('DELETE', `/cases/${theirs.id}`)).status).toBe(403)
    expect((await onlooker.send('GET', '/agents')).status).toBe(404)
    expect((await onlooker.send('GET', '/cases/export?format=csv')).status).toBe(403)
    expect((await onlooker.send('GET', '/objects/agents')).status).toBe(404)
    expect(JSON.stringify(await onlooker.get('/objects'))).not.toContain('agents')
  })
})

describe('administration', () => {
  it.each([
    [
      'POST',
      '/objects',
      { slug: 'mine', label: 'a', labelPlural: 'b', fields: [{ key: 'a', label: 'a', type: 'text' }] },
    ],
    ['PATCH', '/objects/cases', { label: 'x' }],
    ['DELETE', '/objects/cases', undefined],
    ['POST', '/objects/cases/fields', { key: 'x', label: 'x', type: 'text' }],
    ['PATCH', '/objects/cases/fields/secret', { label: 'x' }],
    ['DELETE', '/objects/cases/fields/secret', undefined],
    ['GET', '/objects/cases/fields/retired', undefined],
    ['PATCH', '/workspace', { name: 'x' }],
    ['POST', '/workspace/template', { template: 'blank' }],
    ['POST', '/workspace/samples', undefined],
    ['POST', '/objects/cases/views', { label: 'x', visibility: 'everyone' }],
  ])('%s %s takes a permission', async (method, path, body) => {
    await defineRole(system, owner.tenantId, 'worker', { objects: { cases: everything } })
    const worker = await addMember(system, owner.tenantId, ['worker'])
    expect((await worker.send(method, path, body)).status).toBe(403)
  })

  it('leaves private views to whoever made them', async () => {
    const worker = await addMember(system, owner.tenantId, ['worker'])
    const view = await worker.post('/objects/cases/views', { label: 'Mine', visibility: 'private' })
    const keys = async (client: ApiClient) => (await client.get('/objects/cases/views')).map((one: Json) => one.id)
    expect(await keys(worker)).toContain(view.id)
    expect(await keys(owner)).not.toContain(view.id)
    expect((await owner.send('PATCH', `/objects/cases/views/${view.id}`, { label: 'x' })).status).toBe(404)
    expect((await owner.send('DELETE', `/objects/cases/views/${view.id}`)).status).toBe(404)
    const shared = await owner.post('/objects/cases/views', { label: 'Ours', visibility: 'everyone' })
    expect((await worker.send('PATCH', `/objects/cases/views/${shared.id}`, { label: 'x' })).status).toBe(403)
    expect((await worker.send('PATCH', `/objects/cases/views/${view.id}`, { visibility: 'everyone' })).status).toBe(403)
  })
})
