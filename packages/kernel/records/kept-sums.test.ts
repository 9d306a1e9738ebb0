import fc from 'fast-check'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloneDatabase, type TestDatabase } from '../../../tests/postgres.ts'
import { Database, newId, sql } from '../database/index.ts'
import { type CompiledObject, insertObjects, loadModel, type TenantModel } from '../metadata/index.ts'
import { type AggregateQuery, aggregateQuestion } from './aggregate.ts'
import { inShop } from './computed/shop.fixture.ts'
import { createRecords, deleteRecords, type RecordContext, restoreRecord, updateRecords } from './index.ts'

const label = (en: string) => ({ en })
const kinds = ['new', 'open', 'Älter', 'won']
const field = (key: string, type: string, more: object = {}) => ({ key, label: label(key), type, ...more })

let database: TestDatabase
let owner: Client
let model: TenantModel
let deals: CompiledObject
let ids: string[]
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
    sql`insert into tenants (id, name, slug, plan) values (${tenantId}, 'Deals', 'deals', 'unlimited')`,
  )
  model = await writing.transaction({ tenantId }, async (tx) => {
    const definition = {
      slug: 'deals',
      label: label('Deal'),
      labelPlural: label('Deals'),
      icon: 'box',
      numberPrefix: 'DEA-',
      roles: { title: 'name' },
      fields: [
        field('name', 'text'),
        field('price', 'number'),
        field('fee', 'money'),
        field('day', 'date'),
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
  await owner.query('update record_counters set live = live + 40000')
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
})

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

/** Both answers, within one transaction: from what is kept, and from the records. */
const answersTo = (query: AggregateQuery) =>
  inShop(reading, model, async (context) => {
    const { statement, fromKept, answer } = await aggregateQuestion(context, deals, query)
    const kept = await fromKept!()
    if (!kept) throw new Error('Nothing is kept of it.')
    return { kept: answer(await context.tx.query(kept)), walked: answer(await context.tx.query(statement)) }
  })

async function expectEqual(): Promise<void> {
  for (const query of queries) {
    const { kept, walked } = await answersTo(query)
    expect(kept).toEqual(walked)
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
    await expectEqual()
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(command, fc.boolean()), { maxLength: 4 }), async (commands) => {
        for (const [one, isTakenBack] of commands) {
          const ended = write(async (context) => {
            await done(context, one)
            // Others add up what they can see, before the change is there for them.
            await expectEqual()
            if (isTakenBack) throw new Error('taken back')
          })
          await (isTakenBack ? expect(ended).rejects.toThrow('taken back') : ended)
          await expectEqual()
        }
      }),
      { numRuns: 12 },
    )
  })

  it('are not made of what the transaction itself has written', async () => {
    await write(async (context) => {
      await done(context, { kind: 'create', at: [1] })
      const { fromKept } = await aggregateQuestion(context, deals, queries[1]!)
      expect(await fromKept!()).toBeUndefined()
    })
  })

  it('are kept of no way over relations, average or number of different values', async () => {
    await inShop(reading, model, async (context) => {
      const asked = async (query: Partial<AggregateQuery>) =>
        (await aggregateQuestion(context, deals, { groupBy: [], measures: [{ op: 'count', field: 'day' }], ...query }))
          .fromKept
      expect(await asked({})).toBeDefined()
      expect(await asked({ measures: [{ op: 'avg', field: 'price' }] })).toBeUndefined()
      expect(await asked({ measures: [{ op: 'distinct', field: 'kind' }] })).toBeUndefined()
      expect(await asked({ filter: { field: 'kind', op: 'eq', value: 'won' } })).toBeUndefined()
    })
  })
})
