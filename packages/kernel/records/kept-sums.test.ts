import fc from 'fast-check'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { cloneDatabase, type TestDatabase } from '../../../tests/postgres.ts'
import { compilePolicy, type MemberException } from '../access/index.ts'
import { Database, newId, type Row, sql, type Transaction } from '../database/index.ts'
import { type CompiledObject, insertObjects, loadModel, type TenantModel } from '../metadata/index.ts'
import { type AggregateQuery, type AggregateQuestion, aggregateQuestion } from './aggregate.ts'
import { inShop } from './computed/shop.fixture.ts'
import { createRecords, deleteRecords, type RecordContext, restoreRecord, updateRecords } from './index.ts'
import { keptRows } from './kept-answers.ts'

const label = (en: string) => ({ en })
const kinds = ['new', 'open', 'Älter', 'won']
const field = (key: string, type: string, more: object = {}) => ({ key, label: label(key), type, ...more })

let database: TestDatabase
let owner: Client
let model: TenantModel
let deals: CompiledObject
let ids: string[]
const people = [newId(), newId(), newId()]
const places = [newId(), newId()]
let reading: Database
let writing: Database

/** Enough that a part of the table shows when they were created, over three years with a day on which half of them came. */
const records = 1_500

beforeAll(async () => {
  database = await cloneDatabase()
  owner = new Client({ connectionString: database.ownerUrl })
  await owner.connect()
  reading = new Database({ url: database.appUrl })
  writing = new Database({ url: database.appUrl })
  const tenantId = newId()
  await writing.run(
    { tenantId },
    sql`insert into tenants (id, name, slug, plan, time_zone) values (${tenantId}, 'Deals', 'deals', 'unlimited', 'America/Havana')`,
  )
  model = await writing.transaction({ tenantId }, async (tx) => {
    const definition = {
      slug: 'deals',
      label: label('Deal'),
      labelPlural: label('Deals'),
      icon: 'box',
      numberPrefix: 'DEA-',
      roles: { title: 'name', startsAt: 'begins' },
      fields: [
        field('name', 'text'),
        field('price', 'number'),
        field('fee', 'money'),
        field('day', 'date'),
        field('rank', 'integer', { sortable: true }),
        field('met', 'datetime'),
        field('begins', 'datetime', { sortable: true }),
        field('kind', 'select', { options: kinds.map((value) => ({ value, label: label(value) })) }),
      ],
    } as Parameters<typeof insertObjects>[2][number]['definition']
    await insertObjects(tx, tenantId, [{ id: newId(), definition, position: 0 }], new Map())
    return loadModel(tx, tenantId)
  })
  deals = model.object.get('deals')!
  await write((context) =>
    createRecords(
      context,
      deals,
      Array.from({ length: records }, (_, n) => valuesOf(n)),
    ),
  )
  ids = (await owner.query<{ id: string }>('select id from records order by record_number')).rows.map(({ id }) => id)
  await owner.query(
    `update records set created_at = timestamptz '2024-01-01' + case when random() < 0.5 then interval '500 days' else random() * interval '3 years' end`,
  )
  await owner.query(
    `update records set owner_id = case when random() < 0.9 then ($1::uuid[])[1 + floor(random() * 3)] end,
       location_id = case when random() < 0.8 then ($2::uuid[])[1 + floor(random() * 2)] end`,
    [people, places],
  )
  await owner.query('update record_counters set live = live + 40000')
  // So few records are walked through before anything is looked up: here it is to cost what a million does.
  await owner.query(`alter database ${database.name} set cpu_tuple_cost = 1000000`)
})
afterAll(async () => {
  await Promise.all([reading.close(), writing.close()])
  await owner.end()
  await database.drop()
})

const write = <T>(work: (context: RecordContext) => Promise<T>) => inShop(writing, model, work)

const valuesOf = (n: number) => ({
  name: `Deal ${n}`,
  price: n % 7 === 0 ? null : n % 100,
  fee: n % 5 === 0 ? null : { amount: `${n % 50}.25`, currency: n % 3 === 0 ? 'EUR' : 'USD' },
  day: n % 11 === 0 ? null : `202${n % 5}-0${1 + (n % 9)}-15`,
  kind: n % 6 === 0 ? null : kinds[n % 4],
  rank: n % 8 === 0 ? null : n % 5,
  met: n % 7 === 1 ? null : hourOf('2024-11-02T20:00Z', n % 40),
  begins: n % 9 === 1 ? null : hourOf('2024-03-09T20:00Z', n % 40),
})

/** Around the nights in which the clocks of Havana are put back from one to midnight, and from midnight to one. */
const hourOf = (from: string, hours: number) => new Date(Date.parse(from) + hours * 3_600_000).toISOString()

const measures: AggregateQuery['measures'] = [
  { op: 'count' },
  { op: 'count', field: 'day' },
  { op: 'sum', field: 'price' },
  { op: 'min', field: 'price' },
  { op: 'max', field: 'day' },
  { op: 'sum', field: 'fee' },
  { op: 'max', field: 'fee' },
]
const queries: AggregateQuery[] = [
  { groupBy: [], measures },
  { groupBy: [{ field: 'kind' }], measures, sort: ['-sum(fee)'] },
  { groupBy: [{ field: 'createdAt', interval: 'month' }], measures },
  { groupBy: [{ field: 'kind' }, { field: 'day', interval: 'quarter' }], measures, sort: ['-count', 'kind'], limit: 9 },
  { groupBy: [{ field: 'fee', part: 'currency' }, { field: 'ownerId' }], measures, sort: ['-max(day)'] },
  { groupBy: [{ field: 'createdAt', interval: 'hour' }], measures: [{ op: 'sum', field: 'price' }] },
]

const is = (name: string, op: string, value?: unknown) => ({
  field: name,
  op,
  ...(value === undefined ? {} : { value }),
})
const filters = [
  is('kind', 'in', ['won', 'Älter']),
  { and: [is('kind', 'ne', 'won'), { or: [is('rank', 'gte', 2), { not: is('fee', 'notEmpty') }] }] },
  is('createdAt', 'between', ['2024-03-10', '2026-05-01']),
  {
    and: [
      is('createdAt', 'gt', '2025-01-01T10:30:00Z'),
      is('createdAt', 'lte', '2025-05-15'),
      is('rank', 'in', [1, 3]),
    ],
  },
  { not: is('createdAt', 'between', ['2024-06-01', '2025-05-15']) },
  is('day', 'between', ['2021-02-01', '2023-04-30']),
  is('met', 'eq', '2024-11-03'),
  { or: [is('begins', 'lt', '2024-03-10'), is('begins', 'gte', '2024-03-11'), is('begins', 'empty')] },
  { and: [is('ownerId', 'empty'), is('name', 'contains', '1')] },
]

/** Who reads, and where from; what they are granted and denied. */
type Viewer = Partial<RecordContext>
const grant = (scope: string, filter?: unknown) => ({ effect: 'grant', scope, filter })
const deny = (scope: string, filter?: unknown) => ({ effect: 'deny', scope, filter })

function viewer(...said: { effect: string; scope: string; filter: unknown }[]): Viewer {
  const exceptions = said.map(({ effect, ...rule }) => ({
    id: newId(),
    effect,
    rule: { kind: 'action', object: 'deals', action: 'read', ...rule },
  })) as MemberException[]
  const roles = [{ key: 'none', locationId: places[0]! }]
  return { policy: compilePolicy(model, { userId: people[0]!, roles, exceptions, colleagues: people.slice(0, 2) }) }
}
const viewers: (() => Viewer)[] = [
  () => viewer(grant('own')),
  () => viewer(grant('team'), grant('all', is('kind', 'eq', 'won'))),
  () => viewer(grant('location')),
  () => viewer(grant('all'), deny('all', is('rank', 'gt', 3))),
  () => ({ locationId: places[1]! }),
]
/** Each filter and each viewer with groups of their own. */
const narrowed = () => [
  ...filters.map((filter, index) => ({ query: { ...queries[index % queries.length]!, filter }, as: {} })),
  ...viewers.map((as, index) => ({ query: { ...queries[(index + 1) % queries.length]! }, as: as() })),
  { query: { ...queries[1]!, filter: filters[3] }, as: viewers[1]!() },
]

/** Whoever asks for the first time has the records added up. */
async function rowsKept(context: RecordContext, { kept }: AggregateQuestion): Promise<Row[] | undefined> {
  const [first] = await keptRows(context, [kept])
  return first ?? (await keptRows(context, [kept]))[0]
}

/** Both answers, within one transaction: from what is kept, and from the records. */
const answersTo = (query: AggregateQuery, as: Viewer = {}) =>
  inShop(
    reading,
    model,
    async (context) => {
      const question = await aggregateQuestion(context, deals, query)
      const { statement, answer } = question
      const kept = await rowsKept(context, question)
      if (!kept) throw new Error(`Nothing is kept of ${JSON.stringify(query.filter)}.`)
      return { kept: answer(kept), walked: answer(await context.tx.query(statement)) }
    },
    as,
  )

/** Before the statement of that number, somebody else commits a change. */
function interrupted(context: RecordContext, number: number, change: () => Promise<unknown>): RecordContext {
  let sent = 0
  const batch: Transaction['batch'] = async (statements) => {
    if (sent++ === number) await change()
    return context.tx.batch(statements)
  }
  const query: Transaction['query'] = async (statement) => (await batch([statement]))[0] as never
  const tx = new Proxy(context.tx, { get: (of, name) => ({ query, batch })[name as 'query'] ?? Reflect.get(of, name) })
  return { ...context, tx }
}

const allAsked = () => [...queries.map((query) => ({ query, as: {} })), ...narrowed()]

async function expectEqual(asked: { query: AggregateQuery; as: Viewer }[]): Promise<void> {
  for (const { query, as } of asked) {
    const { kept, walked } = await answersTo(query, as)
    expect(kept, JSON.stringify(query.filter)).toEqual(walked)
  }
}

type Command = { kind: 'create' | 'update' | 'delete' | 'restore' | 'purge'; at: number[] }

const command: fc.Arbitrary<Command> = fc.record({
  kind: fc.constantFrom('create' as const, 'update' as const, 'delete' as const, 'restore' as const, 'purge' as const),
  at: fc.array(fc.nat(records - 1), { minLength: 1, maxLength: 5 }),
})

const isTrashed = async (context: RecordContext, id: string): Promise<boolean | undefined> => {
  const [row] = await context.tx.query<{ trashed: boolean }>(
    sql`select deleted_at is not null as trashed from records where tenant_id = ${model.tenantId} and id = ${id}`,
  )
  return row?.trashed
}

async function done(context: RecordContext, { kind, at }: Command): Promise<void> {
  if (kind === 'create') {
    await createRecords(context, deals, at.map(valuesOf))
    return
  }
  for (const n of new Set(at)) {
    const id = ids[n]!
    const trashed = await isTrashed(context, id)
    if (trashed === false && kind === 'update') {
      await updateRecords(context, deals, [{ id, input: valuesOf(n * 31 + at.length) }])
    }
    if (trashed === false && kind === 'delete') await deleteRecords(context, deals, [id])
    if (trashed && kind === 'restore') await restoreRecord(context, deals, id)
    if (trashed && kind === 'purge') {
      await context.tx.query(sql`delete from records where tenant_id = ${model.tenantId} and id = ${id}`)
    }
  }
}

describe('sums that are kept', () => {
  it('are those of the records, whatever is changed, taken back or still under way', async () => {
    const asked = allAsked()
    await expectEqual(asked)
    const day = fc.date({ min: new Date('2024-01-01'), max: new Date('2026-12-31'), noInvalidDate: true })
    const period = fc.tuple(day, day).map((days) => {
      const filter = is('createdAt', 'between', days.map((one) => one.toISOString().slice(0, 10)).toSorted())
      return { query: { ...queries[1]!, filter }, as: {} }
    })
    const some = fc.uniqueArray(fc.constantFrom(...asked), { minLength: 3, maxLength: 3 })
    const asking = fc.tuple(some, fc.array(period, { minLength: 2, maxLength: 2 })).map((parts) => parts.flat())
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(command, fc.boolean()), { maxLength: 4 }), asking, async (commands, asked) => {
        for (const [one, isTakenBack] of commands) {
          const ended = write(async (context) => {
            await done(context, one)
            // Others add up what they can see, before the change is there for them.
            await expectEqual(asked)
            if (isTakenBack) throw new Error('taken back')
          })
          await (isTakenBack ? expect(ended).rejects.toThrow('taken back') : ended)
          await expectEqual(asked)
        }
      }),
      { numRuns: 10 },
    )
    await expectEqual(asked)
  })

  it('are made once for all who ask at once, and again only after a change', async () => {
    const asking = () => Promise.all(Array.from({ length: 8 }, () => answersTo(queries[3]!)))
    await asking()
    await write((context) => done(context, { kind: 'update', at: [5, 6] }))
    for (const { kept, walked } of await asking()) expect(kept).toEqual(walked)
  })

  it('show all of a change or nothing of it, whenever it is committed', async () => {
    const [first, second] = [ids[10]!, ids[1_400]!]
    await owner.query(`update records set created_at = timestamptz '2024-02-01' where id = $1`, [first])
    await owner.query(`update records set created_at = timestamptz '2026-11-01' where id = $1`, [second])
    let given = 0
    // What one has more, the other has less.
    const give = () => {
      given = 50 - given
      return write((context) =>
        updateRecords(context, deals, [
          { id: first, input: { price: 50 + given } },
          { id: second, input: { price: 50 - given } },
        ]),
      )
    }
    await give()
    const asked: AggregateQuery = { groupBy: [], measures: [{ op: 'sum', field: 'price' }] }
    const afternoon = is('createdAt', 'gt', '2024-01-15T15:00:00Z')
    for (const query of [asked, { ...asked, filter: afternoon }]) {
      const { walked } = await answersTo(query)
      for (const number of [0, 1, 2, 3]) {
        // Only one of both is in a stretch that is to be walked through.
        await write((context) => updateRecords(context, deals, [{ id: first, input: { rank: number } }]))
        await inShop(reading, model, async (context) => {
          const question = await aggregateQuestion(context, deals, query)
          const [rows] = await keptRows(interrupted(context, number, give), [question.kept])
          expect(question.answer(rows!)).toEqual(walked)
        })
      }
    }
  })

  it('are there for a process that starts later, with what has changed since', async () => {
    const reader = <T>(work: (context: RecordContext) => Promise<T>) =>
      reading.transaction({ tenantId: model.tenantId, version: model.version, readsOnly: true }, (tx) =>
        inShop(reading, model, work, { tx }),
      )
    const now = Date.now()
    const clock = vi.spyOn(Date, 'now')
    onTestFinished(() => clock.mockRestore())
    let days = 0
    // What is kept is too old after a week, as in a process that has just started there is nothing.
    const startedLater = () =>
      reader(async (context) => {
        days += 8
        clock.mockReturnValue(now + days * 86_400_000)
        const question = await aggregateQuestion(context, deals, queries[1]!)
        const { statement, answer } = question
        const kept = await rowsKept(context, question)
        return { kept: answer(kept!).groups, walked: answer(await context.tx.query(statement)).groups }
      })
    const first = await startedLater()
    expect(first.kept).toEqual(first.walked)
    await write((context) => done(context, { kind: 'update', at: [1, 700, 1_400] }))
    const second = await startedLater()
    expect(second.kept).toEqual(second.walked)
    // Nothing but what was put by is read, unless another cluster did it.
    await owner.query(`update kept_sums set parts = repeat(E'\\n', jsonb_array_length(bounds))`)
    const emptied = await startedLater()
    expect(emptied.kept).not.toEqual(emptied.walked)
    await owner.query(`update kept_sums set cluster = 'another', parts = repeat(E'\\n', jsonb_array_length(bounds))`)
    const anew = await startedLater()
    expect(anew.kept).toEqual(anew.walked)
    await write((context) => done(context, { kind: 'delete', at: [3] }))
    await write((context) => done(context, { kind: 'purge', at: [3] }))
    expect((await owner.query('select from kept_sums')).rows).toHaveLength(0)
  })

  it('are not made of what the transaction itself has written', async () => {
    await write(async (context) => {
      await done(context, { kind: 'create', at: [1] })
      expect(await rowsKept(context, await aggregateQuestion(context, deals, queries[1]!))).toBeUndefined()
    })
  })

  it('are kept of no way over relations, average or number of different values', async () => {
    await inShop(reading, model, async (context) => {
      const asked = async (query: Partial<AggregateQuery>) =>
        (await aggregateQuestion(context, deals, { groupBy: [], measures: [{ op: 'count', field: 'day' }], ...query }))
          .kept
      expect(await asked({})).toBeDefined()
      expect(await asked({ measures: [{ op: 'avg', field: 'price' }] })).toBeUndefined()
      expect(await asked({ measures: [{ op: 'distinct', field: 'kind' }] })).toBeUndefined()
    })
  })
})
