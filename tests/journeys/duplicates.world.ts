/** A small practice whose clients come twice: with relations of every kind, unique values and computed fields. */
import type { ApiClient, Json } from '../client.ts'
import type { RunningSystem } from '../server.ts'

const text = (key: string, more: object = {}) => ({ key, label: key, type: 'text', ...more })
const relation = (key: string, object: string, inverse: object, more: object = {}) => ({
  key,
  label: key,
  type: 'relation',
  relation: { object, inverse, ...more },
})

const objects = [
  { slug: 'helpers', fields: [text('name')] },
  { slug: 'groups', fields: [text('name')] },
  { slug: 'lockers', fields: [text('name')] },
  {
    slug: 'clients',
    roles: { title: 'name', email: 'email', phone: 'phone' },
    fields: [
      text('name', { searchable: true }),
      { key: 'email', label: 'E-mail', type: 'email', unique: true },
      { key: 'phone', label: 'Phone', type: 'phone' },
      { key: 'date_of_birth', label: 'Born', type: 'date' },
      { key: 'level', label: 'Level', type: 'integer', sortable: true },
      text('remark'),
      relation('helper', 'helpers', { key: 'clients', label: 'clients' }),
      relation('groups', 'groups', { key: 'members', label: 'members' }, { many: true, primary: true }),
      relation('locker', 'lockers', { key: 'holder', label: 'holder', many: false }),
      relation('sent_by', 'clients', { key: 'sent', label: 'sent' }),
      relation('partner', 'clients', { key: 'partner_of', label: 'partner of', many: false }),
    ],
  },
  {
    slug: 'visits',
    fields: [text('name'), relation('client', 'clients', { key: 'visits', label: 'visits' })],
  },
]

const computed: [string, object][] = [
  ['clients', { key: 'visit_count', label: 'Visits', type: 'rollup', computed: { relation: 'visits', op: 'count' } }],
  [
    'helpers',
    { key: 'client_count', label: 'Clients', type: 'rollup', computed: { relation: 'clients', op: 'count' } },
  ],
]

export async function makePractice(client: ApiClient): Promise<void> {
  for (const object of objects) {
    await client.post('/objects', { ...object, label: object.slug, labelPlural: object.slug })
  }
  for (const [slug, field] of computed) await client.post(`/objects/${slug}/fields`, field)
}

/** All that a merge may touch, as the database has it; what moves on with every change (versions, times) is left out. */
export async function stateOf(system: RunningSystem, tenantId: string): Promise<Json> {
  const read = (statement: string) => system.sql(statement, [tenantId])
  return {
    records: await read(`select to_jsonb(r) - 'version' - 'updated_at' - 'updated_by' - 'stage_since' as row
      from records r where tenant_id = $1 order by id`),
    links: await read(
      `select to_jsonb(l) as row from links l where tenant_id = $1 order by relation_id, from_id, to_id`,
    ),
    notes: await read('select to_jsonb(n) as row from notes n where tenant_id = $1 order by id'),
    uniques: await read('select field_id, value, record_id from unique_values where tenant_id = $1 order by 1, 2'),
    counters: await read('select object_id, last_number, live from record_counters where tenant_id = $1 order by 1'),
    keys: await read('select rule, key, record_id from duplicate_keys where tenant_id = $1 order by 1, 2, 3'),
  }
}
