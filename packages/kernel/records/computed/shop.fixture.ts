/** Firms have orders, orders have lines; each level is made of the others, in both directions. */
import { Client } from 'pg'
import { cloneDatabase, type TestDatabase } from '../../../../tests/postgres.ts'
import { systemPolicy } from '../../access/index.ts'
import { Database, newId, sql } from '../../database/index.ts'
import {
  type Computation,
  type FieldDefinition,
  type FieldType,
  insertObjects,
  loadModel,
  type ObjectDefinition,
  type TenantModel,
} from '../../metadata/index.ts'
import { systemActor } from '../../tenancy/index.ts'
import type { RecordContext } from '../context.ts'

const label = (en: string) => ({ en })
const field = (key: string, type: FieldType, more: Partial<FieldDefinition> = {}): FieldDefinition => ({
  key,
  label: label(key),
  type,
  ...more,
})
const relation = (key: string, object: string, inverse: string, more: { many?: boolean; inverseMany?: boolean } = {}) =>
  field(key, 'relation', {
    relation: {
      object,
      many: more.many,
      inverse: { key: inverse, label: label(inverse), many: more.inverseMany },
    },
  })
const formula = (key: string, expression: string, resultType: FieldType, sortable = false) =>
  field(key, 'formula', { computed: { expression, resultType }, sortable })
const rollup = (key: string, computed: Computation) => field(key, 'rollup', { computed, sortable: true })
const lookup = (key: string, from: string, of: string) =>
  field(key, 'lookup', { computed: { relation: from, field: of }, searchable: true })

const object = (slug: string, fields: FieldDefinition[]): ObjectDefinition => ({
  slug,
  label: label(slug),
  labelPlural: label(slug),
  icon: 'box',
  numberPrefix: `${slug.slice(0, 3).toUpperCase()}-`,
  roles: { title: 'name' },
  fields,
})

const kinds = ['goods', 'work'].map((value) => ({ value, label: label(value) }))

const objects = [
  object('firms', [
    field('name', 'text'),
    field('discount', 'number'),
    rollup('revenue', { relation: 'orders', op: 'sum', field: 'net' }),
    rollup('biggest', { relation: 'orders', op: 'max', field: 'total' }),
    lookup('order_names', 'orders', 'name'),
    formula('summary', 'name + ": " + revenue', 'text', true),
  ]),
  object('orders', [
    field('name', 'text'),
    relation('firm', 'firms', 'orders'),
    relation('extras', 'lines', 'extra_of', { many: true }),
    rollup('total', { relation: 'lines', op: 'sum', field: 'amount' }),
    rollup('work', { relation: 'lines', op: 'count', filter: { field: 'kind', op: 'eq', value: 'work' } }),
    rollup('mean', { relation: 'lines', op: 'avg', field: 'amount' }),
    rollup('least', { relation: 'lines', op: 'min', field: 'amount' }),
    rollup('fees', { relation: 'lines', op: 'sum', field: 'fee' }),
    rollup('extra_total', { relation: 'extras', op: 'sum', field: 'amount' }),
    formula('net', 'total * (1 - coalesce(firm.discount, 0) / 100)', 'number', true),
    lookup('firm_name', 'firm', 'name'),
  ]),
  object('lines', [
    field('name', 'text'),
    field('quantity', 'number'),
    field('price', 'number'),
    field('fee', 'money'),
    field('kind', 'select', { options: kinds }),
    relation('order', 'orders', 'lines'),
    formula('amount', 'quantity * price', 'number', true),
    formula('rate', 'order.firm.discount', 'number'),
    formula('share', 'amount / order.total', 'number'),
  ]),
  object('plain', [field('name', 'text'), field('quantity', 'number')]),
]

export interface Shop {
  database: TestDatabase
  owner: Client
  model: TenantModel
  /** As another server would have it: with a pool of its own. */
  connect(max?: number): Database
  close(): Promise<void>
}

export async function openShop(): Promise<Shop> {
  const database = await cloneDatabase()
  const owner = new Client({ connectionString: database.ownerUrl })
  await owner.connect()
  const tenantId = newId()
  const pools: Database[] = []
  const connect = (max = 8) => {
    const pool = new Database({ url: database.appUrl, max, acquireTimeoutMs: 60_000 })
    pools.push(pool)
    return pool
  }
  const first = connect()
  await first.run(
    { tenantId },
    sql`insert into tenants (id, name, slug, plan) values (${tenantId}, 'Shop', 'shop', 'unlimited')`,
  )
  const model = await first.transaction({ tenantId }, async (tx) => {
    const made = objects.map((definition, position) => ({ id: newId(), definition, position }))
    await insertObjects(tx, tenantId, made, new Map())
    return loadModel(tx, tenantId)
  })
  return {
    database,
    owner,
    model,
    connect,
    async close() {
      await Promise.all(pools.map((pool) => pool.close()))
      await owner.end()
      await database.drop()
    },
  }
}

const retried = new Set(['40P01', '40001'])

/** One transaction with all rights, tried again where another stood in its way, as the runner of operations does. */
export async function inShop<T>(
  database: Database,
  model: TenantModel,
  work: (context: RecordContext) => Promise<T>,
  more: Partial<RecordContext> = {},
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await database.transaction({ tenantId: model.tenantId, version: model.version }, (tx) =>
        work({
          tx,
          model,
          policy: systemPolicy(model),
          actor: systemActor,
          requestId: 'test',
          ip: null,
          source: 'system',
          locale: 'en',
          now: new Date(),
          ...more,
        }),
      )
    } catch (error) {
      if (attempt === 4 || !retried.has((error as { code?: string }).code ?? '')) throw error
    }
  }
}
