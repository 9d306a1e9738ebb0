/**
 * The floor: what a careful programmer would write by hand for one tenant and one object, with the same tables, the same
 * SQL and the same envelope, and nothing else. It knows no rights, no metadata, no validation, no row-level security.
 */
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import pg from 'pg'
import { v7 } from 'uuid'
import { type RelatedSetup, serveRelated } from './floor-related.ts'

interface Setup {
  port: number
  url: string
  tenant: string
  contacts: string
  deals: string
  accountRelation: string
  dealRelations: string[]
  related: RelatedSetup
}

const setup = JSON.parse(process.argv[2]!) as Setup
const pool = new pg.Pool({ connectionString: setup.url, max: 16 })
const app = new Hono()

const success = (data: unknown, more: object = {}) => ({
  success: true,
  data,
  ...more,
  meta: { timestamp: new Date().toISOString(), requestId: v7() },
})

const columns = (
  relations: string,
) => `r.id, r.version, r.record_number, r.title, r.stage, r.owner_id, r.location_id, r.created_at, r.created_by,
  r.updated_at, r.updated_by, r.deleted_at, r.data,
  (select jsonb_agg(jsonb_build_array(l.relation_id, t.id, t.title) order by l.position, l.created_at, t.id)
   from links l join records t on t.tenant_id = $1 and t.id = l.to_id and t.deleted_at is null
   where l.tenant_id = $1 and l.from_id = r.id and l.relation_id = any(${relations})) as links`

interface Row {
  id: string
  version: number
  record_number: string
  data: Record<string, unknown>
  [column: string]: unknown
}

const present = (object: string) => (row: Row) => ({
  id: row.id,
  object,
  recordNumber: row.record_number,
  version: row.version,
  title: row.title,
  stage: row.stage,
  ownerId: row.owner_id,
  locationId: row.location_id,
  createdAt: row.created_at,
  createdBy: row.created_by,
  updatedAt: row.updated_at,
  updatedBy: row.updated_by,
  deletedAt: row.deleted_at,
  ...row.data,
})

const living = 'r.tenant_id = $1 and r.object_id = $2 and r.deleted_at is null'
const contactColumns = columns('$3::uuid[]')
const relations = [setup.accountRelation]

async function list(name: string, object: string, text: string, values: unknown[]): Promise<object> {
  const { rows } = await pool.query<Row>({ name, text, values })
  const hasNext = rows.length > 50
  const shown = rows.slice(0, 50).map(present(object))
  return success(shown, {
    pagination: {
      limit: 50,
      nextCursor: hasNext ? Buffer.from(shown.at(-1)!.id).toString('base64url') : null,
      hasNext,
    },
  })
}

app.get('/contacts/:id', async (c) => {
  const text = `select ${contactColumns} from records r where ${living} and r.id = $4`
  const { rows } = await pool.query<Row>({
    name: 'get',
    text,
    values: [setup.tenant, setup.contacts, relations, c.req.param('id')],
  })
  return c.json(success(present('contacts')(rows[0]!)))
})

app.get('/deals-by-stage', async (c) => {
  const text = `select ${columns('$3::uuid[]')} from records r where ${living} and r.stage = $4 and r.due_at is not null order by r.due_at, r.id limit 51`
  return c.json(
    await list('stage', 'deals', text, [setup.tenant, setup.deals, setup.dealRelations, c.req.query('stage')]),
  )
})

app.get('/contacts-by-status', async (c) => {
  const text = `select ${contactColumns} from records r where ${living} and r.data @> $4::jsonb order by r.created_at desc, r.id desc limit 51`
  const status = JSON.stringify({ lead_status: c.req.query('status') })
  return c.json(await list('status', 'contacts', text, [setup.tenant, setup.contacts, relations, status]))
})

app.get('/contacts-by-score', async (c) => {
  const slot = c.req.query('slot') === undefined ? 's7' : String(c.req.query('slot'))
  const text = `select ${contactColumns} from records r where ${living} and r.${slot} is not null order by r.${slot} desc, r.id desc limit 51`
  return c.json(await list(`score-${slot}`, 'contacts', text, [setup.tenant, setup.contacts, relations]))
})

app.get('/contacts-search', async (c) => {
  const text = `select ${contactColumns} from records r where ${living} and r.search like $4 order by r.created_at desc, r.id desc limit 51`
  return c.json(
    await list('search', 'contacts', text, [setup.tenant, setup.contacts, relations, `%${c.req.query('q')}%`]),
  )
})

app.get('/contacts-by-department', async (c) => {
  const text = `select ${contactColumns} from records r where ${living} and r.data @> $4::jsonb order by r.created_at desc, r.id desc limit 51`
  const department = JSON.stringify({ department: c.req.query('department') })
  return c.json(await list('department', 'contacts', text, [setup.tenant, setup.contacts, relations, department]))
})

app.get('/deals-aggregate', async (c) => {
  const text = `select r.stage, count(*)::int as count, sum(r.amount_minor)::bigint as amount from records r where ${living} group by r.stage order by 1`
  const { rows } = await pool.query({ name: 'aggregate', text, values: [setup.tenant, setup.deals] })
  return c.json(success(rows))
})

/** The groups of the widgets of a board, one statement each. */
const boardGroups = [`'all'`, `r.data -> 'lead_status'`, `date_trunc('month', r.created_at)`, 'r.owner_id']

app.get('/dashboard', async (c) => {
  const widgets: unknown[][] = []
  for (const group of boardGroups) {
    const text = `select ${group} as group, count(*)::int as count from records r where ${living} group by 1`
    widgets.push((await pool.query({ text, values: [setup.tenant, setup.contacts] })).rows)
  }
  return c.json(success({ widgets }))
})

const insertText = `with input as materialized (
    select * from jsonb_to_recordset($3::jsonb) as t(n int, id uuid, title text, title_key text, email text, phone text, search text, s1 text, s2 text,
      s3 text, s4 text, s5 text, s6 text, s7 text, s8 text, s9 text, data jsonb)
  ), counter as (
    update record_counters set last_number = last_number + $4, live = live + $4 where tenant_id = $1 and object_id = $2 returning last_number - $4 as before
  ), inserted as (
    insert into records (tenant_id, object_id, id, record_number, title, title_key, email, phone, search, s1, s2, s3, s4, s5, s6, s7, s8, s9, data)
    select $1, $2, i.id, 'CON-' || lpad((c.before + i.n)::text, 7, '0'), title, title_key, email, phone, search, s1, s2, s3, s4, s5, s6, s7, s8, s9, data
    from input i, counter c returning id, record_number, created_at
  ), audited as (
    insert into audit_entries (tenant_id, id, actor_kind, action, object_id, record_id, changes) select $1, gen_random_uuid(), 'user', 'created', $2, id, data from input
  ), told as (
    insert into events (tenant_id, type, object_id, record_id, payload) select $1, 'record.created', $2, id, '{"object":"contacts"}' from input
  ) select * from inserted`

interface ContactBody {
  full_name: string
  first_name: string
  last_name: string
  job_title: string
  email: string
  phone: string
  lead_source: string
  lead_status: string
  lifecycle_stage: string
  lead_score: number
  [field: string]: unknown
}

function contactRow(body: ContactBody, n: number): object {
  return {
    n: n + 1,
    id: v7(),
    title: body.full_name,
    title_key: body.full_name.toLowerCase(),
    email: body.email,
    phone: body.phone,
    search: `${body.full_name} ${body.job_title} ${body.email} ${body.phone}`.toLowerCase(),
    s1: body.first_name.toLowerCase(),
    s2: body.last_name.toLowerCase(),
    s3: body.job_title.toLowerCase(),
    s4: body.lead_source,
    s5: body.lead_status,
    s6: body.lifecycle_stage,
    s7: body.lead_score.toString(16).padStart(16, '0'),
    s9: '0',
    data: body,
  }
}

async function insert(bodies: ContactBody[]): Promise<Row[]> {
  const values = [setup.tenant, setup.contacts, JSON.stringify(bodies.map(contactRow)), bodies.length]
  return (await pool.query<Row>({ name: 'insert', text: insertText, values })).rows
}

app.post('/contacts', async (c) => {
  const body = await c.req.json<ContactBody>()
  const [row] = await insert([body])
  return c.json(success({ ...row, ...body }), 201)
})

app.post('/contacts/bulk', async (c) => {
  const rows = await insert((await c.req.json<{ records: ContactBody[] }>()).records)
  return c.json(
    success({
      created: rows.length,
      failed: 0,
      results: rows.map((row, index) => ({ index, success: true, id: row.id })),
    }),
  )
})

const updateText = `with updated as (
    update records r set data = $4, title = $5, search = $6, s7 = $7, version = version + 1, updated_at = now()
    where r.tenant_id = $1 and r.object_id = $2 and r.id = $3 returning r.id, r.version, r.record_number, r.title, r.data, r.created_at, r.updated_at
  ), audited as (
    insert into audit_entries (tenant_id, id, actor_kind, action, object_id, record_id, changes) values ($1, gen_random_uuid(), 'user', 'updated', $2, $3, $8)
  ), told as (
    insert into events (tenant_id, type, object_id, record_id, payload) values ($1, 'record.updated', $2, $3, '{"object":"contacts","fields":["lead_score"]}')
  ) select * from updated`

app.patch('/contacts/:id', async (c) => {
  const change = await c.req.json<Partial<ContactBody>>()
  const client = await pool.connect()
  try {
    await client.query('begin')
    const locked = `select ${contactColumns} from records r where ${living} and r.id = $4 for update of r`
    const { rows } = await client.query<Row>({
      name: 'lock',
      text: locked,
      values: [setup.tenant, setup.contacts, relations, c.req.param('id')],
    })
    const before = rows[0]!.data as ContactBody
    const after = { ...before, ...change } as ContactBody
    const changes = Object.fromEntries(Object.keys(change).map((key) => [key, [before[key], after[key]]]))
    const score = after.lead_score.toString(16).padStart(16, '0')
    const search = `${after.full_name} ${after.job_title} ${after.email} ${after.phone}`.toLowerCase()
    const values = [setup.tenant, setup.contacts, c.req.param('id'), after, after.full_name, search, score, changes]
    const updated = await client.query<Row>({ name: 'update', text: updateText, values })
    await client.query('commit')
    return c.json(success(present('contacts')(updated.rows[0]!)))
  } finally {
    client.release()
  }
})

serveRelated(app, pool, setup.related, success)

serve({ fetch: app.fetch, port: setup.port }, () => process.send?.('ready'))
