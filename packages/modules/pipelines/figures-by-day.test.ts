/** Figures from sums by day, beside those from the stays themselves, while stays change and days are added up in between. */
import { Database, newId, sql } from '@oneforge/kernel/database'
import fc from 'fast-check'
import { Client } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cloneDatabase, type TestDatabase } from '../../../tests/postgres.ts'
import { type FiguresQuestion, readFigures, readLost, readMedians } from './figures.store.ts'
import {
  addUpDays,
  areSummed,
  changedPipelines,
  forgetDays,
  readFiguresByDay,
  readLostByDay,
  readMediansByDay,
} from './figures-by-day.store.ts'

const [tenantId, objectId, fieldId] = [newId(), newId(), newId()]
const people = [newId(), newId()]
const question: FiguresQuestion = {
  tenantId,
  objectId,
  fieldId,
  from: '2026-01-11',
  to: '2026-03-01',
  timeZone: 'Asia/Kathmandu',
  forward: ['new', 'offer', 'won'],
  won: ['won'],
  lost: ['lost'],
  records: [],
  whole: true,
}
let database: TestDatabase
let owner: Client
let app: Database

beforeAll(async () => {
  database = await cloneDatabase()
  owner = new Client({ connectionString: database.ownerUrl })
  await owner.connect()
  app = new Database({ url: database.appUrl, max: 2 })
  await app.run(
    { tenantId },
    sql`insert into tenants (id, name, slug, plan) values (${tenantId}, 'Days', 'days', 'unlimited')`,
  )
  // Records stand for themselves here: their object is nothing but an id. What notes changes is at work all the same.
  await owner.query(`set session_replication_role = 'replica'`)
  for (const name of ['stays_entered', 'stays_changed', 'stays_gone'])
    await owner.query(`alter table stage_stays enable always trigger ${name}`)
  await owner.query('alter table records enable always trigger stays_of_trashed')
})
afterAll(async () => {
  await app.close()
  await owner.end()
  await database.drop()
})
beforeEach(async () => {
  await owner.query('delete from stage_stays; delete from records')
  await app.transaction({ tenantId }, (tx) => forgetDays(tx, tenantId, fieldId))
})

const record = (id: string) =>
  owner.query(
    `insert into records (tenant_id, object_id, id, record_number, title, title_key, data)
     values ($1, $2, $3, $4, '', '', '{}') on conflict do nothing`,
    [tenantId, objectId, id, id],
  )

interface Move {
  record: number
  stage: string
  after: number
  person: number
  currency: string
  reason: string | null
}

/** Seconds since the first of January; a record moves in the order in which it is told to. */
const begun = Date.parse('2026-01-01T00:00:00Z') / 1_000
const clock = new Map<string, number>()

async function move(ids: string[], { record: at, stage, after, person, currency, reason }: Move): Promise<void> {
  const id = ids[at]!
  const moment = (clock.get(id) ?? 0) + after
  clock.set(id, moment)
  await record(id)
  await owner.query(
    `update stage_stays set left_at = to_timestamp($3), left_to = $4 where tenant_id = $1 and record_id = $2 and left_at is null`,
    [tenantId, id, begun + moment, stage],
  )
  await owner.query(
    `insert into stage_stays (tenant_id, object_id, record_id, field_id, stage, entered_at, owner_id, amount_minor, currency, reason)
     values ($1, $2, $3, $4, $5, to_timestamp($6), $7, $8, $9, $10)`,
    [tenantId, objectId, id, fieldId, stage, begun + moment, people[person], moment % 1_000, currency, reason],
  )
}

const day = 86_400
const moves = fc.array(
  fc.record({
    record: fc.nat({ max: 7 }),
    stage: fc.constantFrom('new', 'offer', 'won', 'lost'),
    after: fc.nat({ max: 15 * day }),
    person: fc.nat({ max: 1 }),
    currency: fc.constantFrom('USD', 'EUR'),
    reason: fc.constantFrom('price', null),
  }),
  { minLength: 1, maxLength: 25 },
)
const step = fc.oneof(
  { weight: 3, arbitrary: moves.map((those) => ({ kind: 'move' as const, those })) },
  fc.nat({ max: 7 }).map((at) => ({ kind: 'trash' as const, at })),
  fc.nat({ max: 7 }).map((at) => ({ kind: 'purge' as const, at })),
  fc.constant({ kind: 'add up' as const }),
)

const addUp = () =>
  app.transaction({ tenantId }, async (tx) => {
    while (await addUpDays(tx, question)) {
      // Until no day is left.
    }
  })

/** For comparison: rows in no order, sums of fractions without what the order of adding makes of them. */
const sorted = (rows: object[]): string[] =>
  rows
    .map((row) => {
      const values = Object.entries(row).sort(([a], [b]) => a.localeCompare(b))
      return JSON.stringify(values.map(([, value]) => (typeof value === 'number' ? Math.round(value * 1e4) : value)))
    })
    .sort()

/** Both answers to each question, in one transaction. */
async function expectSame(): Promise<void> {
  await app.transaction({ tenantId }, async (tx) => {
    for (const asked of [question, { ...question, owner: people[0]! }]) {
      for (const group of [undefined, 'owner', 'month'] as const)
        expect(sorted(await readFiguresByDay(tx, asked, group))).toEqual(sorted(await readFigures(tx, asked, group)))
      expect(sorted(await readMediansByDay(tx, asked))).toEqual(sorted(await readMedians(tx, asked)))
      expect(sorted(await readLostByDay(tx, asked))).toEqual(sorted(await readLost(tx, asked)))
    }
  })
}

describe('figures from sums by day', () => {
  it('are those of the stays, whatever has changed since', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        await owner.query('delete from stage_stays; delete from records')
        clock.clear()
        const ids = Array.from({ length: 8 }, () => newId())
        await addUp()
        for (const one of steps) {
          if (one.kind === 'move') for (const each of one.those) await move(ids, each)
          else if (one.kind === 'add up') await addUp()
          else if (one.kind === 'trash')
            await owner.query(
              'update records set deleted_at = case when deleted_at is null then now() end where id = $1',
              [ids[one.at]],
            )
          else await owner.query('delete from stage_stays where record_id = $1', [ids[one.at]])
          await expectSame()
        }
      }),
      { numRuns: 25 },
    )
  })

  it('hold what was written while days were added up', async () => {
    const [first, second] = [newId(), newId()]
    const entered = { stage: 'new', after: 20 * day, person: 0, currency: 'USD', reason: null }
    clock.clear()
    await move([first], { ...entered, record: 0 })
    await owner.query('begin')
    await move([second], { ...entered, record: 0 })
    await addUp()
    await owner.query('commit')
    await expectSame()
    await addUp()
    await expectSame()
    expect(await changedPipelines(app)).toEqual([])
  })

  it('are taken for a pipeline as it is only', async () => {
    await move([newId()], { record: 0, stage: 'offer', after: 20 * day, person: 0, currency: 'USD', reason: null })
    await addUp()
    const other = { ...question, won: ['offer'], timeZone: 'America/New_York' }
    await app.transaction({ tenantId }, async (tx) => {
      expect(await areSummed(tx, question)).toBe(true)
      expect(await areSummed(tx, other)).toBe(false)
      expect(sorted(await readFiguresByDay(tx, other))).toEqual(sorted(await readFigures(tx, other)))
      while (await addUpDays(tx, other)) {
        // Until no day is left.
      }
      expect(await areSummed(tx, other)).toBe(true)
      expect(sorted(await readFiguresByDay(tx, other))).toEqual(sorted(await readFigures(tx, other)))
    })
  })
})
