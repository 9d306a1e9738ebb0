import fc from 'fast-check'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloneDatabase, type TestDatabase } from '../../../../tests/postgres.ts'
import { Database, newId, sql } from '../../database/index.ts'
import {
  type CompiledObject,
  insertObjects,
  loadModel,
  type StageDefinition,
  type TenantModel,
} from '../../metadata/index.ts'
import { inShop } from '../computed/shop.fixture.ts'
import {
  createRecord,
  createRecords,
  deleteRecords,
  type RecordContext,
  restoreRecord,
  updateRecord,
  updateRecords,
} from '../index.ts'

const label = (en: string) => ({ en })
const stage = (value: string, more: Partial<StageDefinition> = {}): StageDefinition => ({
  value,
  label: label(value),
  ...more,
})
const way = [
  stage('a', { moves: ['b', 'x'] }),
  stage('b', { requires: ['price'] }),
  stage('c', { kind: 'won', moves: ['a'] }),
  stage('x', { kind: 'lost', reasons: { required: true, options: [stage('dear')] } }),
]
const side = [stage('p'), stage('q')]

let database: TestDatabase
let owner: Client
let model: TenantModel
let deals: CompiledObject
const pools: Database[] = []

beforeAll(async () => {
  database = await cloneDatabase()
  owner = new Client({ connectionString: database.ownerUrl })
  await owner.connect()
  for (let n = 0; n < 4; n++) pools.push(new Database({ url: database.appUrl, max: 8, acquireTimeoutMs: 60_000 }))
  const tenantId = newId()
  await pools[0]!.run(
    { tenantId },
    sql`insert into tenants (id, name, slug, plan) values (${tenantId}, 'Deals', 'deals', 'unlimited')`,
  )
  model = await pools[0]!.transaction({ tenantId }, async (tx) => {
    const definition = {
      slug: 'deals',
      label: label('Deal'),
      labelPlural: label('Deals'),
      icon: 'box',
      numberPrefix: 'DEA-',
      roles: { title: 'name', stage: 'stage' },
      fields: [
        { key: 'name', label: label('Name'), type: 'text' as const },
        { key: 'price', label: label('Price'), type: 'number' as const },
        { key: 'stage', label: label('Stage'), type: 'select' as const, options: way },
        { key: 'side', label: label('Side'), type: 'select' as const, options: side },
      ],
      pipelines: [
        { key: 'main', label: label('Main'), field: 'stage', stages: way },
        { key: 'side', label: label('Side'), field: 'side', stages: side },
      ],
    }
    await insertObjects(tx, tenantId, [{ id: newId(), definition, position: 0 }], new Map())
    return loadModel(tx, tenantId)
  })
  deals = model.object.get('deals')!
})
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.close()))
  await owner.end()
  await database.drop()
})

const run = <T>(writer: number, work: (context: RecordContext) => Promise<T>) => inShop(pools[writer]!, model, work)

interface Stay {
  record_id: string
  field_id: string
  stage: string
  entered: string
  left: string | null
  left_to: string | null
}

/** What is wrong with the stays of all records: gaps, overlaps, stages that do not follow, moves that may not be. */
async function flaws(): Promise<string[]> {
  const { rows } = await owner.query<Stay>(
    `select record_id, field_id, stage, entered_at::text as entered, left_at::text as left, left_to
     from stage_stays order by record_id, field_id, entered_at, left_at nulls last`,
  )
  const { rows: records } = await owner.query<{ id: string; data: Record<string, string>; since: string | null }>(
    'select id, data, coalesce(stage_since, created_at)::text as since from records',
  )
  const found: string[] = []
  for (const { key, id: fieldId } of deals.fields.filter((field) => field.key === 'stage' || field.key === 'side')) {
    for (const { id, data, since } of records) {
      const stays = rows.filter((stay) => stay.record_id === id && stay.field_id === fieldId)
      const open = stays.filter((stay) => stay.left === null)
      const is = data[key] ?? null
      if (open.length !== (is === null ? 0 : 1)) found.push(`${key} ${is}: ${open.length} open`)
      if (is !== null && stays.at(-1)?.stage !== is) found.push(`${key} ${is}: last is ${stays.at(-1)?.stage}`)
      if (key === 'stage' && is !== null && stays.at(-1)?.entered !== since) found.push('since differs')
      for (const [index, stay] of stays.entries()) {
        const next = stays[index + 1]
        if (stay.left !== null && stay.left < stay.entered) found.push('ends before it begins')
        if (stay.left_to !== null && (next?.stage !== stay.left_to || next.entered !== stay.left)) found.push('gap')
        if (stay.left_to === null && next && next.entered < stay.left!) found.push('overlap')
        const allowed = key === 'stage' ? way.find((one) => one.value === stay.stage)?.moves : undefined
        if (stay.left !== null && allowed && !allowed.includes(stay.left_to!))
          found.push(`forbidden ${stay.stage} to ${stay.left_to}`)
      }
    }
  }
  return found
}

type Command =
  | { kind: 'create'; stage: string; many: boolean }
  | { kind: 'move'; of: number; stage: string; reason: boolean; many: boolean }
  | { kind: 'side'; of: number; side: string | null }
  | { kind: 'price'; of: number; price: number | null }
  | { kind: 'delete' | 'restore'; of: number }

const of = fc.nat(4)
const anyStage = fc.constantFrom('a', 'b', 'c', 'x')
const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ kind: fc.constant('create' as const), stage: anyStage, many: fc.boolean() }),
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('move' as const),
      of,
      stage: anyStage,
      reason: fc.boolean(),
      many: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('side' as const), of, side: fc.constantFrom('p', 'q', null) }),
  },
  fc.record({ kind: fc.constant('price' as const), of, price: fc.constantFrom(1, 2, null) }),
  fc.record({ kind: fc.constantFrom('delete' as const, 'restore' as const), of }),
)

/** Carries a command out; what is refused leaves everything as it is. */
async function carryOut(writer: number, ids: string[], one: Command): Promise<void> {
  const id = 'of' in one ? ids[one.of % Math.max(1, ids.length)] : undefined
  if (one.kind !== 'create' && id === undefined) return
  const moves = { stageMoves: { main: { reason: 'dear' } } }
  const patch = (input: Record<string, unknown>, many: boolean) =>
    run<unknown>(writer, (context) =>
      many
        ? updateRecords(
            context,
            deals,
            ids.map((each) => ({ id: each, input })),
          )
        : updateRecord(context, deals, id!, input, { mode: 'patch' }),
    )
  try {
    if (one.kind === 'create') {
      const input = { name: 'Deal', price: 1, stage: one.stage, ...(one.stage === 'x' ? moves : {}) }
      const made = await run(writer, async (context) =>
        one.many
          ? (await createRecords(context, deals, [input, { ...input, side: 'p' }])).flatMap((each) =>
              each.success ? [each.id] : [],
            )
          : [(await createRecord(context, deals, input)).id],
      )
      ids.push(...made)
    } else if (one.kind === 'move')
      await patch({ stage: one.stage, ...(one.reason && one.stage === 'x' ? moves : {}) }, one.many)
    else if (one.kind === 'side') await patch({ side: one.side }, false)
    else if (one.kind === 'price') await patch({ price: one.price }, false)
    else if (one.kind === 'delete') await run(writer, (context) => deleteRecords(context, deals, [id!]))
    else await run(writer, (context) => restoreRecord(context, deals, id!))
  } catch (error) {
    const { status } = error as { status?: number }
    if (status === undefined || status >= 500) throw error
  }
}

describe('stays', () => {
  it('tile the time of every record, whatever four writers do at once', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(command, { maxLength: 12 }), { minLength: 4, maxLength: 4 }),
        async (writers) => {
          await owner.query('delete from records')
          const ids: string[] = []
          await carryOut(0, ids, { kind: 'create', stage: 'a', many: true })
          await Promise.all(
            writers.map(async (commands, writer) => {
              for (const one of commands) await carryOut(writer, ids, one)
            }),
          )
          expect(await flaws()).toEqual([])
        },
      ),
      { numRuns: Number(process.env.OF_PROPERTY_RUNS ?? 25) },
    )
  })

  it('are as many as there were moves when thirty people move one record at once', async () => {
    const { id } = await run(0, (context) => createRecord(context, deals, { name: 'Wanted', stage: 'b', price: 1 }))
    const wanted = Array.from({ length: 30 }, (_, n) => (n % 2 === 0 ? 'c' : 'b'))
    const answers = await Promise.allSettled(
      wanted.map((value, n) =>
        run(n % 4, (context) => updateRecord(context, deals, id, { stage: value }, { mode: 'patch' })),
      ),
    )
    // From b to c is free, back is not: exactly one move is made, and all that came too late are refused.
    const refused = answers.filter(({ status }) => status === 'rejected').length
    const { rows } = await owner.query('select stage from stage_stays where record_id = $1 order by entered_at', [id])
    expect(rows).toEqual([{ stage: 'b' }, { stage: 'c' }])
    expect(refused).toBeGreaterThan(0)
    expect(await flaws()).toEqual([])
  })

  it('cost a record without pipelines, and a change without a move, nothing', async () => {
    const { id } = await run(0, (context) => createRecord(context, deals, { name: 'Still', stage: 'b', price: 1 }))
    const before = await owner.query('select count(*) from stage_stays')
    await run(0, (context) => updateRecord(context, deals, id, { name: 'Quiet' }, { mode: 'patch' }))
    expect((await owner.query('select count(*) from stage_stays')).rows).toEqual(before.rows)
  })
})
