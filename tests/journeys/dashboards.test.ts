/** Dashboards: those that templates bring, what people make of them, and figures that are what the lists behind them hold. */
import { LongJobs } from '@oneforge/modules/jobs'
import { Outbox } from '@oneforge/modules/messaging'
import { reportMailing } from '@oneforge/modules/reports'
import type { DashboardDefinition } from '@oneforge/templates'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mailable } from '../../packages/modules/reports/mailable.ts'
import type { ApiClient, Json } from '../client.ts'
import { addMember, defineRole, type RunningSystem, startSystem } from '../server.ts'
import { countsOf } from './dashboards.counts.ts'

let system: RunningSystem
let client: ApiClient

beforeAll(async () => {
  system = await startSystem()
  client = await system.register({ template: 'corporate', sampleData: true })
})
afterAll(() => system.stop())

const place = (y: number) => ({ x: 0, y, w: 6, h: 3 })
const preview = async (widget: Json, asked: Json = {}, as = client): Promise<Json> => {
  const body = { widgets: [{ key: 'one', title: 'One', position: place(0), ...widget }], ...asked }
  return (await as.post('/dashboards/preview', body)).widgets[0]
}
const countOf = async (object: string, filter: Json, as = client): Promise<number> =>
  (await as.post(`/${object}/count`, filter ? { filter } : {})).count

describe('the dashboards of every template', () => {
  const slugs = ['hospital', 'imaging-clinic', 'real-estate', 'jewellery', 'corporate', 'recruiting']

  it.each(slugs)('%s: every widget has figures', async (template) => {
    const owner = template === 'corporate' ? client : await system.register({ template, sampleData: true })
    const boards = await owner.get('/dashboards')
    expect(boards.length).toBeGreaterThan(0)
    for (const { id } of boards) {
      const { widgets } = await owner.post(`/dashboards/${id}/figures`, {})
      const board = await owner.get(`/dashboards/${id}`)
      expect(widgets.map(({ key }: Json) => key)).toEqual(board.widgets.map(({ key }: Json) => key))
      expect(widgets.filter(({ problem }: Json) => problem)).toEqual([])
      for (const { data } of widgets) expect(data).not.toBeNull()
    }
  })
})

describe('a dashboard', () => {
  it('is made, changed on the version that was seen, copied, ordered and removed', async () => {
    const widgets = [{ key: 'deals', type: 'metric', title: 'Deals', object: 'deals', position: place(0) }]
    const made = await client.post('/dashboards', { label: 'Mine', widgets })
    expect(made).toMatchObject({
      visibility: 'private',
      ownedByMe: true,
      mayChange: true,
      system: false,
      widgetCount: 1,
    })
    const changed = await client.call('PATCH', `/dashboards/${made.id}`, { range: { preset: 'thisMonth' } })
    expect(changed.range).toEqual({ preset: 'thisMonth' })
    const stale = await client.send(
      'PATCH',
      `/dashboards/${made.id}`,
      { label: 'Late' },
      {
        headers: { 'if-match': `"${made.version}"` },
      },
    )
    expect([stale.status, stale.error.current?.label ?? stale.data?.label]).toEqual([409, 'Mine'])
    const copy = await client.post(`/dashboards/${made.id}/duplicate`, { label: 'Copy', visibility: 'everyone' })
    expect(copy).toMatchObject({ visibility: 'everyone', label: 'Copy', widgets })
    const shared = await client.call('PATCH', `/dashboards/${made.id}`, { visibility: 'roles', roles: ['member'] })
    expect(shared).toMatchObject({
      id: made.id,
      visibility: 'roles',
      roles: ['member'],
      range: { preset: 'thisMonth' },
    })
    const ids = (await client.get('/dashboards')).map((one: Json) => one.id).reverse()
    expect((await client.put('/dashboards/order', { ids })).map((one: Json) => one.id)).toEqual(ids)
    await client.delete(`/dashboards/${made.id}`)
    await client.delete(`/dashboards/${copy.id}`)
    expect((await client.send('GET', `/dashboards/${made.id}`)).status).toBe(404)
  })

  it('opens first for one role in one place only', async () => {
    const board = (label: string) =>
      client.post('/dashboards', { label, visibility: 'everyone', defaultFor: ['owner'], widgets: [] })
    const [first, second] = [await board('First'), await board('Second')]
    const defaults = (await client.get('/dashboards')).filter((one: Json) => one.isDefault)
    expect(defaults.map((one: Json) => one.id)).toEqual([second.id])
    for (const { id } of [first, second]) await client.delete(`/dashboards/${id}`)
  })

  it('refuses what could not be drawn, and names it', async () => {
    const refused = async (widget: Json, field: string) => {
      const widgets = [{ key: 'one', title: 'One', object: 'deals', position: place(0), ...widget }]
      const { status, error } = await client.send('POST', '/dashboards', { label: 'Wrong', widgets })
      expect([status, error.details[0]!.field]).toEqual([400, field])
    }
    await refused({ type: 'chart', groupBy: { field: 'nothing' } }, 'widgets[0].groupBy')
    await refused({ type: 'metric', measure: { op: 'sum', field: 'name' } }, 'widgets[0].measure.op')
    await refused({ type: 'chart', groupBy: { field: 'name', interval: 'month' } }, 'widgets[0].groupBy.interval')
    await refused({ type: 'goal' }, 'widgets[0].target')
    await refused({ type: 'recent', fields: ['nothing'] }, 'widgets[0].fields')
    await refused({ type: 'metric', object: 'nothing' }, 'widgets[0].object')
    await refused({ type: 'metric', filter: { field: 'nothing', op: 'eq', value: 1 } }, 'widgets[0].filter.nothing')
  })

  it('of somebody else is not there; one of everybody is changed by who administers views', async () => {
    const mine = await client.post('/dashboards', { label: 'Mine', widgets: [] })
    const ours = await client.post('/dashboards', { label: 'Ours', visibility: 'everyone', widgets: [] })
    const member = await addMember(system, client.tenantId, ['member'])
    expect((await member.send('GET', `/dashboards/${mine.id}`)).status).toBe(404)
    expect((await member.get(`/dashboards/${ours.id}`)).mayChange).toBe(false)
    expect((await member.send('PATCH', `/dashboards/${ours.id}`, { label: 'Taken' })).status).toBe(403)
    expect((await member.send('POST', '/dashboards', { label: 'X', visibility: 'everyone', widgets: [] })).status).toBe(
      403,
    )
    expect((await member.send('DELETE', `/dashboards/${ours.id}`)).status).toBe(403)
  })
})

describe('a dashboard of a template', () => {
  it('is put back to what the template brought, under the names of today, and that is taken back', async () => {
    const [{ id }] = (await client.get('/dashboards')).filter((one: Json) => one.system)
    const came = await client.get(`/dashboards/${id}`)
    const none = { changed: false, widgets: [], rest: false }
    expect(await client.get(`/dashboards/${id}/difference`)).toEqual(none)
    await client.post('/objects/deals/rename', { name: 'orders' })
    expect(await client.get(`/dashboards/${id}/difference`)).toEqual(none)
    const { widgets: renamed } = await client.get(`/dashboards/${id}`)
    const [first, second, ...others] = renamed
    const added = { ...first, key: 'added', title: 'Added', position: { x: 0, y: 90, w: 3, h: 2 } }
    const widgets = [{ ...second, title: 'Other' }, ...others, added]
    const changed = await client.call('PATCH', `/dashboards/${id}`, { widgets, label: 'Mine', defaultFor: ['member'] })
    expect(await client.get(`/dashboards/${id}/difference`)).toEqual({
      changed: true,
      widgets: [
        { key: 'added', title: 'Added', change: 'added' },
        { key: second.key, title: 'Other', change: 'changed' },
        { key: first.key, title: first.title, change: 'removed' },
      ],
      rest: true,
    })
    const member = await addMember(system, client.tenantId, ['member'])
    expect((await member.send('POST', `/dashboards/${id}/reset`)).status).toBe(403)
    const back = await client.call('POST', `/dashboards/${id}/reset`)
    expect(back).toMatchObject({ label: came.label, widgets: renamed, defaultFor: ['member'] })
    expect(await client.get(`/dashboards/${id}/difference`)).toEqual(none)
    const [version] = await client.get('/workspace/versions?limit=1')
    await client.post(`/workspace/versions/${version.number}/undo`, {})
    expect((await client.get(`/dashboards/${id}`)).widgets).toEqual(changed.widgets)
    await client.call('POST', `/dashboards/${id}/reset`)
    await client.post('/objects/orders/rename', { name: 'deals' })
  })

  it('alone is put back', async () => {
    const made = await client.post('/dashboards', { label: 'Made here', widgets: [] })
    const { status, error } = await client.send('POST', `/dashboards/${made.id}/reset`)
    expect([status, error.message]).toEqual([409, expect.stringContaining('No template')])
    await client.delete(`/dashboards/${made.id}`)
  })
})

const ofMeetings = { type: 'calendar', object: 'meetings', period: { range: { preset: 'thisMonth' } } }

describe('figures', () => {
  it('are what the lists hold that they lead to', async () => {
    const kinds: Json[] = [
      { type: 'chart', groupBy: { field: 'stage' }, chart: 'funnel' },
      { type: 'chart', groupBy: { field: 'createdAt', interval: 'month' } },
      { type: 'chart', groupBy: { field: 'account' }, limit: 100 },
      { type: 'chart', groupBy: { field: 'account.industry' }, limit: 100 },
    ]
    for (const widget of kinds) {
      const { data, drill } = await preview({ object: 'deals', ...widget })
      expect(data.categories.length, JSON.stringify(widget)).toBeGreaterThan(0)
      for (const [index, category] of data.categories.entries()) {
        const parts = [drill.filter, category.filter].filter(Boolean)
        expect(data.series[0].values[index], JSON.stringify(category)).toBe(
          await countOf(drill.object, parts.length > 1 ? { and: parts } : parts[0]),
        )
      }
      const total = data.series[0].values.reduce((sum: number, value: number) => sum + value, 0)
      expect(total).toBe(await countOf('deals', null))
    }
  })

  it('of every kind are what the lists hold that they lead to', async () => {
    const stage = { field: 'stage' }
    const month = { field: 'createdAt', interval: 'month' }
    const ofDeals: Json[] = [
      { type: 'metric', filter: { field: 'stage', op: 'ne', value: 'Closed Lost' } },
      { type: 'goal', target: 10, period: { field: 'createdAt', range: { preset: 'thisYear' } } },
      { type: 'chart', groupBy: month, thenBy: stage },
      { type: 'heatmap', groupBy: stage, thenBy: { field: 'createdAt', interval: 'weekday' } },
      { type: 'pivot', groupBy: stage, thenBy: { field: 'account.industry' } },
      { type: 'table', groupBy: stage },
      { type: 'leaderboard', groupBy: { field: 'account' }, limit: 5 },
      { type: 'pipeline' },
      { type: 'recent', limit: 2 },
    ]
    const widgets = [...ofDeals.map((one) => ({ object: 'deals', ...one })), { type: 'tasks' }, ofMeetings]
    for (const widget of widgets) {
      const answer = await preview(widget)
      const told = countsOf(answer)
      expect(told.length, widget.type).toBeGreaterThan(0)
      for (const { count, parts } of told) {
        const asked = [answer.drill.filter, ...parts].filter(Boolean)
        const found = await countOf(answer.drill.object, asked.length > 1 ? { and: asked } : (asked[0] ?? null))
        expect(found, `${widget.type} ${JSON.stringify(parts)}`).toBe(count)
      }
    }
  })

  it('of two groupings add up to their totals', async () => {
    const { data } = await preview({
      type: 'pivot',
      object: 'deals',
      groupBy: { field: 'stage' },
      thenBy: { field: 'createdAt', interval: 'weekday' },
      measures: [{ op: 'count' }, { op: 'avg', field: 'amount' }],
    })
    expect(data.columns.map(({ value }: Json) => value)).toEqual([7, 1, 2, 3, 4, 5, 6])
    for (const [index, row] of data.cells.entries()) {
      expect(row.reduce((sum: number, [count]: Json) => sum + count, 0)).toBe(data.rowTotals[index][0])
    }
    expect(data.total[0]).toBe(await countOf('deals', null))
  })

  it('have each their own problem', async () => {
    await defineRole(system, client.tenantId, 'narrow', {
      objects: { deals: { read: 'all', fields: { amount: 'hidden' } } },
    })
    const narrow = await addMember(system, client.tenantId, ['narrow'])
    const widgets = [
      { key: 'seen', type: 'metric', title: 'Seen', object: 'deals', position: place(0) },
      {
        key: 'hidden',
        type: 'metric',
        title: 'X',
        object: 'deals',
        position: place(3),
        measure: { op: 'sum', field: 'amount' },
      },
      { key: 'closed', type: 'metric', title: 'X', object: 'accounts', position: place(6) },
    ]
    const { widgets: told } = await narrow.post('/dashboards/preview', { widgets })
    expect(told.map(({ problem }: Json) => problem?.code)).toEqual([undefined, 'VALIDATION_ERROR', 'NOT_FOUND'])
    expect(told[0].data.value).toBe(await countOf('deals', null))
  })

  it('keep to the rows of whoever looks', async () => {
    await defineRole(system, client.tenantId, 'own_deals', { objects: { deals: { read: 'own', create: 'own' } } })
    const seller = await addMember(system, client.tenantId, ['own_deals'])
    await seller.post('/deals', { name: 'My own deal' })
    const { data } = await preview({ type: 'table', object: 'deals', groupBy: { field: 'ownerId' } }, {}, seller)
    expect(data.rows.map(({ category, values }: Json) => [category.value, values])).toEqual([[seller.userId, [1]]])
  })

  it('are whole where there are more groups than can be told apart', async () => {
    const field = (key: string) => ({ key, label: key, type: 'text' })
    const cities = { slug: 'cities', label: 'City', labelPlural: 'Cities', fields: [field('name'), field('kind')] }
    await client.post('/objects', cities)
    const records = Array.from({ length: 1_010 }, (_, index) => ({ name: `City ${index}`, kind: `Kind ${index % 25}` }))
    for (const part of [records.slice(0, 505), records.slice(505)]) await client.post('/cities/bulk', { records: part })
    const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
    const byName = { object: 'cities', groupBy: { field: 'name' } }
    const chart = (await preview({ type: 'chart', ...byName })).data
    expect([sum([...chart.series[0].values, ...chart.others.values]), chart.isTruncated]).toEqual([1_010, true])
    const leaders = (await preview({ type: 'leaderboard', ...byName, limit: 1 })).data
    expect(leaders).toMatchObject({ total: 1_010, isTruncated: true, others: { value: 1_009 } })
    expect(leaders.rows[0].share).toBe(1 / 1_010)
    expect((await preview({ type: 'table', ...byName })).data.total).toEqual([1_010])
    const pivot = { type: 'pivot', ...byName, thenBy: { field: 'kind' } }
    expect((await preview(pivot)).data.total).toEqual([1_010])
    const months = { field: 'createdAt', interval: 'year' }
    const lines = (await preview({ type: 'chart', object: 'cities', groupBy: months, thenBy: { field: 'kind' } })).data
    expect([lines.series.length, lines.series.at(-1).label]).toEqual([21, '5 others'])
    expect(sum(lines.series.flatMap(({ values }: Json) => values))).toBe(1_010)
    await system.sql(
      `insert into records (tenant_id, object_id, id, record_number, title, data, created_at)
       select r.tenant_id, r.object_id, gen_random_uuid(), 'X-' || n, 'Town ' || n,
         r.data || jsonb_build_object('name', 'Town ' || n, 'kind', 'Kind ' || n % 25), r.created_at
       from (select * from records where title = 'City 1') r, generate_series(1, 9040) n`,
    )
    await system.sql(
      `update record_counters c set live = 10050 from objects o where o.tenant_id = c.tenant_id and o.id = c.object_id and o.slug = 'cities'`,
    )
    const many = (await preview(pivot)).data
    const cells = many.cells.flat().map(([value]: number[]) => value)
    expect([many.isTruncated, many.rows.length, sum(cells), many.total]).toEqual([true, 100, 100, [10_050]])
    expect(sum(many.columnTotals.flat())).toBe(10_050)
    const split = { type: 'chart', object: 'cities', groupBy: { field: 'kind' }, thenBy: { field: 'name' } }
    const { series, others, isTruncated } = (await preview(split)).data
    const inAll = [...series.flatMap(({ values }: Json) => values), ...others.values]
    expect([isTruncated, series.length, sum(inAll), Math.min(...inAll) >= 0]).toEqual([true, 21, 10_050, true])
    expect(sum(series.map(({ values }: Json) => values[0]))).toBe(403)
  })

  it('never add different currencies', async () => {
    for (const [name, currency] of [
      ['euro', 'EUR'],
      ['yen', 'JPY'],
    ]) {
      await client.post('/deals', { name: `Mixed ${name}`, amount: { amount: '100', currency } })
    }
    const filter = { field: 'name', op: 'startsWith', value: 'Mixed' }
    const { data } = await preview({ type: 'metric', object: 'deals', measure: { op: 'sum', field: 'amount' }, filter })
    const amounts = [
      { amount: '100.00', currency: 'EUR' },
      { amount: '100', currency: 'JPY' },
    ]
    const both = { amount: null, currency: null, mixed: true, amounts }
    expect([data.value, data.amounts]).toEqual([both, amounts])
    const crossed = { object: 'deals', groupBy: { field: 'stage' }, thenBy: { field: 'ownerId' }, filter }
    const measures = [{ op: 'sum', field: 'amount' }, { op: 'count' }]
    const pivot = (await preview({ type: 'pivot', ...crossed, measures })).data
    expect([pivot.cells[0][0], pivot.rowTotals[0], pivot.total]).toEqual([
      [both, 2],
      [both, 2],
      [both, 2],
    ])
    const heat = (await preview({ type: 'heatmap', ...crossed, measure: measures[0] })).data
    expect(heat.cells[0][0]).toEqual([both])
  })

  it('follow the range and the filters of the whole dashboard', async () => {
    const widget = {
      type: 'metric',
      object: 'deals',
      period: { field: 'createdAt' },
      compare: 'previous',
      sparkline: 'day',
    }
    const { data, period, comparedWith } = await preview(widget, { range: { preset: 'lastNDays', n: 7 } })
    expect([data.points.length, comparedWith.to < period.from]).toEqual([7, true])
    expect(data.points.reduce((sum: number, { value }: Json) => sum + value, 0)).toBe(data.value)
    const filters = [
      { filter: { field: 'ownerId', op: 'eq', value: client.userId } },
      { filter: { field: 'lead_source', op: 'eq', value: 'Web' } },
    ]
    const narrowed = await preview({ type: 'metric', object: 'accounts' }, { filters })
    expect([narrowed.unfiltered, narrowed.data.value]).toEqual([true, await countOf('accounts', filters[0]!.filter)])
  })

  it('tell when they may have changed', async () => {
    const widgets = [{ key: 'deals', type: 'metric', title: 'Deals', object: 'deals', position: place(0) }]
    const { id } = await client.post('/dashboards', { label: 'Followed', widgets })
    const { stamp } = await client.post(`/dashboards/${id}/figures`, {})
    expect((await client.get(`/dashboards/${id}/stamp`)).stamp).toBe(stamp)
    await client.post('/deals', { name: 'Another one' })
    expect((await client.get(`/dashboards/${id}/stamp`)).stamp).not.toBe(stamp)
  })
})

it.each(['png', 'pdf'] as const)('leaves as a %s, drawn from what the caller sees', async (format) => {
  const first = { png: '\x89PNG', pdf: '%PDF' }[format]
  for (const { id } of await client.get('/dashboards')) {
    const response = await fetch(`${client.url}/api/v1/dashboards/${id}/export`, {
      method: 'POST',
      headers: { authorization: `Bearer ${client.session!.accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ format }),
    })
    const content = Buffer.from(await response.arrayBuffer())
    expect([response.status, content.subarray(0, 4).toString('latin1')]).toEqual([200, first])
    expect(content.length).toBeGreaterThan(5_000)
  }
})

describe('groups by time', () => {
  const timeZone = 'Europe/Berlin'
  const units = ['day', 'week', 'month', 'quarter', 'year', 'weekday', 'hour'] as const
  /** The clocks go forward on 2026-03-29 and back on 2026-10-25. */
  const moment = fc.oneof(
    fc.date({ min: new Date('2026-03-27T20:00:00Z'), max: new Date('2026-03-31T04:00:00Z'), noInvalidDate: true }),
    fc.date({ min: new Date('2026-10-23T20:00:00Z'), max: new Date('2026-10-27T04:00:00Z'), noInvalidDate: true }),
    fc.date({ min: new Date('2025-12-30T00:00:00Z'), max: new Date('2026-12-31T23:59:59Z'), noInvalidDate: true }),
  )
  const entries = fc.sample(fc.record({ moment, minor: fc.integer({ min: 0, max: 99_999 }) }), {
    numRuns: 150,
    seed: 42,
  })

  /** What PostgreSQL is to answer, worked out by Temporal. */
  function groupOf(at: Date, unit: (typeof units)[number], weekStart: number): unknown {
    const local = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone)
    if (unit === 'hour') return local.hour
    if (unit === 'weekday') return local.dayOfWeek
    const day = local.toPlainDate()
    const first = {
      day,
      week: day.subtract({ days: (day.dayOfWeek - weekStart + 7) % 7 }),
      month: day.with({ day: 1 }),
      quarter: day.with({ day: 1, month: day.month - ((day.month - 1) % 3) }),
      year: day.with({ day: 1, month: 1 }),
    }[unit]
    return first.toString()
  }

  it.each([
    ['DE', 1],
    ['US', 7],
  ])('are what a recomputation finds, with the weeks of %s', async (country, weekStart) => {
    const owner = await system.register({ template: 'blank' })
    await owner.call('PATCH', '/workspace', { timeZone, country, currency: 'EUR' })
    const field = (key: string, type: string) => ({ key, label: key, type })
    const fields = [field('name', 'text'), field('at', 'datetime'), field('paid', 'money')]
    await owner.post('/objects', { slug: 'sales', label: 'Sale', labelPlural: 'Sales', fields })
    const records = entries.map((entry, index) => ({
      name: `Sale ${index}`,
      at: entry.moment.toISOString(),
      paid: { amount: (entry.minor / 100).toFixed(2), currency: 'EUR' },
    }))
    await owner.post('/sales/bulk', { records })
    for (const interval of units) {
      const widget = { type: 'table', object: 'sales', limit: 100, groupBy: { field: 'at', interval } }
      const measures = [{ op: 'count' }, { op: 'sum', field: 'paid' }]
      const { data } = await preview({ ...widget, measures }, {}, owner)
      const expected = Map.groupBy(entries, (entry) => groupOf(entry.moment, interval, weekStart))
      for (const { category, values } of data.rows) {
        const group = expected.get(category.value) ?? []
        const minor = group.reduce((sum, entry) => sum + entry.minor, 0)
        expect(
          [values[0], Math.round(Number(values[1].amount ?? values[1]) * 100)],
          `${interval} ${category.value}`,
        ).toEqual([group.length, minor])
        expected.delete(category.value)
      }
      expect([...expected.keys()]).toEqual([])
    }
  })
})

describe('by mail', () => {
  /** The jobs by a clock that has moved on, and the mails that wait to be drawn. */
  function mailingIn(days: number) {
    const { database } = system.system
    const { transactions } = new LongJobs({ database, enqueue: async () => null })
    const waiting: Json[] = []
    const said: object[] = []
    const silent = () => {}
    const log = { info: silent, warn: silent, error: (fields: object) => said.push(fields) }
    const enqueue = async (_: unknown, __: string, payload: object) => waiting.push(payload)
    const now = () => new Date(Date.now() + days * 86_400_000)
    const mailer = new Outbox({ database, enqueue: async () => null })
    return {
      waiting,
      said,
      ...reportMailing({ database, transactions, mailer, baseUrl: system.url, log, enqueue, now }),
    }
  }
  const run = { id: 'test' } as never
  const reports = (): Promise<Json[]> =>
    system.sql(
      `select recipient, subject, body, html from outgoing_messages where tenant_id = $1 and kind = 'report'`,
      [client.tenantId],
    )

  /** As two servers at once would, each of which dies after every mail and draws it again. */
  const mailedAfter = async (days: number): Promise<Json[]> => {
    const { mailing, sending, waiting } = mailingIn(days)
    await Promise.all([1, 2].map(() => mailing.handle({ tenantId: '' }, run)))
    for (const one of [...waiting, ...waiting]) await sending.handle({ tenantId: client.tenantId, ...one }, run)
    return reports()
  }

  it('goes to each receiver with what they may see, once', async () => {
    await defineRole(system, client.tenantId, 'leads_only', { objects: { leads: { read: 'all' } } })
    const narrow = await addMember(system, client.tenantId, ['leads_only'])
    const metric = (key: string, object: string, y: number) => ({
      key,
      type: 'metric',
      title: key,
      object,
      position: place(y),
    })
    const board = await client.post('/dashboards', {
      label: 'Weekly <numbers>',
      visibility: 'everyone',
      widgets: [metric('open_deals', 'deals', 0), metric('new_leads', 'leads', 3)],
    })
    const receivers = [client.userId, narrow.userId]
    const plan = await client.post(`/dashboards/${board.id}/schedules`, {
      frequency: 'weekly',
      weekday: 1,
      hour: 7,
      receivers,
    })
    expect([plan.receivers.length, plan.active, new Date(plan.nextAt).getUTCDay()]).toEqual([2, true, 1])
    const mails = await mailedAfter(8)
    expect(mails).toHaveLength(2)
    const [mine, theirs] = [client, narrow].map(({ session }) =>
      mails.find((one) => one.recipient === session!.user.email),
    )
    expect(mine.body).toMatch(/open_deals: \d+\nnew_leads: \d+/)
    expect([theirs.body.includes('open_deals'), theirs.body.includes('new_leads')]).toEqual([false, true])
    expect(mine.html).toContain('Weekly &lt;numbers&gt;')
    expect(await mailedAfter(8)).toHaveLength(2)
    await client.call('PATCH', `/dashboards/${board.id}/schedules/${plan.id}`, { active: false })
    expect(await mailedAfter(30)).toHaveLength(2)
    await client.delete(`/dashboards/${board.id}`)
    expect(await system.sql('select from dashboard_schedules where dashboard_id = $1', [board.id])).toEqual([])
  })

  const daily = { frequency: 'daily', hour: 7 }

  it('comes also where a widget cannot be answered', async () => {
    const already = (await reports()).length
    const field = (key: string, type: string) => ({ key, label: key, type })
    await client.post('/objects', {
      slug: 'stars',
      label: 'Star',
      labelPlural: 'Stars',
      fields: [field('name', 'text'), field('mass', 'number')],
    })
    for (const name of ['One', 'Two']) await client.post('/stars', { name, mass: 1.7e308 })
    const heavy = { type: 'metric', object: 'stars', measure: { op: 'sum', field: 'mass' } }
    expect((await preview(heavy)).problem.code).toBe('VALIDATION_ERROR')
    const widgets = [
      { key: 'number', type: 'metric', title: 'number', object: 'stars', position: place(0) },
      { key: 'heavy', title: 'heavy', position: place(3), ...heavy },
    ]
    const board = await client.post('/dashboards', { label: 'Too much', widgets })
    await client.post(`/dashboards/${board.id}/schedules`, { ...daily, receivers: [client.userId] })
    expect(await mailedAfter(2)).toHaveLength(already + 1)
    await client.delete(`/dashboards/${board.id}`)
  })

  it('is put off in the workspace where it fails, and goes out in the others', async () => {
    const other = await system.register({ template: 'blank' })
    const planned = await Promise.all(
      [other, client].map(async (owner) => {
        const { id } = await owner.post('/dashboards', { label: 'Mine', widgets: [] })
        return owner.post(`/dashboards/${id}/schedules`, { ...daily, receivers: [owner.userId] })
      }),
    )
    const unreadable = `update dashboard_schedules set plan = '{"hour": "seven"}', next_at = now() where id = $1 returning next_at`
    const [before] = await system.sql(unreadable, [planned[0]!.id])
    const { mailing, waiting, said } = mailingIn(2)
    await mailing.handle({ tenantId: '' }, run)
    expect(said).toMatchObject([{ schedule: planned[0]!.id }])
    expect(waiting).toContainEqual(expect.objectContaining({ scheduleId: planned[1]!.id }))
    const [after] = await system.sql('delete from dashboard_schedules where id = $1 returning next_at', [
      planned[0]!.id,
    ])
    expect(new Date(after!.next_at as string).getTime()).toBeGreaterThan(new Date(before!.next_at as string).getTime())
  })

  it('ends with its dashboard', async () => {
    const board = await client.post('/dashboards', { label: 'Gone', widgets: [] })
    const plan = await client.post(`/dashboards/${board.id}/schedules`, { ...daily, receivers: [client.userId] })
    await system.sql('delete from own_dashboards where id = $1', [board.id])
    await mailedAfter(4)
    expect(await system.sql('select from dashboard_schedules where id = $1', [plan.id])).toEqual([])
  })

  it('names nobody whose records are protected', async () => {
    const owner = await system.register({ template: 'hospital', sampleData: true })
    const widget = (key: string, type: string, parts: Json) => ({
      key,
      type,
      title: { en: key },
      position: place(0),
      ...parts,
    })
    const ofPatients = { object: 'patients' }
    const widgets = [
      widget('number', 'metric', ofPatients),
      widget('tasks', 'tasks', {}),
      widget('list', 'recent', { ...ofPatients, fields: ['full_name'] }),
      widget('names', 'table', { ...ofPatients, groupBy: { field: 'full_name', interval: 'month' } }),
      widget('months', 'chart', { ...ofPatients, groupBy: { field: 'createdAt', interval: 'month' } }),
      widget('ages', 'chart', { ...ofPatients, groupBy: { field: 'date_of_birth', interval: 'year' } }),
    ]
    const { transactions } = new LongJobs({ database: system.system.database, enqueue: async () => null })
    const behalf = { tenantId: owner.tenantId, userId: owner.userId, source: 'system', requestId: 'test' } as const
    const definition = { key: 'all', label: { en: 'All' }, widgets } as unknown as DashboardDefinition
    const left = await transactions.run(behalf, async (context) => mailable(context, definition).widgets)
    expect(left.map(({ key }) => key)).toEqual(['number', 'months', 'ages'])
  })

  it('is planned for others by administrators alone', async () => {
    const board = await client.post('/dashboards', { label: 'Ours', visibility: 'everyone', widgets: [] })
    const member = await addMember(system, client.tenantId, ['member'])
    const path = `/dashboards/${board.id}/schedules`
    expect((await member.send('POST', path, { ...daily, receivers: [client.userId] })).status).toBe(403)
    const own = await member.post(path, { ...daily, receivers: [member.userId] })
    expect((await client.get(path)).map(({ id }: Json) => id)).toEqual([own.id])
    const mine = await client.post('/dashboards', { label: 'Mine', widgets: [] })
    const toOther = { ...daily, receivers: [member.userId] }
    expect((await client.send('POST', `/dashboards/${mine.id}/schedules`, toOther)).status).toBe(403)
    const toNobody = { ...daily, receivers: [board.id] }
    expect((await client.send('POST', path, toNobody)).error.details[0]!.field).toBe('receivers[0]')
  })
})
