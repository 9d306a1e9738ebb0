/**
 * Three trades that no template knows, each modelled from nothing over HTTP and filled with some hundred records. What
 * is asked over four relations is checked against what the rows that were sent add up to.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiClient, Json } from '../client.ts'
import { type RunningSystem, startSystem } from '../server.ts'
import { define, field, fill, grouped, link, numbers, refusal, sum, times } from './modelling.world.ts'

let system: RunningSystem

beforeAll(async () => {
  system = await startSystem()
})
afterAll(() => system?.stop())

const aggregate = (client: ApiClient, object: string, query: object): Promise<Json[]> =>
  client.post(`/${object}/aggregate`, query)

/** Of several rows: one alone would be no report. */
function byKey(rows: Json[], key: string): Json {
  expect(rows.length).toBeGreaterThan(2)
  return Object.fromEntries(rows.map((row) => [row[key], row]))
}

describe('applicant tracking', () => {
  const countries = ['ES', 'AU', 'DE']
  const offices = times(6, (n) => ({ name: `Office ${n}`, country: countries[n % 3]! }))
  const departments = times(18, (n) => ({ name: `Department ${n}`, office: n % 6 }))
  const random = numbers(7)
  const openings = times(40, (n) => ({ name: `Opening ${n}`, department: random(18), low: 30_000 + n * 100 }))
  const applications = times(200, (n) => ({ name: `Applicant ${n}`, opening: random(40), source: random(3) }))
  const interviews = times(300, (n) => ({ name: `Interview ${n}`, application: random(200), score: 1 + random(10) }))
  const sources = ['site', 'referral', 'agency']
  let client: ApiClient
  let ids: Record<'offices' | 'departments' | 'openings' | 'applications' | 'interviews', string[]>

  beforeAll(async () => {
    client = await system.register({ template: 'blank' })
    await define(client, 'offices', [
      field('name', 'text', { required: true, unique: true }),
      field('country', 'select', { options: countries }),
    ])
    await define(client, 'departments', [
      field('name', 'text', { required: true, sortable: true }),
      link('office', 'offices', 'departments'),
    ])
    await define(
      client,
      'openings',
      [
        field('name', 'text', { required: true }),
        link('department', 'departments', 'openings'),
        field('salary_from', 'money', { currency: 'EUR' }),
        field('salary_to', 'money', { currency: 'EUR' }),
        field('middle', 'formula', { computed: { expression: '(salary_from + salary_to) / 2' }, currency: 'EUR' }),
      ],
      { rules: [{ key: 'span', message: 'The salary ends above its beginning.', check: 'salary_to >= salary_from' }] },
    )
    await define(
      client,
      'applications',
      [
        field('name', 'text', { required: true }),
        link('opening', 'openings', 'applications'),
        field('source', 'select', { options: sources }),
        field('recommended_by', 'text', {
          conditions: {
            visible: { field: 'source', op: 'eq', value: 'referral' },
            required: { field: 'source', op: 'eq', value: 'referral' },
          },
        }),
        field('stage', 'select', { options: ['applied', 'talks', 'hired', 'refused'], default: 'applied' }),
      ],
      { roles: { stage: 'stage' } },
    )
    await client.patch('/objects/applications/pipelines/main', {
      stages: [
        { value: 'applied', moves: ['talks', 'refused'] },
        { value: 'talks' },
        { value: 'hired', kind: 'won' },
        { value: 'refused', kind: 'lost', reasons: { required: true, options: [{ value: 'salary' }] } },
      ],
    })
    await define(client, 'interviews', [
      field('name', 'text', { required: true }),
      link('application', 'applications', 'interviews'),
      field('score', 'integer', { rules: { min: 1, max: 10 } }),
    ])
    await client.post(
      '/objects/openings/fields',
      field('shortlist', 'relation', {
        relation: {
          object: 'applications',
          many: true,
          inverse: { key: 'shortlisted_for', label: 'Shortlisted for' },
          attributes: [{ key: 'place', label: 'Place', type: 'integer', required: true }],
        },
      }),
    )
    await client.post(
      '/objects/applications/fields',
      field('best_score', 'rollup', { computed: { relation: 'interviews', op: 'max', field: 'score' } }),
    )
    const officeIds = await fill(client, 'offices', offices)
    const departmentIds = await fill(
      client,
      'departments',
      departments.map((one) => ({ ...one, office: officeIds[one.office] })),
    )
    const openingIds = await fill(
      client,
      'openings',
      openings.map(({ name, department, low }) => ({
        name,
        department: departmentIds[department],
        salary_from: { amount: String(low), currency: 'EUR' },
        salary_to: { amount: String(low + 5_000), currency: 'EUR' },
      })),
    )
    const applicationIds = await fill(
      client,
      'applications',
      applications.map(({ name, opening, source }) => ({
        name,
        opening: openingIds[opening],
        source: sources[source],
        ...(sources[source] === 'referral' ? { recommended_by: 'A friend' } : {}),
      })),
    )
    const interviewIds = await fill(
      client,
      'interviews',
      interviews.map((one) => ({ ...one, application: applicationIds[one.application] })),
    )
    ids = {
      offices: officeIds,
      departments: departmentIds,
      openings: openingIds,
      applications: applicationIds,
      interviews: interviewIds,
    }
  })

  const officeOf = (interview: { application: number }) =>
    offices[departments[openings[applications[interview.application]!.opening]!.department]!.office]!

  it('reports over four relations what the interviews say', async () => {
    const rows = await aggregate(client, 'interviews', {
      filter: { field: 'application.opening.department.office.country', op: 'in', value: ['ES', 'AU'] },
      groupBy: ['application.opening.department.office.name'],
      measures: [{ op: 'count' }, { op: 'sum', field: 'score' }, { op: 'max', field: 'score' }],
    })
    const asked = interviews.filter((one) => officeOf(one).country !== 'DE')
    const expected = grouped(asked, (one) => officeOf(one).name).map(([name, of]) => ({
      'application.opening.department.office.name': name,
      count: of.length,
      'sum(score)': sum(of.map(({ score }) => score)),
      'max(score)': Math.max(...of.map(({ score }) => score)),
    }))
    const key = 'application.opening.department.office.name'
    expect(byKey(rows, key)).toEqual(byKey(expected, key))
  })

  it('lists with columns from four relations away', async () => {
    const [row] = await client.get(
      `/interviews?id=${ids.interviews[5]}&fields=name,application.opening.department.office.country`,
    )
    expect(row['application.opening.department.office.country']).toBe(officeOf(interviews[5]!).country)
  })

  it('works out formulas and totals', async () => {
    const opening = await client.get(`/openings/${ids.openings[3]}`)
    expect(opening.middle).toEqual({ amount: '32800.00', currency: 'EUR' })
    const [best] = grouped(interviews, ({ application }) => String(application))
    const application = await client.get(`/applications/${ids.applications[Number(best![0])]}`)
    expect(application.best_score).toBe(Math.max(...best![1].map(({ score }) => score)))
  })

  it('holds conditions, rules and the way through the stages', async () => {
    const opening = ids.openings[0]!
    const make = (values: object) => client.send('POST', '/applications', { name: 'New', opening, ...values })
    expect(refusal(await make({ source: 'referral' }))).toEqual([400, 'recommended_by: is required'])
    expect((await make({ source: 'site', recommended_by: 'X' })).status).toBe(400)
    const lowered = await client.send('PATCH', `/openings/${opening}`, { salary_to: { amount: '1', currency: 'EUR' } })
    expect(refusal(lowered)).toEqual([400, expect.stringContaining('The salary ends above its beginning.')])
    const { data } = await make({ source: 'site' })
    const move = (values: object) => client.send('PATCH', `/applications/${data.id}`, values)
    expect((await move({ stage: 'hired' })).status).toBe(400)
    expect((await move({ stage: 'refused' })).status).toBe(400)
    const stageMoves = { main: { reason: 'salary' } }
    expect((await move({ stage: 'refused', stageMoves })).data).toMatchObject({ stage: 'refused' })
    expect((await client.send('DELETE', `/applications/${data.id}`)).status).toBe(204)
  })

  it('says of each link what place the applicant has', async () => {
    const way = `/openings/${ids.openings[0]}/links/shortlist/${ids.applications[0]}`
    expect((await client.send('PUT', way)).status).toBe(400)
    expect((await client.send('PUT', way, { attributes: { place: 2 } })).status).toBe(204)
    const [linked] = await client.get(`/applications/${ids.applications[0]}/links/shortlisted_for`)
    expect(linked).toMatchObject({ name: 'Opening 0', attributes: { place: 2 } })
  })
})

describe('a content catalogue', () => {
  const random = numbers(11)
  const studios = times(8, (n) => ({ name: `Studio ${n}`, country: n % 2 ? 'FR' : 'JP' }))
  const series = times(20, (n) => ({ name: `Series ${n}`, studio: random(8) }))
  const seasons = times(50, (n) => ({ series: n % 20, number: 1 + Math.floor(n / 20) }))
  const episodes = times(300, (n) => ({ name: `Episode ${n}`, season: random(50), minutes: 20 + random(40) }))
  const viewings = times(600, (n) => ({
    name: `Viewing ${n}`,
    episode: random(300),
    minutes: 1 + random(60),
    on: `2026-0${1 + random(6)}-1${random(9)}`,
  }))
  let client: ApiClient
  let ids: Record<'studios' | 'series' | 'seasons' | 'episodes', string[]>

  beforeAll(async () => {
    client = await system.register({ template: 'blank' })
    await define(client, 'studios', [
      field('name', 'text', { required: true, unique: true, ignoreAccents: true }),
      field('country', 'select', { options: ['FR', 'JP'] }),
    ])
    await define(
      client,
      'series',
      [
        field('name', 'text', { required: true, sortable: true }),
        link('studio', 'studios', 'series'),
        field('co_producers', 'relation', {
          relation: {
            object: 'studios',
            many: true,
            inverse: { key: 'co_productions', label: 'Co-productions' },
            attributes: [
              { key: 'share', label: 'Share', type: 'percent', required: true, rules: { min: 1, max: 100 } },
              { key: 'part', label: 'Part', type: 'select', options: ['money', 'crew'] },
            ],
          },
        }),
        field('state', 'select', { options: ['idea', 'shooting', 'released'], default: 'idea' }),
        field('released_on', 'date'),
      ],
      { roles: { stage: 'state' } },
    )
    await client.patch('/objects/series/pipelines/main', {
      stages: [
        { value: 'idea', checklist: [{ key: 'script', label: 'Script read', required: true }] },
        { value: 'shooting', rottingDays: 90 },
        { value: 'released', kind: 'won', requires: ['released_on'] },
      ],
    })
    await define(
      client,
      'seasons',
      [
        field('name', 'text', { default: { formula: '"Season " + text(number)' } }),
        link('series', 'series', 'seasons'),
        field('number', 'integer', { required: true }),
      ],
      { uniqueKeys: [{ key: 'number_in_series', label: 'Number in the series', fields: ['series', 'number'] }] },
    )
    await define(client, 'episodes', [
      field('name', 'text', { required: true }),
      link('season', 'seasons', 'episodes'),
      field('minutes', 'integer', { rules: { min: 1 } }),
      field('rights', 'select', { options: ['own', 'licensed'], default: 'own' }),
      field('licence_until', 'date', {
        conditions: { visible: { field: 'rights', op: 'eq', value: 'licensed' } },
      }),
      field('label_line', 'formula', { computed: { expression: 'season.series.name + ": " + name' } }),
    ])
    await define(client, 'viewings', [
      field('name', 'text', { required: true }),
      link('episode', 'episodes', 'viewings'),
      field('minutes', 'integer'),
      field('on', 'date'),
      field('share', 'formula', { computed: { expression: 'round(min(1, minutes / episode.minutes) * 100, 0)' } }),
    ])
    const total = (relation: string) =>
      field('minutes', 'rollup', { computed: { relation, op: 'sum', field: 'minutes' } })
    await client.post('/objects/seasons/fields', total('episodes'))
    await client.post('/objects/series/fields', total('seasons'))
    const studioIds = await fill(client, 'studios', studios)
    const seriesIds = await fill(
      client,
      'series',
      series.map((one) => ({ ...one, studio: studioIds[one.studio] })),
    )
    const seasonIds = await fill(
      client,
      'seasons',
      seasons.map((one) => ({ ...one, series: seriesIds[one.series] })),
    )
    const episodeIds = await fill(
      client,
      'episodes',
      episodes.map((one) => ({ ...one, season: seasonIds[one.season] })),
    )
    await fill(
      client,
      'viewings',
      viewings.map((one) => ({ ...one, episode: episodeIds[one.episode] })),
    )
    ids = { studios: studioIds, series: seriesIds, seasons: seasonIds, episodes: episodeIds }
  })

  const studioOf = (viewing: { episode: number }) =>
    studios[series[seasons[episodes[viewing.episode]!.season]!.series]!.studio]!

  it('reports over four relations what was seen of each studio, month by month', async () => {
    const way = 'episode.season.series.studio'
    const rows = await aggregate(client, 'viewings', {
      filter: { field: `${way}.country`, op: 'eq', value: 'FR' },
      groupBy: [`${way}.name`, { field: 'on', interval: 'month' }],
      measures: [{ op: 'count' }, { op: 'sum', field: 'minutes' }],
    })
    const french = viewings.filter((one) => studioOf(one).country === 'FR')
    const expected = grouped(french, (one) => `${studioOf(one).name} ${one.on.slice(0, 7)}-01`).map(([key, of]) => [
      key,
      [of.length, sum(of.map(({ minutes }) => minutes))],
    ])
    expect(expected.length).toBeGreaterThan(2)
    const told = rows.map((row) => [`${row[`${way}.name`]} ${row.on}`, [row.count, row['sum(minutes)']]])
    expect(Object.fromEntries(told)).toEqual(Object.fromEntries(expected))
  })

  it('adds up totals of totals, and follows a change through all of them', async () => {
    const minutesOf = (at: number) =>
      sum(episodes.filter(({ season }) => seasons[season]!.series === at).map(({ minutes }) => minutes))
    const told = async () =>
      Object.fromEntries(
        (await client.get('/series?limit=50&fields=name,minutes')).map((one: Json) => [one.name, one.minutes]),
      )
    expect(await told()).toEqual(Object.fromEntries(series.map(({ name }, at) => [name, minutesOf(at) || null])))
    const [first] = episodes
    await client.patch(`/episodes/${ids.episodes[0]}`, { minutes: first!.minutes + 100 })
    const at = seasons[first!.season]!.series
    await expect.poll(async () => (await told())[`Series ${at}`]).toBe(minutesOf(at) + 100)
    expect((await client.get(`/episodes/${ids.episodes[0]}`)).label_line).toBe(`Series ${at}: Episode 0`)
  })

  it('refuses what the catalogue does not allow', async () => {
    const twice = await client.send('POST', '/seasons', { series: ids.series[0], number: 1 })
    expect(twice.status).toBe(409)
    expect((await client.send('POST', '/studios', { name: 'Stúdio 0' })).status).toBe(409)
    const own = await client.send('PATCH', `/episodes/${ids.episodes[1]}`, { licence_until: '2027-01-01' })
    expect(own.status).toBe(400)
    const way = `/series/${ids.series[0]}/links/co_producers/${ids.studios[0]}`
    expect((await client.send('PUT', way, { attributes: { share: 140 } })).status).toBe(400)
    await client.put(way, { attributes: { share: 40, part: 'crew' } })
    const [studio] = await client.get(`/series/${ids.series[0]}/links/co_producers`)
    expect(studio).toMatchObject({ name: 'Studio 0', attributes: { share: 40, part: 'crew' } })
    const move = (values: object) => client.send('PATCH', `/series/${ids.series[0]}`, values)
    expect((await move({ state: 'shooting' })).status).toBe(400)
    expect((await move({ state: 'shooting', stageMoves: { main: { done: ['script'] } } })).status).toBe(200)
    expect(refusal(await move({ state: 'released' }))).toEqual([400, 'released_on: is required to enter “released”'])
  })
})

describe('a property portfolio', () => {
  const random = numbers(23)
  const owners = times(10, (n) => ({ name: `Owner ${n}`, kind: n % 3 ? 'person' : 'fund' }))
  const buildings = times(25, (n) => ({ name: `Building ${n}`, owner: random(10) }))
  const units = times(100, (n) => ({ name: `Unit ${n}`, building: random(25), kind: n % 4 ? 'flat' : 'shop' }))
  const leases = times(120, (n) => ({ name: `Lease ${n}`, unit: random(100), rent: 500 + 10 * random(90) }))
  const payments = times(700, (n) => ({ name: `Payment ${n}`, lease: random(120), cents: 10_000 + random(90_000) }))
  const money = (cents: number) => ({ amount: (cents / 100).toFixed(2), currency: 'AUD' })
  let client: ApiClient
  let ids: Record<'owners' | 'buildings' | 'units' | 'leases', string[]>

  beforeAll(async () => {
    client = await system.register({ template: 'blank' })
    await define(client, 'owners', [
      field('name', 'text', { required: true }),
      field('kind', 'select', { options: ['person', 'fund'] }),
    ])
    await define(client, 'buildings', [
      field('name', 'text', { required: true }),
      link('owner', 'owners', 'buildings'),
      field('part_owners', 'relation', {
        relation: {
          object: 'owners',
          many: true,
          primary: true,
          inverse: { key: 'parts', label: 'Parts' },
          attributes: [{ key: 'since', label: 'Since', type: 'date' }],
        },
      }),
    ])
    await define(client, 'units', [
      field('name', 'text', { required: true }),
      link('building', 'buildings', 'units'),
      field('kind', 'select', { options: ['flat', 'shop'] }),
      field('use', 'select', {
        options: ['living', 'holiday', 'retail'],
        conditions: {
          options: [
            { when: { field: 'kind', op: 'eq', value: 'shop' }, values: ['retail'] },
            { when: { field: 'kind', op: 'eq', value: 'flat' }, values: ['living', 'holiday'] },
          ],
        },
      }),
    ])
    await define(
      client,
      'leases',
      [
        field('name', 'text', { required: true }),
        link('unit', 'units', 'leases', {
          relation: { object: 'units', inverse: { key: 'leases', label: 'Leases' }, onDelete: 'refuse' },
        }),
        field('number', 'autonumber', { numbering: { pattern: 'L-{YYYY}-{0001}', restart: 'year' } }),
        field('starts_on', 'date', { required: true }),
        field('ends_on', 'date', { required: true }),
        field('rent', 'money', { currency: 'AUD' }),
        field('months', 'formula', { computed: { expression: 'months(starts_on, ends_on)' } }),
        field('owed', 'formula', { computed: { expression: 'rent * months' }, currency: 'AUD' }),
        field('state', 'select', { options: ['draft', 'running', 'ended'], default: 'draft' }),
      ],
      {
        roles: { stage: 'state', startsAt: 'starts_on', endsAt: 'ends_on', amount: 'rent' },
        rules: [
          { key: 'order', message: 'A lease ends after it began.', check: 'ends_on > starts_on', field: 'ends_on' },
        ],
      },
    )
    await define(client, 'payments', [
      field('name', 'text', { required: true }),
      link('lease', 'leases', 'payments'),
      field('amount', 'money', { currency: 'AUD' }),
    ])
    await client.post(
      '/objects/leases/fields',
      field('paid', 'rollup', { computed: { relation: 'payments', op: 'sum', field: 'amount' } }),
    )
    await client.post(
      '/objects/leases/fields',
      field('open', 'formula', { computed: { expression: 'owed - coalesce(paid, rent * 0)' }, currency: 'AUD' }),
    )
    await client.post(
      '/objects/units/fields',
      field('running', 'rollup', {
        computed: { relation: 'leases', op: 'count', filter: { field: 'state', op: 'eq', value: 'running' } },
      }),
    )
    const ownerIds = await fill(client, 'owners', owners)
    const buildingIds = await fill(
      client,
      'buildings',
      buildings.map((one) => ({ ...one, owner: ownerIds[one.owner] })),
    )
    const unitIds = await fill(
      client,
      'units',
      units.map((one) => ({ ...one, building: buildingIds[one.building] })),
    )
    const leaseIds = await fill(
      client,
      'leases',
      leases.map(({ name, unit, rent }) => ({
        name,
        unit: unitIds[unit],
        rent: money(rent * 100),
        starts_on: '2026-01-01',
        ends_on: '2026-12-31',
      })),
    )
    await fill(
      client,
      'payments',
      payments.map(({ name, lease, cents }) => ({ name, lease: leaseIds[lease], amount: money(cents) })),
    )
    ids = { owners: ownerIds, buildings: buildingIds, units: unitIds, leases: leaseIds }
  })

  const ownerOf = (payment: { lease: number }) =>
    owners[buildings[units[leases[payment.lease]!.unit]!.building]!.owner]!

  it('reports over four relations what each owner was paid', async () => {
    const way = 'lease.unit.building.owner'
    const rows = await aggregate(client, 'payments', {
      filter: {
        and: [
          { field: `${way}.kind`, op: 'eq', value: 'person' },
          { field: 'lease.unit.kind', op: 'eq', value: 'flat' },
        ],
      },
      groupBy: [`${way}.name`],
      measures: [{ op: 'count' }, { op: 'sum', field: 'amount' }],
    })
    const asked = payments.filter(
      (one) => ownerOf(one).kind === 'person' && units[leases[one.lease]!.unit]!.kind === 'flat',
    )
    const expected = grouped(asked, (one) => ownerOf(one).name).map(([name, of]) => ({
      [`${way}.name`]: name,
      count: of.length,
      'sum(amount)': money(sum(of.map(({ cents }) => cents))),
    }))
    expect(byKey(rows, `${way}.name`)).toEqual(byKey(expected, `${way}.name`))
  })

  it('knows what is owed, paid and open of each lease', async () => {
    const paid = sum(payments.filter(({ lease }) => lease === 4).map(({ cents }) => cents))
    const owed = leases[4]!.rent * 100 * 11
    expect(await client.get(`/leases/${ids.leases[4]}`)).toMatchObject({
      number: expect.stringMatching(/^L-\d{4}-0005$/),
      months: 11,
      owed: money(owed),
      paid: money(paid),
      open: money(owed - paid),
    })
  })

  it('counts what runs, as leases move on', async () => {
    const unit = ids.units[leases[0]!.unit]!
    expect((await client.get(`/units/${unit}`)).running).toBe(0)
    await client.patch(`/leases/${ids.leases[0]}`, { state: 'running' })
    expect((await client.get(`/units/${unit}`)).running).toBe(1)
    const found = await client.get('/owners?buildings.units.leases.state=running&fields=name')
    expect(found.map(({ name }: Json) => name)).toEqual([ownerOf({ lease: 0 }).name])
  })

  it('refuses what the portfolio does not allow', async () => {
    const shop = ids.units[0]!
    expect(refusal(await client.send('PATCH', `/units/${shop}`, { use: 'living' }))).toEqual([
      400,
      expect.stringContaining('must be one of'),
    ])
    const short = await client.send('PATCH', `/leases/${ids.leases[1]}`, { ends_on: '2025-01-01' })
    expect(refusal(short)).toEqual([400, 'ends_on: A lease ends after it began.'])
    const leased = ids.units[leases[1]!.unit]!
    expect((await client.send('DELETE', `/units/${leased}`)).status).toBe(409)
    const way = (owner: number) => `/buildings/${ids.buildings[0]}/links/part_owners/${ids.owners[owner]}`
    await client.put(way(0), { attributes: { since: '2020-01-01' }, primary: true })
    await client.put(way(1), { primary: true })
    const parts = await client.get(`/buildings/${ids.buildings[0]}/links/part_owners?sort=title`)
    expect(parts.map(({ name, primary, attributes }: Json) => [name, primary, attributes.since])).toEqual([
      ['Owner 0', false, '2020-01-01'],
      ['Owner 1', true, null],
    ])
  })
})
