/**
 * Whatever administrators do to the shape of a workspace, taking all of it back in reverse leaves what there was: the
 * compiled model, the records as people see them, and the columns that lists are read by.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { loadModel, orderedStorage, type TenantModel } from '@oneforge/kernel/metadata'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiClient, Json } from '../client.ts'
import { type RunningSystem, startSystem } from '../server.ts'

let system: RunningSystem
let client: ApiClient

const keys = ['name', 'floor', 'color', 'code', 'guest', 'price', 'twice', 'beside']
const key = fc.constantFrom(...keys)
const label = fc.constantFrom('One', 'Two', 'Three', 'Näive')
const options = fc.shuffledSubarray(['red', 'green', 'blue', 'gold', 'pink'], { minLength: 1 })

type Command = [method: string, path: string, body?: unknown]
const field = (change: fc.Arbitrary<object>): fc.Arbitrary<Command> =>
  fc.tuple(key, change).map(([one, body]) => ['PATCH', `/objects/rooms/fields/${one}`, body])

const addable = fc.constantFrom<object>(
  { key: 'guest', label: 'Guest', type: 'text', searchable: true, sortable: true },
  { key: 'price', label: 'Price', type: 'money', currency: 'EUR', sortable: true },
  { key: 'twice', label: 'Twice', type: 'formula', computed: { expression: 'floor * 2' } },
  {
    key: 'beside',
    label: 'Beside',
    type: 'relation',
    relation: { object: 'rooms', inverse: { key: 'neighbours', label: 'Neighbours' } },
  },
)

const commands: fc.Arbitrary<Command> = fc.oneof(
  field(fc.record({ label })),
  field(fc.record({ required: fc.boolean() })),
  field(fc.record({ searchable: fc.boolean(), sortable: fc.boolean() })),
  field(fc.record({ unique: fc.boolean() })),
  options.map((list): Command => ['PATCH', '/objects/rooms/fields/color', { options: list }]),
  key.map((one): Command => ['DELETE', `/objects/rooms/fields/${one}`]),
  key.map((one): Command => ['POST', `/objects/rooms/fields/${one}/restore`]),
  addable.map((body): Command => ['POST', '/objects/rooms/fields', body]),
  fc
    .tuple(key, fc.constantFrom('level', 'tint', 'name'))
    .map(([one, name]): Command => ['POST', `/objects/rooms/fields/${one}/rename`, { name }]),
  fc
    .tuple(key, fc.constantFrom('text', 'number', 'longtext'))
    .map(([one, type]): Command => ['POST', `/objects/rooms/fields/${one}/convert`, { type }]),
  fc.shuffledSubarray(keys).map((order): Command => ['PUT', '/objects/rooms/fields/order', { keys: order }]),
  fc.record({ label, icon: fc.constantFrom('box', 'door') }).map((body): Command => ['PATCH', '/objects/rooms', body]),
  fc.constantFrom('name', 'code').map((title): Command => ['PATCH', '/objects/rooms', { roles: { title } }]),
  fc
    .subarray(['name', 'floor', 'code'], { minLength: 1 })
    .map((fields): Command => ['PATCH', '/objects/rooms', { uniqueKeys: [{ key: 'together', fields }] }]),
  fc
    .constantFrom('floor >= 0', 'floor < 100')
    .map((check): Command => ['PATCH', '/objects/rooms', { rules: [{ key: 'sane', message: 'No', check }] }]),
  fc.constantFrom('cups', 'mugs').map((slug): Command => {
    const fields = [{ key: 'name', label: 'Name', type: 'text' }]
    return ['POST', '/objects', { slug, label: slug, labelPlural: slug, fields }]
  }),
  fc.constantFrom('cups', 'mugs').map((slug): Command => ['DELETE', `/objects/${slug}?force=true`]),
  fc.constantFrom(['rooms', 'cups'], ['mugs', 'rooms']).map((order): Command => ['PUT', '/objects', { order }]),
  label.map(
    (text): Command => ['POST', '/objects/rooms/views', { label: text, type: 'table', visibility: 'everyone' }],
  ),
  label.map((text): Command => ['POST', '/access/roles', { label: text, admin: ['views'] }]),
)

async function settled(): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    const [row] = await system.sql<{ busy: number }>(
      `select count(*)::int as busy from fields
       where (derive_job is not null or definition -> 'twin' ->> 'job' is not null) and tenant_id = $1`,
      [client.tenantId],
    )
    if (row!.busy === 0) return
    await sleep(25)
  }
  throw new Error('The jobs that derive records did not come to an end.')
}

function plainModel(model: TenantModel): Json {
  const { version: _, objects, roles, object: __, objectById: ___, ...rest } = model
  return {
    ...rest,
    roles: [...roles],
    objects: objects.map(({ field: _, relation: __, changedIn: ___, pipelines, ...object }: Json) => ({
      ...object,
      pipelines: pipelines ?? [],
      fields: object.fields.map(({ filling: _, derivedBy: __, ...one }: Json) => ({
        ...one,
        storage: orderedStorage({ filling: _, storage: one.storage }),
        optionByValue: [...one.optionByValue],
      })),
    })),
  }
}

async function everything(): Promise<Json> {
  await settled()
  const { tenantId } = client
  const model = await system.system.database.transaction({ tenantId }, (tx) => loadModel(tx, tenantId))
  const rows = await system.sql<{ data: Json }>(
    `select id, title, title_key, stage, search, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, data from records
     where tenant_id = $1 order by id`,
    [tenantId],
  )
  // What a field out of sight holds stays for the day that it comes back.
  const live = model.object.get('rooms')!.field
  for (const row of rows) row.data = Object.fromEntries(Object.entries(row.data).filter(([one]) => live.has(one)))
  const uniques = await system.sql(
    'select field_id, value, record_id from unique_values where tenant_id = $1 order by field_id, value',
    [tenantId],
  )
  const views = await client.get('/objects/rooms/views')
  return JSON.parse(
    JSON.stringify({ model: plainModel(model), rows, uniques, views, rooms: await client.get('/rooms') }),
  )
}

/** What a command leaves to a job may make a version of its own: it is waited for. */
async function carryOut([method, path, body]: Command): Promise<number> {
  const { status } = await client.send(method, path, body)
  await settled()
  return status
}

const newest = async (): Promise<number> => (await client.get('/workspace/versions?limit=1'))[0].number

beforeAll(async () => {
  system = await startSystem()
  client = await system.register({ template: 'blank' })
  await client.post('/objects', {
    slug: 'rooms',
    label: 'Room',
    labelPlural: 'Rooms',
    fields: [
      { key: 'name', label: 'Name', type: 'text', required: true, searchable: true, sortable: true },
      { key: 'floor', label: 'Floor', type: 'integer', sortable: true },
      { key: 'color', label: 'Colour', type: 'select', options: ['red', 'green', 'blue'], searchable: true },
      { key: 'code', label: 'Code', type: 'text', unique: true },
    ],
  })
  for (const [index, color] of ['red', 'green', 'blue', 'red'].entries()) {
    await client.post('/rooms', { name: `Room ${index}`, floor: index, color, code: `C${index}` })
  }
})
afterAll(() => system.stop())

/** One field gets the name that another has given away. */
const namePassedOn: Command[] = [
  ['POST', '/objects/rooms/fields/name/rename', { name: 'tint' }],
  ['POST', '/objects/rooms/fields/color/rename', { name: 'name' }],
]

describe('taking versions back', () => {
  it('in reverse, one by one, leaves everything as it was', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(commands, { minLength: 1, maxLength: 8 }), async (list) => {
        const before = await everything()
        const from = await newest()
        for (const command of list) expect(await carryOut(command)).toBeLessThan(500)
        for (let number = await newest(); number > from; number--) {
          const undone = await client.send('POST', `/workspace/versions/${number}/undo`, {})
          expect([undone.status, undone.error?.message]).toEqual([200, undefined])
        }
        expect(await everything()).toEqual(before)
      }),
      { numRuns: Number(process.env.OF_RUNS ?? 25), endOnFailure: true },
    )
  }, 240_000)

  it('all at once leaves everything as it was', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(commands, { minLength: 2, maxLength: 10 }), async (list) => {
        const before = await everything()
        const from = await newest()
        for (const command of list) await carryOut(command)
        const restored = await client.send('POST', `/workspace/versions/${from}/restore`, {})
        expect([restored.status, restored.error?.message]).toEqual([200, undefined])
        expect(await everything()).toEqual(before)
      }),
      { numRuns: Number(process.env.OF_RUNS ?? 15), endOnFailure: true, examples: [[namePassedOn]] },
    )
  }, 240_000)
})
