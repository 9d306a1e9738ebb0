/** Figures of stays as the database adds them up, beside a computation from the stays themselves. */
import { Database, newId, sql } from '@oneforge/kernel/database'
import fc from 'fast-check'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloneDatabase, type TestDatabase } from '../../../tests/postgres.ts'
import { type FiguresQuestion, readFigures, readMedians } from './figures.store.ts'

const [tenantId, objectId, fieldId] = [newId(), newId(), newId()]
const forward = ['new', 'offer', 'won']
let database: TestDatabase
let owner: Client
let app: Database

beforeAll(async () => {
  database = await cloneDatabase()
  owner = new Client({ connectionString: database.ownerUrl })
  await owner.connect()
  app = new Database({ url: database.appUrl, max: 1 })
  await app.run(
    { tenantId },
    sql`insert into tenants (id, name, slug, plan) values (${tenantId}, 'Stays', 'stays', 'unlimited')`,
  )
  // Records stand for themselves here: their object is nothing but an id.
  await owner.query(`set session_replication_role = 'replica'`)
})
afterAll(async () => {
  await app.close()
  await owner.end()
  await database.drop()
})

interface Stay {
  record: string
  stage: string
  entered: number
  left: number | null
  to: string | null
}

const day = 86_400
/** Seconds since the first of January. */
const begun = Date.parse('2026-01-01T00:00:00Z') / 1_000
const period = { first: 20 * day, end: 60 * day }

const way = fc.record({
  isDeleted: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
  entered: fc.nat({ max: 50 * day }),
  steps: fc.array(
    fc.record({ stage: fc.constantFrom('new', 'offer', 'won', 'lost'), seconds: fc.nat({ max: 20 * day }) }),
    {
      minLength: 1,
      maxLength: 5,
    },
  ),
})

function staysOf(record: string, { entered, steps }: { entered: number; steps: { stage: string; seconds: number }[] }) {
  let at = entered
  return steps.map(({ stage, seconds }, index): Stay => {
    const next = steps[index + 1]
    const stay = { record, stage, entered: at, left: next ? at + seconds : null, to: next?.stage ?? null }
    at += seconds
    return stay
  })
}

function expected(stays: Stay[]) {
  const meant = stays.filter(({ entered }) => entered >= period.first && entered < period.end)
  const wins = stays.filter(({ stage, entered }) => stage === 'won' && entered >= period.first)
  return [...Map.groupBy(meant, ({ stage }) => stage)].sort().map(([stage, those]) => {
    const times = those.flatMap(({ entered, left }) => (left === null ? [] : [left - entered])).sort((a, b) => a - b)
    const middle = (times.length - 1) / 2
    return {
      stage,
      entered: those.length,
      ended: times.length,
      moved_on: those.filter(({ to }) => forward.indexOf(to ?? '') > forward.indexOf(stage)).length,
      won: those.filter((stay) => wins.some((win) => win.record === stay.record && win.entered >= stay.entered)).length,
      average: times.length > 0 ? times.reduce((sum, time) => sum + time, 0) / times.length : null,
      median: times.length > 0 ? (times[Math.floor(middle)]! + times[Math.ceil(middle)]!) / 2 : null,
    }
  })
}

describe('figures of stays', () => {
  it('equal a computation from the stays, those of records in the trash left out', { timeout: 60_000 }, async () => {
    const question: FiguresQuestion = {
      tenantId,
      objectId,
      fieldId,
      from: '2026-01-21',
      to: '2026-03-01',
      timeZone: 'UTC',
      forward,
      won: ['won'],
      lost: ['lost'],
      records: [],
      whole: true,
    }
    await fc.assert(
      fc.asyncProperty(fc.array(way, { maxLength: 30 }), async (ways) => {
        const records = ways.map((one) => ({ id: newId(), ...one }))
        await owner.query('delete from stage_stays; delete from records')
        await owner.query(
          `insert into records (tenant_id, object_id, id, record_number, title, title_key, data, deleted_at)
           select $1, $2, r.id, r.id::text, '', '', '{}', case when r."isDeleted" then now() end
           from jsonb_to_recordset($3::jsonb) as r(id uuid, "isDeleted" boolean)`,
          [tenantId, objectId, JSON.stringify(records)],
        )
        const stays = records.flatMap((record) => staysOf(record.id, record))
        await owner.query(
          `insert into stage_stays (tenant_id, object_id, record_id, field_id, stage, entered_at, left_at, left_to)
           select $1, $2, s.record, $3, s.stage, to_timestamp($4 + s.entered), to_timestamp($4 + s.left), s.to
           from jsonb_to_recordset($5::jsonb) as s(record uuid, stage text, entered int, "left" int, "to" text)`,
          [tenantId, objectId, fieldId, begun, JSON.stringify(stays)],
        )
        const [figures, medians] = await app.transaction({ tenantId }, async (tx) => [
          await readFigures(tx, question),
          await readMedians(tx, question),
        ])
        const found = figures.map(({ group_key: _, group_label: __, average, ...row }) => ({
          ...row,
          average: average === null ? null : Math.round(average * 1e6) / 1e6,
          median: medians.find(({ stage }) => stage === row.stage)?.median ?? null,
        }))
        const living = new Set(records.flatMap(({ id, isDeleted }) => (isDeleted ? [] : [id])))
        const wanted = expected(stays.filter(({ record }) => living.has(record)))
        expect(found).toEqual(
          wanted.map((row) => ({ ...row, average: row.average && Math.round(row.average * 1e6) / 1e6 })),
        )
      }),
      { numRuns: 60 },
    )
  })
})
