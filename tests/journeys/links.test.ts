/** Relations of every kind, edited and read from both sides over HTTP. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ApiClient, Json } from '../client.ts'
import { addMember, defineRole, type RunningSystem, startSystem } from '../server.ts'
import { idsOf, makeObjects } from './links.world.ts'

let system: RunningSystem
let client: ApiClient

beforeAll(async () => {
  system = await startSystem()
  client = await system.register()
  await makeObjects(client)
})
afterAll(() => system.stop())

let made = 0
const make = (object: string, values: object = {}): Promise<Json> =>
  client.post(`/${object}`, { [object === 'badges' ? 'code' : 'name']: `${object} ${++made}`, ...values })
const links = (object: string, id: string, relation: string, query = ''): Promise<Json[]> =>
  client.get(`/${object}/${id}/links/${relation}${query}`)

describe('a relation to several objects', () => {
  it('takes records of any of them and says of which', async () => {
    const [person, company] = [await make('people'), await make('companies')]
    const about = await make('remarks', { about: person.id })
    expect(about.about).toEqual({ id: person.id, object: 'people', title: person.name })
    const moved = await client.patch(`/remarks/${about.id}`, { about: company.id })
    expect(moved.about).toEqual({ id: company.id, object: 'companies', title: company.name })
    expect(idsOf(await links('companies', company.id, 'remarks'))).toEqual([about.id])
    expect(await links('people', person.id, 'remarks')).toEqual([])
    expect((await links('remarks', about.id, 'about'))[0]).toMatchObject({ id: company.id, object: 'companies' })
    const [told] = await client.get(`/remarks/${about.id}/history`)
    expect(told.changes).toMatchObject([
      { before: [{ id: person.id, object: 'people', title: person.name }], after: [moved.about] },
    ])
    const badge = await make('badges')
    const wrong = await client.send('PATCH', `/remarks/${about.id}`, { about: badge.id })
    expect([wrong.status, wrong.error.details[0]?.message]).toEqual([
      400,
      expect.stringContaining('people or companies'),
    ])
  })

  it('is found by name in a file that is imported', async () => {
    const [person, company] = [
      await make('people', { name: 'Otto Import' }),
      await make('companies', { name: 'Import Ltd' }),
    ]
    const raw = 'name,about\nFirst,Otto Import\nSecond,Import Ltd\n'
    const started = await client.send('POST', '/remarks/import', undefined, {
      raw,
      headers: { 'content-type': 'text/csv' },
    })
    await vi.waitFor(async () => expect((await client.get(`/jobs/${started.data.jobId}`)).status).toBe('completed'), {
      timeout: 20_000,
      interval: 100,
    })
    const found = await client.get('/remarks?name=First,Second&sort=name')
    expect(found.map(({ about }: Json) => about.id)).toEqual([person.id, company.id])
  })

  it('is filtered by what all of them have, or by the one that is named', async () => {
    const [person, company] = [
      await make('people', { name: 'Iris Vale' }),
      await make('companies', { name: 'Vale Works' }),
    ]
    const [one, two] = [await make('remarks', { about: person.id }), await make('remarks', { about: company.id })]
    const found = async (query: string) => idsOf(await client.get(`/remarks?${query}`)).sort()
    expect(await found('about.name[contains]=vale')).toEqual([one.id, two.id].sort())
    expect(await found('about.people.name[contains]=vale')).toEqual([one.id])
    expect(await found('about.companies.name=Vale%20Works')).toEqual([two.id])
    expect(await found(`about=${company.id}`)).toEqual([two.id])
    expect(await found(`about.companies=${company.id}`)).toEqual([two.id])
    expect(await found(`about[ne]=${company.id}`)).not.toContain(two.id)
    expect(await found('about.name[ne]=Iris%20Vale')).not.toContain(one.id)
    expect((await client.send('GET', '/remarks?about.industry=Retail')).status).toBe(400)
    const named = await client.get(
      `/remarks?id=${one.id},${two.id}&include=about&fields=name,about.name&sort=createdAt`,
    )
    expect(named.map((remark: Json) => [remark['about.name'], remark.about.name])).toEqual([
      ['Iris Vale', 'Iris Vale'],
      ['Vale Works', 'Vale Works'],
    ])
  })
})

describe('both sides', () => {
  it('write the relation: the inverse name stands in bodies', async () => {
    const [ann, ben, cal] = [await make('people'), await make('people'), await make('people')]
    const company = await make('companies', { people: [ann.id, ben.id] })
    expect(idsOf((await client.get(`/people/${ann.id}`)).companies)).toEqual([company.id])
    await client.patch(`/companies/${company.id}`, { people: [ben.id, cal.id] })
    const { people } = await client.get(`/companies/${company.id}?fields=people`)
    expect(people).toEqual([ben, cal].map(({ id, name }) => ({ id, object: 'people', title: name })))
    expect((await client.get(`/people/${ann.id}`)).companies).toEqual([])
    const kept = await client.put(`/companies/${company.id}`, { name: 'Kept' })
    expect(idsOf((await client.get(`/companies/${kept.id}?include=people`)).people)).toEqual([ben.id, cal.id])
    const [entry] = await client.get(`/people/${ann.id}/history`)
    expect(entry).toMatchObject({ action: 'unlinked', changes: [{ field: 'companies', before: [company.id] }] })
  })

  it('do not unlink one of many for another', async () => {
    const person = await make('people')
    const [one, two] = [await make('companies'), await make('companies')]
    for (const { id } of [one, two]) await client.put(`/people/${person.id}/links/companies/${id}`)
    expect(idsOf((await client.get(`/people/${person.id}`)).companies)).toEqual([one.id, two.id])
    expect(idsOf(await links('companies', one.id, 'people'))).toEqual([person.id])
  })

  it('tell their histories of links that a field value makes', async () => {
    const person = await make('people')
    const company = await make('companies')
    await client.patch(`/people/${person.id}`, { companies: [company.id] })
    const [entry] = await client.get(`/companies/${company.id}/history`)
    expect(entry).toMatchObject({ action: 'linked', changes: [{ field: 'people', after: [person.id] }] })
  })

  it('follow people up and down their own object', async () => {
    const boss = await make('people')
    const [a, b] = [await make('people', { reports_to: boss.id }), await make('people')]
    await client.patch(`/people/${boss.id}`, { reports: [a.id, b.id] })
    expect((await client.get(`/people/${b.id}`)).reports_to.id).toBe(boss.id)
    expect(idsOf(await links('people', boss.id, 'reports', '?sort=since'))).toEqual([a.id, b.id])
  })
})

describe('a one-to-one', () => {
  it('refuses a place that is taken, moves over by PUT, and gives a place back from the trash', async () => {
    const badge = await make('badges')
    const [ann, ben] = [await make('people', { badge: badge.id }), await make('people')]
    const taken = await client.send('PATCH', `/people/${ben.id}`, { badge: badge.id })
    expect([taken.status, taken.error.details]).toEqual([409, [{ field: 'badge', message: expect.any(String) }]])
    await client.put(`/badges/${badge.id}/links/holder/${ben.id}`)
    expect((await client.get(`/people/${ann.id}`)).badge).toBeNull()
    await client.delete(`/people/${ben.id}`)
    await client.patch(`/people/${ann.id}`, { badge: badge.id })
    expect((await client.send('POST', `/people/${ben.id}/restore`)).status).toBe(409)
    await client.patch(`/badges/${badge.id}`, { holder: null })
    expect((await client.post(`/people/${ben.id}/restore`)).badge.id).toBe(badge.id)
  })

  it('refuses only its own item of many', async () => {
    const [taken, free] = [await make('badges'), await make('badges')]
    await make('people', { badge: taken.id })
    const created = await client.post('/people/bulk', {
      records: [
        { name: 'No', badge: taken.id },
        { name: 'Yes', badge: free.id },
        { name: 'None' },
        { name: 'Late', badge: free.id },
      ],
    })
    expect(created.results.map((result: Json) => result.success)).toEqual([false, true, true, false])
    expect(created.results[0].error).toMatchObject({ code: 'CONFLICT', details: [{ field: 'badge' }] })
    const other = await make('people')
    const updated = await client.patch('/people/bulk', { ids: [other.id], updates: { badge: taken.id } })
    expect(updated).toMatchObject({ updated: 0, failed: 1 })
    const holders = await client.patch('/badges/bulk', {
      ids: idsOf([await make('badges'), await make('badges')]),
      updates: { holder: other.id },
    })
    expect(holders).toMatchObject({ updated: 1, failed: 1 })
  })
})

describe('what a link says of itself', () => {
  it('is checked, kept, shown at both ends, and told by both histories', async () => {
    const [person, company] = [await make('people'), await make('companies')]
    const path = `/people/${person.id}/links/companies/${company.id}`
    const wrong = await client.send('PUT', path, { attributes: { role: 'king', hours: 80, height: 1 } })
    expect(wrong.error.details.map(({ field }) => field)).toEqual([
      'attributes.role',
      'attributes.hours',
      'attributes.height',
    ])
    await client.put(path, { attributes: { role: 'owner', hours: 10 }, primary: true })
    await client.put(`/companies/${company.id}/links/people/${person.id}`, {
      attributes: { hours: null, since: '2020-01-01' },
    })
    const expected = {
      attributes: { role: 'owner', since: '2020-01-01', hours: null },
      primary: true,
      since: expect.any(String),
    }
    expect((await links('people', person.id, 'companies'))[0]).toMatchObject({ id: company.id, ...expected })
    expect((await links('companies', company.id, 'people'))[0]).toMatchObject({
      id: person.id,
      name: person.name,
      ...expected,
    })
    await client.patch(`/people/${person.id}`, { companies: [company.id] })
    expect((await links('people', person.id, 'companies'))[0]).toMatchObject(expected)
    const [entry] = await client.get(`/companies/${company.id}/history`)
    expect(entry).toMatchObject({
      action: 'link_changed',
      changes: [
        {
          field: 'people',
          before: {
            other: { id: person.id, object: 'people', title: person.name },
            attributes: { hours: 10, since: null },
          },
          after: { attributes: { hours: null, since: '2020-01-01' } },
        },
      ],
    })
  })

  it('marks one primary link of a record at the most', async () => {
    const person = await make('people')
    const companies = [await make('companies'), await make('companies')]
    for (const { id } of companies) await client.put(`/people/${person.id}/links/companies/${id}`, { primary: true })
    const marked = (await links('people', person.id, 'companies')).filter(({ primary }) => primary)
    expect(idsOf(marked)).toEqual([companies[1].id])
    const refused = await client.send('PUT', `/people/${person.id}/links/reports/${person.id}`, { primary: true })
    expect([refused.status, refused.error.details[0]?.field]).toEqual([400, 'primary'])
  })

  it('has to be said where it is required', async () => {
    await client.patch('/objects/people/fields/companies', {
      relation: {
        attributes: [
          { key: 'role', label: 'Role', type: 'select', options: ['owner', 'staff'], required: true },
          { key: 'since', label: 'Since', type: 'date' },
          { key: 'hours', label: 'Hours', type: 'integer', rules: { min: 1, max: 60 } },
        ],
      },
    })
    const [person, company] = [await make('people'), await make('companies')]
    for (const [path, body] of [
      [`/people/${person.id}`, { companies: [company.id] }],
      [`/companies/${company.id}`, { people: [person.id] }],
    ] as const) {
      expect((await client.send('PATCH', path, body)).error.details[0]?.message).toContain('role')
    }
    expect((await client.send('PUT', `/people/${person.id}/links/companies/${company.id}`)).status).toBe(400)
    await client.put(`/people/${person.id}/links/companies/${company.id}`, { attributes: { role: 'staff' } })
    await client.patch(`/people/${person.id}`, { companies: [company.id], name: 'Still linked' })
    await client.patch('/objects/people/fields/companies', {
      relation: { attributes: [{ key: 'role', label: 'Role', type: 'select', options: ['owner', 'staff'] }] },
    })
  })
})

describe('the order of links', () => {
  it('is set for each side and kept by values; pages follow it', async () => {
    const company = await make('companies')
    const people: Json[] = []
    for (let n = 0; n < 5; n++) people.push(await make('people', { companies: [company.id] }))
    const ids = idsOf(people)
    expect(idsOf(await links('companies', company.id, 'people'))).toEqual(ids.toReversed())
    const wanted = [ids[2], ids[0]]
    await client.put(`/companies/${company.id}/links/people`, { ids: wanted })
    const whole = idsOf(await links('companies', company.id, 'people'))
    expect(whole.slice(0, 2)).toEqual(wanted)
    expect(idsOf((await client.get(`/companies/${company.id}?include=people`)).people)).toEqual(whole)
    for (const sort of ['order', 'since', '-since', 'title', '-title']) {
      const all = idsOf(await links('companies', company.id, 'people', `?sort=${sort}`))
      const paged: string[] = []
      for (let cursor: string | null = ''; cursor !== null; ) {
        const path = `/companies/${company.id}/links/people?sort=${sort}&limit=2&cursor=${cursor}`
        const answer: Json = (await client.send('GET', path)).body
        paged.push(...idsOf(answer.data))
        cursor = answer.pagination.nextCursor
      }
      expect([sort, paged]).toEqual([sort, all])
    }
    const [first, second] = [await make('companies'), await make('companies')]
    const person = await make('people', { companies: [first.id, second.id] })
    await client.put(`/people/${person.id}/links/companies`, { ids: [second.id, first.id] })
    expect(idsOf((await client.get(`/people/${person.id}`)).companies)).toEqual([second.id, first.id])
    const stranger = await client.send('PUT', `/people/${person.id}/links/companies`, { ids: [company.id] })
    expect([stranger.status, stranger.error.details[0]?.field]).toEqual([400, 'ids'])
    for (const cursor of ['nonsense', Buffer.from('["x","y","z"]').toString('base64url')]) {
      expect((await client.send('GET', `/companies/${company.id}/links/people?cursor=${cursor}`)).status).toBe(400)
    }
  })
})

describe('deleting', () => {
  it('takes along level by level and brings it all back', async () => {
    const company = await make('companies')
    const deal = await make('deals', { company: company.id })
    const remark = await make('remarks', { about: company.id })
    const gone = await make('remarks', { about: company.id })
    await client.delete(`/remarks/${gone.id}`)
    await client.delete(`/companies/${company.id}`)
    for (const path of [`/deals/${deal.id}`, `/remarks/${remark.id}`])
      expect((await client.send('GET', path)).status).toBe(404)
    await client.post(`/companies/${company.id}/restore`)
    expect((await client.get(`/deals/${deal.id}`)).company.id).toBe(company.id)
    expect((await client.get(`/remarks/${remark.id}`)).about.id).toBe(company.id)
    expect((await client.send('GET', `/remarks/${gone.id}`)).status).toBe(404)
  })
})

describe('ways over relations', () => {
  let top: Json
  let low: Json

  beforeAll(async () => {
    top = await make('companies', { name: 'Zenith', industry: 'Mining', founded_on: '1990-05-01' })
    let above = top
    for (let n = 0; n < 6; n++)
      above = await make('companies', { name: `Level ${n}`, owner_company: above.id, industry: 'Retail' })
    low = above
    for (const amount of ['10.00', '5.50']) {
      await make('deals', { name: `Deal ${amount}`, company: low.id, amount: { amount, currency: 'AUD' } })
    }
  })

  const up = (hops: number) => 'owner_company.'.repeat(hops)

  it('are filtered, shown as columns and included over six hops and more', async () => {
    expect(idsOf(await client.get(`/companies?${up(6)}name=Zenith`))).toEqual([low.id])
    expect(idsOf(await client.get(`/deals?company.${up(6)}industry=Mining`))).toHaveLength(2)
    const [deal] = await client.get(
      `/deals?fields=id,company.${up(6)}name,company.title,company.deals&company=${low.id}&sort=name`,
    )
    expect(deal[`company.${up(6)}name`]).toBe('Zenith')
    expect(deal['company.title']).toBe('Level 5')
    expect(deal['company.deals']).toHaveLength(2)
    expect(Object.keys(deal)).not.toContain('name')
    const one = await client.get(`/companies/${low.id}?include=${up(6).slice(0, -1)},deals.company`)
    let at = one
    for (let n = 0; n < 6; n++) at = at.owner_company
    expect(at.name).toBe('Zenith')
    expect(one.deals[0].company.name).toBe('Level 5')
    for (const query of [
      `fields=${up(9)}name`,
      `${up(9)}name=x`,
      `include=${up(9).slice(0, -1)}`,
      'fields=company.nothing',
    ])
      expect((await client.send('GET', `/companies?${query}`)).status).toBe(400)
  })

  it('are grouped by and added up where they lead to one record', async () => {
    const groups = await client.post('/deals/aggregate', {
      filter: { field: 'company', op: 'eq', value: low.id },
      groupBy: ['company.industry', { field: `company.${up(6)}founded_on`, interval: 'year' }],
      measures: [{ op: 'count' }, { op: 'sum', field: 'amount' }],
    })
    expect(groups).toEqual([
      {
        'company.industry': 'Retail',
        [`company.${up(6)}founded_on`]: '1990-01-01',
        count: 2,
        'sum(amount)': { amount: '15.50', currency: 'AUD' },
      },
    ])
    const several = await client.send('POST', '/companies/aggregate', { groupBy: ['deals.name'] })
    expect([several.status, several.error.details[0]?.message]).toEqual([400, expect.stringContaining('several')])
  })

  it('lead through the neighbourhood of a record', async () => {
    const graph = await client.get(`/companies/${low.id}/graph?depth=2`)
    expect(graph.nodes[0]).toMatchObject({ id: low.id, object: 'companies', title: 'Level 5', depth: 0 })
    expect(graph.nodes.map(({ title }: Json) => title).sort()).toEqual([
      'Deal 10.00',
      'Deal 5.50',
      'Level 3',
      'Level 4',
      'Level 5',
    ])
    expect(graph.edges).toHaveLength(4)
    expect(graph.edges).toContainEqual({
      from: low.id,
      to: graph.nodes.find(({ title }: Json) => title === 'Level 4').id,
      relation: 'owner_company',
      label: 'owner_company',
    })
    expect([graph.truncated, graph.left]).toEqual([false, []])
    const cut = await client.get(`/companies/${low.id}/graph?perRelation=1&relations=deals`)
    expect(cut).toMatchObject({ truncated: true, left: [{ id: low.id, relation: 'deals', more: 1 }] })
    expect((await client.get(`/companies/${low.id}/graph?limit=1`)).nodes).toHaveLength(1)
    for (const query of ['depth=6', 'depth=0', 'relations=nothing', 'limit=501'])
      expect((await client.send('GET', `/companies/${low.id}/graph?${query}`)).status).toBe(400)
  })

  it('end where a role ends them', async () => {
    await defineRole(system, client.tenantId, 'clerk', {
      objects: {
        deals: { read: 'all' },
        companies: {
          read: { scope: 'all', filter: { field: 'industry', op: 'eq', value: 'Retail' } },
          fields: { revenue: 'hidden' },
        },
      },
      depth: 3,
      forbiddenPaths: ['deals.company.owner_company.owner_company'],
    } as never)
    const clerk = await addMember(system, client.tenantId, ['clerk'])
    const [deal] = await client.get(`/deals?company=${low.id}`)
    const seen = await clerk.get(`/deals/${deal.id}?fields=company.name,company.owner_company.name`)
    expect(seen).toMatchObject({ 'company.name': 'Level 5', 'company.owner_company.name': 'Level 4' })
    const listed = () => clerk.get(`/deals?id=${deal.id}&fields=company.name,company.owner_company.name`)
    expect(await listed()).toEqual([seen])
    await client.send('PATCH', `/companies/${low.id}`, { industry: 'Mining' })
    expect(await listed()).toEqual([{ ...seen, 'company.name': null, 'company.owner_company.name': null }])
    await client.send('PATCH', `/companies/${low.id}`, { industry: 'Retail' })
    const way = 'company.owner_company.owner_company'
    for (const path of [
      `/deals?fields=${way}.name`,
      `/deals?${way}.name=x`,
      `/deals?include=${way}`,
      '/deals?fields=company.revenue',
      '/deals?include=company.people',
    ])
      expect([path, (await clerk.send('GET', path)).status]).toEqual([path, 400])
    const grouped = { groupBy: [`${way}.name`], measures: [{ op: 'count' }] }
    expect((await clerk.send('POST', '/deals/aggregate', grouped)).status).toBe(400)
    const graph = await clerk.get(`/deals/${deal.id}/graph?depth=5`)
    expect(graph.nodes.map(({ title }: Json) => title)).not.toContain('Level 3')
    expect(graph.nodes.map(({ title }: Json) => title)).toContain('Level 4')
    const [first] = await client.get('/companies?name=Level%200')
    const around = await clerk.get(`/companies/${first.id}/graph`)
    expect(around.nodes.map(({ title }: Json) => title)).not.toContain('Zenith')
    const cut = await clerk.get(`/companies/${low.id}/graph?limit=1`)
    expect(cut.left.find(({ relation }: Json) => relation === 'owner_company').more).toBeNull()
    expect((await clerk.send('PUT', `/deals/${deal.id}/links/company`, { ids: [low.id] })).status).toBe(403)
    expect((await clerk.send('PATCH', `/companies/${low.id}`, { deals: [] })).status).toBe(403)
  })
})
