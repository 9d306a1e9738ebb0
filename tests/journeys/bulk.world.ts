/** Leads with a pipeline that only goes forward, links to companies and topics, and companies that sum them up. */
import type { ApiClient, Json } from '../client.ts'

const field = (key: string, type: string, more: object = {}) => ({ key, label: key, type, ...more })
const linked = (object: string, many: boolean, inverse: string) => ({
  relation: { object, many, inverse: { key: inverse, label: inverse, many: true } },
})
const name = field('name', 'text', { required: true })

export interface LeadWorld {
  companies: Json[]
  topics: Json[]
}

export async function makeLeads(client: ApiClient): Promise<LeadWorld> {
  const make = (slug: string, fields: object[], more: object = {}) =>
    client.post('/objects', { slug, label: slug, labelPlural: slug, fields, ...more })
  await make('companies', [name])
  await make('topics', [name])
  await make(
    'leads',
    [
      name,
      field('code', 'text', { unique: true }),
      field('size', 'integer'),
      field('tags', 'tags'),
      field('areas', 'multiselect', { options: ['north', 'south', 'east'] }),
      field('reach', 'text', { conditions: { required: { field: 'areas', op: 'contains', value: 'east' } } }),
      field('company', 'relation', linked('companies', false, 'leads')),
      field('topics', 'relation', linked('topics', true, 'leads')),
      field('stage', 'select', { options: ['new', 'offer', 'won'], default: 'new' }),
      field('double', 'formula', { computed: { expression: 'size * 2', resultType: 'integer' } }),
    ],
    { roles: { stage: 'stage' } },
  )
  const stages = [
    { value: 'new', moves: ['offer'] },
    { value: 'offer', requires: ['size'] },
    { value: 'won', kind: 'won' },
  ]
  await client.patch('/objects/leads/pipelines/main', { stages })
  const total = { computed: { relation: 'leads', op: 'sum', field: 'double' } }
  await client.post('/objects/companies/fields', field('total', 'rollup', total))
  const several = async (slug: string) =>
    Promise.all(['one', 'two', 'three'].map((one) => client.post(`/${slug}`, { name: `${slug} ${one}` })))
  return { companies: await several('companies'), topics: await several('topics') }
}

let made = 0

/** New leads, sized 0, 1, 2 … */
export async function leadsOf(client: ApiClient, count: number, more: object = {}): Promise<Json[]> {
  const records = Array.from({ length: count }, (_, size) => ({ name: `Lead ${++made}`, size, tags: ['old'], ...more }))
  const { results } = await client.post('/leads/bulk', { records })
  return nowOf(client, results)
}

export const idsOf = (records: Json[]): string[] => records.map(({ id }) => id)

/** As they are now; those in the trash are left out. */
export async function nowOf(client: ApiClient, records: Json[]): Promise<Json[]> {
  const found = new Map<string, Json>()
  for (let from = 0; from < records.length; from += 200) {
    const filter = { field: 'id', op: 'in', value: idsOf(records.slice(from, from + 200)) }
    for (const record of await client.post('/leads/query', { filter, limit: 200 })) found.set(record.id, record)
  }
  return records.flatMap(({ id }) => found.get(id) ?? [])
}

/** What a person sees of a record, without what every write moves on. */
export const contentOf = ({ version, updatedAt, updatedBy, stageSince, ...rest }: Json): Json => rest
